"""What an evidence reader is given and what it returns."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Protocol

from qa.answers import AskedAs, Evidence, Reason
from qa.asking import Asked
from qa.quotes import Quote
from qa.reader.candidates import Candidate
from qa.reader.policy import NOTHING, Thresholds


@dataclass(frozen=True, slots=True)
class Query:
    """A question ready to be searched.

    Attributes:
        asked: the question, cleaned, and what it is confined to.
        text: what is searched: the question, with what it refers back to.
        before: what answered the question before, where this one leans on it.
        foreign: ISO 639-1 code of its language, if that is certainly none of the documents'.
    """

    asked: Asked
    text: str
    before: Quote | None = None
    foreign: str | None = None

    @property
    def texts(self) -> tuple[str, ...]:
        """The question alone and, where it leans back, with what it leans on too."""
        question = self.asked.question
        return (question,) if self.text == question else (question, self.text)


@dataclass(frozen=True, slots=True)
class Considered:
    """What a reading was decided from; the calibration is fitted on it.

    Attributes:
        candidates: a closer look was taken at; none overlaps another.
        asked: features of the question itself, by name.
    """

    candidates: tuple[Candidate, ...]
    asked: Mapping[str, float]


@dataclass(frozen=True, slots=True)
class Reading:
    """What was found for a question: the answer, its explanation and every measure are made of it.

    Attributes:
        asked: the question, cleaned.
        ranked: every candidate, best first; none overlaps another.
        answers: how many of the first candidates together are the answer, if there is one.
        confidence: probability in [0, 1] that the archive answers the question.
        support: probability in [0, 1] that the first candidate is an acceptable quote.
        thresholds: from which support on the first candidates are quoted, and from which
            confidence on they are offered.
        reason: why nothing should be quoted below.
        features: what the probabilities were computed from, by name.
        nearest_key: the nearest question of the finding aid, if any.
        nearest_gap: the nearest known gap, if any.
        strange_names: names and numbers of the question that the archive never mentions.
        considered: what it was decided from; None where there was nothing to decide.
        seconds: time taken.
        gap: words of the known gap that is the reason, where a person reviewed it; or None.
        asked_as: how the question was understood, where earlier ones were used.
        named: how many of the first candidates name what everything is asked of, and are offered.
    """

    asked: Asked
    ranked: tuple[Evidence, ...]
    answers: int
    confidence: float
    support: float
    thresholds: Thresholds
    reason: Reason
    features: Mapping[str, float]
    nearest_key: str = ""
    nearest_gap: str = ""
    strange_names: tuple[str, ...] = ()
    considered: Considered | None = None
    seconds: float = 0.0
    gap: str | None = None
    asked_as: AskedAs | None = None
    named: int = 0

    @property
    def is_answer(self) -> bool:
        """Whether the first candidates are to be quoted."""
        return bool(self.ranked) and self.support >= self.thresholds.quote and not self.named

    @property
    def is_offer(self) -> bool:
        """Whether the first candidates are to be offered for the reader to judge."""
        offered = self.confidence >= self.thresholds.offer and self.support < self.thresholds.quote
        return bool(self.named) or (bool(self.ranked) and offered)


def nothing_read(asked: Asked, reason: Reason) -> Reading:
    """Return the reading of a question for which there is nothing, never to be quoted."""
    return Reading(asked, (), 1, 0.0, 0.0, NOTHING, reason, {})


class EvidenceReader(Protocol):
    """Chooses the sentences that answer."""

    def read(self, query: Query) -> Reading:
        """Return candidates best first, with the probability that there is an answer."""
