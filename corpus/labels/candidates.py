"""Every place in a text that can be a speaker label, with what speaks for and against it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from enum import Enum, auto

from corpus.labels import scan
from corpus.labels.names import MAX_NAME, Likeness, Name, folded, is_cased, likeness
from corpus.labels.readers import Head
from corpus.labels.shapes import INSIDE, SHAPES, STATED, Shape
from corpus.labels.words import TITLES
from corpus.lines import Line, is_full, is_small
from corpus.record import Layout

_VALUE_WORDS = 7
_SEEN = 240
_MAX_QUOTED = 30
_SHORT_TITLE = 4
_CLOSING_QUOTES = {"“": "”", "„": "“”", "«": "»", "»": "«", "「": "」", "『": "』", '"': '"'}


class Place(Enum):
    """Where a candidate stands."""

    OPENING = auto()
    """It opens a paragraph."""
    FRESH = auto()
    """It opens a line behind a finished sentence."""
    LOOSE = auto()
    """It opens a line, though the line before does not end a sentence."""
    WRAPPED = auto()
    """It opens a line that was wrapped because the one before was full."""
    GLUED = auto()
    """It stands inside a line, behind a stop, with no space between."""
    INSIDE = auto()
    """It stands inside a line, behind a finished sentence."""
    MIDST = auto()
    """It stands inside a line, in the midst of a sentence."""


AT_START = frozenset({Place.OPENING, Place.FRESH, Place.LOOSE, Place.WRAPPED})
FIRM = frozenset({Place.OPENING, Place.FRESH, Place.LOOSE})


@dataclass(frozen=True, slots=True)
class Candidate:
    """Words that can be a label.

    Attributes:
        shape: its form.
        index: of its line among the lines of content.
        line: 1-based line of the file.
        start: offset of the label's first sign, marks and times before the name included.
        end: offset behind the label.
        name: as printed.
        place: where it stands.
        alone: nothing follows on its line.
        introduced: the line before it ends with a colon.
        small: the words behind it go on with a small letter.
        value: the words behind it are few and end without a stop.
        cites: the words behind it begin with a quotation mark.
        quoted: it stands in a paragraph that is one quotation.
        key: what the labels of one person share; remarks in brackets do not count.
    """

    shape: Shape
    index: int
    line: int
    start: int
    end: int
    name: Name
    place: Place
    alone: bool
    introduced: bool
    small: bool
    value: bool
    key: str
    cites: bool = False
    quoted: bool = False


@dataclass(frozen=True, slots=True)
class Content:
    """The lines of a text without page furniture, cues and directions.

    Attributes:
        lines: in order, none empty.
        opens: whether each opens a paragraph.
        width: from :func:`corpus.lines.steady_width`.
        cued: the text is cut into cues, where sentences end anywhere.
        quoted: indices of lines in paragraphs that are one quotation.
        behind: indices of lines behind a direction, where the speaker before may go on.
        directions: the lines in brackets that were left out.
    """

    lines: Sequence[Line]
    opens: Sequence[bool]
    width: int | None
    cued: bool
    quoted: frozenset[int] = frozenset()
    behind: frozenset[int] = frozenset()
    directions: Sequence[Line] = ()


def quoted_lines(lines: Sequence[Line], opens: Sequence[bool]) -> frozenset[int]:
    """Return the lines of quotations that begin and end with paragraphs."""
    found: set[int] = set()
    begin: int | None = None
    for i, line in enumerate(lines):
        if (opens[i] or i == 0) and scan.is_quote(line.text[0]):
            begin = i
        closed = i + 1 == len(lines) or opens[i + 1]
        if begin is not None and closed and scan.is_quote(line.text[-1]):
            # A single line may be a label in quotation marks, unless a colon introduces it.
            introduced = begin > 0 and lines[begin - 1].text[-1] in scan.COLONS
            if begin + (not introduced) <= i <= begin + _MAX_QUOTED:
                found.update(range(begin, i + 1))
            begin = None
        elif begin is not None and closed:
            long = i >= begin + _MAX_QUOTED
            begin = None if long or _is_closed(lines[begin : i + 1]) else begin
    return frozenset(found)


def _is_closed(lines: Sequence[Line]) -> bool:
    """Whether the quotation at the beginning of some lines is closed inside them."""
    text = " ".join(line.text for line in lines)
    closing = _CLOSING_QUOTES.get(text[0], "")
    closed = sum(char in closing for char in text)
    return closed > 0 and (closed % 2 == 0 if text[0] in closing else closed >= text.count(text[0]))


def at_line_starts(content: Content, layout: Layout) -> list[list[Candidate]]:
    """Return for each line the forms of label it can begin with, the most telling first."""
    return [_of_line(content, i, layout) for i in range(len(content.lines))]


def _of_line(content: Content, i: int, layout: Layout) -> list[Candidate]:
    line = content.lines[i]
    if any(line.text.startswith(words) for words in layout.not_labels):
        return []
    if layout.speaker_label is not None:
        stated = _stated(layout.speaker_label, line.text)
        heads = [(STATED, stated)] if stated else []
    else:
        heads = list(_heads(line.text))
    if heads and i in content.quoted:
        heads = [(shape, head) for shape, head in heads if shape.family != "phrase"]
    place = _place(content, i) if heads else Place.OPENING
    before = content.lines[i - 1].text if i else ""
    made = [_candidate(shape, head, line, i, place, before) for shape, head in heads]
    if content.cued:
        return [replace(c, value=False) for c in made]
    return [replace(c, quoted=True) for c in made] if i in content.quoted else made


def _heads(text: str) -> Iterator[tuple[Shape, Head]]:
    """Read a line in every form, invisible marks before it left out."""
    lead = scan.skip_blank(text, 0)
    for shape in SHAPES:
        head = shape.read(text[lead:])
        if head is not None:
            yield shape, Head(head.name, head.start + lead, head.end + lead)


def _stated(pattern: str, text: str) -> Head | None:
    match = re.match(pattern, text)
    if match is None or not match["name"]:
        return None
    words = match.groupdict().get("text")
    end = scan.back_over_blank(text, match.start("text"), 0) if words else len(text)
    return Head(match["name"].strip(), match.start("name"), end)


def _candidate(
    shape: Shape, head: Head, line: Line, index: int, place: Place, before: str
) -> Candidate:
    words = line.text[head.end : head.end + _SEEN].strip()
    name = Name.read(head.name)
    return Candidate(
        shape=shape,
        index=index,
        line=line.number,
        start=line.start,
        end=line.start + head.end,
        name=name,
        place=place,
        alone=not words,
        introduced=before[-1:] in scan.COLONS and bool(before),
        small=is_small(words.lstrip("\"'“„«")[:1]),
        value=bool(words) and len(words.split()) <= _VALUE_WORDS and not _has_stop(words),
        key=folded(name.base if name.is_remark else name.printed),
        cites=bool(words) and scan.is_quote(words[0]),
    )


def _has_stop(words: str) -> bool:
    """Whether words hold the end of a sentence, or are cut off by a dash or a colon."""
    ended = words[-1] in scan.DASHES or words[-1] in scan.COLONS
    return ended or any(scan.is_stop(words, at) for at in range(len(words)))


def _place(content: Content, i: int) -> Place:
    if i == 0 or content.opens[i]:
        return Place.OPENING
    before, line = content.lines[i - 1], content.lines[i]
    if scan.ends_sentence(before.text) or before.text[-1] in scan.COLONS:
        return Place.FRESH
    full = content.width is not None and is_full(before, line, content.width)
    if full:
        return Place.WRAPPED
    return Place.FRESH if _ends_list(content.lines, i - 1) else Place.LOOSE


def _ends_list(lines: Sequence[Line], i: int) -> bool:
    """Whether a line is a point of a list, behind another or behind a colon: it needs no stop."""
    if not lines[i].is_list_item or not i:
        return False
    before = lines[i - 1]
    return before.is_list_item or before.text[-1] in scan.COLONS


def inside_lines(
    content: Content, taken: Sequence[Sequence[Candidate]], layout: Layout
) -> list[Candidate]:
    """Return what can be a label inside a line: a name, then a colon, outside brackets."""
    found: list[Candidate] = []
    for i, line in enumerate(content.lines):
        heads = [c.end - line.start for c in taken[i] if c.shape.family == "colon"]
        found.extend(
            c
            for c in _inside(line, i, min(heads, default=0))
            if not line.text.startswith(layout.not_labels, c.start - line.start)
        )
    return found


def _inside(line: Line, index: int, start: int) -> Iterator[Candidate]:
    text = line.text
    least = start
    for colon in _colons(text, start):
        begin = _sentence_start(text, max(least, colon - MAX_NAME), colon)
        name = text[begin:colon]
        least = colon + 1
        if likeness(name) is Likeness.NONE:
            begin = _last_words(text, begin, colon)
            name, place = text[begin:colon], Place.MIDST
            if likeness(name) is Likeness.NONE:
                continue
        elif begin == start:
            continue
        else:
            place = Place.INSIDE if text[begin].isspace() else Place.GLUED
        at = scan.skip_blank(text, begin)
        if at:
            head = Head(name, at, colon + 1)
            made = _candidate(INSIDE, head, line, index, place, "")
            yield replace(made, start=line.start + at)


def _colons(text: str, start: int) -> Iterator[int]:
    at = start
    while (colon := scan.colon_after(text, at, len(text))) is not None:
        yield colon
        at = colon + 1


def _sentence_start(text: str, least: int, end: int) -> int:
    """Return where the words before a colon begin: behind the last end of a sentence."""
    opened = scan.last_bracket(text[least:end].rstrip())
    for at in range(least + opened if opened else end - 1, least, -1):
        char = text[at - 1]
        if char in scan.STOPS and not _abbreviates(text, at - 1, least):
            return at
        if char in '”"»)]）］】」' or (char in scan.DASHES and text[at].isspace()):
            return at
    return least


def _abbreviates(text: str, at: int, least: int) -> bool:
    """Whether the stop at ``at`` closes a title, an initial or an ordinal: "Dr. Reed", "3. Mai"."""
    if text[at] != "." or not text[at + 1 : at + 2].isspace():
        return False
    if text[at - 1].isdigit() and not text[max(at - 3, 0) : at].isdigit():
        return True
    begin = at
    while begin > least and text[begin - 1].isalpha():
        begin -= 1
    word = text[begin:at]
    return len(word) == 1 or (word.casefold() in TITLES and len(word) <= _SHORT_TITLE)


def _last_words(text: str, begin: int, colon: int) -> int:
    """Return where the last capitalised words before a colon begin."""
    words = [match.start() for match in re.finditer(r"\S+", text[begin:colon])]
    first = colon
    for offset in reversed(words[-4:]):
        at = begin + offset
        if is_cased(text[at]) and not text[at].isupper():
            break
        first = at
        if not is_cased(text[at]):
            break
    return first
