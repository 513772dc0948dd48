"""``/cite``: one quote cited in every form, to be copied or downloaded."""

from __future__ import annotations

from dataclasses import dataclass

from fastapi import APIRouter
from fastapi.responses import HTMLResponse, Response

from qa.citation import joined
from qa.citing.cited import Form, cited_quote
from qa.citing.exchange import sorted_name
from qa.citing.items import CslItem
from qa.quotes import Quote
from qa.render.html import quote_html
from qa.render.shown import shown, version
from qa.web.pages import page, refusal
from qa.web.site import Site

_FILES = {
    Form.BIBTEX: ("bib", "application/x-bibtex"),
    Form.RIS: ("ris", "application/x-research-info-systems"),
    Form.CSL_JSON: ("json", "application/vnd.citationstyles.csl+json"),
}


@dataclass(frozen=True, slots=True)
class Cited:
    """A quote cited in one form; ``suffix`` is that of the file to download, or empty."""

    caption: str
    note: str
    entry: str
    suffix: str


def citation_routes(site: Site) -> APIRouter:
    """Return the page of a quote's citations, and the files that programs read."""
    router = APIRouter()

    @router.get("/cite/{document}/{start:int}-{end:int}", response_model=None)
    def citations(document: str, start: int, end: int) -> Response:
        quote = site.find(document, start, end)
        return _missing() if quote is None else HTMLResponse(citation_page(quote))

    @router.get("/cite/{document}/{start:int}-{end:int}.{suffix}", response_model=None)
    def file(document: str, start: int, end: int, suffix: str) -> Response:
        quote = site.find(document, start, end)
        form = next((form for form, (name, _) in _FILES.items() if name == suffix), None)
        if quote is None or form is None:
            return _missing()
        headers = {"content-disposition": f'attachment; filename="citation.{suffix}"'}
        kind = f"{_FILES[form][1]}; charset=utf-8"
        return Response(cited_quote(quote, form).entry, media_type=kind, headers=headers)

    return router


def citation_page(quote: Quote) -> str:
    """Return the page of a quote's citations.

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
    )


def _cited(quote: Quote, form: Form) -> Cited:
    made = cited_quote(quote, form)
    return Cited(form.caption, made.note, made.entry, _FILES[form][0] if form.is_file else "")


def _missing() -> Response:
    return refusal(404, "The archive has no such quote.", html=True)


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
