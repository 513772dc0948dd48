"""Learning in which order candidates come: a weight for each of their signals."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from qa.reader.calibration import Order
from qa.reader.candidates import Candidate

_PENALTY = 0.2
"""Inverse strength of the L2 penalty, for signals of standard deviation 1 and questions of weight
1; between a tenth and ten times it, the measured hits stay the same."""

Matrix = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Judged:
    """The candidates of a question, and which of them are right."""

    candidates: tuple[Candidate, ...]
    right: tuple[bool, ...]

    @property
    def is_telling(self) -> bool:
        """Whether a right candidate can be compared with a wrong one."""
        return any(self.right) and not all(self.right)


def learned_order(questions: Sequence[Judged], weights: Sequence[float] | None = None) -> Order:
    """Learn the order from questions of which some candidates are right and others are not.

    A logistic regression on the differences between the signals of a right candidate and of a
    wrong one: C. Burges et al., "Learning to Rank using Gradient Descent" (ICML 2005), with a
    linear score. A question counts its weight, however many pairs it has.

    Args:
        questions: at least one with a right and a wrong candidate.
        weights: of the questions; None for 1 each.
    """
    from sklearn.linear_model import LogisticRegression

    names = sorted({n for one in questions for c in one.candidates for n in c.signals})
    counted = zip(questions, weights or [1.0] * len(questions), strict=True)
    parts = [(_differences(one, names), weight) for one, weight in counted if one.is_telling]
    differences = np.vstack([part for part, _ in parts])
    of_pairs = np.concatenate([np.full(len(part), weight / len(part)) for part, weight in parts])
    differs = np.asarray(differences.any(axis=0))
    differences = differences[:, differs]
    names = [name for name, kept in zip(names, differs.tolist(), strict=True) if kept]
    scale = differences.std(axis=0)
    scale[scale == 0] = 1.0
    # Every pair from both ends, so that no constant can creep in.
    model = LogisticRegression(C=_PENALTY, fit_intercept=False, max_iter=1000)
    model.fit(
        np.vstack([differences, -differences]) / scale,
        np.repeat([True, False], len(differences)),
        sample_weight=np.tile(of_pairs, 2),
    )
    found = model.coef_[0] / scale
    found /= np.abs(found).sum()
    return Order({name: float(weight) for name, weight in zip(names, found, strict=True)})


def _differences(one: Judged, names: Sequence[str]) -> Matrix:
    """Return right minus wrong, float64, shape (n pairs, n signals)."""
    table = np.array([[c.signals.get(name, 0.0) for name in names] for c in one.candidates])
    right = np.array(one.right)
    pairs = table[right][:, None, :] - table[~right][None, :, :]
    return np.asarray(pairs.reshape(-1, len(names)), dtype=np.float64)
