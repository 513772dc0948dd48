"""Word documents (.docx): names in bold or in a style of their own are labels."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from corpus.errors import ImportingError
from corpus.importing.columns import Columns, columns_called, columns_seen
from corpus.importing.formats.headed import headed_speeches
from corpus.importing.heads import announces
from corpus.importing.imported import Block, Imported, Kind, LeftOut, Piece, Place, is_placed
from corpus.importing.packages import OLE, part, part_names, require_harmless, xml_root
from corpus.importing.paragraphs import Paragraph, blocks_of
from corpus.importing.texts import SourceLine, is_unknown, may_be_name, seconds, without_time
from corpus.labels.readers import plain_colon

if TYPE_CHECKING:
    from lxml.etree import _Element

NAME = "Word (.docx)"
_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_PARAGRAPH_ID = "{http://schemas.microsoft.com/office/word/2010/wordml}paraId"
_DOCUMENT = "word/document.xml"
_SKIPPED = frozenset(
    _W + name
    for name in "del moveFrom instrText delText delInstrText txbxContent rPr pPr sectPr".split()
)
_SIGNS = {"tab": "\t", "br": "\n", "cr": "\n", "noBreakHyphen": "\u2011", "ptab": "\t"}
_HEADINGS = re.compile(r"heading|title|überschrift|titel|titre|título|заголовок", re.I)
_TITLES = re.compile(r"^(?:title|titel|titre|título|название)$", re.I)
_SPEAKERS = re.compile(r"speaker|interviewer|interviewee|sprecher|locuteur|questioner", re.I)
_MAX_LABEL = 80
_COLON = re.compile(r"(?<!\d):|:(?!\d)")
_CODE = re.compile(r"\d{1,4}:\d\d(?::\d\d)?")
_WIDEST = 3


@dataclass(slots=True)
class _Reading:
    """What has been read of a document so far.

    Attributes:
        styles: their names by id.
        ids: of paragraphs, as Word numbers them.
        units: the words of each paragraph.
        numbers: of footnotes, by kind and id.
        bold: where a name may end in a paragraph that is bold from end to end.
        hidden: how many runs are not shown.
        paragraphs: in order.
        title: the first paragraph in the style of titles.
        count: of paragraphs so far.
        tabled: whether a table of names and words stands above.
        beside: what stands in other columns of such tables.
    """

    styles: dict[str, str]
    ids: set[str] = field(default_factory=set)
    units: dict[str, str] = field(default_factory=dict)
    numbers: dict[tuple[str, str], int] = field(default_factory=dict)
    bold: dict[str, tuple[int, int, int]] = field(default_factory=dict)
    hidden: int = 0
    paragraphs: list[Paragraph] = field(default_factory=list)
    title: str = ""
    count: int = 0
    tabled: bool = False
    beside: list[str] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class _Run:
    """Words set alike; ``anchor`` is the number of a footnote in their place."""

    text: str
    bold: bool
    style: str
    anchor: int | None = None


def recognise(data: bytes, name: str) -> float:
    """By what is in the package; an encrypted or old one by its name."""
    if data.startswith(OLE):
        return 0.9 if name.lower().endswith((".docx", ".doc", ".docm", ".dotx")) else 0.0
    if _DOCUMENT in part_names(data):
        return 1.0
    return 0.5 if data.startswith(b"PK") and name.lower().endswith(".docx") else 0.0


def read(data: bytes, name: str) -> tuple[Imported, ...]:
    """Read the body with its tables and footnotes, as if all tracked changes were accepted."""
    require_harmless(data, name)
    names = part_names(data)
    if _DOCUMENT not in names:
        raise ImportingError(name, "is no Word document, though it is called one; check the file.")
    root = xml_root(part(data, _DOCUMENT, name), name)
    body = root.find(f"{_W}body")
    if body is None:
        raise ImportingError(name, "has no text; save it anew.")
    styles = (
        xml_root(part(data, "word/styles.xml", name), name) if "word/styles.xml" in names else None
    )
    reading = _Reading({} if styles is None else _style_names(styles))
    _body(body, reading)
    if not any(paragraph.text.strip() for paragraph in reading.paragraphs):
        raise ImportingError(
            name, "has no text in it; if it is a scan, it has to be recognised first."
        )
    headed = None if reading.numbers else _headed(reading)
    blocks, credits = headed or (blocks_of(_with_bold(reading)), ())
    placed = is_placed(blocks)
    notes = tuple(_notes(data, names, reading, name)) if placed else ()
    stated = {"title": reading.title} if reading.title else {}
    heads, boxes = tuple(_sheets(data, names, name)), tuple(_boxes(root))
    left = _left_out(root, names, reading, heads, boxes, 0 if placed else len(reading.numbers))
    return (
        Imported(
            NAME, (*blocks, *notes), stated=stated, left_out=(*left, *credits), units=reading.units,
            remarks=(*boxes, *heads),
            by_program=headed is not None,
        ),
    )  # fmt: skip


def _headed(reading: _Reading) -> tuple[tuple[Block, ...], tuple[LeftOut, ...]] | None:
    """Read what Teams and Otter save: a line with name and time heads each speech."""
    lines: list[SourceLine] = []
    places: dict[int, tuple[str, int]] = {}
    start = 0
    for paragraph in reading.paragraphs:
        unit = next((p.place.unit for p in paragraph.pieces if p.place), "")
        if paragraph.name is not None:
            return None
        at = 0
        for words in paragraph.text.split("\n"):
            places[start] = (unit, at)
            lines.append(SourceLine(len(lines) + 1, start, words))
            at += len(words) + 1
            start += len(words) + 1
    found = headed_speeches(lines)
    if found is None:
        return None
    starts = sorted(places)

    def moved(place: Place) -> Place:
        line = starts[bisect_right(starts, place.start) - 1]
        unit, at = places[line]
        return Place(unit, at + place.start - line, at + place.end - line, None, None, place.time)

    blocks = tuple(
        replace(
            block,
            pieces=tuple(
                piece if piece.place is None else replace(piece, place=moved(piece.place))
                for piece in block.pieces
            ),
            label=None if block.label is None else moved(block.label),
        )
        for block in found.blocks
    )
    return blocks, found.left_out


def _style_names(styles: _Element) -> dict[str, str]:
    found = {}
    for style in styles.iter(f"{_W}style"):
        name = style.find(f"{_W}name")
        if name is not None:
            found[str(style.get(f"{_W}styleId"))] = str(name.get(f"{_W}val"))
    return found


def _body(body: _Element, reading: _Reading) -> None:
    for child in body.iterchildren():
        if child.tag == f"{_W}p":
            found = _paragraphs(child, reading)
            # What stands below a table of names and words is nobody's of the table.
            reading.tabled = reading.tabled and not any(p.name for p in found)
            reading.paragraphs += [replace(p, apart=reading.tabled) for p in found]
        elif child.tag == f"{_W}tbl":
            reading.paragraphs += _table(child, reading)
        elif child.tag in (f"{_W}sdt", f"{_W}sdtContent", f"{_W}ins", f"{_W}customXml"):
            _body(child, reading)


def _paragraphs(element: _Element, reading: _Reading) -> list[Paragraph]:
    """Return a paragraph; where a line inside it begins with a label, it begins another one."""
    runs = list(_runs(element, reading))
    unit = _unit(element, reading)
    style = _style(element.find(f"{_W}pPr"), "pStyle", reading)
    parts: list[list[_Run]] = [[]]
    for line in _broken(runs):
        words = "".join(run.text for run in line if run.anchor is None)
        if parts[-1] and not _HEADINGS.search(style) and _label(line, words, style) is not None:
            parts.append([])
        parts[-1] += line
    units = [unit, *(f"{unit}, part {number}" for number in range(2, len(parts) + 1))]
    return [_read(part, one, style, reading) for part, one in zip(parts, units, strict=True)]


def _broken(runs: Sequence[_Run]) -> Iterator[list[_Run]]:
    """Yield the lines of a paragraph, each with the break behind it."""
    line: list[_Run] = []
    for run in runs:
        line.append(run)
        if run.text == _SIGNS["br"]:
            yield line
            line = []
    yield line


def _paragraph(element: _Element, reading: _Reading) -> Paragraph:
    """Return a paragraph of a cell or a note, where no label is looked for."""
    style = _style(element.find(f"{_W}pPr"), "pStyle", reading)
    runs = list(_runs(element, reading))
    return _read(runs, _unit(element, reading), style, reading, labelled=False)


def _read(
    runs: Sequence[_Run], unit: str, style: str, reading: _Reading, *, labelled: bool = True
) -> Paragraph:
    reading.units[unit] = "".join(run.text for run in runs if run.anchor is None)
    pieces, at = [], 0
    for run in runs:
        if run.anchor is not None:
            pieces.append(Piece(run.text, None, run.anchor))
            continue
        pieces.append(Piece(run.text, Place(unit, at, at + len(run.text))))
        at += len(run.text)
    text = reading.units[unit]
    if _TITLES.match(style) and not reading.title:
        reading.title = " ".join(text.split())
    is_heading = bool(_HEADINGS.search(style))
    found = _label(runs, text, style) if labelled and not is_heading else None
    plain = Paragraph(tuple(pieces), is_heading=is_heading)
    if found is None:
        return plain
    label, is_whole = found
    if is_whole:
        reading.bold[unit] = label
        return plain
    return _set_apart(plain, unit, label, text)


def _unit(element: _Element, reading: _Reading) -> str:
    """Return a name for a paragraph: its place in order, and its id where Word gave it one.

    The id stays with the paragraph when others are put before it.
    """
    reading.count += 1
    unit = f"paragraph {reading.count}"
    given = str(element.get(_PARAGRAPH_ID) or "")
    if not given or given in reading.ids:
        return unit
    reading.ids.add(given)
    return f"{unit} ({given})"


def _set_apart(
    paragraph: Paragraph, unit: str, label: tuple[int, int, int], text: str
) -> Paragraph:
    start, end, behind = label
    time = _CODE.search(text, end, behind)
    said = _timed(
        Paragraph(tuple(_behind(paragraph.pieces, behind))), seconds(time[0]) if time else None
    )
    return Paragraph(said.pieces, text[start:end], Place(unit, start, end))


def _with_bold(reading: _Reading) -> list[Paragraph]:
    """Take names in paragraphs that are bold from end to end for labels, where they return.

    So questions are set in some interviews, answers beside them with only the name in bold.
    """
    names = {unit: reading.units[unit][start:end] for unit, (start, end, _) in reading.bold.items()}
    known = {paragraph.name for paragraph in reading.paragraphs if paragraph.name}
    counts = Counter(names.values())
    if not known and _labelled_otherwise(reading, frozenset(names.values())):
        return reading.paragraphs
    found = []
    for paragraph in reading.paragraphs:
        unit = next((p.place.unit for p in paragraph.pieces if p.place), "")
        name = names.get(unit)
        if name is not None and (name in known or counts[name] > 1):
            paragraph = _set_apart(paragraph, unit, reading.bold[unit], reading.units[unit])  # noqa: PLW2901
        found.append(paragraph)
    return found


def _labelled_otherwise(reading: _Reading, names: frozenset[str]) -> bool:
    """Whether names that are not bold return, too: then bold tells questions, not labels."""
    heads = Counter(
        head.name for p in reading.paragraphs if (head := plain_colon(p.text.lstrip())) is not None
    )
    return any(
        count > 1 and name not in names and may_be_name(name) for name, count in heads.items()
    )


def _behind(pieces: tuple[Piece, ...], at: int) -> Iterator[Piece]:
    for piece in pieces:
        place = piece.place
        if place is None:
            yield piece
        elif place.end > at:
            cut = max(at - place.start, 0)
            yield Piece(piece.text[cut:], Place(place.unit, place.start + cut, place.end))


def _label(runs: Sequence[_Run], text: str, style: str) -> tuple[tuple[int, int, int], bool] | None:
    """Return where a name that is set apart begins and ends, and where the words begin.

    Beside it, whether it is not set apart at all: the whole paragraph is bold.
    """
    words = [run for run in runs if run.anchor is None]
    lead = 0
    for run in words:
        set_apart = run.bold or _SPEAKERS.search(run.style)
        if not set_apart and run.text.strip():
            break
        lead += len(run.text)
    colon = next((m.start() for m in _COLON.finditer(text, 0, _MAX_LABEL)), -1)
    styled = bool(_SPEAKERS.search(style))
    whole = lead >= len(text.rstrip())
    bold = 0 <= colon <= lead and bool(text[:lead].strip())
    is_whole = whole and bool(text[colon + 1 :].strip()) and not styled
    if styled and colon < 0 and len(text) <= _MAX_LABEL:
        end = behind = len(text)
    elif bold or (styled and colon >= 0):
        end, behind = colon, colon + 1
    else:
        return None
    name = without_time(text[:end])
    if not name or not (is_unknown(name) or may_be_name(name)):
        return None
    start = text.index(name)
    return (start, start + len(name), behind), is_whole


def _runs(element: _Element, reading: _Reading) -> Iterator[_Run]:
    for child in element.iterchildren():
        if child.tag in _SKIPPED or not isinstance(child.tag, str):
            continue
        if child.tag == f"{_W}r":
            yield from _run(child, reading)
        else:
            yield from _runs(child, reading)


def _run(run: _Element, reading: _Reading) -> Iterator[_Run]:
    properties = run.find(f"{_W}rPr")
    if _is_on(properties, "vanish"):
        reading.hidden += 1
        return
    bold = _is_on(properties, "b")
    style = _style(properties, "rStyle", reading)
    bold = bold or style.casefold() in ("strong", "fett")
    for child in run.iterchildren():
        tag = str(child.tag).removeprefix(_W)
        if tag == "t" and child.text:
            yield _Run(child.text, bold, style)
        elif tag in _SIGNS:
            yield _Run(_SIGNS[tag], bold, style)
        elif tag in ("footnoteReference", "endnoteReference"):
            key = (tag, str(child.get(f"{_W}id")))
            number = reading.numbers.setdefault(key, len(reading.numbers) + 1)
            yield _Run(f"[{number}]", bold, style, number)


def _is_on(properties: _Element | None, name: str) -> bool:
    found = None if properties is None else properties.find(f"{_W}{name}")
    return found is not None and found.get(f"{_W}val", "1") not in ("0", "false", "none")


def _style(properties: _Element | None, name: str, reading: _Reading) -> str:
    found = None if properties is None else properties.find(f"{_W}{name}")
    style = "" if found is None else str(found.get(f"{_W}val"))
    return reading.styles.get(style, style)


_Cells = list[list[Paragraph]]


def _table(table: _Element, reading: _Reading) -> Iterator[Paragraph]:
    """Yield the rows of a table: whoever speaks and words where its columns are these."""
    rows: list[_Cells] = [
        [
            [_paragraph(p, reading) for p in cell.iter(f"{_W}p")]
            for cell in row.iterchildren(f"{_W}tc")
        ]
        for row in table.iter(f"{_W}tr")
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
    row: _Cells, texts: Sequence[str], columns: Columns, reading: _Reading
) -> Iterator[Paragraph]:
    """Yield a row of which the columns are known; one that is shorter is nobody's words."""
    reading.beside += [t for i, t in enumerate(texts) if t and i not in columns.used]
    if len(row) <= max(columns.text, columns.speaker or 0):
        yield from (replace(p, apart=True) for cell in row for p in cell if p.text.strip())
        return
    when = seconds(texts[columns.start]) if columns.start is not None else None
    name = texts[columns.speaker or 0].rstrip(": ")
    said = [_timed(p, when) for p in row[columns.text] if p.text.strip()]
    if name and said:
        place = next(
            (x.place for p in row[columns.speaker or 0] for x in p.pieces if x.place), None
        )
        at = reading.units[place.unit].find(name) if place is not None else -1
        label = Place(place.unit, at, at + len(name)) if place is not None and at >= 0 else None
        yield Paragraph(said.pop(0).pieces, name, label)
    yield from said


