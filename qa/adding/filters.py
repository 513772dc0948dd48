"""Which documents of an archive are meant: by speaker, collection and date."""

from __future__ import annotations

from dataclasses import dataclass

from corpus.dates import Day, Edtf, read_date
from corpus.transcript import Transcript
from qa.errors import UsageError

_FIRST, _LAST = (-(10**9), 1, 1), (10**9, 12, 31)


@dataclass(frozen=True, slots=True)
class Filter:
    """What documents must have; empty where it does not matter.

    Attributes:
        speaker: a name of somebody who speaks in it, folded.
        collection: part of its collection's name, folded.
        since: the first day; a document without a date is admitted only where none is asked for.
        until: the last day.
    """

    speaker: str = ""
    collection: str = ""
    since: Day | None = None
    until: Day | None = None

    @classmethod
    def read(
        cls, speaker: str | None, collection: str | None, since: str | None, until: str | None
    ) -> Filter:
        """Return a filter from what somebody wrote.

        Raises:
            UsageError: a date is none.
        """
        return cls(
            (speaker or "").casefold().strip(),
            (collection or "").casefold().strip(),
            _date("--since", since).first if since else None,
            _date("--until", until).last if until else None,
        )

    def admits(self, document: Transcript) -> bool:
        """Whether a document is meant."""
        record = document.record
        if self.speaker and self.speaker not in _speakers(document):
            return False
        if self.collection and self.collection not in record.collection.casefold():
            return False
        if self.since is None and self.until is None:
            return True
        if record.date is None:
            return False
        first, last = record.date.first or _FIRST, record.date.last or _LAST
        return (self.since or _FIRST) <= last and first <= (self.until or _LAST)


def _speakers(document: Transcript) -> set[str]:
    """Return every name, folded, of those who speak in a document."""
    heard = {turn.speaker for turn in document.turns if turn.speaker}
    names = {
        name for who in document.record.participants if who.name in heard for name in who.names
    }
    return {name.casefold() for name in names | heard}


def _date(option: str, text: str) -> Edtf:
    try:
        return read_date(int(text) if text.isdecimal() and len(text) <= 4 else text)  # noqa: PLR2004
    except ValueError as error:
        raise UsageError(
            f'{option}: {error}; write for example "1984", "1984-10" or "1984-10-05".'
        ) from error
