"""Square brackets in a text: an editor's additions, and the numbers of footnotes."""

from __future__ import annotations

import re
from collections.abc import Sequence

from corpus.transcript import Region, Span

_ANCHOR = re.compile(r"\[\d{1,3}\]")
_SQUARE = re.compile(r"[\[\]]")


def find_anchors(text: str, start: int, end: int) -> tuple[Span, ...]:
    """Return the spans of footnote numbers such as ``[2]`` in ``text[start:end]``."""
    return tuple(Span(*match.span()) for match in _ANCHOR.finditer(text, start, end))


def find_brackets(
    text: str, start: int, end: int, anchors: Sequence[Span], codes: Sequence[Region]
) -> tuple[Span, ...]:
    """Return the outermost square brackets in ``text[start:end]`` that an editor set.

    A bracket without its partner is left out: :mod:`corpus.lint` reports it.

    Args:
        text: the whole text.
        start: first offset.
        end: end, exclusive.
        anchors: footnote numbers, which are none.
        codes: time codes and the like, which are none.
    """
    skipped = {span.start for span in anchors} | {code.start for code in codes}
    skipped |= {span.start for span in find_anchors(text, start, end)}
    spans, opened, depth = [], start, 0
    for match in _SQUARE.finditer(text, start, end):
        offset = match.start()
        if match[0] == "[" and offset not in skipped:
            if depth == 0:
                opened = offset
            depth += 1
        elif match[0] == "]" and depth:
            depth -= 1
            if depth == 0:
                spans.append(Span(opened, offset + 1))
    return tuple(spans)


def unpaired_brackets(text: str, start: int, end: int) -> tuple[int, ...]:
    """Return the offsets of square brackets in ``text[start:end]`` without a partner."""
    opened: list[int] = []
    alone: list[int] = []
    for match in _SQUARE.finditer(text, start, end):
        if match[0] == "[":
            opened.append(match.start())
        elif opened:
            opened.pop()
        else:
            alone.append(match.start())
    return tuple(sorted(alone + opened))
