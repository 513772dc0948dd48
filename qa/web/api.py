"""The JSON API: ``/api/ask`` answers what ``verbatim ask --json`` prints; ``/healthz``."""

from __future__ import annotations

import logging
from typing import Annotated

from fastapi import APIRouter, Request
from fastapi.responses import JSONResponse
from pydantic import BaseModel, ConfigDict, Field

from qa.asking import Asked
from qa.errors import UsageError
from qa.render.contract import AnswerObject, answer_object
from qa.web.programs import ERRORS
from qa.web.site import Site
from qa.web.turns import BusyError, client_of
from qa.within import Within

_HISTORY = 50
_COMMENT = 2000
_NAME = 300
_NOT_ASKABLE = 422
_UNAVAILABLE = 503
_log = logging.getLogger("verbatim")


_Name = Annotated[str, Field(max_length=_NAME)]


class AskRequest(BaseModel):
    """A question, and the earlier ones of the same conversation."""

    model_config = ConfigDict(extra="forbid")

    question: str
    history: Annotated[tuple[str, ...], Field(max_length=_HISTORY)] = ()
    speaker: _Name | None = None
    document: _Name | None = None
    collection: _Name | None = None
    since: _Name | None = None
    until: _Name | None = None


class ReportRequest(BaseModel):
    """Which words are wrong, and what is wrong with them."""

    model_config = ConfigDict(extra="forbid")

    document: str
    start: int
    end: int
    comment: Annotated[str, Field(min_length=1, max_length=_COMMENT)]


def api_routes(site: Site) -> APIRouter:
    """Return the routes that answer in JSON."""
    router = APIRouter()

    @router.post("/api/ask", response_model=AnswerObject, responses=ERRORS)
    def ask(asked: AskRequest, request: Request) -> AnswerObject | JSONResponse:
        """Answer a question by quoting, or say that nothing was found."""
        try:
            answer = site.ask(
                Asked(
                    asked.question,
                    asked.history,
                    asked.speaker,
                    asked.document,
                    within=Within.read(asked.collection, asked.since, asked.until),
                ),
                client_of(request),
            )
        except BusyError:
            raise
        except UsageError as error:
            return JSONResponse({"error": str(error)}, _NOT_ASKABLE)
        return answer_object(answer, archive=site.answerer.archive.fingerprint)

    @router.post("/api/report", include_in_schema=False)
    def report(request: ReportRequest) -> JSONResponse:
        quote = site.find(request.document, request.start, request.end)
        if quote is None:
            return JSONResponse({"error": "The archive has no such quote."}, 404)
        try:
            saved = site.reports.add(quote, request.comment)
        except OSError as error:
            _log.error("A report could not be saved: %s", error)
            saved = False
        if not saved:
            sentence = "The report could not be saved here; please tell the staff."
            return JSONResponse({"error": sentence}, 507)
        return JSONResponse({"saved": True})

    @router.get("/healthz", include_in_schema=False)
    def health() -> JSONResponse:
        if not site.warm.is_set():
            return JSONResponse({"status": "warming up"}, _UNAVAILABLE)
        served = site.served
        if served.unreadable:
            unreadable = {"status": "unreadable", "error": served.unreadable}
            return JSONResponse(unreadable, _UNAVAILABLE)
        return JSONResponse(
            {
                "status": "ok",
                "documents": len(served.archive),
                "archive": served.answerer.archive.fingerprint[:12],
                "rebuilding": served.rebuilding,
                "being_read": sorted(served.suspended - served.removed),
                "left_out": list(served.left_out),
            }
        )

    return router
