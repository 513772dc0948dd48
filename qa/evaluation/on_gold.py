"""``verbatim evaluate`` on gold questions: run or read, judge, print, write, gate."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from rich.console import Console
from rich.markup import escape
from rich.progress import Progress, TaskID

from corpus.archive import Archive, open_archive
from corpus.judgments import Question, read_questions
from qa.evaluation.comparison import Comparison, compare_runs
from qa.evaluation.evaluation import Cost, Evaluation, evaluate
from qa.evaluation.gate import GateResult, check, read_baseline, write_baseline
from qa.evaluation.harness import Bench, require_systems
from qa.evaluation.options import named_file, require_distinct
from qa.evaluation.output import (
    evaluation_object,
    export_failures,
    measures_object,
    slices_object,
    write_json,
)
from qa.evaluation.ranking import claimed, pooled, trec_id
from qa.evaluation.report import write_report
from qa.evaluation.responses import Responses, as_responses, read_responses, require_known
from qa.evaluation.statistics import LEAST_EFFECT
from qa.evaluation.terminal import (
    TITLES,
    plain_console,
    print_comparisons,
    print_cost,
    print_evaluations,
    print_parts,
    print_slices,
)
from qa.settings import Settings


@dataclass(frozen=True, slots=True)
class Outputs:
    """What to write besides the tables; None for nothing."""

    json_file: Path | None = None
    html: Path | None = None
    trec: Path | None = None
    keep_answers: Path | None = None
    gate: Path | None = None
    baseline: Path | None = None
    failures: Path | None = None
    everything: bool = False


@dataclass(frozen=True, slots=True)
class Answers:
    """A system's name and what it said."""

    name: str
    responses: Responses
    cost: Cost | None


def measure(
    gold: Path,
    settings: Settings,
    systems: Sequence[str],
    answers: Sequence[str],
    outputs: Outputs,
    *,
    risk: float,
    seed: int,
) -> bool:
    """Evaluate systems or files of answers and return whether the gate, if any, was passed.

    Args:
        gold: the questions.
        settings: which archive and how to open it.
        systems: names to run; ``archive`` if neither these nor ``answers`` are given.
        answers: files to score, ``FILE`` or ``NAME=FILE``; they come first.
        outputs: what to write.
        risk: share of wrong answers at which coverage is stated.
        seed: of everything random.
    """
    console = plain_console()
    names = systems or ([] if answers else ["archive"])
    require_distinct([named_file(text)[0] for text in answers] + list(names))
    require_systems(names)
    archive = open_archive(settings.archive)
    questions = read_questions(gold, archive)
    baseline = read_baseline(outputs.gate, gold) if outputs.gate else None
    found = [_read(text, questions) for text in answers]
    found += _run(names, settings, archive, questions, seed)
    runs = [
        evaluate(one.name, questions, one.responses, archive, risk=risk, seed=seed, cost=one.cost)
        for one in found
    ]
    comparisons = [row for other in runs[1:] for row in compare_runs(runs[0], other, seed)]
    _print(console, runs, comparisons, outputs.everything)
    _write(runs, comparisons, gold, outputs)
    if outputs.trec:
        _write_trec(outputs.trec, questions, found)
    if outputs.keep_answers:
        _keep(outputs.keep_answers, found[0].responses)
    if outputs.failures:
        count = export_failures(outputs.failures, runs[0].verdicts)
        console.print(
            f"{count} questions to correct in {outputs.failures}"
            if count
            else f"Nothing went wrong; {outputs.failures} was not written."
        )
    if baseline is None:
        return True
    result = check(runs[0], baseline, seed)
    print_gate(console, result)
    return result.passed


def print_gate(console: Console, result: GateResult) -> None:
    """Print every gated measure and, in a sentence, whether the gate was passed."""
    for fault in result.broken:
        console.print(f"broken: {fault}")
    for finding in result.findings:
        sign = "regressed" if finding.regressed else "holds"
        console.print(
            f"{TITLES[finding.measure]}: {finding.before:.3f} before, {finding.now:.3f} now, "
            f"p {finding.p:.4f}: {sign}"
        )
    console.print(
        "The gate is passed."
        if result.passed
        else f"The gate failed: {len(result.broken)} promises are broken, and "
        f"{sum(f.regressed for f in result.findings)} measures lost at least {LEAST_EFFECT} "
        "with evidence for it."
    )


def _read(text: str, questions: Sequence[Question]) -> Answers:
    name, path = named_file(text)
    responses = read_responses(path)
    require_known(responses, [question.qid for question in questions], path)
    return Answers(name, responses, None)


def _run(
    names: Sequence[str],
    settings: Settings,
    archive: Archive,
    questions: Sequence[Question],
    seed: int,
) -> list[Answers]:
    found = []
    with Progress(console=plain_console(stderr=True), transient=True) as progress:
        bench = Bench(settings, archive, seed, progress.console.print)
        for name in names:
            task = progress.add_task(escape(name), total=len(questions))

            def tick(done: int, total: int, task: TaskID = task) -> None:
                progress.update(task, completed=done, total=total)

            run = bench.run(name, questions, tick)
            found.append(Answers(name, as_responses(run.objects), run.cost))
    return found


def _print(
    console: Console,
    runs: Sequence[Evaluation],
    comparisons: Sequence[Comparison],
    everything: bool,
) -> None:
    print_evaluations(console, runs, everything)
    print_parts(console, runs)
    for run in runs:
        for note in run.notes:
            console.print(note)
    if everything:
        print_slices(console, runs[0])
    print_comparisons(console, comparisons)
    print_cost(console, runs[0])


def _write(
    runs: Sequence[Evaluation], comparisons: Sequence[Comparison], gold: Path, outputs: Outputs
) -> None:
    first = runs[0]
    if outputs.json_file:
        others = {run.name: measures_object(run) for run in runs[1:]}
        slices = {run.name: slices_object(run) for run in runs[1:]}
        found = {**evaluation_object(first, gold, comparisons), "others": others}
        found["others_slices"] = slices
        write_json(outputs.json_file, found)
    if outputs.html:
        write_report(outputs.html, runs, comparisons, gold.name)
    if outputs.baseline:
        write_baseline(outputs.baseline, first, gold)


def _write_trec(folder: Path, questions: Sequence[Question], found: Sequence[Answers]) -> None:
    for one in found:
        name = trec_id(one.name).replace("/", "-")
        pooled(questions, one.responses).write(folder, f"{name}.quotes")
        claimed(questions, one.responses).write(folder, f"{name}.spans")


def _keep(path: Path, responses: Responses) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    lines = [
        json.dumps(r.model_dump(exclude_unset=True), ensure_ascii=False) + "\n"
        for r in responses.values()
    ]
    path.write_text("".join(lines), encoding="utf-8")
