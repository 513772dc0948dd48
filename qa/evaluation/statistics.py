"""Uncertainty: of a system (AUROC, risk and coverage), and of every figure.

Intervals, paired tests, and what so few questions can show at all.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray
from scipy import stats


@dataclass(frozen=True, slots=True)
class Point:
    """One threshold: the share of questions kept and the share of those that are wrong."""

    coverage: float
    risk: float
    confidence: float


def auroc(confidences: Sequence[float], positives: Sequence[bool]) -> float | None:
    """Return the probability that a positive has the higher confidence, ties counting half.

    By scikit-learn; None where one of the two classes is empty.
    """
    if all(positives) or not any(positives):
        return None
    from sklearn.metrics import roc_auc_score

    return float(roc_auc_score(list(positives), list(confidences)))


def with_missing(confidences: Sequence[float | None], positives: Sequence[bool]) -> list[float]:
    """Put missing answers (None) where they do most harm: nothing is gained by silence.

    Returns:
        Confidences in which a missing positive is below all others, a missing negative above.
    """
    known = [confidence for confidence in confidences if confidence is not None]
    low, high = min(known, default=0.0) - 1, max(known, default=0.0) + 1
    return [
        (low if positive else high) if confidence is None else confidence
        for confidence, positive in zip(confidences, positives, strict=True)
    ]


def risk_coverage(confidences: Sequence[float], wrong: Sequence[bool]) -> tuple[Point, ...]:
    """Return the curve of selective answering, one point for each distinct confidence.

    Questions of equal confidence are kept or declined together, so that the order of the input
    cannot matter. See R. El-Yaniv and Y. Wiener, "On the Foundations of Noise-free Selective
    Classification", JMLR 11 (2010).
    """
    ordered = sorted(zip(confidences, wrong, strict=True), key=lambda pair: -pair[0])
    points, kept, failed = [], 0, 0
    for confidence, group in groupby(ordered, key=lambda pair: pair[0]):
        outcomes = [bad for _, bad in group]
        kept += len(outcomes)
        failed += sum(outcomes)
        points.append(Point(kept / len(ordered), failed / kept, confidence))
    return tuple(points)


def aurc(confidences: Sequence[float], wrong: Sequence[bool]) -> float:
    """Return the mean risk over all numbers of questions kept, from one to all.

    Among questions of equal confidence it is the expectation over their orders.
    """
    ordered = sorted(zip(confidences, wrong, strict=True), key=lambda pair: -pair[0])
    area, kept, failed = 0.0, 0, 0
    for _, group in groupby(ordered, key=lambda pair: pair[0]):
        outcomes = [bad for _, bad in group]
        share = sum(outcomes) / len(outcomes)
        area += sum((failed + share * n) / (kept + n) for n in range(1, len(outcomes) + 1))
        kept += len(outcomes)
        failed += sum(outcomes)
    return area / len(ordered)


def excess_aurc(confidences: Sequence[float], wrong: Sequence[bool]) -> float | None:
    """Return E-AURC: the AURC above that of an ideal confidence for the same quotes.

    0 is ideal. Y. Geifman, G. Uziel and R. El-Yaniv, "Bias-Reduced Uncertainty Estimation for
    Deep Neural Classifiers", ICLR 2019; the ideal is computed for the finite sample instead of
    their approximation r + (1 - r) ln(1 - r).
    """
    if not wrong:
        return None
    return aurc(confidences, wrong) - aurc([0.0 if bad else 1.0 for bad in wrong], wrong)


def coverage_at_risk(points: Sequence[Point], risk: float) -> float:
    """Return the largest share of questions that can be kept with at most this risk."""
    return max((point.coverage for point in points if point.risk <= risk), default=0.0)


Values = NDArray[np.float64]

LEVEL = 0.95
RESAMPLES = 4999
LEAST_EFFECT = 0.03
"""A smaller difference of a share is not worth telling, even when it is certain."""


@dataclass(frozen=True, slots=True)
class Estimate:
    """A measured value with its 95 % interval; all None where there was nothing to measure.

    Attributes:
        value: the measured value.
        low: lower end of the interval.
        high: upper end of the interval.
        n: how many questions or quotes it rests on.
    """

    value: float | None
    low: float | None
    high: float | None
    n: int


NONE = Estimate(None, None, None, 0)


def proportion(outcomes: Sequence[bool], method: Literal["wilson", "exact"] = "wilson") -> Estimate:
    """Return a share of independent outcomes.

    Args:
        outcomes: one for each question.
        method: ``wilson`` (E. B. Wilson, JASA 22, 1927) or ``exact`` (C. J. Clopper and E. S.
            Pearson, Biometrika 26, 1934), which never promises too much.
    """
    if not outcomes:
        return NONE
    found = stats.binomtest(sum(outcomes), len(outcomes)).proportion_ci(LEVEL, method=method)
    value = sum(outcomes) / len(outcomes)
    return Estimate(value, float(found.low), float(found.high), len(outcomes))


def mean(values: Sequence[float], seed: int) -> Estimate:
    """Return a mean of values in [0, 1] with a percentile bootstrap interval over questions.

    Equal values leave nothing to resample; see :func:`unvaried`. B. Efron and R. Tibshirani, "An
    Introduction to the Bootstrap" (1993), chapter 13.
    """
    if not values:
        return NONE
    sample = np.asarray(values, dtype=np.float64)
    same = np.ptp(sample) == 0
    low, high = unvaried(values[0], len(values)) if same else _bootstrap(sample, seed)
    return Estimate(float(sample.mean()), low, high, len(values))


def unvaried(value: float, n: int, least: float = 0.0) -> tuple[float, float]:
    """Return an interval for a mean of values in [least, 1] of which n are all the same.

    By the exact bound of Clopper and Pearson at most a share ``1 - 0.025 ** (1 / n)`` of all
    values differs from those seen; they may lie anywhere.
    """
    others = 1 - ((1 - LEVEL) / 2) ** (1 / n)
    return value + others * (least - value), value + others * (1 - value)


def auroc_interval(confidences: Sequence[float], positives: Sequence[bool], seed: int) -> Estimate:
    """Return AUROC with a bootstrap interval that resamples both classes by themselves.

    Where one class is wholly above the other or all are equal there is nothing to resample; the
    classes then make at least as many independent pairs as the smaller has members, all alike.
    """
    value = auroc(confidences, positives)
    if value is None:
        return NONE

    def areas(high: Values, low: Values, axis: int = -1) -> Any:
        ranks = stats.rankdata(np.concatenate([high, low], axis=axis), axis=axis)
        m, n = high.shape[axis], low.shape[axis]
        rank_sum = np.take(ranks, range(m), axis=axis).sum(axis=axis)
        return (rank_sum - m * (m + 1) / 2) / (m * n)

    chosen = np.asarray(positives, dtype=bool)
    scores = np.asarray(confidences, dtype=np.float64)
    classes = (scores[chosen], scores[~chosen])
    pairs = min(len(part) for part in classes)
    if value in {0.0, 1.0} or np.ptp(scores) == 0:
        return Estimate(value, *unvaried(value, pairs), len(positives))
    if pairs == 1:  # one value cannot be resampled
        return Estimate(value, None, None, len(positives))
    found = stats.bootstrap(
        classes,
        areas,
        n_resamples=RESAMPLES,
        confidence_level=LEVEL,
        method="percentile",
        vectorized=True,
        rng=seed,
        batch=500,
    ).confidence_interval
    return Estimate(value, float(found.low), float(found.high), len(positives))


@dataclass(frozen=True, slots=True)
class Difference:
    """A paired comparison of one measure: the other run minus the first.

    Attributes:
        value: mean difference.
        low: lower end of its bootstrap interval.
        high: upper end.
        p: two-sided, by a sign-flip permutation test; Holm-corrected where so stated.
        detectable: the smallest true difference found in 4 of 5 such comparisons; None for a
            single question, which has no spread.
        n: questions compared.
    """

    value: float
    low: float
    high: float
    p: float
    detectable: float | None
    n: int


def compare(first: Sequence[float], other: Sequence[float], seed: int) -> Difference:
    """Compare two runs on the same questions.

    The test flips the sign of each question's difference (R. A. Fisher, "The Design of
    Experiments", 1935; for retrieval: M. Smucker, J. Allan and B. Carterette, CIKM 2007).

    Args:
        first: a value for each question.
        other: values for the same questions in the same order.
        seed: of resampling.
    """
    change = np.asarray(other, dtype=np.float64) - np.asarray(first, dtype=np.float64)
    n = len(change)
    if not n:
        return Difference(0.0, -1.0, 1.0, 1.0, None, 0)
    same = np.ptp(change) == 0
    low, high = unvaried(float(change[0]), n, -1.0) if same else _bootstrap(change, seed)
    if n == 1 or not change.any():
        # The two signs of one difference are equally likely by chance.
        return Difference(float(change[0]), low, high, 1.0, detectable(change), n)
    test = stats.permutation_test(
        (change,),
        np.mean,
        permutation_type="samples",
        vectorized=True,
        n_resamples=2 * RESAMPLES + 1,
        rng=seed,
        batch=1000,
    )
    value = float(change.mean())
    return Difference(value, low, high, float(test.pvalue), detectable(change), n)


def detectable(differences: Sequence[float] | Values, power: float = 0.8) -> float | None:
    """Return the minimum detectable effect of a paired comparison at 5 %, two-sided.

    ``(z(1 - alpha/2) + z(power)) * s / sqrt(n)``: J. Cohen, "Statistical Power Analysis for the
    Behavioral Sciences" (1988), chapter 2, normal approximation.
    """
    sample = np.asarray(differences, dtype=np.float64)
    if len(sample) < 2:  # noqa: PLR2004 - no spread in one value
        return None
    quantiles = float(stats.norm.ppf(1 - (1 - LEVEL) / 2) + stats.norm.ppf(power))
    return quantiles * float(sample.std(ddof=1)) / float(np.sqrt(len(sample)))


def holm(p_values: Sequence[float]) -> list[float]:
    """Return p-values corrected for making several comparisons at once, in the given order.

    S. Holm, "A Simple Sequentially Rejective Multiple Test Procedure", Scand. J. Statist. 6 (1979).
    """
    order = sorted(range(len(p_values)), key=lambda i: p_values[i])
    corrected, highest = [1.0] * len(p_values), 0.0
    for rank, i in enumerate(order):
        highest = max(highest, min(1.0, p_values[i] * (len(p_values) - rank)))
        corrected[i] = highest
    return corrected


def _bootstrap(values: Values, seed: int) -> tuple[float, float]:
    """Return the percentile interval of the mean."""
    rng = np.random.default_rng(seed)
    means = np.empty(RESAMPLES)
    for start in range(0, RESAMPLES, 500):
        stop = min(start + 500, RESAMPLES)
        drawn = rng.integers(len(values), size=(stop - start, len(values)))
        means[start:stop] = values[drawn].mean(axis=1)
    tail = 100 * (1 - LEVEL) / 2
    low, high = np.percentile(means, [tail, 100 - tail])
    return float(low), float(high)
