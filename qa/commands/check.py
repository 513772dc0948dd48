"""``verbatim check``: what the archive has of a quotation."""

from __future__ import annotations

from typing import Annotated

import typer

from qa.commands.shared import ArchiveOption, ConfigOption, Exit, JsonOption
from qa.render.terminal import json_line, terminal_width
from qa.settings import Settings


def check_quotation(
    quotation: Annotated[str, typer.Argument(help="The quotation.")],
    speaker: Annotated[
        str | None, typer.Option(help="Who is said to have said it.", show_default=False)
    ] = None,
    as_json: JsonOption = False,
    archive: ArchiveOption = None,
    config: ConfigOption = None,
) -> int:
    """Compare a quotation with the archive: its words, and who says them.

    Exit code 0 where the archive has these words, and not from somebody else than stated; else 3.
    """
    from corpus.archive import open_archive
    from qa.quotations.judging import check
    from qa.render.judged import check_object, check_text

    documents = open_archive(Settings.load(config, archive=archive).archive)
    found = check(documents, quotation, speaker)
    print(json_line(check_object(found)) if as_json else check_text(found, terminal_width()))
    return Exit.DONE if found.is_upheld else Exit.NO_ANSWER
