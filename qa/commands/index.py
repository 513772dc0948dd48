"""``verbatim index``: the search index, built where something has changed."""

from __future__ import annotations

from typing import Annotated

import typer

from corpus.counting import counted
from qa.commands.shared import ArchiveOption, ConfigOption, Exit, progress, say
from qa.render.terminal import tell
from qa.settings import Settings


def build(
    force: Annotated[bool, typer.Option("--force", help="Build even if nothing changed.")] = False,
    accept: Annotated[
        bool, typer.Option("--accept", help="First put changed files down in manifest.json.")
    ] = False,
    keep: Annotated[
        bool,
        typer.Option(
            "--keep",
            help="Also keep the vectors beside the texts: elsewhere the same archive is then "
            "indexed in seconds.",
        ),
    ] = False,
    archive: ArchiveOption = None,
    config: ConfigOption = None,
) -> int:
    """Build the search index, if documents, settings or model have changed."""
    from index.store import keep_vectors
    from qa.answering import accept_changes, index_spec, open_documents, rebuild

    settings = Settings.load(config, archive=archive)
    if accept:
        accept_changes(settings, tell)
    documents = open_documents(settings, say)
    with progress() as show:
        folder = rebuild(settings, documents, show, force=force, say=say)
    tell(f"{counted(len(documents), 'document')} indexed in {folder}.")
    if keep:
        tell(keep_vectors(settings.index_root, documents, index_spec(settings, documents)))
    return Exit.DONE
