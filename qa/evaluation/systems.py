"""The systems that can be evaluated by name: the archive's own, and what it must beat."""

from __future__ import annotations

import random
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Protocol

from corpus.archive import Archive
from corpus.judgments import GoldSpan, Question
from index.hybrid import Hit, HybridIndex, Rankings
from index.passages import View
from qa.answering import Answerer
from qa.answering import answer as answer_of
from qa.answers import Abstained, Answer, Answered, Evidence, Reason
from qa.asking import Asked
from qa.evaluation.rank_fusion import reciprocal_rank_fusion
from qa.evaluation.responses import RANKING_DEPTH
from qa.quotes import Quote, QuoteError

Ranking = tuple[Evidence, ...]
Place = tuple[str, int, int]
"""A document, and the first and last sentence of a passage in it."""


@dataclass(frozen=True, slots=True)
class Reply:
    """What a system says to a question.

    Attributes:
        answer: what its users get.
        ranking: every candidate, best first, nothing declined.
        seconds: that the answer took; what the bench asks for besides is not in it.
    """

    answer: Answer
    ranking: Ranking
    seconds: float


class System(Protocol):
    """What the harness asks."""

    def respond(self, question: Question) -> Reply:
        """Answer a question and rank for it."""


class ArchiveSystem:
    """The archive as users meet it."""

    def __init__(self, answerer: Answerer) -> None:
        self._answerer = answerer

    def respond(self, question: Question) -> Reply:
        """Read once: the answer and the ranking are of the same reading."""
        reading = self._answerer.read(Asked(question.question, question.history))
        answer = answer_of(reading, self._answerer.settings.max_nearest)
        return Reply(answer, reading.ranked[:RANKING_DEPTH], reading.seconds)


class Undeclining:
    """Another system that always answers with its best-ranked quote, whatever its confidence."""

    def __init__(self, system: System) -> None:
        self._system = system

    def respond(self, question: Question) -> Reply:
        """Answer with the first of the ranking."""
        found = self._system.respond(question)
        answer = answered(question, found.ranking, found.answer.confidence)
        return Reply(answer, found.ranking, found.seconds)


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


class Never:
    """Declines every question: what a system must beat to be of any use."""

    def respond(self, question: Question) -> Reply:
        """Decline."""
        return Reply(declined(question), (), 0.0)


class Oracle:
    """Quotes the sentences around the gold spans: the best that quoting whole sentences can do."""

    def __init__(self, archive: Archive) -> None:
        self._archive = archive

    def respond(self, question: Question) -> Reply:
        """Quote the gold, or decline where there is none."""
        quotes = [quote for span in question.spans for quote in self._around(span)]
        if not quotes:
            return Reply(declined(question), (), 0.0)
        once = {(quote.transcript.id, quote.start): quote for quote in quotes}
        ranking = tuple(Evidence(quote, 1.0) for quote in once.values())
        return Reply(Answered(question.question, ranking, 1.0), ranking, 0.0)

    def _around(self, span: GoldSpan) -> list[Quote]:
        transcript = self._archive[span.document]
        try:
            return [Quote.around(transcript, span.start, span.end)]
        except QuoteError:  # the span crosses a heading or a layer
            held = transcript.sentences_in(span.start, span.end)
            return [Quote(transcript, sentence.start, sentence.end) for sentence in held]


def answered(question: Question, ranking: Ranking, confidence: float) -> Answer:
    """Return the first of a ranking as the answer, or an abstention if there is none."""
    if not ranking:
        return declined(question)
    return Answered(question.question, ranking[:1], confidence, ranking[1:5])


def declined(question: Question) -> Abstained:
    """Return an abstention without any passage."""
    return Abstained(question.question, Reason.NOTHING_RELEVANT, 0.0)


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
