"""``verbatim show``: what the archive, or one document of it, is."""

from __future__ import annotations

from typing import Annotated

import typer

from qa.commands.shared import ArchiveOption, ConfigOption, Exit, JsonOption
from qa.errors import require_document
from qa.render.terminal import json_line, terminal_width
from qa.settings import Settings


def show(
    document: Annotated[
        str | None, typer.Argument(help="Id of a document; all of them without it.")
    ] = None,
    as_json: JsonOption = False,
    archive: ArchiveOption = None,
    config: ConfigOption = None,
) -> int:
    """Say what the archive, or one document of it, is: title, date, people, kind of source."""
    from corpus.archive import open_archive
    from qa.render.overview import overview_object, overview_text

    documents = open_archive(Settings.load(config, archive=archive).archive)
    if document is not None:
        require_document(document, (transcript.id for transcript in documents))
    if as_json:
        print(json_line(overview_object(documents, document)))
    else:
        print(overview_text(documents, document, terminal_width()))
    return Exit.DONE
