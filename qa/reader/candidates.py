"""A stretch that may answer, and what is known of it."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from qa.reader.calibration import Order
from qa.reader.signals import Stretch

LEADS = {"sentence_lead": "sentence_standing", "around_lead": "around_standing"}
"""By how much the first candidate leads all others in a signal, by that signal."""
MARGIN = "margin"
DOUBT = "doubt"
COMPANY = "company"
_COMPANIONS = 9
_BESIDE = 6
"""How many sentences away a candidate is in company."""
_SHARPNESS = 3.0
"""How much more a candidate counts that stands out by one standard deviation, as an exponent."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """A stretch that may answer.

    Attributes:
        stretch: where.
        signals: what it is ordered by, by name.
        told: features of the question's reading if this candidate comes first, by name.
        has_very_words: whether words of the question stand there side by side, and hardly anywhere
            else.
        is_last: whether it comes after all others, whatever its score.
    """

    stretch: Stretch
    signals: Mapping[str, float]
    told: Mapping[str, float]
    has_very_words: bool = False
    is_last: bool = False


@dataclass(frozen=True, slots=True)
class Ordered:
    """A candidate with its score."""

    candidate: Candidate
    score: float


def ordered(candidates: Iterable[Candidate], order: Order) -> tuple[Ordered, ...]:
    """Return candidates best first, ties by place."""
    scored = [Ordered(candidate, order.score(candidate.signals)) for candidate in candidates]

    def key(one: Ordered) -> tuple[bool, float, Stretch]:
        return one.candidate.is_last, -one.score, one.candidate.stretch

    return tuple(sorted(scored, key=key))


def features(best_first: Sequence[Ordered], asked: Mapping[str, float]) -> dict[str, float]:
    """Return what the probabilities rest on.

    A single candidate leads nobody: its margin is 0.

    Args:
        best_first: the candidates; at least one.
        asked: features of the question itself.
    """
    first, second = best_first[0], best_first[min(1, len(best_first) - 1)]
    leads = {
        name: _lead([one.candidate.signals.get(signal, 0.0) for one in best_first])
        for name, signal in LEADS.items()
        if signal in first.candidate.signals
    }
    doubt = {DOUBT: _doubt([one.score for one in best_first])} if leads else {}
    company = {COMPANY: _company([one.candidate.stretch for one in best_first])} if leads else {}
    margin = {MARGIN: first.score - second.score}
    return {**first.candidate.told, **margin, **leads, **doubt, **company, **asked}


def _company(places: Sequence[Stretch]) -> float:
    """Return how many of the next best stand near the best: there the matter is spoken of."""
    document, place, _ = places[0]
    others = places[1 : _COMPANIONS + 1]
    return float(sum(d == document and abs(first - place) <= _BESIDE for d, first, _ in others))


def _lead(values: Sequence[float]) -> float:
    """Return by how much the first is greater than the greatest of the others."""
    return values[0] - max(values[1:], default=values[0])


def _doubt(scores: Sequence[float]) -> float:
    """Return the entropy, in nats, of the candidates' shares by how far they stand out."""
    mean = math.fsum(scores) / len(scores)
    deviation = math.sqrt(math.fsum((score - mean) ** 2 for score in scores) / len(scores))
    if not deviation:
        return math.log(len(scores))
    shares = [math.exp(_SHARPNESS * (score - mean) / deviation) for score in scores]
    total = math.fsum(shares)
    return -math.fsum(share / total * math.log(share / total) for share in shares)
