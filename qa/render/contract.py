"""The JSON contract: what other programs read. Keys are added, never changed or removed."""

from __future__ import annotations

from typing_extensions import TypedDict

from qa.about import Fact
from qa.answers import Abstained, Answer, Answered, AskedAs, Evidence, Possible
from qa.citation import joined
from qa.quotes import Quote
from qa.receipts.objects import ReceiptObject, receipt_object
from qa.render.receipts import receipts_of
from qa.render.shown import shown
from qa.render.verbatim import on_one_line, require_verbatim
from qa.render.words import contradiction_line, sides_of
from qa.sides import Side


class NoteObject(TypedDict):
    """A footnote that explains the quote; offsets as in :class:`QuoteObject`."""

    start: int
    end: int
    text: str


class TimeObject(TypedDict):
    """From which to which second words are said."""

    start: float
    end: float


class OriginalObject(TypedDict):
    """The file that an imported document was made from."""

    name: str
    sha256: str


class QuoteObject(TypedDict):
    """A quote.

    ``text`` is the exact slice ``start:end`` (code points, end exclusive) of the document whose
    bytes have ``sha256``. ``turn`` is 0 in header and notes. ``editorial`` holds ranges of
    editor's brackets, ``breaks`` offsets at which the source lacks words. ``reports`` is true where
    the speaker passes on what others said, or the name of the one person who said it.
    ``time`` is in seconds and ``page`` as printed in the original; both are null where it has none.
    ``original`` names the file an imported document was made from.
    ``speaker``, ``speaker_full`` and ``role`` are null where not established or not recorded.
    """

    document: str
    sha256: str
    start: int
    end: int
    text: str
    speaker: str | None
    speaker_full: str | None
    role: str | None
    layer: str
    turn: int
    time: TimeObject | None
    page: str | None
    original: OriginalObject | None
    editorial: list[list[int]]
    breaks: list[int]
    notes: list[NoteObject]
    reports: str | bool
    citation: str
    score: float


class AskedAsObject(TypedDict):
    """What was searched where earlier questions were used, and the words that point back."""

    question: str
    because: str
    earlier: str


class ContradictionObject(TypedDict):
    """Whom the question names and the filters leave out, and that as a sentence."""

    named: list[str]
    sentence: str


class CatalogueObject(TypedDict):
    """Data of the record that answer a question; never a quote."""

    field: str
    value: str


class SaidObject(TypedDict):
    """A passage, and the beginning of what somebody else replies to its turn, or null."""

    quote: QuoteObject
    reply: QuoteObject | None


class SideObject(TypedDict):
    """What one speaker of one document says, nearest first."""

    document: str
    speaker: str
    said: list[SaidObject]


class AnswerObject(TypedDict):
    """An answer; ``reason`` is null exactly when ``status`` is ``answered``.

    ``shown`` is how many of ``nearest`` people see: none unless ``status`` is ``possible``.
    """

    qid: str | None
    question: str
    status: str
    confidence: float
    support: float
    quotes: list[QuoteObject]
    reason: str | None
    gap: str | None
    nearest: list[QuoteObject]
    shown: int
    asked_as: AskedAsObject | None
    catalogue: list[CatalogueObject]
    sides: list[SideObject]
    contradiction: ContradictionObject | None
    receipts: list[ReceiptObject]
    seconds: float


def answer_object(
    answer: Answer, qid: str | None = None, archive: str | None = None
) -> AnswerObject:
    """Return an answer as the contract's object.

    Args:
        answer: to a question.
        qid: of the question, as given.
        archive: fingerprint of the archive that was asked, for the receipts.
    """
    return AnswerObject(
        qid=qid,
        question=answer.question,
        status=status_of(answer),
        confidence=answer.confidence,
        support=answer.support,
        quotes=[quote_object(e) for e in answer.evidence] if isinstance(answer, Answered) else [],
        reason=None if isinstance(answer, Answered) else answer.reason.value,
        gap=None if isinstance(answer, Answered) else answer.gap,
        nearest=[quote_object(evidence) for evidence in answer.nearest],
        shown=answer.shown if isinstance(answer, Possible) else 0,
        asked_as=_asked_as(answer.asked_as),
        catalogue=[
            CatalogueObject(field=fact.field, value=fact.value) for fact in catalogue_of(answer)
        ],
        sides=[_side(side) for side in sides_of(answer)],
        contradiction=_contradiction(answer),
        receipts=[receipt_object(receipt) for receipt in receipts_of(answer, archive)],
        seconds=answer.seconds,
    )


def catalogue_of(answer: Answer) -> tuple[Fact, ...]:
    """Return the data of the records that answers; none of an answer that offers passages."""
    return () if isinstance(answer, Possible) else answer.catalogue


def _side(side: Side) -> SideObject:
    return SideObject(
        document=side.document,
        speaker=side.speaker,
        said=[
            SaidObject(
                quote=quote_object(Evidence(said.quote, 1.0)),
                reply=None if said.reply is None else quote_object(Evidence(said.reply, 1.0)),
            )
            for said in side.said
        ],
    )


_STATUS = {Answered: "answered", Possible: "possible", Abstained: "abstained"}


def status_of(answer: Answer) -> str:
    """Return which of the three states an answer is in."""
    return _STATUS[type(answer)]


def _asked_as(understood: AskedAs | None) -> AskedAsObject | None:
    if understood is None:
        return None
    return AskedAsObject(
        question=understood.question, because=understood.because, earlier=understood.earlier
    )


def _contradiction(answer: Answer) -> ContradictionObject | None:
    if answer.contradiction is None:
        return None
    return ContradictionObject(
        named=list(answer.contradiction.named), sentence=contradiction_line(answer)
    )


def quote_object(evidence: Evidence) -> QuoteObject:
    """Return a quote as the contract's object.

    Raises:
        QuoteError: the text would differ from the source.
    """
    quote: Quote = evidence.quote
    source = quote.transcript.text
    text = "".join(source[piece.start : piece.end] for piece in quote.pieces)
    view = shown(quote)
    require_verbatim(quote, on_one_line(text))
    return QuoteObject(
        document=view.document,
        sha256=view.sha256,
        start=view.start,
        end=view.end,
        text=text,
        speaker=view.speaker,
        speaker_full=view.speaker_full,
        role=view.role,
        layer=view.layer.value,
        turn=view.place.turn,
        time=_time(view.place.time),
        page=view.place.page,
        original=None
        if view.original is None
        else OriginalObject(name=view.original.name, sha256=view.original.sha256),
        editorial=[[span.start, span.end] for span in quote.editorial],
        breaks=list(quote.lacks),
        notes=[NoteObject(start=n.start, end=n.end, text=n.text) for n in view.notes],
        reports=view.reports,
        citation=joined(view.reference),
        score=evidence.score,
    )


def _time(time: tuple[float, float] | None) -> TimeObject | None:
    return None if time is None else TimeObject(start=time[0], end=time[1])
