"""Reading a table of questions back, whatever a spreadsheet program made of its form."""

from __future__ import annotations

import csv
import io
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from pathlib import Path

from pydantic import ValidationError

from corpus.aid import Entry, KnownGap, Part
from corpus.faults import first_fault
from corpus.files import regular_bytes
from corpus.transcript import Transcript
from qa.describe.cells import from_cell, joined, split
from qa.describe.places import place_of
from qa.describe.table import COLUMNS, ENTRY, GAP, Cells
from qa.errors import UsageError

_DELIMITERS = ",;\t"
# The same for all questions of an entry.
_SHARED = ("kind", "start", "end", "words", "abstract", "subjects", "author", "date", "reviewed_by")
_PLAIN = ("line", "kind", "start", "end", "lang", "date")


@dataclass(frozen=True, slots=True)
class TableLine:
    """What the rows with one label in the column ``line`` say.

    Attributes:
        label: of the rows; empty where they have none.
        row: the first of them; the heading is row 1.
        part: the entry or gap.
    """

    label: str
    row: int
    part: Part


def read_table(
    path: Path, transcript: Transcript, existing: Mapping[str, Part]
) -> tuple[TableLine, ...]:
    """Read a table.

    Args:
        path: CSV with commas, semicolons or tabs; UTF-8 with or without byte order mark.
        transcript: the document described.
        existing: what the aid has under each label. Where rows of one entry differ, a value
            that is not the existing one is the curator's change.

    Raises:
        UsageError: the table cannot be understood; the message names the row.
    """
    groups: dict[str, list[tuple[int, Cells]]] = {}
    for number, cells in _rows(path):
        # A row without a label is a line of its own.
        groups.setdefault(cells["line"] or f"\n{number}", []).append((number, cells))
    found = []
    for key, rows in groups.items():
        label = "" if key.startswith("\n") else key
        part = _part(rows, transcript, existing.get(label), path)
        found.append(TableLine(label, rows[0][0], part))
    return tuple(found)


def _rows(path: Path) -> list[tuple[int, Cells]]:
    try:
        text = regular_bytes(path).decode("utf-8-sig")
    except OSError as error:
        raise UsageError(f"{path}: cannot be read ({error.strerror}); check the name.") from error
    except UnicodeDecodeError as error:
        raise UsageError(
            f"{path}: is not UTF-8 at byte {error.start}; save it as “CSV UTF-8”."
        ) from error
    heading = text.split("\n", 1)[0]
    delimiter = max(_DELIMITERS, key=heading.count)
    rows = []
    try:
        reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
        names = [name.strip().casefold() for name in next(reader, [])]
        _check_heading(names, path)
        for number, values in enumerate(reader, start=2):
            cells = dict.fromkeys(COLUMNS, "")
            cells |= {n: from_cell(v) for n, v in zip(names, values, strict=False) if n in cells}
            cells |= {name: cells[name].strip(" '") for name in _PLAIN}
            if any(cells.values()):
                rows.append((number, cells))
    except csv.Error as error:
        raise UsageError(f"{path}: is no CSV table ({error}); export it again.") from error
    return rows


def _check_heading(names: Collection[str], path: Path) -> None:
    missing = [name for name in COLUMNS if name not in names and name != "words"]
    if missing:
        raise UsageError(
            f"{path}: lacks the column '{missing[0]}'; its first row must name the columns, as "
            "'verbatim describe export' writes them."
        )


def _part(
    rows: list[tuple[int, Cells]], transcript: Transcript, existing: Part | None, path: Path
) -> Part:
    place = f"{path}, row {rows[0][0]}"
    before = _shared_cells(existing) if existing is not None else {}
    shared = {name: _agreed(name, rows, before.get(name), path) for name in _SHARED}
    about: dict[str, str | None] = {"author": shared["author"], "date": shared["date"]}
    about["reviewed_by"] = shared["reviewed_by"] or None
    try:
        span = _span(shared, transcript)
        if shared["kind"] == GAP:
            return _gap(rows, span, about)
        if shared["kind"] == ENTRY:
            return _entry(rows, shared, span, about)
    except ValidationError as error:
        raise UsageError(f"{place}: {first_fault(error).sentence}") from error
    except UsageError as error:
        raise UsageError(f"{place}: {error}") from error
    raise UsageError(f"{place}: 'kind' must be {ENTRY} or {GAP}, not “{shared['kind']}”.")


def _entry(
    rows: list[tuple[int, Cells]],
    shared: Cells,
    span: tuple[int, int] | None,
    about: Mapping[str, str | None],
) -> Entry:
    if span is None:
        raise UsageError("an entry needs 'start' and 'end', or 'words' of the document.")
    questions = [
        {"text": cells["question"], "lang": cells["lang"], "voice": cells["voice"]}
        for _, cells in rows
    ]
    return Entry.model_validate(
        {
            "start": span[0],
            "end": span[1],
            "abstract": shared["abstract"],
            "subjects": split(shared["subjects"]),
            "questions": questions,
            "provenance": about,
        }
    )


def _gap(
    rows: list[tuple[int, Cells]], near: tuple[int, int] | None, about: Mapping[str, str | None]
) -> KnownGap:
    if len(rows) > 1:
        raise UsageError("a gap has one row; give the others a 'line' of their own or none.")
    cells = rows[0][1]
    return KnownGap.model_validate(
        {
            "gap": cells["question"],
            "lang": cells["lang"],
            "voice": cells["voice"],
            "near": near,
            "why": cells["why"],
            "provenance": about,
        }
    )


def _span(shared: Cells, transcript: Transcript) -> tuple[int, int] | None:
    """Return the offsets, taken from the words only where there are no offsets."""
    if not shared["start"] and not shared["end"]:
        if not shared["words"]:
            return None
        found = place_of(transcript, shared["words"])
        return found.start, found.end
    try:
        return int(shared["start"]), int(shared["end"])
    except ValueError:
        raise UsageError("'start' and 'end' must both be whole numbers, or both empty.") from None


def _agreed(name: str, rows: list[tuple[int, Cells]], before: str | None, path: Path) -> str:
    """Return what the rows of one line say in a column they share; an empty cell says nothing."""
    said = {cells[name]: number for number, cells in rows if cells[name]}
    if len(said) > 1 and before is not None:
        said = {value: number for value, number in said.items() if value != before}
    if len(said) > 1:
        (one, first), (other, second) = list(said.items())[:2]
        raise UsageError(
            f"{path}, row {second}: says “{other}” under '{name}', and row {first}, which belongs "
            f"to the same line, says “{one}”; make them equal."
        )
    return next(iter(said), "")


def _shared_cells(part: Part) -> Cells:
    """Return what the aid has in the columns that the rows of an entry share."""
    about = part.provenance
    cells = {"author": about.author, "date": about.date.isoformat()}
    cells["reviewed_by"] = about.reviewed_by or ""
    if isinstance(part, KnownGap):
        return cells | {"kind": GAP}
    cells |= {"kind": ENTRY, "start": str(part.start), "end": str(part.end)}
    return cells | {"abstract": part.abstract, "subjects": joined(part.subjects)}
