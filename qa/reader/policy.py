"""When passages are quoted or offered: at stated costs or rates of each error, or at a risk."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import accumulate

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
    """The states of an answer, by the probability that its first candidate is right.

    Attributes:
        quote: from this support on it is quoted.
        offer: from this support on, at most ``quote``, the first candidates are offered.
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
        quote = NEVER if found is None else found
        return Thresholds(quote, min(fitted.offer, quote))

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
    """Return the two thresholds under which questions left out of fitting are decided best.

    By costs they are those that cost least; by rates, those that quote and deny the most questions
    without making either error more often than may be.

    Questions without a right candidate are never better quoted than offered, and unanswerable ones
    never better offered than denied; what lies between is a matter of the costs.

    Returns:
        The thresholds; nothing is quoted or offered where there are no questions to go by.
    """
    if isinstance(errors, Rates):
        return _within(tuple(left_out), errors)
    return _cheapest(tuple(left_out), errors)


@cache
def _within(left_out: tuple[Trial, ...], rates: Rates) -> Thresholds:
    best_first = sorted(left_out, key=lambda trial: -trial.support)
    wrong = _summed(t.weight * (not t.first_right) for t in best_first)
    passed = _summed(t.weight * t.answerable for t in best_first)
    everything = math.fsum(t.weight for t in best_first)
    ends = _ends(best_first)
    first = max((n for n in ends if wrong[n] <= rates.wrong_quotes * everything), default=0)
    spared = (1 - rates.false_denials) * passed[-1]
    last = max(first, min((n for n in ends if passed[n] >= spared), default=0))
    quote, offer = (best_first[n - 1].support if n else NEVER for n in (first, last))
    return Thresholds(quote, offer)


def _ends(best_first: Sequence[Trial]) -> list[int]:
    """Return after how many a threshold can stand: not between equal supports."""
    return [
        n
        for n in range(len(best_first) + 1)
        if n in (0, len(best_first)) or best_first[n - 1].support > best_first[n].support
    ]


@cache
def _cheapest(left_out: tuple[Trial, ...], costs: Costs) -> Thresholds:
    best_first = sorted(left_out, key=lambda trial: -trial.support)
    # What quoting the first n, offering up to the first m, and denying the rest costs.
    quoted = _summed(costs.wrong_quote * t.weight * (not t.first_right) for t in best_first)
    offered = _summed(costs.offer * t.weight for t in best_first)
    denied = _summed(costs.false_denial * t.weight * t.answerable for t in best_first)
    best, least, first = (0, 0), math.inf, 0
    for m in _ends(best_first):
        if quoted[m] - offered[m] < quoted[first] - offered[first]:
            first = m
        cost = quoted[first] - offered[first] + offered[m] + denied[-1] - denied[m]
        if cost < least:
            best, least = (first, m), cost
    quote, offer = (best_first[n - 1].support if n else NEVER for n in best)
    return Thresholds(quote, offer)


def _summed(values: Iterable[float]) -> list[float]:
    """Return the sums of the first 0, 1, 2, … values."""
    return list(accumulate(values, initial=0.0))


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
