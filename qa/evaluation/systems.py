"""What a system is, the archive's own, and the two ends of the scale: never and oracle."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

from corpus.archive import Archive
from corpus.judgments import GoldSpan, Question
from qa.answering import Answerer
from qa.answering import answer as answer_of
from qa.answers import Abstained, Answer, Answered, Evidence, Reason
from qa.asking import Asked
from qa.evaluation.responses import RANKING_DEPTH
from qa.quotes import Quote, QuoteError

Ranking = tuple[Evidence, ...]


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
