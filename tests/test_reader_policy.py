"""The threshold with a stated risk keeps its promise, and says when it cannot."""

from __future__ import annotations

import random
from dataclasses import replace
from statistics import fmean, pstdev

import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import binom

from qa.errors import SettingsError
from qa.reader.calibration import Calibration, Logistic, Order, Trial
from qa.reader.policy import (
    NEVER,
    NOTHING,
    Costs,
    Policy,
    Rates,
    certified_threshold,
    fitted_thresholds,
)

COSTS = Costs(wrong_quote=1.0, false_denial=1.0, offer=0.3)
RATES = Rates(wrong_quotes=0.1, false_denials=0.1)


def questions(count: int, seed: int) -> list[Trial]:
    """Draw left-out questions whose support is exactly the chance of being right."""
    draw = random.Random(seed)
    supports = [draw.random() for _ in range(count)]
    return [trial(support, draw.random() < support) for support in supports]


def trial(support: float, right: bool, answerable: bool | None = None) -> Trial:
    is_answerable = right if answerable is None else answerable
    return Trial(support, support, right, right, is_answerable, 1.0, is_elsewhere=False)


def calibration(left_out: list[Trial]) -> Calibration:
    nothing = Logistic({}, 0.0)
    return Calibration(
        Order({}), nothing, nothing, "drawn", len(left_out), left_out=tuple(left_out)
    )


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
    shown = [one.first_right for one in left_out if one.support >= threshold]
    wrong = len(shown) - sum(shown)
    assert binom.cdf(wrong, len(shown), 0.3) <= 0.1


def test_a_greater_risk_answers_no_less() -> None:
    left_out = questions(200, 3)
    found = [certified_threshold(left_out, risk / 10, 0.9) or NEVER for risk in range(1, 10)]
    assert found == sorted(found, reverse=True)


def test_questions_about_other_documents_certify_nothing() -> None:
    """Easily told apart, and as many as one likes: they would prove any risk, or none."""
    own = questions(200, 7)
    others = [trial(0.99, False)._replace(is_elsewhere=True)] * 50
    assert certified_threshold([*own, *others], 0.3, 0.9) == certified_threshold(own, 0.3, 0.9)


def test_too_few_questions_are_said_to_be_too_few() -> None:
    policy = Policy(COSTS, RATES, risk=0.05)
    with pytest.raises(SettingsError, match="10 questions of the calibration"):
        policy.check(calibration([trial(0.9, True)] * 10))
    assert policy.thresholds(calibration([])) == NOTHING


def test_without_a_risk_the_costs_decide() -> None:
    """A quote that is wrong in x of cases costs as much as an offer where 1 - x = offer / wrong."""
    policy = Policy(COSTS, RATES)
    policy.check(calibration([]))
    found = policy.thresholds(calibration(questions(4000, 2)))
    assert found.quote == pytest.approx(1 - 0.3, abs=0.03)
    assert found.offer == pytest.approx(0.3, abs=0.03)


def test_a_support_that_promises_too_much_is_not_taken_at_its_word() -> None:
    """Left out of fitting, passages of support 0.8 were right in 64 of 100 cases."""
    drawn = questions(4000, 4)
    boastful = [replace_support(one, one.support**0.5) for one in drawn]
    assert fitted_thresholds(boastful, COSTS).quote == pytest.approx(0.7**0.5, abs=0.03)


def replace_support(one: Trial, support: float) -> Trial:
    return one._replace(support=support, confidence=support)


def test_a_few_questions_do_not_throw_the_thresholds_about() -> None:
    """A curator has forty questions: no single one of them decides what is quoted."""
    found = [fitted_thresholds(questions(40, seed), COSTS) for seed in range(200)]
    assert fmean(one.quote for one in found) == pytest.approx(0.7, abs=0.05)
    assert pstdev(one.quote for one in found) < 0.12
    assert pstdev(one.offer for one in found) < 0.12


COST = st.floats(0, 3)
CHANCE = st.sampled_from([0.0, 0.1, 0.2, 0.3, 0.5, 0.8, 1.0])
TRIAL = st.builds(
    Trial,
    CHANCE,
    CHANCE,
    st.booleans(),
    st.booleans(),
    st.booleans(),
    st.floats(0, 5),
    st.booleans(),
)
TRIALS = st.lists(TRIAL, max_size=25)


