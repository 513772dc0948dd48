"""Square brackets in a text: an editor's additions, and the numbers of footnotes."""

from __future__ import annotations

import re

from corpus.transcript import Span

_ANCHOR = re.compile(r"\[\d{1,3}\]")


def find_anchors(text: str, start: int, end: int) -> tuple[Span, ...]:
    """Return the spans of footnote numbers such as ``[2]`` in ``text[start:end]``."""
    return tuple(Span(*match.span()) for match in _ANCHOR.finditer(text, start, end))


def find_brackets(text: str, start: int, end: int) -> tuple[Span, ...]:
    """Return the outermost square brackets in ``text[start:end]`` that are no footnote numbers.

    A bracket without its partner is left out: :mod:`corpus.lint` reports it.
    """
    anchors = {span.start for span in find_anchors(text, start, end)}
    spans, opened, depth = [], start, 0
    for offset in range(start, end):
        if text[offset] == "[" and offset not in anchors:
            if depth == 0:
                opened = offset
            depth += 1
        elif text[offset] == "]" and depth:
            depth -= 1
            if depth == 0:
                spans.append(Span(opened, offset + 1))
    return tuple(spans)


def unpaired_brackets(text: str, start: int, end: int) -> tuple[int, ...]:
    """Return the offsets of square brackets in ``text[start:end]`` without a partner."""
    opened: list[int] = []
    alone: list[int] = []
    for offset in range(start, end):
        if text[offset] == "[":
            opened.append(offset)
        elif text[offset] == "]":
            if opened:
                opened.pop()
            else:
                alone.append(offset)
    return tuple(sorted(alone + opened))
