"""Paragraphs of Word: their words run by run, and the names that are set apart in them."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from corpus.importing.imported import Piece, Place
from corpus.importing.paragraphs import Paragraph
from corpus.importing.texts import may_be_name, may_be_speaker, seconds, without_time
from corpus.labels.readers import plain_colon

if TYPE_CHECKING:
    from lxml.etree import _Element

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_PARAGRAPH_ID = "{http://schemas.microsoft.com/office/word/2010/wordml}paraId"
_SKIPPED = frozenset(
    W + name
    for name in "del moveFrom instrText delText delInstrText txbxContent rPr pPr sectPr".split()
)
_SIGNS = {"tab": "\t", "br": "\n", "cr": "\n", "noBreakHyphen": "\u2011", "ptab": "\t"}
_HEADINGS = re.compile(r"heading|title|überschrift|titel|titre|título|заголовок", re.I)
_TITLES = re.compile(r"^(?:title|titel|titre|título|название)$", re.I)
_SPEAKERS = re.compile(r"speaker|interviewer|interviewee|sprecher|locuteur|questioner", re.I)
_MAX_LABEL = 80
_COLON = re.compile(r"(?<!\d):|:(?!\d)")
_CODE = re.compile(r"\d{1,4}:\d\d(?::\d\d)?")


@dataclass(slots=True)
class Reading:
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


def paragraphs_of(element: _Element, reading: Reading) -> list[Paragraph]:
    """Return a paragraph; where a line inside it begins with a label, it begins another one."""
    runs = list(_runs(element, reading))
    unit = _unit(element, reading)
    style = _style(element.find(f"{W}pPr"), "pStyle", reading)
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


def plain_paragraph(element: _Element, reading: Reading) -> Paragraph:
    """Return a paragraph of a cell or a note, where no label is looked for."""
    style = _style(element.find(f"{W}pPr"), "pStyle", reading)
    runs = list(_runs(element, reading))
    return _read(runs, _unit(element, reading), style, reading, labelled=False)


def _read(
    runs: Sequence[_Run], unit: str, style: str, reading: Reading, *, labelled: bool = True
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


def _unit(element: _Element, reading: Reading) -> str:
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
    said = timed(
        Paragraph(tuple(_behind(paragraph.pieces, behind))), seconds(time[0]) if time else None
    )
    return Paragraph(said.pieces, text[start:end], Place(unit, start, end))


def with_bold(reading: Reading) -> list[Paragraph]:
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


def _labelled_otherwise(reading: Reading, names: frozenset[str]) -> bool:
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
    if not name or not may_be_speaker(name):
        return None
    start = text.index(name)
    return (start, start + len(name), behind), is_whole


def _runs(element: _Element, reading: Reading) -> Iterator[_Run]:
    for child in element.iterchildren():
        if child.tag in _SKIPPED or not isinstance(child.tag, str):
            continue
        if child.tag == f"{W}r":
            yield from _run(child, reading)
        else:
            yield from _runs(child, reading)


def _run(run: _Element, reading: Reading) -> Iterator[_Run]:
    properties = run.find(f"{W}rPr")
    if _is_on(properties, "vanish"):
        reading.hidden += 1
        return
    bold = _is_on(properties, "b")
    style = _style(properties, "rStyle", reading)
    bold = bold or style.casefold() in ("strong", "fett")
    for child in run.iterchildren():
        tag = str(child.tag).removeprefix(W)
        if tag == "t" and child.text:
            yield _Run(child.text, bold, style)
        elif tag in _SIGNS:
            yield _Run(_SIGNS[tag], bold, style)
        elif tag in ("footnoteReference", "endnoteReference"):
            key = (tag, str(child.get(f"{W}id")))
            number = reading.numbers.setdefault(key, len(reading.numbers) + 1)
            yield _Run(f"[{number}]", bold, style, number)


def _is_on(properties: _Element | None, name: str) -> bool:
    found = None if properties is None else properties.find(f"{W}{name}")
    return found is not None and found.get(f"{W}val", "1") not in ("0", "false", "none")


def _style(properties: _Element | None, name: str, reading: Reading) -> str:
    found = None if properties is None else properties.find(f"{W}{name}")
    style = "" if found is None else str(found.get(f"{W}val"))
    return reading.styles.get(style, style)


def timed(paragraph: Paragraph, when: float | None) -> Paragraph:
    """Return a paragraph as said at a second, where that is known."""
    if when is None:
        return paragraph
    pieces = tuple(
        Piece(p.text, Place(p.place.unit, p.place.start, p.place.end, time=(when, when)), p.anchor)
        if p.place
        else p
        for p in paragraph.pieces
    )
    return Paragraph(pieces)
