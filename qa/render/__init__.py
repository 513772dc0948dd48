"""Answers as plain text, HTML and JSON. Every renderer checks its own result last."""
