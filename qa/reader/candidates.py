"""A stretch that may answer, with one score from all signals."""

from __future__ import annotations

from dataclasses import dataclass

from index.fusion import weighted_sum
from qa.reader.signals import Signals, Stretch


@dataclass(frozen=True, slots=True)
class Candidate:
    """A stretch that may answer.

    Attributes:
        stretch: where.
        score: all signals joined.
        signals: each of them.
    """

    stretch: Stretch
    score: float
    signals: Signals


def joined(signals: Signals) -> float:
    """Return one score from all signals; greater is nearer.

    The weights are round numbers, chosen by looking at the development questions.
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


def best_first(candidate: Candidate) -> tuple[float, Stretch]:
    """Return the sorting key of candidates: best first, ties by place."""
    return -candidate.score, candidate.stretch
