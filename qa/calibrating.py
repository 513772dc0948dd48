"""Fitting a reader on gold questions: the order of candidates, and what it may claim."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from corpus.files import regular_bytes
from corpus.judgments import Question, read_questions
from qa.answering import Answerer
from qa.errors import UsageError
from qa.evaluation.matching import is_right
from qa.evaluation.responses import Cited
from qa.ordering import Judged, learned_order
from qa.quotes import Quote
from qa.reader.calibration import Calibration, Calibrations, Logistic, Order
from qa.reader.candidates import features, ordered
from qa.reader.policy import least_support

if TYPE_CHECKING:
    from sklearn.pipeline import Pipeline

_FOLDS = 10
_SEED = 0
_PENALTY = 0.3
_LEAST_OF_A_KIND = _FOLDS

Vector = npt.NDArray[np.float64]
Flags = npt.NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Observation:
    """What the reader found for one gold question.

    Attributes:
        judged: the candidates, and which are acceptable quotes; at least one.
        asked: features of the question itself.
        answerable: whether the archive answers.
    """

    judged: Judged
    asked: Mapping[str, float]
    answerable: bool

    def first(self, order: Order) -> tuple[dict[str, float], bool]:
        """Return the features if candidates come in this order, and whether the first is right."""
        best_first = ordered(self.judged.candidates, order)
        place = self.judged.candidates.index(best_first[0].candidate)
        return features(best_first, self.asked), self.judged.right[place]


@dataclass(frozen=True, slots=True)
class Table:
    """Observations under one order.

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


@dataclass(frozen=True, slots=True)
class Readers:
    """The ways of reading that are calibrated.

    Attributes:
        tuned: with all there is; None where no encoder was tuned to the archive.
        described: without a tuned encoder.
        text_only: without the finding aid too.
    """

    tuned: Answerer | None
    described: Answerer
    text_only: Answerer


def calibrate(readers: Readers, files: Sequence[Path], out: Path) -> str:
    """Fit on gold files, write the calibrations, and say in words how well they do.

    The order is a weighted sum of signals; the probabilities are logistic regressions on features:
    whether the archive answers, and whether the best candidate is right. All figures are for
    questions left out, by cross-validation. Questions in languages that only the finding aid
    speaks are read by their words and left out here.

    Raises:
        JudgmentError: a gold file has faults.
        UsageError: together they have too few questions of either kind.
    """
    gold = [q for file in files for q in read_questions(file, readers.described.archive)]
    answerable = sum(question.answerable for question in gold)
    if min(answerable, len(gold) - answerable) < _LEAST_OF_A_KIND:
        names = ", ".join(map(str, files))
        raise UsageError(
            f"{names}: needs at least {_LEAST_OF_A_KIND} questions that the archive answers "
            f"and {_LEAST_OF_A_KIND} that it does not."
        )
    source = "; ".join(map(_named, files))
    cost = readers.described.settings.wrong_quote_cost

    def fitted(answerer: Answerer) -> tuple[Calibration, str]:
        return _fitted(observe(answerer, gold), source, cost)

    tuned = fitted(readers.tuned) if readers.tuned is not None else None
    described, text_only = fitted(readers.described), fitted(readers.text_only)
    Calibrations(tuned[0] if tuned else None, described[0], text_only[0]).write(out)
    return (
        f"With the tuned encoder: {tuned[1] if tuned else 'none was tuned to this archive.'}\n"
        f"With the finding aid: {described[1]}\nWith the text alone: {text_only[1]}\n"
        f"Written to {out}."
    )


def _named(file: Path) -> str:
    return f"{file.name}, SHA-256 {hashlib.sha256(regular_bytes(file)).hexdigest()}"


def observe(answerer: Answerer, gold: Sequence[Question]) -> list[Observation]:
    """Run the reader over gold questions; those it found nothing for at all are left out."""
    found = []
    for question in gold:
        considered = answerer.read(question.question, question.history).considered
        if considered is not None:
            places = [candidate.stretch for candidate in considered.candidates]
            quotes = [Quote.of(answerer.archive[d], first, last) for d, first, last in places]
            right = tuple(_is_right(quote, question) for quote in quotes)
            judged = Judged(considered.candidates, right)
            found.append(Observation(judged, considered.asked, question.answerable))
    return found


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


