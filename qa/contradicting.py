"""A filter that contradicts its question: it leaves out whom the question names."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable
from dataclasses import dataclass

from corpus.archive import Archive
from corpus.people import is_called, speakers_of
from corpus.transcript import Transcript
from qa.asking import Asked

_FEWEST_LETTERS = 3
"""Shorter names in our own script are letters of a questionnaire, and words of every question."""
_SPOKEN_OF = re.compile(
    r"\b(?:about|regarding|concerning|against|über|gegen|об?|про)\s+(?:[\w.’'-]+\s+){0,2}$",
    re.IGNORECASE,
)
_SPOKEN_OF_AFTER = re.compile(r"\s*에\s*(?:대|관)(?:해|하|한)")


@dataclass(frozen=True, slots=True)
class Contradiction:
    """Whose words were left out, though they are asked for.

    Attributes:
        named: short names of speakers; at least one.
        speaker: the only one whose words were searched, or None where it is the choice of
            documents that leaves them out.
        document: title of the only document that was searched, or empty.
    """

    named: tuple[str, ...]
    speaker: str | None = None
    document: str = ""


def contradiction(asked: Asked, text: str, archive: Archive) -> Contradiction | None:
    """Return whom the filters leave out though the question names them and nobody else.

    Args:
        asked: with the filters.
        text: what was searched: the question, with those before it where they were used.
        archive: every document.
    """
    if asked.speaker is None and asked.is_of_all:
        return None
    searched = [document for document in archive if asked.admits(document)]
    heard = {name for document in searched for name in _heard(document, asked.speaker)}
    title = searched[0].record.title if len(searched) == 1 and len(archive) > 1 else ""
    if asked.speaker is not None and not heard:
        return Contradiction((asked.speaker,), document=title)
    named = tuple(name for name, called in _people(archive) if _is_named(called, text))
    if not named or heard & set(named):
        return None
    return Contradiction(named, asked.speaker, title)


def _heard(document: Transcript, speaker: str | None) -> Iterable[str]:
    names = speakers_of(document)
    if speaker is None:
        return names
    return (name for name in names if is_called(document, name, speaker))


def _people(archive: Archive) -> Iterable[tuple[str, frozenset[str]]]:
    """Return everybody who speaks by short name, with every name."""
    found: dict[str, set[str]] = {}
    for document in archive:
        called = {who.name: who.names for who in document.record.participants}
        for name in speakers_of(document):
            found.setdefault(name, {name}).update(called.get(name, ()))
    return ((name, frozenset(names)) for name, names in found.items())


def _is_named(called: Collection[str], question: str) -> bool:
    """Whether a question names somebody other than as one who is spoken of.

    A small letter begins a name only in a question without capitals, and then only of somebody who
    has several names: "question" and "interviewer" are speakers too.
    """
    is_small_taken = question.islower() and len(called) > 1
    for name in called:
        if name.isascii() and len(name) < _FEWEST_LETTERS:
            continue
        for found in re.finditer(
            rf"(?<!\w){re.escape(name)}(?![^\W가-힣])", question, re.IGNORECASE
        ):
            is_small = found[0][0].islower() and not is_small_taken
            before, after = question[: found.start()], question[found.end() :]
            if not (is_small or _SPOKEN_OF.search(before) or _SPOKEN_OF_AFTER.match(after)):
                return True
    return False
