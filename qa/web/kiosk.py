"""The museum terminal: a plain page, its words, and answers as data for its script."""

from __future__ import annotations

import io
from collections.abc import Iterator
from typing import Annotated

import segno
from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse, JSONResponse, Response
from pydantic import BaseModel, ConfigDict, Field

from qa.about import CAPTIONS, Fact, about_archive
from qa.answers import Abstained, Answer, Answered, Reason
from qa.asking import Asked
from qa.catalogue import catalogue as facts_for
from qa.citation import citation
from qa.errors import UsageError
from qa.language import answering_language
from qa.quotations.asked import asked_about
from qa.quotes import Quote
from qa.receipts.short import ShortReceipt
from qa.render.contract import catalogue_of, status_of
from qa.render.directions import isolated
from qa.render.html import link
from qa.render.languages import NAMES, catalogue
from qa.render.plain import quote_text
from qa.render.verbatim import on_one_line
from qa.render.words import (
    EACH_SIDE,
    REPLIED,
    further_passages,
    more_passages,
    passages_shown,
    quotes_found,
    sides_of,
)
from qa.web.cards import Card, quote_card
from qa.web.choices import collections_of, periods_of, within_chosen
from qa.web.document import document_view, turns_around
from qa.web.inline import Mark
from qa.web.judged import checked, places_beside, sentences_of
from qa.web.languages import language_of
from qa.web.leading import Question, as_question, leading_on
from qa.web.page_words import page_words
from qa.web.pages import page
from qa.web.site import Site
from qa.web.turns import BusyError, client_of
from qa.web.words import announcement, screen_words
from qa.within import EVERYTHING, Within

_QUESTIONS = 6
_NEXT = 3
_MOST_IN_A_CODE = 1200
_MOST_IN_ANY_CODE = 2900
"""Bytes of a QR code of 117 by 117 modules: a millimetre each on a terminal's screen."""
_HISTORY = 10
_ABOUT = ("date", "place", "participant")
_NAME = 300
_DATE = 10
_LANGUAGE = 35  # the longest tag that RFC 5646 asks programs to take


class KioskRequest(BaseModel):
    """A visitor's question in the terminal's current language."""

    model_config = ConfigDict(extra="forbid")

    question: str
    language: Annotated[str, Field(max_length=_LANGUAGE)] = "en"
    history: Annotated[tuple[str, ...], Field(max_length=_HISTORY)] = ()
    collection: Annotated[str, Field(max_length=_NAME)] = ""
    since: Annotated[str, Field(max_length=_DATE)] = ""
    until: Annotated[str, Field(max_length=_DATE)] = ""


class Statement(BaseModel):
    """Data of a record: what it is called, and what it says in which language."""

    caption: str
    text: str
    lang: str


class KioskAnswer(BaseModel):
    """What the terminal shows.

    Attributes:
        status: as in the JSON contract.
        sentence: what it says of the answer.
        connected: whether it was searched with the question before it.
        cards: the quotes, or passages to judge.
        questions: what may be asked next.
        more: what each side says, where that is asked; else passages besides the quotes.
        more_passages: what they are, or how many.
        checked: what the archive has of a quotation that the question asks about.
    """

    status: str
    sentence: str
    connected: bool
    cards: tuple[Card, ...]
    questions: tuple[Question, ...]
    catalogue: tuple[Statement, ...] = ()
    more: tuple[Card, ...] = ()
    more_passages: str = ""
    checked: tuple[str, ...] = ()


