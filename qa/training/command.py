"""``verbatim train``: tunes the embeddings to an archive."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from qa.render.terminal import tell


def train(
    *,
    out: Annotated[Path, typer.Argument(help="Folder for the tuned encoder.")],
    epochs: Annotated[int, typer.Option(min=1, help="How often each question is learned.")] = 4,
    seed: Annotated[int, typer.Option(help="Of everything that is drawn.")] = 5,
    archive: Annotated[
        Path | None, typer.Option(help="Folder of the transcripts; the configured one by default.")
    ] = None,
    config: Annotated[Path | None, typer.Option(help="Settings file (TOML).")] = None,
) -> None:
    """Tune the embeddings to the archive's finding aids.

    It takes about half an hour. Interrupted, it goes on where it was when it is called again.
    """
    from qa.settings import Settings
    from qa.training.run import run

    settings = Settings.load(config, archive=archive)
    run(settings.archive, out, epochs=epochs, seed=seed, say=tell)
