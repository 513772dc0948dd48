"""Stretches of a section within which sentences may run on: paragraphs, list items, title lines."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from corpus.breaks import LineEnd, Openers, line_end
from corpus.habits import Habits, Row
from corpus.lines import Line, is_full
from corpus.record import Layout
from corpus.stretches import is_inner_heading
from corpus.transcript import Span


@dataclass(frozen=True, slots=True)
class Unit:
    """A stretch of whole lines.

    Attributes:
        start: first visible code point.
        end: end, exclusive, trailing white space excluded.
        block: units with the same block have no heading between them.
        breaks_off: the source lost what followed.
    """

    start: int
    end: int
    block: int
    breaks_off: bool


def speech_units(
    rows: Sequence[Row], openers: Openers, layout: Layout, habits: Habits, block: int
) -> tuple[tuple[Unit, ...], tuple[Span, ...]]:
    """Cut a stretch of speech into units and headings.

    Args:
        rows: its lines, the words after a label on the same line included.
        openers: from the whole text.
        layout: the record's corrections.
        habits: how the document is written.
        block: number of the stretch's first block.
    """
    units: list[Unit] = []
    headings: list[Span] = []
    is_head = [is_inner_heading(rows, i, habits, layout) for i in range(len(rows))]
    opened: Line | None = None
    for i, row in enumerate(rows):
        line = row.line
        if is_head[i]:
            headings.append(Span(line.start, line.end))
            block += 1
            continue
        opened = opened or line
        after = rows[i + 1] if i + 1 < len(rows) and not is_head[i + 1] else None
        following = None if after is None or after.opens else after.line
        end = line_end(line, following, openers, layout, habits.width)
        if end is LineEnd.SOFT and after is not None:
            continue
        hole = end is LineEnd.HOLE and (habits.punctuated or _is_stated(line, layout))
        units.append(Unit(opened.start, line.end, block, hole))
        opened = None
    return tuple(units), tuple(headings)


def _is_stated(line: Line, layout: Layout) -> bool:
    return any(line.text.endswith(words) for words in layout.breaks)


def header_units(rows: Sequence[Row], width: int | None, block: int) -> tuple[Unit, ...]:
    """Cut the header into titles, catalogue lines and names: one unit each.

    A line goes on in the next only if that one begins small, if its punctuation asks for more,
    or if it is full.
    """
    units: list[Unit] = []
    opened: Line | None = None
    for i, row in enumerate(rows):
        line = row.line
        opened = opened or line
        after = rows[i + 1].line if i + 1 < len(rows) and not rows[i + 1].opens else None
        goes_on = after is not None and (
            after.starts_in_lower_case
            or line.expects_more
            or (not line.ends_a_sentence and is_full(line, after, width))
        )
        if not goes_on:
            units.append(Unit(opened.start, line.end, block, False))
            opened = None
    return tuple(units)
