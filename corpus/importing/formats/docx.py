"""Word documents (.docx): names in bold or in a style of their own are labels."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import replace
from typing import TYPE_CHECKING

from corpus.errors import ImportingError
from corpus.importing.formats.headed import headed_speeches
from corpus.importing.imported import Block, Imported, Kind, LeftOut, Piece, Place, is_placed
from corpus.importing.packages import OLE, part, part_names, require_harmless, xml_root
from corpus.importing.paragraphs import blocks_of
from corpus.importing.texts import SourceLine
from corpus.importing.word import Reading, W, paragraphs_of, plain_paragraph, with_bold
from corpus.importing.word_tables import rows_of_table

if TYPE_CHECKING:
    from lxml.etree import _Element

NAME = "Word (.docx)"
_DOCUMENT = "word/document.xml"


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
    body = root.find(f"{W}body")
    if body is None:
        raise ImportingError(name, "has no text; save it anew.")
    styles = (
        xml_root(part(data, "word/styles.xml", name), name) if "word/styles.xml" in names else None
    )
    reading = Reading({} if styles is None else _style_names(styles))
    _body(body, reading)
    if not any(paragraph.text.strip() for paragraph in reading.paragraphs):
        raise ImportingError(
            name, "has no text in it; if it is a scan, it has to be recognised first."
        )
    headed = None if reading.numbers else _headed(reading)
    blocks, credits = headed or (blocks_of(with_bold(reading)), ())
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


def _headed(reading: Reading) -> tuple[tuple[Block, ...], tuple[LeftOut, ...]] | None:
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
    for style in styles.iter(f"{W}style"):
        name = style.find(f"{W}name")
        if name is not None:
            found[str(style.get(f"{W}styleId"))] = str(name.get(f"{W}val"))
    return found


def _body(body: _Element, reading: Reading) -> None:
    for child in body.iterchildren():
        if child.tag == f"{W}p":
            found = paragraphs_of(child, reading)
            # What stands below a table of names and words is nobody's of the table.
            reading.tabled = reading.tabled and not any(p.name for p in found)
            reading.paragraphs += [replace(p, apart=reading.tabled) for p in found]
        elif child.tag == f"{W}tbl":
            reading.paragraphs += rows_of_table(child, reading)
        elif child.tag in (f"{W}sdt", f"{W}sdtContent", f"{W}ins", f"{W}customXml"):
            _body(child, reading)


def _notes(data: bytes, names: frozenset[str], reading: Reading, name: str) -> Iterator[Block]:
    for kind, inner in (("footnote", "word/footnotes.xml"), ("endnote", "word/endnotes.xml")):
        if inner not in names:
            continue
        for note in xml_root(part(data, inner, name), name).iter(f"{W}{kind}"):
            number = reading.numbers.get((f"{kind}Reference", str(note.get(f"{W}id"))))
            if number is None:
                continue
            pieces = [
                x
                for p in note.iter(f"{W}p")
                for x in (*plain_paragraph(p, reading).pieces, Piece(" "))
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
    said = (line for box in root.iter(f"{W}txbxContent") for line in _plain_lines(box))
    yield from dict.fromkeys(said)


def _plain_lines(element: _Element) -> Iterator[str]:
    for paragraph in element.iter(f"{W}p"):
        words = " ".join("".join(t.text or " " for t in paragraph.iter(f"{W}t", f"{W}tab")).split())
        if words:
            yield words


def _left_out(
    root: _Element,
    names: frozenset[str],
    reading: Reading,
    heads: tuple[str, ...],
    boxes: tuple[str, ...],
    notes: int,
) -> tuple[LeftOut, ...]:
    def count(*tags: str) -> int:
        return sum(1 for tag in tags for _ in root.iter(W + tag))

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
