"""What the judge learns from: a question, what answers it, and what only seems to."""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass

from qa.reader.judge import Heard


@dataclass(frozen=True, slots=True)
class Exercise:
    """A question with everything that may be put before the judge.

    Attributes:
        question: as a visitor asks it.
        answers: candidates that answer it; none where nothing does.
        tempting: candidates that seem to answer it and do not; one is always drawn.
        others: further candidates that do not answer, the likeliest to be taken for it first.
    """

    question: str
    answers: tuple[Heard, ...]
    tempting: tuple[Heard, ...]
    others: tuple[Heard, ...]


@dataclass(frozen=True, slots=True)
class Lesson:
    """A question and a few candidates, the answer first where there is one.

    Attributes:
        question: as a visitor asks it.
        candidates: the same number in every lesson.
        is_answered: whether the first candidate answers.
    """

    question: str
    candidates: tuple[Heard, ...]
    is_answered: bool

    @property
    def length(self) -> int:
        """Characters to be read, for batches of like length."""
        return sum(len(self.question) + len(c.key) + len(c.text) for c in self.candidates)


def drawn(
    exercise: Exercise, chance: random.Random, *, candidates: int, key_share: float
) -> Lesson | None:
    """Draw a lesson from an exercise.

    Args:
        exercise: to draw from.
        chance: what decides.
        candidates: how many the lesson has.
        key_share: share of lessons in which the judge hears the finding aid's questions; in
            the others it learns to do without.

    Returns:
        None where the exercise has too few candidates.
    """
    first = _one_of(exercise.answers, chance) or _one_of(exercise.tempting, chance)
    rest = [other for other in exercise.others if other not in first]
    if len(first) + len(rest) < candidates:
        return None
    chosen = (*first, *chance.sample(rest, candidates - len(first)))
    if chance.random() >= key_share:
        chosen = tuple(Heard(candidate.text) for candidate in chosen)
    return Lesson(exercise.question, chosen, bool(exercise.answers))


def _one_of(options: Sequence[Heard], chance: random.Random) -> list[Heard]:
    return [chance.choice(options)] if options else []
