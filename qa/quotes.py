"""A quote: whole sentences of a transcript, by reference.

There is no way to give a quote its text: it holds offsets into an unchanged source and derives
everything it shows from there.
"""

from __future__ import annotations

import itertools
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property
from typing import TypeVar

from corpus.errors import VerbatimError
from corpus.lost import lost_words
from corpus.transcript import SILENT, Layer, Note, Region, Sentence, Span, Transcript

_Ranged = TypeVar("_Ranged", Span, Region)


class QuoteError(VerbatimError, ValueError):
    """A range of a transcript that must not be quoted, or a rendering that is not verbatim."""


class SourceChangedError(QuoteError):
    """The file no longer holds what was read from it; nothing of it may be shown."""


def require_current(transcript: Transcript) -> None:
    """Compare a document with its file before anything of it is shown.

    Raises:
        SourceChangedError: the file holds other bytes than were read, or is gone.
    """
    if not transcript.is_current:
        raise SourceChangedError(
            f"The file of {transcript.id} was changed or removed after it was read; nothing of it "
            "is quoted until it is read anew. Please ask again."
        )


class Voice(StrEnum):
    """How a piece of a quote is shown."""

    SOURCE = "source"
    EDITORIAL = "editorial"
    ANCHOR = "anchor"
    BREAK = "break"


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of a quote in one voice; BREAK pieces are empty and mark lost text."""

    start: int
    end: int
    voice: Voice


@dataclass(frozen=True)
class Quote:
    """Consecutive whole sentences of one speaker turn, of the header, or of one note; or headings.

    Attributes:
        transcript: the document quoted.
        start: first code point, the start of a sentence.
        end: end, exclusive, the end of a sentence.

    Raises:
        QuoteError: the range does not start and end at sentence boundaries, or crosses a
            speaker label, a heading, or the border of header or notes.
    """

    transcript: Transcript
    start: int
    end: int

    def __post_init__(self) -> None:
        sentences = self.sentences
        place = f"{self.transcript.id} {self.start}-{self.end}"
        if not sentences or (sentences[0].start, sentences[-1].end) != (self.start, self.end):
            raise QuoteError(f"{place} does not start and end at sentence boundaries.")
        if len({sentence.block for sentence in sentences}) > 1:
            raise QuoteError(f"{place} crosses a speaker label, a heading or a layer.")

    @classmethod
    def of(cls, transcript: Transcript, first: int, last: int) -> Quote:
        """Quote sentences ``first`` to ``last`` of a transcript, both included."""
        sentences = transcript.sentences
        return cls(transcript, sentences[first].start, sentences[last].end)

    @classmethod
    def around(cls, transcript: Transcript, start: int, end: int) -> Quote:
        """Quote the sentences that hold ``[start, end)``."""
        held = _held(transcript, start, end)
        if not held:
            raise QuoteError(f"{transcript.id} {start}-{end} lies in no sentence.")
        return cls(transcript, held[0].start, held[-1].end)

    @cached_property
    def sentences(self) -> tuple[Sentence, ...]:
        """The sentences quoted, in order; a heading is one, with the number -1."""
        return _held(self.transcript, self.start, self.end)

    @property
    def numbers(self) -> tuple[int, int]:
        """Numbers of the first and the last sentence in the transcript."""
        return self.sentences[0].number, self.sentences[-1].number

    @property
    def text(self) -> str:
        """The source's exact words, hard line breaks included."""
        return self.transcript.text[self.start : self.end]

    @property
    def layer(self) -> Layer:
        """SPEECH, HEADER, NARRATION, NOTE or HEADING."""
        return self.sentences[0].layer

    @property
    def turn(self) -> int:
        """Number of the speaker turn; 0 in header and notes."""
        return self.sentences[0].turn

    @property
    def speaker(self) -> str | None:
        """Who says it: the speaker of the turn in force, or None in header and notes."""
        return self.transcript.turns[self.turn - 1].speaker if self.turn else None

    @property
    def notes(self) -> tuple[Note, ...]:
        """The footnotes that explain words of this quote."""
        return self.transcript.notes_for(self.start, self.end)

    @property
    def editorial(self) -> tuple[Span, ...]:
        """Brackets inside the quote, an editor's or what was heard: nobody's speech."""
        found = list(_overlapping(self.transcript.brackets, self.start, self.end))
        found += [
            Span(region.start, region.end)
            for region in _overlapping(self.transcript.regions, self.start, self.end)
            if region.layer is Layer.DIRECTION
        ]
        return tuple(sorted(found))

    @property
    def breaks(self) -> tuple[int, ...]:
        """Offsets inside or at the end of the quote where the source lost text."""
        breaks = self.transcript.breaks
        return breaks[bisect_right(breaks, self.start) : bisect_right(breaks, self.end)]

    @property
    def lacks(self) -> tuple[int, ...]:
        """Offsets where words are missing: breaks, and brackets such as "[inaudible]"."""
        noted = (span.start for span in lost_words(self.transcript.text, self.start, self.end))
        return tuple(sorted({*self.breaks, *noted}))

    @cached_property
    def pieces(self) -> tuple[Piece, ...]:
        """The quote cut by voice, in order; their text joined is exactly :attr:`text`."""
        return _pieces(self)


def _held(transcript: Transcript, start: int, end: int) -> tuple[Sentence, ...]:
    """Return the sentences that hold a range; where none does, the headings."""
    if sentences := transcript.sentences_in(start, end):
        return sentences
    headings = transcript.headings_in(start, end)
    for above, below in itertools.pairwise(headings):
        if transcript.text[above.end : below.start].strip():
            return ()
    return tuple(Sentence(-1, span.start, span.end, Layer.HEADING, 0, -1) for span in headings)


def _overlapping(found: Sequence[_Ranged], start: int, end: int) -> Sequence[_Ranged]:
    """Return those (in order, disjoint) that share a code point with a range."""
    first = bisect_right(found, start, key=lambda one: one.end)
    return found[first : bisect_left(found, end, key=lambda one: one.start)]


def _pieces(quote: Quote) -> tuple[Piece, ...]:
    marked = [(span, Voice.EDITORIAL) for span in quote.editorial]
    marked += [
        (Span(region.start, region.end), Voice.ANCHOR)
        for region in _overlapping(quote.transcript.regions, quote.start, quote.end)
        if region.layer in SILENT and quote.start <= region.start < quote.end
    ]
    cuts = {quote.start, quote.end, *quote.breaks}
    for span, _ in marked:
        cuts |= {max(span.start, quote.start), min(span.end, quote.end)}
    edges = sorted(cuts)
    pieces: list[Piece] = []
    for start, end in itertools.pairwise(edges):
        voices = [voice for span, voice in marked if span.contains(start, end)]
        pieces.append(Piece(start, end, voices[0] if voices else Voice.SOURCE))
        if end in quote.breaks:
            pieces.append(Piece(end, end, Voice.BREAK))
    return tuple(pieces)
