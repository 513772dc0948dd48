"""Spreadsheets (.csv, .tsv, .xlsx, .ods): a row a speech, in columns of time, speaker and words."""

from __future__ import annotations

import csv
import datetime
import io
from collections.abc import Iterator, Sequence
from typing import Any

from corpus.errors import ImportingError
from corpus.importing.columns import Columns, columns_called
from corpus.importing.imported import Block, Imported, Kind, LeftOut, Piece, Place, run_together
from corpus.importing.packages import OLE, ZIP, part, part_names, require_harmless, xml_root
from corpus.importing.texts import decoded, head_of, is_text, seconds
from corpus.labels.unknown import is_unknown

NAME = "spreadsheet (.csv, .xlsx, .ods)"
_BOOKS = (".xlsx", ".ods")
_SUFFIXES = (".csv", ".tsv", ".tab")
_TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
_MAX_ROWS = 200_000
_MAX_REPEATED = 64
_TITLED = 12
"""Rows within which the names of columns may stand below a title."""
csv.field_size_limit(1 << 26)


def recognise(data: bytes, name: str) -> float:
    """By the package; a text by its first row, whose cells must be names of columns."""
    names = part_names(data)
    if "xl/workbook.xml" in names or ("content.xml" in names and name.lower().endswith(".ods")):
        return 1.0
    if data.startswith(ZIP) and not names:
        return 0.8 if name.lower().endswith(_BOOKS) else 0.0
    if data.startswith(OLE):
        return 0.8 if name.lower().endswith((".xls", ".xlsx")) else 0.0
    if not is_text(data):
        return 0.0
    first = head_of(data).lstrip().partition("\n")[0]
    columns = next((columns_called(first.split(sign)) for sign in ",;\t" if sign in first), None)
    if columns is None or columns.speaker is None:
        return 0.4 if name.lower().endswith(_SUFFIXES) else 0.0
    return 0.95 if name.lower().endswith(_SUFFIXES) else 0.5


def read(data: bytes, name: str) -> tuple[Imported, ...]:
    """Read the rows; columns are told by the names in the first one."""
    encoding = ""
    names = part_names(data)
    if data.startswith((b"PK", OLE)):
        require_harmless(data, name)
        rows = list(
            _workbook(data, name) if "xl/workbook.xml" in names else _open_document(data, name)
        )
    else:
        text, encoding = decoded(data, name, lined=False)
        rows = list(_separated(text, name))
    at = next((i for i, row in enumerate(rows[:_TITLED]) if _names_columns(row)), 0)
    above = tuple(" ".join(" ".join(row).split()) for row in rows[:at])
    columns = columns_called(rows[at]) if rows else None
    if columns is None:
        raise ImportingError(
            name,
            "does not say which column is which; name them in the first row: time, speaker, text.",
        )
    units: dict[str, str] = {}
    below = enumerate(rows[at + 1 :], start=at + 2)
    blocks = [b for i, row in below if (b := _block(row, i, columns, units))]
    if not blocks:
        raise ImportingError(name, "has no row with words in it.")
    named, sheets = _others(rows[at], columns), _other_sheets(data, names, name)
    empty = tuple(
        " ".join(" ".join(row).split())
        for row in rows[at + 1 :]
        if "".join(row).strip() and not _cell(row, columns.text).strip()
    )
    said = tuple(filter(None, above))
    left = (
        LeftOut("other columns", len(named), "about the words", "other column", named),
        LeftOut("rows above the table", len(said), "about the words", "row above the table", said),
        LeftOut("rows without words", len(empty), "nothing is said", "row without words", empty),
        LeftOut("other sheets", len(sheets), "only the first is read", "other sheet", sheets),
    )
    shown = tuple(one for one in left if one.count)
    return (
        Imported(NAME, run_together(blocks), encoding, left_out=shown, units=units, remarks=said),
    )


def _names_columns(row: Sequence[str]) -> bool:
    columns = columns_called(row)
    return columns is not None and columns.speaker is not None


def _other_sheets(data: bytes, names: frozenset[str], name: str) -> tuple[str, ...]:
    """Return what the sheets behind the first one are called."""
    if "xl/workbook.xml" in names:
        sheets = xml_root(part(data, "xl/workbook.xml", name), name).iter("{*}sheet")
        return tuple(str(sheet.get("name")) for sheet in sheets)[1:]
    if "content.xml" in names:
        tables = xml_root(part(data, "content.xml", name), name).iter(f"{_TABLE}table")
        return tuple(str(table.get(f"{_TABLE}name")) for table in tables)[1:]
    return ()


