"""A stretch that may answer, and what is known of it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from qa.reader.calibration import Order
from qa.reader.signals import Stretch


@dataclass(frozen=True, slots=True)
class Candidate:
    """A stretch that may answer.

    Attributes:
        stretch: where.
        signals: what it is ordered by, by name.
        told: features of the question's reading if this candidate comes first, by name.
    """

    stretch: Stretch
    signals: Mapping[str, float]
    told: Mapping[str, float]


@dataclass(frozen=True, slots=True)
class Ordered:
    """A candidate with its score."""

    candidate: Candidate
    score: float


def ordered(candidates: Iterable[Candidate], order: Order) -> tuple[Ordered, ...]:
    """Return candidates best first, ties by place."""
    scored = [Ordered(candidate, order.score(candidate.signals)) for candidate in candidates]
    return tuple(sorted(scored, key=lambda one: (-one.score, one.candidate.stretch)))


def features(best_first: Sequence[Ordered], asked: Mapping[str, float]) -> dict[str, float]:
    """Return what the probabilities rest on.

    A single candidate leads nobody: its margin is 0.

    Args:
        best_first: the candidates; at least one.
        asked: features of the question itself.
    """
    first, second = best_first[0], best_first[min(1, len(best_first) - 1)]
    return {**first.candidate.told, "margin": first.score - second.score, **asked}
