"""Tables for a terminal."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from rich.box import SIMPLE_HEAD
from rich.console import Console
from rich.table import Table
from rich.text import Text

from qa.evaluation.comparison import Comparison
from qa.evaluation.evaluation import SLICED, Evaluation
from qa.evaluation.measures import BY_NAME
from qa.evaluation.output import percentile
from qa.evaluation.statistics import Estimate
from qa.evaluation.verdicts import PARTS
from qa.render.terminal import visible

TITLES = {name: measure.title for name, measure in BY_NAME.items()} | {
    "auroc": "AUROC, answerable or not",
    "auroc_right": "AUROC, best quote right or not",
    "e_aurc": "E-AURC (0 is ideal)",
    "coverage_at_risk": "coverage at the stated risk",
    "verbatim_rate": "verbatim quotes",
    "attribution": "speaker as in the turn in force",
}

HEADLINE = (
    "hit1", "in5", "seen_right", "answered_right", "denied_falsely", "asserted_right",
    "asserted_wrong", "asserted_unanswerable", "abstained_unanswerable", "auroc", "quote_f1",
    "verbatim_rate", "attribution",
)  # fmt: skip
SHORT_TITLES = {
    "hit1": "@1", "hit3": "@3", "in5": "@5", "seen_right": "seen", "answered_right": "right",
    "denied_falsely": "denied", "asserted_wrong": "wrong", "abstained_unanswerable": "declined",
    "auroc": "AUROC",
}  # fmt: skip
"""Of the measures of :func:`print_parts`: as many as fit a line."""
_MEGABYTE = 1_000_000
COLUMNS = 2
"""Systems side by side in a table; more do not fit a terminal of 80 columns."""


class _VisibleConsole(Console):
    """A console to which no text, of a table's cell either, can give orders."""

    def render_str(self, text: str, **styled: Any) -> Text:
        """Return text to be printed, signs that a terminal obeys shown by their code."""
        return super().render_str(visible(text), **styled)


def plain_console(*, stderr: bool = False) -> Console:
    """Return a console that prints text from data as it is, brackets and colons included."""
    return _VisibleConsole(stderr=stderr, markup=False, emoji=False, highlight=False)


def in_figures(estimate: Estimate) -> str:
    """Return ``0.414 (0.353-0.477)``, or a dash where there was nothing to measure."""
    if estimate.value is None:
        return "–"
    if estimate.low is None or estimate.high is None:
        return f"{estimate.value:.3f}"
    return f"{estimate.value:.3f} ({estimate.low:.3f}–{estimate.high:.3f})"


def in_short(estimate: Estimate, digits: int = 3) -> str:
    """Return the value alone, or a dash where there was nothing to measure."""
    return "–" if estimate.value is None else f"{estimate.value:.{digits}f}"


def print_evaluations(console: Console, runs: Sequence[Evaluation], everything: bool) -> None:
    """Print measures as rows and systems as columns.

    Args:
        console: where to print.
        runs: on the same questions, the one in question first.
        everything: all measures, or those of :data:`HEADLINE`.
    """
    for start in range(0, len(runs), COLUMNS):
        part = runs[start : start + COLUMNS]
        table = Table(title=f"{len(runs[0].verdicts)} questions; 95 % intervals")
        table.add_column("measure")
        for run in part:
            table.add_column(run.name, no_wrap=True)
        for name in TITLES if everything else HEADLINE:
            table.add_row(TITLES[name], *(in_figures(run.estimates[name]) for run in part))
        console.print(table)


def print_parts(console: Console, runs: Sequence[Evaluation]) -> None:
    """Print by document, by language and by style, where there are several of them."""
    for dimension in PARTS:
        values = list(dict.fromkeys(p.value for p in runs[0].slices if p.dimension == dimension))
        if len(values) < 2:  # noqa: PLR2004 - nothing to part
            continue
        # A name is folded where it is long, never cut: two documents may begin alike.
        table = Table(title=f"by {dimension}", box=None, padding=(0, 1, 0, 0))
        table.add_column(dimension, overflow="fold")
        for title in ("n", *SHORT_TITLES.values()):
            table.add_column(title, no_wrap=True)
        for value in values:
            if len(runs) > 1:
                table.add_row(value)
            for run in runs:
                part = next(p for p in run.slices if (p.dimension, p.value) == (dimension, value))
                figures = (in_short(part.estimates[name], 2) for name in SHORT_TITLES)
                name = value if len(runs) == 1 else f"  {run.name}"
                table.add_row(name, str(part.questions), *figures)
        console.print(table)


def print_slices(console: Console, run: Evaluation) -> None:
    """Print the sliced measures, one row for each slice."""
    table = Table(title=f"{run.name}, by slice")
    for title in ("by", "value", "questions"):
        table.add_column(title)
    for name in SLICED:
        table.add_column(TITLES[name])
    for part in run.slices:
        figures = [in_figures(part.estimates[name]) for name in SLICED]
        table.add_row(part.dimension, part.value, str(part.questions), *figures)
    console.print(table)


def print_cost(console: Console, run: Evaluation) -> None:
    """Print latency by stage, and memory where it was measured."""
    for stage, times in run.cost.stages.items():
        p50, p95 = percentile(times, 50), percentile(times, 95)
        console.print(
            f"{stage}: p50 {1000 * p50:.0f} ms, p95 {1000 * p95:.0f} ms, "
            f"sum {sum(times):.1f} s ({len(times)})"
            if len(times) > 1
            else f"{stage}: {sum(times):.1f} s"
        )
    if run.cost.seconds is not None:
        console.print(f"whole run, rankings for the bench included: {run.cost.seconds:.1f} s")
    if run.cost.peak_bytes is not None:
        console.print(f"peak memory: {run.cost.peak_bytes / _MEGABYTE:.0f} MB")


def in_signs(value: float | None, form: str = "+.3f") -> str:
    """Return a number, or a dash where there is none."""
    return "–" if value is None else format(value, form)


def print_comparisons(
    console: Console, comparisons: Sequence[Comparison], titles: Mapping[str, str] = TITLES
) -> None:
    """Print differences with interval, corrected p, detectable effect and a verdict in words."""
    for other in dict.fromkeys(row.other for row in comparisons):
        rows = [row for row in comparisons if row.other == other]
        console.print(_compared(rows, titles))


def _compared(rows: Sequence[Comparison], titles: Mapping[str, str]) -> Table:
    title = f"Gain or loss of {rows[0].other} over {rows[0].first}"
    table = Table(title=title, box=SIMPLE_HEAD, show_edge=False)
    for name in ("measure", "difference", "p (Holm)", "detectable", "verdict"):
        table.add_column(name)
    for row in rows:
        d = row.difference
        table.add_row(
            titles.get(row.measure, row.measure),
            f"{d.value:+.3f} ({d.low:+.3f} to {d.high:+.3f})",
            f"{d.p:.4f}",
            in_signs(d.detectable, ".3f"),
            row.verdict,
        )
    return table
