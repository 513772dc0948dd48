"""What can be a name, and when two printed names are the same."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from enum import IntEnum
from functools import lru_cache

from corpus.labels.scan import CLOSING, COLONS, DASHES, OPENING, bare, is_time, last_bracket
from corpus.labels.words import (
    GIVEN,
    PARTICLES,
    PREPOSITIONS,
    PRONOUNS,
    REMARKS,
    SAYING,
    SAYING_ENDS,
    TITLES,
)
from corpus.lines import is_small

MAX_NAME = 160
_CACHED = 65_536
_MANNERS = (
    "ing", "ly", "end", "nd", "ant", "ent", "ando", "endo", "mente", "ément", "ально", "ая", "ясь",
    "ując", "ąc", "ící", "rak", "erek", "ed",
)  # fmt: skip
"""Ends of words that say how somebody speaks, in some languages."""
_MAX_WORDS = 20
_MAX_SMALL = 2
_MAX_WEAK = 4
_MAX_COMMAS = 4
_MAX_UNCASED_WORDS = 5
_MAX_UNSPACED = 16
_ABBREVIATED = 5
_INITIAL = 2
_LARGE = frozenset(("i", "i'm", "i’m", "i'll", "i've", "sie", "ihr", "usted", "lei"))
"""Pronouns with a capital in the midst of a sentence."""


class Likeness(IntEnum):
    """How much words look like the name of somebody."""

    NONE = 0
    WEAK = 1
    """Words with small letters, as nicknames and roles have them."""
    STRONG = 2
    """A name, a title, an office."""


@dataclass(frozen=True, slots=True)
class Name:
    """A name as a label prints it.

    Attributes:
        printed: without marks around it, in one line.
        base: without what stands in brackets at its end.
        inside: what stands in these brackets; empty where there are none.
    """

    printed: str
    base: str
    inside: str

    @classmethod
    def read(cls, text: str) -> Name:
        """Read a name from the text between a line's start and its colon."""
        return _read(text)

    @property
    def is_remark(self) -> bool:
        """Whether the brackets say how somebody speaks, not who."""
        inside = self.inside
        if not inside:
            return False
        if is_time(inside):
            return True
        words = folded(inside).split()
        if any(word.strip(".,;") in REMARKS for word in words):
            return True
        # A letter, or a single small word that tells no manner, may tell two people apart.
        return is_small(inside[0]) and (len(words) > 1 or words[0].endswith(_MANNERS))


@lru_cache(maxsize=_CACHED)
def _read(text: str) -> Name:
    printed = " ".join(bare(text).split())
    opened = last_bracket(printed)
    if not opened:
        return Name(printed, printed, "")
    return Name(printed, printed[:opened].strip(), printed[opened + 1 : -1].strip())


@lru_cache(maxsize=_CACHED)
def folded(text: str) -> str:
    """Return what two writings of one name share: case, width and spacing do not matter."""
    flat = unicodedata.normalize("NFKC", bare(text)).casefold().replace(".", ". ")
    return " ".join(flat.replace("_", " ").split()).strip(" ,.")


def name_words(text: str) -> list[str]:
    """Return the folded words of a name, without stops, quotation marks and commas."""
    words = (word.strip(".,'\"“”„‘’«»()[]") for word in folded(text).split())
    return [word for word in words if word]


def without_titles(words: list[str]) -> list[str]:
    """Drop titles before a name; a name that is nothing but titles stays."""
    rest = list(words)
    while len(rest) > 1 and rest[0] in TITLES:
        rest.pop(0)
    return rest


def has_title(text: str) -> bool:
    """Whether a name begins with a title or consists of an office."""
    words = name_words(text)
    return bool(words) and words[0] in TITLES


def has_initials(name: str) -> bool:
    """Whether a name is a surname with initials, its office behind a comma or not."""
    words = name.partition(",")[0].split()
    initials = [word for word in words if len(word) == _INITIAL and word[1] == "."]
    return bool(initials) and len(words) - len(initials) == 1 and words[0][0].isupper()


def is_cased(text: str) -> bool:
    """Whether the script of ``text`` has small and capital letters."""
    return any(char.lower() != char.upper() and not "\u10a0" <= char <= "\u10ff" for char in text)


@lru_cache(maxsize=_CACHED)
def is_capitals(text: str) -> bool:
    """Whether ``text`` is written in capitals throughout."""
    if text != text.upper() or text == text.lower():
        return False
    letters = [char for char in text if char.isalpha()]
    return len(letters) > 1 and all(char.isupper() for char in letters)


