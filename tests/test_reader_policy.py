"""The threshold with a stated risk keeps its promise, and says when it cannot."""

from __future__ import annotations

import random

import pytest
from scipy.stats import binom

from qa.errors import SettingsError
from qa.reader.calibration import Calibration, Logistic, Order
from qa.reader.policy import NEVER, Policy, certified_threshold


def questions(count: int, seed: int) -> list[tuple[float, bool]]:
    """Draw left-out questions whose support is exactly the chance of being right."""
    draw = random.Random(seed)
    supports = [draw.random() for _ in range(count)]
    return [(support, draw.random() < support) for support in supports]


def calibration(left_out: list[tuple[float, bool]]) -> Calibration:
    nothing = Logistic({}, 0.0)
    return Calibration(Order({}), nothing, nothing, "drawn", len(left_out), tuple(left_out))


def test_the_risk_is_kept_as_often_as_promised() -> None:
    risk, certainty, broken, certified = 0.3, 0.9, 0, 0
    for seed in range(300):
        threshold = certified_threshold(questions(150, seed), risk, certainty)
        if threshold is None:
            continue
        certified += 1
        # A question is wrong with probability 1 - support, support uniform above the threshold.
        broken += (1 - threshold) / 2 > risk
    assert certified > 100
    assert binom.sf(broken - 1, 300, 1 - certainty) > 0.001, broken


def test_the_certified_share_of_wrong_answers_passes_the_exact_test() -> None:
    left_out = questions(200, 7)
    threshold = certified_threshold(left_out, 0.3, 0.9)
    assert threshold is not None
    shown = [right for support, right in left_out if support >= threshold]
    wrong = len(shown) - sum(shown)
    assert binom.cdf(wrong, len(shown), 0.3) <= 0.1


def test_a_greater_risk_answers_no_less() -> None:
    left_out = questions(200, 3)
    found = [certified_threshold(left_out, risk / 10, 0.9) or NEVER for risk in range(1, 10)]
    assert found == sorted(found, reverse=True)


def test_too_few_questions_are_said_to_be_too_few() -> None:
    policy = Policy(0.5, risk=0.05)
    with pytest.raises(SettingsError, match="10 questions of the calibration"):
        policy.check(calibration([(0.9, True)] * 10))
    assert policy.threshold(calibration([]), 0.9) == NEVER


def test_without_a_risk_the_cost_decides() -> None:
    policy = Policy(0.5)
    policy.check(calibration([]))
    assert policy.threshold(calibration([]), 0.9) == pytest.approx(0.4)
