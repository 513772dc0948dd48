"""``verbatim evaluate`` and ``verbatim probe``: how well an archive answers."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from qa.commands.shared import (
    DEFAULT_SEED,
    ArchiveOption,
    ConfigOption,
    Exit,
    FiguresOption,
    SeedOption,
)
from qa.errors import UsageError
from qa.settings import Settings

DEFAULT_RISK = 0.1

HtmlOption = Annotated[
    Path | None,
    typer.Option(
        "--html", help="Write report.html, one self-contained page, into this folder; or FILE.html."
    ),
]


def evaluate(
    questions: Annotated[
        Path | None,
        typer.Argument(help="Gold questions (.jsonl); the shipped ones by default."),
    ] = None,
    *,
    system: Annotated[
        list[str] | None,
        typer.Option(
            help="System to run: archive (default), reader, recipe, fused, dense, bm25, random, "
            "never, longest-turn or oracle. Repeat it to compare; the first is the one in question."
        ),
    ] = None,
    answers: Annotated[
        list[str] | None,
        typer.Option(
            help="Score this file of answers in the JSON contract instead of running a system; "
            "FILE or NAME=FILE. Repeat it to compare."
        ),
    ] = None,
    json_file: FiguresOption = None,
    html: HtmlOption = None,
    trec: Annotated[
        Path | None, typer.Option(help="Write TREC judgments and runs into this folder.")
    ] = None,
    keep_answers: Annotated[
        Path | None,
        typer.Option(help="Write the answers of the first system, for --answers, to this file."),
    ] = None,
    gate: Annotated[
        Path | None,
        typer.Option(
            help="Fail with exit code 4 if the first system is worse than this baseline: at once "
            "if a quote is not verbatim or has the wrong speaker, otherwise only with both an "
            "effect and evidence for it."
        ),
    ] = None,
    write_baseline: Annotated[
        Path | None, typer.Option(help="Write a baseline for --gate to this file.")
    ] = None,
    export_failures: Annotated[
        Path | None,
        typer.Option(help="Write what went wrong as gold questions to correct to this file."),
    ] = None,
    risk: Annotated[
        float,
        typer.Option(min=0.0, max=1.0, help="Share of wrong answers to state coverage at."),
    ] = DEFAULT_RISK,
    seed: SeedOption = DEFAULT_SEED,
    everything: Annotated[
        bool, typer.Option("--all", help="Print every measure and slice, not only the main ones.")
    ] = False,
    archive: ArchiveOption = None,
    config: ConfigOption = None,
) -> int:
    """Measure how well questions are answered, with the uncertainty of every figure.

    Exit codes: 0 measured, 1 wrong use or broken input, 4 the gate found a regression.
    """
    from corpus.judgments import shipped_questions
    from qa.evaluation import on_gold
    from qa.evaluation.options import require_writable

    if questions is not None and (questions.is_dir() or questions.suffix == ".json"):
        raise UsageError(
            f"{questions}: is no file of gold questions (.jsonl); a public set is ranked by "
            f"'verbatim bench {questions}'."
        )
    is_page = html is not None and html.suffix == ".html"
    files = (json_file, keep_answers, write_baseline, export_failures, html if is_page else None)
    require_writable(files, (trec, None if is_page else html))
    outputs = on_gold.Outputs(
        json_file, html, trec, keep_answers, gate, write_baseline, export_failures, everything
    )
    settings = Settings.load(config, archive=archive)
    gold = questions or shipped_questions()
    passed = on_gold.measure(
        gold, settings, system or [], answers or [], outputs, risk=risk, seed=seed
    )
    return Exit.DONE if passed else Exit.CHECK_FAILED


def probe(
    questions: Annotated[
        Path | None,
        typer.Argument(
            help="Gold questions to derive probes from; without them, they come from the "
            "archive's own sentences."
        ),
    ] = None,
    *,
    output: Annotated[
        Path | None, typer.Option(help="Write the probes as gold questions to this file.")
    ] = None,
    json_file: FiguresOption = None,
    html: HtmlOption = None,
    limit: Annotated[int, typer.Option(min=1, help="At most this many probes of a kind.")] = 40,
    seed: SeedOption = DEFAULT_SEED,
    archive: ArchiveOption = None,
    config: ConfigOption = None,
) -> int:
    """Diagnose an archive by questions made from its own text, without gold and without a model.

    Changed names and numbers should be declined; keywords, misspellings and repeated sentences
    should be found. The figures show where to look; they do not replace gold questions.
    """
    from qa.evaluation import on_probes
    from qa.evaluation.options import require_writable

    require_writable((output, json_file), (html,) if html and html.suffix != ".html" else ())
    settings = Settings.load(config, archive=archive)
    on_probes.diagnose(settings, questions, output, json_file, html, limit=limit, seed=seed)
    return Exit.DONE
