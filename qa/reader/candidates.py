"""A stretch that may answer, and what is known of it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from index.fusion import weighted_sum
from qa.reader.calibration import Order
from qa.reader.signals import Signals, Stretch


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


def features(best_first: tuple[Ordered, ...], asked: Mapping[str, float]) -> dict[str, float]:
    """Return what the probabilities rest on.

    A single candidate leads nobody: its margin is 0.

    Args:
        best_first: the candidates; at least one.
        asked: features of the question itself.
    """
    first, second = best_first[0], best_first[min(1, len(best_first) - 1)]
    return {**first.candidate.told, "margin": first.score - second.score, **asked}


def first_glance(signals: Signals) -> float:
    """Return the score by which the candidates worth a closer look are chosen.

    The weights are round numbers, chosen by looking at the development questions; the order of
    those that are chosen is learned.
    """
    if not signals.is_described:
        return weighted_sum(
            (
                (1.0, signals.dense),
                (0.8, signals.window),
                (0.2, signals.words),
                (0.2, signals.window_words),
            )
        )
    return weighted_sum(
        (
            (0.5, signals.key),
            (0.5, signals.second_key),
            (0.3, signals.key_words),
            (0.5, signals.dense),
            (0.3, signals.window),
            (0.1, signals.words),
            (0.1, signals.window_words),
        )
    )
