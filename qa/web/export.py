"""A conversation as a file: Markdown, one HTML file, or a page to print, with full citations."""

from __future__ import annotations

import datetime
import json
import re
from collections.abc import Callable, Sequence
from urllib.parse import parse_qs

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse, Response
from markupsafe import Markup
from starlette.concurrency import run_in_threadpool

from corpus.dates import read_date
from qa.about import CAPTIONS
from qa.answers import Answer, Answered, Evidence
from qa.citation import joined
from qa.citing.cited import Form, cited
from qa.receipts.files import BLOCK
from qa.receipts.objects import annotation_page
from qa.receipts.receipt import Receipt
from qa.render.contract import catalogue_of
from qa.render.dates import date_words
from qa.render.directions import isolated_html
from qa.render.html import answer_html
from qa.render.languages import catalogue
from qa.render.plain import quote_text
from qa.render.receipts import receipts_json, receipts_of
from qa.render.shown import shown
from qa.render.verbatim import on_one_line
from qa.render.words import (
    CATALOGUE_HEADING,
    connection,
    contradiction_line,
    layer_name,
    passages_shown,
    reported_line,
    sentences,
)
from qa.web.choices import within_words
from qa.web.conversation import ConversationError, Exchange, recall
from qa.web.languages import language_of
from qa.web.page_words import page_words
from qa.web.pages import ASSETS, page, refusal
from qa.web.site import Site
from qa.web.turns import client_of

HEADING = "A conversation with the Verbatim Archive"
CHANGED = "The text of this document has changed since it was quoted here."
WORKS = "Documents cited (Chicago style)"
RECEIPTS = "Receipts"
RECEIPTS_WORDS = (
    "This file carries a receipt of every quote above. Whether the quotes still stand in the "
    "source, and still read here as they do there, says: verbatim verify FILE"
)
_NAME = "verbatim-conversation"
_ENGLISH = "en"
_MARKDOWN_SIGNS = re.compile(r"([\\`*_\[\]<>#|~&$])")


def export_routes(site: Site) -> APIRouter:
    """Return the route to which the chat posts its conversation."""
    router = APIRouter()

    @router.post("/export/{form}")
    async def export(form: str, request: Request) -> Response:
        posted = await request.body()
        language = language_of(request)
        return await run_in_threadpool(_exported, site, form, posted, client_of(request), language)

    return router


def _exported(site: Site, form: str, posted: bytes, client: str, language: str) -> Response:
    """Render a conversation in its sender's turn: one may name hundreds of long quotes."""
    with site.turns.turn(client):
        fields = parse_qs(posted.decode("utf-8", "replace"))
        try:
            exchanges = recall("".join(fields.get("conversation", [])), site.archive)
        except ConversationError as error:
            return refusal(400, str(error), html=True, language=language)
        archive = site.answerer.archive.fingerprint
        if form == "markdown":
            return _file(markdown(exchanges, archive, language), "text/markdown", "md")
        is_file = form == "html"
        made = html_page(exchanges, archive, self_contained=is_file, language=language)
        return _file(made, "text/html", "html") if is_file else HTMLResponse(made)


def _file(text: str, kind: str, suffix: str) -> Response:
    headers = {"content-disposition": f'attachment; filename="{_NAME}.{suffix}"'}
    return Response(text, media_type=f"{kind}; charset=utf-8", headers=headers)


def html_page(
    exchanges: Sequence[Exchange],
    archive: str | None = None,
    *,
    self_contained: bool,
    language: str = _ENGLISH,
) -> str:
    """Return a conversation as a page.

    Args:
        exchanges: of the conversation.
        archive: fingerprint of the archive that answered.
        self_contained: its styles inside, else linked.
        language: of our own words.
    """
    say = catalogue(language).gettext
    names = ("tokens.css", "cards.css", "export.css")
    receipts = receipts_shown(exchanges, archive)
    styles = "".join((ASSETS / name).read_text(encoding="utf-8") for name in names)
    return page(
        "export.html",
        styles=Markup(styles) if self_contained else None,  # noqa: S704 - our own files
        sheets=() if self_contained else names,
        language=language,
        words=page_words(language),
        today=_today(language),
        works_heading=say(WORKS),
        works=works_cited(exchanges),
        exchanges=[
            (
                one,
                Markup(_only(one, language, isolated_html)),  # noqa: S704 - escaped there
                Markup(  # noqa: S704 - escaped there
                    connection(one.answer, language, isolated_html) if one.answer else ""
                ),
                _answer_html(one.answer, language),
            )
            for one in exchanges
        ],
        receipts=json.dumps(annotation_page(receipts), ensure_ascii=False) if receipts else None,
        receipts_id=BLOCK,
        receipts_heading=say(RECEIPTS),
        receipts_words=say(RECEIPTS_WORDS),
    )


