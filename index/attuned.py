"""Comparing a question with all that finding aids ask, by embeddings learned from them."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from index.attunement import Stretch
from index.dense import NO_SPREAD, Spread
from index.encoder import Embeddings
from index.passages import Passage


@dataclass(frozen=True, slots=True)
class Attuned:
    """Cosines by embeddings that were learned for the archive.

    Attributes:
        keys: for each described stretch, of its nearest and its second nearest question; the
            nearest counts twice where there is one only.
        nearest: the greatest of them.
        gaps: of the nearest and the second nearest known gap, likewise; 0 where there is none.
        spread: of the cosines of all questions of finding aids.
    """

    keys: Mapping[Stretch, tuple[float, float]]
    nearest: float
    gaps: tuple[float, float]
    spread: Spread = NO_SPREAD

    def carried(self, standing: float) -> float:
        """Return the cosine that stands as high here as another one does among its own.

        Args:
            standing: of the other, in standard deviations above the mean.
        """
        return self.spread.mean + standing * self.spread.deviation

    def within(self, is_wanted: Callable[[Stretch], bool]) -> Attuned:
        """Return the comparisons with the stretches that are wanted, and with all gaps."""
        keys = {stretch: cosines for stretch, cosines in self.keys.items() if is_wanted(stretch)}
        nearest = max((first for first, _ in keys.values()), default=0.0)
        return Attuned(keys, nearest, self.gaps, self.spread)


class AttunedQuestions:
    """The questions of finding aids, grouped by the stretch that answers them, and known gaps."""

    def __init__(
        self, keys: Sequence[Passage], key_vectors: Embeddings, gap_vectors: Embeddings
    ) -> None:
        """Group the questions.

        Args:
            keys: at least one.
            key_vectors: of them, float32, shape (n keys, dim), rows L2-normalised.
            gap_vectors: of the known gaps, shape (m, dim); m may be 0.
        """
        places = [(passage.document, passage.first, passage.last) for passage in keys]
        order = sorted(range(len(keys)), key=lambda n: places[n])
        self._stretches = sorted(set(places))
        self._keys = key_vectors[order]
        ordered = [places[n] for n in order]
        self._starts = [0, *(n for n in range(1, len(order)) if ordered[n] != ordered[n - 1])]
        self._gaps = gap_vectors

    def compare(self, question: Embeddings) -> Attuned:
        """Compare a question, float32, shape (dim,)."""
        cosines = self._keys @ question
        ends = [*self._starts[1:], len(cosines)]
        keys = {
            stretch: _two_greatest(cosines[start:end])
            for stretch, start, end in zip(self._stretches, self._starts, ends, strict=True)
        }
        gaps = _two_greatest(self._gaps @ question) if len(self._gaps) else (0.0, 0.0)
        spread = Spread(float(np.mean(cosines)), float(np.std(cosines)))
        return Attuned(keys, float(np.max(cosines)), gaps, spread)


def _two_greatest(values: Embeddings) -> tuple[float, float]:
    if len(values) == 1:
        return float(values[0]), float(values[0])
    second, first = np.partition(values, -2)[-2:]
    return float(first), float(second)
