"""A stretch of a transcript as HTML: escaped, with brackets, anchors, holes and hits marked."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby, pairwise
from types import MappingProxyType

from markupsafe import Markup

from corpus.transcript import SILENT, Layer, Span, Transcript
from qa.quotes import Voice, require_current
from qa.render.html import Run, SentenceNumber, words_html
from qa.render.shown import Part
from qa.render.verbatim import on_one_line


@dataclass(frozen=True, slots=True)
class Mark:
    """A stretch to be highlighted.

    Attributes:
        start: first code point.
        end: end, exclusive.
        id: HTML id of the highlight's first element.
        style: its class.
    """

    start: int
    end: int
    id: str
    style: str = "va-hit"


class Inline:
    """Writes stretches of one transcript as HTML, each mark's id only once."""

    def __init__(
        self,
        transcript: Transcript,
        marks: Iterable[Mark] = (),
        numbers: Mapping[int, SentenceNumber] = MappingProxyType({}),
    ) -> None:
        """Prepare ``transcript`` with the highlights ``marks``, which must not overlap.

        Args:
            transcript: the document.
            marks: highlights.
            numbers: of sentences, by where these begin.

        Raises:
            SourceChangedError: its file has changed since it was read.
        """
        require_current(transcript)
        self._transcript = transcript
        self._numbers = numbers
        self._begins = tuple(sorted(numbers))
        self._breaks = transcript.breaks
        heard = (r for r in transcript.regions if r.layer is Layer.DIRECTION)
        self._brackets = _sorted([*transcript.brackets, *(Span(r.start, r.end) for r in heard)])
        self._anchors = _sorted(
            Span(region.start, region.end)
            for region in transcript.regions
            if region.layer in SILENT
        )
        self._marks = {Span(mark.start, mark.end): mark for mark in marks}
        self._marked_spans = _sorted(self._marks)
        self._given: set[str] = set()

    def html(self, start: int, end: int) -> Markup:
        """Return ``[start, end)``: every character of the source, line breaks as spaces.

        Raises:
            QuoteError: the finished HTML does not carry exactly the source's words.
            SourceChangedError: its file has changed since it was read.
        """
        edges = self._edges(start, end)
        runs = [
            self._run(mark, [part for edge in held for part in self._parts(*edge)])
            for mark, held in groupby(edges, key=lambda edge: self._mark_over(*edge))
        ]
        return words_html(self._transcript, start, end, runs)

    def _edges(self, start: int, end: int) -> list[tuple[int, int]]:
        cuts = {start, end}
        for spans in (self._brackets, self._anchors, self._marked_spans):
            for span in _overlapping(spans, start, end):
                cuts |= {max(span.start, start), min(span.end, end)}
        first, last = bisect_right(self._breaks, start), bisect_right(self._breaks, end)
        cuts.update(self._breaks[first:last])
        first, last = bisect_left(self._begins, start), bisect_left(self._begins, end)
        cuts.update(self._begins[first:last])
        return list(pairwise(sorted(cuts)))

    def _parts(self, start: int, end: int) -> Iterator[Part | SentenceNumber]:
        if start in self._numbers:
            yield self._numbers[start]
        voice = Voice.SOURCE
        if _overlapping(self._brackets, start, end):
            voice = Voice.EDITORIAL
        elif _overlapping(self._anchors, start, end):
            voice = Voice.ANCHOR
        yield Part(voice, on_one_line(self._transcript.text[start:end]))
        place = bisect_left(self._breaks, end)
        if place < len(self._breaks) and self._breaks[place] == end:
            yield Part(Voice.BREAK, "")

    def _mark_over(self, start: int, end: int) -> Mark | None:
        spans = _overlapping(self._marked_spans, start, end)
        return self._marks[spans[0]] if spans else None

    def _run(self, mark: Mark | None, parts: list[Part | SentenceNumber]) -> Run:
        if mark is None:
            return Run(parts)
        if mark.id in self._given:
            return Run(parts, mark.style)
        self._given.add(mark.id)
        return Run(parts, mark.style, mark.id)


def _sorted(spans: Iterable[Span]) -> tuple[Span, ...]:
    return tuple(sorted(spans))


def _overlapping(spans: Sequence[Span], start: int, end: int) -> Sequence[Span]:
    """Return the spans (sorted, disjoint) that share a code point with ``[start, end)``."""
    first = bisect_right(spans, start, key=lambda span: span.end)
    last = bisect_left(spans, end, key=lambda span: span.start)
    return spans[first:last]