def _only(exchange: Exchange, language: str, apart: Callable[[str], str] = str) -> str:
    """Return to what a question was restricted; empty where to nothing."""
    parts = tuple(apart(part) for part in (exchange.speaker, exchange.document) if part)
    what = ", ".join((*parts, *within_words(exchange.within, language, apart)))
    return catalogue(language).gettext("only {what}").format(what=what) if what else ""


def _answer_html(answer: Answer | None, language: str) -> Markup:
    if answer is None:
        return Markup("<p>{}</p>").format(catalogue(language).gettext(CHANGED))
    made = answer_html(answer, language=language, actions=False)
    return Markup(made)  # noqa: S704 - escaped there


def receipts_shown(exchanges: Sequence[Exchange], archive: str | None) -> tuple[Receipt, ...]:
    """Return the receipts of all quotes that a conversation shows, each once.

    What answers one question is not marked as offered, whatever it is to another.
    """
    shown = (one.answer for one in exchanges if one.answer is not None)
    found: dict[tuple[str, int, int], Receipt] = {}
    for one in (receipt for answer in shown for receipt in receipts_of(answer, archive)):
        place = (one.document, one.start, one.end)
        if place not in found or not one.offered:
            found[place] = one
    return tuple(found.values())


def markdown(
    exchanges: Sequence[Exchange], archive: str | None = None, language: str = _ENGLISH
) -> str:
    """Return a conversation as Markdown; signs that Markdown would take for its own are escaped.

    Args:
        exchanges: of the conversation.
        archive: fingerprint of the archive that answered.
        language: of our own words.
    """
    say = catalogue(language).gettext
    parts = [f"# {say(HEADING)}, {_today(language)}"]
    for exchange in exchanges:
        parts.append(f"## {_plain(exchange.question)}")
        if only := _only(exchange, language, _plain):
            parts.append(f"*{only}*")
        if exchange.answer:
            told = (
                connection(exchange.answer, language),
                contradiction_line(exchange.answer, language),
            )
            parts += [f"*{_plain(said)}*" for said in told if said]
        answer = exchange.answer
        parts += _answer_markdown(answer, language) if answer else [say(CHANGED)]
    if works := works_cited(exchanges):
        parts += [f"## {say(WORKS)}", *map(_plain, works)]
    if receipts := receipts_shown(exchanges, archive):
        block = f"```json {BLOCK}\n{receipts_json(receipts)}```"
        parts += [f"## {say(RECEIPTS)}", say(RECEIPTS_WORDS), block]
    return "\n\n".join(parts) + "\n"


def works_cited(exchanges: Sequence[Exchange]) -> tuple[str, ...]:
    """Return the documents that a conversation shows as entries of a bibliography, each once."""
    shown = (
        evidence.quote.transcript
        for exchange in exchanges
        if exchange.answer is not None
        for evidence in passages_shown(exchange.answer)
    )
    documents = {transcript.id: transcript for transcript in shown}
    made = (cited(transcript, Form.CHICAGO) for transcript in documents.values())
    return tuple(one.entry or one.note for one in made)


def _answer_markdown(answer: Answer, language: str) -> list[str]:
    quotes = [_quote_markdown(evidence, language) for evidence in passages_shown(answer)]
    facts = _facts_markdown(answer, language)
    if isinstance(answer, Answered):
        return [*quotes, *facts]
    return [*sentences(answer, language), *quotes, *facts]


def _quote_markdown(evidence: Evidence, language: str) -> str:
    view, say = shown(evidence.quote), catalogue(language).gettext
    who = joined(view.who) if view.speaker else say(layer_name(view.layer))
    lines = [f"**{_plain(who)}:**", "", f"> “{_plain(quote_text(evidence.quote))}”", ""]
    if said := reported_line(view, say):
        lines += [_plain(said), ""]
    for note in view.notes:
        label = say("Note {number} of the document:").format(number=note.number)
        lines += [f"{label} {_plain(note.text)}", ""]
    return "\n".join([*lines, f"— {_plain(joined(view.reference))}"])


def _facts_markdown(answer: Answer, language: str) -> list[str]:
    say, facts = catalogue(language).gettext, catalogue_of(answer)
    lines = "\n".join(f"- {say(CAPTIONS[f.field])}: {_plain(f.value)}" for f in facts)
    heading = [f"### {say(CATALOGUE_HEADING)}"] if isinstance(answer, Answered) else []
    return [*heading, lines] if facts else []


def _plain(text: str) -> str:
    return _MARKDOWN_SIGNS.sub(r"\\\1", on_one_line(text))


def _today(language: str) -> str:
    return date_words(read_date(datetime.datetime.now().astimezone().date()), language)[0]
