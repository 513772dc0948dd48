"""The scores of every ranking, gathered by sentence and by described stretch."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import TypeVar

from index.dense import Spread
from index.fusion import saturated
from index.hybrid import Hit, Rankings
from index.late import Place
from index.passages import Passage, View

Stretch = tuple[str, int, int]
"""A document and the first and last sentence of a stretch."""

Item = TypeVar("Item")

HALF_BM25 = 10.0
"""The BM25 score that counts as one half."""

_NONE = Rankings((), ())


@dataclass(frozen=True, slots=True)
class Signals:
    """How near a question is to a stretch, each in about [0, 1].

    Attributes:
        is_described: whether the document has a finding aid that is searched. For a stretch
            without questions of its own ``key`` and ``second_key`` are ``dense``.
        key: cosine of the nearest question of the finding aid.
        second_key: cosine of the next nearest question of the same stretch.
        key_words: BM25 of the best of these questions, saturated.
        dense: greatest cosine of a sentence of the stretch.
        around: mean cosine of the dialogue around its sentences.
        words: greatest BM25 of a sentence, saturated.
        around_words: greatest BM25 of the dialogue around one, saturated.
        dense_standing: by how many standard deviations ``dense`` is above all sentences' mean.
        around_standing: the same of ``around``.
        after_standing: the same of the cosine of the sentence after it.
        words_share: greatest BM25 of a sentence, as a share of the greatest of all sentences.
    """

    is_described: bool
    key: float
    second_key: float
    key_words: float
    dense: float
    around: float
    words: float
    around_words: float
    dense_standing: float
    around_standing: float
    after_standing: float
    words_share: float


@dataclass(frozen=True)
class Gathered:
    """The scores of one question.

    Attributes:
        keys: cosines of the questions of each described stretch, best first.
        key_words: saturated BM25 of each described stretch.
        gaps: cosines of the nearest and the second nearest known gap; 0 where there is none.
        gap_text: the nearest.
        key_text: the nearest question of the finding aid.
    """

    keys: Mapping[Stretch, Sequence[float]]
    key_words: Mapping[Stretch, float]
    gaps: tuple[float, float]
    gap_text: str
    key_text: str
    _dense: Mapping[Place, float]
    _around: Mapping[Place, float]
    _words: Mapping[Place, float]
    _around_words: Mapping[Place, float]
    _dense_spread: Spread
    _around_spread: Spread
    _dense_floor: float
    _around_floor: float
    _key_floor: float = field(default=0.0)

    @classmethod
    def of(cls, rankings: Mapping[View, Rankings]) -> Gathered:
        """Gather the rankings of all views."""
        sentence = rankings.get(View.SENTENCE, _NONE)
        around = rankings.get(View.AROUND, _NONE)
        key = rankings.get(View.KEY, _NONE)
        gap = rankings.get(View.GAP, _NONE)
        keys: dict[Stretch, list[float]] = defaultdict(list)
        for hit in key.dense:
            keys[stretch_of(hit.passage)].append(hit.score)
        return cls(
            keys=keys,
            key_words=_best({stretch_of(h.passage): [h] for h in reversed(key.lexical)}),
            gaps=_two_nearest([hit for hit in gap.dense if hit.score]),
            gap_text=gap.dense[0].passage.text if gap.dense else "",
            key_text=key.dense[0].passage.text if key.dense else "",
            _dense=_by_place(sentence.dense),
            _around=_by_place(around.dense),
            _words=_by_place(sentence.lexical),
            _around_words=_by_place(around.lexical),
            _dense_spread=sentence.spread,
            _around_spread=around.spread,
            _dense_floor=sentence.dense[-1].score if sentence.dense else 0.0,
            _around_floor=around.dense[-1].score if around.dense else 0.0,
            _key_floor=key.dense[-1].score if key.dense else 0.0,
        )

    @cached_property
    def described(self) -> frozenset[str]:
        """The documents whose finding aids were searched and came near."""
        return frozenset(document for document, _, _ in (*self.keys, *self.key_words))

    @property
    def places(self) -> frozenset[Place]:
        """The sentences that any ranking of the text found."""
        return frozenset(self._dense) | frozenset(self._words) | frozenset(self._around)

    def wordiest(self, count: int) -> list[Place]:
        """Return the sentences that share most words with the question, best first."""
        return sorted(self._words, key=lambda place: -self._words[place])[:count]

    def signals(self, stretch: Stretch) -> Signals:
        """Return the scores of a stretch; without described questions the text stands in."""
        document, first, last = stretch
        places = [(document, number) for number in range(first, last + 1)]
        dense = max(self._dense.get(place, self._dense_floor) for place in places)
        around = sum(self._around.get(p, self._around_floor) for p in places) / len(places)
        words = max(self._words.get(place, 0.0) for place in places)
        cosines = self.keys.get(stretch, ())
        return Signals(
            is_described=document in self.described,
            key=cosines[0] if cosines else dense,
            second_key=cosines[1] if len(cosines) > 1 else (self._key_floor if cosines else dense),
            key_words=self.key_words.get(stretch, 0.0),
            dense=dense,
            around=around,
            words=saturated(words, HALF_BM25),
            around_words=saturated(
                max(self._around_words.get(place, 0.0) for place in places), HALF_BM25
            ),
            dense_standing=self._dense_spread.standing(dense),
            around_standing=self._around_spread.standing(around),
            after_standing=self._dense_spread.standing(
                self._dense.get((document, last + 1), self._dense_floor)
            ),
            words_share=words / self._most_words if self._most_words else 0.0,
        )

    @cached_property
    def _most_words(self) -> float:
        return max(self._words.values(), default=0.0)


def _two_nearest(hits: Sequence[Hit]) -> tuple[float, float]:
    """Return the scores of the first two; of the first twice where there is one only.

    Questions in languages that the model does not know have no embedding, and a score of 0.
    """
    return (hits[0].score, hits[min(1, len(hits) - 1)].score) if hits else (0.0, 0.0)


def _places(passage: Passage) -> list[Place]:
    return [(passage.document, n) for n in range(passage.first, passage.last + 1)]


def stretch_of(passage: Passage) -> Stretch:
    """Return the sentences a passage stands for."""
    return passage.document, passage.first, passage.last


def _by_place(hits: Sequence[Hit]) -> dict[Place, float]:
    """Return each sentence's greatest score; hits come best first."""
    found: dict[Place, float] = {}
    for hit in hits:
        for place in _places(hit.passage):
            found.setdefault(place, hit.score)
    return found


def _best(hits: Mapping[Stretch, Sequence[Hit]]) -> dict[Stretch, float]:
    return {stretch: saturated(found[0].score, HALF_BM25) for stretch, found in hits.items()}


def without_overlap(items: Iterable[Item], place: Callable[[Item], Stretch]) -> Iterator[Item]:
    """Yield the items, best first, whose sentences no better one has.

    Args:
        items: best first.
        place: the stretch of an item.
    """
    taken: set[Place] = set()
    for item in items:
        document, first, last = place(item)
        places = {(document, number) for number in range(first, last + 1)}
        if not places & taken:
            taken |= places
            yield item
