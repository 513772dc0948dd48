"""Tables of Word: rows of time, name and words, and what stands beside them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from corpus.importing.columns import Columns, columns_called, columns_seen
from corpus.importing.heads import announces
from corpus.importing.imported import Piece, Place
from corpus.importing.paragraphs import Paragraph
from corpus.importing.texts import may_be_name, seconds
from corpus.importing.word import Reading, W, plain_paragraph, timed
from corpus.labels.unknown import is_unknown

if TYPE_CHECKING:
    from lxml.etree import _Element

_WIDEST = 3
_Cells = list[list[Paragraph]]


def rows_of_table(table: _Element, reading: Reading) -> Iterator[Paragraph]:
    """Yield the rows of a table: whoever speaks and words where its columns are these."""
    rows: list[_Cells] = [
        [
            [plain_paragraph(p, reading) for p in cell.iter(f"{W}p")]
            for cell in row.iterchildren(f"{W}tc")
        ]
        for row in table.iter(f"{W}tr")
    ]
    texts = [[_cell_text(cell) for cell in row] for row in rows]
    called = columns_called(texts[0]) if texts else None
    if called is not None and called.speaker is not None:
        reading.beside += filter(None, texts[0])
        rows, texts = rows[1:], texts[1:]
    else:
        called = columns_seen(texts)
    if called is None:
        for row in rows:
            yield from _row(row, reading)
        return
    reading.tabled = True
    for row, words in zip(rows, texts, strict=True):
        yield from _by_columns(row, words, called, reading)


def _cell_text(cell: Sequence[Paragraph]) -> str:
    return " ".join(paragraph.text for paragraph in cell).strip()


def _by_columns(
    row: _Cells, texts: Sequence[str], columns: Columns, reading: Reading
) -> Iterator[Paragraph]:
    """Yield a row of which the columns are known; one that is shorter is nobody's words."""
    reading.beside += [t for i, t in enumerate(texts) if t and i not in columns.used]
    if len(row) <= max(columns.text, columns.speaker or 0):
        yield from (replace(p, apart=True) for cell in row for p in cell if p.text.strip())
        return
    when = seconds(texts[columns.start]) if columns.start is not None else None
    name = texts[columns.speaker or 0].rstrip(": ")
    said = [timed(p, when) for p in row[columns.text] if p.text.strip()]
    if name and said:
        place = next(
            (x.place for p in row[columns.speaker or 0] for x in p.pieces if x.place), None
        )
        at = reading.units[place.unit].find(name) if place is not None else -1
        label = Place(place.unit, at, at + len(name)) if place is not None and at >= 0 else None
        yield Paragraph(said.pop(0).pieces, name, label)
    yield from said


def _row(read: _Cells, reading: Reading) -> list[Paragraph]:
    """Return a row of a table: time, speaker and words where its columns are these."""
    texts = [_cell_text(cell) for cell in read]
    coded = bool(texts) and seconds(texts[0]) is not None
    names = texts[1:] if coded else texts
    if 1 < len(texts) <= _WIDEST and len(names) == 2 and names[1]:  # noqa: PLR2004
        name = names[0].rstrip(": ")
        column = read[1 if coded else 0]
        place = next((x.place for p in column for x in p.pieces if x.place), None)
        if place is not None and (is_unknown(name) or may_be_name(name)):
            at = reading.units[place.unit].find(name)
            label = Place(place.unit, at, at + len(name)) if at >= 0 else None
            when = seconds(texts[0]) if coded else None
            first, *rest = [timed(p, when) for p in read[-1] if p.text.strip()]
            return [Paragraph(first.pieces, name, label), *rest]
    filled = [paragraph for cell in read for paragraph in cell if paragraph.text.strip()]
    if len(filled) == 2 and announces(filled[0].text.strip(" :")):  # noqa: PLR2004
        return [Paragraph((*filled[0].pieces, Piece("\t"), *filled[1].pieces))]
    return filled
