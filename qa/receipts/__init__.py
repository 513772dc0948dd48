"""Receipts: what was quoted, so that anybody can check later whether it still stands there."""
