"""The lines of a turn, cut into paragraphs and at what others called out."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from corpus.directions import inline_interjections
from corpus.habits import Habits, Row
from corpus.labels import scan
from corpus.lines import Line
from corpus.nameless import VOICE_SIGNS, names_in_capitals
from corpus.narration import narrates
from corpus.transcript import Layer


def paragraphs_of(rows: Sequence[Row], habits: Habits) -> Iterator[list[Row]]:
    """Cut at blank lines, around directions and lines about the talk, and at cues."""
    opened: list[Row] = []
    for row in rows:
        apart = row.index in habits.directions
        before = bool(opened) and opened[-1].index in habits.directions
        about = row.line.start in habits.catalogue or (
            bool(opened) and opened[-1].line.start in habits.catalogue
        )
        voiced = (habits.cued and row.line.text[0] in scan.DASHES) or (
            habits.voiced and row.index in habits.behind_cue
        )
        voiced = voiced or row.line.text.startswith(VOICE_SIGNS)
        unwrapped = habits.width is None and bool(opened) and opened[-1].line.ends_a_sentence
        named = bool(opened) and names_in_capitals(row, opened[-1], habits)
        if opened and (row.opens or apart != before or about or voiced or unwrapped or named):
            yield opened
            opened = []
        opened.append(row)
    if opened:
        yield opened


def with_interjections(paragraph: list[Row]) -> Iterator[tuple[list[Row], Layer, bool]]:
    """Cut what others called out, noted in brackets inside a line, out of the speech."""
    pending: list[Row] = []
    for row in paragraph:
        at = row.line.start
        for start, end in inline_interjections(row.line):
            pending += _part(row, at, start)
            yield pending, Layer.SPEECH, False
            yield _part(row, start, end), Layer.DIRECTION, False
            pending, at = [], end
        pending += _part(row, at, row.line.end) if at > row.line.start else [row]
    if pending:
        yield pending, Layer.SPEECH, False


def _part(row: Row, start: int, end: int) -> list[Row]:
    """Return the part of a row between two offsets, without white space; nothing if empty."""
    line = row.line
    text = line.text[start - line.start : end - line.start]
    words = text.strip()
    if not words:
        return []
    begin = start + text.index(words[0])
    opens = row.opens and start == line.start
    return [Row(Line(line.number, begin, begin + len(words), words), opens, row.index)]


def is_narration(paragraph: Sequence[Row], habits: Habits) -> bool:
    """Whether a paragraph tells about the talk, and nobody says it."""
    if habits.cued and paragraph[-1].index + 1 < habits.last:
        return False
    if not paragraph[0].opens and habits.width is not None:
        return False
    words = " ".join(row.line.text for row in paragraph)
    last = paragraph[-1].index + 1 >= habits.last
    return narrates(words, last=last, names=() if habits.lonely else habits.names)
