"""Joining the scores of several rankings into one."""

from __future__ import annotations


def saturated(score: float, half: float) -> float:
    """Map an unbounded score >= 0 to [0, 1); ``half`` is mapped to one half."""
    return score / (score + half)


def weighted_sum(parts: tuple[tuple[float, float], ...]) -> float:
    """Return the sum of ``weight * score`` over ``(weight, score)`` pairs.

    A weighted sum of scores on fixed scales keeps how much better one passage is than the next,
    which a fusion of ranks throws away: Bruch, Gai and Ingber, "An Analysis of Fusion Functions
    for Hybrid Retrieval" (ACM TOIS 42, 2023).
    """
    return sum(weight * score for weight, score in parts)