def kiosk_routes(site: Site) -> APIRouter:
    """Return the terminal's page and everything its script asks for."""
    router = APIRouter()

    @router.get("/kiosk", response_class=HTMLResponse)
    def kiosk() -> HTMLResponse:
        return HTMLResponse(kiosk_page(site))

    @router.get("/kiosk/words/{language}")
    def words(
        language: str, collection: str = "", since: str = "", until: str = ""
    ) -> JSONResponse:
        try:
            within = within_chosen(collection[:_NAME], since[:_DATE], until[:_DATE])
        except UsageError as error:
            return JSONResponse({"error": str(error)}, 422)
        return JSONResponse(
            {
                "words": screen_words(language),
                "questions": questions(site, language, within),
                "about": [one.model_dump() for one in about_line(site, language)],
            }
        )

    @router.post("/kiosk/ask", response_model=None)
    def ask(asked: KioskRequest, request: Request) -> KioskAnswer | JSONResponse:
        try:
            within = within_chosen(asked.collection, asked.since, asked.until)
            meant = Asked(asked.question, asked.history, within=within)
            answer = site.ask(meant, client_of(request))
        except BusyError:
            raise
        except UsageError as error:
            return JSONResponse({"error": str(error)}, 422)
        language = _language_of(answer) or asked.language
        following = leading_on(site, answer, asked.history, language, _NEXT)
        shown = kiosk_answer(answer, language, following)
        if asked_about(asked.question) is not None:
            with site.turns.turn(client_of(request)):
                shown = _with_check(site, asked.question, answer, shown, language)
        if not catalogue_of(answer):
            return shown
        words = catalogue(language).gettext
        facts = facts_for(meant, site.archive, language, words)
        return shown.model_copy(update={"catalogue": statements(facts, language)})

    @router.get("/kiosk/context/{document}/{start}-{end}", response_class=HTMLResponse)
    def context(request: Request, document: str, start: int, end: int) -> HTMLResponse:
        quote = site.find(document, start, end)
        if quote is None:
            return HTMLResponse("", 404)
        with site.turns.turn(client_of(request)):
            return HTMLResponse(context_fragment(quote, language_of(request)))

    @router.get("/kiosk/qr/{document}/{start}-{end}.svg")
    def qr(request: Request, document: str, start: int, end: int) -> Response:
        quote = site.find(document, start, end)
        if quote is None:
            return Response(status_code=404)
        with site.turns.turn(client_of(request)):
            code = qr_svg(quote, site.settings.public_url)
        return Response(code, media_type="image/svg+xml")

    return router


def _with_check(
    site: Site, question: str, answer: Answer, shown: KioskAnswer, language: str
) -> KioskAnswer:
    """Return an answer with what the archive has of a quotation that the question asks about."""
    found = checked(site, question)
    if found is None:
        return shown
    said = sentences_of(found, language)
    if found.places and isinstance(answer, Abstained):
        quotes = places_beside(found, answer)
        cards = tuple(quote_card(q, language, number) for number, q in enumerate(quotes, start=1))
        sentence = quotes_found(len(cards), language)
        update = {"status": "answered", "sentence": sentence, "cards": cards, "checked": said}
        return shown.model_copy(update=update)
    return shown.model_copy(update={"checked": said})


def _language_of(answer: Answer) -> str | None:
    """Return the language in which to say that a question's language is not understood."""
    if isinstance(answer, Abstained) and answer.reason is Reason.UNSUPPORTED_LANGUAGE:
        return answering_language(answer.question, NAMES)
    return None


def kiosk_page(site: Site) -> str:
    """Return the terminal's page in its first language."""
    settings = site.settings
    language = settings.kiosk_languages[0]
    alone = site.archive.transcripts[0] if len(site.archive) == 1 else None
    return page(
        "kiosk.html",
        language=language,
        languages=[(code, NAMES.get(code, code)) for code in settings.kiosk_languages],
        words=screen_words(language),
        everywhere=[(code, screen_words(code)) for code in settings.kiosk_languages],
        collections=collections_of(site.archive),
        periods=periods_of(site.archive),
        title=on_one_line(alone.record.title) if alone else "",
        kind=on_one_line(alone.record.kind) if alone else "",
        document_language=alone.record.language if alone else "",
        options={
            "idle": settings.kiosk_idle_seconds,
            "countdown": settings.kiosk_countdown_seconds,
            "screen": settings.kiosk_screen_mm,
            "viewing": settings.kiosk_viewing_mm,
            "reload": settings.kiosk_reload_hours,
            "speech": int(settings.kiosk_speech),
            "length": settings.max_question_chars,
        },
    )


