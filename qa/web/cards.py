"""A quote as data for a page that builds its own elements, never from HTML."""

from __future__ import annotations

import gettext

from pydantic import BaseModel, ConfigDict

from qa.citation import citation, participant
from qa.quotes import Quote, Voice
from qa.render.directions import isolated
from qa.render.verbatim import on_one_line, require_verbatim
from qa.render.words import layer_name, reported_line_in


class Piece(BaseModel):
    """Words of a quote in one voice; of voice ``break`` our own sign where the source lost text."""

    model_config = ConfigDict(frozen=True)

    voice: str
    text: str


class Card(BaseModel):
    """A quote with everything that is shown beside it.

    Attributes:
        place: ``document/start-end``, the end of the addresses of its context and its QR code.
        lang: language of the document.
        speaker: full name, or what the text is where nobody speaks.
        role: office, or empty.
        date: of the document, or empty.
        pieces: the quote in order.
        reported: that the speaker passes on what others said, or empty.
        notes: notes that explain it, as (our label, the note's words).
        citation: full reference.
    """

    model_config = ConfigDict(frozen=True)

    place: str
    lang: str
    speaker: str
    role: str
    date: str
    pieces: tuple[Piece, ...]
    reported: str
    notes: tuple[tuple[str, str], ...]
    citation: str


def quote_card(quote: Quote, words: gettext.NullTranslations) -> Card:
    """Return a quote as data, our own words from the catalogue ``words``.

    Raises:
        QuoteError: the pieces do not carry exactly the source's words.
    """
    record = quote.transcript.record
    who = participant(record, quote.speaker) if quote.speaker else None
    nobody = words.gettext(layer_name(quote.layer))
    return Card(
        place=f"{quote.transcript.id}/{quote.start}-{quote.end}",
        lang=record.language,
        speaker=(who.full_name or who.name) if who else quote.speaker or nobody,
        role=who.role if who else "",
        date=record.date.words if record.date else "",
        pieces=_pieces(quote, words),
        reported=reported_line_in(quote, words.gettext, isolated),
        notes=tuple(
            (
                words.gettext("Note {number} of the document:").format(number=note.number),
                on_one_line(quote.transcript.text[note.start : note.end]),
            )
            for note in quote.notes
        ),
        citation=on_one_line(citation(quote, isolated)),
    )


def _pieces(quote: Quote, words: gettext.NullTranslations) -> tuple[Piece, ...]:
    source = quote.transcript.text
    sign = f" ⟨{words.gettext('the text breaks off here')}⟩"
    pieces = tuple(
        Piece(voice=piece.voice.value, text=sign)
        if piece.voice is Voice.BREAK
        else Piece(voice=piece.voice.value, text=on_one_line(source[piece.start : piece.end]))
        for piece in quote.pieces
    )
    require_verbatim(quote, "".join(p.text for p in pieces if p.voice != Voice.BREAK.value))
    return pieces