def _row(read: _Cells, reading: _Reading) -> list[Paragraph]:
    """Return a row of a table: time, speaker and words where its columns are these."""
    texts = [_cell_text(cell) for cell in read]
    timed = bool(texts) and seconds(texts[0]) is not None
    names = texts[1:] if timed else texts
    if 1 < len(texts) <= _WIDEST and len(names) == 2 and names[1]:  # noqa: PLR2004
        name = names[0].rstrip(": ")
        column = read[1 if timed else 0]
        place = next((x.place for p in column for x in p.pieces if x.place), None)
        if place is not None and (is_unknown(name) or may_be_name(name)):
            at = reading.units[place.unit].find(name)
            label = Place(place.unit, at, at + len(name)) if at >= 0 else None
            when = seconds(texts[0]) if timed else None
            first, *rest = [_timed(p, when) for p in read[-1] if p.text.strip()]
            return [Paragraph(first.pieces, name, label), *rest]
    filled = [paragraph for cell in read for paragraph in cell if paragraph.text.strip()]
    if len(filled) == 2 and announces(filled[0].text.strip(" :")):  # noqa: PLR2004
        return [Paragraph((*filled[0].pieces, Piece("\t"), *filled[1].pieces))]
    return filled


def _timed(paragraph: Paragraph, when: float | None) -> Paragraph:
    if when is None:
        return paragraph
    pieces = tuple(
        Piece(p.text, Place(p.place.unit, p.place.start, p.place.end, time=(when, when)), p.anchor)
        if p.place
        else p
        for p in paragraph.pieces
    )
    return Paragraph(pieces)


