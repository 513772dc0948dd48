"""Tuning the embeddings to an archive; only ``verbatim train`` imports it."""
