"""``Answer = Answered | Abstained``: evidence in the source's words, or a reason why not."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from qa.quotes import Quote


class Reason(StrEnum):
    """Why the archive does not answer; the value is part of the JSON contract."""

    NOTHING_RELEVANT = "nothing-relevant"
    """No passage shares words or meaning with the question."""
    NOT_CONFIDENT = "not-confident"
    """Passages touch the question, none is likely enough to answer it."""
    KNOWN_GAP = "known-gap"
    """The finding aid says that people ask this and the document does not answer it."""
    UNSUPPORTED_LANGUAGE = "unsupported-language"
    """The question is in a language in which the archive cannot be searched."""
    UNKNOWN_REFERENCE = "unknown-reference"
    """The question points back to something, and nothing was asked before."""


@dataclass(frozen=True, slots=True)
class Evidence:
    """A quote with the reader's score: higher is better, comparable within one answer only."""

    quote: Quote
    score: float


@dataclass(frozen=True, slots=True)
class Answered:
    """The archive answers, in its own words.

    Attributes:
        question: as asked.
        evidence: one or more quotes, best first.
        confidence: probability in [0, 1] that the archive answers the question.
        nearest: further passages, not an answer, best first.
        seconds: time taken.
    """

    question: str
    evidence: tuple[Evidence, ...]
    confidence: float
    nearest: tuple[Evidence, ...] = ()
    seconds: float = 0.0

    def __post_init__(self) -> None:
        if not self.evidence:
            raise ValueError("An answer needs at least one quote; use Abstained without one.")


@dataclass(frozen=True, slots=True)
class Abstained:
    """The archive does not answer.

    Attributes:
        question: as asked.
        reason: why not.
        confidence: probability in [0, 1] that the archive answers all the same.
        nearest: the nearest passages, to be shown as *not* an answer, best first.
        seconds: time taken.
    """

    question: str
    reason: Reason
    confidence: float
    nearest: tuple[Evidence, ...] = ()
    seconds: float = 0.0


Answer = Answered | Abstained
