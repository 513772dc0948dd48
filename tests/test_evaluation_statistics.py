"""Intervals, tests and selective answering against libraries, formulas and hand-made tables."""

from __future__ import annotations

from math import comb, sqrt

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import beta, bootstrap, mannwhitneyu, norm, ttest_rel

from qa.evaluation.comparison import in_words
from qa.evaluation.statistics import (
    Difference,
    aurc,
    auroc,
    auroc_interval,
    compare,
    coverage_at_risk,
    detectable,
    excess_aurc,
    holm,
    mean,
    proportion,
    risk_coverage,
    with_missing,
)

SEED = 7


def test_wilson_interval_by_its_formula() -> None:
    found = proportion([True] * 8 + [False] * 2)
    n, p, z = 10, 0.8, norm.ppf(0.975)
    middle = (p + z * z / (2 * n)) / (1 + z * z / n)
    half = z / (1 + z * z / n) * sqrt(p * (1 - p) / n + z * z / (4 * n * n))
    assert (found.value, found.n) == (0.8, 10)
    assert (found.low, found.high) == pytest.approx((middle - half, middle + half))


def test_exact_interval_by_the_beta_distribution() -> None:
    found = proportion([True] * 3 + [False] * 17, "exact")
    assert (found.low, found.high) == pytest.approx(
        (beta.ppf(0.025, 3, 18), beta.ppf(0.975, 4, 17))
    )
    # no wrong quote in 50 answers still allows for this many: 1 - 0.025 ** (1 / 50)
    none = proportion([False] * 50, "exact")
    assert none.high == pytest.approx(1 - 0.025 ** (1 / 50))


def test_nothing_measured_has_no_value() -> None:
    for found in (proportion([]), mean([], SEED), auroc_interval([], [], SEED)):
        assert (found.value, found.low, found.high, found.n) == (None, None, None, 0)


def test_bootstrap_interval_agrees_with_scipy() -> None:
    values = list(np.random.default_rng(1).beta(2, 5, 80))
    found = mean(values, SEED)
    expected = bootstrap(
        (values,), np.mean, n_resamples=20_000, method="percentile", rng=3
    ).confidence_interval
    assert found.value == pytest.approx(np.mean(values))
    assert (found.low, found.high) == pytest.approx((expected.low, expected.high), abs=0.004)


def test_the_seed_changes_an_interval_only_slightly() -> None:
    values = list(np.random.default_rng(1).beta(2, 5, 80))
    one, other = mean(values, 1), mean(values, 2)
    assert (one.low, one.high) == pytest.approx((other.low, other.high), abs=0.01)
    assert mean(values, 1) == one


scores = st.lists(st.tuples(st.integers(0, 5), st.booleans()), min_size=2, max_size=40)


@given(scores)
def test_auroc_is_the_mann_whitney_probability(pairs: list[tuple[int, bool]]) -> None:
    confidences, positives = [c / 5 for c, _ in pairs], [p for _, p in pairs]
    above = [c for c, p in zip(confidences, positives, strict=True) if p]
    below = [c for c, p in zip(confidences, positives, strict=True) if not p]
    found = auroc(confidences, positives)
    if not above or not below:
        assert found is None
    else:
        u = mannwhitneyu(above, below).statistic
        assert found == pytest.approx(u / (len(above) * len(below)))


def test_auroc_interval_holds_the_value_and_knows_perfection() -> None:
    found = auroc_interval([0.9, 0.8, 0.7, 0.2, 0.1, 0.3], [True] * 3 + [False] * 3, SEED)
    # 3 independent pairs, all in order: as for a share of 3 of 3
    assert (found.value, found.low, found.high) == pytest.approx((1.0, 0.025 ** (1 / 3), 1.0))
    mixed = auroc_interval([0.9, 0.2, 0.7, 0.8, 0.1, 0.3], [True] * 3 + [False] * 3, SEED)
    assert mixed.value == pytest.approx(6 / 9)
    assert mixed.low is not None
    assert mixed.high is not None
    assert mixed.low < 6 / 9 < mixed.high


def test_risk_coverage_by_hand() -> None:
    points = risk_coverage([0.9, 0.7, 0.7, 0.1], [False, True, False, True])
    assert [(p.coverage, p.risk) for p in points] == [(1 / 4, 0), (3 / 4, 1 / 3), (1, 2 / 4)]
    assert coverage_at_risk(points, 0.4) == 3 / 4
    assert coverage_at_risk(points, 0.1) == 1 / 4
    assert coverage_at_risk(risk_coverage([0.5], [True]), 0.9) == 0.0


def test_aurc_by_hand_is_the_mean_over_the_orders_of_equal_confidences() -> None:
    wrong = [False, True, False, True]
    one = (0 / 1 + 1 / 2 + 1 / 3 + 2 / 4) / 4
    other = (0 / 1 + 0 / 2 + 1 / 3 + 2 / 4) / 4
    assert aurc([0.9, 0.7, 0.7, 0.1], wrong) == pytest.approx((one + other) / 2)


def test_excess_aurc_by_hand() -> None:
    # ideal order: right, right, wrong, wrong -> risks 0, 0, 1/3, 2/4, each for a quarter
    confidences, wrong = [0.9, 0.8, 0.7, 0.6], [True, False, False, True]
    actual = (1 + 1 / 2 + 1 / 3 + 2 / 4) / 4
    ideal = (0 + 0 + 1 / 3 + 2 / 4) / 4
    assert excess_aurc(confidences, wrong) == pytest.approx(actual - ideal)
    assert excess_aurc([], []) is None


