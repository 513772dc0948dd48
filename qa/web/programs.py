"""What other programs may ask beside ``/api/ask``: words, quotations, documents, citations.

``/api/openapi.json`` describes these routes, their answers and their errors.
"""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, Path, Query, Request
from fastapi.responses import JSONResponse
from pydantic import BaseModel, ConfigDict, Field
from typing_extensions import TypedDict

from corpus.transcript import Transcript
from qa.citing.cited import Form, cited, cited_quote
from qa.citing.styles import Rendered
from qa.errors import UsageError
from qa.finding import Place, find_within
from qa.quotations.judging import check
from qa.quotations.typed import LONGEST
from qa.receipts.files import Given
from qa.receipts.objects import ReceiptObject
from qa.receipts.reading import ReceiptError, receipts_in
from qa.receipts.shelf import ReadShelf
from qa.receipts.verifying import verify_all
from qa.render.judged import CheckObject, check_object
from qa.render.overview import OverviewObject, overview_object
from qa.render.places import FoundObject, found_object
from qa.render.reading import MOST_SENTENCES, ReadObject, read_object
from qa.render.verified import VerifiedAllObject, verified_object
from qa.web.site import Site
from qa.web.turns import client_of
from qa.widening import Widened
from qa.within import Within

_LONGEST = 200
_FURTHEST = 10**9
_MOST_RECEIPTS = 100


class ErrorObject(TypedDict):
    """What is wrong, in one sentence."""

    error: str


class CheckRequest(BaseModel):
    """A quotation, and to whom it is attributed."""

    model_config = ConfigDict(extra="forbid")

    quotation: Annotated[str, Field(min_length=1, max_length=LONGEST)]
    speaker: Annotated[str, Field(max_length=300)] | None = None


class CitationObject(TypedDict):
    """A citation: what points at the place, and the entry of a bibliography or file."""

    document: str
    style: str
    note: str
    entry: str


class VerifyRequest(BaseModel):
    """Receipts, as answers carry them under ``receipts``."""

    model_config = ConfigDict(extra="forbid")

    receipts: Annotated[list[ReceiptObject], Field(min_length=1, max_length=_MOST_RECEIPTS)]


ERRORS: dict[int | str, dict[str, Any]] = {
    400: {
        "model": ErrorObject,
        "description": "The request did not arrive whole",
    },
    403: {"model": ErrorObject, "description": "A page of another web site asks"},
    404: {"model": ErrorObject, "description": "There is no such document or quote"},
    408: {"model": ErrorObject, "description": "The request took too long to arrive"},
    413: {"model": ErrorObject, "description": "The request is too large"},
    422: {"model": ErrorObject, "description": "The request is not understood"},
    429: {"model": ErrorObject, "description": "Too many requests; Retry-After says how long"},
    500: {"model": ErrorObject, "description": "Something went wrong"},
    503: {"model": ErrorObject, "description": "Not just now; Retry-After says how long"},
}

_Name = Annotated[str | None, Query(min_length=1, max_length=300)]
_Document = Annotated[str, Path(min_length=1, max_length=300, description="Id of a document.")]


def program_routes(site: Site) -> APIRouter:
    """Return the routes for programs."""
    router = APIRouter(responses=ERRORS)

    @router.get("/api/find", response_model=FoundObject)
    def places(
        request: Request,
        words: Annotated[str, Query(min_length=1, max_length=_LONGEST)],
        speaker: _Name = None,
        document: _Name = None,
        collection: _Name = None,
        since: _Name = None,
        until: _Name = None,
    ) -> FoundObject | JSONResponse:
        """Find every place where words stand, in this order."""
        with site.turns.turn(client_of(request)):
            current = [transcript for transcript in site.archive if transcript.is_current]
            try:
                place = Place(speaker, document, Within.read(collection, since, until))
                return found_object(Widened(find_within(current, words, place), ()), words)
            except UsageError as error:
                return JSONResponse({"error": str(error)}, 422)

    @router.post("/api/check", response_model=CheckObject)
    def compared(asked: CheckRequest, request: Request) -> CheckObject | JSONResponse:
        """Compare a quotation with the documents: its words, and who says them."""
        with site.turns.turn(client_of(request)):
            current = [transcript for transcript in site.archive if transcript.is_current]
            try:
                return check_object(check(current, asked.quotation, asked.speaker))
            except UsageError as error:
                return JSONResponse({"error": str(error)}, 422)

    @router.get("/api/documents", response_model=OverviewObject)
    def documents() -> OverviewObject:
        """List the documents with what their records say."""
        return overview_object(site.archive, None)

    @router.get("/api/source/{document}", response_model=ReadObject)
    def source(
        document: _Document,
        start: Annotated[int, Query(ge=0, le=_FURTHEST)] = 0,
        sentences: Annotated[int, Query(ge=1, le=MOST_SENTENCES)] = 40,
    ) -> ReadObject | JSONResponse:
        """Read a document, sentence by sentence, from a code point on."""
        transcript = site.transcript(document)
        return _no_document() if transcript is None else read_object(transcript, start, sentences)

    @router.post("/api/verify", response_model=VerifiedAllObject)
    def verify(asked: VerifyRequest, request: Request) -> VerifiedAllObject | JSONResponse:
        """Say of every receipt whether its words still stand there, and whose they are."""
        try:
            read = tuple(receipts_in({"receipts": asked.receipts}, "The request"))
        except ReceiptError as error:
            return JSONResponse({"error": str(error)}, 422)
        given = [Given(where, receipt) for where, receipt in read]
        with site.turns.turn(client_of(request)):
            for receipt in {one.document: one for _, one in read}.values():
                site.transcript(receipt.document)
            return verified_object(verify_all(given, ReadShelf(site.archive.transcripts)))

    @router.get("/api/cite/{document}", response_model=CitationObject)
    def cite(
        request: Request,
        document: _Document,
        style: Form = Form.CHICAGO,
        start: Annotated[int | None, Query(ge=0, le=_FURTHEST)] = None,
        end: Annotated[int | None, Query(ge=0, le=_FURTHEST)] = None,
    ) -> CitationObject | JSONResponse:
        """Cite a document or, from ``start`` to ``end``, a quote with its page or time code."""
        transcript = site.transcript(document)
        if transcript is None:
            return _no_document()
        with site.turns.turn(client_of(request)):
            made = _cited(site, transcript, style, start, end)
        if made is None:
            return JSONResponse({"error": "The archive has no such quote."}, 404)
        return CitationObject(document=document, style=style, note=made.note, entry=made.entry)

    return router


def _cited(
    site: Site, transcript: Transcript, style: Form, start: int | None, end: int | None
) -> Rendered | None:
    """Return a citation of a document or of a quote in it; None where there is no such quote."""
    if start is None and end is None:
        return cited(transcript, style)
    quote = site.find(transcript.id, start or 0, end or 0)
    return None if quote is None else cited_quote(quote, style)


def _no_document() -> JSONResponse:
    return JSONResponse({"error": "The archive has no such document."}, 404)
