"""From a reader's features to probabilities, and to the decision whether to quote."""

from __future__ import annotations

import json
import math
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Annotated, NamedTuple

from pydantic import Field, FiniteFloat, TypeAdapter

from corpus.files import regular_bytes, replace_files
from qa.errors import SettingsError

_Weight = Annotated[FiniteFloat, Field(ge=-1e6, le=1e6)]
"""Far beyond what is ever fitted, and still so small that no sum of them is infinite."""
_Chance = Annotated[float, Field(ge=0, le=1)]
_Share = Annotated[FiniteFloat, Field(ge=0)]


@dataclass(frozen=True, slots=True)
class Logistic:
    """A logistic regression: the sigmoid of ``intercept + sum(weight * feature)``."""

    weights: Mapping[str, _Weight]
    intercept: _Weight

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

    weights: Mapping[str, _Weight]

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
        confidence: probability that the archive answers.
        first_right: whether it is.
        among_first: whether one of those that would be offered is.
        answerable: whether the archive answers.
        weight: what the question counts beside others, 1 on average.
        is_elsewhere: whether it is about documents that the archive does not hold.
    """

    support: _Chance
    confidence: _Chance
    first_right: bool
    among_first: bool
    answerable: bool
    weight: _Share
    is_elsewhere: bool


@dataclass(frozen=True, slots=True)
class Calibration:
    """What a reader's signals and features are worth on questions like those it was fitted on.

    Attributes:
        order: puts the candidates in order.
        answers: probability that the archive answers the question at all.
        right: probability that the best candidate is an acceptable quote, if the archive answers.
        fitted_on: the gold file, in words, for whoever reads this file.
        questions: how many questions that were.
        languages: ISO 639-1 codes that enough of these questions are in.
        left_out: what became of each of them, by a model that did not see it; what the thresholds
            are fitted on, and what a risk is certified by.
        is_general: whether it was learned from other documents than those it is used for.
        gap_margin: how much nearer than the best candidate a known gap must be for it to be the
            reason why nothing is quoted; None where no margin tells such questions apart.
    """

    order: Order
    answers: Logistic
    right: Logistic
    fitted_on: str
    questions: int
    languages: tuple[str, ...] = ()
    left_out: tuple[Trial, ...] = ()
    gap_margin: FiniteFloat | None = None
    is_general: bool = False


@dataclass(frozen=True, slots=True)
class Calibrations:
    """What was fitted together, with one embedding model; scores differ with an aid and without.

    Attributes:
        model: the embedding model, as in the settings.
        documents: SHA-256 of each text it was fitted for, by the document's id; empty where it was
            learned from many documents and is for any.
        tuned: where an encoder that was tuned to the archive takes part too.
        described: where the best candidate's document has a finding aid that is searched.
        text_only: elsewhere.

    Whatever was not fitted is None.
    """

    model: str
    documents: Mapping[str, str]
    tuned: Calibration | None = None
    described: Calibration | None = None
    text_only: Calibration | None = None

    def chosen(self, *, is_described: bool, is_tuned: bool) -> Calibration | None:
        """Return the one for a way of reading, or the nearest to it.

        Args:
            is_described: whether a finding aid is searched.
            is_tuned: whether a tuned encoder takes part.
        """
        if not is_described:
            return self.text_only
        return self.tuned if is_tuned and self.tuned is not None else self.described

    def write(self, path: Path) -> None:
        """Write them as JSON, whole or not at all.

        Raises:
            SettingsError: the file cannot be written.
        """
        text = json.dumps(asdict(self), indent=1, ensure_ascii=False) + "\n"
        try:
            replace_files({path: text.encode()})
        except OSError as error:
            raise SettingsError(f"{path} cannot be written ({error.strerror}).") from error

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
            raise SettingsError(
                f"{path}: is no calibration file; fit one again with 'verbatim calibrate'."
            ) from error
