"""``verbatim check``: what the archive has of a quotation, or of a manuscript's."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer

from qa.commands.shared import ArchiveOption, ConfigOption, Exit, JsonOption
from qa.errors import QuestionError, UsageError
from qa.render.terminal import json_line, terminal_width, visible
from qa.settings import Settings


def check_quotation(
    quotation: Annotated[str, typer.Argument(help="The quotation; or a .docx, .md, .txt, .html.")],
    speaker: Annotated[
        str | None, typer.Option(help="Who is said to have said it.", show_default=False)
    ] = None,
    as_json: JsonOption = False,
    archive: ArchiveOption = None,
    config: ConfigOption = None,
) -> int:
    """Compare a quotation, or all of a manuscript, with the archive: the words, and who says them.

    Exit code 0 where the archive has these words, and not from somebody else than stated; else 3.
    Of a manuscript 4 where that is not so of every quotation with its attribution as printed.
    """
    from corpus.archive import open_archive
    from qa.quotations.judging import check
    from qa.quotations.manuscripts import is_manuscript
    from qa.render.judged import check_object, check_text

    folder = Settings.load(config, archive=archive).archive
    if is_manuscript(quotation):
        if speaker is not None:
            raise UsageError("--speaker goes with one quotation; a manuscript names its speakers.")
        return _check_file(Path(quotation), folder, as_json=as_json)
    documents = open_archive(folder)
    found = check(documents, quotation, speaker)
    print(json_line(check_object(found)) if as_json else check_text(found, terminal_width()))
    return Exit.DONE if found.is_upheld else Exit.NO_ANSWER


def _check_file(path: Path, folder: Path, *, as_json: bool) -> int:
    from corpus.archive import open_archive
    from qa.quotations.attributed import quotations_of
    from qa.quotations.judging import Judge
    from qa.quotations.manuscripts import read_manuscript
    from qa.render.manuscripts import Compared, manuscript_object, manuscript_text

    quoted = tuple(quotations_of(read_manuscript(path)))
    judge = Judge(open_archive(folder))
    compared: list[Compared] = []
    refused: list[str] = []
    for one in quoted:
        try:
            compared.append(Compared(one, judge.check(one.text, one.attribution)))
        except QuestionError as error:
            refused.append(f"{path.name}, {one.where}: {error}")
    if as_json:
        print(json_line(manuscript_object(path.name, compared, refused)))
    else:
        print(manuscript_text(path.name, compared, terminal_width()))
        for sentence in refused:
            print(visible(f"verbatim: {sentence}"), file=sys.stderr)
    upheld = not refused and all(one.check.is_upheld for one in compared)
    return Exit.DONE if upheld else Exit.CHECK_FAILED
