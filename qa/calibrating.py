"""Fitting the probability that an archive answers, and the threshold above which it quotes."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from corpus.judgments import Question, read_questions
from qa.answering import Answerer
from qa.errors import UsageError
from qa.evaluation.matching import is_right
from qa.evaluation.responses import Cited
from qa.quotes import Quote
from qa.reader.calibration import Calibration, Calibrations, Logistic
from qa.reader.policy import least_support

if TYPE_CHECKING:
    from sklearn.pipeline import Pipeline

_FOLDS = 10
_SEED = 0
_PENALTY = 0.3
_MARK = "nearest"
"""The feature by which a reading of the usual reader is known."""
_LEAST_OF_A_KIND = _FOLDS

Vector = npt.NDArray[np.float64]
Flags = npt.NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Observations:
    """What the reader found for each question, in the order of the questions.

    Attributes:
        names: of the features.
        features: float64, shape (n questions, n features).
        answerable: whether the archive answers.
        first_is_right: whether the best candidate is an acceptable quote.
    """

    names: tuple[str, ...]
    features: Vector
    answerable: Flags
    first_is_right: Flags


def calibrate(described: Answerer, text_only: Answerer, questions: Path, out: Path) -> str:
    """Fit on a gold file, write the calibrations, and say in words how well they do.

    The probabilities are logistic regressions on the reader's features: whether the archive
    answers, and whether the best candidate is right. The figures are for probabilities that
    cross-validation predicts for questions left out. Questions in languages that only the
    finding aid speaks are read by their words and left out here.

    Raises:
        JudgmentError: the gold file has faults.
        UsageError: it has too few questions of either kind.
    """
    gold = read_questions(questions, described.archive)
    answerable = sum(question.answerable for question in gold)
    if min(answerable, len(gold) - answerable) < _LEAST_OF_A_KIND:
        raise UsageError(
            f"{questions}: needs at least {_LEAST_OF_A_KIND} questions that the archive answers "
            f"and {_LEAST_OF_A_KIND} that it does not."
        )
    source = f"{questions.name}, SHA-256 {hashlib.sha256(questions.read_bytes()).hexdigest()}"
    cost = described.settings.wrong_quote_cost
    readers = (described, text_only)
    fitted = [_fitted(observe(answerer, gold), source, cost) for answerer in readers]
    Calibrations(fitted[0][0], fitted[1][0]).write(out)
    return (
        f"With the finding aid: {fitted[0][1]}\nWith the text alone: {fitted[1][1]}\n"
        f"Written to {out}."
    )


def _fitted(seen: Observations, source: str, cost: float) -> tuple[Calibration, str]:
    confidence = left_out_probabilities(seen.features, seen.answerable)
    support = left_out_probabilities(seen.features, seen.first_is_right)
    calibration = Calibration(
        answers=_logistic(seen, seen.answerable),
        right=_logistic(seen, seen.first_is_right),
        fitted_on=source,
        questions=len(seen.answerable),
        left_out=tuple(
            (round(float(p), 4), bool(right))
            for p, right in zip(support, seen.first_is_right, strict=True)
        ),
    )
    return calibration, _report(confidence, support, cost, seen)


def observe(answerer: Answerer, gold: Sequence[Question]) -> Observations:
    """Run the reader over gold questions."""
    everything = [answerer.read(question.question, question.history) for question in gold]
    usual = [number for number, reading in enumerate(everything) if _MARK in reading.features]
    readings, gold = [everything[n] for n in usual], [gold[n] for n in usual]
    names = tuple(sorted({name for reading in readings for name in reading.features}))
    return Observations(
        names,
        np.array([[reading.features.get(name, 0.0) for name in names] for reading in readings]),
        np.array([question.answerable for question in gold]),
        np.array(
            [
                bool(reading.ranked) and _is_right(reading.ranked[0].quote, question)
                for reading, question in zip(readings, gold, strict=True)
            ]
        ),
    )


def _is_right(quote: Quote, question: Question) -> bool:
    cited = Cited(
        document=quote.transcript.id,
        sha256=quote.transcript.sha256,
        start=quote.start,
        end=quote.end,
        text=quote.text,
        speaker=quote.speaker,
    )
    return is_right(cited, [span for gold in question.acceptable for span in gold])


def left_out_probabilities(features: Vector, target: Flags) -> Vector:
    """Return each question's probability of ``target`` by models that did not see it, 10-fold."""
    from sklearn.model_selection import StratifiedKFold, cross_val_predict

    folds = StratifiedKFold(_FOLDS, shuffle=True, random_state=_SEED)
    predicted = cross_val_predict(_model(), features, target, cv=folds, method="predict_proba")
    return np.asarray(predicted[:, 1], dtype=np.float64)


def _right_decisions(quoted: Flags, seen: Observations) -> int:
    return int((quoted & seen.first_is_right).sum() + (~quoted & ~seen.answerable).sum())


def _model() -> Pipeline:
    from sklearn.linear_model import LogisticRegression
    from sklearn.pipeline import make_pipeline
    from sklearn.preprocessing import StandardScaler

    return make_pipeline(StandardScaler(), LogisticRegression(C=_PENALTY))


def _logistic(seen: Observations, target: Flags) -> Logistic:
    scaler, logistic = (step for _, step in _model().fit(seen.features, target).steps)
    weights = logistic.coef_[0] / scaler.scale_
    intercept = float(logistic.intercept_[0] - np.sum(weights * scaler.mean_))
    named = {name: float(weight) for name, weight in zip(seen.names, weights, strict=True)}
    return Logistic(named, intercept)


def _report(confidence: Vector, support: Vector, cost: float, seen: Observations) -> str:
    from sklearn.metrics import roc_auc_score

    least = [least_support(float(value), cost) for value in confidence]
    quoted = support >= np.array(least)
    yes, no = seen.answerable, ~seen.answerable
    return (
        f"fitted on {len(yes)} questions; by {_FOLDS}-fold cross-validation AUROC "
        f"{roc_auc_score(yes, confidence):.2f}, decisions right "
        f"{_right_decisions(quoted, seen) / len(yes):.2f}, wrong quote "
        f"{np.mean(quoted[yes] & ~seen.first_is_right[yes]):.2f} of answerable questions, "
        f"declined {np.mean(~quoted[no]):.2f} of unanswerable ones."
    )