@given(TRIALS, st.builds(Costs, COST, COST, COST))
def test_whatever_became_of_the_questions_there_are_thresholds(
    left_out: list[Trial], costs: Costs
) -> None:
    found = fitted_thresholds(left_out, costs)
    assert 0 <= found.offer <= NEVER
    assert 0 <= found.quote <= NEVER


def test_quotes_go_by_what_is_right_and_offers_by_what_is_answered() -> None:
    """A passage of little support is offered all the same where there surely is an answer."""
    drawn = questions(2000, 6)
    sure = [one._replace(confidence=0.9, answerable=True) for one in drawn]
    found = fitted_thresholds(sure, COSTS)
    assert found.quote == pytest.approx(1 - 0.3, abs=0.05)
    assert found.offer < 0.9


def test_where_the_support_tells_nothing_all_are_treated_alike() -> None:
    upside_down = [trial(support, support < 0.5) for support in (0.1, 0.2, 0.8, 0.9)] * 50
    found = fitted_thresholds(upside_down, COSTS)
    assert found.quote in {0.0, NEVER}


SHARE = st.floats(0, 1)


@given(TRIALS, st.builds(Rates, SHARE, SHARE), SHARE)
def test_who_allows_more_errors_gets_more_quotes_and_fewer_offers(
    left_out: list[Trial], rates: Rates, more: float
) -> None:
    found = fitted_thresholds(left_out, rates)
    freer = Rates(max(rates.wrong_quotes, more), max(rates.false_denials, more))
    other = fitted_thresholds(left_out, freer)
    assert 0 <= other.quote <= found.quote <= NEVER
    if left_out:
        assert 0 <= found.offer <= other.offer <= NEVER


@pytest.mark.parametrize("seed", range(5))
def test_errors_are_made_as_often_as_may_be(seed: int) -> None:
    drawn = questions(4000, seed)
    found = fitted_thresholds(drawn, Rates(wrong_quotes=0.1, false_denials=0.2))
    wrong = sum(one.support >= found.quote and not one.first_right for one in drawn)
    denied = sum(one.confidence < found.offer and one.answerable for one in drawn)
    assert wrong / len(drawn) == pytest.approx(0.1, abs=0.02)
    assert denied / sum(one.answerable for one in drawn) == pytest.approx(0.2, abs=0.03)


def test_a_question_counts_its_weight() -> None:
    heavy = [trial(0.9, True)._replace(weight=9.0), trial(0.5, False, answerable=True)]
    even = [trial(0.9, True), trial(0.5, False, answerable=True)]
    rates = Rates(wrong_quotes=0.05, false_denials=0.1)
    assert fitted_thresholds(heavy, rates).offer == 0.9
    assert fitted_thresholds(even, rates).offer == 0.5
    assert fitted_thresholds(even, rates).quote == 0.9


def test_what_was_learned_elsewhere_goes_by_rates() -> None:
    left_out = questions(300, 5)
    policy = Policy(COSTS, RATES)
    of_others = replace(calibration(left_out), is_general=True)
    assert policy.thresholds(of_others) == fitted_thresholds(left_out, RATES)
    assert policy.thresholds(calibration(left_out)) == fitted_thresholds(left_out, COSTS)


def test_what_costs_more_happens_less() -> None:
    left_out = questions(300, 5)
    usual = fitted_thresholds(left_out, COSTS)
    assert fitted_thresholds(left_out, replace(COSTS, wrong_quote=3.0)).quote >= usual.quote
    assert fitted_thresholds(left_out, replace(COSTS, false_denial=3.0)).offer <= usual.offer
    dear = fitted_thresholds(left_out, replace(COSTS, offer=0.9))
    assert dear.quote - dear.offer <= usual.quote - usual.offer


def test_a_risk_is_certified_by_thousands_of_questions_too() -> None:
    left_out = [trial(n / 3000, n % 5 > 1, answerable=True) for n in range(3000)]
    found = certified_threshold(left_out, 0.5, 0.9)
    assert found is not None
    assert found < 0.05
    assert certified_threshold(left_out, 0.3, 0.9) is None
