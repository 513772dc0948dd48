"""What the archive must beat: single sentences by the search index, by chance, by length."""

from __future__ import annotations

import random
import time
from collections.abc import Callable, Hashable, Sequence
from itertools import groupby
from typing import TypeVar

from corpus.archive import Archive
from corpus.judgments import Question
from index.hybrid import Hit, HybridIndex, Rankings
from index.passages import View
from qa.answers import Evidence
from qa.evaluation.responses import RANKING_DEPTH
from qa.evaluation.systems import Ranking, Reply, answered
from qa.quotes import Quote

Place = tuple[str, int, int]
"""A document, and the first and last sentence of a passage in it."""

Item = TypeVar("Item", bound=Hashable)

CONSTANT = 60


def reciprocal_rank_fusion(rankings: Sequence[Sequence[Item]]) -> dict[Item, float]:
    """Return each item's sum of ``1 / (60 + rank)``, best first; equals as first seen.

    G. Cormack, C. Clarke and S. Büttcher, "Reciprocal Rank Fusion outperforms Condorcet and
    individual Rank Learning Methods", SIGIR 2009; 60 is their constant.
    """
    scores: dict[Item, float] = {}
    for ranking in rankings:
        for rank, item in enumerate(ranking, start=1):
            scores[item] = scores.get(item, 0.0) + 1 / (CONSTANT + rank)
    return dict(sorted(scores.items(), key=lambda pair: -pair[1]))


class Ranker:
    """Ranks single sentences and answers with the first, however unlikely."""

    def __init__(self, rank: Callable[[Question], tuple[Ranking, float]]) -> None:
        self._rank = rank

    def respond(self, question: Question) -> Reply:
        """Answer with the first of the ranking."""
        started = time.perf_counter()
        ranking, confidence = self._rank(question)
        answer = answered(question, ranking, confidence)
        return Reply(answer, ranking, time.perf_counter() - started)


def random_ranker(archive: Archive, seed: int) -> Ranker:
    """Rank all sentences by chance; the same seed gives the same order."""
    sentences = [(t, s.number) for t in archive for s in t.sentences]

    def rank(question: Question) -> tuple[Ranking, float]:
        chance = random.Random(f"{seed}:{question.qid}")  # noqa: S311 - no secret
        chosen = chance.sample(sentences, min(RANKING_DEPTH, len(sentences)))
        quotes = [Quote.of(transcript, n, n) for transcript, n in chosen]
        return tuple(Evidence(quote, -float(i)) for i, quote in enumerate(quotes)), chance.random()

    return Ranker(rank)


def longest_turn_ranker(archive: Archive) -> Ranker:
    """Quote the longest stretches of speech whatever is asked: right only if length were enough."""
    quotes = []
    for transcript in archive:
        for _, block in groupby(transcript.sentences, key=lambda s: s.block):
            sentences = list(block)
            quotes.append(Quote(transcript, sentences[0].start, sentences[-1].end))
    quotes.sort(key=lambda quote: quote.start - quote.end)
    ranking = tuple(Evidence(q, float(q.end - q.start)) for q in quotes[:RANKING_DEPTH])
    return Ranker(lambda _: (ranking, 1.0))


def index_ranker(archive: Archive, search_index: HybridIndex, kind: str) -> Ranker:
    """Rank single sentences by the search index alone, without a reader or conversation.

    Args:
        archive: whose sentences are quoted.
        search_index: of this archive.
        kind: ``bm25``, ``dense``, or ``fused`` by reciprocal ranks.
    """

    def rank(question: Question) -> tuple[Ranking, float]:
        rankings = search_index.search(question.question, (View.SENTENCE,), depth=RANKING_DEPTH)[
            View.SENTENCE
        ]
        hits = _chosen(rankings, kind)
        ranking = tuple(
            Evidence(Quote.of(archive[document], first, last), score)
            for (document, first, last), score in hits.items()
        )
        # Its own best score, for the fused one too: never another ranking's confidence.
        return ranking, _as_confidence(ranking[0].score, kind) if ranking else 0.0

    return Ranker(rank)


def _chosen(rankings: Rankings, kind: str) -> dict[Place, float]:
    if kind == "bm25":
        return _places(rankings.lexical)
    if kind == "dense":
        return _places(rankings.dense)
    lists = [list(_places(rankings.dense)), list(_places(rankings.lexical))]
    return dict(list(reciprocal_rank_fusion(lists).items())[:RANKING_DEPTH])


def _places(hits: Sequence[Hit]) -> dict[Place, float]:
    """Return sentences best first; one that was cut for length counts by its best part."""
    found: dict[Place, float] = {}
    for hit in hits:
        passage = hit.passage
        found.setdefault((passage.document, passage.first, passage.last), hit.score)
    return found


def _as_confidence(score: float, kind: str) -> float:
    """Map a score into [0, 1] without changing the order of questions."""
    return score / (1 + score) if kind == "bm25" else max(0.0, min(1.0, score))
