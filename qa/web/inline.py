"""A stretch of a transcript as HTML: escaped, with brackets, anchors, holes and hits marked."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby, pairwise

from markupsafe import Markup, escape

from corpus.transcript import SILENT, Span, Transcript
from qa.quotes import QuoteError, require_current
from qa.render.verbatim import MARK_CLASS, on_one_line, words_in_html
from qa.render.words import BREAK_SIGN


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

    def __init__(self, transcript: Transcript, marks: Iterable[Mark] = ()) -> None:
        """Prepare ``transcript`` with the highlights ``marks``, which must not overlap.

        Raises:
            SourceChangedError: its file has changed since it was read.
        """
        require_current(transcript)
        self._text = transcript.text
        self._breaks = transcript.breaks
        self._brackets = _sorted(transcript.brackets)
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
        """
        pieces = [(self._mark_over(*edge), self._piece(*edge)) for edge in self._pieces(start, end)]
        fragment: Markup = Markup("").join(
            self._marked(mark, Markup("").join(words for _, words in run))
            for mark, run in groupby(pieces, key=lambda piece: piece[0])
        )
        if words_in_html(fragment) != on_one_line(self._text[start:end]):
            raise QuoteError(f"The rendering of {start}-{end} differs from the source.")
        return fragment

    def _pieces(self, start: int, end: int) -> Iterable[tuple[int, int]]:
        cuts = {start, end}
        for spans in (self._brackets, self._anchors, self._marked_spans):
            for span in _overlapping(spans, start, end):
                cuts |= {max(span.start, start), min(span.end, end)}
        first, last = bisect_right(self._breaks, start), bisect_right(self._breaks, end)
        cuts.update(self._breaks[first:last])
        edges = sorted(cuts)
        return pairwise(edges)

    def _piece(self, start: int, end: int) -> Markup:
        words: Markup = escape(on_one_line(self._text[start:end]))
        if _overlapping(self._brackets, start, end):
            words = Markup('<span class="va-editorial">{}</span>').format(words)
        elif _overlapping(self._anchors, start, end):
            words = Markup('<span class="va-anchor">{}</span>').format(words)
        place = bisect_left(self._breaks, end)
        if place < len(self._breaks) and self._breaks[place] == end:
            sign = Markup('<span class="{} va-break"> {}</span>')
            words += sign.format(MARK_CLASS, BREAK_SIGN)
        return words

    def _mark_over(self, start: int, end: int) -> Mark | None:
        spans = _overlapping(self._marked_spans, start, end)
        return self._marks[spans[0]] if spans else None

    def _marked(self, mark: Mark | None, words: Markup) -> Markup:
        if mark is None:
            return words
        if mark.id in self._given:
            return Markup('<mark class="{}">{}</mark>').format(mark.style, words)
        self._given.add(mark.id)
        found = Markup('<mark class="{}" id="{}" tabindex="-1">{}</mark>')
        return found.format(mark.style, mark.id, words)


def _sorted(spans: Iterable[Span]) -> tuple[Span, ...]:
    return tuple(sorted(spans))


def _overlapping(spans: Sequence[Span], start: int, end: int) -> Sequence[Span]:
    """Return the spans (sorted, disjoint) that share a code point with ``[start, end)``."""
    first = bisect_right(spans, start, key=lambda span: span.end)
    last = bisect_left(spans, end, key=lambda span: span.start)
    return spans[first:last]
