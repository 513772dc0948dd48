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
from qa.reader.calibration import Calibration

if TYPE_CHECKING:
    from sklearn.pipeline import Pipeline

_FOLDS = 10
_SEED = 0
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


def calibrate(answerer: Answerer, questions: Path, out: Path) -> str:
    """Fit on a gold file, write the calibration, and say in words how well it did.

    The probability is a logistic regression on the reader's features. The threshold is the one
    that, on probabilities predicted for questions left out in cross-validation, makes most of
    right decisions less wrong quotes; a wrong quote thus costs as much as a right one gains.

    Raises:
        JudgmentError: the gold file has faults.
        UsageError: it has too few questions of either kind.
    """
    gold = read_questions(questions, answerer.archive)
    seen = observe(answerer, gold)
    if min(seen.answerable.sum(), (~seen.answerable).sum()) < _LEAST_OF_A_KIND:
        raise UsageError(
            f"{questions}: needs at least {_LEAST_OF_A_KIND} questions that the archive answers "
            f"and {_LEAST_OF_A_KIND} that it does not."
        )
    left_out = left_out_probabilities(seen)
    threshold = best_threshold(left_out, seen)
    source = hashlib.sha256(questions.read_bytes()).hexdigest()
    _fit(seen, threshold, f"{questions.name}, SHA-256 {source}", len(gold)).write(out)
    return _report(left_out, threshold, seen, out)


def observe(answerer: Answerer, gold: Sequence[Question]) -> Observations:
    """Run the reader over gold questions."""
    readings = [answerer.read(question.question, question.history) for question in gold]
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


def left_out_probabilities(seen: Observations) -> Vector:
    """Return each question's probability by models that did not see it, 10-fold."""
    from sklearn.model_selection import StratifiedKFold, cross_val_predict

    folds = StratifiedKFold(_FOLDS, shuffle=True, random_state=_SEED)
    predicted = cross_val_predict(
        _model(), seen.features, seen.answerable, cv=folds, method="predict_proba"
    )
    return np.asarray(predicted[:, 1], dtype=np.float64)


def best_threshold(probabilities: Vector, seen: Observations) -> float:
    """Return the threshold with the greatest sum of right decisions less wrong quotes."""
    edges = np.unique(probabilities)
    candidates = np.concatenate([[0.0], (edges[1:] + edges[:-1]) / 2, [1.0]])
    return float(max(candidates, key=lambda t: (_gain(probabilities >= t, seen), t)))


def _gain(quoted: Flags, seen: Observations) -> int:
    right = (quoted & seen.first_is_right & seen.answerable) | (~quoted & ~seen.answerable)
    wrong = quoted & ~(seen.first_is_right & seen.answerable)
    return int(right.sum()) - int(wrong.sum())


def _model() -> Pipeline:
    from sklearn.linear_model import LogisticRegression
    from sklearn.pipeline import make_pipeline
    from sklearn.preprocessing import StandardScaler

    return make_pipeline(StandardScaler(), LogisticRegression(C=1.0))


def _fit(seen: Observations, threshold: float, fitted_on: str, count: int) -> Calibration:
    scaler, logistic = (step for _, step in _model().fit(seen.features, seen.answerable).steps)
    weights = logistic.coef_[0] / scaler.scale_
    intercept = float(logistic.intercept_[0] - np.sum(weights * scaler.mean_))
    named = {name: float(weight) for name, weight in zip(seen.names, weights, strict=True)}
    return Calibration(named, intercept, threshold, fitted_on, count)


def _report(left_out: Vector, threshold: float, seen: Observations, out: Path) -> str:
    from sklearn.metrics import roc_auc_score

    quoted = left_out >= threshold
    yes, no = seen.answerable, ~seen.answerable
    wrong = quoted & yes & ~seen.first_is_right
    return (
        f"Fitted on {len(yes)} questions; by {_FOLDS}-fold cross-validation AUROC "
        f"{roc_auc_score(yes, left_out):.2f}, right quote {np.mean(quoted[yes] & ~wrong[yes]):.2f} "
        f"and wrong quote {np.mean(wrong[yes]):.2f} of answerable questions, declined "
        f"{np.mean(~quoted[no]):.2f} of unanswerable ones at threshold {threshold:.2f}. "
        f"Written to {out}."
    )
