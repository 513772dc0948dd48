"""Nearest passages by meaning: exact inner-product search in FAISS."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from index.encoder import Embeddings
from index.errors import IndexDamagedError, SearchIndexError

if TYPE_CHECKING:
    import faiss

FILE = "dense.faiss"
_HALF_PRECISION_FROM = 20_000
"""From here on half precision: half the memory, the same ten nearest, an instant start."""


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
    try:
        faiss.write_index(flat, str(folder / FILE))
    except RuntimeError as error:
        raise SearchIndexError(f"{folder / FILE} cannot be written; is the disk full?") from error


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

    def __len__(self) -> int:
        return int(self._index.ntotal)

    def vectors(self) -> Embeddings:
        """Return all vectors; float32, shape (n, dim)."""
        return np.asarray(self._index.reconstruct_n(0, len(self)), dtype=np.float32)

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
