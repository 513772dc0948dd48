"""What an importer makes of a file: blocks of words, whose they are, and where they stand in it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum
from itertools import groupby

from corpus.counting import counted


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
        why: a few words that fit one and many.
        one: ``what`` in the singular.
        words: what some of it says, none twice.
    """

    what: str
    count: int
    why: str
    one: str
    words: tuple[str, ...] = ()

    @property
    def counted(self) -> str:
        """How many of what."""
        return counted(self.count, self.one, self.what)


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
        remarks: lines about the document that stand outside of its text: notes, heads of pages.
        above: those of the remarks that stand above the first speech, where a title may be.
        property_title: what the file's properties call it; programs and earlier documents leave
            such titles there.
        by_program: whether a recogniser wrote the file: its dates say when that was at work.
    """

    format: str
    blocks: tuple[Block, ...]
    encoding: str = ""
    stated: Mapping[str, str] = field(default_factory=dict)
    left_out: tuple[LeftOut, ...] = ()
    part: str = ""
    units: Mapping[str, str] = field(default_factory=dict)
    spoken_names: Mapping[str, str] = field(default_factory=dict)
    remarks: tuple[str, ...] = ()
    above: tuple[str, ...] = ()
    property_title: str = ""
    by_program: bool = False

    @property
    def is_placed(self) -> bool:
        """Whether the file itself states who speaks, so that no label is looked for."""
        return is_placed(self.blocks)


def is_placed(blocks: Iterable[Block]) -> bool:
    """Whether the file itself states who speaks, so that no label is looked for."""
    return all(block.kind is not Kind.TEXT for block in blocks)


def run_together(
    blocks: Iterable[Block], *, between: Piece = SPACE, unknown: bool = True
) -> tuple[Block, ...]:
    """Join speeches that follow each other, of one speaker and with one doubt or none.

    Args:
        blocks: in the order of reading.
        between: put between the words of two.
        unknown: whether speeches of nobody who is established are joined, too.
    """
    joined: list[Block] = []
    for (kind, speaker, _), group in groupby(blocks, lambda b: (b.kind, b.speaker, b.doubt)):
        members = list(group)
        if kind is not Kind.SPEECH or (speaker is None and not unknown):
            joined += members
            continue
        pieces: list[Piece] = []
        for block in members:
            pieces += [between] if pieces else []
            pieces += block.pieces
        joined.append(replace(members[0], pieces=tuple(pieces)))
    return tuple(joined)


def cut(pieces: Iterable[Piece], at: int) -> tuple[Piece, ...]:
    """Return what stands behind the first ``at`` signs."""
    kept: list[Piece] = []
    for piece in pieces:
        if at >= len(piece.text):
            at -= len(piece.text)
            continue
        place = piece.place
        if place is not None and place.end - place.start == len(piece.text):
            place = replace(place, start=place.start + at)
        kept.append(replace(piece, text=piece.text[at:], place=place))
        at = 0
    return tuple(kept)
