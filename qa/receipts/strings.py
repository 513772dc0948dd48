"""Small questions about two texts."""

from __future__ import annotations

from corpus.transcript import Span


def common_start(one: str, other: str) -> int:
    """Return how many code points two texts begin with alike."""
    pairs = zip(one, other, strict=False)
    return next((n for n, (a, b) in enumerate(pairs) if a != b), min(len(one), len(other)))


def common_end(one: str, other: str) -> int:
    """Return how many code points two texts end with alike."""
    return common_start(one[::-1], other[::-1])


def stripped(text: str, start: int, end: int) -> Span:
    """Return a range without the white space at its ends."""
    part = text[start:end]
    first = start + len(part) - len(part.lstrip())
    return Span(first, first + len(part.strip()))
