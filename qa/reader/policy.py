"""When passages are quoted or offered: at stated costs or rates of each error, or at a risk."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache

import numpy as np

from qa.errors import SettingsError
from qa.reader.calibration import Calibration, Trial

_STEP = 0.05
"""Share of the questions by which each test of the sequence answers more than the one before."""

_FIRST = 1 / 3
"""Share answered in the first test: with fewer, a single wrong one would end the sequence."""

LeftOut = Sequence[Trial]
"""Questions left out of fitting."""


@dataclass(frozen=True, slots=True)
class Costs:
    """What each kind of error costs; only what they are to one another matters.

    Attributes:
        wrong_quote: a quote that is stood behind, and is wrong.
        false_denial: nothing found, though the archive answers.
        offer: passages to judge, which take the reader's time, whatever they are.
    """

    wrong_quote: float
    false_denial: float
    offer: float


@dataclass(frozen=True, slots=True)
class Rates:
    """How often each kind of error may be made.

    Where little tells a right passage from a wrong one, no costs but extreme ones quote or deny
    anything; an offer to every question, whether there is an answer or not, says nothing.

    Attributes:
        wrong_quotes: greatest share of all questions that are answered by a wrong quote.
        false_denials: greatest share of answerable questions for which nothing is shown.
    """

    wrong_quotes: float
    false_denials: float


@dataclass(frozen=True, slots=True)
class Thresholds:
    """The states of an answer.

    Attributes:
        quote: from this probability on that its first candidate is right, it is quoted.
        offer: else from this probability on that the archive answers, the first candidates are
            offered.
    """

    quote: float
    offer: float


NEVER = 2.0
"""A threshold no probability reaches."""
NOTHING = Thresholds(NEVER, NEVER)


@dataclass(frozen=True, slots=True)
class Policy:
    """How the thresholds are chosen.

    Attributes:
        costs: of the errors, where a calibration is of the very documents.
        rates: of the errors, where it was learned from others.
        risk: greatest share of wrong ones among the answered questions, or None for the costs.
        certainty: probability with which the risk is kept.
    """

    costs: Costs
    rates: Rates
    risk: float | None = None
    certainty: float = 0.9

    def thresholds(self, calibration: Calibration) -> Thresholds:
        """Return the thresholds for the documents that a calibration is of."""
        of_errors = self.rates if calibration.is_general else self.costs
        fitted = fitted_thresholds(calibration.left_out, of_errors)
        if self.risk is None:
            return fitted
        found = certified_threshold(calibration.left_out, self.risk, self.certainty)
        return Thresholds(NEVER if found is None else found, fitted.offer)

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


def fitted_thresholds(left_out: LeftOut, errors: Costs | Rates) -> Thresholds:
    """Return the two thresholds that follow from questions left out of fitting.

    By costs a passage is quoted where a wrong quote, as often as it is to be expected, costs no
    more than an offer, and nothing is shown where a false denial costs less than an offer: how
    often either is to be expected at a probability is told by a curve through what became of the
    questions. By rates the thresholds are those that quote and deny the most questions without
    either error being to be expected more often than may be.

    Returns:
        The thresholds; nothing is quoted or offered where there are no questions to go by.
    """
    if not left_out:
        return NOTHING
    if isinstance(errors, Rates):
        return _within(tuple(left_out), errors)
    return _by_costs(tuple(left_out), errors)


@cache
def _within(left_out: tuple[Trial, ...], rates: Rates) -> Thresholds:
    right, answerable = _curves(left_out)
    wrong = _summed((t.support, t.weight * (1 - right.at(t.support))) for t in left_out)
    shown = _summed((t.confidence, t.weight * answerable.at(t.confidence)) for t in left_out)
    allowed = rates.wrong_quotes * math.fsum(trial.weight for trial in left_out)
    spared = (1 - rates.false_denials) * max((there for _, there in shown), default=0.0)
    return Thresholds(
        quote=min((chance for chance, there in wrong if there <= allowed), default=NEVER),
        offer=max((chance for chance, there in shown if there >= spared), default=NEVER),
    )


def _summed(values: Iterable[tuple[float, float]]) -> list[tuple[float, float]]:
    """Return each chance with what is summed over all that are at least as great."""
    found: dict[float, float] = {}
    total = 0.0
    for chance, value in sorted(values, reverse=True):
        total += value
        found[chance] = total
    return list(found.items())


@cache
def _by_costs(left_out: tuple[Trial, ...], costs: Costs) -> Thresholds:
    right, answerable = _curves(left_out)
    return Thresholds(
        quote=right.reaches(1 - _part(costs.offer, costs.wrong_quote)),
        offer=answerable.reaches(_part(costs.offer, costs.false_denial)),
    )


def _curves(left_out: Sequence[Trial]) -> tuple[Curve, Curve]:
    """Return how often the first candidate is right by the support, an answer there by the other.

    The thresholds that fit the very questions best would follow every single one of them, and fit
    others worse.
    """
    weights = [trial.weight for trial in left_out]
    right = [trial.first_right for trial in left_out]
    answerable = [trial.answerable for trial in left_out]
    return (
        Curve.through([trial.support for trial in left_out], right, weights),
        Curve.through([trial.confidence for trial in left_out], answerable, weights),
    )


def _part(one: float, other: float) -> float:
    return one / other if other else math.inf if one else 0.0


@dataclass(frozen=True, slots=True)
class Curve:
    """How often something is to be expected, by a probability that was told.

    A logistic regression on its log-odds: J. Platt, "Probabilistic Outputs for
    Support Vector Machines" (1999).

    Attributes:
        slope: 1 where it holds.
        intercept: 0 there.
    """

    slope: float
    intercept: float

    @classmethod
    def through(
        cls, told: Sequence[float], happened: Sequence[bool], weights: Sequence[float]
    ) -> Curve:
        """Fit the curve; few questions leave it near what was told.

        Args:
            told: the probability, for each of at least one question.
            happened: whether it did, likewise.
            weights: what each counts.
        """
        odds = np.array([_log_odds(chance) for chance in told])
        there = np.array(happened, dtype=np.float64)
        counts = np.array(weights)
        rows = np.stack([odds, np.ones(len(odds))], axis=1)
        start = found = np.array([1.0, 0.0])
        for _ in range(_STEPS):
            chance = 1 / (1 + np.exp(-np.clip(rows @ found, -_FAR, _FAR)))
            slope = rows.T @ (counts * (there - chance)) - (found - start)
            bend = rows.T @ (rows * (counts * chance * (1 - chance))[:, None]) + np.eye(2)
            found = found + np.linalg.solve(bend, slope)
        return cls(float(found[0]), float(found[1]))

    def at(self, chance: float) -> float:
        """Return how often it is to be expected where this probability was told."""
        return _chance(self.slope * _log_odds(chance) + self.intercept)

    def reaches(self, share: float) -> float:
        """Return the probability from which on it is expected so often; perhaps NEVER."""
        if share <= 0:
            return 0.0
        if share >= 1:
            return NEVER
        if self.slope <= 0:
            # What was told tells nothing: it is to be expected everywhere, or nowhere.
            return 0.0 if self.intercept >= _log_odds(share) else NEVER
        return _chance((_log_odds(share) - self.intercept) / self.slope)


_STEPS = 20
"""Newton's method is at rest after fewer."""
_FAR = 60.0
_LEAST_ODDS = 1e-4


