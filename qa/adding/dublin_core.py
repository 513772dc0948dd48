"""Records from a table in Dublin Core, as catalogues export it.

DCMI Metadata Terms, https://www.dublincore.org/specifications/dublin-core/dcmi-terms/: the fifteen
elements, here those that a record has a field for. Columns may be written ``dc:title``,
``dc.title``, ``dcterms:title`` or ``Title``.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from corpus.errors import CorpusError
from corpus.files import document_names, regular_bytes
from corpus.record import read_record
from qa.errors import UsageError

_FIELDS = {
    "title": "title", "date": "date", "language": "language", "type": "kind", "rights": "rights",
    "publisher": "repository", "source": "source", "coverage": "place", "spatial": "place",
    "relation": "collection", "ispartof": "collection",
}  # fmt: skip
_KEYS = ("document", "filename", "file", "identifier")
"""Columns that may say which document a row is about."""


@dataclass(frozen=True, slots=True)
class Table:
    """What a table says.

    Attributes:
        changes: fields of records, by document.
        passed_over: rows that name no document of the archive, in sentences.
    """

    changes: Mapping[str, Mapping[str, str]]
    passed_over: tuple[str, ...]


def read_table(path: Path, archive: Path) -> Table:
    """Read a table; a row is about the document whose id, signature or file it names.

    Raises:
        UsageError: it cannot be read, or no column names documents.
    """
    try:
        text = regular_bytes(path).decode("utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise UsageError(f"{path}: cannot be read; save it as CSV in UTF-8.") from error
    first = text.partition("\n")[0]
    rows = list(csv.reader(io.StringIO(text, newline=""), delimiter=max(",;\t", key=first.count)))
    heads = [_plain(cell) for cell in rows[0]] if rows else []
    if not set(heads) & set(_KEYS) or not set(heads) & set(_FIELDS):
        raise UsageError(
            f"{path}: needs a column 'identifier' and others of Dublin Core, such as 'title'."
        )
    known = dict(_known(archive))
    changes: dict[str, dict[str, str]] = {}
    passed_over: list[str] = []
    for number, row in enumerate(rows[1:], start=2):
        cells = dict(zip(heads, (cell.strip() for cell in row), strict=False))
        named = [cells[key] for key in _KEYS if cells.get(key)]
        document = next((known[n.casefold()] for n in named if n.casefold() in known), None)
        fields = {_FIELDS[k]: v for k, v in cells.items() if k in _FIELDS and v}
        if document is None:
            passed_over.append(f"{path}, row {number}: names no document of the archive.")
        elif fields:
            changes[document] = fields
    return Table(changes, tuple(passed_over))


def _plain(head: str) -> str:
    return head.strip().casefold().replace(":", ".").rpartition(".")[2]


def _known(archive: Path) -> Iterator[tuple[str, str]]:
    """Yield every name that a document goes by, folded; its id last, which comes first."""
    names = document_names(archive)
    for name in names:
        try:
            record = read_record(archive / f"{name}.toml")
        except (CorpusError, OSError):
            continue
        for other in (record.signature, record.original.name if record.original else ""):
            if other:
                yield other.casefold(), name
    for name in names:
        yield name.casefold(), name
