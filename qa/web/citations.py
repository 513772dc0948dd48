"""``/cite``: one quote cited in every form, to be copied or downloaded."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse, Response

from qa.citation import joined
from qa.citing.cited import Form, cited_quote
from qa.citing.exchange import sorted_name
from qa.citing.items import CslItem
from qa.quotes import Quote
from qa.render.html import quote_html
from qa.render.shown import shown, version
from qa.web.languages import language_of, remembering
from qa.web.page_words import speaking
from qa.web.pages import page, refusal
from qa.web.site import Site
from qa.web.turns import client_of

_FILES = {
    Form.BIBTEX: ("bib", "application/x-bibtex"),
    Form.RIS: ("ris", "application/x-research-info-systems"),
    Form.CSL_JSON: ("json", "application/vnd.citationstyles.csl+json"),
}


@dataclass(frozen=True, slots=True)
class Cited:
    """A quote cited in one form; ``suffix`` is that of the file to download, or empty.

    ``is_note``: what points at the place is a footnote, else it stands in the text.
    """

    caption: str
    note: str
    entry: str
    suffix: str
    is_note: bool


def citation_routes(site: Site) -> APIRouter:
    """Return the page of a quote's citations, and the files that programs read."""
    router = APIRouter()

    @router.get("/cite/{document}/{start:int}-{end:int}", response_model=None)
    def citations(request: Request, document: str, start: int, end: int) -> Response:
        quote, language = site.find(document, start, end), language_of(request)
        if quote is None:
            return _missing(language)
        with site.turns.turn(client_of(request)):
            body = citation_page(quote, language, request.query_params)
        return HTMLResponse(body, headers=remembering(request))

    @router.get("/cite/{document}/{start:int}-{end:int}.{suffix}", response_model=None)
    def file(request: Request, document: str, start: int, end: int, suffix: str) -> Response:
        quote = site.find(document, start, end)
        form = next((form for form, (name, _) in _FILES.items() if name == suffix), None)
        if quote is None or form is None:
            return _missing(language_of(request))
        headers = {"content-disposition": f'attachment; filename="citation.{suffix}"'}
        kind = f"{_FILES[form][1]}; charset=utf-8"
        with site.turns.turn(client_of(request)):
            entry = cited_quote(quote, form).entry
        return Response(entry, media_type=kind, headers=headers)

    return router


def citation_page(
    quote: Quote, language: str = "en", query: Mapping[str, str] | None = None
) -> str:
    """Return the page of a quote's citations, our own words in ``language``.

    Raises:
        SourceChangedError: the document's file has changed since it was read.
    """
    view = shown(quote)
    return page(
        "cite.html",
        view=view,
        version=version(quote.transcript),
        quoted=quote_html(quote),
        reference=joined(view.reference),
        forms=[_cited(quote, form) for form in Form],
        **speaking(language, query),
    )


def _cited(quote: Quote, form: Form) -> Cited:
    made = cited_quote(quote, form)
    suffix = _FILES[form][0] if form.is_file else ""
    return Cited(form.caption, made.note, made.entry, suffix, form is Form.CHICAGO)


def _missing(language: str) -> Response:
    return refusal(404, "The archive has no such quote.", html=True, language=language)


def metadata(item: CslItem) -> tuple[tuple[str, str], ...]:
    """Return a document's record as names and contents of ``<meta>``, which Zotero reads.

    The names are those of Dublin Core, https://www.dublincore.org/specifications/dublin-core/dcmi-terms/,
    and of Highwire Press (``citation_...``).
    """
    dates = item.get("issued", {}).get("date-parts", [])
    date = "-".join(f"{part:02d}" for part in dates[0]) if dates else ""
    stated = [
        ("DC.title", item["title"]),
        ("citation_title", item["title"]),
        ("DC.type", item["type"]),
        ("DC.date", date),
        ("citation_date", date.replace("-", "/")),
        ("DC.language", item.get("language", "")),
        ("DC.publisher", item.get("archive", "")),
        ("DC.identifier", item.get("archive_location", "")),
        ("DC.isPartOf", item.get("collection-title", "")),
        ("DC.coverage", item.get("publisher-place", "")),
        ("DC.source", item.get("source", "")),
        ("DC.rights", item.get("license", "")),
    ]
    for name, people in (
        ("DC.creator", item.get("author", [])),
        ("citation_author", item.get("author", [])),
        ("DC.contributor", [*item.get("interviewer", []), *item.get("contributor", [])]),
        ("DC.contributor", item.get("translator", [])),
    ):
        stated += [(name, sorted_name(who)) for who in people]
    return tuple((name, value) for name, value in stated if value)
