"""Bringing files into an archive, and keeping the catalogue of what is there."""
