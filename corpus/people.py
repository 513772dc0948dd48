"""Who speaks in the documents of an archive: persons, whatever labels call them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from corpus.cast import draft_participants
from corpus.recognised import Heard
from corpus.record import Record
from corpus.transcript import Transcript


def is_called(record: Record, speaker: str, name: str) -> bool:
    """Whether a speaker of a document is called so; capitals do not matter.

    Args:
        record: of the document.
        speaker: the name that quotes of the document carry.
        name: that one, or another that the record gives this participant.
    """
    wanted = name.casefold()
    if speaker.casefold() == wanted:
        return True
    return any(
        wanted == called.casefold()
        for who in record.participants
        if who.name == speaker
        for called in who.names
    )


def speakers_of(document: Transcript) -> tuple[str, ...]:
    """Return the names that quotes of a document carry, in order of appearance."""
    return tuple(dict.fromkeys(turn.speaker for turn in document.turns if turn.speaker))


def names_of_speakers(documents: Iterable[Transcript]) -> tuple[str, ...]:
    """Return every name of everybody who speaks in some documents."""
    found: dict[str, None] = {}
    for document in documents:
        heard = speakers_of(document)
        found.update(dict.fromkeys(heard))
        for who in document.record.participants:
            if who.name in heard:
                found.update(dict.fromkeys(who.names))
    return tuple(found)


def speaks_in(document: Transcript, name: str) -> bool:
    """Whether somebody called so speaks in a document."""
    return any(is_called(document.record, speaker, name) for speaker in speakers_of(document))


@dataclass(frozen=True, slots=True)
class Part:
    """What one person says in one document: under which name, in how many turns."""

    document: str
    speaker: str
    turns: int


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody who speaks in one document or several.

    Attributes:
        name: the full one, where a record gives it, else as labels have it.
        names: every name that records and labels give, the most frequent form first.
        parts: document by document.
    """

    name: str
    names: tuple[str, ...]
    parts: tuple[Part, ...]


def people(documents: Iterable[Transcript]) -> tuple[Person, ...]:
    """Return who speaks in some documents, by name.

    One full name in several records is one person, and so is one name without any full name; that
    names which only look alike are one person's is nowhere assumed.
    """
    names: dict[str, dict[str, None]] = {}
    parts: dict[str, list[Part]] = {}
    for document in documents:
        turns = Counter(turn.speaker for turn in document.turns if turn.speaker)
        listed = {who.name: who for who in document.record.participants}
        for speaker, count in turns.items():
            who = listed.get(speaker)
            known = (who.full_name or who.name, *who.names) if who else (speaker,)
            key = known[0].casefold()
            names.setdefault(key, {}).update(dict.fromkeys(known))
            parts.setdefault(key, []).append(Part(document.id, speaker, count))
    found = (Person(next(iter(names[key])), tuple(names[key]), tuple(parts[key])) for key in names)
    return tuple(sorted(found, key=lambda person: person.name.casefold()))


def perhaps_one(persons: Sequence[Person]) -> tuple[tuple[Person, ...], ...]:
    """Return persons of several names who may be one: "REED", "Anna Reed", "Ms. Reed"."""
    heard = [
        Heard(one.name, one.names, listed=False, turns=0, words=0, first_words="")
        for one in persons
    ]
    by_heard = {one.speaker: person for one, person in zip(heard, persons, strict=True)}
    return tuple(
        tuple(by_heard[one.speaker] for one in draft.heard)
        for draft in draft_participants(heard)
        if len(draft.heard) > 1
    )
