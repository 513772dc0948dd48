"""``verbatim cite``: documents of the archive as citations."""

from __future__ import annotations

from typing import Annotated

import typer

from qa.commands.shared import ArchiveOption, ConfigOption, Exit, JsonOption
from qa.errors import require_document
from qa.render.terminal import json_line, terminal_width, visible
from qa.settings import Settings


def cite_documents(
    documents: Annotated[
        list[str] | None, typer.Argument(help="Ids of documents; all of them without any.")
    ] = None,
    style: Annotated[
        str, typer.Option(help="chicago, apa, mla, bibtex, ris or csl-json.")
    ] = "chicago",
    as_json: JsonOption = False,
    archive: ArchiveOption = None,
    config: ConfigOption = None,
) -> int:
    """Cite documents in a style, or for a program: BibTeX, RIS, CSL-JSON.

    An entry of a bibliography each; `verbatim ask
    "…" --cite STYLE` points at the page or time code of a quote.
    """
    from corpus.archive import open_archive
    from qa.citing.cited import cited, cited_all, form_of
    from qa.render.plain import wrapped

    form = form_of(style)
    shelf = open_archive(Settings.load(config, archive=archive).archive)
    for name in documents or ():
        require_document(name, (transcript.id for transcript in shelf))
    chosen = [shelf[name] for name in documents] if documents else list(shelf)
    if as_json:
        made = [(transcript, cited(transcript, form)) for transcript in chosen]
        every = [{"document": t.id, "note": one.note, "entry": one.entry} for t, one in made]
        print(json_line({"style": form.value, "citations": every}))
        return Exit.DONE
    text = visible(cited_all(chosen, form)).rstrip("\n")
    width = terminal_width()
    print(text if form.is_file else "\n".join(wrapped(li, width) for li in text.split("\n")))
    return Exit.DONE
