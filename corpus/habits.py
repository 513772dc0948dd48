"""How a document is written, for telling speech from other words."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from corpus.labels import scan
from corpus.labels.names import is_capitals, is_cased
from corpus.lines import Line

_MOSTLY = 0.8
LEAST_ENDS = 4
"""How many turns it takes to tell a habit."""


@dataclass(frozen=True, slots=True)
class Row:
    """A line of a turn.

    Attributes:
        line: it, or the part of it that lies in the turn.
        opens: whether it opens a paragraph.
        index: among the lines of content.
    """

    line: Line
    opens: bool
    index: int


@dataclass(frozen=True, slots=True)
class Habits:
    """How a document is written, for telling speech from other words.

    Attributes:
        names: folded names of those who speak.
        printed: their names as labels print them.
        capital_labels: labels are written in capitals.
        listed: folded names of the record's participants.
        punctuated: turns end with a stop as a rule.
        capitals: the document has small letters, so that capitals set a line off.
        width: from :func:`corpus.lines.wrap_width`.
        cued: the text is cut into cues.
        voiced: every cue names its speaker by a tag.
        lonely: only one person speaks.
        single: turns hold one paragraph, unless something is told in them.
        told: something is told between turns, and few of them go on in a second paragraph.
        seldom: few turns go on in a second paragraph, whether anything is told or not.
        resumed: indices of lines that open a paragraph behind which the same speaker is named
            again, as nobody is who goes on.
        directions: indices of lines wholly in brackets.
        behind_cue: indices of lines that open a cue.
        behind_rule: indices of lines behind a rule.
        catalogue: offsets of lines about the talk.
        last: index behind the last line.
    """

    names: Collection[str]
    printed: Collection[str]
    capital_labels: bool
    listed: Collection[str]
    punctuated: bool
    capitals: bool
    width: int | None
    cued: bool
    voiced: bool
    lonely: bool
    single: bool
    told: bool
    seldom: bool
    resumed: Collection[int]
    directions: Collection[int]
    behind_cue: Collection[int]
    behind_rule: Collection[int]
    catalogue: Collection[int]
    last: int


def is_punctuated(ends: Sequence[Line]) -> bool:
    """Whether turns end with a stop as a rule."""
    stopped = sum(line.ends_a_sentence or scan.ends_sentence(line.text) for line in ends)
    return len(ends) >= LEAST_ENDS and stopped >= _MOSTLY * len(ends)


def has_small_letters(lines: Sequence[Line]) -> bool:
    """Whether capitals set a line off in this text."""
    cased = [line for line in lines if is_cased(line.text)]
    capitals = sum(is_capitals(line.text) for line in cased)
    return bool(cased) and capitals * 2 < len(cased)