def _fitted(seen: Sequence[Observation], source: str, cost: float) -> tuple[Calibration, str]:
    _check(seen)
    order = _order(seen)
    table = _table(seen, order)
    if table.first_is_right.sum() < _LEAST_OF_A_KIND:
        raise UsageError(
            f"The first candidate is right for {table.first_is_right.sum()} questions only; "
            f"{_LEAST_OF_A_KIND} are needed. Calibrate with more questions that have an answer."
        )
    left_out = left_out_decisions(seen)
    calibration = Calibration(
        order=order,
        answers=_logistic(table, table.answerable),
        right=_logistic(table, table.first_is_right),
        fitted_on=source,
        questions=len(seen),
        left_out=tuple(
            (round(float(p), 4), bool(right))
            for p, right in zip(left_out.support, left_out.first_is_right, strict=True)
        ),
    )
    return calibration, left_out.report(cost)


def _check(seen: Sequence[Observation]) -> None:
    """Check that what the reader found can be learned from.

    Raises:
        UsageError: too little of it tells right from wrong.
    """
    telling = sum(one.judged.is_telling for one in seen)
    lacking = sum(not one.answerable for one in seen)
    if min(telling, lacking) < _LEAST_OF_A_KIND:
        raise UsageError(
            f"The reader finds a right passage and wrong ones for {telling} questions, and "
            f"something for {lacking} that the archive does not answer; {_LEAST_OF_A_KIND} of each "
            "are needed. Calibrate with more questions, in the documents' own language."
        )


def _order(seen: Sequence[Observation]) -> Order:
    return learned_order([one.judged for one in seen if one.answerable])


def _table(seen: Sequence[Observation], order: Order) -> Table:
    firsts = [one.first(order) for one in seen]
    names = tuple(sorted({name for found, _ in firsts for name in found}))
    return Table(
        names,
        np.array([[found.get(name, 0.0) for name in names] for found, _ in firsts]),
        np.array([one.answerable for one in seen]),
        np.array([right for _, right in firsts]),
    )


@dataclass(frozen=True, slots=True)
class LeftOut:
    """Decisions about questions by an order and by probabilities that did not see them.

    Attributes:
        confidence: that the archive answers, float64, shape (n questions,).
        support: that the first candidate is right, likewise.
        answerable: whether the archive answers.
        first_is_right: whether the first candidate is right.
    """

    confidence: Vector
    support: Vector
    answerable: Flags
    first_is_right: Flags

    def report(self, cost: float) -> str:
        """Say in words how good the decisions are.

        Args:
            cost: of a wrong quote.
        """
        from sklearn.metrics import roc_auc_score

        least = [least_support(float(value), cost) for value in self.confidence]
        quoted = self.support >= np.array(least)
        yes, no, right = self.answerable, ~self.answerable, self.first_is_right
        decided = int((quoted & right).sum() + (~quoted & no).sum())
        return (
            f"fitted on {len(yes)} questions; by {_FOLDS}-fold cross-validation the first "
            f"candidate right for {np.mean(right[yes]):.2f} of answerable questions, AUROC "
            f"{roc_auc_score(yes, self.confidence):.2f}, decisions right "
            f"{decided / len(yes):.2f}, wrong quote {np.mean(quoted[yes] & ~right[yes]):.2f} of "
            f"answerable questions, declined {np.mean(~quoted[no]):.2f} of unanswerable ones."
        )


def left_out_decisions(seen: Sequence[Observation]) -> LeftOut:
    """Return the decisions on questions left out of fitting, 10-fold."""
    count = len(seen)
    confidence, support = np.zeros(count), np.zeros(count)
    first_is_right = np.zeros(count, dtype=bool)
    answerable = np.array([one.answerable for one in seen])
    for learned, left_out in _folds(answerable):
        order = _order([seen[n] for n in learned])
        table = _table(seen, order)
        for target, found in ((table.answerable, confidence), (table.first_is_right, support)):
            model = _model().fit(table.features[learned], target[learned])
            found[left_out] = model.predict_proba(table.features[left_out])[:, 1]
        first_is_right[left_out] = table.first_is_right[left_out]
    return LeftOut(confidence, support, answerable, first_is_right)


def _folds(answerable: Flags) -> Iterator[tuple[Flags, Flags]]:
    from sklearn.model_selection import StratifiedKFold

    folds = StratifiedKFold(_FOLDS, shuffle=True, random_state=_SEED)
    yield from folds.split(answerable.reshape(-1, 1), answerable)


def _model() -> Pipeline:
    from sklearn.linear_model import LogisticRegression
    from sklearn.pipeline import make_pipeline
    from sklearn.preprocessing import StandardScaler

    return make_pipeline(StandardScaler(), LogisticRegression(C=_PENALTY))


def _logistic(table: Table, target: Flags) -> Logistic:
    scaler, logistic = (step for _, step in _model().fit(table.features, target).steps)
    weights = logistic.coef_[0] / scaler.scale_
    intercept = float(logistic.intercept_[0] - np.sum(weights * scaler.mean_))
    named = {name: float(weight) for name, weight in zip(table.names, weights, strict=True)}
    return Logistic(named, intercept)
