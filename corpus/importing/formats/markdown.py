"""Markdown: bold names at the start of paragraphs are labels, marks of emphasis are left out."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from corpus.dates import read_date
from corpus.importing.imported import SPACE, Block, Imported, Kind, LeftOut, Piece
from corpus.importing.paragraphs import Paragraph, blocks_of
from corpus.importing.texts import (
    SourceLine,
    decoded,
    head_of,
    is_text,
    may_be_speaker,
    seconds,
    source_lines,
    without_time,
)
from corpus.languages import read_language

NAME = "Markdown"
_LABEL = re.compile(
    r"\s{0,3}(?:[-*+]\s+|>\s?){0,3}(?P<time>[\[(]?\d{1,3}:\d\d(?::\d\d)?(?:[.,]\d{1,3})?[\])]?\s+)?"
    r"(?P<mark>\*\*|__)(?P<name>[^*\n]{1,80}?)\s*(?::(?P=mark)|(?P=mark)\s*:)"
)
_HEADING = re.compile(r"\s{0,3}#{1,6}\s+(?P<text>.*?)\s*#*\s*$")
_RULE = re.compile(r"\s{0,3}(?:(?:\*\s*){3,}|(?:-\s*){3,}|(?:_\s*){3,})$")
_PREFIX = re.compile(r"\s*(?:>\s?)*")
_FIELD = re.compile(r"(\w+)\s*:\s*[\"']?(.*?)[\"']?\s*$")
_MARKS = re.compile(
    r"\\(?=[!-/:-@\[-`{-~])|<!--.{0,2000}?-->|</?[a-zA-Z][^<>\n]{0,80}>|!?\[(?=[^\[\]]{0,600}\]\([^()\s]{0,600}\))"
    r"|(?<=[^\\])\]\([^()\s]{0,600}\)"
)
_PAIRS = (
    re.compile(r"(?<!\\)(\*\*)(?=\S).{1,600}?(?<=\S)(\*\*)"),
    re.compile(r"(?<![\w\\])(__)(?=\S).{1,600}?(?<=\S)(__)(?!\w)"),
    re.compile(r"(?<![\\*])(\*)(?=[^\s*]).{0,600}?(?<=[^\s*])(\*)(?!\*)"),
    re.compile(r"(?<![\w\\_])(_)(?=[^\s_]).{0,600}?(?<=[^\s_])(_)(?!\w)"),
)
"""Marks of emphasis: only those with a partner near by on their line are no words."""


def recognise(data: bytes, name: str) -> float:
    """By the name's ending, or by bold labels."""
    if not is_text(data):
        return 0.0
    if name.lower().endswith((".md", ".markdown", ".mdown")):
        return 0.7
    labels = [x for x in head_of(data, 60_000).splitlines() if _LABEL.match(x)]
    return 0.5 if labels else 0.0


def read(data: bytes, name: str) -> tuple[Imported, ...]:
    """Read paragraphs; without any bold name, their labels are found by the parser."""
    text, encoding = decoded(data, name)
    lines = list(source_lines(text))
    front, stated = _front_matter(lines)
    paragraphs = list(_paragraphs(lines[front:]))
    title = next((m["text"] for p in paragraphs[:1] if (m := _HEADING.match(p[0].text))), None)
    stated = {**({"title": title} if title else {}), **stated}
    blocks = blocks_of([_set(p) for p in paragraphs if not _is_rule(p)])
    if blocks and blocks[0].kind is Kind.TEXT:
        # Signs of headings may be labels: the grammar knows them.
        blocks = tuple(Block(Kind.TEXT, _words(p)) for p in paragraphs if not _is_rule(p))
    left = [
        LeftOut("lines of front matter", front, "about the document", "line of front matter"),
        LeftOut("rules", sum(map(_is_rule, paragraphs)), "no words", "rule"),
    ]
    shown = tuple(one for one in left if one.count)
    return (Imported(NAME, blocks, encoding, stated, left_out=shown, units={"": text}),)


