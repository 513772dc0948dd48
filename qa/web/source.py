"""``/source``: the documents themselves, readable without asking, linkable and printable."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Annotated

from fastapi import APIRouter, Query
from fastapi.responses import HTMLResponse

from corpus.archive import Archive
from corpus.transcript import Transcript
from qa.citation import long_date, pages
from qa.concordance import find
from qa.errors import QuestionError
from qa.render.html import version
from qa.web.document import document_view
from qa.web.inline import Mark
from qa.web.pages import page, refusal
from qa.web.site import Site

_MAX_FOUND = 500
_MAX_HITS = 20
_PLACE = re.compile(r"(\d{1,9})-(\d{1,9})")


def source_routes(site: Site) -> APIRouter:
    """Return the list of documents and the page of each."""
    router = APIRouter()

    @router.get("/source", response_class=HTMLResponse)
    def documents() -> HTMLResponse:
        return HTMLResponse(page("documents.html", documents=[_facts(t) for t in site.archive]))

    @router.get("/source/{document}", response_class=HTMLResponse)
    def source(
        document: str, at: str = "", v: str = "", words: Annotated[str, Query(alias="find")] = ""
    ) -> HTMLResponse:
        transcript = site.transcript(document)
        if transcript is None:
            missing = refusal(404, "The archive has no such document.", html=True)
            return HTMLResponse(missing.body, 404)
        return HTMLResponse(source_page(transcript, at, v, words.strip()[:200]))

    return router


def source_page(transcript: Transcript, at: str = "", of_version: str = "", words: str = "") -> str:
    """Return a document's page.

    Args:
        transcript: the document.
        at: places of quotes to highlight, ``start-end`` separated by commas.
        of_version: the version of the text these places belong to; any, if empty.
        words: to highlight wherever they stand.
    """
    changed = bool(of_version) and of_version != version(transcript)
    hits = () if changed else hit_marks(transcript, at)
    found = () if hits or not words else found_marks(transcript, words)
    return page(
        "source.html",
        document=_facts(transcript),
        view=document_view(transcript, hits or found),
        changed=changed,
        missing=bool(at) and not changed and not hits,
        hits=hits,
        found=found,
        find=words,
        most=_MAX_FOUND,
    )


def hit_marks(transcript: Transcript, at: str) -> tuple[Mark, ...]:
    """Return highlights for places that are quotes of this document, without overlaps."""
    marks: list[Mark] = []
    for number, place in enumerate(at.split(",")[:_MAX_HITS], start=1):
        match = _PLACE.fullmatch(place)
        if match is None or int(match[2]) > len(transcript.text):
            continue
        start, end = int(match[1]), int(match[2])
        held = transcript.sentences_in(start, end)
        free = not any(mark.start < end and start < mark.end for mark in marks)
        if free and held and (held[0].start, held[-1].end) == (start, end):
            marks.append(Mark(start, end, f"hit-{number}"))
    return tuple(marks)


def found_marks(transcript: Transcript, words: str) -> tuple[Mark, ...]:
    """Return highlights for every place of ``words``, as ``verbatim find`` finds them."""
    try:
        matches = find(Archive(Path(), (transcript,)), words)
    except QuestionError:
        return ()
    return tuple(
        Mark(match.start, match.end, f"found-{number}", "va-found")
        for number, match in enumerate(matches[:_MAX_FOUND], start=1)
    )


def _facts(transcript: Transcript) -> dict[str, object]:
    """Return what the templates say about a document."""
    record = transcript.record
    return {
        "id": transcript.id,
        "version": version(transcript),
        "sha256": transcript.sha256,
        "language": record.language,
        "title": record.title,
        "date": long_date(record.date) if record.date else "",
        "place": record.place,
        "participants": record.participants,
        "turns": len(transcript.turns),
        "facts": [
            (name, value)
            for name, value in (
                ("Kept by", record.repository),
                ("Reference", ", ".join(p for p in (record.signature, pages(record)) if p)),
                ("Collection", record.collection),
                ("Translated by", record.translator),
                ("Source of this copy", record.source),
                ("Rights", record.rights),
                ("Credits", record.credits),
            )
            if value
        ],
    }
