"""The curator's log: how often, and why, the archive had no answer.

Counts alone by default. The questions themselves are kept only where the settings say so, and
then for a stated number of days.
"""

from __future__ import annotations

import datetime
import json
import threading
from dataclasses import dataclass
from pathlib import Path

from pydantic import TypeAdapter, ValidationError

from qa.answers import Abstained
from qa.web.files import replace_file

COUNTS = "unanswered.json"
QUESTIONS = "unanswered-questions.jsonl"
_COUNTS = TypeAdapter(dict[str, dict[str, int]])


class UnansweredLog:
    """Two files in one folder: counts by day and reason, and perhaps questions."""

    def __init__(self, folder: Path, *, count: bool, keep_questions: bool, days: int) -> None:
        """Keep the log in ``folder``; ``days`` is how long questions are kept."""
        self._folder = folder
        self._count = count
        self._keep_questions = keep_questions
        self._days = days
        self._lock = threading.Lock()

    def add(self, answer: Abstained) -> None:
        """Count an abstention, and note its question if the settings say so."""
        today = datetime.datetime.now(datetime.UTC).date()
        with self._lock:
            if self._count:
                self._add_count(today, answer.reason.value)
            if self._keep_questions:
                self._add_question(today, answer)

    def purge(self) -> None:
        """Delete questions older than the retention time, all of them if none are to be kept."""
        with self._lock:
            path = self._folder / QUESTIONS
            if not path.exists():
                return
            today = datetime.datetime.now(datetime.UTC).date()
            kept = [entry for entry in _entries(path) if self._is_kept(entry, today)]
            if kept:
                replace_file(path, "".join(entry.line + "\n" for entry in kept))
            else:
                path.unlink()

    def _add_count(self, today: datetime.date, reason: str) -> None:
        path = self._folder / COUNTS
        counts = _counts(path)
        day = counts.setdefault(today.isoformat(), {})
        day[reason] = day.get(reason, 0) + 1
        replace_file(path, json.dumps(counts, indent=1, sort_keys=True) + "\n")

    def _add_question(self, today: datetime.date, answer: Abstained) -> None:
        path = self._folder / QUESTIONS
        entry = {"date": today.isoformat(), "reason": answer.reason, "question": answer.question}
        line = json.dumps(entry, ensure_ascii=False)
        old = [kept.line for kept in _entries(path) if self._is_kept(kept, today)]
        replace_file(path, "".join(kept + "\n" for kept in (*old, line)))

    def _is_kept(self, entry: _Entry, today: datetime.date) -> bool:
        return self._keep_questions and (today - entry.date).days < self._days


def _counts(path: Path) -> dict[str, dict[str, int]]:
    if not path.exists():
        return {}
    try:
        counts: dict[str, dict[str, int]] = _COUNTS.validate_json(path.read_bytes())
    except ValidationError as error:
        raise ValueError(f"{path} holds no counts; move it away.") from error
    return counts


@dataclass(frozen=True, slots=True)
class _Entry:
    date: datetime.date
    line: str


def _entries(path: Path) -> list[_Entry]:
    if not path.exists():
        return []
    # Not splitlines: a question may hold other signs that end a line for some.
    lines = path.read_text(encoding="utf-8").split("\n")
    try:
        return [_entry(line) for line in lines if line]
    except (ValueError, KeyError, TypeError) as error:
        raise ValueError(f"{path} is no list of questions; move it away.") from error


def _entry(line: str) -> _Entry:
    return _Entry(datetime.date.fromisoformat(json.loads(line)["date"]), line)
