"""``verbatim describe``: each command opens a finding aid, changes it, and says what it did."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from corpus.counting import counted
from qa.describe.draft_command import draft
from qa.render.terminal import json_line, tell

if TYPE_CHECKING:
    from qa.describe.aid_file import AidFile
    from qa.describe.writing import Author

app = typer.Typer(
    name="describe",
    help="Write, check and review the finding aid: questions that a document answers.",
    no_args_is_help=True,
)
app.command()(draft)

Document = Annotated[str, typer.Argument(help="Id of the document: its file name without .txt.")]
Name = Annotated[str, typer.Option("--author", help="Your name; it is put down with the line.")]
Language = Annotated[
    str | None, typer.Option("--lang", help="Language (de, en, …); recognised if not given.")
]
Voice = Annotated[str, typer.Option(help="Whose way of asking it is: child, historian, …")]
ArchiveFolder = Annotated[
    Path | None, typer.Option(help="Folder of the transcripts; the configured one by default.")
]
Config = Annotated[Path | None, typer.Option(help="Settings file (TOML).")]


@app.command()
def coverage(
    document: Document,
    as_json: Annotated[bool, typer.Option("--json", help="Print one JSON object.")] = False,
    archive: ArchiveFolder = None,
    config: Config = None,
) -> None:
    """Show what the finding aid covers, what it leaves out, and how much of it was reviewed."""
    from qa.describe.coverage import coverage as measure
    from qa.describe.coverage import coverage_object, coverage_text

    aid = _aid(document, archive, config)
    found = measure(aid.transcript, [part for _, part in aid.lines])
    if as_json:
        print(json_line(coverage_object(found)))
    else:
        tell(coverage_text(found, aid.transcript))


@app.command()
def export(
    document: Document,
    table: Annotated[Path, typer.Argument(help="CSV file to write.")],
    force: Annotated[bool, typer.Option("--force", help="Replace the file.")] = False,
    archive: ArchiveFolder = None,
    config: Config = None,
) -> None:
    """Write the finding aid as a table for a spreadsheet, one row for each question."""
    from corpus.files import replace_files
    from qa.describe.table import table_bytes
    from qa.errors import UsageError

    aid = _aid(document, archive, config)
    if table.exists() and not force:
        raise UsageError(f"{table}: exists already; give another name, or --force to replace it.")
    data = table_bytes(aid.lines, aid.transcript)
    try:
        replace_files({table: data})
    except OSError as error:
        raise UsageError(f"{table}: cannot be written ({error.strerror}).") from error
    written = counted(len(aid.lines), "entry or gap", "entries and gaps")
    tell(f"{written} written to {table}; bring them back with 'import'.")


@app.command(name="import")
def import_table(
    document: Document,
    table: Annotated[Path, typer.Argument(help="CSV file, as 'export' writes it.")],
    remove: Annotated[
        bool, typer.Option("--remove", help="Take out what the table lacks.")
    ] = False,
    archive: ArchiveFolder = None,
    config: Config = None,
) -> None:
    """Bring a table back into the finding aid; lines that did not change stay byte for byte."""
    from qa.describe.importing import merged
    from qa.describe.table_reading import read_table

    aid = _aid(document, archive, config)
    existing = {str(number): part for number, part in aid.lines}
    lines = read_table(table, aid.transcript, existing)
    edited, changes = merged(aid, lines, remove=remove)
    _save(edited)
    tell(f"{changes.added} added, {changes.changed} changed, {changes.removed} taken out.")


@app.command()
def add(
    *,
    document: Document,
    place: Annotated[str, typer.Argument(help="Offsets (8299-8340) or words of the document.")],
    author: Name,
    question: Annotated[list[str], typer.Option(help="What visitors may ask; repeatable.")],
    lang: Language = None,
    voice: Voice = "",
    abstract: Annotated[str, typer.Option(help="One line on what is said there.")] = "",
    subject: Annotated[
        list[str] | None, typer.Option(help="Index term, name in full; repeatable.")
    ] = None,
    archive: ArchiveFolder = None,
    config: Config = None,
) -> None:
    """Add questions that a passage answers; the passage is widened to whole sentences."""
    from qa.describe.places import place_of
    from qa.describe.writing import new_entry

    aid = _aid(document, archive, config)
    quote = place_of(aid.transcript, place)
    edited = new_entry(
        aid,
        quote,
        question,
        _author(author),
        lang=lang,
        voice=voice,
        abstract=abstract,
        subjects=subject or (),
    )
    _save(edited)
    tell(f"Line {len(edited.rows)}: {quote.start}-{quote.end}, “{' '.join(quote.text.split())}”")


@app.command()
def gap(
    *,
    document: Document,
    question: Annotated[str, typer.Argument(help="What visitors ask and nothing answers.")],
    author: Name,
    lang: Language = None,
    voice: Voice = "",
    near: Annotated[
        str | None, typer.Option(help="Offsets or words of what tempts one to answer.")
    ] = None,
    why: Annotated[str, typer.Option(help="What the document has, and what it lacks.")] = "",
    archive: ArchiveFolder = None,
    config: Config = None,
) -> None:
    """Add a known gap: a question that the document does not answer."""
    from qa.describe.places import place_of
    from qa.describe.writing import new_gap

    aid = _aid(document, archive, config)
    place = None if near is None else place_of(aid.transcript, near)
    edited = new_gap(aid, question, _author(author), lang=lang, voice=voice, near=place, why=why)
    _save(edited)
    tell(f"Line {len(edited.rows)}: a known gap.")


@app.command()
def review(
    document: Document,
    by: Annotated[str, typer.Option(help="Name of the reviewer.")],
    place: Annotated[
        list[str] | None,
        typer.Option("--range", help="Offsets or words; what lies inside is reviewed. Repeatable."),
    ] = None,
    line: Annotated[
        list[int] | None, typer.Option(help="Line of the finding aid; repeatable.")
    ] = None,
    everything: Annotated[bool, typer.Option("--all", help="All entries and gaps.")] = False,
    archive: ArchiveFolder = None,
    config: Config = None,
) -> None:
    """Put down who read entries against the document; earlier reviewers keep their lines."""
    from qa.describe.places import place_of
    from qa.describe.reviewing import reviewed
    from qa.errors import UsageError

    aid = _aid(document, archive, config)
    if not place and not line and not everything:
        raise UsageError("Say what was reviewed: --range, --line or --all.")
    places = None if everything else [place_of(aid.transcript, text) for text in place or ()]
    edited, done = reviewed(aid, by, places, line or ())
    _save(edited)
    lines = counted(done.reviewed, "line")
    tell(f"{lines} reviewed by {by}; {done.before} had been reviewed before.")


@app.command()
def promote(
    questions: Annotated[
        Path,
        typer.Argument(help="The curator's log with decisions, or gold from --export-failures."),
    ],
    author: Name,
    archive: ArchiveFolder = None,
    config: Config = None,
) -> None:
    """Turn unanswered questions into entries and known gaps.

    In a log, add "range": "8299-8340" or "words": "…" to a line for an entry, or "gap": true for
    a known gap; other lines are passed over. Of gold questions, answerable ones become entries for
    the first passage of their gold, the others known gaps.
    """
    from corpus.files import document_names
    from qa.describe.aid_file import open_aid
    from qa.describe.promoting import promoted, read_decisions

    folder = _folder(archive, config)
    decisions, undecided = read_decisions(questions, folder)
    names = document_names(folder)
    aids = {name: open_aid(folder, name) for name in names}
    result = promoted(decisions, undecided, aids, _author(author))
    for aid in result.aids.values():
        _save(aid)
    for sentence in (*result.done, *result.left):
        tell(sentence)
    tell(f"{len(result.done)} promoted, {len(result.left)} left out, {result.undecided} undecided.")
    if result.done:
        tell("What was promoted no longer measures anything: leave it out of gold questions.")


@app.command()
def accept(
    document: Document,
    archive: ArchiveFolder = None,
    config: Config = None,
) -> None:
    """Check a finding aid that was edited by hand, and put it down in the archive's manifest."""
    aid = _aid(document, archive, config)
    _save(aid)
    tell(f"{aid.path}: {counted(len(aid.lines), 'entry or gap', 'entries and gaps')}, all valid.")


def _folder(archive: Path | None, config: Path | None) -> Path:
    from qa.settings import Settings

    return Settings.load(config, archive=archive).archive


def _aid(document: str, archive: Path | None, config: Path | None) -> AidFile:
    from qa.describe.aid_file import open_aid

    return open_aid(_folder(archive, config), document)


def _author(name: str) -> Author:
    import datetime

    from qa.describe.writing import Author

    return Author(name, datetime.date.today())


def _save(aid: AidFile) -> None:
    from qa.describe.saving import save

    for sentence in save(aid).sentences:
        tell(sentence)
