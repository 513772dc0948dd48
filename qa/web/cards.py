"""A quote as data for a page that builds its own elements, never from HTML."""

from __future__ import annotations

from pydantic import BaseModel, ConfigDict

from qa.citation import joined
from qa.quotes import Quote, Voice
from qa.render.directions import isolated
from qa.render.languages import catalogue
from qa.render.short import card_name, short_reference
from qa.render.shown import Shown, shown
from qa.render.verbatim import on_one_line, require_verbatim
from qa.render.words import layer_name, reported_line


class Piece(BaseModel):
    """Words of a quote in one voice; of voice ``break`` our own sign where the source lost text."""

    model_config = ConfigDict(frozen=True)

    voice: str
    text: str


class LinePart(BaseModel):
    """One thing of the line under a quote; ``what``: who, role, date, translation or place."""

    model_config = ConfigDict(frozen=True)

    what: str
    text: str
    lang: str


class Card(BaseModel):
    """A quote with everything that is shown beside it.

    Attributes:
        place: ``document/start-end``, the end of the addresses of its context and its QR code.
        lang: language of the document.
        name: heading, by which it can be told from the others.
        speaker: full name, or what the text is where nobody speaks; for reading aloud.
        pieces: the quote in order.
        reported: that the speaker passes on what others said, or empty.
        notes: notes that explain it, as (our label, the note's words).
        line: the line under it.
        citation: full reference.
        kind: what the document is, or empty.
        above: whose side it is, or that it is the next turn; else empty.
    """

    model_config = ConfigDict(frozen=True)

    place: str
    lang: str
    name: str
    speaker: str
    pieces: tuple[Piece, ...]
    reported: str
    notes: tuple[tuple[str, str], ...]
    line: tuple[LinePart, ...]
    citation: str
    kind: str
    above: str = ""


def quote_card(quote: Quote, language: str, number: int = 1, *, nearest: bool = False) -> Card:
    """Return a quote as data.

    Args:
        quote: what is shown.
        language: ISO 639-1 code of the page; our own words and dates are in it.
        number: of the quote among those of the answer.
        nearest: it is no answer.

    Raises:
        QuoteError: the pieces do not carry exactly the source's words.
    """
    words = catalogue(language).gettext
    view = shown(quote)
    return Card(
        place=f"{view.document}/{view.start}-{view.end}",
        lang=view.language,
        name=card_name(view, number, language, nearest=nearest, apart=isolated),
        speaker=view.speaker_full or view.speaker or words(layer_name(view.layer)),
        pieces=_pieces(quote, view, f" ⟨{words('the text breaks off here')}⟩"),
        reported=reported_line(view, words, isolated),
        notes=tuple(
            (
                words("Note {number} of the document:").format(number=note.number),
                on_one_line(note.text),
            )
            for note in view.notes
        ),
        line=tuple(
            LinePart(what=said.what, text=on_one_line(said.text), lang=said.lang)
            for said in short_reference(view, language)
        ),
        citation=on_one_line(joined(view.reference, isolated)),
        kind=on_one_line(view.kind),
    )


def _pieces(quote: Quote, view: Shown, sign: str) -> tuple[Piece, ...]:
    pieces = tuple(
        Piece(voice=part.voice.value, text=sign if part.voice is Voice.BREAK else part.text)
        for part in view.parts
    )
    require_verbatim(quote, "".join(p.text for p in pieces if p.voice != Voice.BREAK.value))
    return pieces
