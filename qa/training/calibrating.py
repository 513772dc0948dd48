"""Fitting a reader on gold questions: the order of candidates, and what it may claim.

The order is a weighted sum of signals; the probabilities are logistic regressions on features:
whether the archive answers, and whether the best candidate is right. All figures are for questions
left out, by cross-validation.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np

from corpus.files import regular_bytes
from corpus.judgments import Question, read_questions, read_strange
from qa.answering import Answerer, policy_of
from qa.errors import UsageError
from qa.reader.calibration import Calibration, Calibrations
from qa.reader.policy import Costs, Rates
from qa.training.gaps import fitted_margin, left_out_gaps
from qa.training.left_out import FOLDS, LeftOut, left_out_decisions, order_of
from qa.training.observing import Observation, observe, observe_strange
from qa.training.probabilities import answers_of, right_of, table_of

_LEAST_OF_A_KIND = FOLDS
_LEAST_OF_A_LANGUAGE = 5
"""So many questions in a language, answerable and not, show what its quotes are worth."""


_SHARE_ELSEWHERE = 0.25
"""What questions about other documents count together beside the archive's own unanswerable ones:
most people ask about what they see before them."""


@dataclass(frozen=True, slots=True)
class Readers:
    """The ways of reading an archive that are calibrated.

    Attributes:
        tuned: with all there is; None where no encoder was tuned to the archive.
        described: without a tuned encoder; None where no document has a finding aid.
        text_only: without the finding aid too; None where every document has one.
    """

    tuned: Answerer | None
    described: Answerer | None
    text_only: Answerer | None

    @property
    def any(self) -> Answerer:
        """The first of them; there is one."""
        return next(one for one in (self.described, self.text_only) if one is not None)


@dataclass(frozen=True, slots=True)
class QuestionSet:
    """Documents without a finding aid, and gold questions about them.

    Attributes:
        name: of the set.
        reader: reads them by their own words alone.
        files: of the questions.
    """

    name: str
    reader: Answerer
    files: tuple[Path, ...]


def calibrate(
    readers: Readers, files: Sequence[Path], out: Path, elsewhere: Sequence[Path] = ()
) -> str:
    """Fit what an archive learns of itself, write it, and say in words how well it does.

    Args:
        readers: of the archive.
        files: gold questions about it.
        out: where to write it.
        elsewhere: gold questions about documents that it does not hold.

    Raises:
        JudgmentError: a gold file has faults.
        UsageError: together they have too few questions of either kind.
        SettingsError: ``out`` cannot be written.
    """
    archive = readers.any.archive
    gold = [q for file in files for q in read_questions(file, archive)]
    documents = {transcript.record.language_code for transcript in archive}
    own = [question for question in gold if question.language in documents]
    _check_kinds(own, files)
    strange = [question for file in elsewhere for question in read_strange(file)]
    source = "; ".join(map(_named, files))
    if elsewhere:
        source += f"; about other documents: {'; '.join(map(_named, elsewhere))}"
    costs = policy_of(readers.any.settings).costs

    def fitted(answerer: Answerer | None, languages: Collection[str] | None = None) -> _Fitted:
        if answerer is None:
            return _NOT_FITTED
        seen = observe(
            answerer, [one for one in gold if languages is None or one.language in languages]
        )
        lacking = sum(not one.answerable for one in seen)
        others = [one for one in strange if languages is None or one.language in languages]
        seen += observe_strange(answerer, others, weight=_SHARE_ELSEWHERE * lacking)
        return _fitted(seen, source, costs)

    # The tuned encoder is not asked in other languages.
    tuned = fitted(readers.tuned, documents)
    described, text_only = fitted(readers.described), fitted(readers.text_only)
    Calibrations(
        readers.any.settings.model,
        {transcript.id: transcript.sha256 for transcript in archive},
        tuned.calibration,
        described.calibration,
        text_only.calibration,
    ).write(out)
    return (
        f"With the tuned encoder: {tuned.said}\nWith the finding aid: {described.said}\n"
        f"With the text alone: {text_only.said}\nWritten to {out}."
    )


def calibrate_for_any(described: Calibration | None, sets: Sequence[QuestionSet], out: Path) -> str:
    """Fit what many documents teach about any other, write it, and say how well it does.

    Each document is left out in turn: none is judged by what was fitted on it.

    Args:
        described: what was learned of documents with a finding aid; nothing is fitted to them.
        sets: documents without one.
        out: where to write it.

    Raises:
        JudgmentError, UsageError, SettingsError: as for :func:`calibrate`.
    """
    seen: list[Observation] = []
    for one in sets:
        gold = [q for file in one.files for q in read_questions(file, one.reader.archive)]
        seen += observe(one.reader, gold, source=one.name)
    seen = evenly(seen)
    source = "; ".join(_named(file) for one in sets for file in one.files)
    settings = sets[0].reader.settings
    fitted = _fitted(seen, source, policy_of(settings).rates)
    Calibrations(settings.model, {}, None, described, fitted.calibration).write(out)
    documents = len({one.group for one in seen})
    return "\n".join(
        (
            f"On {documents} documents, with the text alone: {fitted.said}",
            *_by_set(fitted, seen, policy_of(settings).rates),
            f"Written to {out}.",
        )
    )


def _by_set(fitted: _Fitted, seen: Sequence[Observation], rates: Rates) -> Iterator[str]:
    for name in dict.fromkeys(one.source for one in seen):
        among = np.array([one.source == name for one in seen])
        if fitted.left_out is not None:
            yield f"{name}: {fitted.left_out.report(rates, among)}"


@dataclass(frozen=True, slots=True)
class _Fitted:
    """A calibration, the decisions on questions left out, and in words how well it does."""

    calibration: Calibration | None
    left_out: LeftOut | None
    said: str


_NOT_FITTED = _Fitted(None, None, "there is nothing to fit.")


def evenly(seen: Sequence[Observation]) -> list[Observation]:
    """Let every document count the same, however many questions it has; 1 on average."""
    if not seen:
        return []
    counts = Counter(one.group for one in seen)
    share = len(seen) / len(counts)
    return [replace(one, weight=share / counts[one.group]) for one in seen]


def _check_kinds(gold: Sequence[Question], files: Sequence[Path]) -> None:
    answerable = sum(question.answerable for question in gold)
    if min(answerable, len(gold) - answerable) < _LEAST_OF_A_KIND:
        names = ", ".join(map(str, files))
        raise UsageError(
            f"{names}: needs at least {_LEAST_OF_A_KIND} questions that the archive answers "
            f"and {_LEAST_OF_A_KIND} that it does not."
        )


def _named(file: Path) -> str:
    return f"{file.name}, SHA-256 {hashlib.sha256(regular_bytes(file)).hexdigest()}"


def _fitted(seen: Sequence[Observation], source: str, errors: Costs | Rates) -> _Fitted:
    """Fit an order and probabilities.

    Raises:
        UsageError: too little of what was found tells right from wrong.
    """
    _check(seen)
    order = order_of(seen)
    table = table_of(seen, order)
    if table.first_is_right.sum() < _LEAST_OF_A_KIND:
        raise UsageError(
            f"The first candidate is right for {table.first_is_right.sum()} questions only; "
            f"{_LEAST_OF_A_KIND} are needed. Calibrate with more questions that have an answer."
        )
    left_out = left_out_decisions(seen)
    own = np.array([not one.is_elsewhere for one in seen])
    declined = ~left_out.states(errors).quoted & own
    gaps = left_out.gap_lead[declined], left_out.answerable[declined]
    asked = Counter(one.language for one in seen if not one.is_elsewhere)
    calibration = Calibration(
        order=order,
        answers=answers_of(table),
        right=right_of(table),
        fitted_on=source,
        questions=int(own.sum()),
        languages=tuple(sorted(n for n, count in asked.items() if count >= _LEAST_OF_A_LANGUAGE)),
        left_out=left_out.trials,
        gap_margin=fitted_margin(*gaps),
        is_general=isinstance(errors, Rates),
    )
    said = [left_out.report(errors, own), left_out_gaps(*gaps)]
    if not own.all():
        said.append(left_out.report_elsewhere(errors, ~own))
    return _Fitted(calibration, left_out, " ".join(said))


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
