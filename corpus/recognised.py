"""What the parser recognised in a text, and where it could not be sure: for lint and importers."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Doubt:
    """A place where somebody should look.

    Attributes:
        line: 1-based line of the file.
        start: first code point of the words in doubt.
        end: end, exclusive.
        words: as printed, on one line.
        reason: one clause without a full stop: what is doubtful, and what was done.
        remedy: one sentence: what to write in the record.
    """

    line: int
    start: int
    end: int
    words: str
    reason: str
    remedy: str


@dataclass(frozen=True, slots=True)
class Heard:
    """One speaker as the labels name him.

    Attributes:
        speaker: the name that quotes carry.
        labels: every form in which labels print it, the most frequent first.
        listed: whether the record lists this participant.
        turns: how many turns.
        words: how many words in these turns.
        first_words: how the first turn begins, on one line.
    """

    speaker: str
    labels: tuple[str, ...]
    listed: bool
    turns: int
    words: int
    first_words: str


@dataclass(frozen=True, slots=True)
class Form:
    """A form of label that the document uses.

    Attributes:
        name: of the form, stable, for programs.
        caption: the form in words, for example ``Name: words``.
        labels: how many labels have it.
    """

    name: str
    caption: str
    labels: int


@dataclass(frozen=True, slots=True)
class Recognised:
    """What a document is made of, as the parser sees it.

    Attributes:
        grammar: the forms of its labels, the most frequent first.
        speakers: in order of appearance.
        unplaced: turns whose speaker is not established.
        doubts: in order of the text.
    """

    grammar: tuple[Form, ...] = ()
    speakers: tuple[Heard, ...] = ()
    unplaced: int = 0
    doubts: tuple[Doubt, ...] = ()


NOTHING = Recognised()
