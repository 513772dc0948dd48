"""Whether a name that somebody typed is that of somebody who speaks in a document."""

from __future__ import annotations

import re

from corpus.folding import fold
from corpus.record import Participant
from corpus.transcript import Transcript
from qa.citation import participant

_WORD = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*\.?")
_TITLES = frozenset(
    "mr mrs ms miss dr prof professor sir lady lord comrade general colonel major captain admiral "
    "president minister secretary chairman ambassador senator director deputy chief herr frau "
    "genosse genossin minister prasident general oberst monsieur madame mme m senor senora don "
    "dona sr sra товарищ господин госпожа генерал министр председатель".split()
)
_HANGUL_TITLES = ("씨", "님", "장관", "대통령", "의장", "동지", "위원장")


def is_called(transcript: Transcript, speaker: str, typed: str) -> bool:
    """Tell whether ``typed`` names a speaker of a document.

    It does if it is one of the record's names, or ends with the short name and what stands before
    that is an office, a title, or first names and initials that the record gives too.

    Args:
        transcript: the document.
        speaker: short name of who speaks there.
        typed: as somebody wrote it.
    """
    person = participant(transcript.record, speaker) or Participant(name=speaker)
    wanted = _names(typed)
    known = [_names(name) for name in person.names]
    if not wanted:
        return False
    if wanted in known or any(_only_titles(wanted, name) for name in known):
        return True
    return any(_fits(typed, name, person) for name in known if name)


def _names(text: str) -> tuple[str, ...]:
    words = [word.rstrip(".") for word in _WORD.findall(fold(text).text)]
    return tuple(word.removesuffix("'s") for word in words)


def _only_titles(wanted: tuple[str, ...], name: tuple[str, ...]) -> bool:
    """Whether two names are one but for titles before it, or behind it in Korean."""
    bare = tuple(word for word in wanted if word not in _TITLES and word not in _HANGUL_TITLES)
    own = tuple(word for word in name if word not in _TITLES)
    return bool(bare) and bare == own


def _fits(typed: str, name: tuple[str, ...], person: Participant) -> bool:
    """Whether a longer name ends with this one, and nothing before it is another's first name."""
    wanted = _names(typed)
    short = _names(person.name)
    if not short or wanted[-len(short) :] != short or name[-len(short) :] != short:
        return False
    before = wanted[: -len(short)]
    if not before:
        return True
    written = [word.rstrip(".") for word in _WORD.findall(typed)][len(before) - 1 :][:1]
    office = set(_names(person.role)) | _TITLES
    last = before[-1]
    if last in office or (written and written[0][:1].islower()):
        return True
    every = {word for known in map(_names, person.names) for word in known[: -len(short)]}
    every -= _TITLES
    full = {word for word in every if len(word) > 1}
    return any(last == word or _is_short(last, word) for word in full) or (
        not full and any(_is_short(word, last) for word in every)
    )


def _is_short(one: str, other: str) -> bool:
    return len(one) == 1 and other.startswith(one)
