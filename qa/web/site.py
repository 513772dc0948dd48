"""What every page of one server shares: the archive, who answers, and the settings."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Protocol

from corpus.archive import Archive
from corpus.record import Suggested
from corpus.transcript import Transcript
from qa.answering import being_read
from qa.answers import Abstained, Answer, Answered, Possible, Reason
from qa.asking import Asked
from qa.errors import UsageError
from qa.language import warm_up as load_languages
from qa.quotes import Quote, QuoteError
from qa.settings import Settings
from qa.web.curator import UnansweredLog
from qa.web.rate import Rate
from qa.web.reports import Reports
from qa.web.turns import Turns
from qa.within import EVERYTHING, Within

_ADDRESSES = 10_000
_log = logging.getLogger("verbatim")


class Asker(Protocol):
    """Who answers."""

    @property
    def archive(self) -> Archive:
        """The documents answers are taken from."""

    def check(self, asked: Asked) -> None:
        """Refuse what cannot be asked; UsageError says why."""

    def ask(self, asked: Asked) -> Answer:
        """Answer a question."""


Reopen = Callable[[Archive], Asker]
"""Build or open the index of an archive that was just read."""


class NotNowError(Exception):
    """What was asked may be asked, and cannot be answered just now; one sentence says why."""


@dataclass(frozen=True)
class Served:
    """What is served at one moment; a change of the files makes another one.

    Attributes:
        answerer: who answers.
        suspended: documents that changed since they were read.
        removed: documents that were served once and whose files are gone.
        left_out: why other documents of the folder are not served, one sentence each.
        unreadable: why nothing at all can be served; else empty.
        rebuilding: whether changes are being taken up.
    """

    answerer: Asker
    suspended: frozenset[str] = frozenset()
    removed: frozenset[str] = frozenset()
    left_out: tuple[str, ...] = ()
    unreadable: str = ""
    rebuilding: bool = False

    @cached_property
    def archive(self) -> Archive:
        """The documents that may be shown."""
        whole = self.answerer.archive
        hidden = {t.id for t in whole} if self.unreadable else self.suspended
        if not hidden:
            return whole
        return replace(whole, transcripts=tuple(t for t in whole if t.id not in hidden))


@dataclass
class Site:
    """One server's parts.

    Attributes:
        served: who answers, and from which documents; replaced as a whole.
        settings: of the whole program.
        unanswered: the curator's log.
        reports: faults in transcripts that readers reported.
        rate: how much an address may still ask.
        turns: the queue of what takes long.
        reopen: makes an answerer over an archive that has changed; None: changes are not taken up.
        warm: set once a first question has been answered.
    """

    served: Served
    settings: Settings
    unanswered: UnansweredLog
    reports: Reports
    rate: Rate
    turns: Turns
    reopen: Reopen | None = None
    warm: threading.Event = field(default_factory=threading.Event)

    @classmethod
    def of(
        cls,
        answerer: Asker,
        settings: Settings,
        reopen: Reopen | None = None,
        left_out: tuple[str, ...] = (),
    ) -> Site:
        """Put a site together from the settings."""
        unanswered = UnansweredLog(
            settings.state_folder,
            count=settings.log_unanswered,
            keep_questions=settings.log_questions,
            days=settings.log_questions_days,
        )
        served = Served(answerer, left_out=left_out)
        rate = Rate(
            burst=settings.rate_burst, per_second=settings.rate_per_second, addresses=_ADDRESSES
        )
        reports = Reports(settings.state_folder)
        return cls(served, settings, unanswered, reports, rate, Turns(rate), reopen)

    @property
    def answerer(self) -> Asker:
        """Who answers at this moment."""
        return self.served.answerer

    @property
    def archive(self) -> Archive:
        """The documents that may be shown at this moment."""
        return self.served.archive

    def warm_up(self) -> None:
        """Ask one question, so that the first visitor waits no longer than the others."""
        load_languages()
        with self.turns.turn():
            first_question(self.answerer)
        self.warm.set()

    def ask(self, asked: Asked, client: str = "") -> Answer:
        """Answer a visitor's question and count it where it stays without an answer.

        Args:
            asked: the question.
            client: address of who asks, whose turn it has to be.

        Raises:
            UsageError: it cannot be asked; said before anything else.
            BusyError: too many questions are waiting.
            NotNowError: the archive cannot be read.
            SourceChangedError: what could answer has changed and is being read anew.
        """
        served = self.served
        served.answerer.check(asked)
        document = asked.document
        if document in served.removed:
            raise UsageError(f"There is no document '{document}' any more.")
        if served.unreadable:
            raise NotNowError(served.unreadable)
        if document in served.suspended:
            raise NotNowError(being_read((str(document),)))
        with self.turns.turn(client):
            served = self.served  # what has changed while others were answered
            answer = served.answerer.ask(replace(asked, without=served.suspended))
        if not isinstance(answer, Answered) and answer.reason is not Reason.CATALOGUE:
            self._count(answer)
        return answer

    def _count(self, answer: Possible | Abstained) -> None:
        """Count what stays without an answer; a broken file must not cost visitors the answer."""
        try:
            self.unanswered.add(answer)
        except (OSError, ValueError) as error:
            _log.error("A question without an answer could not be counted: %s", error)

    def suggestions(self, within: Within = EVERYTHING) -> tuple[Suggested, ...]:
        """Return the questions the records suggest, a document's turn at a time."""
        queues = [list(one.record.suggested) for one in self.archive if within.admits(one)]
        found: list[Suggested] = []
        while any(queues):
            found += [queue.pop(0) for queue in queues if queue]
        return tuple(found)

    def find(self, document: str, start: int, end: int) -> Quote | None:
        """Return the quote at a place named in an address, or None where there is none."""
        transcript = self.transcript(document)
        if transcript is None:
            return None
        try:
            return Quote(transcript, start, end)
        except (QuoteError, IndexError):
            return None

    def transcript(self, document: str) -> Transcript | None:
        """Return a document by its id, or None where there is none.

        Raises:
            NotNowError: there is one, and it cannot be shown just now.
        """
        served = self.served
        if document in served.removed:
            return None
        found = next((one for one in served.answerer.archive if one.id == document), None)
        if found is None:
            files = tuple(f"{document}{suffix}" for suffix in (".txt", ".toml", ".aid.jsonl"))
            if any(sentence.startswith(files) for sentence in served.left_out):
                raise NotNowError("This text cannot be shown until a fault in its files is mended.")
            return None
        if served.unreadable:
            raise NotNowError(served.unreadable)
        if document in served.suspended or not found.is_current:
            raise NotNowError("This text has changed and is being read anew.")
        return found


def first_question(answerer: Asker) -> None:
    """Load whatever the first answer needs."""
    try:
        answerer.ask(Asked("What is this archive about?"))
    except QuoteError as error:
        _log.warning("%s", error)
