"""A quotation as somebody typed it: its words, and the marks by which words are left out."""

from __future__ import annotations

import re
from dataclasses import dataclass

from corpus.folding import fold
from corpus.transcript import Span
from qa.errors import QuestionError
from qa.quotations.words import words_in

LONGEST = 20_000
"""Characters of a quotation that is compared at once."""

_MOST_PARTS = 12
_MOST_IN_PARTS = 1_000
"""Words of a quotation with marks of omission: each part is looked for by itself."""

OMISSION = re.compile(
    r"\[\s*(?:…|\.(?:\s*\.){2,3})\s*\]|\(\s*(?:…|\.(?:\s*\.){2,3})\s*\)"
    r"|…|(?<![.\d])\.(?:[ \u00a0]?\.){2,3}(?!\d)"
)
"""A mark by which a quotation says that words are left out."""
_BRACKETS = re.compile(r"\[[^\[\]]*\]")
_NOTE_MARK = re.compile(r"\[\d{1,3}\]|[¹²³⁰⁴-⁹]+")
_PAIRS = tuple(
    (pair[0], pair[1])
    for pair in "“” „“ „” ”“ ”” «» »« ‹› \"\" ‘’ ‚‘ '' 「」 『』 〈〉 《》".split()
)


@dataclass(frozen=True, slots=True)
class Typed:
    """A word of a quotation.

    Attributes:
        key: folded, as in :mod:`qa.quotations.words`.
        start: first code point in the quotation.
        end: end, exclusive.
        bracket: number of the square brackets around it, from 1; 0 outside of any.
        is_joined: see :func:`is_joined`, to the one before.
    """

    key: str
    start: int
    end: int
    bracket: int
    is_joined: bool = False


@dataclass(frozen=True, slots=True)
class Quotation:
    """What somebody typed.

    Attributes:
        text: without the quotation marks around it.
        parts: its words, cut where a mark says that words are left out; no part is empty.
    """

    text: str
    parts: tuple[tuple[Typed, ...], ...]

    @property
    def words(self) -> tuple[Typed, ...]:
        """All its words."""
        return tuple(word for part in self.parts for word in part)


def read_quotation(text: str) -> Quotation:
    """Read a quotation.

    Raises:
        QuestionError: there is no word in it, or it is too long or has too many parts.
    """
    if len(text) > LONGEST:
        raise QuestionError(
            f"The quotation has {len(text):,} characters; check at most {LONGEST:,} at once."
        )
    bare = unquoted(text)
    brackets = [m.span() for m in _BRACKETS.finditer(bare) if not OMISSION.fullmatch(m[0])]
    marks = [Span(*m.span()) for m in OMISSION.finditer(bare)]
    notes = [Span(*m.span()) for m in _NOTE_MARK.finditer(bare)]
    folded = fold(bare)
    parts: list[list[Typed]] = [[]]
    ends = [mark.start for mark in marks]
    for key, begin, end in words_in(folded.text):
        place = folded.source(begin, end)
        if any(note.contains(place.start, place.end) for note in notes):
            continue
        while ends and ends[0] <= place.start:
            parts.append([])
            ends.pop(0)
        inside = next((n for n, (a, b) in enumerate(brackets, 1) if a < place.start < b), 0)
        before = parts[-1][-1].end if parts[-1] else 0
        joined = bool(before) and is_joined(bare[before : place.start])
        parts[-1].append(Typed(key, place.start, place.end, inside, joined))
    kept = tuple(tuple(part) for part in parts if part)
    if not kept:
        raise QuestionError("There is no word in the quotation; give at least one.")
    _require_bounded(kept)
    return Quotation(bare, kept)


def is_joined(between: str) -> bool:
    """Whether nothing but blanks or hyphens stands between two words."""
    return not between.strip(" \t\r\n\u00a0\u00ad\u2010\u2011-")


def _require_bounded(parts: tuple[tuple[Typed, ...], ...]) -> None:
    """Refuse what would keep others waiting for long; real quotations have far less."""
    words = sum(map(len, parts))
    if len(parts) > _MOST_PARTS:
        raise QuestionError(
            f"Marks of omission cut the quotation into {len(parts):,} parts; "
            f"check at most {_MOST_PARTS} at once."
        )
    if len(parts) > 1 and words > _MOST_IN_PARTS:
        raise QuestionError(
            f"The quotation has {words:,} words and marks of omission; "
            f"check at most {_MOST_IN_PARTS:,} words at once, or passages without such marks."
        )


def unquoted(text: str) -> str:
    """Return a quotation without white space and one pair of quotation marks around it."""
    bare = text.strip()
    for opening, closing in _PAIRS:
        inside = bare[1:-1]
        alone = opening not in inside and closing not in inside
        if len(bare) > 1 and bare[0] == opening and bare[-1] == closing and alone:
            return inside.strip()
    return bare
