"""A filter that contradicts its question: it leaves out whom the question names."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable
from dataclasses import dataclass

from corpus.archive import Archive
from corpus.people import is_called, speakers_of
from corpus.transcript import Transcript
from qa.asking import Asked
from qa.spoken_of import is_spoken_of

_FEWEST_LETTERS = 3
"""Shorter names in our own script are letters of a questionnaire, and words of every question."""


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
    heard = [(document, name) for document in searched for name in _heard(document, asked.speaker)]
    title = searched[0].record.title if len(searched) == 1 and len(archive) > 1 else ""
    if asked.speaker is not None and not heard:
        return Contradiction((asked.speaker,), document=title)
    people = [(name, called) for name, called in _people(archive) if _is_named(called, text)]
    # Other documents may call the same person otherwise: Kissinger is SECRETARY KISSINGER, too.
    if not people or any(_is_heard(called, heard) for _, called in people):
        return None
    return Contradiction(tuple(name for name, _ in people), asked.speaker, title)


def _is_heard(called: Collection[str], heard: Iterable[tuple[Transcript, str]]) -> bool:
    """Whether anybody who was searched may be called by one of these names."""
    return any(is_called(document, one, name) for document, one in heard for name in called)


def _heard(document: Transcript, speaker: str | None) -> Iterable[str]:
    names = speakers_of(document)
    if speaker is None:
        return names
    return (name for name in names if is_called(document, name, speaker))


def _people(archive: Archive) -> Iterable[tuple[str, frozenset[str]]]:
    """Return everybody who speaks by short name, with every name; one person of two names once."""
    short: dict[str, str] = {}
    found: dict[str, set[str]] = {}
    for document in archive:
        listed = {who.name: who for who in document.record.participants}
        for name in speakers_of(document):
            who = listed.get(name)
            key = (who.full_name if who else "") or short.get(name, name)
            short.setdefault(name, key)
            found.setdefault(key, {name}).update(who.names if who else (name,))
    first = {key: name for name, key in reversed(short.items())}
    return ((first.get(key, key), frozenset(names)) for key, names in found.items())


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
            if not (is_small or is_spoken_of(question, *found.span())):
                return True
    return False
