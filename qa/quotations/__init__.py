"""Quotations that somebody typed, compared with the archive's words."""
