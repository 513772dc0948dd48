"""Rankings of the units of a public set: by words, by meaning, fused, and the trivial ones."""

from __future__ import annotations

import random
import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from scipy import sparse
from sklearn.feature_extraction.text import CountVectorizer

from corpus.sentences import split_sentences
from index.encoder import Embeddings, Encoder, PassageEncoder
from index.lexical import LexicalIndex, write_lexical
from qa.evaluation.baselines import reciprocal_rank_fusion
from qa.evaluation.recipe import FlatIndex, named
from qa.evaluation.sets.collection import Collection, Query, Unit

K1 = 0.9
B = 0.4
_WORD = r"(?u)\b\w+\b"


class PlainBM25:
    """BM25 as papers run it, apart from the archive's own search: a fixed point to compare with.

    Lower-cased words, no stop words, no stemming, and word statistics of the whole collection.
    S. Robertson and H. Zaragoza, "The Probabilistic Relevance Framework: BM25 and Beyond" (2009),
    with Lucene's non-negative IDF and the parameters of Anserini: P. Yang, H. Fang and J. Lin,
    "Anserini: Reproducible Ranking Baselines Using Lucene", JDIQ 10 (2018).
    """

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


DEPTH = 100
_PART = 2048
SYSTEMS = (
    "bm25", "plain-bm25", "dense", "recipe", "fused", "reader", "random", "longest-turn", "oracle",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class RankedRun:
    """Rankings of one system.

    Attributes:
        name: of the system.
        ranked: qid to unit ids, best first.
        confidence: qid to a score that should be high where the question is answerable.
    """

    name: str
    ranked: Mapping[str, tuple[str, ...]]
    confidence: Mapping[str, float]


Scored = dict[str, list[tuple[str, float]]]
"""qid to (unit id, score), best first."""


def lexical(collection: Collection, texts: Mapping[str, str], language: str) -> Scored:
    """Rank by BM25 within what each question is confined to, with word statistics of just that."""
    found: Scored = {}
    for query_group in _by_scope(collection):
        units = collection.candidates(query_group[0])
        with tempfile.TemporaryDirectory() as folder:
            languages = [language] * len(units)
            write_lexical(Path(folder), [texts[unit.id] for unit in units], languages)
            searcher = LexicalIndex(Path(folder), languages)
            for query in query_group:
                hits = searcher.search(query.text, DEPTH)
                found[query.qid] = [(units[n].id, score) for n, score in hits]
    return found


def plain(collection: Collection, texts: Mapping[str, str]) -> Scored:
    """Rank by BM25 as papers run it: word statistics of the whole collection."""
    searcher = PlainBM25([texts[unit.id] for unit in collection.units])
    rows = {unit.id: row for row, unit in enumerate(collection.units)}
    found: Scored = {}
    for query in collection.queries:
        units = collection.candidates(query)
        scores = searcher.scores(query.text)[[rows[unit.id] for unit in units]]
        best = [n for n in np.argsort(-scores, kind="stable")[:DEPTH] if scores[n] > 0]
        found[query.qid] = [(units[n].id, float(scores[n])) for n in best]
    return found


def dense(collection: Collection, vectors: Embeddings, asked: Embeddings) -> Scored:
    """Rank by cosine.

    Args:
        collection: the set.
        vectors: of its units, float32, shape (n units, dim), rows L2-normalised.
        asked: of its questions, likewise.
    """
    rows = {unit.id: row for row, unit in enumerate(collection.units)}
    found: Scored = {}
    for number, query in enumerate(collection.queries):
        units = collection.candidates(query)
        cosines = vectors[[rows[unit.id] for unit in units]] @ asked[number]
        best = np.argsort(-cosines, kind="stable")[:DEPTH]
        found[query.qid] = [(units[n].id, float(cosines[n])) for n in best]
    return found


def recipe(
    collection: Collection, encoder: PassageEncoder, query_encoder: Encoder, language: str
) -> Scored:
    """Rank units by their nearest sentence, the speaker's name before it: the recipe of an hour."""
    sentences = [
        (unit, unit.text[span.start : span.end])
        for unit in collection.units
        for span in split_sentences(unit.text, 0, len(unit.text), language)
    ]
    rows: dict[str | None, list[int]] = {None: list(range(len(sentences)))}
    for row, (unit, _) in enumerate(sentences):
        rows.setdefault(unit.document, []).append(row)
    vectors = _in_parts([named(unit.speaker, text) for unit, text in sentences], encoder)
    found: Scored = {}
    for query_group in _by_scope(collection):
        held = rows.get(query_group[0].document, [])
        places = FlatIndex(vectors[held])
        asked = query_encoder.encode_queries([query.text for query in query_group])
        for query, vector in zip(query_group, asked, strict=True):
            best: dict[str, float] = {}
            for row, cosine in places.nearest(vector[np.newaxis], len(held)):
                best.setdefault(sentences[held[row]][0].id, cosine)
            found[query.qid] = list(best.items())[:DEPTH]
    return found


def embed(
    collection: Collection,
    texts: Mapping[str, str],
    encoder: PassageEncoder,
    query_encoder: Encoder,
) -> tuple[Embeddings, Embeddings]:
    """Embed units and questions, units part by part so that an interrupted run can go on."""
    vectors = _in_parts([texts[unit.id] for unit in collection.units], encoder)
    asked = query_encoder.encode_queries([query.text for query in collection.queries])
    return vectors, asked


def _in_parts(texts: Sequence[str], encoder: PassageEncoder) -> Embeddings:
    parts = [
        encoder.encode_passages(texts[start : start + _PART], lambda *_: None)
        for start in range(0, len(texts), _PART)
    ]
    return np.concatenate(parts)


def fused(first: Scored, second: Scored) -> Scored:
    """Join two rankings by reciprocal ranks."""
    return {
        qid: list(
            reciprocal_rank_fusion(
                [[unit for unit, _ in first[qid]], [unit for unit, _ in second[qid]]]
            ).items()
        )[:DEPTH]
        for qid in first
    }


def trivial(name: str, collection: Collection, seed: int) -> Scored:
    """Rank by chance, by length, or by the judgments themselves."""
    return {
        query.qid: [(unit, -float(rank)) for rank, unit in enumerate(ids)]
        for query in collection.queries
        for ids in [_trivial(name, collection.candidates(query), query, seed)]
    }


def as_run(name: str, scored: Scored, confidence: Scored) -> RankedRun:
    """Return a run whose confidence is the top score of ``confidence``; none where it is empty."""
    return RankedRun(
        name,
        {qid: tuple(unit for unit, _ in units) for qid, units in scored.items()},
        {qid: units[0][1] for qid, units in confidence.items() if units},
    )


def _trivial(name: str, units: Sequence[Unit], query: Query, seed: int) -> list[str]:
    ids = [unit.id for unit in units]
    if name == "oracle":
        return sorted(query.relevant, key=lambda unit: -query.relevant[unit])[:DEPTH]
    if name == "longest-turn":
        return [unit.id for unit in sorted(units, key=lambda unit: -len(unit.text))][:DEPTH]
    chance = random.Random(f"{seed}:{query.qid}")  # noqa: S311 - no secret
    return chance.sample(ids, min(DEPTH, len(ids)))


def _by_scope(collection: Collection) -> list[list[Query]]:
    groups: dict[str | None, list[Query]] = {}
    for query in collection.queries:
        groups.setdefault(query.document, []).append(query)
    return list(groups.values())
