"""``verbatim list``, ``edit`` and ``remove``: the catalogue of an archive."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from qa.commands.shared import (
    ArchiveOption,
    CollectionOption,
    ConfigOption,
    Exit,
    JsonOption,
    SinceOption,
    UntilOption,
    say,
    tell_undated,
)
from qa.errors import UsageError
from qa.render.terminal import json_line, tell
from qa.settings import Settings


def list_documents(
    speaker: Annotated[
        str | None, typer.Option(help="Only documents in which this person speaks.")
    ] = None,
    collection: CollectionOption = None,
    since: SinceOption = None,
    until: UntilOption = None,
    speakers: Annotated[
        bool, typer.Option("--speakers", help="List who speaks, in which documents.")
    ] = False,
    as_json: JsonOption = False,
    archive: ArchiveOption = None,
    config: ConfigOption = None,
) -> int:
    """List the documents of the archive: id, date, title, who speaks, from which file.

    With --speakers, list the people instead: who speaks where, under which names, and which names
    may be one person's.
    """
    from corpus.archive import read_shelf
    from corpus.people import people, speaks_in
    from qa.render.listed import listed_object, listed_text
    from qa.render.speakers import speakers_object, speakers_text
    from qa.within import Within

    within = Within.read(collection, since, until)
    shelf = read_shelf(Settings.load(config, archive=archive).archive)
    documents = [
        one
        for one in shelf.archive
        if within.admits(one) and (speaker is None or speaks_in(one, speaker))
    ]
    tell_undated(within, shelf.archive)
    if speakers:
        persons = people(documents)
        print(json_line(speakers_object(persons))) if as_json else tell(speakers_text(persons))
        return Exit.DONE if persons else Exit.NO_ANSWER
    if as_json:
        print(json_line(listed_object(documents, shelf.faults)))
    else:
        tell(listed_text(documents, shelf.faults))
    return Exit.DONE if documents else Exit.NO_ANSWER


def edit_record(
    document: Annotated[str | None, typer.Argument(help="Id of the document.")] = None,
    fields: Annotated[
        list[str] | None, typer.Argument(help="FIELD=TEXT; FIELD= takes the field out.")
    ] = None,
    *,
    table: Annotated[
        Path | None,
        typer.Option(help="Take fields from a Dublin Core table (.csv) with a row a document."),
    ] = None,
    speaker: Annotated[
        str | None, typer.Option(help="Name this speaker alike in all documents; see --called.")
    ] = None,
    called: Annotated[str | None, typer.Option(help="The full name of --speaker.")] = None,
    within: Annotated[
        str | None, typer.Option("--document", help="Name --speaker so in this document only.")
    ] = None,
    accept: Annotated[
        bool, typer.Option("--accept", help="Do what --speaker proposes; else it is only shown.")
    ] = False,
    archive: ArchiveOption = None,
    config: ConfigOption = None,
) -> int:
    """Change fields of records; nothing is changed if one of the records would be wrong.

    --speaker NAME --called NAME proposes a full name for somebody in every document where somebody
    is called so, or in that of --document; with --accept the records are changed. A label such as
    "A" or "Interviewer" that several documents have needs --document.
    """
    from qa.adding.dublin_core import read_table
    from qa.adding.listing import edit

    folder = Settings.load(config, archive=archive).archive
    if speaker is not None or called is not None:
        if not (speaker and called) or fields or table is not None:
            raise UsageError(
                'Say whom and how: verbatim edit --speaker "REED" --called "Anna Reed".'
            )
        return _name_alike(folder, speaker, called, within or document, accept=accept)
    if within is not None:
        raise UsageError('--document belongs to --speaker: verbatim edit DOCUMENT title="…".')
    if table is not None and document is not None:
        raise UsageError("--table names the documents itself; leave the document out.")
    if table is not None:
        found = read_table(table, folder)
        for sentence in found.passed_over:
            say(sentence)
        changes = found.changes
    else:
        if document is None or not fields:
            raise UsageError('Say what to change: verbatim edit DOCUMENT title="…".')
        changes = {document: _values(fields)}
    if changes:
        edit(folder, changes)
    for name, values in changes.items():
        tell(f"{name}.toml: {', '.join(values)} changed.")
    return Exit.DONE


def _name_alike(
    folder: Path, speaker: str, called: str, document: str | None, *, accept: bool
) -> int:
    from qa.adding.naming import name_alike

    for sentence in name_alike(folder, speaker, called, document, accept=accept):
        tell(sentence)
    if not accept:
        tell("Nothing was changed: this is a proposal. With --accept it is done.")
    return Exit.DONE


def _values(fields: list[str]) -> dict[str, str]:
    values: dict[str, str] = {}
    for field in fields:
        name, sign, value = field.partition("=")
        if not sign:
            raise UsageError(f'“{field}” says no value; write FIELD="TEXT", as in date="1984-05".')
        values[name.strip()] = value.strip()
    return values


def remove_documents(
    documents: Annotated[list[str], typer.Argument(help="Ids of documents.")],
    *,
    accept: Annotated[
        bool, typer.Option("--accept", help="Do it; else it is only shown what would go.")
    ] = False,
    archive: ArchiveOption = None,
    config: ConfigOption = None,
) -> int:
    """Propose to take documents out of the archive, and with --accept do it.

    With a document go its record, map and finding aid, the original that the archive keeps of it,
    and what was learned of it. Nothing brings them back.
    """
    from qa.adding.listing import ORIGINALS, remove

    folder = Settings.load(config, archive=archive).archive
    files = remove(folder, documents, accept=accept)
    for name in files:
        tell(f"{name}: {'gone' if accept else 'would go'}.")
    if not accept:
        originals = [name for name in files if name.startswith(f"{ORIGINALS}/")]
        for name in originals:
            tell(f"{name} is the file that was added; see that there is another copy of it.")
        tell("Nothing was removed: this is a proposal. With --accept it is done.")
    return Exit.DONE