def _log_odds(chance: float) -> float:
    chance = min(max(chance, _LEAST_ODDS), 1 - _LEAST_ODDS)
    return math.log(chance / (1 - chance))


def _chance(odds: float) -> float:
    return 1 / (1 + math.exp(-max(min(odds, _FAR), -_FAR)))


def certified_threshold(left_out: LeftOut, risk: float, certainty: float) -> float | None:
    """Return the lowest threshold whose risk is at most ``risk`` with probability ``certainty``.

    Learn-then-Test with fixed-sequence testing (Angelopoulos, Bates, Candès, Jordan and Lei,
    "Learn then Test", 2021): from a third of the questions answered, or the fewest that could prove
    anything, to ever more, each threshold is tested by the exact binomial tail, until one fails.
    The promise is for questions like those of the calibration about the documents themselves: how
    many are asked about others was chosen, and says nothing of who will ask.

    Returns:
        The threshold, or None where not even the first test holds.
    """
    own = tuple(trial for trial in left_out if not trial.is_elsewhere)
    return _certified(own, risk, certainty)


@cache
def _certified(left_out: tuple[Trial, ...], risk: float, certainty: float) -> float | None:
    best_first = sorted(left_out, key=lambda trial: -trial.support)
    answered = max(_fewest(risk, certainty), round(_FIRST * len(best_first)))
    step = max(1, round(_STEP * len(best_first)))
    found = None
    while answered <= len(best_first):
        threshold = best_first[answered - 1].support
        shown = [trial.first_right for trial in best_first if trial.support >= threshold]
        wrong = len(shown) - sum(shown)
        if _at_most(wrong, len(shown), risk) > 1 - certainty:
            break
        found = threshold
        answered = max(answered, len(shown)) + step
    return found


def _at_most(successes: int, trials: int, chance: float) -> float:
    """Return the probability of at most so many successes: the binomial distribution function."""
    if successes >= trials:
        return 1.0
    # By logarithms: from a thousand trials on, the number of ways is greater than any float.
    one, other = math.log(chance), math.log1p(-chance)
    return math.fsum(
        math.exp(_log_ways(trials, k) + k * one + (trials - k) * other)
        for k in range(successes + 1)
    )


def _log_ways(trials: int, successes: int) -> float:
    """Return the logarithm of how many ways there are to choose so many of all trials."""
    left = trials - successes
    return math.lgamma(trials + 1) - math.lgamma(successes + 1) - math.lgamma(left + 1)


def _fewest(risk: float, certainty: float) -> int:
    """Return how many right answers without a wrong one prove the risk."""
    return max(1, math.ceil(math.log(1 - certainty) / math.log(1 - risk)))


def _least(left_out: LeftOut, certainty: float) -> str:
    for hundredths in range(1, 100):
        if certified_threshold(left_out, hundredths / 100, certainty) is not None:
            return f"the least they certify is {hundredths / 100:g}."
    return "they certify none."