def _notes(data: bytes, names: frozenset[str], reading: _Reading, name: str) -> Iterator[Block]:
    for kind, inner in (("footnote", "word/footnotes.xml"), ("endnote", "word/endnotes.xml")):
        if inner not in names:
            continue
        for note in xml_root(part(data, inner, name), name).iter(f"{_W}{kind}"):
            number = reading.numbers.get((f"{kind}Reference", str(note.get(f"{_W}id"))))
            if number is None:
                continue
            pieces = [
                x for p in note.iter(f"{_W}p") for x in (*_paragraph(p, reading).pieces, Piece(" "))
            ]
            yield Block(Kind.NOTE, tuple(pieces), number=number)


def _sheets(data: bytes, names: frozenset[str], name: str) -> Iterator[str]:
    """Yield what stands in the heads and feet of pages, each line once."""
    sheets = sorted(n for n in names if re.fullmatch(r"word/(?:header|footer)\d*\.xml", n))
    said = (
        line for inner in sheets for line in _plain_lines(xml_root(part(data, inner, name), name))
    )
    yield from dict.fromkeys(said)


def _boxes(root: _Element) -> Iterator[str]:
    """Yield what stands in text boxes; Word keeps each twice, for old programs, too."""
    said = (line for box in root.iter(f"{_W}txbxContent") for line in _plain_lines(box))
    yield from dict.fromkeys(said)


