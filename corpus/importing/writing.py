"""The canonical text of an imported document, with its table of speakers and its map."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from corpus.importing.imported import Block, Imported, Kind, Piece, Place
from corpus.importing.sidecar import Run, Stated

_BREAKS = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029]")
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f]")


@dataclass(frozen=True, slots=True)
class Written:
    """A document as it is stored.

    Attributes:
        text: canonical.
        stated: what the original states of its stretches; None where the parser finds labels.
        runs: where each stretch stands in the original.
    """

    text: str
    stated: tuple[Stated, ...] | None
    runs: tuple[Run, ...]


def write(imported: Imported) -> Written:
    """Write a document: paragraphs between blank lines, speech behind ``Name: ``.

    No sign of the words is changed but this: control characters and line breaks inside a
    paragraph, which no text file could keep apart, are spaces.
    """
    parts: list[str] = []
    stated: list[Stated] = []
    runs: list[Run] = []
    at = 0

    def put(text: str, place: Place | None = None) -> None:
        nonlocal at
        if place is not None and text:
            runs.append(Run(at, at + len(text), place))
        parts.append(text)
        at += len(text)

    for block in imported.blocks:
        pieces = tuple(_trimmed([_plain(p, block.kind) for p in block.pieces], block.kind))
        if not any(piece.text.strip() for piece in pieces):
            continue
        if at:
            put("\n\n")
        label = at
        if block.speaker is not None:
            put(" ".join(block.speaker.split()), block.label)
            put(": ")
        start = at
        for piece in pieces:
            put(piece.text, piece.place)
        stated.append(_stated(block, start, at, label))
    put("" if parts and parts[-1].endswith("\n") else "\n")
    return Written("".join(parts), tuple(stated) if imported.is_placed else None, _merged(runs))


def _stated(block: Block, start: int, end: int, label: int) -> Stated:
    speaker = None if block.speaker is None else " ".join(block.speaker.split())
    return Stated(block.kind, start, end, label, speaker, block.doubt, block.number)


def _plain(piece: Piece, kind: Kind) -> Piece:
    if piece.place is None:
        return piece
    signs = _CONTROL if kind is Kind.TEXT else _BREAKS
    return replace(piece, text=signs.sub(" ", piece.text)) if signs.search(piece.text) else piece


def _trimmed(pieces: Sequence[Piece], kind: Kind) -> Iterator[Piece]:
    """Drop white space at both ends of a block; a text whose labels are found keeps its own."""
    if kind is Kind.TEXT:
        yield from pieces
        return
    visible = [i for i, piece in enumerate(pieces) if piece.text.strip()]
    if not visible:
        return
    first, last = visible[0], visible[-1]
    for i in range(first, last + 1):
        if first < i < last:
            yield pieces[i]
            continue
        text, place = pieces[i].text, pieces[i].place
        left = len(text) - len(text.lstrip()) if i == first else 0
        right = len(text.rstrip()) if i == last else len(text)
        if place is not None and len(text) == place.end - place.start:
            place = replace(place, start=place.start + left, end=place.start + right)
        yield replace(pieces[i], text=text[left:right], place=place)


def _merged(runs: Sequence[Run]) -> tuple[Run, ...]:
    """Join runs that follow each other in the text as in the original."""
    merged: list[Run] = []
    for run in runs:
        before = merged[-1] if merged else None
        if before is not None and _follows(before, run):
            place = replace(before.place, end=run.place.end)
            merged[-1] = Run(before.start, run.end, place)
        else:
            merged.append(run)
    return tuple(merged)


def _follows(before: Run, run: Run) -> bool:
    a, b = before.place, run.place
    exact = all(r.end - r.start == r.place.end - r.place.start for r in (before, run))
    same = (a.unit, a.line, a.page, a.time) == (b.unit, b.line, b.page, b.time)
    return exact and same and before.end == run.start and a.end == b.start
