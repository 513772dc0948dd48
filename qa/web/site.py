"""What every page of one server shares: the archive, who answers, and the settings."""

from __future__ import annotations

import logging
import threading
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Protocol

from corpus.archive import Archive
from corpus.record import Suggested
from corpus.transcript import Transcript
from qa.answers import Abstained, Answer
from qa.language import warm_up as load_languages
from qa.quotes import Quote, QuoteError
from qa.settings import Settings
from qa.web.curator import UnansweredLog
from qa.web.reports import Reports

_log = logging.getLogger("verbatim")


class Asker(Protocol):
    """Who answers."""

    @property
    def archive(self) -> Archive:
        """The documents answers are taken from."""

    def ask(
        self,
        question: str,
        history: Sequence[str] = (),
        *,
        speaker: str | None = None,
        document: str | None = None,
    ) -> Answer:
        """Answer a question asked after those of ``history``."""


@dataclass(frozen=True)
class Site:
    """One server's parts.

    Attributes:
        answerer: who answers.
        settings: of the whole program.
        unanswered: the curator's log.
        reports: faults in transcripts that readers reported.
        warm: set once a first question has been answered.
    """

    answerer: Asker
    settings: Settings
    unanswered: UnansweredLog
    reports: Reports
    warm: threading.Event = field(default_factory=threading.Event)
    _asking: threading.Lock = field(default_factory=threading.Lock)

    @classmethod
    def of(cls, answerer: Asker, settings: Settings) -> Site:
        """Put a site together from the settings."""
        unanswered = UnansweredLog(
            settings.state_folder,
            count=settings.log_unanswered,
            keep_questions=settings.log_questions,
            days=settings.log_questions_days,
        )
        return cls(answerer, settings, unanswered, Reports(settings.state_folder))

    @property
    def archive(self) -> Archive:
        """The documents answers are taken from."""
        return self.answerer.archive

    def warm_up(self) -> None:
        """Ask one question, so that the first visitor waits no longer than the others."""
        load_languages()
        self._ask("What is this archive about?", (), None, None)
        self.warm.set()

    def ask(
        self,
        question: str,
        history: Sequence[str] = (),
        *,
        speaker: str | None = None,
        document: str | None = None,
    ) -> Answer:
        """Answer a visitor's question and count it where it stays without an answer."""
        answer = self._ask(question, history, speaker, document)
        if isinstance(answer, Abstained):
            self._count(answer)
        return answer

    def _count(self, answer: Abstained) -> None:
        """Count an abstention; a full disk or a broken file must not cost visitors the answer."""
        try:
            self.unanswered.add(answer)
        except (OSError, ValueError) as error:
            _log.error("A question without an answer could not be counted: %s", error)

    def _ask(
        self, question: str, history: Sequence[str], speaker: str | None, document: str | None
    ) -> Answer:
        # One question at a time: on few cores, sharing them makes every caller wait longer.
        with self._asking:
            return self.answerer.ask(question, history, speaker=speaker, document=document)

    def suggestions(self) -> tuple[Suggested, ...]:
        """Return the questions the records suggest, a document's turn at a time."""
        queues = [list(transcript.record.suggested) for transcript in self.archive]
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
        """Return a document by its id, or None where there is none."""
        return next((found for found in self.archive if found.id == document), None)
