"""The words of a text as they are compared: folded, without punctuation, each with its place.

A word is a run of letters (with single digits between them), a run of digits, a sign that is read
aloud (per cent, degrees, currencies), an emoji, or one character of a script without spaces.
Apostrophes inside a word belong to it; a hyphen at the end of a line does not.
"""

from __future__ import annotations

import re
import weakref
from array import array
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from corpus.folding import JOINED, SEAM, fold
from corpus.scripts import UNSPACED
from corpus.transcript import Span, Transcript
from qa.searchable import LABEL, Stretch, stretches

if TYPE_CHECKING:
    import numpy as np

HOST = "host"
_THOUSANDS = re.compile(r"(?<=\d),(?=\d{3}(?!\d))")
_BETWEEN = ""
"""Stands between two stretches: no run of words crosses it."""
_SIGNS = "%‰$€£¥₩₽₴₹°&+"


@cache
def _pattern() -> re.Pattern[str]:
    unspaced = "".join(f"{chr(first)}-{chr(last)}" for first, last in UNSPACED)
    marks = "\u0900-\u0963\u0970-\u0dff\u1cd0-\u1cff\ua800-\uabff"
    # A mark of quotation between two syllables of Korean is no apostrophe.
    within = rf"(?<![\u1100-\u11ff\uac00-\ud7a3])'|{JOINED}"
    letter = rf"(?:(?![{unspaced}])(?:[^\W\d_]|[{marks}]))"
    return re.compile(
        rf"(?<![\d.,])\d{{1,3}}(?:,\d{{3}})+(?![\d,])|\d+(?:[.,]\d+)*"
        rf"|[{unspaced}]|{letter}+(?:(?:{within})+{letter}+|\d{letter}+)*"
        rf"|[{_SIGNS}]|[\U0001f000-\U0001faff]"
    )


def words_in(folded: str) -> Iterator[tuple[str, int, int]]:
    """Yield the words of a folded text with their places in it."""
    for match in _pattern().finditer(folded):
        word = match[0]
        if not word.isalpha():
            word = word.replace(JOINED, "").replace(SEAM, "")
            if word[0].isdigit():
                word = _THOUSANDS.sub("", word).replace(",", ".")
        yield word, match.start(), match.end()


def plain_words(text: str) -> tuple[str, ...]:
    """Return the words of a text."""
    return tuple(word for word, _, _ in words_in(fold(text).text))


@dataclass(frozen=True)
class Wording:
    """The words of a document that may be quoted, or of the web page around it.

    Attributes:
        transcript: the document.
        keys: the words in order, an empty one between two stretches.
        hashes: int64, shape (n_words,): equal for equal words in this process.
    """

    transcript: Transcript
    keys: Sequence[str]
    hashes: np.ndarray
    _stretches: tuple[Stretch, ...]
    _firsts: tuple[int, ...]
    _begins: array[int]
    _ends: array[int]

    def place(self, first: int, last: int) -> Span:
        """Return where the words from number ``first`` to ``last``, both included, stand."""
        stretch = self._stretches[bisect_right(self._firsts, first) - 1]
        return stretch.source(stretch.folded.source(self._begins[first], self._ends[last]))

    def bounds(self, number: int) -> tuple[int, int]:
        """Return the numbers of the first word and behind the last of a word's stretch."""
        at = bisect_right(self._firsts, number) - 1
        behind = self._firsts[at + 1] if at + 1 < len(self._firsts) else len(self.keys)
        return self._firsts[at], behind - 1


_known: dict[tuple[int, bool], Wording] = {}


def wording(transcript: Transcript, *, host: bool = False) -> Wording:
    """Return the words of a document, or of the web page around it.

    They are remembered as long as the transcript lives.
    """
    key = (id(transcript), host)
    found = _known.get(key)
    if found is None:
        found = _known[key] = _wording(transcript, host=host)
        weakref.finalize(transcript, _known.pop, key, None)
    return found


def _wording(transcript: Transcript, *, host: bool) -> Wording:
    import numpy as np

    keys: list[str] = []
    begins, ends = array("L"), array("L")
    firsts: list[int] = []
    chosen = []
    for stretch in stretches(transcript):
        is_own = not stretch.is_outside and stretch.layer != LABEL
        if (stretch.layer != HOST) if host else not is_own:
            continue
        chosen.append(stretch)
        firsts.append(len(keys))
        for word, start, end in words_in(stretch.folded.text):
            keys.append(word)
            begins.append(start)
            ends.append(end)
        keys.append(_BETWEEN)
        begins.append(0)
        ends.append(0)
    hashes = np.fromiter(map(hash, keys), np.int64, len(keys))
    return Wording(transcript, keys, hashes, tuple(chosen), tuple(firsts), begins, ends)
