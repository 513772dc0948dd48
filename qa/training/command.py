"""``verbatim train``: trains the judge that ships with this project."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer


def train(
    *,
    out: Annotated[Path, typer.Argument(help="Folder for the judge; made if it is missing.")],
    sets: Annotated[
        list[Path] | None,
        typer.Option("--set", help="Folder of a public question set; repeatable."),
    ] = None,
    epochs: Annotated[int, typer.Option(min=1, help="How often each question is seen.")] = 3,
    candidates: Annotated[int, typer.Option(min=2, help="Candidates for each question.")] = 3,
    key_share: Annotated[
        float, typer.Option(min=0, max=1, help="Share of lessons with the finding aid's questions.")
    ] = 0.7,
    seed: Annotated[int, typer.Option(help="Of everything that is drawn.")] = 7,
    archive: Annotated[
        Path | None, typer.Option(help="Folder of the transcripts; the configured one by default.")
    ] = None,
    config: Annotated[Path | None, typer.Option(help="Settings file (TOML).")] = None,
) -> None:
    """Train the judge on the archive's finding aids and on public question sets.

    It takes hours. Interrupted, it goes on where it was when it is called again.
    """
    # torch and transformers come with it.
    from qa.settings import Settings
    from qa.training.course import Course
    from qa.training.run import run

    settings = Settings.load(config, archive=archive)
    course = Course(epochs=epochs, candidates=candidates, key_share=key_share, seed=seed)
    run(settings, tuple(sets or ()), course, out, print)
