"""``/source``: the documents themselves, readable without asking, linkable and printable."""

from __future__ import annotations

import hashlib
import re
from bisect import bisect_right
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Annotated
from urllib.parse import quote as percent_encode

from fastapi import APIRouter, Query, Request
from fastapi.responses import HTMLResponse, Response

from corpus.files import regular_bytes
from corpus.transcript import Span, Transcript
from qa.citation import pages
from qa.citing.items import csl_item
from qa.concordance import Found, find
from qa.errors import QuestionError, UsageError
from qa.quotes import Quote, QuoteError
from qa.render.dates import date_words
from qa.render.languages import catalogue
from qa.render.shown import version
from qa.render.words import ABSENT_HERE, outside_heading, places_found
from qa.web.citations import metadata
from qa.web.document import document_view, sentence_at
from qa.web.inline import Mark
from qa.web.languages import language_of, remembering
from qa.web.page_words import DOCUMENTS, TURNS, speaking
from qa.web.pages import page, refusal
from qa.web.site import NotNowError, Site
from qa.web.turns import client_of

_MAX_FOUND = 500
_MAX_HITS = 20
_PLACE = re.compile(r"(\d{1,9})-(\d{1,9})")


def source_routes(site: Site) -> APIRouter:
    """Return the list of documents and the page of each."""
    router = APIRouter()

    @router.get("/source", response_class=HTMLResponse)
    def documents(request: Request) -> HTMLResponse:
        language = language_of(request)
        count = len(site.archive)
        body = page(
            "documents.html",
            documents=[_facts(t, language) for t in site.archive],
            count=catalogue(language).ngettext(*DOCUMENTS, count).format(count=count),
            **speaking(language, request.query_params),
        )
        return HTMLResponse(body, headers=remembering(request))

    @router.get("/source/{document}", response_model=None)
    def source(
        request: Request,
        document: str,
        at: str = "",
        v: str = "",
        words: Annotated[str, Query(alias="find")] = "",
        turn: str = "",
        sentence: str = "",
    ) -> Response:
        transcript = site.transcript(document)
        if transcript is None:
            return _missing(request, site, document)
        with site.turns.turn(client_of(request)):
            turn, sentence = turn.strip()[:9], sentence.strip()[:9]
            shown = source_page(
                transcript,
                at,
                v,
                words.strip()[:200],
                turn=turn,
                sentence=sentence,
                language=language_of(request),
                query=request.query_params,
            )
            return HTMLResponse(shown, headers=remembering(request))

    @router.get("/source/{document}/file", response_model=None)
    def file(request: Request, document: str) -> Response:
        transcript = site.transcript(document)
        if transcript is None:
            return _missing(request, site, document)
        if not transcript.record.download or transcript.path is None:
            closed = "The file of this document cannot be downloaded here."
            return refusal(404, closed, html=True, language=language_of(request))
        data = regular_bytes(transcript.path)
        if hashlib.sha256(data).hexdigest() != transcript.sha256:
            raise NotNowError("This text has changed and is being read anew.")
        name = percent_encode(f"{transcript.id}.txt", safe="")
        headers = {"content-disposition": f"attachment; filename*=UTF-8''{name}"}
        return Response(
            data, media_type=f"text/plain; charset={transcript.encoding}", headers=headers
        )

    return router


def _missing(request: Request, site: Site, document: str) -> Response:
    language = language_of(request)
    if document in site.served.removed:
        gone = "This document is no longer in the archive; its words are quoted nowhere."
        return refusal(410, gone, html=True, language=language)
    return refusal(404, "The archive has no such document.", html=True, language=language)


def source_page(
    transcript: Transcript,
    at: str = "",
    of_version: str = "",
    words: str = "",
    *,
    turn: str = "",
    sentence: str = "",
    language: str = "en",
    query: Mapping[str, str] | None = None,
) -> str:
    """Return a document's page.

    Args:
        transcript: the document.
        at: places of quotes to highlight, ``start-end`` separated by commas.
        of_version: the version of the text these places belong to; any, if empty.
        words: to highlight wherever they stand.
        turn: number of a turn to go to, as references name it.
        sentence: number of a sentence in that turn; the first, if empty.
        language: of our own words.
        query: of the page's address.
    """
    changed = bool(of_version) and of_version != version(transcript)
    hits = () if changed else hit_marks(transcript, at)
    nowhere = ""
    if not hits and not changed and (turn or sentence):
        try:
            hits = _numbered_mark(transcript, turn, sentence, language)
        except UsageError as error:
            nowhere = str(error)
    found = None if hits or changed or not words else _found(transcript, words)
    places, outside = found_marks(found) if found else ((), ())
    return page(
        "source.html",
        document=_facts(transcript, language),
        metadata=metadata(csl_item(transcript)),
        view=document_view(transcript, hits or (*places, *outside)),
        changed=changed,
        missing=bool(at) and not changed and not hits,
        nowhere=nowhere,
        wanted_turn=turn,
        wanted_sentence=sentence,
        hits=hits,
        found=places,
        outside=outside,
        says=places_found(found, ABSENT_HERE, language) if found else "",
        outside_says=outside_heading(found.outside, language) if found else "",
        find=words,
        most=_MAX_FOUND,
        **speaking(language, query),
    )


