"""Names that say that nobody knows who speaks: "UNKNOWN", "Unidentified Male", "A VOICE"."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from corpus.labels.names import folded, is_cased
from corpus.labels.words import (
    ANSWERING,
    BLANKS,
    BLANKS_BESIDE,
    OFFICES,
    PARTS,
    ROLES,
    TITLES,
    UNIDENTIFIED,
    UNIDENTIFIED_PHRASES,
    UNKNOWN,
    UNKNOWN_BESIDE,
    VOICES,
    VOICES_BESIDE,
    WITNESSES,
)

_CACHED = 65_536
_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*")
_CODE = re.compile(r"#?\d+|[^\W\d_]")
_SIGNS = re.compile(r"[\s,.;:/()\[\]<>«»“”„\"–—-]+")
_BESIDE = ROLES | PARTS | OFFICES | WITNESSES | ANSWERING | TITLES | UNKNOWN_BESIDE
_INSERT = frozenset(("insert", "enter", "your"))
_NOBODYS = frozenset(map(folded, UNKNOWN | UNIDENTIFIED))


@lru_cache(maxsize=_CACHED)
def is_unknown(name: str) -> bool:
    """Whether a name says that nobody knows who speaks: two who are called so may be two people.

    So does what a template says where somebody forgot to write the name.

    Nothing but a part or a kind of person may stand beside it, and what tells one unknown voice
    from another: "Unknown Speaker 2". "Voice 1" is a label that is told apart, as "Speaker 1" is.
    """
    flat = folded(name)
    for phrase in UNIDENTIFIED_PHRASES:
        flat = re.sub(rf"\b{phrase}\b", " unidentified ", flat)
    words = [word for word in _SIGNS.split(flat) if word]
    if not words:
        return False
    if all(set(word) <= {"?", "？"} for word in words):
        return True
    if _is_left_blank(words):
        return True
    if not is_cased(flat) and any(_is_of_unknown(word) for word in words):
        return all(_is_of_unknown(word) or _is_beside(word) for word in words)
    if words[0].strip("?？") in UNIDENTIFIED:
        return True
    if any(word.strip("?？") in _NOBODYS or not word.strip("?？") for word in words):
        return all(_is_beside(word) for word in words)
    return any(word in VOICES for word in words) and all(
        word in VOICES or word in VOICES_BESIDE for word in words
    )


def _is_left_blank(words: Sequence[str]) -> bool:
    """Whether a label is what a template says where a name should be: "NAME OF INTERVIEWEE"."""
    return (
        len(words) > 1
        and (words[0] in BLANKS or words[-1] in BLANKS or words[0] in _INSERT)
        and any(word in BLANKS for word in words)
        and all(word in BLANKS | BLANKS_BESIDE | _INSERT or word in _BESIDE for word in words)
    )


def _is_beside(word: str) -> bool:
    plain = word.strip("?？")
    if not plain or plain in _NOBODYS or plain in VOICES or plain in VOICES_BESIDE:
        return True
    letters = _WORD.search(plain)
    return bool(_CODE.fullmatch(plain)) or (letters is not None and letters[0] in _BESIDE)


def _is_of_unknown(word: str) -> bool:
    """Whether a word of a script that puts no space between words is made of such words."""
    if word in _NOBODYS:
        return True
    for unknown in _NOBODYS:
        if len(unknown) > 1 and unknown in word and not is_cased(unknown):
            rest = word.replace(unknown, "", 1).rstrip("0123456789")
            if not rest or rest in _BESIDE or rest in VOICES:
                return True
    return False
