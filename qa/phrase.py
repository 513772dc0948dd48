"""Words to look for, and where they stand in a folded text.

Whole words are found, one space (or line end) between them, in this order and nothing between.
Where a script sets no spaces, words are found inside others; where particles are written onto
words (Korean behind them; Hebrew and Arabic before them), a word is found with these.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from corpus.folding import JOINED, SEAM, Folded, fold, is_hidden
from corpus.scripts import is_hangul, is_mark, is_unspaced, is_word
from corpus.transcript import Span
from qa.errors import QuestionError

_MAY_STAND_INSIDE = f"[{JOINED}{SEAM}]?"
_MAY_BREAK_INSIDE = f"[{JOINED}{SEAM}\n]?"
_MAY_BE_APART = f"[{JOINED}{SEAM} \n]?"
# Stars and underscores that plain text sets around words to stress them.
_EMPHASIS = "[*_]*"
# Letters and digits, and the vowel signs of India and South-East Asia, which are none to Python.
_REST_OF_WORD = rf"(?:[{JOINED}{SEAM}]?(?:[^\W_]|[\u0900-\u0963\u0970-\u1cff\ua800-\uabff]))*"
_HEBREW = "א", "ת"
_ARABIC = "ء", "ۓ"
_HEBREW_PREFIX = re.compile("ו?(?:ש|כש|מש|לכש)?[בכלמ]?ה?")
_ARABIC_PREFIX = re.compile("[وف]?(?:[بك]?ال|لل|[بكلس])?")
_LONGEST_PREFIX = 6
_MOST = 2_000
"""Characters to look for at once; a longer passage is one to check as a quotation."""


@dataclass(frozen=True, slots=True)
class Phrase:
    """Words to look for, or signs without words.

    Attributes:
        pattern: of the words in folded text, or of the signs in the source itself.
        first: the first character of the words; empty for signs.
        last: the last one; empty for signs, and where any ending will do.
    """

    pattern: re.Pattern[str]
    first: str
    last: str

    @classmethod
    def of(cls, words: str) -> Phrase:
        """Read what somebody looks for.

        Raises:
            QuestionError: it is empty or very long.
        """
        if not any(not char.isspace() and not is_hidden(char) for char in words):
            raise QuestionError("There is nothing to look for; give at least one word or sign.")
        if len(words) > _MOST:
            raise QuestionError(
                f"There are {len(words):,} characters to look for; give at most {_MOST:,}, "
                "or check the passage as a quotation."
            )
        folded = _wanted(words)
        if not any(char.isalnum() for char in folded):
            literally = r"\s+".join(map(re.escape, words.split()))
            return cls(re.compile(literally), "", "")
        last = "" if folded.endswith("*") else folded[-1]
        return cls(re.compile(_pattern(folded)), folded[0], last)

    @property
    def is_literal(self) -> bool:
        """Whether these are signs without words."""
        return not self.first

    def in_folded(self, folded: Folded) -> Iterator[Span]:
        """Yield where the words stand, as places of the source that was folded."""
        text, place = folded.text, 0
        while (match := self.pattern.search(text, place)) is not None:
            start, end = match.span()
            good = self._may_begin(text, start) and self._may_end(text, end)
            if good:
                yield folded.source(start, end)
            place = end if good else start + 1

    def in_source(self, source: str, start: int, end: int) -> Iterator[Span]:
        """Yield where the signs stand in ``source[start:end]``."""
        for match in self.pattern.finditer(source, start, end):
            yield Span(*match.span())

    def _may_begin(self, text: str, start: int) -> bool:
        if not start or not is_word(self.first) or is_unspaced(self.first):
            return True
        before = text[start - 1]
        if not is_word(before) or is_unspaced(before):
            return True
        return is_hangul(before) != is_hangul(self.first) or self._is_prefixed(text, start)

    def _may_end(self, text: str, end: int) -> bool:
        if end == len(text) or not self.last or not is_word(self.last):
            return True
        after = text[end]
        if is_mark(after):
            return False  # it makes another letter of the last one
        if is_unspaced(self.last) or is_hangul(self.last):
            return True
        return not is_word(after) or is_unspaced(after) or is_hangul(after)

    def _is_prefixed(self, text: str, start: int) -> bool:
        """Whether the word has nothing before it but particles of its language."""
        if _HEBREW[0] <= self.first <= _HEBREW[1]:
            prefix = _HEBREW_PREFIX
        elif _ARABIC[0] <= self.first <= _ARABIC[1]:
            prefix = _ARABIC_PREFIX
        else:
            return False
        begin = start
        while begin and start - begin <= _LONGEST_PREFIX and is_word(text[begin - 1]):
            begin -= 1
        return prefix.fullmatch(text, begin, start) is not None


def _wanted(words: str) -> str:
    """Return the words folded, a star only where it stands for the rest of a word."""
    folded = fold(words).text.replace(SEAM, "").replace("\n", " ")
    kept = []
    for word in folded.split(" "):
        stem = word.rstrip("*")
        if stem:
            kept.append(stem + "*" if stem != word else stem)
    return " ".join(kept)


def _pattern(folded: str) -> str:
    """Return a pattern that finds the words across line ends and hidden seams."""
    parts: list[str] = []
    for place, char in enumerate(folded):
        before = folded[place - 1 : place]
        after = folded[place + 1 : place + 2]
        if char == " ":
            parts.append("" if before == "-" else _space(before, after))
        elif char == "*" and after in ("", " ") and before:
            parts.append(_REST_OF_WORD)
        else:
            if before and before != " ":
                parts.append(_seam(before, char))
            parts.append(_sign(char, after, folded[place + 2 : place + 3]))
    return "".join(parts)


def _sign(char: str, after: str, next_but_one: str) -> str:
    if char == JOINED:
        return f"[-{JOINED}]?"
    if char == "-":
        # Copied from where a line end is shown as a space: "recon- naissance".
        apart = f"-{_space(char, next_but_one)}" if after == " " else "-"
        return f"(?:{apart}|{JOINED})"
    return re.escape(char)


def _space(before: str, after: str) -> str:
    korean = bool(before and after) and is_hangul(before) and is_hangul(after)
    unspaced = any(char and is_unspaced(char) for char in (before, after))
    return _MAY_BE_APART if unspaced or korean else f"{_EMPHASIS}[ \n]{_EMPHASIS}"


def _seam(before: str, char: str) -> str:
    if is_unspaced(before) or is_unspaced(char):
        return _MAY_BE_APART
    if is_hangul(before) and is_hangul(char):
        return _MAY_BREAK_INSIDE
    return _MAY_STAND_INSIDE
