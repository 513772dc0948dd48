"""``Answer = Answered | Possible | Abstained``: quotes, passages to judge, or nothing found."""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import StrEnum

from qa.about import Fact
from qa.contradicting import Contradiction
from qa.quotes import Quote
from qa.sides import Side

MOST_OFFERED = 3
"""Passages that a reader is asked to judge at once."""


class Reason(StrEnum):
    """Why nothing is quoted; the value is part of the JSON contract. It speaks of the search."""

    NOTHING_RELEVANT = "nothing-relevant"
    """No passage was found that shares words or meaning with the question."""
    NOT_CONFIDENT = "not-confident"
    """Passages touch the question, none is likely enough to answer it."""
    KNOWN_GAP = "known-gap"
    """A question that the finding aid notes as one without an answer is much nearer."""
    UNSUPPORTED_LANGUAGE = "unsupported-language"
    """The question is in a language in which the archive cannot be searched."""
    UNKNOWN_REFERENCE = "unknown-reference"
    """The question points back to something, and nothing was asked before."""
    CATALOGUE = "catalogue"
    """The question is about the documents; their records answer it, and nothing is quoted."""


@dataclass(frozen=True, slots=True)
class Evidence:
    """A quote with the reader's score: higher is better, comparable within one answer only."""

    quote: Quote
    score: float


@dataclass(frozen=True, slots=True)
class AskedAs:
    """How a question was understood that cannot stand alone.

    Attributes:
        question: what was searched: the earlier questions that were used, and then this one.
        because: the words of the question that point back.
        earlier: the last of those questions, which people are told of.
    """

    question: str
    because: str
    earlier: str


@dataclass(frozen=True, slots=True)
class Answered:
    """The archive answers, in its own words.

    Attributes:
        question: as asked.
        evidence: one or more quotes that the system stands behind, best first.
        confidence: probability in [0, 1] that the archive answers the question.
        nearest: further passages, best first.
        seconds: time taken.
        support: probability in [0, 1] that the first quote is right.
        asked_as: how the question was understood, where earlier ones were used.
        catalogue: data of the records that answers too.
        sides: what each side says, where that is asked for.
        contradiction: whose words the filters left out though they are asked for.
    """

    question: str
    evidence: tuple[Evidence, ...]
    confidence: float
    nearest: tuple[Evidence, ...] = ()
    seconds: float = 0.0
    support: float = 0.0
    asked_as: AskedAs | None = None
    catalogue: tuple[Fact, ...] = ()
    sides: tuple[Side, ...] = ()
    contradiction: Contradiction | None = None

    def __post_init__(self) -> None:
        if not self.evidence:
            raise ValueError("An answer needs at least one quote; use Abstained without one.")


@dataclass(frozen=True, slots=True)
class Possible:
    """Passages of equal weight that may answer, for the reader to judge; no verdict.

    Attributes:
        question: as asked.
        reason: why none of them is quoted.
        confidence: probability in [0, 1] that the archive answers the question.
        nearest: passages, best first; at least those that are shown.
        shown: how many of them people see, from 1 to 3.
        seconds: time taken.
        support: probability in [0, 1] that the first passage is right.
        asked_as: how the question was understood, where earlier ones were used.
        gap: words of the known gap that matched and that a person reviewed, or None.
        sides: what each side says, where that is asked for.
        contradiction: whose words the filters left out though they are asked for.
    """

    question: str
    reason: Reason
    confidence: float
    nearest: tuple[Evidence, ...]
    shown: int
    seconds: float = 0.0
    support: float = 0.0
    asked_as: AskedAs | None = None
    gap: str | None = None
    sides: tuple[Side, ...] = ()
    contradiction: Contradiction | None = None

    def __post_init__(self) -> None:
        if not 1 <= self.shown <= min(MOST_OFFERED, len(self.nearest)):
            raise ValueError("From one to three of the nearest passages are offered.")

    @property
    def offered(self) -> tuple[Evidence, ...]:
        """The passages that people see."""
        return self.nearest[: self.shown]


@dataclass(frozen=True, slots=True)
class Abstained:
    """Nothing was found that answers; ``nearest`` is for programs, people see none of it.

    Attributes:
        question: as asked.
        reason: why not.
        confidence: probability in [0, 1] that the archive answers all the same.
        nearest: the nearest passages, best first.
        seconds: time taken.
        support: probability in [0, 1] that the first passage is right.
        asked_as: how the question was understood, where earlier ones were used.
        gap: words of the known gap that matched and that a person reviewed, or None.
        catalogue: data of the records that answers; not empty exactly where ``reason`` is
            CATALOGUE.
        contradiction: whose words the filters left out though they are asked for.
    """

    question: str
    reason: Reason
    confidence: float
    nearest: tuple[Evidence, ...] = ()
    seconds: float = 0.0
    support: float = 0.0
    asked_as: AskedAs | None = None
    gap: str | None = None
    catalogue: tuple[Fact, ...] = ()
    contradiction: Contradiction | None = None


Answer = Answered | Possible | Abstained


def with_catalogue(answer: Answer, facts: tuple[Fact, ...]) -> Answer:
    """Return an answer to a question about the documents, which their records answer.

    What the documents themselves are quoted for stands beside it; nothing less does.

    Args:
        answer: what the documents themselves answer.
        facts: of the records; none where the question is not about the documents.
    """
    if not facts:
        return answer
    if isinstance(answer, Answered):
        return replace(answer, catalogue=facts)
    return Abstained(
        answer.question,
        Reason.CATALOGUE,
        answer.confidence,
        answer.nearest,
        answer.seconds,
        answer.support,
        answer.asked_as,
        catalogue=facts,
    )


_NOT_SEARCHED = frozenset((Reason.UNKNOWN_REFERENCE, Reason.UNSUPPORTED_LANGUAGE, Reason.CATALOGUE))


def with_contradiction(answer: Answer, found: Contradiction | None) -> Answer:
    """Return an answer that says whom the filters left out, where anybody's words were searched."""
    if isinstance(answer, Abstained) and answer.reason in _NOT_SEARCHED:
        return answer
    return replace(answer, contradiction=found)
