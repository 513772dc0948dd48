"""Exercises from a finding aid: its questions, and its known gaps as near misses."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from corpus.aid import FindingAid
from corpus.archive import Archive
from corpus.transcript import Transcript
from index.encoder import Embeddings, PassageEncoder
from qa.quotes import Quote
from qa.reader.judge import Heard, judged_text
from qa.training.exercises import Exercise

_KEY_SHARE = 0.7
"""How far the questions of a stretch, more than its text, tell what is near."""
_OTHERS = 14


@dataclass(frozen=True, slots=True)
class _Described:
    """A described stretch: its sentences, its text, and where its questions are."""

    first: int
    last: int
    text: str
    keys: slice

    def adjoins(self, other: _Described) -> bool:
        return self.first <= other.last + 1 and other.first <= self.last + 1

    def overlaps(self, first: int, last: int) -> bool:
        return self.first <= last and first <= self.last


def aid_exercises(archive: Archive, encoder: PassageEncoder) -> list[Exercise]:
    """Return an exercise for each question and known gap in the documents' own language.

    A question's own words are never the key it is judged with: the nearest other question of a
    stretch is. Stretches beside the right one are left out, since they may answer too.

    Args:
        archive: its finding aids are read.
        encoder: finds what is near.
    """
    found: list[Exercise] = []
    for transcript in archive:
        aid = archive.aid(transcript.id)
        if aid.entries:
            found.extend(_Document(transcript, aid, encoder).exercises())
    return found


class _Document:
    """One described document, embedded."""

    def __init__(self, transcript: Transcript, aid: FindingAid, encoder: PassageEncoder) -> None:
        language = transcript.record.language
        self._keys: list[str] = []
        self._described: list[_Described] = []
        for entry in aid.entries:
            held = transcript.sentences_in(entry.start, entry.end)
            keys = [key.text for key in entry.questions if key.lang == language]
            if not keys:
                continue
            quote = Quote.of(transcript, held[0].number, held[-1].number)
            place = slice(len(self._keys), len(self._keys) + len(keys))
            text = judged_text(quote.speaker, quote.text)
            self._described.append(_Described(held[0].number, held[-1].number, text, place))
            self._keys += keys
        self._gaps = [gap for gap in aid.gaps if gap.lang == language]
        self._near = [
            [sentence.number for sentence in transcript.sentences_in(*gap.near)] if gap.near else []
            for gap in self._gaps
        ]
        self._key_vectors = _embedded(encoder, self._keys)
        self._gap_vectors = _embedded(encoder, [gap.gap for gap in self._gaps])
        self._texts = _embedded(encoder, [described.text for described in self._described])

    def exercises(self) -> Iterator[Exercise]:
        for own, described in enumerate(self._described):
            for number in range(described.keys.start, described.keys.stop):
                yield self._of_key(number, own)
        for number in range(len(self._gaps)):
            yield self._of_gap(number)

    def _of_key(self, number: int, own: int) -> Exercise:
        heard, order = self._heard(self._key_vectors[number], leave_out=number)
        right = self._described[own]
        others = [n for n in order if not self._described[n].adjoins(right)]
        return Exercise(
            question=self._keys[number],
            answers=(heard[own],),
            tempting=(),
            others=tuple(heard[n] for n in others[:_OTHERS]),
        )

    def _of_gap(self, number: int) -> Exercise:
        heard, order = self._heard(self._gap_vectors[number], leave_out=None)
        near = self._near[number]
        tempting = [
            heard[n]
            for n, described in enumerate(self._described)
            if near and described.overlaps(near[0], near[-1])
        ]
        return Exercise(
            question=self._gaps[number].gap,
            answers=(),
            tempting=tuple(tempting),
            others=tuple(heard[n] for n in order[:_OTHERS]),
        )

    def _heard(self, vector: Embeddings, leave_out: int | None) -> tuple[list[Heard], list[int]]:
        """Return each stretch with its nearest question, and their order by nearness."""
        cosines = self._key_vectors @ vector
        if leave_out is not None:
            cosines[leave_out] = -1.0
        nearest = [d.keys.start + int(np.argmax(cosines[d.keys])) for d in self._described]
        scores = _KEY_SHARE * cosines[nearest] + (1 - _KEY_SHARE) * (self._texts @ vector)
        heard = [
            Heard(d.text, self._keys[n]) for d, n in zip(self._described, nearest, strict=True)
        ]
        return heard, np.argsort(-scores, kind="stable").tolist()


def _embedded(encoder: PassageEncoder, texts: Sequence[str]) -> Embeddings:
    return encoder.encode_passages(texts, lambda *_: None)
