"""Stage directions and interjections: brackets of any kind on lines of their own, or inside."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence

from corpus.labels import scan
from corpus.labels.names import (
    Likeness,
    Name,
    folded,
    is_capitals,
    likeness,
    may_be_somebody,
)
from corpus.labels.shapes import SHAPES
from corpus.labels.words import HEARD, HEARD_HOW, REMARKS
from corpus.lines import Line
from corpus.transcript import Region, Sentence, Span

_MAX_LINES = 12
_SHORT_WORDS = 5
_SHORT = 60
_MAX_NAME = 40
_TELLING = frozenset({"colon", "timed", "stop", "examination"})
_INLINE = re.compile(r"[(（\[【［]([^()（）\[\]【】［］\r\n]{1,60})[)）\]】］]")
_SIGNS = ("*", "_", "♪", "♫", "~")


def find_directions(lines: Sequence[Line], opens: Sequence[bool]) -> frozenset[int]:
    """Return the indices of lines that stand wholly in brackets.

    A paragraph in brackets is a direction. Among lines that no blank line divides, brackets may
    be the speaker's own; there they must be short, note what is heard, or hold another person's
    words.
    """
    found: set[int] = set()
    for first, last in reversed(list(_brackets(lines))):
        apart = opens[first] and (last + 1 == len(lines) or opens[last + 1])
        words = " ".join(line.text for line in lines[first : last + 1])
        heads = first > 0 and not apart and not scan.ends_sentence(lines[first - 1].text)
        # A direction may stand before another one as before a label.
        followed = last + 1 in found or _before_label(lines, last)
        alone = apart or (not heads and (_tells(words) or followed))
        if alone and not _may_be_label(lines, opens, first, last):
            found.update(range(first, last + 1))
    return frozenset(found)


def _brackets(lines: Sequence[Line]) -> Iterator[tuple[int, int]]:
    """Yield the first and the last line of whatever stands wholly in brackets."""
    i = 0
    while i < len(lines):
        last = _bracketed(lines, i)
        if last is not None:
            yield i, last
            i = last
        i += 1


def _bracketed(lines: Sequence[Line], first: int) -> int | None:
    """Return the last line of the brackets that open at the start of line ``first``."""
    text = lines[first].text
    if text[0] in _SIGNS and len(text) > 2 and text.rstrip(".")[-1] == text[0]:  # noqa: PLR2004
        inner = text.strip("".join(_SIGNS) + ".")
        plain = text[0] not in inner and text[:2] not in ("**", "__")
        return first if plain and inner else None
    if text[0] not in scan.PARTNER:
        return None
    closing: list[str] = []
    for i in range(first, min(first + _MAX_LINES, len(lines))):
        line = lines[i].text
        for at, char in enumerate(line):
            if char in scan.PARTNER:
                closing.append(scan.PARTNER[char])
            elif closing and char == closing[-1]:
                closing.pop()
                if not closing:
                    behind = line[at + 1 :].strip(" .。")
                    return None if behind else i
    return None


def _may_be_label(lines: Sequence[Line], opens: Sequence[bool], first: int, last: int) -> bool:
    """Whether a name in brackets heads the words on the next line."""
    if first != last or lines[first].text[0] in "({*_♪♫~":
        return False
    inner = lines[first].text.strip("[]<>【】［］〔〕〈〉 .")
    followed = last + 1 < len(lines) and not opens[last + 1]
    named = likeness(inner) is Likeness.STRONG and not _is_remark(inner)
    return followed and named


def _before_label(lines: Sequence[Line], last: int) -> bool:
    """Whether the next line begins with a name and what closes a label, or there is none."""
    if last + 1 >= len(lines) or is_capitals(lines[last + 1].text):
        return True
    heads = [(shape.name, shape.read(lines[last + 1].text)) for shape in SHAPES]
    return any(
        head is not None and likeness(head.name) is Likeness.STRONG and len(head.name) <= _MAX_NAME
        for name, head in heads
        if name in _TELLING
    )


def _is_remark(words: str) -> bool:
    return any(word.strip(".,;:!–-()[]") in REMARKS for word in folded(words).split())


def _tells(words: str) -> bool:
    inner = words[1:-1]
    if _is_remark(inner) or _interjects(inner):
        return True
    finished = inner.rstrip()[-1:] in scan.STOPS
    return len(words) <= _SHORT and len(inner.split()) <= _SHORT_WORDS and not finished


def _interjects(inner: str) -> bool:
    """Whether brackets hold a name, a colon and words: what somebody else called out."""
    colon = scan.colon_after(inner, 0, len(inner))
    if colon is None:
        return False
    begin = max(inner.rfind(dash, 0, colon) for dash in ("–", "—", ". ", "-  ", "(")) + 1
    name = Name.read(inner[begin:colon])
    words = name.base.split()
    if len(words) < 2:  # noqa: PLR2004 - one word may be the speaker's own
        return False
    called = may_be_somebody(name.printed) and words[-1][0].isupper()
    return likeness(name.printed) is Likeness.STRONG or called


def inline_interjections(line: Line) -> list[tuple[int, int]]:
    """Return the brackets inside a line that hold what somebody else called out."""
    found: list[tuple[int, int]] = []
    at = line.text.find("(")
    while at >= 0:
        close = line.text.find(")", at)
        if close < 0:
            break
        if at and scan.ends_sentence(line.text[:at]) and _interjects(line.text[at + 1 : close]):
            found.append((line.start + at, line.start + close + 1))
        at = line.text.find("(", close)
    return found


def inline_remarks(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Yield the brackets in a stretch of speech that note nothing but what is heard in the room.

    A speaker's own words in brackets, and an editor's, are none. Square ones stay in the sentence,
    as an editor's do.
    """
    for match in _INLINE.finditer(text, start, end):
        words = [word.strip(".,;:!?-–…") for word in folded(match[1]).split()]
        words = [word for word in words if word and not scan.is_time(word)]
        heard = any(word in HEARD for word in words)
        if heard and all(word in HEARD or word in HEARD_HOW for word in words):
            yield match.span()


def is_direction(text: str, remark: Region) -> bool:
    """Whether a remark inside a speech is a direction, not an editor's addition to a sentence."""
    return text[remark.start] not in "[［"


def amid_sentences(
    remarks: Sequence[Region], sentences: Sequence[Sentence]
) -> tuple[tuple[Span, ...], list[Region]]:
    """Return the remarks inside a sentence, which are brackets in it, and those between two."""
    starts = [sentence.start for sentence in sentences]
    inside: list[Span] = []
    apart: list[Region] = []
    for remark in remarks:
        i = bisect_right(starts, remark.start) - 1
        if i >= 0 and remark.start < sentences[i].end:
            inside.append(Span(remark.start, remark.end))
        else:
            apart.append(remark)
    return tuple(inside), apart
