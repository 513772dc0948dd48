"""Decisions on questions left out of fitting: what thresholds are fitted on, and every figure."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from qa.reader.calibration import Order, Trial
from qa.reader.policy import Costs, Rates, fitted_thresholds
from qa.training.observing import Observation
from qa.training.ordering import learned_order
from qa.training.probabilities import (
    Flags,
    Rows,
    Vector,
    answers_of,
    chances,
    right_of,
    table_of,
)

FOLDS = 10
_SEED = 0


def order_of(seen: Sequence[Observation]) -> Order:
    """Learn the order of candidates from the answerable ones."""
    asked = [one for one in seen if one.answerable]
    return learned_order([one.judged for one in asked], [one.weight for one in asked])


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
        weights: what each question counts, 1 on average.
        elsewhere: whether it is about documents that the archive does not hold.
    """

    confidence: Vector
    support: Vector
    answerable: Flags
    first_is_right: Flags
    among_first: Flags
    gap_lead: Vector
    fold: Rows
    weights: Vector
    elsewhere: Flags

    @property
    def trials(self) -> tuple[Trial, ...]:
        """The questions as thresholds are fitted on them."""
        told = (self.first_is_right, self.among_first, self.answerable)
        columns = zip(
            self.support, self.confidence, *told, self.weights, self.elsewhere, strict=True
        )
        return tuple(
            Trial(
                round(float(support), 4),
                round(float(confidence), 4),
                bool(first),
                bool(among),
                bool(yes),
                round(float(weight), 4),
                bool(elsewhere),
            )
            for support, confidence, first, among, yes, weight, elsewhere in columns
        )

    def states(self, errors: Costs | Rates) -> States:
        """Decide each question by thresholds that were fitted on the other folds."""
        trials = self.trials
        quote, offer = np.zeros(len(trials)), np.zeros(len(trials))
        for number in set(self.fold.tolist()):
            others = [t for t, n in zip(trials, self.fold, strict=True) if n != number]
            found = fitted_thresholds(others, errors)
            quote[self.fold == number], offer[self.fold == number] = found.quote, found.offer
        quoted = np.array([trial.support for trial in trials]) >= quote
        shown = np.array([trial.confidence for trial in trials]) >= offer
        return States(quoted, shown & ~quoted)

    def report(self, errors: Costs | Rates, among: Flags | None = None) -> str:
        """Say in words how good the decisions are.

        Args:
            errors: what the thresholds are fitted by, always on all questions.
            among: the questions to speak of; None for all.
        """
        from sklearn.metrics import roc_auc_score

        among = np.ones(len(self.support), dtype=bool) if among is None else among
        yes, no = self.answerable & among, ~self.answerable & among
        right = self.first_is_right
        states = self.states(errors)
        quoted, offered = states.quoted & among, states.offered & among
        denied = among & ~(quoted | offered)
        seen = (quoted & right) | (offered & self.among_first)
        thresholds = fitted_thresholds(self.trials, errors)
        auroc = f"{roc_auc_score(yes[among], self.confidence[among]):.3f}" if no.any() else "–"
        return (
            f"{among.sum()} questions; by {FOLDS}-fold cross-validation the first candidate right "
            f"for {np.mean(right[yes]):.3f} of answerable questions, AUROC {auroc}. Of answerable "
            f"questions seen right "
            f"{np.mean(seen[yes]):.3f}, answered right {np.mean((quoted & right)[yes]):.3f}, "
            f"denied falsely {np.mean(denied[yes]):.3f}; of quotes asserted right "
            f"{_share(right[quoted])}; of all questions asserted wrong "
            f"{np.mean((quoted & ~right)[among]):.3f}; of unanswerable ones asserted "
            f"{_share(quoted[no])}, abstained {_share(denied[no])}. Quoted from support "
            f"{thresholds.quote:.2f}, offered from confidence {thresholds.offer:.2f} on."
        )

    def report_elsewhere(self, errors: Costs | Rates, among: Flags) -> str:
        """Say in words what questions about other documents get.

        Args:
            errors: what the thresholds are fitted by, always on all questions.
            among: those questions; at least one.
        """
        states = self.states(errors)
        return (
            f"Of {among.sum()} questions about other documents asserted "
            f"{_share(states.quoted[among])}, offered {_share(states.offered[among])}."
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


def left_out_decisions(seen: Sequence[Observation]) -> LeftOut:
    """Return the decisions on questions left out of fitting, 10-fold, whole groups at a time."""
    count = len(seen)
    confidence, right, gap_lead = np.zeros(count), np.zeros(count), np.zeros(count)
    first_is_right, among_first = np.zeros(count, dtype=bool), np.zeros(count, dtype=bool)
    fold = np.zeros(count, dtype=np.int64)
    answerable = np.array([one.answerable for one in seen])
    for number, (learned, left_out) in enumerate(_folds(seen)):
        table = table_of(seen, order_of([seen[n] for n in learned]))
        confidence[left_out] = chances(table, answers_of(table, learned), left_out)
        right[left_out] = chances(table, right_of(table, learned), left_out)
        first_is_right[left_out] = table.first_is_right[left_out]
        among_first[left_out] = table.among_first[left_out]
        fold[left_out] = number
        gap_lead[left_out] = -table.column("gap_margin")[left_out]
    return LeftOut(
        confidence,
        confidence * right,
        answerable,
        first_is_right,
        among_first,
        gap_lead,
        fold,
        weights=np.array([one.weight for one in seen]),
        elsewhere=np.array([one.is_elsewhere for one in seen]),
    )


def _folds(seen: Sequence[Observation]) -> Iterator[tuple[Rows, Rows]]:
    """Yield the questions to learn from and those left out; groups stay together."""
    from sklearn.model_selection import StratifiedGroupKFold, StratifiedKFold

    answerable = np.array([one.answerable for one in seen])
    groups = [one.group for one in seen]
    rows = answerable.reshape(-1, 1)
    if len(set(groups)) == len(groups):
        folds = StratifiedKFold(FOLDS, shuffle=True, random_state=_SEED)
        yield from folds.split(rows, answerable)
    else:
        most = min(FOLDS, len(set(groups)))
        grouped = StratifiedGroupKFold(most, shuffle=True, random_state=_SEED)
        yield from grouped.split(rows, answerable, groups)
