"""A finding aid as a table: one row for each question, for work in a spreadsheet."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator

from corpus.aid import Entry, Part
from corpus.transcript import Transcript
from qa.describe.cells import joined, to_cell

COLUMNS = (
    "line", "kind", "start", "end", "words", "question", "lang", "voice", "abstract", "subjects",
    "why", "author", "date", "reviewed_by",
)  # fmt: skip
"""``line`` holds the rows of one entry together; ``words`` is there to be read."""
ENTRY = "entry"
GAP = "gap"

Cells = dict[str, str]


def table_bytes(lines: Iterable[tuple[int, Part]], transcript: Transcript) -> bytes:
    """Return the table of a finding aid as CSV.

    It begins with a byte order mark, without which Excel takes UTF-8 for something else.

    Args:
        lines: the lines of the aid with their numbers.
        transcript: the document described.
    """
    text = io.StringIO(newline="")
    writer = csv.DictWriter(text, COLUMNS, restval="", quoting=csv.QUOTE_ALL)
    writer.writeheader()
    for number, part in lines:
        for cells in _rows(part, transcript):
            row = {"line": str(number)} | cells
            writer.writerow({name: to_cell(value) for name, value in row.items()})
    return text.getvalue().encode("utf-8-sig")


def _rows(part: Part, transcript: Transcript) -> Iterator[Cells]:
    about = part.provenance
    # Without the apostrophe Excel would rewrite the date in its local form.
    shared = {"author": about.author, "date": f"'{about.date.isoformat()}"}
    shared["reviewed_by"] = about.reviewed_by or ""
    if isinstance(part, Entry):
        shared |= _range(part.start, part.end, transcript)
        shared |= {"kind": ENTRY, "abstract": part.abstract, "subjects": joined(part.subjects)}
        for key in part.questions:
            yield shared | {"question": key.text, "lang": key.lang, "voice": key.voice}
        return
    if part.near is not None:
        shared |= _range(*part.near, transcript)
    shared |= {"kind": GAP, "why": part.why}
    yield shared | {"question": part.gap, "lang": part.lang, "voice": part.voice}


def _range(start: int, end: int, transcript: Transcript) -> Cells:
    words = " ".join(transcript.text[start:end].split())
    return {"start": str(start), "end": str(end), "words": words}