def _plain_lines(element: _Element) -> Iterator[str]:
    for paragraph in element.iter(f"{_W}p"):
        words = " ".join(
            "".join(t.text or " " for t in paragraph.iter(f"{_W}t", f"{_W}tab")).split()
        )
        if words:
            yield words


def _left_out(
    root: _Element,
    names: frozenset[str],
    reading: _Reading,
    heads: tuple[str, ...],
    boxes: tuple[str, ...],
    notes: int,
) -> tuple[LeftOut, ...]:
    def count(*tags: str) -> int:
        return sum(1 for tag in tags for _ in root.iter(_W + tag))

    found = (
        LeftOut("comments", count("commentReference"), "about the text", "comment"),
        LeftOut("tracked deletions", count("del", "moveFrom"), "struck out", "tracked deletion"),
        LeftOut(
            "lines of text boxes",
            len(boxes),
            "without a place in the text",
            "line of text boxes",
            boxes,
        ),
        LeftOut(
            "cells beside the words",
            len(reading.beside),
            "about the words",
            "cell beside the words",
            tuple(dict.fromkeys(reading.beside)),
        ),
        LeftOut("hidden runs", reading.hidden, "not shown", "hidden run"),
        LeftOut(
            "heads and feet of pages", len(heads), "of the page", "head or foot of pages", heads
        ),
        LeftOut("footnotes", notes, "not told from speech where no name is bold", "footnote"),
        LeftOut("macros", sum(n.endswith("vbaProject.bin") for n in names), "never run", "macro"),
    )
    return tuple(one for one in found if one.count)
