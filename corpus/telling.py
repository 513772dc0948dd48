"""Whether something is told between turns, and where."""

from __future__ import annotations

import itertools
from collections.abc import Sequence

from corpus.habits import LEAST_ENDS, Habits, Row
from corpus.labels.names import Name, folded, is_capitals
from corpus.paragraphs import is_narration, paragraphs_of

_SELDOM = 0.25


def telling(turns: Sequence[Sequence[Row]], habits: Habits) -> tuple[bool, bool, bool]:
    """Say whether turns hold one paragraph, and whether something is told between them.

    Returns:
        whether no turn goes on in a second paragraph but where something is told; whether few do
        while something is told before the last turn ends; and whether few do at all.
    """
    longer = between = 0
    for i, rows in enumerate(turns):
        paragraphs = list(paragraphs_of(rows, habits))[1:]
        told = any(p[0].index in habits.resumed or is_narration(p, habits) for p in paragraphs)
        longer += bool(paragraphs) and not told
        between += told and i + 1 < len(turns)
    enough = len(turns) >= LEAST_ENDS
    last = bool(turns) and any(
        is_narration(p, habits) and _tells_of_meeting(p)
        for p in list(paragraphs_of(turns[-1], habits))[1:]
    )
    seldom = longer <= _SELDOM * len(turns)
    return enough and not longer, enough and seldom and (between > 0 or last), enough and seldom


def resumed(turns: Sequence[tuple[str | None, Sequence[Row]]], habits: Habits) -> frozenset[int]:
    """Return the first lines of paragraphs behind which the speaker of the turn is named again.

    Whoever goes on needs no new label: what stands between two of one speaker is told, unless
    labels repeat as a rule. Directions and headings between explain a new label by themselves.

    Args:
        turns: the speaker and the lines of each, in order.
        habits: how the document is written.
    """
    found = set[int]()
    plain = 0
    for (speaker, rows), (following, _) in itertools.pairwise(turns):
        if speaker is None or following is None or not _are_one(speaker, following):
            continue
        if any(row.index in habits.directions or _sets_off(row, habits) for row in rows):
            continue
        behind = [p[0].index for p in list(paragraphs_of(rows, habits))[1:]]
        found.update(behind)
        plain += not behind
    return frozenset(found) if not plain and not habits.cued else frozenset()


def _sets_off(row: Row, habits: Habits) -> bool:
    """Whether a line is a heading by its capitals or its mark."""
    capitals = habits.capitals and row.opens and is_capitals(row.line.text)
    return row.line.text.startswith("#") or (capitals and not row.line.ends_a_sentence)


def _are_one(speaker: str, following: str) -> bool:
    """Whether two names are the same but for brackets: an office, and who holds it."""
    return folded(Name.read(speaker).base) == folded(Name.read(following).base)


def _tells_of_meeting(paragraph: Sequence[Row]) -> bool:
    """Whether narration names a time of the day: the writer of minutes tells when."""
    return any(char.isdigit() for row in paragraph for char in row.line.text)
