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
from qa.answering import Answerer, costs_of
from qa.answers import MOST_OFFERED
from qa.asking import Asked
from qa.errors import UsageError
from qa.evaluation.matching import is_right
from qa.evaluation.responses import Cited
from qa.quotes import Quote
from qa.reader.calibration import Calibration, Calibrations, Logistic, Order, Trial
from qa.reader.candidates import features, ordered
from qa.reader.other_languages import ORDER as OTHER_ORDER
from qa.reader.other_languages import aid_languages
from qa.reader.policy import Costs, fitted_thresholds
from qa.training.gaps import fitted_margin, left_out_gaps
from qa.training.ordering import Judged, learned_order

if TYPE_CHECKING:
    from sklearn.pipeline import Pipeline

_FOLDS = 10
_SEED = 0
_PENALTY = 0.3
_LEAST_OF_A_KIND = _FOLDS

Vector = npt.NDArray[np.float64]
Flags = npt.NDArray[np.bool_]
Rows = npt.NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Observation:
    """What the reader found for one gold question.

    Attributes:
        judged: the candidates, and which are acceptable quotes; at least one.
        asked: features of the question itself.
        answerable: whether the archive answers.
        original: the ``qid`` of the question, or of the one it was translated from; questions of
            one original are never on both sides of a cross-validation.
    """

    judged: Judged
    asked: Mapping[str, float]
    answerable: bool
    original: str

    def under(self, order: Order) -> tuple[dict[str, float], list[bool]]:
        """Return the features if candidates come in this order, and which of them are right."""
        best_first = ordered(self.judged.candidates, order)
        places = [self.judged.candidates.index(one.candidate) for one in best_first]
        return features(best_first, self.asked), [self.judged.right[place] for place in places]


