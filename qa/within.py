"""Which documents of an archive are meant: by collection and date."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

from corpus.dates import Edtf, read_date
from corpus.transcript import Transcript
from qa.errors import UsageError


@dataclass(frozen=True)
class Within:
    """What documents must have; empty where it does not matter.

    Attributes:
        collection: part of its collection's name, in any capitals.
        since: its first day is the first that counts; a document without a date is meant only
            where none is asked for.
        until: its last day is the last that counts.
    """

    collection: str = ""
    since: Edtf | None = None
    until: Edtf | None = None

    @classmethod
    def read(
        cls, collection: str | None = None, since: str | None = None, until: str | None = None
    ) -> Within:
        """Return what somebody wrote.

        Raises:
            UsageError: a date is none, or the last one is before the first.
        """
        found = cls(
            (collection or "").strip(),
            _date("since", since) if since else None,
            _date("until", until) if until else None,
        )
        if found.since and found.until and found.until.order[1] < found.since.order[0]:
            raise UsageError(
                f"since: “{found.since}” is later than until: “{found.until}”; exchange them."
            )
        return found

    @property
    def is_everything(self) -> bool:
        """Whether every document is meant."""
        return not (self.collection or self.is_dated)

    @property
    def is_dated(self) -> bool:
        """Whether a document without a date cannot be meant."""
        return self.since is not None or self.until is not None

    @cached_property
    def _folded(self) -> str:
        return self.collection.casefold()

    def admits(self, document: Transcript) -> bool:
        """Whether a document is meant; one whose date is vague is where it may be."""
        record = document.record
        if self._folded not in record.collection.casefold():
            return False
        if not self.is_dated:
            return True
        if record.date is None:
            return False
        first, last, _ = record.date.order
        since = self.since.order[0] if self.since else first
        until = self.until.order[1] if self.until else last
        return since <= last and first <= until

    def narrowed(self, other: Within) -> Within:
        """Return this with what another says instead, where it says anything."""
        return Within(
            other.collection or self.collection,
            other.since or self.since,
            other.until or self.until,
        )

    def require_any(self, documents: Iterable[Transcript]) -> None:
        """Refuse to look where there is nothing: that nothing is found there says nothing.

        Raises:
            UsageError: no document is meant.
        """
        every = tuple(documents)
        if self.is_everything or any(map(self.admits, every)):
            return
        kept = sorted({t.record.collection for t in every if t.record.collection})
        if self.collection and not any(self._folded in name.casefold() for name in kept):
            known = "; ".join(kept) if kept else "none; 'verbatim edit' names them"
            raise UsageError(f"There is no collection “{self.collection}”; there are: {known}.")
        raise UsageError(
            "No document is dated so; 'verbatim list' shows the dates, 'verbatim edit' sets them."
        )

    def undated(self, documents: Iterable[Transcript]) -> int:
        """Return how many documents are left out for want of a date alone."""
        if not self.is_dated:
            return 0
        gathered = Within(self.collection)
        return sum(t.record.date is None and gathered.admits(t) for t in documents)


EVERYTHING = Within()
"""Every document is meant."""


def _date(name: str, text: str) -> Edtf:
    try:
        return read_date(int(text) if text.isdecimal() and len(text) <= 4 else text)  # noqa: PLR2004
    except ValueError as error:
        raise UsageError(
            f'{name}: {error}; write for example "1984", "1984-10" or "1984-10-05".'
        ) from error
