"""The stretches of a transcript within which words may be found, each folded once."""

from __future__ import annotations

import weakref
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import accumulate, pairwise

from corpus.folding import SEAM, Folded, fold
from corpus.transcript import Layer, Region, Span, Transcript

OUTSIDE = ("host", "furniture", "direction", "cue", "markup")
"""Layers whose text is no part of the document's own words."""

LABEL = Layer.LABEL.value
NUMBER = "markup"
"""What a footnote's number, and any sign of no sentence, counts as."""


@dataclass(frozen=True, slots=True)
class Stretch:
    """Text within which words may be found.

    Attributes:
        layer: one of :data:`OUTSIDE`, :data:`LABEL`, or ``sentence`` or ``heading``.
        start: first code point.
        end: end, exclusive.
        folded: its text; offsets are those of the parts, one seam between two of them.
        parts: what of it is searched, in order.
        begins: where each part begins in the text that was folded.
    """

    layer: str
    start: int
    end: int
    folded: Folded
    parts: tuple[Span, ...]
    begins: tuple[int, ...]

    @classmethod
    def of(cls, transcript: Transcript, layer: str, span: Span, parts: tuple[Span, ...]) -> Stretch:
        """Fold some parts of a span."""
        text = SEAM.join(transcript.text[part.start : part.end] for part in parts)
        begins = accumulate((part.end - part.start + 1 for part in parts[:-1]), initial=0)
        return cls(layer, span.start, span.end, fold(text), parts, tuple(begins))

    @property
    def is_outside(self) -> bool:
        """Whether its text is no part of the document's own words."""
        return self.layer in OUTSIDE

    def source(self, span: Span) -> Span:
        """Return the place in the transcript of a place in ``folded``'s text."""
        return Span(self._of(span.start), self._of(span.end - 1) + 1)

    def _of(self, place: int) -> int:
        part = bisect_right(self.begins, place) - 1
        return self.parts[part].start + place - self.begins[part]


_known: dict[int, tuple[Stretch, ...]] = {}


def stretches(transcript: Transcript) -> tuple[Stretch, ...]:
    """Return all stretches in the order of the document; together they hold every visible sign.

    They are remembered as long as the transcript lives.
    """
    found = _known.get(id(transcript))
    if found is None:
        found = _known[id(transcript)] = tuple(_stretches(transcript))
        weakref.finalize(transcript, _known.pop, id(transcript), None)
    return found


def _stretches(transcript: Transcript) -> Iterator[Stretch]:
    outside = [region for region in transcript.regions if _outside(region.layer)]
    spans = [("sentence", span) for span in _runs(transcript)]
    spans += [("heading", span) for span in _heading_runs(transcript)]
    spans += [(LABEL, turn.label) for turn in transcript.turns if turn.label.start < turn.label.end]
    spans += [(_outside(r.layer), Span(r.start, r.end)) for r in outside]
    spans += list(_rest(transcript, sorted(span for _, span in spans)))
    for layer, span in sorted(spans, key=lambda pair: pair[1]):
        parts = (span,) if layer in OUTSIDE else _without(span, outside)
        yield Stretch.of(transcript, layer, span, parts)


def _outside(layer: Layer) -> str:
    if layer is Layer.ANCHOR:
        return NUMBER
    return layer.value if layer.value in OUTSIDE else ""


def _runs(transcript: Transcript) -> Iterable[Span]:
    """Return each block's range: words may cross a full stop, not a label."""
    runs: dict[int, Span] = {}
    for sentence in transcript.sentences:
        start = runs.get(sentence.block, sentence).start
        runs[sentence.block] = Span(start, sentence.end)
    return runs.values()


def _heading_runs(transcript: Transcript) -> Iterator[Span]:
    """Yield headings, those that stand in lines one below the other as one."""
    run: Span | None = None
    for heading in transcript.headings:
        if run is not None and not transcript.text[run.end : heading.start].strip():
            run = Span(run.start, heading.end)
            continue
        if run is not None:
            yield run
        run = heading
    if run is not None:
        yield run


def _rest(transcript: Transcript, taken: list[Span]) -> Iterator[tuple[str, Span]]:
    """Yield what stands in none of the spans (sorted) and can be seen."""
    reached = 0
    ends = (*taken, Span(len(transcript.text), len(transcript.text)))
    for span in ends:
        if reached < span.start and transcript.text[reached : span.start].strip("\ufeff \r\n\t"):
            yield NUMBER, Span(reached, span.start)
        reached = max(reached, span.end)


def _without(span: Span, regions: list[Region]) -> tuple[Span, ...]:
    """Return the parts of a span that lie in none of the regions (sorted, disjoint)."""
    first = bisect_right(regions, span.start, key=lambda region: region.end)
    last = bisect_left(regions, span.end, key=lambda region: region.start)
    cut = regions[first:last]
    edges = [span.start, *(edge for r in cut for edge in (r.start, r.end)), span.end]
    parts = (Span(start, end) for start, end in list(pairwise(edges))[::2])
    return tuple(part for part in parts if part.start < part.end)
