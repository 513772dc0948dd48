"""Words that a transcript says it lacks: what nobody could hear, and what was left out."""

from __future__ import annotations

import re
from collections.abc import Iterator

from corpus.labels import scan
from corpus.labels.names import folded
from corpus.labels.words import HEARD, HEARD_HOW, LOST, LOST_HOW
from corpus.transcript import Span

_OMITTED = r"\[\s*(?:…|\.(?:\s*\.){2,3})\s*\]"
_NOTED = re.compile(
    rf"{_OMITTED}|(?P<open>[(（\[［【<{{])(?P<words>[^()（）\[\]［］【】<>{{}}\r\n]{{1,60}})[)）\]］】>}}]"
)
_ANY = re.escape("*")
_LOST = re.compile(
    rf"(?<!\w)(?:{'|'.join(re.escape(one).replace(_ANY, '[^ ]*') for one in LOST)})(?!\w)"
)
_SQUARE = "[［【"
_MOST = 6
"""Words in brackets that note nothing but what is lost."""


def lost_words(text: str, start: int = 0, end: int | None = None) -> Iterator[Span]:
    """Yield the brackets in part of a text that stand for words which it does not have.

    Such are ``[inaudible]``, ``(unintelligible 00:12:03)`` and the ``[...]`` of an editor. A
    speaker's own words in round brackets are none; "(...)" is none, which for many is a pause.
    """
    for match in _NOTED.finditer(text, start, len(text) if end is None else end):
        if match["words"] is None or _notes_lost(match["words"], match["open"]):
            yield Span(*match.span())


def _notes_lost(inside: str, opening: str) -> bool:
    words = folded(inside)
    if not _LOST.search(words):
        return False
    rest = [word.strip(".,;:!?-–—…~") for word in _LOST.sub(" ", words).split()]
    rest = [word for word in rest if word and not scan.is_time(word) and not word.isdecimal()]
    if opening in _SQUARE:
        return len(rest) <= _MOST
    return all(word in HEARD or word in HEARD_HOW or word in LOST_HOW for word in rest)