@given(scores)
def test_an_ideal_confidence_has_no_excess_and_no_confidence_has_less(
    pairs: list[tuple[int, bool]],
) -> None:
    wrong = [bad for _, bad in pairs]
    ideal = [(0 if bad else 100) + i / 100 for i, bad in enumerate(wrong)]
    assert excess_aurc(ideal, wrong) == pytest.approx(0)
    found = excess_aurc([float(c) for c, _ in pairs], wrong)
    assert found is not None
    assert found >= -1e-12


def test_risk_does_not_depend_on_the_order_of_equal_confidences() -> None:
    assert risk_coverage([0.5, 0.5], [True, False]) == risk_coverage([0.5, 0.5], [False, True])


def test_sign_flip_test_by_counting() -> None:
    # 9 gains and 1 loss of equal size: the two tails of a fair coin thrown ten times
    first, other = [0.0] * 9 + [1.0], [1.0] * 9 + [0.0]
    found = compare(first, other, SEED)
    assert found.value == pytest.approx(0.8)
    assert found.p == pytest.approx(2 * (comb(10, 9) + comb(10, 10)) / 2**10)


def test_sign_flip_test_is_near_the_t_test_on_normal_gains() -> None:
    rng = np.random.default_rng(5)
    first = rng.random(60)
    other = first + rng.normal(0.08, 0.3, 60)
    expected = ttest_rel(first, other).pvalue
    assert compare(list(first), list(other), SEED).p == pytest.approx(expected, abs=0.02)


def test_equal_runs_differ_by_nothing() -> None:
    found = compare([1.0, 0.0, 1.0], [1.0, 0.0, 1.0], SEED)
    unseen = 1 - 0.025 ** (1 / 3)
    assert (found.value, found.low, found.high, found.p) == pytest.approx(
        (0.0, -unseen, unseen, 1.0)
    )


@pytest.mark.parametrize(("value", "n"), [(0.0, 50), (1.0, 50), (0.0, 1)])
def test_equal_values_have_the_interval_of_a_share(value: float, n: int) -> None:
    found, share = mean([value] * n, SEED), proportion([value == 1.0] * n, "exact")
    assert (found.low, found.high) == pytest.approx((share.low, share.high))


def test_equal_values_between_the_bounds_have_an_interval_around_them() -> None:
    found = mean([0.4] * 20, SEED)
    unseen = 1 - 0.025 ** (1 / 20)
    assert (found.low, found.high) == pytest.approx((0.4 * (1 - unseen), 0.4 + 0.6 * unseen))


def test_a_confidence_that_never_changes_has_an_area_of_a_half_with_an_interval() -> None:
    found = auroc_interval([0.5] * 40, [True] * 30 + [False] * 10, SEED)
    unseen = 1 - 0.025 ** (1 / 10)
    assert (found.value, found.low, found.high) == pytest.approx(
        (0.5, 0.5 - unseen / 2, 0.5 + unseen / 2)
    )


@pytest.mark.parametrize("values", [([0.0], [1.0]), ([1.0], [1.0])])
def test_one_question_tells_nothing(values: tuple[list[float], list[float]]) -> None:
    found = compare(*values, SEED)
    assert (found.p, found.detectable, found.n) == (1.0, None, 1)


@pytest.mark.parametrize(
    ("difference", "p", "words"),
    [
        (Difference(0.10, 0.05, 0.15, 0.001, 0.07, 100), 0.001, "better"),
        (Difference(-0.10, -0.15, -0.05, 0.001, 0.07, 100), 0.001, "worse"),
        (Difference(0.05, -0.01, 0.11, 0.2, 0.04, 100), 0.2, "too few questions to tell"),
        (Difference(0.01, -0.01, 0.03, 0.2, 0.04, 100), 0.2, "too few questions to tell"),
        (Difference(0.01, -0.01, 0.03, 0.2, 0.03, 5000), 0.2, "no difference"),
        (Difference(1.0, -0.9, 1.0, 1.0, None, 1), 1.0, "too few questions to tell"),
        (Difference(0.0, -0.1, 0.1, 1.0, 0.0, 40), 1.0, "the same on every question"),
        (Difference(0.0, -1.0, 1.0, 1.0, None, 0), 1.0, "nothing to compare"),
    ],
)
def test_a_difference_in_words(difference: Difference, p: float, words: str) -> None:
    assert in_words(difference, p) == words


def test_silence_never_helps() -> None:
    # one answerable and one unanswerable question without an answer
    filled = with_missing([0.9, None, 0.1, None], [True, True, False, False])
    # pairs: 0.9 above 0.1; all others lost
    assert auroc(filled, [True, True, False, False]) == 1 / 4


def test_detectable_effect_by_its_formula() -> None:
    differences = [1.0, 0.0, 0.0, -1.0, 0.0, 0.0, 1.0, 0.0]
    expected = (1.959964 + 0.841621) * np.std(differences, ddof=1) / sqrt(8)
    assert detectable(differences) == pytest.approx(expected, rel=1e-5)


def test_a_true_effect_of_that_size_is_found_four_times_in_five() -> None:
    rng = np.random.default_rng(11)
    sample = rng.normal(0, 1, 200)
    size = detectable(list(sample / sample.std(ddof=1)))
    found = 0
    for _ in range(200):
        gains = rng.normal(size, 1, 200)
        found += abs(gains.mean()) / (gains.std(ddof=1) / sqrt(200)) > 1.96
    assert found / 200 == pytest.approx(0.8, abs=0.08)


def test_holm_by_hand() -> None:
    # sorted: 0.01 * 4, 0.02 * 3, 0.03 * 2, 0.9 * 1, never falling
    assert holm([0.03, 0.01, 0.9, 0.02]) == pytest.approx([0.06, 0.04, 0.9, 0.06])
    assert holm([0.6, 0.7]) == [1.0, 1.0]
    assert holm([]) == []
