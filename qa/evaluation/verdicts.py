"""The verdict on one question: what the gold says about what the system answered.

With it stands by what questions can be cut, to see where a system is weak.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cache

from corpus.archive import Archive
from corpus.judgments import Question
from corpus.transcript import Layer
from qa.evaluation.matching import (
    Blanks,
    Coverage,
    best_coverage,
    is_right,
    recall_at_words,
)
from qa.evaluation.ranking import retrieval
from qa.evaluation.responses import Cited, Response, Responses
from qa.evaluation.sources import Sources

PARTS = ("document", "language", "style")
"""What every table of figures is repeated for: a mean may hide a document that nothing answers."""

DIMENSIONS = ("type", "layer", "speaker", "history", "overlap", *PARTS)

_WORD = re.compile(r"[^\W_]+")
_HALF = 0.5
NO_GOLD = "(unanswerable)"


def slices_of(question: Question, archive: Archive) -> dict[str, str]:
    """Return the question's place in each of :data:`DIMENSIONS`; no style where none is told.

    The layer is that of the first gold span, and so is the document where the question names
    none. ``overlap`` is the share of the
    question's content words that stand in its gold: none, some (less than half) or most.
    """
    turns = len(question.history)
    return {
        "type": question.type,
        "layer": _layer(question, archive),
        "speaker": (question.speaker or "any") if question.answerable else NO_GOLD,
        "language": question.language,
        "history": ("none", "1 question", "2 or more")[min(turns, 2)],
        "overlap": _overlap(question),
        "document": _document(question),
        **({"style": question.style} if question.style else {}),
    }


def content_words(text: str) -> frozenset[str]:
    """Return the words of a text without case, numbers included, English stop words left out."""
    return frozenset(_WORD.findall(text.casefold())) - _stop_words()


@cache
def _stop_words() -> frozenset[str]:
    from sklearn.feature_extraction.text import ENGLISH_STOP_WORDS

    return frozenset(ENGLISH_STOP_WORDS)


def _layer(question: Question, archive: Archive) -> str:
    if not question.spans:
        return NO_GOLD
    span = question.spans[0]
    held = archive[span.document].sentences_in(span.start, span.end)
    return held[0].layer.value if held else Layer.HEADING.value


def _document(question: Question) -> str:
    return question.document or (question.spans[0].document if question.spans else NO_GOLD)


def _overlap(question: Question) -> str:
    if not question.spans:
        return NO_GOLD
    asked = content_words(question.question)
    gold = content_words(" ".join(span.text for span in question.spans))
    share = len(asked & gold) / len(asked) if asked else 0.0
    return "none" if share == 0 else "some" if share < _HALF else "most"


WORD_BUDGETS = (50, 100, 250)


class Outcome(StrEnum):
    """What became of a question; the order is that of the report, failures first."""

    UNREAD = "not answered at all"
    """The system gave no response to it: counts as a failure."""
    ANSWERED_WRONG = "wrong quote"
    """Answerable, and the first quote is not right."""
    FALSE_ANSWER = "answered the unanswerable"
    MISSED = "declined though answerable"
    OFFERED_WRONG = "only wrong passages offered"
    """Answerable, and none of the passages to judge is right."""
    OFFERED_IN_VAIN = "passages offered for the unanswerable"
    TOLERATED = "tolerated fragment"
    """Unanswerable, and the first quote is one the curator tolerates: neither right nor wrong."""
    OFFERED_RIGHT = "right passage offered"
    """Answerable, and one of the passages to judge is right."""
    RIGHT = "right quote"
    DECLINED = "rightly declined"

    @property
    def right(self) -> bool:
        """Whether the decision is right."""
        return self in (Outcome.RIGHT, Outcome.OFFERED_RIGHT, Outcome.DECLINED)


@dataclass(frozen=True, slots=True)
class Verdict:
    """Everything measured on one question.

    Attributes:
        question: the gold.
        response: what the system said, or None if nothing.
        outcome: what became of it.
        top_wrong: whether the best-ranked quote is not right: the risk if nothing were declined.
        retrieval: measure to value; empty for unanswerable questions.
        coverage: all shown quotes against the best acceptable set; None if unanswerable.
        recall_at: word budget to recall of the ranking; empty if unanswerable.
        verbatim: for every quote shown or ranked, whether it is the exact slice of the source.
        attributed: for every such quote that lies in the source and says who speaks, whether it
            is the speaker of the turn in force.
        slices: dimension to value.
    """

    question: Question
    response: Response | None
    outcome: Outcome
    top_wrong: bool
    retrieval: dict[str, float]
    coverage: Coverage | None
    recall_at: dict[int, float]
    verbatim: dict[Cited, bool]
    attributed: dict[Cited, bool]
    slices: dict[str, str]

    @property
    def confidence(self) -> float | None:
        """The system's confidence; None where it said nothing or stated none."""
        return self.response.confidence if self.response else None