@dataclass(frozen=True, slots=True)
class Table:
    """Observations under one order.

    Attributes:
        names: of the features.
        features: float64, shape (n questions, n features).
        answerable: whether the archive answers.
        first_is_right: whether the best candidate is an acceptable quote.
        among_first: whether one of those that would be offered is.
    """

    names: tuple[str, ...]
    features: Vector
    answerable: Flags
    first_is_right: Flags
    among_first: Flags

    def column(self, name: str) -> Vector:
        """Return one feature; 0 where the reader has none of this name."""
        if name not in self.names:
            return np.zeros(len(self.features))
        return self.features[:, self.names.index(name)]


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
    speaks are read by their words: they are fitted by themselves, all such languages together.

    Raises:
        JudgmentError: a gold file has faults.
        UsageError: together they have too few questions of either kind.
    """
    archive = readers.described.archive
    gold = [q for file in files for q in read_questions(file, archive)]
    documents = {transcript.record.language_code for transcript in archive}
    by_words = aid_languages(archive) - documents
    own = [question for question in gold if question.language in documents]
    others = [question for question in gold if question.language in by_words]
    _check_kinds(own, files)
    source = "; ".join(map(_named, files))
    costs = costs_of(readers.described.settings)

    def fitted(answerer: Answerer) -> tuple[Calibration, str]:
        return _fitted(observe(answerer, own, by_words=False), source, costs)

    tuned = fitted(readers.tuned) if readers.tuned is not None else None
    described, text_only = fitted(readers.described), fitted(readers.text_only)
    other = _other_languages(readers.described, others, source, costs)
    Calibrations(tuned[0] if tuned else None, described[0], text_only[0], other[0]).write(out)
    return (
        f"With the tuned encoder: {tuned[1] if tuned else 'none was tuned to this archive.'}\n"
        f"With the finding aid: {described[1]}\nWith the text alone: {text_only[1]}\n"
        f"In other languages: {other[1]}\n"
        f"Written to {out}."
    )


def _check_kinds(gold: Sequence[Question], files: Sequence[Path]) -> None:
    answerable = sum(question.answerable for question in gold)
    if min(answerable, len(gold) - answerable) < _LEAST_OF_A_KIND:
        names = ", ".join(map(str, files))
        raise UsageError(
            f"{names}: needs at least {_LEAST_OF_A_KIND} questions that the archive answers "
            f"and {_LEAST_OF_A_KIND} that it does not."
        )


def _other_languages(
    answerer: Answerer, gold: Sequence[Question], source: str, costs: Costs
) -> tuple[Calibration | None, str]:
    """Fit what is read by words alone; None where too few questions tell right from wrong."""
    seen = observe(answerer, gold, by_words=True)
    right = sum(one.under(OTHER_ORDER)[1][0] for one in seen)
    lacking = sum(not one.answerable for one in seen)
    if min(right, len(seen) - right, lacking, len(seen) - lacking) < _LEAST_OF_A_KIND:
        return None, "too few questions to fit anything on; their passages will be offered at most."
    return _fitted(seen, source, costs, OTHER_ORDER)


def _named(file: Path) -> str:
    return f"{file.name}, SHA-256 {hashlib.sha256(regular_bytes(file)).hexdigest()}"


def observe(answerer: Answerer, gold: Sequence[Question], *, by_words: bool) -> list[Observation]:
    """Run the reader over gold questions; those it found nothing for at all are left out.

    Args:
        answerer: reads them.
        gold: the questions.
        by_words: whether to keep those that are read by their words alone, or the others: short
            questions are at times taken for another language.
    """
    found = []
    for question in gold:
        considered = answerer.read(Asked(question.question, question.history)).considered
        if considered is not None and considered.by_words is by_words:
            places = [candidate.stretch for candidate in considered.candidates]
            quotes = [Quote.of(answerer.archive[d], first, last) for d, first, last in places]
            right = tuple(_is_right(quote, question) for quote in quotes)
            judged = Judged(considered.candidates, right)
            found.append(
                Observation(judged, considered.asked, question.answerable, question.original)
            )
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


def _fitted(
    seen: Sequence[Observation], source: str, costs: Costs, order: Order | None = None
) -> tuple[Calibration, str]:
    """Fit an order, unless one is given, and probabilities."""
    if order is None:
        _check(seen)
    table = _table(seen, order or _order(seen))
    if table.first_is_right.sum() < _LEAST_OF_A_KIND:
        raise UsageError(
            f"The first candidate is right for {table.first_is_right.sum()} questions only; "
            f"{_LEAST_OF_A_KIND} are needed. Calibrate with more questions that have an answer."
        )
    left_out = left_out_decisions(seen, order)
    declined = ~left_out.states(costs).quoted
    gaps = left_out.gap_lead[declined], left_out.answerable[declined]
    calibration = Calibration(
        order=order or _order(seen),
        answers=_logistic(table, table.answerable),
        right=_logistic(table, table.first_is_right),
        fitted_on=source,
        questions=len(seen),
        left_out=left_out.trials,
        gap_margin=fitted_margin(*gaps),
    )
    said = left_out.report(costs)
    return calibration, said if order else f"{said} {left_out_gaps(*gaps)}"


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
    found = [one.under(order) for one in seen]
    names = tuple(sorted({name for told, _ in found for name in told}))
    return Table(
        names,
        np.array([[told.get(name, 0.0) for name in names] for told, _ in found]),
        np.array([one.answerable for one in seen]),
        np.array([right[0] for _, right in found]),
        np.array([any(right[:MOST_OFFERED]) for _, right in found]),
    )


@dataclass(frozen=True, slots=True)
class LeftOut:
    """Decisions about questions by an order and by probabilities that did not see them.

    Attributes:
        confidence: that the archive answers, float64, shape (n questions,).
        support: that the first candidate is right, likewise.
        answerable: whether the archive answers.
        first_is_right: whether the first candidate is right.
        among_first: whether one of those that would be offered is.
        gap_lead: how much nearer the nearest known gap is, float64, likewise.
        fold: in which fold it was left out, likewise.
    """

    confidence: Vector
    support: Vector
    answerable: Flags
    first_is_right: Flags
    among_first: Flags
    gap_lead: Vector
    fold: Rows

    @property
    def trials(self) -> tuple[Trial, ...]:
        """The questions as thresholds are fitted on them."""
        columns = (self.support, self.first_is_right, self.among_first, self.answerable)
        return tuple(
            Trial(round(float(support), 4), bool(first), bool(among), bool(answerable))
            for support, first, among, answerable in zip(*columns, strict=True)
        )

    def states(self, costs: Costs) -> States:
        """Decide each question by thresholds that were fitted on the other folds."""
        trials = self.trials
        quote, offer = np.zeros(len(trials)), np.zeros(len(trials))
        for number in set(self.fold.tolist()):
            others = [t for t, n in zip(trials, self.fold, strict=True) if n != number]
            found = fitted_thresholds(others, costs)
            quote[self.fold == number], offer[self.fold == number] = found.quote, found.offer
        support = np.array([trial.support for trial in trials])
        return States(support >= quote, (support >= offer) & (support < quote))

    def report(self, costs: Costs) -> str:
        """Say in words how good the decisions are."""
        from sklearn.metrics import roc_auc_score

        yes, no, right = self.answerable, ~self.answerable, self.first_is_right
        states = self.states(costs)
        quoted, offered = states.quoted, states.offered
        denied = ~(quoted | offered)
        seen = (quoted & right) | (offered & self.among_first)
        thresholds = fitted_thresholds(self.trials, costs)
        return (
            f"fitted on {len(yes)} questions; by {_FOLDS}-fold cross-validation the first "
            f"candidate right for {np.mean(right[yes]):.3f} of answerable questions, AUROC "
            f"{roc_auc_score(yes, self.confidence):.3f}. Of answerable questions seen right "
            f"{np.mean(seen[yes]):.3f}, answered right {np.mean((quoted & right)[yes]):.3f}, "
            f"denied falsely {np.mean(denied[yes]):.3f}; of quotes asserted right "
            f"{_share(right[quoted])}; of all questions asserted wrong "
            f"{np.mean(quoted & ~right):.3f}; of unanswerable ones asserted "
            f"{np.mean(quoted[no]):.3f}, abstained {np.mean(denied[no]):.3f}. Quoted from support "
            f"{thresholds.quote:.2f}, offered from {thresholds.offer:.2f} on."
        )


@dataclass(frozen=True, slots=True)
class States:
    """Which questions are quoted for, and for which passages are offered; for the others neither.

    Attributes:
        quoted: shape (n questions,).
        offered: likewise.
    """

    quoted: Flags
    offered: Flags


def _share(values: Flags) -> str:
    return f"{np.mean(values):.3f}" if len(values) else "–"


def left_out_decisions(seen: Sequence[Observation], given: Order | None = None) -> LeftOut:
    """Return the decisions on questions left out of fitting, 10-fold.

    Args:
        seen: the questions.
        given: their order, or None to learn it.
    """
    count = len(seen)
    confidence, support, gap_lead = np.zeros(count), np.zeros(count), np.zeros(count)
    first_is_right, among_first = np.zeros(count, dtype=bool), np.zeros(count, dtype=bool)
    fold = np.zeros(count, dtype=np.int64)
    answerable = np.array([one.answerable for one in seen])
    for number, (learned, left_out) in enumerate(_folds(seen)):
        table = _table(seen, given or _order([seen[n] for n in learned]))
        for target, found in ((table.answerable, confidence), (table.first_is_right, support)):
            model = _model().fit(table.features[learned], target[learned])
            found[left_out] = model.predict_proba(table.features[left_out])[:, 1]
        first_is_right[left_out] = table.first_is_right[left_out]
        among_first[left_out] = table.among_first[left_out]
        fold[left_out] = number
        gap_lead[left_out] = -table.column("gap_margin")[left_out]
    return LeftOut(confidence, support, answerable, first_is_right, among_first, gap_lead, fold)


def _folds(seen: Sequence[Observation]) -> Iterator[tuple[Rows, Rows]]:
    """Yield the questions to learn from and those left out; translations stay together."""
    from sklearn.model_selection import StratifiedGroupKFold, StratifiedKFold

    answerable = np.array([one.answerable for one in seen])
    originals = [one.original for one in seen]
    rows = answerable.reshape(-1, 1)
    if len(set(originals)) == len(originals):
        folds = StratifiedKFold(_FOLDS, shuffle=True, random_state=_SEED)
        yield from folds.split(rows, answerable)
    else:
        grouped = StratifiedGroupKFold(_FOLDS, shuffle=True, random_state=_SEED)
        yield from grouped.split(rows, answerable, originals)


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
