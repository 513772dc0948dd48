"""``verbatim probe``: make questions from the data, ask them, and say where the archive is weak."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.table import Table

from corpus.archive import open_archive
from corpus.judgments import read_questions
from qa.answering import Answerer, open_answerer
from qa.asking import Asked
from qa.evaluation.evaluation import Evaluation, Slice, evaluate
from qa.evaluation.output import SCHEMA, estimate_object, write_json, write_questions
from qa.evaluation.probes import KINDS, Probe, make_probes
from qa.evaluation.report import write_report
from qa.evaluation.responses import as_responses
from qa.evaluation.terminal import in_figures, in_short, plain_console, print_parts
from qa.render.contract import answer_object
from qa.settings import Settings

_EXPECTED = {
    "base": "a right quote",
    "keywords": "a right quote",
    "typo": "a right quote",
    "swapped": "declined",
    "other document": "declined",
    "duplicate": "a right quote, at any of its places",
}
_RISK = 0.1


def diagnose(
    settings: Settings,
    gold: Path | None,
    output: Path | None,
    json_file: Path | None,
    html: Path | None,
    *,
    limit: int,
    seed: int,
) -> None:
    """Make probes, ask the archive, print one row for each kind, and write what was asked for."""
    console = plain_console()
    answerer = open_answerer(settings, plain_console(stderr=True).print)
    archive = open_archive(settings.archive)
    questions = read_questions(gold, archive) if gold else ()
    probes = make_probes(archive, questions, limit=limit, seed=seed)
    asked = [probe.question for probe in probes]
    if output is not None:
        write_questions(output, asked)
    responses = as_responses(_objects(answerer, probes))
    found = evaluate("archive", asked, responses, archive, risk=_RISK, seed=seed)
    print_kinds(console, found)
    print_parts(console, [found])
    if len(archive) == 1:
        console.print("One document only: questions to another document were left out.")
    if json_file is not None:
        write_json(json_file, {"schema": SCHEMA, "probes": [_object(p) for p in _kinds(found)]})
    if html is not None:
        write_report(html, [found], [], "probes")


def print_kinds(console: Console, found: Evaluation) -> None:
    """Print for each kind of probe how many were dealt with as expected."""
    table = Table(title="Probes: made without a model, to be read as hints")
    for title in ("kind", "expected", "questions", "as expected", "hit@1", "hit@5"):
        table.add_column(title)
    for part in _kinds(found):
        expected = in_figures(part.estimates["decisions_right"])
        ranked = [in_short(part.estimates[name]) for name in ("hit1", "in5")]
        row = (part.value, _EXPECTED[part.value], str(part.questions), expected, *ranked)
        table.add_row(*row)
    console.print(table)


def _kinds(found: Evaluation) -> Sequence[Slice]:
    parts = {part.value: part for part in found.slices if part.dimension == "type"}
    return [parts[kind] for kind in KINDS if kind in parts]


def _objects(answerer: Answerer, probes: Sequence[Probe]) -> list[dict[str, Any]]:
    objects = []
    for probe in probes:
        answer = answerer.ask(Asked(probe.question.question, document=probe.scope))
        objects.append({**answer_object(answer, probe.question.qid)})
    return objects


def _object(part: Slice) -> dict[str, object]:
    figures = {name: estimate_object(value) for name, value in part.estimates.items()}
    return {"kind": part.value, "expected": _EXPECTED[part.value], "questions": part.questions} | (
        figures
    )
