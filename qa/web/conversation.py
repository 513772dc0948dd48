"""A conversation as the visitor's own browser keeps it: references, never words.

The server keeps nothing. A page sends back what was asked and where the quotes stand; the words
are taken from the archive again, so nobody can hand in a quote.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass, replace
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, TypeAdapter, ValidationError

from corpus.archive import Archive
from qa.answering import against
from qa.answers import (
    MOST_OFFERED,
    Abstained,
    Answer,
    Answered,
    AskedAs,
    Evidence,
    Possible,
    Reason,
)
from qa.asking import Asked
from qa.catalogue import catalogue
from qa.errors import UsageError
from qa.quotes import Quote, QuoteError
from qa.render.contract import catalogue_of
from qa.render.shown import version
from qa.within import EVERYTHING, Within


class ConversationError(ValueError):
    """A conversation that a page sent back and that cannot be read."""


@dataclass(frozen=True, slots=True)
class Exchange:
    """A question and its answer.

    Attributes:
        question: as asked.
        speaker: the only speaker asked for, or None.
        document: the only document asked for, or None.
        answer: None where the text it quoted has changed since.
        within: the collection and time asked for.
    """

    question: str
    speaker: str | None
    document: str | None
    answer: Answer | None
    within: Within = EVERYTHING

    @property
    def asked(self) -> Asked:
        """What was asked, without what was asked before."""
        return Asked(self.question, (), self.speaker, self.document, within=self.within)

    @property
    def filters(self) -> tuple[str, str, str, str, str]:
        """Speaker, document, collection, and the first and last dates; empty where any will do."""
        return self.speaker or "", self.document or "", *_written(self.within)


def _written(within: Within) -> tuple[str, str, str]:
    since, until = (date.text if date else "" for date in (within.since, within.until))
    return within.collection, since, until


class _Place(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")

    document: str
    version: str
    start: int
    end: int
    score: float


class _AskedAs(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")

    question: str
    because: str
    earlier: str


class _Turn(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")

    question: Annotated[str, Field(max_length=10_000)]
    speaker: str | None = None
    document: str | None = None
    within: tuple[str, str, str] = ("", "", "")
    status: Literal["answered", "possible", "abstained", "changed"]
    reason: Reason | None = None
    confidence: float = 0.0
    quotes: tuple[_Place, ...] = ()
    nearest: tuple[_Place, ...] = ()
    catalogue: bool = False
    asked_as: _AskedAs | None = None


_TURNS = TypeAdapter(tuple[_Turn, ...])


def remember(exchanges: Sequence[Exchange]) -> str:
    """Return a conversation as the JSON that :func:`recall` reads."""
    turns = tuple(_remembered(exchange) for exchange in exchanges)
    return _TURNS.dump_json(turns, exclude_defaults=True).decode()


def recall(memory: str, archive: Archive) -> tuple[Exchange, ...]:
    """Read a conversation back, its quotes taken from ``archive`` anew.

    Raises:
        ConversationError: ``memory`` is no conversation.
    """
    try:
        turns = _TURNS.validate_json(memory or "[]")
        within = [Within.read(*turn.within) for turn in turns]
    except (ValidationError, UsageError) as error:
        raise ConversationError("This conversation cannot be read; please start over.") from error
    return tuple(
        Exchange(turn.question, turn.speaker, turn.document, _answer(turn, where, archive), where)
        for turn, where in zip(turns, within, strict=True)
    )


def _remembered(exchange: Exchange) -> _Turn:
    answer = exchange.answer
    asked = _Turn(
        question=exchange.question,
        speaker=exchange.speaker,
        document=exchange.document,
        within=_written(exchange.within),
        status="changed",
    )
    if answer is None:
        return asked
    found: dict[str, object] = {
        "confidence": answer.confidence,
        "nearest": tuple(_place(evidence) for evidence in answer.nearest[:MOST_OFFERED]),
        "catalogue": bool(catalogue_of(answer)),
    }
    if answer.asked_as is not None:
        found["asked_as"] = _AskedAs(**asdict(answer.asked_as))
    if isinstance(answer, Answered):
        found |= {"status": "answered", "quotes": tuple(map(_place, answer.evidence))}
    else:
        status = "possible" if isinstance(answer, Possible) else "abstained"
        found |= {"status": status, "reason": answer.reason}
    return asked.model_copy(update=found)


def _place(evidence: Evidence) -> _Place:
    quote = evidence.quote
    return _Place(
        document=quote.transcript.id,
        version=version(quote.transcript),
        start=quote.start,
        end=quote.end,
        score=evidence.score,
    )


def _answer(turn: _Turn, within: Within, archive: Archive) -> Answer | None:
    asked = Asked(turn.question, speaker=turn.speaker, document=turn.document, within=within)
    answer = _shown_before(turn, asked, archive)
    return None if answer is None else against(answer, asked, archive)


def _shown_before(turn: _Turn, asked: Asked, archive: Archive) -> Answer | None:
    try:
        quotes = tuple(_evidence(place, archive) for place in turn.quotes)
        nearest = tuple(_evidence(place, archive) for place in turn.nearest)
    except (QuoteError, KeyError):
        return None
    facts = catalogue(replace(asked, speaker=None), archive) if turn.catalogue else ()
    leant = AskedAs(**turn.asked_as.model_dump()) if turn.asked_as is not None else None
    if turn.reason is Reason.CATALOGUE and not facts:
        return None
    if turn.status == "answered" and quotes:
        return Answered(
            turn.question, quotes, turn.confidence, nearest, asked_as=leant, catalogue=facts
        )
    if turn.status == "possible" and turn.reason is not None and nearest:
        shown = min(MOST_OFFERED, len(nearest))
        return Possible(turn.question, turn.reason, turn.confidence, nearest, shown, asked_as=leant)
    if turn.status == "abstained" and turn.reason is not None:
        return Abstained(
            turn.question, turn.reason, turn.confidence, nearest, asked_as=leant, catalogue=facts
        )
    return None


def _evidence(place: _Place, archive: Archive) -> Evidence:
    """Quote ``place`` anew; QuoteError or KeyError where the archive no longer has it."""
    transcript = archive[place.document]
    if version(transcript) != place.version or not transcript.is_current:
        raise QuoteError(f"The text of {place.document} has changed.")
    return Evidence(Quote(transcript, place.start, place.end), place.score)
