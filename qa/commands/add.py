"""``verbatim add``: files of any format in, documents of the archive out."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from qa.commands.shared import ArchiveOption, ConfigOption, Exit, JsonOption, named, say
from qa.errors import UsageError
from qa.render.terminal import json_line, tell
from qa.settings import Settings


def add_files(
    files: Annotated[
        list[Path],
        typer.Argument(help="Files, or folders with files.", parser=named, metavar="FILES"),
    ],
    accept: Annotated[
        bool,
        typer.Option(
            "--accept", help="Let documents in where a speaker is in doubt; nobody is named there."
        ),
    ] = False,
    skip: Annotated[
        bool,
        typer.Option(
            "--skip", help="Leave out files that are refused or in doubt, and add the others."
        ),
    ] = False,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Only say what would be done.")
    ] = False,
    table: Annotated[
        bool, typer.Option("--table", help="Print a line a document instead of the report.")
    ] = False,
    as_json: JsonOption = False,
    archive: ArchiveOption = None,
    config: ConfigOption = None,
) -> int:
    """Bring transcripts into an archive: text, Word, PDF, subtitles, recognisers' JSON and more.

    Says what was recognised, what was left out and what is in doubt. While a speaker is in doubt,
    nothing is added, unless --accept says so; --skip adds all other files.
    """
    from corpus.archive import shipped_folder
    from qa.adding.adding import add
    from qa.render.added import added_object, added_text
    from qa.render.added_table import added_table

    folder = Settings.load(config, archive=archive).archive
    if folder == shipped_folder():
        raise UsageError(
            "Say which archive to add to: --archive FOLDER; it is made if it is not there."
        )
    added = add(folder, files, accept=accept, dry=dry_run, skip=skip)
    if as_json:
        print(json_line(added_object(added)))
    else:
        tell(added_table(added) if table else added_text(added))
    for sentence in added.refused:
        say(f"verbatim: {sentence}")
    if added.refused:
        return Exit.WRONG_USE
    return Exit.CHECK_FAILED if added.in_doubt else Exit.DONE
