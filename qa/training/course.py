"""How the judge is trained."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Course:
    """How to learn.

    Attributes:
        epochs: how often each exercise is seen.
        candidates: in each lesson.
        key_share: share of lessons with the finding aid's questions.
        seed: of everything that is drawn.
    """

    epochs: int
    candidates: int
    key_share: float
    seed: int
