"""From a reader's features to probabilities, and to the decision whether to quote."""

from __future__ import annotations

import json
import math
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from importlib.resources import files
from pathlib import Path
from typing import NamedTuple

from pydantic import FiniteFloat, TypeAdapter

from corpus.files import regular_bytes
from qa.errors import SettingsError


@dataclass(frozen=True, slots=True)
class Logistic:
    """A logistic regression: the sigmoid of ``intercept + sum(weight * feature)``."""

    weights: Mapping[str, FiniteFloat]
    intercept: FiniteFloat

    def probability(self, features: Mapping[str, float]) -> float:
        """Return the probability in [0, 1]; a feature that is missing counts as 0."""
        logit = self.intercept
        for name, weight in self.weights.items():
            logit += weight * features.get(name, 0.0)
        return 1.0 / (1.0 + math.exp(-max(min(logit, 60.0), -60.0)))


@dataclass(frozen=True, slots=True)
class Order:
    """A weighted sum of a candidate's signals, which candidates are ordered by.

    Attributes:
        weights: by the name of the signal; their absolute values add up to 1, so that scores of
            different calibrations lie on one scale.
    """

    weights: Mapping[str, FiniteFloat]

    def score(self, signals: Mapping[str, float]) -> float:
        """Return the score; greater is nearer. A signal that is missing counts as 0."""
        return sum(weight * signals.get(name, 0.0) for name, weight in self.weights.items())

    def minding(self, name: str, weight: float) -> Order:
        """Return an order that minds a signal, with this weight unless it was fitted with it."""
        return Order({name: weight, **self.weights})


class Trial(NamedTuple):
    """What a question that was left out of fitting teaches.

    Attributes:
        support: probability that the first candidate is right.
        first_right: whether it is.
        among_first: whether one of those that would be offered is.
        answerable: whether the archive answers.
    """

    support: float
    first_right: bool
    among_first: bool
    answerable: bool


@dataclass(frozen=True, slots=True)
class Calibration:
    """What a reader's signals and features are worth on questions like those it was fitted on.

    Attributes:
        order: puts the candidates in order.
        answers: probability that the archive answers the question at all.
        right: probability that the best candidate is an acceptable quote.
        fitted_on: the gold file, in words, for whoever reads this file.
        questions: how many questions that were.
        left_out: what became of each of them, by a model that did not see it; what the thresholds
            are fitted on, and what a risk is certified by.
        gap_margin: how much nearer than the best candidate a known gap must be for it to be the
            reason why nothing is quoted; None where no margin tells such questions apart.
    """

    order: Order
    answers: Logistic
    right: Logistic
    fitted_on: str
    questions: int
    left_out: tuple[Trial, ...] = ()
    gap_margin: float | None = None


@dataclass(frozen=True, slots=True)
class Calibrations:
    """The calibrations of a reader: scores are on other scales with a finding aid and without.

    Attributes:
        tuned: where an encoder that was tuned to the archive takes part too, or None if it was
            not calibrated with any.
        described: where the best candidate's document has a finding aid that is searched.
        text_only: elsewhere.
        other_languages: for questions in languages that only the finding aid speaks, or None if
            none were calibrated with; then none of them is answered.
    """

    tuned: Calibration | None
    described: Calibration
    text_only: Calibration
    other_languages: Calibration | None = None

    def chosen(self, *, is_described: bool, is_tuned: bool) -> Calibration:
        """Return the one for a way of reading.

        Args:
            is_described: whether a finding aid is searched.
            is_tuned: whether a tuned encoder takes part.
        """
        if not is_described:
            return self.text_only
        return self.tuned if is_tuned and self.tuned is not None else self.described

    def write(self, path: Path) -> None:
        """Write them as JSON."""
        path.write_text(json.dumps(asdict(self), indent=2) + "\n", encoding="utf-8")

    @classmethod
    def read(cls, path: Path) -> Calibrations:
        """Read a calibration file.

        Raises:
            SettingsError: the file is missing or not a calibration.
        """
        try:
            return TypeAdapter(cls).validate_json(regular_bytes(path))
        except FileNotFoundError as error:
            raise SettingsError(f"{path}: there is no such calibration file.") from error
        except (OSError, ValueError) as error:
            raise SettingsError(f"{path}: is no calibration file; fit one again.") from error


def shipped_calibration() -> Path:
    """Return the calibration that comes with this package."""
    return Path(str(files("qa"))) / "reader" / "calibration.json"