def _separated(text: str, name: str) -> Iterator[list[str]]:
    first = text.lstrip("\ufeff").partition("\n")[0]
    sign = max(",;\t", key=first.count)
    # A quotation mark that nothing closes would make one person say all rows below it.
    reader = csv.reader(
        io.StringIO(text.removeprefix("\ufeff"), newline=""), delimiter=sign, strict=True
    )
    try:
        for number, row in enumerate(reader):
            if number > _MAX_ROWS:
                raise ImportingError(name, f"has more than {_MAX_ROWS:,} rows; split it.")
            yield row
    except csv.Error as error:
        raise ImportingError(
            name, f"is no table that can be read ({error}).", reader.line_num
        ) from error


def _workbook(data: bytes, name: str) -> Iterator[list[str]]:
    """Yield the rows of the first sheet, formulas as the values they had."""
    import zipfile

    import openpyxl
    from openpyxl.utils.exceptions import InvalidFileException

    try:
        book = openpyxl.load_workbook(io.BytesIO(data), read_only=True, data_only=True)
        sheet = book.worksheets[0]
        for number, row in enumerate(sheet.iter_rows(values_only=True)):
            if number > _MAX_ROWS:
                raise ImportingError(name, f"has more than {_MAX_ROWS:,} rows; split it.")
            yield [_shown(cell) for cell in row]
    except ImportingError:
        raise
    except (
        InvalidFileException,
        zipfile.BadZipFile,
        KeyError,
        ValueError,
        TypeError,
        IndexError,
        SyntaxError,
    ) as error:
        raise ImportingError(name, "is no workbook that can be read; save it anew.") from error


def _shown(cell: Any) -> str:
    if cell is None:
        return ""
    if isinstance(cell, datetime.timedelta):
        return _clock(cell.total_seconds())
    if isinstance(cell, datetime.datetime | datetime.time):
        return f"{cell:%H:%M:%S}"
    return str(cell)


def _clock(whole: float) -> str:
    return f"{int(whole) // 3600}:{int(whole) // 60 % 60:02}:{int(whole) % 60:02}"


def _open_document(data: bytes, name: str) -> Iterator[list[str]]:
    """Yield the rows of the first table."""
    table = next(xml_root(part(data, "content.xml", name), name).iter(f"{_TABLE}table"), None)
    if table is None:
        raise ImportingError(name, "has no table in it.")
    for row in table.iter(f"{_TABLE}table-row"):
        cells: list[str] = []
        for cell in row.iterchildren(f"{_TABLE}table-cell", f"{_TABLE}covered-table-cell"):
            words = "\n".join("".join(p.itertext()) for p in cell.iterchildren("{*}p"))
            times = str(cell.get(f"{_TABLE}number-columns-repeated") or 1)
            cells += [words] * min(int(times) if times.isdecimal() else 1, _MAX_REPEATED)
        yield cells


def _others(row: Sequence[str], columns: Columns) -> tuple[str, ...]:
    return tuple(c.strip() for i, c in enumerate(row) if c.strip() and i not in columns.used)


def _cell(row: Sequence[str], column: int | None) -> str:
    return row[column] if column is not None and column < len(row) else ""


def _block(
    row: Sequence[str], number: int, columns: Columns, units: dict[str, str]
) -> Block | None:
    words = _cell(row, columns.text)
    speaker = " ".join(_cell(row, columns.speaker).split()).rstrip(":")
    if not words.strip():
        return None
    start, end = seconds(_cell(row, columns.start)), seconds(_cell(row, columns.end))
    time = None if start is None else (start, max(end if end is not None else start, start))
    unit = f"row {number}, column {columns.text + 1}"
    units[unit] = words
    piece = Piece(words, Place(unit, 0, len(words), number, None, time))
    if not speaker or is_unknown(speaker):
        doubt = "" if speaker else "the row names no speaker"
        return Block(Kind.SPEECH, (piece,), doubt=doubt)
    who = f"row {number}, column {(columns.speaker or 0) + 1}"
    units[who] = _cell(row, columns.speaker)
    at = units[who].find(speaker)
    label = Place(who, at, at + len(speaker), number, None, time) if at >= 0 else None
    return Block(Kind.SPEECH, (piece,), speaker, label)
