"""What speaks against a word before a colon being somebody: each piece is one trait."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from corpus.labels.candidates import AT_START, Candidate, Place
from corpus.labels.names import has_title, name_words
from corpus.labels.words import ASIDES, CATALOGUE, CLOSINGS, NOTES, ORDINALS

_HALF = 0.5
_FEW = 0.25
_MOST = 0.75
_TWO_PIECES = 2
_SHORT_WORD = 3


@dataclass(frozen=True, slots=True)
class Tally:
    """How often each trait stands among some candidates."""

    count: int
    small: int
    beside: int
    value: int
    starts: int
    opening: int

    @classmethod
    def of(cls, found: Sequence[Candidate]) -> Tally:
        """Count the traits of some candidates."""
        return cls(
            len(found),
            sum(c.small for c in found),
            sum(not c.alone for c in found),
            sum(c.value for c in found),
            # The first line opens whatever the habit is.
            sum(c.place in AT_START and c.index > 0 for c in found),
            sum(c.place is Place.OPENING and c.index > 0 for c in found),
        )

    def without(self, other: Tally) -> Tally:
        """Return the counts of all but some."""
        return Tally(
            self.count - other.count,
            self.small - other.small,
            self.beside - other.beside,
            self.value - other.value,
            self.starts - other.starts,
            self.opening - other.opening,
        )


def is_no_person(pieces: frozenset[str]) -> bool:
    """Whether two pieces of evidence, one of them telling, say that nobody is named."""
    told = pieces & {"word", "introduced", "small"}
    return len(pieces) >= _TWO_PIECES and bool(told)


def against(key: str, found: Sequence[Candidate], whole: Tally) -> frozenset[str]:
    """Collect what speaks against a person; one piece of evidence is doubt, two are enough."""
    own = Tally.of(found)
    others = whole.without(own)
    introduced = sum(c.introduced for c in found) / own.count
    pieces = set()
    if is_aside(key) or is_catalogue(key) or is_note(key) or is_ordinal(key):
        pieces.add("word")
    if introduced > _HALF or (introduced == _HALF and "word" in pieces):
        pieces.add("introduced")
    if own.small >= _HALF * own.count and others.small < _FEW * max(others.count, 1):
        pieces.add("small")
    if own.beside and own.value > _HALF * own.beside and others.value < _FEW * others.beside:
        pieces.add("value")
    if own.starts and own.opening < _HALF * own.starts and others.opening > _MOST * others.starts:
        pieces.add("place")
    if has_title(found[0].name.base) and len(name_words(found[0].name.base)) > 1:
        pieces -= {"value", "place", "introduced"}
    return frozenset(pieces)


def is_aside(key: str) -> bool:
    """Whether a folded name is a word such as "quote"."""
    return _word_of(key) in ASIDES or key.replace(" ", "_") in ASIDES


def is_catalogue(key: str) -> bool:
    """Whether a folded name is a word such as "date", or a phrase that ends a talk."""
    first, _, rest = key.partition(" ")
    phrase = bool(rest) and len(first) > _SHORT_WORD and first in CATALOGUE
    phrase = phrase or key.startswith(CLOSINGS)
    return phrase or _word_of(key) in CATALOGUE or key.replace(" ", "_") in CATALOGUE


def is_note(key: str) -> bool:
    """Whether a folded name is a word such as "note"."""
    return _word_of(key) in NOTES or key.replace(" ", "_") in NOTES


def is_ordinal(key: str) -> bool:
    """Whether a folded name counts, as "first" does."""
    return key.replace(" ", "_").rstrip("、") in ORDINALS


def _word_of(key: str) -> str:
    """The word of a label such as "note 2"."""
    first, _, rest = key.partition(" ")
    return first.strip(".") if not rest or rest.strip("().#").isdigit() else key
