"""BM25 as papers run it, apart from the archive's own search: a fixed point to compare with.

Lower-cased words, no stop words, no stemming, and word statistics of the whole collection.
S. Robertson and H. Zaragoza, "The Probabilistic Relevance Framework: BM25 and Beyond" (2009),
with Lucene's non-negative IDF and the parameters of Anserini: P. Yang, H. Fang and J. Lin,
"Anserini: Reproducible Ranking Baselines Using Lucene", JDIQ 10 (2018).
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray
from scipy import sparse
from sklearn.feature_extraction.text import CountVectorizer

K1 = 0.9
B = 0.4
_WORD = r"(?u)\b\w+\b"


class PlainBM25:
    """Scores of all texts for a question."""

    def __init__(self, texts: Sequence[str]) -> None:
        self._words = CountVectorizer(token_pattern=_WORD)
        counts = sparse.csr_array(self._words.fit_transform(texts), dtype=np.float64)
        lengths = counts.sum(axis=1)
        documents = np.bincount(counts.indices, minlength=counts.shape[1])
        inverse = np.log1p((len(texts) - documents + 0.5) / (documents + 0.5))
        rows = np.repeat(np.arange(len(texts)), np.diff(counts.indptr))
        saturation = K1 * (1 - B + B * lengths[rows] / lengths.mean())
        counts.data = inverse[counts.indices] * counts.data * (K1 + 1) / (counts.data + saturation)
        self._weights = counts.tocsc()

    def scores(self, question: str) -> NDArray[np.float64]:
        """Return one score for each text; each word of the question counts once."""
        asked = self._words.transform([question]).indices
        return np.asarray(self._weights[:, asked].sum(axis=1), dtype=np.float64)
