"""``verbatim evaluate`` and ``verbatim probe``; heavy modules are imported when one runs."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from qa.settings import Settings

DONE = 0
GATE_FAILED = 4
DEFAULT_SEED = 20_240_101
DEFAULT_RISK = 0.1

Seed = Annotated[int, typer.Option(help="Seed of intervals, tests and the random system.")]
ArchiveFolder = Annotated[
    Path | None, typer.Option(help="Folder of the transcripts; the configured one by default.")
]
Config = Annotated[Path | None, typer.Option(help="Settings file (TOML).")]
JsonFile = Annotated[
    Path | None, typer.Option("--json", help="Write everything measured as JSON to this file.")
]
HtmlFolder = Annotated[
    Path | None,
    typer.Option(
        "--html", help="Write report.html, one self-contained page, into this folder; or FILE.html."
    ),
]


def evaluate(  # noqa: PLR0917 - each is an option of the command line
    questions: Annotated[
        Path | None,
        typer.Argument(
            help="Gold questions (.jsonl), the shipped ones by default; or a public set: a "
            "folder in BEIR or dialogue format, a SQuAD file (.json), or TREC judgments "
            "together with --run."
        ),
    ] = None,
    system: Annotated[
        list[str] | None,
        typer.Option(
            help="System to run: archive (default), reader, fused, dense, bm25, random, never, "
            "longest-turn or oracle. Repeat it to compare; the first is the one in question."
        ),
    ] = None,
    answers: Annotated[
        list[str] | None,
        typer.Option(
            help="Score this file of answers in the JSON contract instead of running a system; "
            "FILE or NAME=FILE. Repeat it to compare."
        ),
    ] = None,
    run: Annotated[
        list[str] | None,
        typer.Option(
            help="TREC run to score against TREC judgments; FILE or NAME=FILE. Repeat it to "
            "compare; the first is the one in question."
        ),
    ] = None,
    topics: Annotated[
        Path | None,
        typer.Option(help="With --run: all TREC topics; one left out by a run counts as zero."),
    ] = None,
    json_file: JsonFile = None,
    html: HtmlFolder = None,
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
    sentences: Annotated[
        bool,
        typer.Option(
            "--sentences", help="Public sets: rank sentences instead of turns or paragraphs."
        ),
    ] = False,
    speakers: Annotated[
        bool,
        typer.Option("--speakers", help="Public sets: put the speaker's name before each turn."),
    ] = False,
    risk: Annotated[
        float | None,
        typer.Option(
            min=0.0, max=1.0, help=f"Share of wrong answers to state coverage at; {DEFAULT_RISK}."
        ),
    ] = None,
    seed: Seed = DEFAULT_SEED,
    everything: Annotated[
        bool, typer.Option("--all", help="Print every measure and slice, not only the main ones.")
    ] = False,
    archive: ArchiveFolder = None,
    config: Config = None,
) -> int:
    """Measure how well questions are answered, with the uncertainty of every figure.

    Exit codes: 0 measured, 1 wrong use or broken input, 4 the gate found a regression.
    """
    from corpus.judgments import shipped_questions
    from qa.errors import UsageError
    from qa.evaluation import on_gold
    from qa.evaluation.options import GOLD, RUNS, SET, refuse_others, require_writable
    from qa.evaluation.sets import on_sets

    is_set = questions is not None and (questions.is_dir() or questions.suffix == ".json")
    mode = RUNS if run else SET if is_set else GOLD
    given = {
        "--system": system, "--answers": answers, "--run": run, "--topics": topics,
        "--json": json_file, "--html": html, "--trec": trec, "--keep-answers": keep_answers,
        "--gate": gate, "--write-baseline": write_baseline, "--export-failures": export_failures,
        "--sentences": sentences, "--speakers": speakers, "--risk": risk is not None,
        "--all": everything, "--archive": archive, "--config": config,
    }  # fmt: skip
    refuse_others(mode, given)
    is_page = html is not None and html.suffix == ".html"
    files = (json_file, keep_answers, write_baseline, export_failures, html if is_page else None)
    require_writable(files, (trec, None if is_page else html))
    if run:
        if questions is None:
            raise UsageError("--run needs the TREC judgments as the first argument.")
        on_sets.score_runs(questions, run, topics, json_file, seed)
        return DONE
    settings = _settings(config, archive)
    if questions is not None and is_set:
        options = on_sets.SetOptions(system or [], sentences, speakers, json_file, trec, seed)
        on_sets.rank_set(questions, settings, options)
        return DONE
    outputs = on_gold.Outputs(
        json_file, html, trec, keep_answers, gate, write_baseline, export_failures, everything
    )
    passed = on_gold.measure(
        questions or shipped_questions(),
        settings,
        system or [],
        answers or [],
        outputs,
        risk=DEFAULT_RISK if risk is None else risk,
        seed=seed,
    )
    return DONE if passed else GATE_FAILED


def probe(
    questions: Annotated[
        Path | None,
        typer.Argument(
            help="Gold questions to derive probes from; without them, they come from the "
            "archive's own sentences."
        ),
    ] = None,
    output: Annotated[
        Path | None, typer.Option(help="Write the probes as gold questions to this file.")
    ] = None,
    json_file: JsonFile = None,
    html: HtmlFolder = None,
    limit: Annotated[int, typer.Option(min=1, help="At most this many probes of a kind.")] = 40,
    seed: Seed = DEFAULT_SEED,
    archive: ArchiveFolder = None,
    config: Config = None,
) -> int:
    """Diagnose an archive by questions made from its own text, without gold and without a model.

    Changed names and numbers should be declined; keywords, misspellings and repeated sentences
    should be found. The figures show where to look; they do not replace gold questions.
    """
    from qa.evaluation import on_probes
    from qa.evaluation.options import require_writable

    require_writable((output, json_file), (html,) if html and html.suffix != ".html" else ())
    settings = _settings(config, archive)
    on_probes.diagnose(settings, questions, output, json_file, html, limit=limit, seed=seed)
    return DONE


def _settings(config: Path | None, archive: Path | None) -> Settings:
    from qa.settings import Settings

    return Settings.load(config, archive=archive)
