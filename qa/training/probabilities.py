"""From features to probabilities: logistic regressions, fitted on what was observed."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from qa.answers import MOST_OFFERED
from qa.reader.calibration import Logistic, Order
from qa.training.observing import Observation

_PENALTY = 0.3
_FAR = 60.0

Vector = npt.NDArray[np.float64]
Flags = npt.NDArray[np.bool_]
Rows = npt.NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Table:
    """Observations under one order.

    Attributes:
        names: of the features.
        features: float64, shape (n questions, n features).
        answerable: whether the archive answers.
        first_is_right: whether the best candidate is an acceptable quote.
        among_first: whether one of those that would be offered is.
        weights: what each counts.
    """

    names: tuple[str, ...]
    features: Vector
    answerable: Flags
    first_is_right: Flags
    among_first: Flags
    weights: Vector

    def column(self, name: str) -> Vector:
        """Return one feature; 0 where the reader has none of this name."""
        if name not in self.names:
            return np.zeros(len(self.features))
        return self.features[:, self.names.index(name)]


def table_of(seen: Sequence[Observation], order: Order) -> Table:
    """Return the observations as they are under an order."""
    found = [one.under(order) for one in seen]
    names = tuple(sorted({name for told, _ in found for name in told}))
    return Table(
        names,
        np.array([[told.get(name, 0.0) for name in names] for told, _ in found]),
        np.array([one.answerable for one in seen]),
        np.array([right[0] for _, right in found]),
        np.array([any(right[:MOST_OFFERED]) for _, right in found]),
        np.array([one.weight for one in seen]),
    )


def answers_of(table: Table, rows: Rows | None = None) -> Logistic:
    """Fit the probability that the archive answers.

    Args:
        table: of the questions.
        rows: those to learn from; None for all.
    """
    return _logistic(table, table.answerable, _all(table) if rows is None else rows)


def right_of(table: Table, rows: Rows | None = None) -> Logistic:
    """Fit the probability that the best candidate is right, if the archive answers.

    What makes a question look as if nobody answered it, and what makes a passage look wrong, need
    not be the same.

    Args:
        table: of the questions.
        rows: those to learn from; None for all.
    """
    rows = _all(table) if rows is None else rows
    return _logistic(table, table.first_is_right, rows[table.answerable[rows]])


def chances(table: Table, fitted: Logistic, rows: Rows) -> Vector:
    """Return the probability for each of some questions."""
    weights = np.array([fitted.weights.get(name, 0.0) for name in table.names])
    logits = table.features[rows] @ weights + fitted.intercept
    return np.asarray(1 / (1 + np.exp(-np.clip(logits, -_FAR, _FAR))))


def _all(table: Table) -> Rows:
    return np.arange(len(table.answerable))


def _logistic(table: Table, target: Flags, rows: Rows) -> Logistic:
    """Fit a probability, in terms of the features as they are.

    Where all that was seen is of one kind, nothing tells it from another.
    """
    from sklearn.linear_model import LogisticRegression
    from sklearn.preprocessing import StandardScaler

    there = target[rows]
    if there.all() or not there.any():
        odds = math.log(2 * len(rows) + 1)
        return Logistic({}, odds if there.all() else -odds)
    scaler = StandardScaler()
    features = scaler.fit_transform(table.features[rows])
    fitted = LogisticRegression(C=_PENALTY).fit(features, there, sample_weight=table.weights[rows])
    weights = fitted.coef_[0] / scaler.scale_
    intercept = float(fitted.intercept_[0] - np.sum(weights * scaler.mean_))
    named = {name: float(weight) for name, weight in zip(table.names, weights, strict=True)}
    return Logistic(named, intercept)
