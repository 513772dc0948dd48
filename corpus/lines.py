"""Lines of a text with their offsets, and where the author's hard line wraps are."""

from __future__ import annotations

import itertools
import re
from collections.abc import Sequence
from dataclasses import dataclass

_LINE = re.compile(r"([^\r\n\v\f\x85\u2028\u2029]*)(\r\n|[\r\n\v\f\x85\u2028\u2029]|\Z)")
_RETURNS = ("\r\n", "\n", "\r")
_OPENING = "“\"'‘«„([–-• "
_CLOSING = "”\"'’»)]"
_COLONS = ":："
_TERMINAL = ".!?…:。！？：؟।॥۔։｡"
_INITIAL = re.compile(r"(?:^|[\s(\[“])(?![a-zà-ÿ])[^\W\d_]\.$")
_GREEK_QUESTION = re.compile(r"[\u0370-\u1fff][;\u037e]$")
_MIN_WRAPPED_LINES = 5
_MIN_WRAPPED_SHARE = 0.2
_MAX_LONGER_SHARE = 0.5
LIST_MARKER = re.compile(r"(?:[–—•*-]|\d{1,2}[.)]|[a-z]\))\s+")


@dataclass(frozen=True, slots=True)
class Line:
    """One line without its line break; offsets exclude white space at both ends.

    Attributes:
        number: 1-based line of the file, when the lines were taken from a whole text.
        start: offset of the first visible code point.
        end: offset after the last visible one; equal to ``start`` on a blank line.
        text: ``source[start:end]``.
    """

    number: int
    start: int
    end: int
    text: str

    @property
    def first_word(self) -> str:
        """The first word without opening punctuation, or an empty string."""
        words = self.text.lstrip(_OPENING).split(maxsplit=1)
        return words[0].rstrip(".,;:!?…" + _CLOSING) if words else ""

    @property
    def starts_in_lower_case(self) -> bool:
        """Whether the first letter is a small one, so that the line continues another."""
        return is_small(self.text.lstrip(_OPENING)[:1])

    @property
    def is_list_item(self) -> bool:
        """Whether the line begins with a dash, bullet or number of a list."""
        return LIST_MARKER.match(self.text) is not None

    @property
    def ends_a_sentence(self) -> bool:
        """Whether the line closes with punctuation that ends a sentence or introduces one."""
        if _INITIAL.search(self.text):
            return False
        words = self.text.rstrip(_CLOSING)
        if _GREEK_QUESTION.search(words):
            return True
        return words[-1:] in tuple(_TERMINAL)

    @property
    def expects_more(self) -> bool:
        """Whether the line ends with punctuation that must be followed by more."""
        return self.text.endswith((",", ";", "-", "–", "—", "(", "[")) or bool(
            _INITIAL.search(self.text)
        )


def is_small(char: str) -> bool:
    """Whether a sign is a small letter that could have been a capital.

    Georgian letters have capitals for headlines only: none of them begins a sentence.
    """
    return char.islower() and not "\u10a0" <= char <= "\u10ff"


def split_lines(text: str) -> tuple[Line, ...]:
    """Split at every line break that Unicode knows; offsets are code points into ``text``.

    The number of a line is the one that an editor shows: where a text has line feeds or carriage
    returns, the other breaks (line separators, vertical tabs, page breaks) divide a line of the
    file without counting; where it has none, they count.
    """
    returns = _has_returns(text)
    lines = []
    number = 1
    for match in _LINE.finditer(text):
        start, end = match.span(1)
        body = match[1].strip("\ufeff \t\u00a0\u3000\v\f")
        if body:
            start += match[1].index(body)
            end = start + len(body)
        else:
            end = start
        lines.append(Line(number, start, end, body))
        if match.end() == len(text):
            break
        number += match[2] in _RETURNS or not returns
    return tuple(lines)


def line_starts(text: str) -> tuple[int, ...]:
    """Return where each line begins, counted as :func:`split_lines` does."""
    returns = _has_returns(text)
    starts = [0]
    for match in _LINE.finditer(text):
        if match[2] and (match[2] in _RETURNS or not returns):
            starts.append(match.end())
    return tuple(starts)


def _has_returns(text: str) -> bool:
    body = text.rstrip()
    return "\n" in body or "\r" in body


def wrap_width(lines: Sequence[Line]) -> int | None:
    """Return the least width at which this text's lines were wrapped, or None if they were not.

    A line followed by one in lower case was wrapped by width alone: its length plus the next
    line's first word did not fit. The fifth percentile of these sums is the estimate. A line that
    ends with a colon, such as a label alone on it, ends there whatever the width.
    """
    too_long = sorted(
        len(line.text) + 1 + len(following.text.split(maxsplit=1)[0])
        for line, following in itertools.pairwise(lines)
        if line.text
        and line.text[-1] not in _COLONS
        and following.starts_in_lower_case
        and not following.is_list_item
    )
    visible = sum(1 for line in lines if line.text)
    if len(too_long) < max(_MIN_WRAPPED_LINES, _MIN_WRAPPED_SHARE * visible):
        return None
    return too_long[len(too_long) // 20]


def steady_width(lines: Sequence[Line]) -> int | None:
    """Return the width at which lines were wrapped, or None where many are longer than that.

    Where nothing ends with a stop and little begins with a capital, every line but the last of a
    turn seems to go on below. To tell labels from the middle of a sentence, such a width is none.
    """
    width = wrap_width(lines)
    lengths = [len(line.text) for line in lines if line.text and line.text[-1] not in _COLONS]
    longer = sum(length > width for length in lengths) if width is not None else 0
    return width if longer <= _MAX_LONGER_SHARE * len(lengths) else None


def is_full(line: Line, following: Line, width: int | None) -> bool:
    """Whether ``line`` was wrapped because the next line's first word did not fit."""
    if width is None or not following.text:
        return False
    return len(line.text) + 1 + len(following.text.split(maxsplit=1)[0]) >= width
