"""Every place of words in part of an archive: of a speaker, a document, a collection, a time."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from corpus.people import is_called, names_of_speakers, perhaps_called, speaks_in
from corpus.transcript import Transcript
from qa.concordance import Found, Match, find
from qa.errors import require_document, require_one, require_speaker
from qa.widening import Widened, find_widely
from qa.within import EVERYTHING, Within


@dataclass(frozen=True, slots=True)
class Place:
    """Where to look.

    Attributes:
        speaker: only in what somebody called so says, or None for everything.
        document: only in this document, or None for any.
        within: only in documents of a collection, or of some time.
    """

    speaker: str | None = None
    document: str | None = None
    within: Within = EVERYTHING


ANYWHERE = Place()
"""In everything that documents hold."""


def find_within(archive: Iterable[Transcript], words: str, place: Place = ANYWHERE) -> Found:
    """Return every place of ``words`` where they are looked for.

    Raises:
        QuestionError: ``words`` are empty.
        UsageError: there is no such speaker or document, or none of that collection or time.
    """
    return _said(find(_meant(archive, place), words), place)


def find_widely_within(
    archive: Iterable[Transcript], words: str, place: Place = ANYWHERE
) -> Widened:
    """Return every place of ``words`` and of their other forms where they are looked for.

    Raises:
        QuestionError, UsageError: as for :func:`find_within`.
    """
    widened = find_widely(_meant(archive, place), words)
    return replace(widened, found=_said(widened.found, place))


def _meant(archive: Iterable[Transcript], place: Place) -> tuple[Transcript, ...]:
    documents = tuple(archive)
    if place.document is not None:
        require_document(place.document, (one.id for one in documents))
    if place.speaker is not None and not any(speaks_in(d, place.speaker) for d in documents):
        require_one(place.speaker, {s for d in documents for s in perhaps_called(d, place.speaker)})
        require_speaker(place.speaker, names_of_speakers(documents))
    place.within.require_any(documents)
    return tuple(
        one for one in documents if place.document in (None, one.id) and place.within.admits(one)
    )


def _said(found: Found, place: Place) -> Found:
    name = place.speaker
    if name is None:
        return found
    said = tuple(match for match in found.matches if _is_said_by(match, name))
    return replace(found, matches=said, outside=(), labels=0)


def _is_said_by(match: Match, name: str) -> bool:
    quote = match.quote
    return quote.speaker is not None and is_called(quote.transcript, quote.speaker, name)
