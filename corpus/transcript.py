"""A transcript as frozen values over its unchanged text.

All offsets are Unicode code points into :attr:`Transcript.text`, end exclusive. The text is the
file decoded once; it is never normalised, so ``transcript.text[start:end]`` is the source.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from corpus.files import ON_DISK
from corpus.lines import line_starts
from corpus.recognised import NOTHING, Recognised
from corpus.record import Record

if TYPE_CHECKING:
    from corpus.importing.sidecar import SourceMap


class Layer(StrEnum):
    """Whose voice a character belongs to."""

    HOST = "host"
    """The web page around the document: never evidence."""
    HEADER = "header"
    """Title, catalogue lines and list of participants: evidence, nobody's speech."""
    LABEL = "label"
    """A line naming the next speaker: structure, never quoted."""
    SPEECH = "speech"
    """What the speaker of the turn in force said."""
    HEADING = "heading"
    """A heading of the note-taker inside a turn: nobody's speech."""
    EDITORIAL = "editorial"
    """Square brackets of the editor or translator, inside speech, header or note."""
    ANCHOR = "anchor"
    """A footnote number standing in the running text."""
    NOTE = "note"
    """A footnote: evidence, nobody's speech."""
    NARRATION = "narration"
    """Words about the talk, before, between or after turns: evidence, nobody's speech."""
    DIRECTION = "direction"
    """Stage directions and other people's interjections on lines of their own."""
    FURNITURE = "furniture"
    """Page heads and feet, page numbers, line numbers."""
    CUE = "cue"
    """Cue numbers and time codes."""
    MARKUP = "markup"
    """Signs that tell a program how to show or read the text."""


SILENT = frozenset({Layer.ANCHOR, Layer.FURNITURE, Layer.CUE, Layer.MARKUP})
"""Layers that may stand inside a sentence and are no words of it."""

_SPOKEN = frozenset({Layer.SPEECH, Layer.ANCHOR})


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """A range of code points, end exclusive."""

    start: int
    end: int

    def overlaps(self, start: int, end: int) -> bool:
        """Whether at least one code point is shared with ``[start, end)``."""
        return self.start < end and start < self.end

    def contains(self, start: int, end: int) -> bool:
        """Whether ``[start, end)`` lies wholly inside this span."""
        return self.start <= start and end <= self.end


@dataclass(frozen=True, slots=True)
class Region:
    """A stretch of one layer; the regions of a transcript partition its text."""

    start: int
    end: int
    layer: Layer


