"""What a document is made of, as the parser sees it: for the person who has to judge that."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from corpus.recognised import Recognised
from corpus.transcript import Layer, Span, Transcript

_FIRST_WORDS = 8
_MOST_FORMS = 6
_COUNTED = frozenset(Layer) - {Layer.SPEECH, Layer.LABEL, Layer.ANCHOR}
_EXPECTED_FIELDS = ("date", "place", "repository", "signature", "rights")


@dataclass(frozen=True, slots=True)
class Part:
    """What a document has of one layer that nobody speaks.

    Attributes:
        layer: whose words they are.
        stretches: how many pieces of it there are.
        words: in all of them.
        first_line: 1-based line of the first.
        last_line: line on which the last one ends.
        first_words: of the first, on one line.
        examples: first words of lines of pages that were left out, each form once.
    """

    layer: Layer
    stretches: int
    words: int
    first_line: int
    last_line: int
    first_words: str
    examples: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Overview:
    """What a document was recognised to be.

    Attributes:
        recognised: forms of labels, speakers, doubts.
        unplaced: words whose speaker is not established.
        parts: what nobody speaks, by layer.
        not_stated: fields of the record that references would have.
    """

    recognised: Recognised
    unplaced: int
    parts: tuple[Part, ...]
    not_stated: tuple[str, ...]


def overview(transcript: Transcript) -> Overview:
    """Say what a transcript was recognised to be."""
    nobody = [turn for turn in transcript.turns if turn.speaker is None]
    return Overview(
        recognised=transcript.recognised,
        unplaced=sum(len(transcript.text[t.start : t.end].split()) for t in nobody),
        parts=tuple(_parts(transcript)),
        not_stated=tuple(f for f in _EXPECTED_FIELDS if not getattr(transcript.record, f)),
    )


def _parts(transcript: Transcript) -> list[Part]:
    spans: dict[Layer, list[Span]] = {}
    for region in transcript.regions:
        if region.layer in _COUNTED and transcript.text[region.start : region.end].strip():
            spans.setdefault(region.layer, []).append(Span(region.start, region.end))
    if transcript.brackets:
        spans[Layer.EDITORIAL] = list(transcript.brackets)
    return [_part(transcript, layer, spans[layer]) for layer in Layer if layer in spans]


def _part(transcript: Transcript, layer: Layer, spans: Sequence[Span]) -> Part:
    words = [transcript.text[span.start : span.end].split() for span in spans]
    first, last = spans[0], spans[-1]
    begins = first.start + _blanks(transcript.text[first.start : first.end])
    ends = last.start + len(transcript.text[last.start : last.end].rstrip())
    return Part(
        layer=layer,
        stretches=len(spans),
        words=sum(map(len, words)),
        first_line=transcript.line_at(begins),
        last_line=transcript.line_at(max(ends - 1, begins)),
        first_words=" ".join(words[0][:_FIRST_WORDS]),
        examples=tuple(_forms(words)) if layer is Layer.FURNITURE else (),
    )


def _forms(pieces: Sequence[Sequence[str]]) -> list[str]:
    """Return how each form of a line of pages begins, the most frequent first, numbers aside."""
    forms: dict[str, list[str]] = {}
    for words in pieces:
        key = " ".join(word for word in words if not any(map(str.isdigit, word)))
        forms.setdefault(key, []).append(" ".join(words[:_FIRST_WORDS]))
    ordered = sorted(forms.items(), key=lambda form: -len(form[1]))
    return [found[0] for key, found in ordered if key][:_MOST_FORMS]


def _blanks(text: str) -> int:
    return len(text) - len(text.lstrip())
