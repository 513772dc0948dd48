"""A run with its verdicts and estimates: what tables, JSON, report and gate are made of."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from corpus.archive import Archive
from corpus.judgments import Question
from qa.evaluation.abstention import (
    Point,
    coverage_at_risk,
    excess_aurc,
    risk_coverage,
)
from qa.evaluation.measures import BY_NAME, MEASURES
from qa.evaluation.responses import Responses
from qa.evaluation.slices import DIMENSIONS
from qa.evaluation.statistics import Estimate, auroc_interval, proportion
from qa.evaluation.verdicts import Outcome, Verdict, judge

SLICED = ("hit1", "in5", "decisions_right")
"""The measures shown for every slice."""


@dataclass(frozen=True, slots=True)
class Cost:
    """What a run took.

    Attributes:
        stages: stage to seconds, one value for each question (for ``open``: one).
        peak_bytes: highest resident memory of the process; None where it cannot be told.
    """

    stages: Mapping[str, tuple[float, ...]] = field(default_factory=dict)
    peak_bytes: int | None = None


@dataclass(frozen=True, slots=True)
class Slice:
    """Estimates of one part of the questions."""

    dimension: str
    value: str
    questions: int
    estimates: Mapping[str, Estimate]


@dataclass(frozen=True, slots=True)
class Evaluation:
    """One system on one set of questions.

    Attributes:
        name: of the system.
        verdicts: one for each question.
        estimates: measure to value with interval.
        curve: risk against coverage.
        risk: the risk at which coverage is stated.
        slices: the same measures for parts of the questions.
        cost: time and memory.
        seed: of the intervals.
    """

    name: str
    verdicts: tuple[Verdict, ...]
    estimates: Mapping[str, Estimate]
    curve: tuple[Point, ...]
    risk: float
    slices: tuple[Slice, ...]
    cost: Cost
    seed: int

    @property
    def deterministic_failures(self) -> tuple[str, ...]:
        """Faults that need no statistics: an altered quote, a right quote's wrong speaker."""
        faults = []
        for verdict in self.verdicts:
            altered = verdict.verbatim.count(False)
            if altered:
                faults.append(f"{verdict.question.qid}: {altered} of its quotes are not verbatim")
            if verdict.misattributed_right:
                faults.append(f"{verdict.question.qid}: a right quote is given the wrong speaker")
        return tuple(faults)


def evaluate(
    name: str,
    questions: Sequence[Question],
    responses: Responses,
    archive: Archive,
    *,
    risk: float,
    seed: int,
    cost: Cost | None = None,
) -> Evaluation:
    """Judge a system's responses and estimate every measure.

    Args:
        name: of the system, for tables and files.
        questions: the gold.
        responses: by qid; a missing one counts as a failure.
        archive: the documents quoted.
        risk: the share of wrong quotes at which coverage is stated.
        seed: of the bootstrap.
        cost: time by stage; where None, the responses' own ``seconds`` are taken.
    """
    verdicts = judge(questions, responses, archive)
    curve = risk_coverage([v.confidence for v in verdicts], [v.top_wrong for v in verdicts])
    estimates = {m.name: m.estimate(verdicts, seed) for m in MEASURES}
    estimates |= _of_quotes(verdicts) | _of_confidence(verdicts, curve, risk, seed)
    return Evaluation(
        name=name,
        verdicts=verdicts,
        estimates=estimates,
        curve=curve,
        risk=risk,
        slices=_slices(verdicts, seed),
        cost=cost or Cost(_own_seconds(responses)),
        seed=seed,
    )


def _of_quotes(verdicts: Sequence[Verdict]) -> dict[str, Estimate]:
    return {
        "verbatim_rate": proportion([same for v in verdicts for same in v.verbatim], "exact"),
        "attribution": proportion([same for v in verdicts for same in v.attributed], "exact"),
    }


def _of_confidence(
    verdicts: Sequence[Verdict], curve: Sequence[Point], risk: float, seed: int
) -> dict[str, Estimate]:
    read = [v for v in verdicts if v.outcome is not Outcome.UNREAD]
    confidences = [v.confidence for v in read]
    excess = excess_aurc([v.confidence for v in verdicts], [v.top_wrong for v in verdicts])
    covered = coverage_at_risk(curve, risk)
    return {
        "auroc": auroc_interval(confidences, [v.question.answerable for v in read], seed),
        "auroc_right": auroc_interval(confidences, [not v.top_wrong for v in read], seed),
        "e_aurc": Estimate(excess, None, None, len(verdicts)),
        "coverage_at_risk": Estimate(covered, None, None, len(verdicts)),
    }


def _slices(verdicts: Sequence[Verdict], seed: int) -> tuple[Slice, ...]:
    found = []
    for dimension in DIMENSIONS:
        parts: dict[str, list[Verdict]] = {}
        for verdict in verdicts:
            parts.setdefault(verdict.slices[dimension], []).append(verdict)
        for value, part in sorted(parts.items()):
            estimates = {name: BY_NAME[name].estimate(part, seed) for name in SLICED}
            found.append(Slice(dimension, value, len(part), estimates))
    return tuple(found)


def _own_seconds(responses: Responses) -> dict[str, tuple[float, ...]]:
    seconds = tuple(r.seconds for r in responses.values() if r.seconds is not None)
    return {"answer": seconds} if seconds else {}
