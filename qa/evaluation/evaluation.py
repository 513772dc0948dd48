"""A run with its verdicts and estimates: what tables, JSON, report and gate are made of."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from corpus.archive import Archive
from corpus.judgments import Question
from qa.evaluation.measures import BY_NAME, MEASURES
from qa.evaluation.responses import Responses
from qa.evaluation.statistics import (
    NONE,
    Estimate,
    Point,
    auroc_interval,
    coverage_at_risk,
    excess_aurc,
    proportion,
    risk_coverage,
    with_missing,
)
from qa.evaluation.verdicts import DIMENSIONS, PARTS, Outcome, Verdict, judge

SLICED = ("hit1", "in5", "decisions_right")
"""The measures shown for every slice."""

PARTED = (
    "hit1", "hit3", "in5", "seen_right", "answered_right", "denied_falsely", "asserted_wrong",
    "abstained_unanswerable",
)  # fmt: skip
"""Those shown besides for every document, language and style, with AUROC."""

OF_CONFIDENCE = ("auroc", "auroc_right", "e_aurc", "coverage_at_risk")
"""What nobody can tell who does not know the confidence of every answer."""


@dataclass(frozen=True, slots=True)
class Cost:
    """What a run took.

    Attributes:
        stages: stage to seconds, one value for each question (for ``open``: one).
        peak_bytes: highest resident memory of the process; None where it cannot be told.
        seconds: opening, all answers, and the rankings that only the bench asks for; None
            where the system was not run here.
    """

    stages: Mapping[str, tuple[float, ...]] = field(default_factory=dict)
    peak_bytes: int | None = None
    seconds: float | None = None


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
        notes: sentences on what could not be measured.
    """

    name: str
    verdicts: tuple[Verdict, ...]
    estimates: Mapping[str, Estimate]
    curve: tuple[Point, ...]
    risk: float
    slices: tuple[Slice, ...]
    cost: Cost
    seed: int
    notes: tuple[str, ...] = ()

    @property
    def deterministic_failures(self) -> tuple[str, ...]:
        """Faults that need no statistics: altered quotes and wrong speakers, one a sentence."""
        return tuple(
            f"{verdict.question.qid}: the quote {cited.document} {cited.start}-{cited.end} {fault}"
            for verdict in self.verdicts
            for checked, fault in (
                (verdict.verbatim, "is not verbatim"),
                (verdict.attributed, "is given the wrong speaker"),
            )
            for cited, good in checked.items()
            if not good
        )


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
    silent = sum(v.response is not None and v.confidence is None for v in verdicts)
    curve = () if silent else _curve(verdicts)
    estimates = {m.name: m.estimate(verdicts, seed) for m in MEASURES}
    estimates |= _of_quotes(verdicts)
    if curve:
        estimates |= _of_confidence(verdicts, curve, risk, seed)
    else:
        estimates |= dict.fromkeys(OF_CONFIDENCE, NONE)
    return Evaluation(
        name=name,
        verdicts=verdicts,
        estimates=estimates,
        curve=curve,
        risk=risk,
        slices=_slices(verdicts, seed),
        cost=cost or Cost(_own_seconds(responses)),
        seed=seed,
        notes=_notes(name, verdicts, silent),
    )


def _notes(name: str, verdicts: Sequence[Verdict], silent: int) -> tuple[str, ...]:
    notes = []
    if silent:
        notes.append(
            f"{name} states no confidence in {silent} of its answers: no AUROC, "
            "no risk-coverage curve and no coverage can be told."
        )
    everything = [cited for verdict in verdicts for cited in verdict.verbatim]
    unknown = sum(not cited.names_speaker for cited in everything)
    if unknown:
        notes.append(f"{name} does not say who speaks in {unknown} of {len(everything)} quotes.")
    unread = sum(verdict.outcome is Outcome.UNREAD for verdict in verdicts)
    if unread:
        notes.append(f"{name} did not answer {unread} questions at all; they count as failures.")
    return tuple(notes)


def _of_quotes(verdicts: Sequence[Verdict]) -> dict[str, Estimate]:
    """Count every quote once, however many questions it was given to: repetitions prove nothing."""
    copies = {(c.key, c.text, c.sha256): same for v in verdicts for c, same in v.verbatim.items()}
    voices = {(c.key, c.speaker): same for v in verdicts for c, same in v.attributed.items()}
    return {
        "verbatim_rate": proportion(list(copies.values()), "exact"),
        "attribution": proportion(list(voices.values()), "exact"),
    }


def _of_confidence(
    verdicts: Sequence[Verdict], curve: Sequence[Point], risk: float, seed: int
) -> dict[str, Estimate]:
    confidences = [v.confidence for v in verdicts]
    right = [not v.top_wrong for v in verdicts]
    excess = excess_aurc(_kept_last(verdicts), [v.top_wrong for v in verdicts])
    covered = coverage_at_risk(curve, risk)
    return {
        "auroc": _auroc(verdicts, seed),
        "auroc_right": auroc_interval(with_missing(confidences, right), right, seed),
        "e_aurc": Estimate(excess, None, None, len(verdicts)),
        "coverage_at_risk": Estimate(covered, None, None, len(verdicts)),
    }


def _auroc(verdicts: Sequence[Verdict], seed: int) -> Estimate:
    """Tell answerable questions from others; nothing where an answer states no confidence."""
    if any(v.response is not None and v.confidence is None for v in verdicts):
        return NONE
    answerable = [v.question.answerable for v in verdicts]
    return auroc_interval(
        with_missing([v.confidence for v in verdicts], answerable), answerable, seed
    )


def _curve(verdicts: Sequence[Verdict]) -> tuple[Point, ...]:
    return risk_coverage(_kept_last(verdicts), [v.top_wrong for v in verdicts])


def _kept_last(verdicts: Sequence[Verdict]) -> list[float]:
    """Return confidences; a missing answer, always wrong, is the last that would be kept."""
    return with_missing([v.confidence for v in verdicts], [True] * len(verdicts))


def _slices(verdicts: Sequence[Verdict], seed: int) -> tuple[Slice, ...]:
    found = []
    for dimension in DIMENSIONS:
        parts: dict[str, list[Verdict]] = {}
        for verdict in verdicts:
            if dimension in verdict.slices:
                parts.setdefault(verdict.slices[dimension], []).append(verdict)
        measures = dict.fromkeys((*SLICED, *(PARTED if dimension in PARTS else ())))
        for value, part in sorted(parts.items()):
            estimates = {name: BY_NAME[name].estimate(part, seed) for name in measures}
            if dimension in PARTS:
                estimates["auroc"] = _auroc(part, seed)
            found.append(Slice(dimension, value, len(part), estimates))
    return tuple(found)


def _own_seconds(responses: Responses) -> dict[str, tuple[float, ...]]:
    seconds = tuple(r.seconds for r in responses.values() if r.seconds is not None)
    return {"answer": seconds} if seconds else {}