@dataclass(frozen=True, slots=True)
class Turn:
    """What one speaker says until the next label.

    Attributes:
        number: 1-based place in the document.
        speaker: the participant's short name, or None where the document does not establish it.
        label: the span of the label, colon included; empty where nobody is named.
        start: first code point after the label.
        end: end of the turn, trailing white space excluded.
    """

    number: int
    speaker: str | None
    label: Span
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence of speech, narration or a note, or a line unit of the header.

    Attributes:
        number: 0-based place among the transcript's sentences.
        start: first code point, never white space.
        end: end, exclusive; the last code point is never white space.
        layer: SPEECH, HEADER, NARRATION or NOTE.
        turn: number of its turn; 0 outside speech.
        block: sentences with the same block have no label and no heading between them.
        breaks_off: the source lost the rest of this sentence.
    """

    number: int
    start: int
    end: int
    layer: Layer
    turn: int
    block: int
    breaks_off: bool = False


@dataclass(frozen=True, slots=True)
class Note:
    """A footnote and what it explains.

    Attributes:
        number: the note's number, counted where the text carries none.
        start: first code point of the note's own words, after its number.
        end: end, exclusive.
        anchor: where its number stands in the running text, if it does.
        explains: the words it explains, from the anchor or from the catalogue record.
    """

    number: int
    start: int
    end: int
    anchor: Span | None
    explains: tuple[Span, ...]


@dataclass(frozen=True)
class Transcript:
    """One document of the archive.

    Attributes:
        id: the file name without its suffix.
        text: the whole file, decoded, unchanged.
        sha256: of the file's bytes, hexadecimal.
        record: its catalogue record.
        regions: partition of ``text`` into layers, in order (brackets excepted, see below).
        turns: speaker turns in order; ``turns[n].number == n + 1``.
        sentences: all quotable sentences in order; ``sentences[n].number == n``.
        headings: headings inside turns.
        brackets: editor's square brackets, brackets included, in speech, header and notes.
        breaks: offsets where the source lost text: the end of the last word before each hole.
        notes: footnotes in order.
        recognised: what the parser recognised and where it was not sure.
        path: the file it was read from, absolute; None where it comes from no file.
        encoding: in which the bytes were read, as Python names it.
        source: where an imported document comes from; None where the file is the original.
    """

    id: str
    text: str
    sha256: str
    record: Record
    regions: tuple[Region, ...]
    turns: tuple[Turn, ...]
    sentences: tuple[Sentence, ...]
    headings: tuple[Span, ...]
    brackets: tuple[Span, ...]
    breaks: tuple[int, ...]
    notes: tuple[Note, ...]
    encoding: str = "utf-8"
    recognised: Recognised = NOTHING
    path: Path | None = field(default=None, compare=False)
    source: SourceMap | None = field(default=None, compare=False)

    @property
    def is_current(self) -> bool:
        """Whether the file still holds the bytes that were read."""
        return self.path is None or ON_DISK.sha256(self.path) == self.sha256

    @cached_property
    def _line_starts(self) -> tuple[int, ...]:
        return line_starts(self.text)

    @cached_property
    def _region_starts(self) -> tuple[int, ...]:
        return tuple(region.start for region in self.regions)

    @cached_property
    def _turn_starts(self) -> tuple[int, ...]:
        return tuple(turn.start for turn in self.turns)

    @cached_property
    def _bracket_starts(self) -> tuple[int, ...]:
        return tuple(span.start for span in self.brackets)

    @cached_property
    def _sentence_starts(self) -> tuple[int, ...]:
        return tuple(sentence.start for sentence in self.sentences)

    def line_at(self, offset: int) -> int:
        """Return the 1-based line of the file that holds ``offset``."""
        return bisect_right(self._line_starts, offset)

    def layer_at(self, offset: int) -> Layer:
        """Return whose voice the code point at ``offset`` is; brackets are EDITORIAL."""
        i = bisect_right(self._bracket_starts, offset) - 1
        if i >= 0 and offset < self.brackets[i].end:
            return Layer.EDITORIAL
        i = bisect_right(self._region_starts, offset) - 1
        if i < 0 or offset >= self.regions[i].end:
            raise IndexError(f"offset {offset} is outside the text of {self.id}")
        return self.regions[i].layer

    def turn_at(self, offset: int) -> Turn | None:
        """Return the turn in force at ``offset``, or None outside speech."""
        i = bisect_right(self._turn_starts, offset) - 1
        return self.turns[i] if i >= 0 and offset < self.turns[i].end else None

    def speaker_at(self, offset: int) -> str | None:
        """Return who speaks at ``offset``; None where nobody does or it is not established."""
        turn = self.turn_at(offset)
        if turn is None:
            return None
        i = bisect_right(self._region_starts, offset) - 1
        spoken = i < 0 or self.regions[i].layer in _SPOKEN
        return turn.speaker if spoken else None

    def sentences_in(self, start: int, end: int) -> tuple[Sentence, ...]:
        """Return the sentences that share at least one code point with ``[start, end)``."""
        first = max(bisect_right(self._sentence_starts, start) - 1, 0)
        behind = bisect_left(self._sentence_starts, end)
        return tuple(s for s in self.sentences[first:behind] if s.end > start)

    def headings_in(self, start: int, end: int) -> tuple[Span, ...]:
        """Return the headings that share at least one code point with ``[start, end)``."""
        first = bisect_right(self.headings, start, key=lambda span: span.end)
        behind = bisect_left(self.headings, end, key=lambda span: span.start)
        return self.headings[first:behind]

    def notes_for(self, start: int, end: int) -> tuple[Note, ...]:
        """Return the notes that explain any of ``[start, end)``, in order."""
        return tuple(
            note for note in self.notes if any(span.overlaps(start, end) for span in note.explains)
        )
