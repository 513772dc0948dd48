"""Words of XML documents: as one flow of text for each element, notes and pages marked."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from corpus.importing.imported import Block, Kind, Piece, Place, cut

if TYPE_CHECKING:
    from lxml.etree import _Element

_LABELS = ("speaker", "note")
_SPACES = re.compile(r"[^\S ]\s*| \s+")
"""White space that is more than one space, or another sign."""
_ENTITY = re.compile(r"&#(\d{1,7}|x[0-9a-fA-F]{1,6});|(.)\Z", re.S)


def local(element: _Element) -> str:
    """Return the name of an element without its namespace; empty for what is no element."""
    return element.tag.rpartition("}")[2] if isinstance(element.tag, str) else ""


def head_of_xml(data: bytes) -> bytes:
    """Return the beginning of an XML file, where its root stands; empty where it is none."""
    head = data[:20_000]
    if head.startswith((b"\xff\xfe", b"\xfe\xff")):
        head = head.decode("utf-16", "replace").encode()
    head = head.lstrip(b"\xef\xbb\xbf \t\r\n")
    return head if head.startswith(b"<") else b""


@dataclass(slots=True)
class Flow:
    """Turns elements into pieces, and counts what it meets.

    Attributes:
        units: the words of each element by its place in the file.
        page: on which the words stand; None before the first page.
        notes: the notes met, in order.
        entities: text by name of the document's own entities.
        passed_over: the words of elements that were left out, but for labels and notes, and
            entities that stand for nothing known.
    """

    units: dict[str, str] = field(default_factory=dict)
    page: str | None = None
    notes: list[_Element] = field(default_factory=list)
    entities: dict[str, str] = field(default_factory=dict)
    passed_over: list[str] = field(default_factory=list)

    @classmethod
    def of(cls, root: _Element) -> Flow:
        """Return a flow that knows the entities a document defines as single signs."""
        found = cls()
        dtd = root.getroottree().docinfo.internalDTD
        for entity in dtd.iterentities() if dtd is not None else ():
            sign = _ENTITY.fullmatch(entity.content or "")
            if sign is not None:
                code = sign[1]
                found.entities[entity.name] = (
                    sign[2]
                    if code is None
                    else chr(int(code[1:], 16) if code[0] == "x" else int(code))
                )
        return found

    def pieces(
        self,
        element: _Element,
        *,
        skip: Collection[str] = (),
        time: tuple[float, float] | None = None,
    ) -> tuple[Piece, ...]:
        """Return the words of an element: white space as XML has it is one space.

        Args:
            element: with everything below it.
            skip: names of elements below whose words are left out.
            time: when they are said.
        """
        unit = f"{local(element)} {len(self.units) + 1}, line {element.sourceline}"
        parts: list[tuple[str, str | None, int | None]] = []
        self._walk(element, skip, parts)
        self.units[unit] = "".join(text for text, _, anchor in parts if anchor is None)
        pieces: list[Piece] = []
        at = 0
        for text, page, anchor in parts:
            if anchor is not None:
                pieces.append(Piece(f"[{anchor}]", None, anchor))
                continue
            for piece in _flowing(text, at, Place(unit, 0, 0, element.sourceline, page, time)):
                double = pieces and pieces[-1].text.endswith(" ") and piece.text.startswith(" ")
                pieces += cut((piece,), 1) if double else (piece,)
            at += len(text)
        return tuple(pieces)

    def _walk(
        self,
        element: _Element,
        skip: Collection[str],
        parts: list[tuple[str, str | None, int | None]],
    ) -> None:
        if element.text:
            parts.append((element.text, self.page, None))
        for child in element.iterchildren():
            name = local(child)
            if name == "pb" and child.get("n"):
                self.page = str(child.get("n"))
            elif name == "note" and "note" not in skip:
                self.notes.append(child)
                parts.append(("", self.page, len(self.notes)))
            elif not name:
                entity = getattr(child, "name", "")
                if entity not in self.entities:
                    self.passed_over.append(f"&{entity};")
                parts.append((self.entities.get(entity, ""), self.page, None))
            elif name not in skip:
                self._walk(child, skip, parts)
            elif name not in _LABELS and (words := " ".join("".join(child.itertext()).split())):
                self.passed_over.append(words)
            if child.tail:
                parts.append((child.tail, self.page, None))

    def note_blocks(self) -> Iterator[Block]:
        """Yield the notes that were met."""
        numbered = list(enumerate(self.notes, start=1))
        for number, note in numbered:
            yield Block(Kind.NOTE, self.pieces(note, skip=("note",)), number=number)


def _flowing(text: str, start: int, place: Place) -> Iterator[Piece]:
    """Yield words with their places, and one space for each stretch of white space."""
    at = 0
    for match in _SPACES.finditer(text):
        if match.start() > at:
            yield _at(text[at : match.start()], start + at, place)
        yield Piece(" ", replace(place, start=start + match.start(), end=start + match.end()))
        at = match.end()
    if at < len(text):
        yield _at(text[at:], start + at, place)


def _at(words: str, start: int, place: Place) -> Piece:
    return Piece(words, replace(place, start=start, end=start + len(words)))


def text_of(pieces: tuple[Piece, ...]) -> str:
    """Return the words of pieces on one line."""
    return " ".join("".join(piece.text for piece in pieces).split())
