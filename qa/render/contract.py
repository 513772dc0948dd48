"""The JSON contract: what other programs read. Keys are added, never changed or removed."""

from __future__ import annotations

from typing import TypedDict

from qa.answers import Answer, Answered, Evidence
from qa.citation import citation
from qa.quotes import Quote
from qa.render.verbatim import on_one_line, require_verbatim
from qa.reported import reported_speech


class NoteObject(TypedDict):
    """A footnote that explains the quote; offsets as in :class:`QuoteObject`."""

    start: int
    end: int
    text: str


class QuoteObject(TypedDict):
    """A quote.

    ``text`` is the exact slice ``start:end`` (code points, end exclusive) of the document whose
    bytes have ``sha256``. ``turn`` is 0 in header and notes. ``editorial`` holds ranges of
    editor's brackets, ``breaks`` offsets at which the source lost text. ``reports`` is true where
    the speaker passes on what others said, or the name of the one person who said it.
    """

    document: str
    sha256: str
    start: int
    end: int
    text: str
    speaker: str | None
    layer: str
    turn: int
    editorial: list[list[int]]
    breaks: list[int]
    notes: list[NoteObject]
    reports: str | bool
    citation: str
    score: float


class AnswerObject(TypedDict):
    """An answer; ``reason`` is null exactly when ``status`` is ``answered``."""

    qid: str | None
    question: str
    status: str
    confidence: float
    quotes: list[QuoteObject]
    reason: str | None
    nearest: list[QuoteObject]
    seconds: float


def answer_object(answer: Answer, qid: str | None = None) -> AnswerObject:
    """Return an answer as the contract's object."""
    answered = isinstance(answer, Answered)
    return AnswerObject(
        qid=qid,
        question=answer.question,
        status="answered" if answered else "abstained",
        confidence=answer.confidence,
        quotes=[quote_object(e) for e in answer.evidence] if isinstance(answer, Answered) else [],
        reason=None if isinstance(answer, Answered) else answer.reason.value,
        nearest=[quote_object(evidence) for evidence in answer.nearest],
        seconds=answer.seconds,
    )


def quote_object(evidence: Evidence) -> QuoteObject:
    """Return a quote as the contract's object.

    Raises:
        QuoteError: the text would differ from the source.
    """
    quote: Quote = evidence.quote
    source = quote.transcript.text
    text = "".join(source[piece.start : piece.end] for piece in quote.pieces)
    require_verbatim(quote, on_one_line(text))
    return QuoteObject(
        document=quote.transcript.id,
        sha256=quote.transcript.sha256,
        start=quote.start,
        end=quote.end,
        text=text,
        speaker=quote.speaker,
        layer=quote.layer.value,
        turn=quote.turn,
        editorial=[[span.start, span.end] for span in quote.editorial],
        breaks=list(quote.breaks),
        notes=[
            NoteObject(start=note.start, end=note.end, text=source[note.start : note.end])
            for note in quote.notes
        ],
        reports=reported_speech(quote),
        citation=citation(quote),
        score=evidence.score,
    )
