"""What an importer makes of a file: blocks of words, whose they are, and where they stand in it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum


class Kind(StrEnum):
    """What a block is."""

    TEXT = "text"
    """Words of a file that states no speakers: its labels are found by the parser."""
    HEADER = "header"
    HEADING = "heading"
    SPEECH = "speech"
    NARRATION = "narration"
    DIRECTION = "direction"
    NOTE = "note"


@dataclass(frozen=True, slots=True)
class Place:
    """A stretch of the original.

    Attributes:
        unit: which part of the original, as its format counts: "" where it is one text, else for
            example ``paragraph 12`` or ``segments/3/text``.
        start: first code point in the unit's text.
        end: end, exclusive.
        line: 1-based line of the original, where it has lines.
        page: as printed or counted, where it has pages.
        time: start and end in seconds, where it has time codes.
    """

    unit: str
    start: int
    end: int
    line: int | None = None
    page: str | None = None
    time: tuple[float, float] | None = None


@dataclass(frozen=True, slots=True)
class Piece:
    """Words as they stand in the original, each sign at its place; or signs put between them.

    Attributes:
        text: the words; where it has as many signs as its place, each sign is the one there,
            else (an entity such as ``&amp;``) the whole stands for the whole.
        place: None for what the importer put between words: a space, a line break.
        anchor: number of the footnote whose number stands here in the running text.
    """

    text: str
    place: Place | None = None
    anchor: int | None = None


SPACE = Piece(" ")
"""Between two pieces that run on: two cues, two lines."""
PARAGRAPH = Piece("\n\n")
"""Between two paragraphs of one speech."""


@dataclass(frozen=True, slots=True)
class Block:
    """Words of one kind and, if they are speech, of one speaker.

    Attributes:
        kind: of words.
        pieces: in order.
        speaker: as the file states; None where it does not establish one.
        label: where the name stands in the original.
        doubt: one clause: why the speaker is in doubt; empty where nothing is.
        number: of a footnote.
    """

    kind: Kind
    pieces: tuple[Piece, ...]
    speaker: str | None = None
    label: Place | None = None
    doubt: str = ""
    number: int | None = None

    @property
    def text(self) -> str:
        """Its words."""
        return "".join(piece.text for piece in self.pieces)

    @property
    def line(self) -> int | None:
        """The line of the original on which it begins."""
        return next((p.place.line for p in self.pieces if p.place is not None), None)


@dataclass(frozen=True, slots=True)
class LeftOut:
    """What did not become part of the document.

    Attributes:
        what: in the plural: "comments", "cue settings".
        count: how many.
        why: one clause.
    """

    what: str
    count: int
    why: str


@dataclass(frozen=True, slots=True)
class Imported:
    """One document as an importer read it.

    Attributes:
        format: its name, for people: "WebVTT", "Word (.docx)".
        blocks: in the order of reading: all of them TEXT, or none.
        encoding: in which the bytes were read, where that was a question.
        stated: what the file states of itself, by the record's field: title, date, language.
        left_out: what is no part of the document.
        part: which part of the file, where it holds several documents; part of the id.
        units: the original's own words by unit, as the places count them.
        spoken_names: full name by the name that blocks carry, where the file states both.
    """

    format: str
    blocks: tuple[Block, ...]
    encoding: str = ""
    stated: Mapping[str, str] = field(default_factory=dict)
    left_out: tuple[LeftOut, ...] = ()
    part: str = ""
    units: Mapping[str, str] = field(default_factory=dict)
    spoken_names: Mapping[str, str] = field(default_factory=dict)

    @property
    def is_placed(self) -> bool:
        """Whether the file itself states who speaks, so that no label is looked for."""
        return all(block.kind is not Kind.TEXT for block in self.blocks)


def run_together(blocks: list[Block], *, between: Piece = SPACE) -> tuple[Block, ...]:
    """Join each speech to the one before if the same speaker goes on and neither is in doubt."""
    joined: list[Block] = []
    for block in blocks:
        before = joined[-1] if joined else None
        if (
            before is not None
            and block.kind is before.kind is Kind.SPEECH
            and block.speaker == before.speaker
            and block.doubt == before.doubt
        ):
            pieces = (*before.pieces, between, *block.pieces)
            joined[-1] = Block(before.kind, pieces, before.speaker, before.label, before.doubt)
        else:
            joined.append(block)
    return tuple(joined)
