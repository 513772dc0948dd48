"""Who speaks in the documents of an archive: persons, whatever labels call them."""

from __future__ import annotations

from collections.abc import Iterable

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
