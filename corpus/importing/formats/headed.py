"""Text exports of Otter, Rev, Descript, Trint and the like: a name with a time heads each speech.

Which of the shapes a file has is told by the file; programs change their exports too often to be
told by their names.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace

from corpus.errors import ImportingError
from corpus.importing.imported import PARAGRAPH, Block, Imported, Kind, LeftOut, Piece, run_together
from corpus.importing.texts import (
    SourceLine,
    decoded,
    head_of,
    is_text,
    may_be_name,
    may_be_speaker,
    seconds,
    source_lines,
)
from corpus.labels.names import Likeness
from corpus.labels.unknown import is_unknown

NAME = "text with name and time (Otter, Rev, Descript, Trint)"
_T = r"(?P<time>\d{1,4}:\d\d(?::\d\d)?(?:[.,]\d{1,3})?)"
_N = r"(?P<name>[^\s:\[\](){}<>|](?:[^\s:\[\](){}<>|]|[^\S\t\n](?!\s)){0,58}?)"
"""A name; what stands apart from it by a tab or by two spaces is no part of it."""
_AT_TIME = re.compile(rf"[(\[]?{_T}[)\]]?\s+[^\W\d_]")
_SHAPES = {
    "Otter": re.compile(rf"{_N}(?:\s{{2,}}|\t){_T}\s*$"),
    "Rev": re.compile(rf"{_N}\s*[(\[]{_T}[)\]]:?(?:\s+(?P<text>\S.*))?$"),
    "Rev or Descript": re.compile(rf"{_N}:\s*[(\[]{_T}[)\]]\s*(?P<text>\S.*)?$"),
    "Descript": re.compile(rf"[(\[]{_T}[)\]]\s*{_N}:\s*(?P<text>\S.*)?$"),
    "a table": re.compile(rf"[(\[]?{_T}[)\]]?\t+{_N}\t+(?P<text>\S.*)$"),
    "Trint": re.compile(rf"[(\[]?{_T}[)\]]?\s+(?:[-–—|]\s*)?{_N}\s*$"),
}
_CREDIT = re.compile(
    r"^\s*(?:transcribed by|transcript by|https?://)\S*.*(?:otter|rev|descript|trint|temi|sonix)",
    re.I,
)
_MADE = ("summary keywords", "keywords", "speakers", "summary", "action items", "outline")
_DIRECTION = re.compile(
    rf"\s*(?:[(\[]?{_T}[)\]]?\s*)?(?:\[[^\[\]]*[^\W\d_][^\[\]]*\]|♪.*♪|\*[^*]+\*)\s*\Z"
)
_OUT_OF_ORDER = "is headed by a name that stands once, at a time between no others"
_MOST_LINES = 400
_FEW = 2
_SHORT_FORM = 4
_BEGINNING = 60_000
_NEAR_TOP = 12


@dataclass(frozen=True, slots=True)
class _Head:
    """A line that heads a speech."""

    name: str
    time: float
    name_at: int
    text_at: int | None


def recognise(data: bytes, name: str) -> float:
    """By lines of one shape; the first speech stands near the top."""
    del name
    if not is_text(data):
        return 0.0
    lines = list(source_lines(head_of(data, _BEGINNING)))[:_MOST_LINES]
    shape = _shape(lines)
    if shape is None:
        return 0.0
    return 0.8 if len(_heads(lines, shape)) >= _FEW else 0.6


def read(data: bytes, name: str) -> tuple[Imported, ...]:
    """Read the speeches; each lasts until the next head, whatever stands in it."""
    text, encoding = decoded(data, name)
    lines = list(source_lines(text))
    shape = _shape(list(source_lines(text[:_BEGINNING]))[:_MOST_LINES])
    if shape is None:
        raise ImportingError(name, "has no lines with a name and a time.")
    found = _read(lines, shape)
    title = next((b.text for b in found.blocks[:1] if b.kind is Kind.HEADER), "")
    stated = {"title": title} if title else {}
    return (
        Imported(
            f"text with name and time, as {shape} writes it",
            found.blocks,
            encoding,
            stated,
            left_out=found.left_out,
            units={"": text},
            by_program=True,
        ),
    )


@dataclass(frozen=True, slots=True)
class Headed:
    """What lines hold of which some head speeches."""

    blocks: tuple[Block, ...]
    left_out: tuple[LeftOut, ...]


def headed_speeches(lines: Sequence[SourceLine]) -> Headed | None:
    """Return the speeches of lines that come from another kind of file; None without any."""
    shape = _shape(lines[:_MOST_LINES])
    if shape is None or len(_heads(lines, shape)) < _FEW:
        return None
    return _read(lines, shape)


def _read(lines: Sequence[SourceLine], shape: str) -> Headed:
    heads = _heads(lines, shape)
    header, made = _header(lines[: min(heads)])
    speeches, credits = _speeches(lines, heads)
    left = (
        LeftOut("lines of summaries", made, "a program wrote this", "line of summaries"),
        LeftOut("lines of credit", credits, "about the program", "line of credit"),
    )
    return Headed((*header, *speeches), tuple(one for one in left if one.count))


def _shape(lines: Sequence[SourceLine]) -> str | None:
    """Return the shape that most lines have; it must head what is said from near the top."""
    found = {shape: _heads(lines, shape) for shape in _SHAPES}
    best = max(found, key=lambda shape: len(found[shape]))
    if not found[best]:
        return None
    heads = found[best]
    # Lines "Anna Reed 0:03" in a text of other labels state nothing for the rest of it, nor does
    # "Session 10:15" alone at its top.
    others = sum(_is_labelled(line) for i, line in enumerate(lines) if i not in heads)
    # Where as many lines behind a time hold more than a name, "0:18 Reed Not yet" is none either.
    timed = sum(bool(_AT_TIME.match(line.text)) for i, line in enumerate(lines) if i not in heads)
    if (
        others > len(heads)
        or timed >= len(heads)
        or (len(heads) == 1 and (others or not _names_one(lines, heads)))
    ):
        return None
    return best


def _is_labelled(line: SourceLine) -> bool:
    """Whether a line begins as with another form of label: a name, a colon and words."""
    name, colon, words = line.text.partition(":")
    return bool(colon and words.strip() and may_be_name(name) is Likeness.STRONG)


def _names_one(lines: Sequence[SourceLine], heads: dict[int, _Head]) -> bool:
    """Whether the only head of a text names a person in full, near its top."""
    ((at, head),) = heads.items()
    above = sum(bool(line.text.strip()) for line in lines[:at])
    return above <= _NEAR_TOP and len(head.name.split()) > 1


def _heads(lines: Sequence[SourceLine], shape: str) -> dict[int, _Head]:
    found = {}
    for i, line in enumerate(lines):
        match = _SHAPES[shape].match(line.text.rstrip())
        if match is None:
            continue
        time, name = seconds(match["time"]), match["name"].strip()
        known = may_be_speaker(name) is not Likeness.NONE and not _is_closed(name)
        if time is None or not known:
            continue
        words = match.groupdict().get("text")
        at = match.start("text") if words else None
        if at is not None or any(x.text.strip() for x in lines[i + 1 : i + 3]):
            found[i] = _Head(name, time, match.start("name"), at)
    return found


def _is_closed(name: str) -> bool:
    """Whether a stop that belongs to no short form ends the words: "Reed Not yesterday."."""
    last = name.rsplit(maxsplit=1)[-1]
    return last[-1] in ".!…" and len(last) > _SHORT_FORM


def _out_of_order(heads: dict[int, _Head]) -> set[int]:
    """Return heads with a time that does not fit between its neighbours', and a name of its own.

    A letter that somebody reads may have "Dear Anna  10:15" on a line.
    """
    counts = Counter(head.name for head in heads.values())
    times = [(i, heads[i].time) for i in sorted(heads)]
    return {
        i
        for (_, before), (i, here), (_, after) in zip(times, times[1:], times[2:], strict=False)
        if before <= after and not before <= here <= after and counts[heads[i].name] == 1
    }


def _header(lines: Sequence[SourceLine]) -> tuple[list[Block], int]:
    """Return what stands above the first speech, without what a program wrote there."""
    blocks: list[Block] = []
    made, inside, apart = 0, False, True
    for line in lines:
        words = line.text.strip()
        if words.casefold() in _MADE:
            inside = True
        elif not words:
            apart = True
            continue
        elif inside and apart and blocks and words.isupper():
            inside = words.casefold() in _MADE
        apart = False
        if inside:
            made += 1
        else:
            blocks.append(Block(Kind.HEADER, (line.piece(0, len(line.text)),)))
    return blocks, made


def _speeches(
    lines: Sequence[SourceLine], heads: dict[int, _Head]
) -> tuple[tuple[Block, ...], int]:
    starts = sorted(heads)
    odd = _out_of_order(heads)
    blocks: list[Block] = []
    credits = 0
    for i, behind in zip(starts, [*starts[1:], len(lines)], strict=True):
        head, line = heads[i], lines[i]
        end = heads[behind].time if behind < len(lines) else head.time
        time = (head.time, max(end, head.time))
        label = line.place(head.name_at, head.name_at + len(head.name), time)
        doubt = _OUT_OF_ORDER if i in odd else ""
        speaker = None if doubt or is_unknown(head.name) else head.name
        speech = Block(Kind.SPEECH, (), speaker, None if doubt else label, doubt)
        pieces: list[Piece] = []
        if head.text_at is not None:
            pieces.append(line.piece(head.text_at, len(line.text), time))
        for below in lines[i + 1 : behind]:
            if not below.text.strip():
                continue
            if _CREDIT.match(below.text):
                credits += 1
                continue
            piece = below.piece(0, len(below.text), time)
            if pieces and _DIRECTION.match(below.text):
                # Music, or a break for advertisements, is nobody's, though a time heads it.
                blocks.append(replace(speech, pieces=tuple(pieces)))
                blocks.append(Block(Kind.DIRECTION, (piece,)))
                speech, pieces = replace(speech, label=None), []
                continue
            pieces += [PARAGRAPH] if pieces else []
            pieces.append(piece)
        if pieces:
            blocks.append(replace(speech, pieces=tuple(pieces)))
    # Two who are unknown, one after the other, may be two people.
    return run_together(blocks, between=PARAGRAPH, unknown=False), credits
