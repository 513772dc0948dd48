"""Sentence boundaries with exact offsets, by Wikimedia's ``sentencex``."""

from __future__ import annotations

import re

import sentencex

from corpus.lines import LIST_MARKER
from corpus.transcript import Span

_LINE_BREAK = re.compile(r"[\r\n\v\f\x85\u2028\u2029]")
_ANCHOR_BEFORE = re.compile(r"(?:\[\d{1,3}\]\s*)+")
_ANCHOR_AFTER = re.compile(r"(?:\s*\[\d{1,3}\])+\Z")
_INVISIBLE = "\ufeff"
_ELIDED = re.compile(r"(?<![\w'])'(?=(?:\d\ds?|em|twas|tis|till?|cause|bout)(?!\w))", re.IGNORECASE)
_QUESTION = re.compile(
    r"[?\uff1f\u061f\u2047\u2048\u055e\u037e]['\"\u2019\u201c\u201d\u00bb)\]\s]*\Z"
)


def split_sentences(text: str, start: int, end: int, language: str) -> tuple[Span, ...]:
    """Split ``text[start:end]`` into sentences.

    Line breaks inside count as spaces. White space around a sentence, and footnote numbers at
    its edges, belong to no sentence; the number of a list item belongs to the item. Offsets are
    code points into ``text``.
    """
    # sentencex takes a blank line, but not a single line break, for the end of a sentence; both
    # are wraps here, and a space of the same length keeps every offset.
    # Likewise a straight apostrophe before what is cut short, '37 or 'em, would open a quotation
    # that the one of some plural closes much later; a letter makes it one word.
    flat = _ELIDED.sub(_letter, _LINE_BREAK.sub(" ", text[start:end]))
    spans: list[Span] = []
    marker: int | None = None
    for found in sentencex.get_sentence_boundaries(language, flat):
        span = trim(text, start + found["start_index"], start + found["end_index"])
        if span is None:
            continue
        if LIST_MARKER.fullmatch(text[span.start : span.end] + " "):
            marker = span.start if marker is None else marker
            continue
        spans.append(span if marker is None else Span(marker, span.end))
        marker = None
    rest = trim(text, marker, end) if marker is not None else None
    return tuple(spans) if rest is None else (*spans, rest)


def _letter(apostrophe: re.Match[str]) -> str:
    """Return what makes one word with the sign behind an apostrophe, small or large like it."""
    return "x" if apostrophe.string[apostrophe.end()].islower() else "X"


def trim(text: str, start: int, end: int) -> Span | None:
    """Drop white space and footnote numbers at both edges; None if nothing is left."""
    while True:
        while start < end and (text[start].isspace() or text[start] in _INVISIBLE):
            start += 1
        while start < end and (text[end - 1].isspace() or text[end - 1] in _INVISIBLE):
            end -= 1
        before = _ANCHOR_BEFORE.match(text, start, end)
        if before is not None:
            start = before.end()
            continue
        after = _ANCHOR_AFTER.search(text[start:end])
        if after is not None and after.end() > after.start():
            end = start + after.start()
            continue
        return Span(start, end) if start < end else None


def is_question(sentence: str) -> bool:
    """Whether a sentence ends with a question mark of any script, quotation marks aside."""
    return _QUESTION.search(sentence) is not None
