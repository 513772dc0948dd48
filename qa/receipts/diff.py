"""What differs between the words of a receipt and those that stand there now."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum

from qa.receipts.strings import common_end, common_start

_TOKEN = re.compile(r"\s+|\w+|[^\w\s]")
_LINE = re.compile(r"[^\n]*\n|[^\n]+")
_MOST_WORDS = 4000
_POPULAR = 500


class Op(StrEnum):
    """Whether words stand in both, in the receipt alone, or in the source alone."""

    SAME = "same"
    GONE = "gone"
    NEW = "new"


@dataclass(frozen=True, slots=True)
class Part:
    """A stretch of a difference."""

    op: Op
    text: str


def difference(quoted: str, now: str) -> tuple[Part, ...]:
    """Return how words became others.

    What is ``same`` and ``gone``, joined, is exactly ``quoted``; what is ``same`` and ``new`` is
    exactly ``now``. Long texts are compared by lines.
    """
    head = common_start(quoted, now)
    tail = common_end(quoted[head:], now[head:])
    # Whole words, even where two share their first or last letters.
    head, tail = _to_words(quoted, now, head, tail)
    ours = quoted[head : len(quoted) - tail]
    theirs = now[head : len(now) - tail]
    middle = tuple(_compared(ours, theirs))
    return _joined(
        [Part(Op.SAME, quoted[:head]), *middle, Part(Op.SAME, quoted[len(quoted) - tail :])]
    )


def is_layout_only(quoted: str, now: str) -> bool:
    """Whether nothing but line breaks and blanks differs."""
    return quoted.split() == now.split()


def _to_words(quoted: str, now: str, head: int, tail: int) -> tuple[int, int]:
    while head and _cuts(quoted, head) | _cuts(now, head):
        head -= 1
    while tail and _cuts(quoted, len(quoted) - tail) | _cuts(now, len(now) - tail):
        tail -= 1
    return head, tail


def _cuts(text: str, at: int) -> bool:
    """Whether ``at`` lies inside a word or a run of blanks."""
    if not 0 < at < len(text):
        return False
    before, behind = text[at - 1], text[at]
    return (_is_word(before) and _is_word(behind)) or (before.isspace() and behind.isspace())


def _is_word(char: str) -> bool:
    return char.isalnum() or char == "_"


def _compared(ours: str, theirs: str) -> Iterator[Part]:
    one, other = _TOKEN.findall(ours), _TOKEN.findall(theirs)
    if max(len(one), len(other)) > 2 * _MOST_WORDS:
        one, other = _LINE.findall(ours), _LINE.findall(theirs)
    if max(len(one), len(other)) > 2 * _MOST_WORDS:
        one, other = [ours] if ours else [], [theirs] if theirs else []
    popular = max(len(one), len(other)) > _POPULAR
    matcher = SequenceMatcher(str.isspace, one, other, autojunk=popular)
    for _, start, end, first, last in matcher.get_opcodes():
        if one[start:end] == other[first:last]:
            yield Part(Op.SAME, "".join(one[start:end]))
        else:
            yield Part(Op.GONE, "".join(one[start:end]))
            yield Part(Op.NEW, "".join(other[first:last]))


def _joined(parts: Sequence[Part]) -> tuple[Part, ...]:
    joined: list[Part] = []
    for part in (part for part in parts if part.text):
        if joined and joined[-1].op is part.op:
            joined[-1] = Part(part.op, joined[-1].text + part.text)
        else:
            joined.append(part)
    return tuple(joined)
