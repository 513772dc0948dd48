"""Plots of an evaluation as SVG: how they are drawn, then which figures go into which."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape

from qa.evaluation.evaluation import Evaluation, Slice

WIDTH, HEIGHT = 480, 300
LEFT, RIGHT, TOP, BOTTOM = 58, 14, 34, 42
ROW = 22
_LABELS = 150
_VALUES = 44
_LABEL_LETTERS = 20
_LEGEND_ROW = 18
_COLOURS = 9


@dataclass(frozen=True, slots=True)
class Line:
    """A named line; points are (x, y) in data units, x ascending."""

    name: str
    points: Sequence[tuple[float, float]]
    stepped: bool = False


@dataclass(frozen=True, slots=True)
class Interval:
    """A row of a dot plot: a value in [0, 1] with its interval."""

    label: str
    value: float
    low: float
    high: float


def line_plot(
    title: str,
    x_label: str,
    y_label: str,
    lines: Sequence[Line],
    x_max: float = 1.0,
    x_ticks: int = 4,
) -> str:
    """Return lines over ``[0, x_max] x [0, 1]``."""
    body = [_axes(x_label, y_label, x_max, x_ticks)]
    for number, line in enumerate(lines):
        path = _path(line, x_max)
        body.append(f'<path class="line c{number % _COLOURS}" d="{path}"/>')
    above = 0
    if len(lines) > 1:
        marks = [f'<path class="line c{n % _COLOURS}" d="M0,-4H18"/>' for n in range(len(lines))]
        legend, above = _legend([line.name for line in lines], marks, 24)
        body.append(legend)
    return _figure(title, WIDTH, HEIGHT, "".join(body), above)


def histogram(
    title: str, x_label: str, groups: Sequence[tuple[str, Sequence[float]]], bins: int = 10
) -> str:
    """Return stacked counts of values in [0, 1], one colour for each group."""
    counts = [
        [sum(min(int(value * bins), bins - 1) == i for value in values) for i in range(bins)]
        for _, values in groups
    ]
    top = max((sum(column) for column in zip(*counts, strict=True)), default=0) or 1
    bar = _x(1 / bins, 1.0) - _x(0, 1.0)
    body = [_axes(x_label, "questions", 1.0, 4, top)]
    for i in range(bins):
        below = 0
        for number, group in enumerate(counts):
            y, height = _y((below + group[i]) / top), _y(0) - _y(group[i] / top)
            body.append(
                f'<rect class="fill c{number}" x="{_x(i / bins, 1.0) + 1:.1f}" y="{y:.1f}" '
                f'width="{bar - 2:.1f}" height="{height:.1f}"/>'
            )
            below += group[i]
    marks = [
        f'<rect class="fill c{n}" y="-10" width="12" height="10"/>' for n in range(len(groups))
    ]
    legend, above = _legend([name for name, _ in groups], marks, 17)
    return _figure(title, WIDTH, HEIGHT, "".join(body) + legend, above)


def dot_plot(title: str, rows: Sequence[Interval]) -> str:
    """Return one row for each interval, with its label at the left and a scale from 0 to 1."""
    bottom = 6 + ROW * len(rows)
    width = WIDTH - _LABELS - _VALUES

    def x(value: float) -> float:
        return _LABELS + value * width

    body = [
        f'<path class="grid" d="M{x(tick / 4):.1f},6V{bottom}"/>'
        f'<text class="mid" x="{x(tick / 4):.1f}" y="{bottom + 16}">{tick / 4:g}</text>'
        for tick in range(5)
    ]
    for number, row in enumerate(rows):
        y = 6 + ROW * (number + 0.5)
        body.append(
            f'<text class="end" x="{_LABELS - 10}" y="{y + 4:.1f}">{_label(row.label)}</text>'
            f'<path class="line c0" d="M{x(row.low):.1f},{y:.1f}H{x(row.high):.1f}"/>'
            f'<circle class="fill c0" cx="{x(row.value):.1f}" cy="{y:.1f}" r="4"/>'
            f'<text class="end" x="{WIDTH}" y="{y + 4:.1f}">{row.value:.2f}</text>'
        )
    return _figure(title, WIDTH, bottom + 24, "".join(body))


def _label(text: str) -> str:
    """Return a label that fits; the table beside the plot has it whole."""
    short = text if len(text) <= _LABEL_LETTERS else f"{text[: _LABEL_LETTERS - 1]}…"
    return escape(short)


def _legend(names: Sequence[str], marks: Sequence[str], indent: int) -> tuple[str, int]:
    """Return names in rows above the plot, and by how much the rows exceed the top margin.

    The width of a letter is an estimate.
    """
    places: list[tuple[float, int]] = []
    x, row = float(LEFT), 0
    for name in names:
        width = indent + 7 * len(name) + 18
        if x + width > WIDTH and x > LEFT:
            x, row = float(LEFT), row + 1
        places.append((x, row))
        x += width
    parts = [
        f'<g transform="translate({x:.0f},{TOP - 16 - _LEGEND_ROW * (row - at)})">{mark}'
        f'<text x="{indent}">{escape(name)}</text></g>'
        for name, mark, (x, at) in zip(names, marks, places, strict=True)
    ]
    return "".join(parts), _LEGEND_ROW * row


def _figure(title: str, width: float, height: float, body: str, above: int = 0) -> str:
    return (
        f'<svg class="plot" viewBox="0 {-above} {width} {height + above}" role="img" '
        f'aria-label="{escape(title)}" xmlns="http://www.w3.org/2000/svg">'
        f"<title>{escape(title)}</title>{body}</svg>"
    )


def _axes(x_label: str, y_label: str, x_max: float, x_ticks: int, y_max: float = 1.0) -> str:
    parts = []
    for share in (tick / 4 for tick in range(5)):
        y = _y(share)
        parts.append(
            f'<path class="grid" d="M{LEFT},{y:.1f}H{WIDTH - RIGHT}"/>'
            f'<text class="end" x="{LEFT - 8}" y="{y + 4:.1f}">{share * y_max:.3g}</text>'
        )
    for value in (x_max * tick / x_ticks for tick in range(x_ticks + 1)):
        parts.append(
            f'<text class="mid" x="{_x(value, x_max):.1f}" y="{HEIGHT - BOTTOM + 18}">'
            f"{value:.3g}</text>"
        )
    middle = (LEFT + WIDTH - RIGHT) / 2
    parts.append(f'<text class="mid" x="{middle}" y="{HEIGHT - 6}">{escape(x_label)}</text>')
    parts.append(
        f'<text class="mid" transform="translate(14,{(TOP + HEIGHT - BOTTOM) / 2}) rotate(-90)">'
        f"{escape(y_label)}</text>"
    )
    return "".join(parts)


def _path(line: Line, x_max: float) -> str:
    steps: list[str] = []
    for x, y in ((_x(x, x_max), _y(y)) for x, y in line.points):
        if not steps:
            steps.append(f"M{x:.1f},{y:.1f}")
        elif line.stepped:
            steps.append(f"V{y:.1f}H{x:.1f}")
        else:
            steps.append(f"L{x:.1f},{y:.1f}")
    return "".join(steps)


def _x(value: float, x_max: float) -> float:
    return LEFT + value / x_max * (WIDTH - LEFT - RIGHT)


def _y(value: float) -> float:
    return HEIGHT - BOTTOM - value * (HEIGHT - TOP - BOTTOM)


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
