"""``verbatim bench`` and ``verbatim trec``: rankings of public question sets."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from qa.commands.shared import DEFAULT_SEED, ConfigOption, Exit, FiguresOption, SeedOption
from qa.render.terminal import tell
from qa.settings import Settings


def bench(
    question_set: Annotated[
        Path,
        typer.Argument(
            metavar="SET",
            help="A folder in BEIR or dialogue format, a file of SQuAD, QuAC or FriendsQA (.json), "
            "or a folder of QMSum's meetings.",
        ),
    ],
    *,
    system: Annotated[
        list[str] | None,
        typer.Option(
            help="System to run: bm25, dense and fused by default; recipe, reader, plain-bm25, "
            "random, longest-turn, oracle. Repeat it to compare; the first is the one in question."
        ),
    ] = None,
    sentences: Annotated[
        bool,
        typer.Option("--sentences", help="Rank sentences instead of turns or paragraphs."),
    ] = False,
    speakers: Annotated[
        bool, typer.Option("--speakers", help="Put the speaker's name before each turn.")
    ] = False,
    json_file: FiguresOption = None,
    trec: Annotated[
        Path | None, typer.Option(help="Write TREC judgments and runs into this folder.")
    ] = None,
    seed: SeedOption = DEFAULT_SEED,
    config: ConfigOption = None,
) -> int:
    """Rank a public question set by several systems, with the uncertainty of every figure."""
    from qa.evaluation.options import require_writable
    from qa.evaluation.sets import on_sets

    require_writable((json_file,), (trec,))
    options = on_sets.SetOptions(system or [], sentences, speakers, json_file, trec, seed)
    on_sets.rank_set(question_set, Settings.load(config), options)
    return Exit.DONE


def score_runs(
    judgments: Annotated[Path, typer.Argument(help="TREC judgments, or BEIR's.")],
    runs: Annotated[
        list[str],
        typer.Argument(
            help="TREC runs, FILE or NAME=FILE; the first is the one in question.", metavar="RUN..."
        ),
    ],
    *,
    topics: Annotated[
        Path | None,
        typer.Option(help="All TREC topics; one left out by a run counts as zero."),
    ] = None,
    json_file: FiguresOption = None,
    seed: SeedOption = DEFAULT_SEED,
) -> int:
    """Score TREC runs against TREC judgments, with the uncertainty of every figure."""
    from qa.evaluation.options import require_writable
    from qa.evaluation.sets import on_sets

    require_writable((json_file,), ())
    on_sets.score_runs(judgments, runs, topics, json_file, seed)
    return Exit.DONE


def convert(
    question_set: Annotated[
        Path,
        typer.Argument(
            metavar="SET",
            help="As published: a file of SQuAD, QuAC or FriendsQA, a folder of QMSum's meetings.",
        ),
    ],
    folder: Annotated[Path, typer.Argument(help="Where to write; made if it does not exist.")],
) -> int:
    """Write a published question set as a folder of dialogues, which everything else reads."""
    from qa.evaluation.options import require_writable
    from qa.evaluation.sets.readers import read_collection, write_dialogues

    require_writable((), (folder,))
    collection = read_collection(question_set)
    write_dialogues(collection, folder)
    answerable = sum(query.answerable for query in collection.queries)
    tell(
        f"{folder}: {len(collection.units)} units, {len(collection.queries)} questions, "
        f"{answerable} of them answerable."
    )
    return Exit.DONE
