"""Nearest passages by meaning: exact inner-product search in FAISS."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from index.encoder import Embeddings
from index.errors import IndexDamagedError, SearchIndexError

if TYPE_CHECKING:
    import faiss

FILE = "dense.faiss"
SPREAD_FILE = "spread.npy"
_NO_SPREAD = 1e-6
_HALF_PRECISION_FROM = 20_000
"""From here on half precision: half the memory, the same ten nearest, an instant start."""


@dataclass(frozen=True, slots=True)
class Spread:
    """How cosines spread: what is far for one model, or for one question, is near for another.

    Attributes:
        mean: of all of them.
        deviation: standard deviation, 0 or greater.
    """

    mean: float
    deviation: float

    def standing(self, cosine: float) -> float:
        """Return by how many standard deviations a cosine is above the mean."""
        return (cosine - self.mean) / self.deviation if self.deviation > _NO_SPREAD else 0.0


NO_SPREAD = Spread(0.0, 0.0)


def write_dense(folder: Path, vectors: Embeddings) -> None:
    """Write an index of ``vectors``, float32, shape (n, dim), rows L2-normalised."""
    import faiss

    count, dim = vectors.shape
    if count < _HALF_PRECISION_FROM:
        flat: faiss.Index = faiss.IndexFlatIP(dim)
    else:
        flat = faiss.IndexScalarQuantizer(
            dim, faiss.ScalarQuantizer.QT_fp16, faiss.METRIC_INNER_PRODUCT
        )
    flat.add(np.ascontiguousarray(vectors))
    np.save(folder / SPREAD_FILE, _moments(vectors))
    try:
        faiss.write_index(flat, str(folder / FILE))
    except RuntimeError as error:
        raise SearchIndexError(f"{folder / FILE} cannot be written; is the disk full?") from error


def _moments(vectors: Embeddings) -> Embeddings:
    """Return the mean of the vectors over their covariance, float32, shape (1 + dim, dim).

    The cosines of a question are its products with the vectors; their mean and their variance
    follow from these, however many vectors there are. Rows of zeros, not embedded, do not count.
    """
    held = vectors[vectors.any(axis=1)].astype(np.float64)
    if not len(held):
        return np.zeros((1 + vectors.shape[1], vectors.shape[1]), dtype=np.float32)
    mean = held.mean(axis=0)
    centred = held - mean
    return np.vstack([mean[None], centred.T @ centred / len(held)]).astype(np.float32)


class DenseIndex:
    """Searches vectors on disk, mapped into memory."""

    def __init__(self, folder: Path) -> None:
        import faiss

        # More threads make one small search no faster and wait for each other on a busy machine.
        faiss.omp_set_num_threads(1)
        path = folder / FILE
        try:
            self._index: faiss.Index = faiss.read_index(str(path), faiss.IO_FLAG_MMAP)
        except RuntimeError as error:
            raise IndexDamagedError(f"{path} cannot be read; build the index again.") from error
        self._moments: Embeddings = np.load(folder / SPREAD_FILE)

    def __len__(self) -> int:
        return int(self._index.ntotal)

    def vectors(self) -> Embeddings:
        """Return all vectors; float32, shape (n, dim)."""
        return np.asarray(self._index.reconstruct_n(0, len(self)), dtype=np.float32)

    def spread(self, vector: Embeddings) -> Spread:
        """Return how the cosines of a question, float32, shape (1, dim), to all passages spread."""
        mean, covariance = self._moments[0], self._moments[1:]
        question = vector[0]
        variance = float(question @ covariance @ question)
        return Spread(float(mean @ question), math.sqrt(max(variance, 0.0)))

    def search(
        self, vector: Embeddings, depth: int, among: Sequence[int] | None = None
    ) -> list[tuple[int, float]]:
        """Return (passage number, cosine) of the ``depth`` nearest, best first.

        Args:
            vector: the question, float32, shape (1, dim).
            depth: how many; equal cosines come in the order of their passages.
            among: numbers of the passages to search; None for all.
        """
        count = len(self) if among is None else len(among)
        depth = min(depth, count)
        if depth == 0:
            return []
        question = np.ascontiguousarray(vector)
        only = _only(among)
        reach = min(depth + 1, count)
        cosines, numbers = self._index.search(question, reach, params=only)
        # FAISS takes any of the passages that tie for the last place; look on until they end.
        while reach < count and cosines[0][-1] >= cosines[0][depth - 1]:
            reach = min(2 * reach, count)
            cosines, numbers = self._index.search(question, reach, params=only)
        found = zip(numbers[0].tolist(), cosines[0].tolist(), strict=True)
        hits = sorted(((n, c) for n, c in found if n >= 0), key=lambda hit: (-hit[1], hit[0]))
        return hits[:depth]


def _only(among: Sequence[int] | None) -> faiss.SearchParameters | None:
    import faiss

    if among is None:
        return None
    chosen = faiss.IDSelectorBatch(np.asarray(among, dtype=np.int64))
    return faiss.SearchParameters(sel=chosen)  # type: ignore[call-arg]
