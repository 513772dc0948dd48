"""Which of an evaluation's figures go into which plot."""

from __future__ import annotations

from collections.abc import Sequence

from qa.evaluation.evaluation import Evaluation, Slice
from qa.evaluation.svg import Interval, Line, dot_plot, histogram, line_plot


def risk_coverage_plot(runs: Sequence[Evaluation]) -> str:
    """Return risk against coverage, a line for each system."""
    lines = [
        Line(run.name, [(p.coverage, p.risk) for p in run.curve], stepped=True) for run in runs
    ]
    return line_plot(
        "Risk against coverage", "share of questions answered", "share answered wrongly", lines
    )


def hits_at(run: Evaluation, depth: int) -> float:
    """Return the share of answerable questions with a right quote among the first ``depth``."""
    ranks = [v.retrieval["RR"] for v in run.verdicts if v.question.answerable]
    return sum(rr * depth >= 1 - 1e-9 for rr in ranks) / len(ranks) if ranks else 0.0


def hits_plot(runs: Sequence[Evaluation], depths: Sequence[int]) -> str:
    """Return hit@k over k, a line for each system."""
    lines = [Line(run.name, [(k, hits_at(run, k)) for k in depths]) for run in runs]
    last = max(depths)
    return line_plot(
        "hit@k", "quotes read (k)", "questions with a right quote", lines, last, x_ticks=last
    )


def recall_at(run: Evaluation, depth: int) -> float:
    """Return the mean share of gold spans hit by the first ``depth`` quotes."""
    shares = [v.retrieval[f"R@{depth}"] for v in run.verdicts if v.question.answerable]
    return sum(shares) / len(shares) if shares else 0.0


def recall_plot(runs: Sequence[Evaluation], depths: Sequence[int]) -> str:
    """Return recall@k over k, a line for each system."""
    lines = [Line(run.name, [(k, recall_at(run, k)) for k in depths]) for run in runs]
    last = max(depths)
    return line_plot(
        "Recall@k", "quotes read (k)", "gold passages found", lines, last, x_ticks=last
    )


def latency_plot(run: Evaluation) -> str:
    """Return for each stage the share of questions that took no longer than a time."""
    stages = {name: sorted(times) for name, times in run.cost.stages.items() if len(times) > 1}
    if not stages:
        return ""
    lines = [
        Line(name, [(0.0, 0.0), *((t, n / len(times)) for n, t in enumerate(times, 1))], True)
        for name, times in stages.items()
    ]
    longest = max(times[-1] for times in stages.values())
    return line_plot("Time taken", "seconds", "share of questions", lines, longest or 1.0)


def confidence_histogram(run: Evaluation) -> str:
    """Return the confidences, apart for questions that can be answered and others."""
    groups = [
        (
            name,
            [
                _clip(v.confidence)
                for v in run.verdicts
                if v.confidence is not None and v.question.answerable is answerable
            ],
        )
        for name, answerable in (("answerable", True), ("unanswerable", False))
    ]
    return histogram("Confidence", "confidence", groups)


def slice_plot(dimension: str, parts: Sequence[Slice]) -> str:
    """Return the share of right decisions in each slice with its interval."""
    rows = []
    for part in parts:
        estimate = part.estimates["decisions_right"]
        if estimate.value is not None:
            low, high = estimate.low or 0.0, estimate.high or 0.0
            rows.append(Interval(f"{part.value} ({part.questions})", estimate.value, low, high))
    return dot_plot(f"Decisions right by {dimension}", rows)


def _clip(value: float) -> float:
    """Foreign systems may give scores that are no probabilities."""
    return min(max(value, 0.0), 1.0)
