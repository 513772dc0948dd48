"""``verbatim lint``: who speaks in each document, what is doubtful, and what to write."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from qa.commands.shared import ArchiveOption, ConfigOption, Exit, JsonOption
from qa.errors import UsageError
from qa.render.terminal import json_line, tell
from qa.settings import Settings


def lint(
    document: Annotated[
        str | None, typer.Argument(help="Id of the only document to look at.")
    ] = None,
    *,
    as_json: JsonOption = False,
    draft: Annotated[
        bool, typer.Option("--draft", help="Print the records' participants, from the labels.")
    ] = False,
    archive: ArchiveOption = None,
    config: ConfigOption = None,
) -> int:
    """Say what was recognised in each document, or one, what is doubtful, and what to write."""
    from qa.checking import check_archive, draft_text
    from qa.render.checked import report_object, report_text

    folder = Settings.load(config, archive=archive).archive
    if document is not None and Path(document).is_dir():
        raise UsageError(f"'{document}' is a folder: verbatim lint --archive {document}.")
    if draft and as_json:
        raise UsageError("--draft prints lines for a record and --json an object; take one.")
    if draft:
        tell(draft_text(folder, document))
        return Exit.DONE
    report = check_archive(folder, document)
    if as_json:
        print(json_line(report_object(report)))
    else:
        tell(report_text(report))
    return Exit.DONE if report.is_clean else Exit.CHECK_FAILED
