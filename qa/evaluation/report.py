"""One self-contained HTML page for an evaluation: no request to any other address."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from importlib.resources import files
from itertools import pairwise
from pathlib import Path

from jinja2 import Environment, StrictUndefined
from markupsafe import Markup

from qa.evaluation.comparison import COMPARED, Comparison
from qa.evaluation.evaluation import Evaluation, Slice
from qa.evaluation.output import percentile
from qa.evaluation.plots import (
    confidence_histogram,
    hits_at,
    hits_plot,
    latency_plot,
    recall_at,
    recall_plot,
    risk_coverage_plot,
    slice_plot,
)
from qa.evaluation.ranking import DEPTHS
from qa.evaluation.responses import Cited
from qa.evaluation.terminal import HEADLINE, TITLES, in_figures, in_short, in_signs
from qa.evaluation.verdicts import DIMENSIONS, Outcome, Verdict, right

_CANDIDATES = 5


@dataclass(frozen=True, slots=True)
class Stretch:
    """A part of a quote; ``gold`` where an acceptable or tolerated span holds it."""

    text: str
    gold: bool


@dataclass(frozen=True, slots=True)
class ShownQuote:
    """A quote as the page shows it."""

    parts: tuple[Stretch, ...]
    speaker: str
    place: str
    right: bool
    verbatim: bool
    misattributed: bool


@dataclass(frozen=True, slots=True)
class Item:
    """A question with what was answered."""

    verdict: Verdict
    quotes: tuple[ShownQuote, ...]
    candidates: tuple[ShownQuote, ...]


@dataclass(frozen=True, slots=True)
class SliceGroup:
    """The slices of one dimension with their plot."""

    dimension: str
    parts: tuple[Slice, ...]
    plot: Markup

    @property
    def measures(self) -> tuple[str, ...]:
        """What is measured of each part."""
        return tuple(self.parts[0].estimates)


def write_report(
    folder: Path, runs: Sequence[Evaluation], comparisons: Sequence[Comparison], gold: str
) -> Path:
    """Write ``report.html`` into ``folder`` and return its path.

    Args:
        folder: made if it does not exist; a name that ends in ``.html`` is the page itself.
        runs: on the same questions, the one in question first.
        comparisons: of the first run with the others.
        gold: name of the questions' file.
    """
    path = folder if folder.suffix == ".html" else folder / "report.html"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(report_html(runs, comparisons, gold), encoding="utf-8")
    return path


def report_html(runs: Sequence[Evaluation], comparisons: Sequence[Comparison], gold: str) -> str:
    """Return the page; see :func:`write_report`."""
    environment = Environment(autoescape=True, undefined=StrictUndefined, trim_blocks=True)
    environment.globals.update(
        titles=TITLES,
        headline=HEADLINE,
        figures=in_figures,
        short=in_short,
        signs=in_signs,
        percentile=percentile,
    )
    assets = files("qa.evaluation") / "assets"
    template = environment.from_string((assets / "report.html.j2").read_text("utf-8"))
    run = runs[0]
    return template.render(
        run=run,
        runs=runs,
        compared=COMPARED,
        comparisons=[
            (one.name, [c for c in comparisons if c.other == one.name]) for one in runs[1:]
        ],
        gold=gold,
        style=Markup((assets / "report.css").read_text("utf-8")),  # noqa: S704 - our own file
        script=Markup((assets / "report.js").read_text("utf-8")),  # noqa: S704 - our own file
        risk_plot=Markup(risk_coverage_plot(runs)),  # noqa: S704 - escaped in qa.evaluation.plots
        hits_plot=Markup(hits_plot(runs, DEPTHS)),  # noqa: S704
        recall_plot=Markup(recall_plot(runs, DEPTHS)),  # noqa: S704
        latency_plot=Markup(latency_plot(run)),  # noqa: S704
        histogram=Markup(confidence_histogram(run)),  # noqa: S704
        hit_rows=[(k, [hits_at(one, k) for one in runs]) for k in DEPTHS],
        recall_rows=[(k, [recall_at(one, k) for one in runs]) for k in DEPTHS],
        groups=_groups(run),
        outcomes=[(o, sum(v.outcome is o for v in run.verdicts)) for o in Outcome],
        items=_items(run),
    )


def _groups(run: Evaluation) -> list[SliceGroup]:
    groups = []
    for dimension in DIMENSIONS:
        parts = tuple(part for part in run.slices if part.dimension == dimension)
        if len(parts) > 1:
            plot = Markup(slice_plot(dimension, parts))  # noqa: S704 - escaped in svg
            groups.append(SliceGroup(dimension, parts, plot))
    return groups


def _items(run: Evaluation) -> list[Item]:
    order = {outcome: number for number, outcome in enumerate(Outcome)}
    verdicts = sorted(run.verdicts, key=lambda v: (order[v.outcome], -(v.confidence or 0.0)))
    return [_item(verdict) for verdict in verdicts]


def _item(verdict: Verdict) -> Item:
    response = verdict.response
    if response is None:
        return Item(verdict, (), ())

    def shown(cited: Cited) -> ShownQuote:
        return ShownQuote(
            parts=_stretches(cited, verdict),
            speaker=cited.speaker
            or ("nobody’s speech" if cited.names_speaker else "speaker not said"),
            place=f"{cited.document} {cited.start}–{cited.end}",
            right=right(cited, verdict.question),
            verbatim=verdict.verbatim[cited],
            misattributed=not verdict.attributed.get(cited, True),
        )

    quotes = response.quotes if response.answered else ()
    answered = {cited.key for cited in quotes}
    others = [cited for cited in response.ranked[:_CANDIDATES] if cited.key not in answered]
    return Item(verdict, tuple(map(shown, quotes)), tuple(map(shown, others)))


def _stretches(cited: Cited, verdict: Verdict) -> tuple[Stretch, ...]:
    """Cut a quote where gold begins and ends."""
    question = verdict.question
    spans = [
        span
        for gold in question.acceptable + question.tolerated
        for span in gold
        if span.document == cited.document
    ]
    length = len(cited.text)
    held = [any(span.start <= cited.start + i < span.end for span in spans) for i in range(length)]
    cuts = [0, *(i for i in range(1, length) if held[i] != held[i - 1]), length]
    return tuple(
        Stretch(cited.text[start:end], held[start]) for start, end in pairwise(cuts) if start < end
    )
