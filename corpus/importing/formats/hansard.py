"""Hansard: XML of the debates at Westminster (as TheyWorkForYou keeps it) and of Canada."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from corpus.errors import ImportingError
from corpus.importing.imported import PARAGRAPH, Block, Imported, Kind, LeftOut, Piece, Place
from corpus.importing.packages import xml_root
from corpus.importing.xmls import Flow, head_of_xml, local, text_of

if TYPE_CHECKING:
    from lxml.etree import _Element

NAME = "Hansard (XML)"
_HEADINGS = frozenset("major-heading minor-heading oral-heading".split())
_READ = _HEADINGS | {"speech", "gidredirect", ""}
_DAY = re.compile(r"/(\d{4}-[01]\d-[0-3]\d)[a-z]?\.")
_TITLES = ("OrderOfBusinessTitle", "SubjectOfBusinessTitle", "CatchLine", "QualifyingText", "Title")
_PARAGRAPHS = ("ParaText", "QuotePara", "Line", "PoetryLine")


def recognise(data: bytes, name: str) -> float:
    """By the root."""
    del name
    head = head_of_xml(data)
    return 1.0 if b"<publicwhip" in head or b"<Hansard" in head else 0.0


def read(data: bytes, name: str) -> tuple[Imported, ...]:
    """Read the speeches; each paragraph stays one."""
    root = xml_root(data, name)
    flow = Flow.of(root)
    if local(root) == "publicwhip":
        blocks = list(_westminster(root, flow))
        stated = _sitting(root, blocks)
    else:
        blocks = list(_ottawa(root, flow))
        stated = _extracted(root)
    if not any(block.kind is Kind.SPEECH for block in blocks):
        raise ImportingError(name, "holds no speech.")
    amid = tuple(dict.fromkeys(flow.passed_over))
    unread = LeftOut("entities", len(flow.passed_over), "not known", "entity", amid)
    left = tuple(one for one in (*_left_out(root), unread) if one.count)
    return (Imported(NAME, tuple(blocks), "", stated, left, units=flow.units),)


def _left_out(root: _Element) -> Iterator[LeftOut]:
    moved = sum(local(child) == "gidredirect" for child in root.iterchildren())
    yield LeftOut("redirections", moved, "for programs", "redirection")
    times = [" ".join("".join(e.itertext()).split()) for e in root.iter("{*}Timestamp")]
    shown = tuple(dict.fromkeys(times))
    yield LeftOut("times of day", len(times), "about the record", "time of day", shown)
    marks = [" ".join("".join(e.itertext()).split()) for e in root.iter("{*}FloorLanguage")]
    spoken = tuple(dict.fromkeys(marks))
    one = "mark of a language"
    yield LeftOut("marks of languages", len(marks), "about the record", one, spoken)
    if local(root) == "publicwhip":
        others = [local(c) for c in root.iterchildren() if local(c) not in _READ and _words(c)]
        named, one = tuple(dict.fromkeys(others)), "division or the like"
        yield LeftOut("divisions and the like", len(others), "nobody says them", one, named)


def _words(element: _Element) -> str:
    return "".join(element.itertext()).strip()


def _sitting(root: _Element, blocks: list[Block]) -> dict[str, str]:
    """Return the first heading and the day, which stands in the ids of speeches."""
    first = next((block.text for block in blocks if block.kind is Kind.HEADING), "")
    days = {m[1] for e in root.iterchildren() if (m := _DAY.search(str(e.get("id") or "")))}
    stated = {"title": " ".join(first.split())[:160], "date": days.pop() if len(days) == 1 else ""}
    return {field: value for field, value in stated.items() if value}


def _westminster(root: _Element, flow: Flow) -> Iterator[Block]:
    for element in root.iterchildren():
        name = local(element)
        if name in _HEADINGS:
            yield Block(Kind.HEADING, flow.pieces(element))
        elif name == "speech":
            column = element.get("colnum")
            flow.page = f"col. {column}" if column else flow.page
            pieces = _paragraphs(element, (), flow)
            speaker = element.get("speakername")
            unknown = element.get("nospeaker") == "true" or not speaker
            kind = Kind.NARRATION if unknown else Kind.SPEECH
            yield Block(kind, pieces, None if unknown else str(speaker), _stated(element, flow))


def _stated(element: _Element, flow: Flow) -> Place | None:
    speaker = element.get("speakername")
    if not speaker:
        return None
    unit = f"speakername {len(flow.units) + 1}, line {element.sourceline}"
    flow.units[unit] = str(speaker)
    return Place(unit, 0, len(str(speaker)), element.sourceline)


def _paragraphs(element: _Element, names: tuple[str, ...], flow: Flow) -> tuple[Piece, ...]:
    found: list[Piece] = []
    for child in _outermost(element, names):
        found += [PARAGRAPH] if found else []
        found += flow.pieces(child)
    return tuple(found)


def _outermost(element: _Element, names: tuple[str, ...]) -> Iterator[_Element]:
    """Yield paragraphs, but not those inside others: a quotation's words stand in both.

    Without any names, whatever stands right below with words in it is one.
    """
    for child in element.iterchildren():
        if local(child) in names or (not names and _words(child)):
            yield child
        elif names:
            yield from _outermost(child, names)


def _ottawa(root: _Element, flow: Flow) -> Iterator[Block]:
    begun = False
    for element in root.iter():
        name = local(element)
        if name in _TITLES:
            yield Block(Kind.HEADING if begun else Kind.HEADER, flow.pieces(element))
        elif name == "Intervention":
            begun = True
            yield _intervention(element, flow)


def _intervention(element: _Element, flow: Flow) -> Block:
    content = next((c for c in element.iterchildren() if local(c) == "Content"), None)
    pieces = _paragraphs(element if content is None else content, _PARAGRAPHS, flow)
    who = next((c for c in element.iterchildren() if local(c) == "PersonSpeaking"), None)
    if who is None:
        return Block(Kind.SPEECH, pieces, doubt="the intervention names no speaker")
    label = flow.pieces(who)
    words = text_of(label).rstrip(": ")
    places = [piece.place for piece in label if piece.place is not None and piece.text.strip(" :")]
    if not words or not places:
        return Block(Kind.SPEECH, pieces, doubt="the intervention names no speaker")
    unit = places[0].unit
    return Block(
        Kind.SPEECH, pieces, words, Place(unit, places[0].start, places[-1].end, places[0].line)
    )


def _extracted(root: _Element) -> dict[str, str]:
    found = {
        str(item.get("Name")): " ".join("".join(item.itertext()).split())
        for item in root.iter("{*}ExtractedItem")
    }
    stated = {}
    title = " ".join(
        found[key] for key in ("InstitutionDebate", "Institution", "Number") if found.get(key)
    )
    if title:
        stated["title"] = title
    numbers = [found.get(f"MetaDate{part}", "") for part in ("NumYear", "NumMonth", "NumDay")]
    if all(re.fullmatch(r"\d{1,4}", number) for number in numbers):
        stated["date"] = f"{int(numbers[0]):04}-{int(numbers[1]):02}-{int(numbers[2]):02}"
    return stated
