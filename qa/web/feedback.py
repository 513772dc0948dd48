"""What readers said of an answer: a local file for the curator, sent nowhere.

``yes``: this passage answers the question; ``no``: nothing of what was shown does. The question
itself is kept only where the settings let questions be kept, and no longer than those.
"""

from __future__ import annotations

import datetime
import json
import logging
from collections.abc import Sequence
from pathlib import Path
from typing import Annotated, Literal

from fastapi import APIRouter
from fastapi.responses import JSONResponse
from pydantic import BaseModel, ConfigDict, Field

from qa.quotes import Quote
from qa.render.shown import version
from qa.web.files import append_line, locked, replace_file, size_of
from qa.web.site import Site

FEEDBACK = "feedback.jsonl"
MAX_BYTES = 4 * 1024 * 1024
_PLACES = 20
_NAME = 300
_NOT_FOUND = 404
_FULL = 507
_log = logging.getLogger("verbatim")


class Place(BaseModel):
    """Where a passage stands, as links name it."""

    model_config = ConfigDict(extra="forbid")

    document: Annotated[str, Field(max_length=_NAME)]
    start: int
    end: int


class FeedbackRequest(BaseModel):
    """What a reader says of passages that were shown for a question."""

    model_config = ConfigDict(extra="forbid")

    kind: Literal["yes", "no"]
    question: Annotated[str, Field(max_length=10_000)]
    places: Annotated[tuple[Place, ...], Field(max_length=_PLACES)]


class Feedback:
    """One JSON object a line: the day, what was said, of which passages, perhaps the question."""

    def __init__(self, folder: Path, *, keep_questions: bool, days: int) -> None:
        """Keep the file in ``folder``; ``days`` is how long questions are kept."""
        self._path = folder / FEEDBACK
        self._keep_questions = keep_questions
        self._days = days
        self._purged: datetime.date | None = None

    def add(self, kind: str, quotes: Sequence[Quote], question: str) -> bool:
        """Add what was said; False where the file is full and the curator must empty it first.

        Raises:
            OSError: the file cannot be written.
            ValueError: the file holds something else.
        """
        today = datetime.datetime.now(datetime.UTC).date()
        entry: dict[str, object] = {
            "date": today.isoformat(),
            "kind": kind,
            "passages": [
                {
                    "document": quote.transcript.id,
                    "version": version(quote.transcript),
                    "start": quote.start,
                    "end": quote.end,
                }
                for quote in quotes
            ],
        }
        if self._keep_questions:
            entry["question"] = question
        with locked(self._path.parent):
            if self._purged != today:
                self._purge(today)
            if size_of(self._path) > MAX_BYTES:
                return False
            append_line(self._path, json.dumps(entry, ensure_ascii=False))
        return True

    def _purge(self, today: datetime.date) -> None:
        """Take out questions that are older than the settings allow, all if none are kept."""
        if self._path.exists():
            lines = self._path.read_text(encoding="utf-8").split("\n")
            kept = [self._without_old_question(line, today) for line in lines if line]
            replace_file(self._path, "".join(line + "\n" for line in kept))
        self._purged = today

    def _without_old_question(self, line: str, today: datetime.date) -> str:
        entry = json.loads(line)
        age = (today - datetime.date.fromisoformat(entry["date"])).days
        if not self._keep_questions or age >= self._days:
            entry.pop("question", None)
        return json.dumps(entry, ensure_ascii=False)


def feedback_routes(site: Site) -> APIRouter:
    """Return the route to which the chat sends what readers say of an answer."""
    router = APIRouter()
    settings = site.settings
    feedback = Feedback(
        settings.state_folder,
        keep_questions=settings.log_questions,
        days=settings.log_questions_days,
    )

    @router.post("/api/feedback")
    def say(said: FeedbackRequest) -> JSONResponse:
        found = [site.find(place.document, place.start, place.end) for place in said.places]
        quotes = [quote for quote in found if quote is not None]
        if not quotes:
            return JSONResponse({"error": "The archive has no such passage."}, _NOT_FOUND)
        try:
            saved = feedback.add(said.kind, quotes, said.question)
        except (OSError, ValueError, KeyError) as error:
            _log.error("What a reader said could not be saved: %s", error)
            saved = False
        if not saved:
            return JSONResponse({"error": "This could not be saved here."}, _FULL)
        return JSONResponse({"saved": True})

    return router
