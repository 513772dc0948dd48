"""Reading a line sign by sign: every function takes an offset and returns the one behind it."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

COLONS = frozenset(":：﹕꞉׃ːˑ∶︓︰˸፡፦፥᠄")
"""The colon, and what is written or typed in its place."""

OPENING = "([{<（［｛【〔〖〈《｟⟨"
CLOSING = ")]}>）］｝】〕〗〉》｠⟩"
PARTNER = dict(zip(OPENING, CLOSING, strict=True))
STOPS = frozenset(".!?…。！？؟।॥۔։።｡")
DASHES = frozenset("-–—―‒‐−－")
_QUOTES = frozenset("\"'“”„‟‘’‚«»‹›「」『』")
_MARKS = frozenset("*_#>»•·►▶‣■●–—-~§¶†‡※")
_WINDOW = 400
_TIME = re.compile(
    r"[-+−]?(?:\d{1,3}[:：]\d\d|\d{1,3}(?:[:：]\d{1,2}){2,3})(?:[.,]\d{1,7})?(?![\d:])"
)
_MISSION_TIME = re.compile(r"\d{2,3}(?: \d\d){2,3}(?!\d)")
_NUMBER = re.compile(r"[#№]?\s?\d{1,5}[.)\]:]?(?=\s)")


@lru_cache(maxsize=4096)
def invisible(char: str) -> bool:
    """Whether a sign is a mark that nobody sees: direction marks, joiners, byte order marks."""
    return unicodedata.category(char) == "Cf"


def skip_blank(text: str, at: int) -> int:
    """Skip white space and invisible marks."""
    while at < len(text) and (text[at].isspace() or invisible(text[at])):
        at += 1
    return at


def skip_marks(text: str, at: int) -> int:
    """Skip white space, and signs in front of a label such as bullets, chevrons and dashes."""
    at = skip_blank(text, at)
    while at < len(text) and _is_mark(text[at]):
        at = skip_blank(text, at + 1)
    return at


@lru_cache(maxsize=4096)
def _is_mark(char: str) -> bool:
    return char in _MARKS or (char != "<" and unicodedata.category(char) in ("So", "Sm", "Sk"))


def back_over_blank(text: str, at: int, least: int) -> int:
    """Step back over white space and invisible marks, not before ``least``."""
    while at > least and (text[at - 1].isspace() or invisible(text[at - 1])):
        at -= 1
    return at


def time_at(text: str, at: int) -> int | None:
    """Return the end of a time code, with brackets around it if there are any."""
    opened = text[at : at + 1]
    begin = at + 1 if opened in PARTNER else at
    found = _TIME.match(text, begin) or _MISSION_TIME.match(text, begin)
    if found is None:
        return None
    if begin == at:
        return found.end()
    end = skip_blank(text, found.end())
    # A span of time such as [0:01 - 0:05] is one code.
    if text[end : end + 1] in DASHES:
        second = _TIME.match(text, skip_blank(text, end + 1))
        end = skip_blank(text, second.end()) if second else end
    return end + 1 if text[end : end + 1] == PARTNER[opened] else None


def is_time(text: str) -> bool:
    """Whether ``text`` is a time code and nothing else."""
    stripped = text.strip()
    return bool(stripped) and time_at(stripped, 0) == len(stripped)


def number_at(text: str, at: int) -> int | None:
    """Return the end of a number that counts turns, such as ``12.``."""
    found = _NUMBER.match(text, at)
    return found.end() if found else None


def colon_after(text: str, at: int, limit: int) -> int | None:
    """Return where the first colon outside brackets and times stands, before ``limit``."""
    closing: list[str] = []
    stop = min(limit, len(text))
    if stop - at <= _WINDOW and COLONS.isdisjoint(text[at:stop]):
        return None
    while at < stop:
        char = text[at]
        if closing and char == closing[-1]:
            closing.pop()
        elif char in PARTNER:
            closing.append(PARTNER[char])
        elif char in COLONS and not closing and not _joins(text, at):
            return at
        at += 1
    return None


def _joins(text: str, at: int) -> bool:
    """Whether the colon belongs to a time, an address or the like."""
    before, after = text[at - 1 : at], text[at + 1 : at + 2]
    return (before.isdigit() and after.isdigit()) or text[at + 1 : at + 3] == "//"


def last_bracket(text: str) -> int | None:
    """Return where the brackets open that close at the end of ``text``."""
    if not text or text[-1] not in CLOSING:
        return None
    opener = OPENING[CLOSING.index(text[-1])]
    depth = 0
    for at in range(len(text) - 1, -1, -1):
        if text[at] == text[-1]:
            depth += 1
        elif text[at] == opener:
            depth -= 1
            if depth == 0:
                return at
    return None


def ends_sentence(text: str) -> bool:
    """Whether words before a label may end here: with a stop, a dash, brackets or nothing."""
    bare = text.rstrip().rstrip("”\"'’»)]）］】」』*_")
    return not bare or is_stop(bare, -1) or bare[-1] in DASHES or bare != text.rstrip()


def is_stop(text: str, at: int) -> bool:
    """Whether a sign ends a sentence; in Greek the semicolon asks."""
    if text[at] in STOPS:
        return True
    return text[at] in ";\u037e" and "\u0370" <= text[at - 1] <= "\u1fff"


def bare(text: str) -> str:
    """Drop invisible marks and white space at both ends."""
    if text.isascii():
        return text.strip()
    return "".join(char for char in text if not invisible(char)).strip()


def is_quote(char: str) -> bool:
    """Whether a sign opens or closes a quotation."""
    return char in _QUOTES
