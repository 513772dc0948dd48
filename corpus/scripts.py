"""Which characters make words, and which scripts set no spaces between theirs."""

from __future__ import annotations

import unicodedata
from bisect import bisect_right
from functools import lru_cache

UNSPACED = (
    (0x0E00, 0x0FFF),  # Thai, Lao, Tibetan
    (0x1000, 0x109F),  # Myanmar
    (0x1780, 0x17FF),  # Khmer
    (0x1950, 0x19FF),  # Tai Le, New Tai Lue, Khmer symbols
    (0x1A20, 0x1AAF),  # Tai Tham
    (0x1B00, 0x1B7F),  # Balinese
    (0x2E80, 0x2FDF),  # radicals
    (0x3005, 0x3007),
    (0x3021, 0x3029),
    (0x3038, 0x312F),  # numerals, kana, Bopomofo
    (0x31A0, 0x31BF),
    (0x31F0, 0x31FF),
    (0x3400, 0x4DBF),
    (0x4E00, 0xA4CF),  # Han, Yi
    (0xA980, 0xA9FF),  # Javanese, Myanmar
    (0xAA00, 0xAADF),  # Cham, Myanmar, Tai Viet
    (0xF900, 0xFAFF),
    (0xFF66, 0xFF9F),
    (0x1B000, 0x1B16F),
    (0x20000, 0x3FFFF),
)
_HANGUL = (
    (0x1100, 0x11FF),
    (0x3131, 0x318E),
    (0xA960, 0xA97F),
    (0xAC00, 0xD7FF),
    (0xFFA0, 0xFFDC),
)


def _holds(ranges: tuple[tuple[int, int], ...], char: str) -> bool:
    place = bisect_right(ranges, (ord(char), 0x110000)) - 1
    return place >= 0 and ord(char) <= ranges[place][1]


@lru_cache(maxsize=4096)
def is_unspaced(char: str) -> bool:
    """Whether the character belongs to a script that sets no spaces between words."""
    return _holds(UNSPACED, char)


@lru_cache(maxsize=4096)
def is_hangul(char: str) -> bool:
    """Whether the character is Korean: particles are written onto its words."""
    return _holds(_HANGUL, char)


@lru_cache(maxsize=4096)
def is_mark(char: str) -> bool:
    """Whether the character is an accent, a point or a vowel sign of the one before."""
    return unicodedata.category(char).startswith("M")


def is_word(char: str) -> bool:
    """Whether the character is part of a word: a letter, a digit, or a sign on one."""
    return char.isalnum() or is_mark(char)


def word_count(text: str) -> int:
    """Return about how many words a text has; two characters of an unspaced script are one."""
    unspaced = sum(map(is_unspaced, text))
    spaced = "".join(" " if is_unspaced(char) else char for char in text)
    return sum(any(map(is_word, part)) for part in spaced.split()) + (unspaced + 1) // 2
