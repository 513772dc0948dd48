"""Every measure of a run that is a value per question, in one table."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Literal

from qa.evaluation.statistics import Estimate, mean, proportion
from qa.evaluation.verdicts import WORD_BUDGETS, Outcome, Verdict

Value = Callable[[Verdict], float | None]


@dataclass(frozen=True, slots=True)
class Measure:
    """One value per question.

    Attributes:
        name: key in the JSON.
        title: as in tables.
        of: the value of one question, or None where the measure does not apply to it.
        interval: how its uncertainty is computed.
        higher_is_better: direction of improvement.
    """

    name: str
    title: str
    of: Value
    interval: Literal["wilson", "exact", "bootstrap"]
    higher_is_better: bool = True

    def values(self, verdicts: Sequence[Verdict]) -> dict[str, float]:
        """Return qid to value, for the questions it applies to."""
        found = ((verdict.question.qid, self.of(verdict)) for verdict in verdicts)
        return {qid: value for qid, value in found if value is not None}

    def estimate(self, verdicts: Sequence[Verdict], seed: int) -> Estimate:
        """Return the mean over questions with its interval."""
        values = list(self.values(verdicts).values())
        if self.interval == "bootstrap":
            return mean(values, seed)
        return proportion([value == 1.0 for value in values], self.interval)


def _ranked(name: str) -> Value:
    return lambda verdict: verdict.retrieval.get(name)


def _words(budget: int) -> Value:
    return lambda verdict: verdict.recall_at.get(budget)


def _covered(part: Literal["precision", "recall", "f1", "exact", "sufficient"]) -> Value:
    def value(verdict: Verdict) -> float | None:
        return None if verdict.coverage is None else float(getattr(verdict.coverage, part))

    return value


def _over_quoting(verdict: Verdict) -> float | None:
    if verdict.coverage is None or verdict.outcome is not Outcome.RIGHT:
        return None
    return 1.0 - verdict.coverage.precision


def _among(answerable: bool, *outcomes: Outcome) -> Value:
    def value(verdict: Verdict) -> float | None:
        if verdict.question.answerable is not answerable:
            return None
        return float(verdict.outcome in outcomes)

    return value


def _asserted_wrong(verdict: Verdict) -> float:
    return float(verdict.outcome in (Outcome.ANSWERED_WRONG, Outcome.FALSE_ANSWER))


def _asserted_right(verdict: Verdict) -> float | None:
    if verdict.response is None or not verdict.response.answered:
        return None
    return float(verdict.outcome is Outcome.RIGHT)


def _wrong_quote(verdict: Verdict) -> float | None:
    if verdict.response is None or not verdict.response.answered:
        return None
    return float(verdict.outcome in (Outcome.ANSWERED_WRONG, Outcome.FALSE_ANSWER))


MEASURES = (
    Measure("decisions_right", "decisions right", lambda v: float(v.outcome.right), "wilson"),
    Measure("answered_right", "answerable: right quote", _among(True, Outcome.RIGHT), "wilson"),
    Measure(
        "answered_wrong",
        "answerable: wrong quote",
        _among(True, Outcome.ANSWERED_WRONG),
        "wilson",
        higher_is_better=False,
    ),
    Measure(
        "unanswerable_refused",
        "unanswerable: declined",
        _among(False, Outcome.DECLINED),
        "wilson",
    ),
    Measure(
        "unanswerable_tolerated",
        "unanswerable: tolerated quote",
        _among(False, Outcome.TOLERATED),
        "wilson",
        higher_is_better=False,
    ),
    Measure(
        "wrong_quote_rate",
        "answers with a wrong quote",
        _wrong_quote,
        "exact",
        higher_is_better=False,
    ),
    Measure(
        "seen_right",
        "answerable: right quote or offer",
        _among(True, Outcome.RIGHT, Outcome.OFFERED_RIGHT),
        "wilson",
    ),
    Measure(
        "denied_falsely",
        "answerable: not found",
        _among(True, Outcome.MISSED, Outcome.UNREAD),
        "wilson",
        higher_is_better=False,
    ),
    Measure("asserted_right", "quotes asserted: right", _asserted_right, "exact"),
    Measure(
        "asserted_wrong",
        "all: wrong quote asserted",
        _asserted_wrong,
        "wilson",
        higher_is_better=False,
    ),
    Measure(
        "asserted_unanswerable",
        "unanswerable: quote asserted",
        _among(False, Outcome.FALSE_ANSWER, Outcome.TOLERATED),
        "wilson",
        higher_is_better=False,
    ),
    Measure(
        "abstained_unanswerable",
        "unanswerable: not found",
        _among(False, Outcome.DECLINED),
        "wilson",
    ),
    Measure("hit1", "hit@1", _ranked("Success@1"), "wilson"),
    Measure("hit3", "hit@3", _ranked("Success@3"), "wilson"),
    Measure("in5", "hit@5", _ranked("Success@5"), "wilson"),
    Measure("hit10", "hit@10", _ranked("Success@10"), "wilson"),
    Measure("mrr", "MRR", _ranked("RR"), "bootstrap"),
    Measure("p5", "P@5", _ranked("P@5"), "bootstrap"),
    Measure("recall1", "Recall@1", _ranked("R@1"), "bootstrap"),
    Measure("recall5", "Recall@5", _ranked("R@5"), "bootstrap"),
    Measure("recall10", "Recall@10", _ranked("R@10"), "bootstrap"),
    Measure("ndcg10", "nDCG@10", _ranked("nDCG@10"), "bootstrap"),
    *(
        Measure(f"recall_{n}_words", f"recall in {n} words", _words(n), "bootstrap")
        for n in WORD_BUDGETS
    ),
    Measure("quote_precision", "quote precision", _covered("precision"), "bootstrap"),
    Measure("quote_recall", "quote recall", _covered("recall"), "bootstrap"),
    Measure("quote_f1", "quote F1", _covered("f1"), "bootstrap"),
    Measure("quote_exact", "quote exact", _covered("exact"), "wilson"),
    Measure("quote_sufficient", "all gold quoted", _covered("sufficient"), "wilson"),
    Measure("over_quoting", "over-quoting", _over_quoting, "bootstrap", higher_is_better=False),
)

BY_NAME = {measure.name: measure for measure in MEASURES}
