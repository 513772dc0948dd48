"""The recipe of an hour: single sentences, the speaker's name before them, one FAISS index.

Whoever writes their own search with the archive's embedding model writes this first: no words,
no finding aid, no reader, no conversation. What does not beat it is not worth having.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import numpy as np

from corpus.archive import Archive
from corpus.judgments import Question
from index.encoder import Embeddings, Encoder, PassageEncoder
from qa.answers import Evidence
from qa.evaluation.baselines import Ranker
from qa.evaluation.responses import RANKING_DEPTH
from qa.evaluation.systems import Ranking
from qa.quotes import Quote

Nearest = list[tuple[int, float]]
"""Row and cosine, nearest first."""


class FlatIndex:
    """Rows of vectors, searched one by one: FAISS's IndexFlatIP."""

    def __init__(self, vectors: Embeddings) -> None:
        """Take vectors, float32, shape (n, dim), rows L2-normalised."""
        import faiss

        self._index = faiss.IndexFlatIP(vectors.shape[1])
        self._index.add(np.ascontiguousarray(vectors))

    def nearest(self, vector: Embeddings, depth: int) -> Nearest:
        """Return the nearest rows to a question, float32, shape (1, dim)."""
        cosines, rows = self._index.search(np.ascontiguousarray(vector), depth)
        found = zip(rows[0].tolist(), cosines[0].tolist(), strict=True)
        return [(row, cosine) for row, cosine in found if row >= 0]


def named(speaker: str | None, text: str) -> str:
    """Return a text on one line as the recipe embeds it, after the name of who says it."""
    line = " ".join(text.split())
    return f"{speaker}: {line}" if speaker else line


def embed_named(texts: Iterable[tuple[str | None, str]], encoder: PassageEncoder) -> Embeddings:
    """Embed texts, each after its speaker's name."""
    return encoder.encode_passages([named(*one) for one in texts], lambda *_: None)


def recipe_ranker(archive: Archive, encoder: PassageEncoder, query_encoder: Encoder) -> Ranker:
    """Rank an archive's sentences by their cosine to the question; the first is the confidence.

    Args:
        archive: whose sentences are embedded and quoted.
        encoder: embeds the sentences.
        query_encoder: embeds the questions, as they are asked.
    """
    quotes = [Quote.of(document, s.number, s.number) for document in archive for s in
              document.sentences]  # fmt: skip
    places = FlatIndex(embed_named([(quote.speaker, quote.text) for quote in quotes], encoder))

    def rank(question: Question) -> tuple[Ranking, float]:
        vector = query_encoder.encode_queries([question.question])
        found = _evidence(quotes, places.nearest(vector, RANKING_DEPTH))
        return found, min(1.0, max(0.0, found[0].score)) if found else 0.0

    return Ranker(rank)


def _evidence(quotes: Sequence[Quote], nearest: Nearest) -> Ranking:
    return tuple(Evidence(quotes[row], cosine) for row, cosine in nearest)