def judge(
    questions: Sequence[Question], responses: Responses, archive: Archive
) -> tuple[Verdict, ...]:
    """Judge every question, those without a response included.

    Args:
        questions: the gold, in the order of the report.
        responses: by qid; what no question asks for is ignored.
        archive: tells who speaks; its folder holds the source bytes.
    """
    measured = retrieval(questions, responses)
    sources = Sources(archive.folder)
    blanks = {
        transcript.id: frozenset(i for i, char in enumerate(transcript.text) if char.isspace())
        for transcript in archive
    }
    return tuple(
        _judge(
            question,
            responses.get(question.qid),
            {name: values.get(question.qid, 0.0) for name, values in measured.items()},
            archive,
            sources,
            blanks,
        )
        for question in questions
    )


def _judge(
    question: Question,
    response: Response | None,
    measured: dict[str, float],
    archive: Archive,
    sources: Sources,
    blanks: Blanks,
) -> Verdict:
    ranked = response.ranked if response else ()
    everything = dict.fromkeys(response.everything if response else ())
    quotes = response.quotes if response and response.answered else ()
    sets = question.acceptable
    return Verdict(
        question=question,
        response=response,
        outcome=outcome(question, response),
        top_wrong=not (ranked and right(ranked[0], question)),
        retrieval=measured if question.answerable else {},
        coverage=best_coverage(quotes, sets, blanks) if question.answerable else None,
        recall_at={
            budget: recall_at_words(ranked, sets, budget, blanks)
            for budget in (WORD_BUDGETS if question.answerable else ())
        },
        verbatim={quote: sources.is_verbatim(quote) for quote in everything},
        attributed={
            quote: quote.speaker == speaker_in_force(quote, archive)
            for quote in everything
            if quote.names_speaker and _lies_in_source(quote, archive)
        },
        slices=slices_of(question, archive),
    )


def outcome(question: Question, response: Response | None) -> Outcome:
    """Return what became of a question; the first quote decides, or any that is offered."""
    if response is None:
        return Outcome.UNREAD
    if response.offered:
        return _of_offer(question, response.offered)
    if not response.answered:
        return Outcome.MISSED if question.answerable else Outcome.DECLINED
    first = response.quotes[0]
    if question.answerable:
        return Outcome.RIGHT if right(first, question) else Outcome.ANSWERED_WRONG
    tolerated = [span for gold in question.tolerated for span in gold]
    return Outcome.TOLERATED if is_right(first, tolerated) else Outcome.FALSE_ANSWER


def _of_offer(question: Question, offered: Sequence[Cited]) -> Outcome:
    if not question.answerable:
        return Outcome.OFFERED_IN_VAIN
    found = any(right(quote, question) for quote in offered)
    return Outcome.OFFERED_RIGHT if found else Outcome.OFFERED_WRONG


def right(quote: Cited, question: Question) -> bool:
    """Whether the quote answers the question by one of its acceptable sets."""
    return is_right(quote, [span for gold in question.acceptable for span in gold])


def speaker_in_force(quote: Cited, archive: Archive) -> str | None:
    """Return who speaks where the words of the quote begin, by the turns of the transcript."""
    if quote.document not in archive:
        return None
    transcript = archive[quote.document]
    text = transcript.text[quote.start : quote.end]
    return transcript.speaker_at(quote.start + len(text) - len(text.lstrip()))


def _lies_in_source(quote: Cited, archive: Archive) -> bool:
    return quote.document in archive and quote.start < len(archive[quote.document].text)
