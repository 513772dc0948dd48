"""A conversation as a file: Markdown, one HTML file, or a page to print, with full citations."""

from __future__ import annotations

import datetime
import json
import re
from collections.abc import Sequence
from urllib.parse import parse_qs

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse, Response
from markupsafe import Markup
from starlette.concurrency import run_in_threadpool

from qa.about import CAPTIONS
from qa.answers import Answer, Answered, Evidence
from qa.citation import joined, long_date
from qa.citing.cited import Form, cited
from qa.receipts.files import BLOCK
from qa.receipts.objects import annotation_page
from qa.receipts.receipt import Receipt
from qa.render.contract import catalogue_of
from qa.render.html import answer_html
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
from qa.web.conversation import ConversationError, Exchange, recall
from qa.web.pages import ASSETS, page, refusal
from qa.web.site import Site
from qa.web.turns import client_of

CHANGED = "The text of this document has changed since it was quoted here."
WORKS = "Documents cited (Chicago style)"
RECEIPTS = "Receipts"
RECEIPTS_WORDS = (
    "This file carries a receipt of every quote above. Whether the quotes still stand in the "
    "source, and still read here as they do there, says: verbatim verify FILE"
)
_NAME = "verbatim-conversation"
_MARKDOWN_SIGNS = re.compile(r"([\\`*_\[\]<>#|~&$])")


def export_routes(site: Site) -> APIRouter:
    """Return the route to which the chat posts its conversation."""
    router = APIRouter()

    @router.post("/export/{form}")
    async def export(form: str, request: Request) -> Response:
        posted = await request.body()
        return await run_in_threadpool(_exported, site, form, posted, client_of(request))

    return router


def _exported(site: Site, form: str, posted: bytes, client: str) -> Response:
    """Render a conversation in its sender's turn: one may name hundreds of long quotes."""
    with site.turns.turn(client):
        fields = parse_qs(posted.decode("utf-8", "replace"))
        try:
            exchanges = recall("".join(fields.get("conversation", [])), site.archive)
        except ConversationError as error:
            return refusal(400, str(error), html=True)
        archive = site.answerer.archive.fingerprint
        if form == "markdown":
            return _file(markdown(exchanges, archive), "text/markdown", "md")
        if form == "html":
            return _file(html_page(exchanges, archive, self_contained=True), "text/html", "html")
        return HTMLResponse(html_page(exchanges, archive, self_contained=False))


def _file(text: str, kind: str, suffix: str) -> Response:
    headers = {"content-disposition": f'attachment; filename="{_NAME}.{suffix}"'}
    return Response(text, media_type=f"{kind}; charset=utf-8", headers=headers)


def html_page(
    exchanges: Sequence[Exchange], archive: str | None = None, *, self_contained: bool
) -> str:
    """Return a conversation as a page.

    Args:
        exchanges: of the conversation.
        archive: fingerprint of the archive that answered.
        self_contained: its styles inside, else linked.
    """
    names = ("tokens.css", "cards.css", "export.css")
    receipts = receipts_shown(exchanges, archive)
    styles = "".join((ASSETS / name).read_text(encoding="utf-8") for name in names)
    return page(
        "export.html",
        styles=Markup(styles) if self_contained else None,  # noqa: S704 - our own files
        sheets=() if self_contained else names,
        today=_today(),
        works_heading=WORKS,
        works=works_cited(exchanges),
        exchanges=[
            (one, connection(one.answer) if one.answer else "", _answer_html(one.answer))
            for one in exchanges
        ],
        receipts=json.dumps(annotation_page(receipts), ensure_ascii=False) if receipts else None,
        receipts_id=BLOCK,
        receipts_heading=RECEIPTS,
        receipts_words=RECEIPTS_WORDS,
    )


def _answer_html(answer: Answer | None) -> Markup:
    if answer is None:
        return Markup("<p>{}</p>").format(CHANGED)
    return Markup(answer_html(answer, actions=False))  # noqa: S704 - escaped there


def receipts_shown(exchanges: Sequence[Exchange], archive: str | None) -> tuple[Receipt, ...]:
    """Return the receipts of all quotes that a conversation shows, each once."""
    shown = (one.answer for one in exchanges if one.answer is not None)
    every = (receipt for answer in shown for receipt in receipts_of(answer, archive))
    return tuple({(one.document, one.start, one.end): one for one in every}.values())


def markdown(exchanges: Sequence[Exchange], archive: str | None = None) -> str:
    """Return a conversation as Markdown; signs that Markdown would take for its own are escaped.

    Args:
        exchanges: of the conversation.
        archive: fingerprint of the archive that answered.
    """
    parts = [f"# A conversation with the Verbatim Archive, {_today()}"]
    for exchange in exchanges:
        parts.append(f"## {_plain(exchange.question)}")
        only = ", ".join(part for part in (exchange.speaker, exchange.document) if part)
        if only:
            parts.append(f"*only {_plain(only)}*")
        if exchange.answer:
            told = (connection(exchange.answer), contradiction_line(exchange.answer))
            parts += [f"*{_plain(said)}*" for said in told if said]
        parts += _answer_markdown(exchange.answer) if exchange.answer else [CHANGED]
    if works := works_cited(exchanges):
        parts += [f"## {WORKS}", *map(_plain, works)]
    if receipts := receipts_shown(exchanges, archive):
        block = f"```json {BLOCK}\n{receipts_json(receipts)}```"
        parts += [f"## {RECEIPTS}", RECEIPTS_WORDS, block]
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


def _answer_markdown(answer: Answer) -> list[str]:
    if isinstance(answer, Answered):
        quotes = [_quote_markdown(evidence) for evidence in answer.evidence]
        return [*quotes, *_facts_markdown(answer)]
    passages = map(_quote_markdown, passages_shown(answer))
    return [*sentences(answer), *passages, *_facts_markdown(answer)]


def _quote_markdown(evidence: Evidence) -> str:
    view = shown(evidence.quote)
    who = joined(view.who) or layer_name(view.layer)
    lines = [f"**{_plain(who)}:**", "", f"> “{_plain(quote_text(evidence.quote))}”", ""]
    if said := reported_line(view):
        lines += [_plain(said), ""]
    for note in view.notes:
        lines += [f"Note {note.number} of the document: {_plain(note.text)}", ""]
    return "\n".join([*lines, f"— {_plain(joined(view.reference))}"])


def _facts_markdown(answer: Answer) -> list[str]:
    facts = catalogue_of(answer)
    lines = "\n".join(f"- {CAPTIONS[f.field]}: {_plain(f.value)}" for f in facts)
    heading = [f"### {CATALOGUE_HEADING}"] if isinstance(answer, Answered) else []
    return [*heading, lines] if facts else []


def _plain(text: str) -> str:
    return _MARKDOWN_SIGNS.sub(r"\\\1", on_one_line(text))


def _today() -> str:
    return long_date(datetime.datetime.now().astimezone().date())
