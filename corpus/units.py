"""Stretches of a section within which sentences may run on: paragraphs, list items, title lines."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from corpus.breaks import LineEnd, Openers, is_heading, line_end
from corpus.lines import Line, is_full
from corpus.record import Layout
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
    lines: Sequence[Line], openers: Openers, layout: Layout, width: int | None, block: int
) -> tuple[tuple[Unit, ...], tuple[Span, ...]]:
    """Cut the lines of one turn into units and headings.

    Args:
        lines: the lines of the turn, the words after a label on the same line included.
        openers: from the whole text.
        layout: the record's corrections.
        width: from :func:`corpus.lines.wrap_width`.
        block: number of the turn's first block.
    """
    units: list[Unit] = []
    headings: list[Span] = []
    visible = [line for line in lines if line.text]
    is_head = _headings(visible, layout, width)
    opened: Line | None = None
    for i, line in enumerate(visible):
        if is_head[i]:
            headings.append(Span(line.start, line.end))
            block += 1
            continue
        opened = opened or line
        after = visible[i + 1] if i + 1 < len(visible) and not is_head[i + 1] else None
        blank_follows = after is not None and after.number > line.number + 1
        end = line_end(line, None if blank_follows else after, openers, layout, width)
        if end is LineEnd.SOFT and after is not None:
            continue
        units.append(Unit(opened.start, line.end, block, end is LineEnd.HOLE))
        opened = None
    return tuple(units), tuple(headings)


def _headings(lines: Sequence[Line], layout: Layout, width: int | None) -> list[bool]:
    found: list[bool] = []
    for i, line in enumerate(lines):
        before = lines[i - 1] if i else None
        after = lines[i + 1] if i + 1 < len(lines) else None
        detected = is_heading(line, before, after, width) and line.text not in layout.not_headings
        found.append(detected or line.text in layout.headings)
    return found


def header_units(lines: Sequence[Line], width: int | None, block: int) -> tuple[Unit, ...]:
    """Cut the header into titles, catalogue lines and names: one unit each.

    A line goes on in the next only if that one begins small, if its punctuation asks for more,
    or if it is full.
    """
    units: list[Unit] = []
    opened: Line | None = None
    visible = [line for line in lines if line.text]
    for i, line in enumerate(visible):
        opened = opened or line
        after = visible[i + 1] if i + 1 < len(visible) else None
        goes_on = (
            after is not None
            and after.number == line.number + 1
            and (
                after.starts_in_lower_case
                or line.expects_more
                or (not line.ends_a_sentence and is_full(line, after, width))
            )
        )
        if not goes_on:
            units.append(Unit(opened.start, line.end, block, False))
            opened = None
    return tuple(units)
