"""When a quote is shown: at a stated cost of wrong quotes, or at a stated risk."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from qa.errors import SettingsError
from qa.reader.calibration import Calibration
from qa.reader.protocol import NEVER

_STEP = 0.05
"""Share of the questions by which each test of the sequence answers more than the one before."""

_FIRST = 1 / 3
"""Share answered in the first test: with fewer, a single wrong one would end the sequence."""

LeftOut = Sequence[tuple[float, bool]]
"""For questions left out of fitting: support, and whether the first candidate was right."""


@dataclass(frozen=True, slots=True)
class Policy:
    """How the threshold is chosen.

    Attributes:
        wrong_quote_cost: what a wrong quote costs, where a right decision gains 1.
        risk: greatest share of wrong ones among the answered questions, or None for the cost.
        certainty: probability with which the risk is kept.
    """

    wrong_quote_cost: float
    risk: float | None = None
    certainty: float = 0.9

    def threshold(self, calibration: Calibration, confidence: float) -> float:
        """Return the support from which on the first candidate is quoted.

        Args:
            calibration: of the documents that are read.
            confidence: probability that the archive answers.
        """
        if self.risk is None:
            return least_support(confidence, self.wrong_quote_cost)
        found = certified_threshold(calibration.left_out, self.risk, self.certainty)
        return NEVER if found is None else found

    def check(self, calibration: Calibration) -> None:
        """Check that the risk can be kept.

        Raises:
            SettingsError: the questions it was fitted on are too few, or too often answered wrong.
        """
        if self.risk is None:
            return
        if certified_threshold(calibration.left_out, self.risk, self.certainty) is None:
            raise SettingsError(
                f"A risk of {self.risk:g} cannot be certified with probability {self.certainty:g} "
                f"by the {calibration.questions} questions of the calibration; "
                f"{_least(calibration.left_out, self.certainty)} Calibrate with more questions, or "
                "allow a greater risk."
            )


def least_support(confidence: float, wrong_quote_cost: float) -> float:
    """Return the probability of being right from which on quoting gains more than declining.

    A right decision gains 1; a wrong quote costs ``wrong_quote_cost``. Quoting is then worth
    ``s - cost * (1 - s)`` with ``s`` the probability that the quote is right, and declining
    ``1 - confidence``, the probability that the archive does not answer.
    """
    return (1.0 + wrong_quote_cost - confidence) / (1.0 + wrong_quote_cost)


def certified_threshold(left_out: LeftOut, risk: float, certainty: float) -> float | None:
    """Return the lowest threshold whose risk is at most ``risk`` with probability ``certainty``.

    Learn-then-Test with fixed-sequence testing (Angelopoulos, Bates, Candès, Jordan and Lei,
    "Learn then Test", 2021): from a third of the questions answered, or the fewest that could prove
    anything, to ever more, each threshold is tested by the exact binomial tail, until one fails.
    The promise is for questions like those of the calibration.

    Returns:
        The threshold, or None where not even the first test holds.
    """
    return _certified(tuple(left_out), risk, certainty)


@cache
def _certified(
    left_out: tuple[tuple[float, bool], ...], risk: float, certainty: float
) -> float | None:
    best_first = sorted(left_out, key=lambda pair: -pair[0])
    answered = max(_fewest(risk, certainty), round(_FIRST * len(best_first)))
    step = max(1, round(_STEP * len(best_first)))
    found = None
    while answered <= len(best_first):
        threshold = best_first[answered - 1][0]
        shown = [right for support, right in best_first if support >= threshold]
        wrong = len(shown) - sum(shown)
        if _at_most(wrong, len(shown), risk) > 1 - certainty:
            break
        found = threshold
        answered = max(answered, len(shown)) + step
    return found


def _at_most(successes: int, trials: int, chance: float) -> float:
    """Return the probability of at most so many successes: the binomial distribution function."""
    return math.fsum(
        math.comb(trials, k) * chance**k * (1 - chance) ** (trials - k)
        for k in range(successes + 1)
    )


def _fewest(risk: float, certainty: float) -> int:
    """Return how many right answers without a wrong one prove the risk."""
    return max(1, math.ceil(math.log(1 - certainty) / math.log(1 - risk)))


def _least(left_out: LeftOut, certainty: float) -> str:
    for hundredths in range(1, 100):
        if certified_threshold(left_out, hundredths / 100, certainty) is not None:
            return f"the least they certify is {hundredths / 100:g}."
    return "they certify none."
