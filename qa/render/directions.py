"""Texts that run from right to left, kept from turning round what stands beside them."""

from __future__ import annotations

import unicodedata
from html import escape

from qa.render.verbatim import on_one_line

_FIRST_STRONG_ISOLATE = "\u2068"
_POP_ISOLATE = "\u2069"
_RIGHT_TO_LEFT = frozenset(("R", "AL", "RLE", "RLO", "RLI", "AN"))


def isolated(text: str) -> str:
    """Return a name or title between isolates if anything in it runs from right to left.

    For texts without markup. Never for a quote: the isolates are signs of our own.
    """
    line = on_one_line(text)
    if _RIGHT_TO_LEFT.isdisjoint(map(unicodedata.bidirectional, line)):
        return line
    return f"{_FIRST_STRONG_ISOLATE}{line}{_POP_ISOLATE}"


def isolated_html(text: str) -> str:
    """Return a name or title, escaped, as an element that turns nothing beside it round."""
    return f"<bdi>{escape(on_one_line(text))}</bdi>"
