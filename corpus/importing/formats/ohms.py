"""OHMS, the Oral History Metadata Synchronizer: WebVTT inside, or lines with a time a minute."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from typing import TYPE_CHECKING

from corpus.dates import read_date
from corpus.errors import ImportingError
from corpus.importing.cues import blocks_of, read_cues
from corpus.importing.formats.webvtt import left_of_blocks, without_blocks
from corpus.importing.imported import SPACE, Block, Imported, Kind, LeftOut, Piece, Place
from corpus.importing.packages import xml_root
from corpus.importing.texts import SourceLine, source_lines
from corpus.importing.xmls import head_of_xml, local

if TYPE_CHECKING:
    from lxml.etree import _Element

NAME = "OHMS (XML)"
_SYNC = re.compile(r"(\d+)\((\d+)\)")
_ANCHOR = re.compile(r"\[\[footnote\]\]\s*(.*?)\s*\[\[/footnote\]\]", re.S)
_NOTE = re.compile(r"\[\[note\]\](.*?)\[\[/note\]\]", re.S)
_NOTES = re.compile(r"\[\[footnotes\]\].*", re.S)
_LINK = re.compile(r"\[\[link\]\].*?\[\[/link\]\]|\[\[/?\w+\]\]|</?\w+/?>", re.S)
_FIELDS = {
    "title": "title", "repository": "repository", "accession": "signature",
    "collection_name": "collection", "rights": "rights",
}  # fmt: skip


def recognise(data: bytes, name: str) -> float:
    """By the root and its namespace."""
    del name
    head = head_of_xml(data)
    return 1.0 if b"ohms" in head and b"<ROOT" in head else 0.0


def read(data: bytes, name: str) -> tuple[Imported, ...]:
    """Read the transcript, or the index where there is no transcript."""
    root = xml_root(data, name)
    record = root.find("{*}record")
    if record is None:
        raise ImportingError(name, "has no record in it; export it from OHMS anew.")
    vtt, text = record.find("{*}vtt_transcript"), record.find("{*}transcript")
    units: dict[str, str] = {}
    left: tuple[LeftOut, ...] = ()
    index = tuple(_index(record, units))
    if vtt is not None and _words(vtt).strip().startswith("WEBVTT"):
        blocks, left = _cued(vtt, units)
        blocks = (*index, *blocks)
    elif text is not None and len(_words(text).split()) > 1 and not _is_none(text):
        blocks, left = _lined(text, record, units)
        if index:
            left = (
                *left,
                LeftOut(
                    "segments of the index",
                    len(index),
                    "without a place in the lines",
                    "segment of the index",
                ),
            )
    elif index:
        blocks = tuple(replace(block, kind=Kind.NARRATION) for block in index)
    else:
        raise ImportingError(name, "has neither a transcript nor an index in it.")
    shown = tuple(one for one in left if one.count)
    return (
        Imported(
            NAME, blocks, "", _stated(record), shown, units=units, remarks=tuple(_people(record))
        ),
    )


def _words(element: _Element) -> str:
    """Return the words of an element, also of mark-up that somebody put into it unescaped."""
    return "".join(element.itertext())


def _is_none(text: _Element) -> bool:
    return _words(text).strip().casefold().rstrip(".") == "no transcript"


def _cued(vtt: _Element, units: dict[str, str]) -> tuple[tuple[Block, ...], tuple[LeftOut, ...]]:
    words = _words(vtt)
    units["vtt_transcript"] = words
    first = (vtt.sourceline or 1) - 1
    lines = [replace(line, number=line.number + first) for line in source_lines(words)]
    start = next(i for i, line in enumerate(lines) if line.text.strip())
    kept, notes, styles = without_blocks(lines[start:])
    blocks, left = blocks_of(read_cues(kept).cues)
    placed = tuple(
        replace(b, pieces=tuple(map(_inside, b.pieces)), label=_moved(b.label)) for b in blocks
    )
    return placed, (*left, *left_of_blocks(notes, styles))


def _inside(piece: Piece) -> Piece:
    return replace(piece, place=_moved(piece.place))


def _moved(place: Place | None) -> Place | None:
    return None if place is None else replace(place, unit="vtt_transcript")


def _lined(
    text: _Element, record: _Element, units: dict[str, str]
) -> tuple[tuple[Block, ...], tuple[LeftOut, ...]]:
    """Return the lines, each with the minute in which it is said."""
    words = _words(text)
    units["transcript"] = words
    notes = _NOTES.search(words)
    end = notes.start() if notes else len(words)
    times = _times(record, words)
    noted = list(_NOTE.finditer(words, end))
    pieces: list[Piece] = []
    gone = 0
    for line in source_lines(words[:end]):
        if pieces:
            pieces.append(Piece("\n"))
        at = 0
        when = times(line.number)
        for match in _marks(line):
            anchor = _ANCHOR.match(match[0])
            pieces.append(_piece(line, at, match.start(), when, text))
            if anchor is not None and anchor[1].isdecimal() and int(anchor[1]) <= len(noted):
                first, last = (match.start() + sign for sign in anchor.span(1))
                pieces += [Piece("["), _piece(line, first, last, when, text), Piece("]")]
            else:
                gone += anchor is not None
            at = match.end()
        pieces.append(_piece(line, at, len(line.text), when, text))
    for number, note in enumerate(noted, start=1):
        pieces += [Piece("\n\n" if number == 1 else "\n"), Piece(f"[{number}] ")]
        pieces += _note(words, note, text)
    left = (
        LeftOut("numbers of footnotes", gone, "without such a footnote", "number of a footnote"),
    )
    return (Block(Kind.TEXT, tuple(p for p in pieces if p.text)),), left


def _note(words: str, note: re.Match[str], text: _Element) -> Iterator[Piece]:
    """Yield a footnote's words on one line, without the marks inside."""
    first = (text.sourceline or 1) - 1 + words.count("\n", 0, note.start(1))
    begun = False
    for line in source_lines(note[1]):
        at = 0
        for start, end in (*(m.span() for m in _marks(line)), (len(line.text), len(line.text))):
            kept = line.text[at:start]
            bare = kept.strip()
            if bare:
                begin = note.start(1) + line.start + at + kept.index(bare)
                place = Place("transcript", begin, begin + len(bare), first + line.number)
                yield from (SPACE,) if begun else ()
                yield Piece(bare, place)
                begun = True
            at = end