def hit_marks(transcript: Transcript, at: str) -> tuple[Mark, ...]:
    """Return highlights for places that are quotes of this document, without overlaps."""
    marks: list[Mark] = []
    for number, place in enumerate(at.split(",")[:_MAX_HITS], start=1):
        match = _PLACE.fullmatch(place)
        if match is None or int(match[2]) > len(transcript.text):
            continue
        start, end = int(match[1]), int(match[2])
        free = not any(mark.start < end and start < mark.end for mark in marks)
        if free and _is_quote(transcript, start, end):
            marks.append(Mark(start, end, f"hit-{number}"))
    return tuple(marks)


def _numbered_mark(
    transcript: Transcript, turn: str, sentence: str, language: str
) -> tuple[Mark, ...]:
    """Return the highlight of the sentence that a reference names.

    Raises:
        UsageError: there is none.
    """
    sentence = sentence or "1"
    say = catalogue(language).gettext
    if not (turn.isdecimal() and sentence.isdecimal()):
        raise UsageError(say("Please type the numbers of a turn and of a sentence."))
    found = sentence_at(transcript, int(turn), int(sentence), say)
    return (Mark(found.start, found.end, "hit-1"),)


def _is_quote(transcript: Transcript, start: int, end: int) -> bool:
    try:
        Quote(transcript, start, end)
    except QuoteError:
        return False
    return True


def _found(transcript: Transcript, words: str) -> Found | None:
    """Return every place of ``words``, as ``verbatim find`` finds them; None for no words."""
    try:
        return find((transcript,), words)
    except QuestionError:
        return None


def found_marks(found: Found) -> tuple[tuple[Mark, ...], tuple[Mark, ...]]:
    """Return highlights for the places in the document, and for those outside of it."""
    spans = [(match.start, match.end) for match in found.matches]
    around = [
        (place.words.start, place.words.end)
        for place in found.outside
        if not _in_any(spans, place.words)
    ]
    return _numbered(spans, "found"), _numbered(around, "outside")


def _in_any(spans: list[tuple[int, int]], place: Span) -> bool:
    """Whether the place overlaps one of the spans (sorted, disjoint): a mark holds no other."""
    first = bisect_right(spans, place.start, key=lambda span: span[1])
    return first < len(spans) and spans[first][0] < place.end


def _numbered(spans: list[tuple[int, int]], name: str) -> tuple[Mark, ...]:
    return tuple(
        Mark(start, end, f"{name}-{number}", "va-found")
        for number, (start, end) in enumerate(spans[:_MAX_FOUND], start=1)
    )


@dataclass(frozen=True, slots=True)
class _Person:
    name: str
    role: str
    lang: str


def _facts(transcript: Transcript, language: str) -> dict[str, object]:
    """Return what the templates say about a document."""
    record, say = transcript.record, catalogue(language)
    turns = len(transcript.turns)
    return {
        "id": transcript.id,
        "version": version(transcript),
        "sha256": transcript.sha256,
        "language": record.language,
        "title": record.title,
        "date": date_words(record.date, language, say.gettext)[0] if record.date else "",
        "place": record.place,
        "participants": [
            _Person(
                who.full_name or who.name,
                who.roles.get(language, who.role),
                language if language in who.roles else record.language,
            )
            for who in record.participants
        ],
        "turns": say.ngettext(*TURNS, turns).format(count=turns),
        "download": record.download,
        "kind": record.kind,
        "facts": [
            (say.gettext(name), value)
            for name, value in (
                ("Kept by", record.repository),
                ("Reference", ", ".join(p for p in (record.signature, pages(record)) if p)),
                ("Collection", record.collection),
                ("Translated by", record.translator),
                ("Source of this copy", record.source),
                ("Made from", record.original.name if record.original else ""),
                ("Rights", record.rights),
                ("Credits", record.credits),
            )
            if value
        ],
    }