@lru_cache(maxsize=_CACHED)
def likeness(text: str) -> Likeness:
    """Tell how much ``text`` looks like a name; brackets at its end count as a part of it."""
    name = Name.read(text)
    base = name.base or name.printed
    if not base or len(name.printed) > MAX_NAME or not _may_begin(base[0]):
        return Likeness.NONE
    if not any(char.isalpha() for char in base) or _is_sentence(base):
        return Likeness.NONE
    if base.split()[0].casefold() in PREPOSITIONS and " " in base and not _is_given(base):
        return Likeness.NONE
    head, comma, office = base.partition(",")
    words = head.split()
    if len(base.split()) > _MAX_WORDS or not words or _introduces_speech(base):
        return Likeness.NONE
    found = _of_words(words)
    return found if not comma else _of_office(found, office)


def may_be_somebody(text: str) -> bool:
    """Whether words that are no name may still call somebody: "a voice from the back"."""
    if not is_cased(text) or not text[:1].isalpha():
        return False
    return not _is_sentence(text) and not _introduces_speech(text)


def begins_with_saying(text: str) -> bool:
    """Whether words such as "according to Jonas Vogt" say who is quoted: whoever spoke goes on."""
    words = name_words(text)
    return len(words) > 1 and words[0] in SAYING and not is_capitals(text)


def _may_begin(char: str) -> bool:
    return char.isalnum() or char in "\"“„«'‘@"


def _of_office(head: Likeness, office: str) -> Likeness:
    """A name with its office behind a comma; the office may be written small."""
    first = office.split()[:1]
    if head is Likeness.NONE or not first:
        return Likeness.NONE
    return Likeness.WEAK if is_small(first[0][0]) else head


def _of_words(words: list[str]) -> Likeness:
    if not is_cased("".join(words)):
        longest = max(len(word) for word in words)
        fits = len(words) <= _MAX_UNCASED_WORDS and longest <= _MAX_UNSPACED
        return Likeness.STRONG if fits else Likeness.NONE
    small = [word for word in words if is_small(word[:1]) and not _is_small_part(word)]
    if not small:
        only_particles = all(folded(word) in PARTICLES and word[0].islower() for word in words)
        return Likeness.WEAK if only_particles else Likeness.STRONG
    return Likeness.WEAK if len(small) <= _MAX_SMALL and len(words) <= _MAX_WEAK else Likeness.NONE


def _is_small_part(word: str) -> bool:
    """Small words that names hold: particles, "d'Arc", "al-Sisi", titles such as "ministre"."""
    if folded(word) in PARTICLES or folded(word) in TITLES:
        return True
    if word.endswith(".") and len(word) == 2:  # noqa: PLR2004 - "h. c."
        return True
    cut = max(word.find("'"), word.find("’"), word.find("-"))
    return 0 < cut < len(word) - 1 and word[cut + 1].isupper()


def _is_sentence(text: str) -> bool:
    """Whether the signs inside say that a sentence ends here: no name goes on behind it."""
    if any(char in COLONS or char in "!?;…。！？；؟।=|\\{}" for char in text):
        return True
    for i, word in enumerate(text.split()):
        stopped = word.endswith(".") and i + 1 < len(text.split())
        if stopped and not _is_abbreviation(word):
            return True
    return text.count(",") > _MAX_COMMAS or any(char in DASHES and char in "–—―" for char in text)


def _is_abbreviation(word: str) -> bool:
    plain = word.strip("".join((*OPENING, *CLOSING))).rstrip(".")
    return len(plain) <= _ABBREVIATED or plain.casefold() in TITLES or "." in plain


def _is_given(text: str) -> bool:
    """Whether a word of sentences is a given name here, as in "Will Norris" and "Per Lund"."""
    first, *rest = text.split()
    if folded(first) not in GIVEN or not first[:1].isupper() or not rest:
        return False
    small = [word for word in rest if is_small(word[:1]) and folded(word) not in PARTICLES]
    return not small and not any(folded(word) in PRONOUNS for word in rest)


def _is_of_sentences(word: str) -> bool:
    """Whether a word behind the first is one of a sentence: small, or always written large."""
    plain = folded(word.strip("\"'“”„‘’«»()[],"))
    large = is_cased(word) and not is_small(word[:1])
    return plain in PRONOUNS and (not large or plain in _LARGE)


def _introduces_speech(text: str) -> bool:
    words = name_words(text)
    if not words:
        return True
    if len(words) > 1 and not is_capitals(text):
        printed = text.split()
        # "Edward Said" and "Chitta Das" are names: words of sentences stand small behind the first.
        named = is_cased(printed[-1]) and not is_small(printed[-1].lstrip("\"'“„«")[:1])
        if words[0] in SAYING or (words[-1] in SAYING and not named):
            return True
        if words[0] in PRONOUNS and not _is_given(text):
            return True
        if any(_is_of_sentences(word) for word in printed[1:]):
            return True
    elif len(words) > 1 and (words[-1] in SAYING or words[0] in SAYING):
        return True
    return not is_cased(text) and text.endswith(SAYING_ENDS) and len(text) > 1
