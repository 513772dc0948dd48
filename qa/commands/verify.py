"""``verbatim verify``: whether quotes still stand where their receipts say."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from qa.commands.shared import ArchiveOption, ConfigOption, Exit, JsonOption
from qa.errors import UsageError
from qa.render.terminal import json_line, terminal_width
from qa.settings import Settings

if TYPE_CHECKING:
    from qa.receipts.files import Given

_SHORT = "verbatim:"
_INPUT = "-"


def verify_receipts(
    receipts: Annotated[
        list[str],
        typer.Argument(help="Files with receipts, - for standard input, or short receipts."),
    ],
    source: Annotated[
        Path | None,
        typer.Option(help="Look in this copy of the source, not in the archive."),
    ] = None,
    as_json: JsonOption = False,
    archive: ArchiveOption = None,
    config: ConfigOption = None,
) -> int:
    """Say whether quotes still stand where their receipts say: intact, moved, changed or gone.

    A file may hold one receipt, a list, answers of `verbatim ask --json` or `--jsonl`, places of
    `verbatim find --json`, Web Annotations, or an exported conversation. Neither index nor model
    is needed. The exit code is 0 where every quote is intact, 4 where one is not, 1 where
    something given is no receipt.
    """
    from qa.receipts.shelf import FolderShelf
    from qa.receipts.verifying import verify_all, verify_in_copy
    from qa.render.verified import verified_object, verified_text

    given = [one for receipt in receipts for one in _given(receipt)]
    if source is not None:
        found = verify_in_copy(given, source)
    else:
        found = verify_all(given, FolderShelf(Settings.load(config, archive=archive).archive))
    if as_json:
        print(json_line(verified_object(found)))
    else:
        print(verified_text(found, terminal_width()))
    return Exit.DONE if all(one.is_intact for one in found) else Exit.CHECK_FAILED


def _given(receipt: str) -> tuple[Given, ...]:
    from qa.receipts.files import read_bytes, read_file, short_in

    if receipt.startswith(_SHORT):
        found = tuple(short_in(receipt, ""))
        if not found:
            raise UsageError(
                f"“{receipt}” is no whole receipt; copy all of it, from 'verbatim:' to the last "
                "digit."
            )
        return found
    if receipt != _INPUT:
        return read_file(Path(receipt))
    if sys.stdin is None:
        raise UsageError("Standard input is closed; give it receipts, or name a file.")
    return read_bytes(sys.stdin.buffer.read(), "Standard input")