def _front_matter(lines: Sequence[SourceLine]) -> tuple[int, dict[str, str]]:
    """Return how many lines of ``---`` front matter there are, and what the record can use."""
    if not lines or lines[0].text.rstrip() != "---":
        return 0, {}
    end = next((i for i, x in enumerate(lines[1:], 1) if x.text.rstrip() in ("---", "...")), None)
    if end is None:
        return 0, {}
    fields = [m for x in lines[1:end] if (m := _FIELD.match(x.text))]
    found = {m[1]: m[2] for m in fields}
    stated = {key: found[key] for key in ("title", "place") if found.get(key)}
    for key, check in (("date", read_date), ("language", read_language), ("lang", read_language)):
        try:
            if found.get(key) and check(found[key]):
                stated["language" if key == "lang" else key] = found[key]
        except ValueError:
            continue
    return end + 1, stated


def _paragraphs(lines: Sequence[SourceLine]) -> Iterator[list[SourceLine]]:
    """Yield what stands between blank lines; headings, rules and bold labels stand apart."""
    opened: list[SourceLine] = []
    for line in lines:
        apart = _HEADING.match(line.text) or _RULE.match(line.text)
        if opened and (not line.text.strip() or apart or _label(line) is not None):
            yield opened
            opened = []
        if line.text.strip():
            opened.append(line)
        if apart and opened:
            yield opened
            opened = []
    if opened:
        yield opened


def _label(line: SourceLine) -> re.Match[str] | None:
    match = _LABEL.match(line.text)
    name = without_time(match["name"]) if match else ""
    if match is None or not may_be_speaker(name):
        return None
    return match


def _is_rule(paragraph: Sequence[SourceLine]) -> bool:
    return _RULE.match(paragraph[0].text) is not None


def _set(paragraph: list[SourceLine]) -> Paragraph:
    first = paragraph[0]
    heading, label = _HEADING.match(first.text), _label(first)
    if heading is not None:
        return Paragraph(tuple(_inline(first, *heading.span("text"))), is_heading=True)
    if label is not None:
        name = without_time(label["name"])
        begin = label.start("name")
        place = first.place(begin, begin + len(name))
        when = seconds(label["time"]) if label["time"] else None
        return Paragraph(tuple(_timed(_words(paragraph, label.end()), when)), name, place)
    return Paragraph(_words(paragraph))


def _timed(pieces: Sequence[Piece], when: float | None) -> Iterator[Piece]:
    """Yield words with the time that stands before their label."""
    for piece in pieces:
        if piece.place is not None and when is not None:
            yield replace(piece, place=replace(piece.place, time=(when, when)))
        else:
            yield piece


def _words(paragraph: Sequence[SourceLine], start: int = 0) -> tuple[Piece, ...]:
    """Return a paragraph's words without marks, its lines run together."""
    pieces: list[Piece] = []
    for number, line in enumerate(paragraph):
        begin = start if number == 0 else 0
        prefix = _PREFIX.match(line.text, begin)
        begin = prefix.end() if prefix else begin
        if number and pieces:
            pieces.append(SPACE)
        pieces += _inline(line, begin, len(line.text.rstrip()))
    return tuple(pieces)


def _inline(line: SourceLine, start: int, end: int) -> Iterator[Piece]:
    at = start
    for begin, stop in sorted(_marks(line.text, start, end)):
        if begin > at:
            yield line.piece(at, begin)
        at = max(at, stop)
    if at < end:
        yield line.piece(at, end)


def _marks(text: str, start: int, end: int) -> set[tuple[int, int]]:
    """Return where marks stand that are no words."""
    found = {match.span() for match in _MARKS.finditer(text, start, end)}
    for pair in _PAIRS:
        for match in pair.finditer(text, start, end):
            found |= {match.span(1), match.span(2)}
    return found
