"""From features to probabilities: logistic regressions, fitted on what was observed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from qa.answers import MOST_OFFERED
from qa.reader.calibration import Logistic, Order
from qa.training.observing import Observation

if TYPE_CHECKING:
    from sklearn.pipeline import Pipeline

_PENALTY = 0.3

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


def regression(table: Table, target: Flags, rows: Rows | None = None) -> Pipeline:
    """Fit the probability of a target on features of standard deviation 1.

    Args:
        table: of the questions.
        target: what is to be told, of each of them.
        rows: the questions to learn from; None for all.
    """
    from sklearn.linear_model import LogisticRegression
    from sklearn.pipeline import make_pipeline
    from sklearn.preprocessing import StandardScaler

    rows = np.arange(len(target)) if rows is None else rows
    found = make_pipeline(StandardScaler(), LogisticRegression(C=_PENALTY))
    weights = {"logisticregression__sample_weight": table.weights[rows]}
    return found.fit(table.features[rows], target[rows], **weights)


def logistic(table: Table, target: Flags) -> Logistic:
    """Fit the probability of a target, in terms of the features as they are."""
    scaler, fitted = (step for _, step in regression(table, target).steps)
    weights = fitted.coef_[0] / scaler.scale_
    intercept = float(fitted.intercept_[0] - np.sum(weights * scaler.mean_))
    named = {name: float(weight) for name, weight in zip(table.names, weights, strict=True)}
    return Logistic(named, intercept)