def statements(facts: tuple[Fact, ...], language: str) -> tuple[Statement, ...]:
    """Return data of the records with what they are called in ``language``."""
    words = catalogue(language).gettext
    return tuple(
        Statement(caption=words(CAPTIONS[fact.field]), text=on_one_line(fact.value), lang=fact.lang)
        for fact in facts
    )


def about_line(site: Site, language: str) -> tuple[Statement, ...]:
    """Return what the archive is, for the terminal's first screen."""
    facts = about_archive(site.archive, language, catalogue(language).gettext)
    fields = _ABOUT if len(site.archive) == 1 else ("documents", "speakers", "date")
    return statements(tuple(fact for fact in facts if fact.field in fields), language)


def questions(site: Site, language: str, within: Within = EVERYTHING) -> list[dict[str, str]]:
    """Return the suggested questions of some documents: as shown in ``language``, and as asked."""
    suggested = site.suggestions(within)[:_QUESTIONS]
    return [as_question(one, language).model_dump() for one in suggested]


def kiosk_answer(
    answer: Answer, language: str, following: tuple[Question, ...] = ()
) -> KioskAnswer:
    """Return an answer as data, our own words in ``language``."""
    further = further_passages(answer)
    told = tuple(_sides(answer, language))
    more = tuple(
        quote_card(e.quote, language, number, nearest=True)
        for number, e in enumerate(further, start=1)
    )
    return KioskAnswer(
        status=status_of(answer),
        sentence=announcement(answer, language),
        connected=answer.asked_as is not None,
        cards=tuple(
            quote_card(e.quote, language, number, nearest=not isinstance(answer, Answered))
            for number, e in enumerate(passages_shown(answer), start=1)
        ),
        questions=following,
        more=told or more,
        more_passages=catalogue(language).gettext(EACH_SIDE)
        if told
        else more_passages(len(further), language),
    )


def _sides(answer: Answer, language: str) -> Iterator[Card]:
    """Yield what each side says under its name, and the beginning of the turn behind it."""
    for number, side in enumerate(sides_of(answer), start=1):
        said = side.said[0]
        card = quote_card(said.quote, language, number, nearest=True)
        yield card.model_copy(update={"above": isolated(side.speaker)})
        if said.reply is not None:
            reply = quote_card(said.reply, language, number, nearest=True)
            yield reply.model_copy(update={"above": catalogue(language).gettext(REPLIED)})


def context_fragment(quote: Quote, language: str = "en") -> str:
    """Return the turns around a quote; around one in header or notes, the header or notes.

    Args:
        quote: in whose place.
        language: of our own words.
    """
    transcript = quote.transcript
    turns = turns_around(transcript, quote.start, quote.end)
    mark = Mark(quote.start, quote.end, "hit-1")
    return page(
        "kiosk-context.html",
        view=document_view(transcript, (mark,), turns or None),
        only=quote.layer.value,
        language=transcript.record.language,
        words=page_words(language),
    )


def qr_svg(quote: Quote, public_url: str) -> bytes:
    """Return a QR code of the words, their reference and short receipt, and of the link if any.

    Words that would make the code too fine for a telephone are left to the reference; a reference
    that no code can hold is cut, the receipt and the link are not.
    """
    where = f"\n{ShortReceipt.of_quote(quote)}"
    where += f"\n{public_url.rstrip('/')}/{link(quote)}" if public_url else ""
    text = _cut(citation(quote), _MOST_IN_ANY_CODE - len(where.encode())) + where
    with_words = f"“{quote_text(quote)}”\n{text}"
    fits = len(with_words.encode()) <= _MOST_IN_A_CODE
    code = segno.make(with_words if fits else text, error="l", micro=False, encoding="utf-8")
    image = io.BytesIO()
    code.save(image, kind="svg", border=2, omitsize=True)
    return image.getvalue()


def _cut(text: str, most: int) -> str:
    """Return as much of a text as ``most`` bytes hold; an ellipsis says that it was cut."""
    encoded, sign = text.encode(), "…"
    if len(encoded) <= most:
        return text
    return encoded[: max(most - len(sign.encode()), 0)].decode("utf-8", "ignore") + sign