def _marks(line: SourceLine) -> list[re.Match[str]]:
    found = [*_ANCHOR.finditer(line.text), *_LINK.finditer(line.text)]
    kept: list[re.Match[str]] = []
    for match in sorted(found, key=lambda m: (m.start(), -m.end())):
        if not kept or match.start() >= kept[-1].end():
            kept.append(match)
    return kept


def _piece(
    line: SourceLine, start: int, end: int, when: tuple[float, float] | None, text: _Element
) -> Piece:
    place = line.place(start, end, when, "transcript")
    return Piece(
        line.text[start:end], replace(place, line=line.number + (text.sourceline or 1) - 1)
    )


class _Times:
    """When the lines of a transcript are said, as its synchronisation has it."""

    def __init__(self, points: list[tuple[int, float]], interval: float) -> None:
        self._points, self._interval = points, interval

    def __call__(self, line: int) -> tuple[float, float] | None:
        """Return from which to which second a line is said, to the interval; None if unknown."""
        if not self._points:
            return None
        here = [time for at, time in self._points if at == line]
        before = [time for at, time in self._points if at < line]
        after = [time for at, time in self._points if at > line]
        start = here[0] if here else before[-1] if before else 0.0
        return start, after[0] if after else max(here or before or [0.0]) + self._interval


def _times(record: _Element, words: str) -> _Times:
    sync = record.find("{*}sync")
    head, _, rest = ((sync.text if sync is not None else "") or "").partition(":")
    if not head.strip().isdecimal():
        return _Times([], 0.0)
    interval = int(head) * 60.0
    lines = words.count("\n") + 1
    points = [
        (int(match[1]), number * interval)
        for number, entry in enumerate(rest.strip("|").split("|"), start=1)
        if (match := _SYNC.match(entry)) and int(match[1]) <= lines
    ]
    return _Times(points, interval)


def _index(record: _Element, units: dict[str, str]) -> Iterator[Block]:
    for number, point in enumerate(record.iterfind("{*}index/{*}point"), start=1):
        time = point.find("{*}time")
        start = (time.text or "").strip() if time is not None else ""
        when = (float(start), float(start)) if start.isdecimal() else None
        for name, kind in (("title", Kind.HEADING), ("synopsis", Kind.NARRATION)):
            element = next((c for c in point.iterchildren() if local(c) == name), None)
            words = (element.text or "").strip() if element is not None else ""
            if element is None or not words:
                continue
            unit = f"index/point {number}/{name}"
            units[unit] = element.text or ""
            at = units[unit].index(words)
            place = Place(unit, at, at + len(words), element.sourceline, None, when)
            yield Block(kind, (Piece(words, place),))


def _people(record: _Element) -> Iterator[str]:
    """Yield who asked and who was asked, as the head of a text would say it."""
    for element in record.iterchildren():
        name, words = local(element), " ".join((element.text or "").split())
        if name in ("interviewer", "interviewee") and words:
            yield f"{name}: {words}"


def _stated(record: _Element) -> dict[str, str]:
    found = {}
    for element in record.iterchildren():
        name = _FIELDS.get(local(element), "")
        words = " ".join((element.text or "").split())
        if name and words:
            found[name] = words
    date = record.find("{*}date")
    try:
        if date is not None and date.get("value"):
            found["date"] = read_date(str(date.get("value"))).text
    except ValueError:
        pass
    return found
