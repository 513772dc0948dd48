"""How well confidence tells right from wrong: AUROC and the risk-coverage curve."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby


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
