"""The curator's log: how often, and why, the archive had no answer.

Counts alone by default. The questions themselves are kept only where the settings say so, and
then for a stated number of days. Both files are bounded: days are added up to months after a while,
and of questions the newest are kept.
"""

from __future__ import annotations

import datetime
import json
from dataclasses import dataclass
from pathlib import Path

from pydantic import TypeAdapter, ValidationError

from qa.answers import Abstained, Possible
from qa.web.files import append_line, locked, replace_file, size_of

COUNTS = "unanswered.json"
QUESTIONS = "unanswered-questions.jsonl"
MAX_BYTES = 4 * 1024 * 1024
_DAYS = 100
_MONTHS = 120
_COUNTS = TypeAdapter(dict[str, dict[str, int]])


class UnansweredLog:
    """Two files in one folder: counts by day and reason, and perhaps questions."""

    def __init__(self, folder: Path, *, count: bool, keep_questions: bool, days: int) -> None:
        """Keep the log in ``folder``; ``days`` is how long questions are kept."""
        self._folder = folder
        self._count = count
        self._keep_questions = keep_questions
        self._days = days
        self._purged: datetime.date | None = None

    def add(self, answer: Possible | Abstained) -> None:
        """Count a question without an answer, and note its question if the settings say so.

        Raises:
            OSError: a file cannot be written.
            ValueError: a file holds something else.
        """
        today = datetime.datetime.now(datetime.UTC).date()
        if not (self._count or self._keep_questions):
            return
        with locked(self._folder):
            if self._count:
                self._add_count(today, answer.reason.value)
            if self._keep_questions:
                self._add_question(today, answer)

    def purge(self) -> None:
        """Delete questions older than the retention time, all of them if none are to be kept."""
        if (self._folder / QUESTIONS).exists():
            with locked(self._folder):
                self._purge(datetime.datetime.now(datetime.UTC).date())

    def _purge(self, today: datetime.date) -> None:
        path = self._folder / QUESTIONS
        entries = _entries(path)
        kept = _newest([entry.line for entry in entries if self._is_kept(entry, today)])
        if not kept:
            path.unlink(missing_ok=True)
        elif len(kept) < len(entries):
            replace_file(path, "".join(line + "\n" for line in kept))
        self._purged = today

    def _add_count(self, today: datetime.date, reason: str) -> None:
        path = self._folder / COUNTS
        counts = _counts(path)
        day = counts.setdefault(today.isoformat(), {})
        day[reason] = day.get(reason, 0) + 1
        replace_file(path, json.dumps(_folded(counts), indent=1, sort_keys=True) + "\n")

    def _add_question(self, today: datetime.date, answer: Possible | Abstained) -> None:
        path = self._folder / QUESTIONS
        if self._purged != today or size_of(path) > MAX_BYTES:
            self._purge(today)
        entry = {"date": today.isoformat(), "reason": answer.reason, "question": answer.question}
        append_line(path, json.dumps(entry, ensure_ascii=False))

    def _is_kept(self, entry: _Entry, today: datetime.date) -> bool:
        return self._keep_questions and (today - entry.date).days < self._days


def _newest(lines: list[str]) -> list[str]:
    """Return all lines, or where they are too many the last ones that fill half the room."""
    sizes = [len(line.encode()) + 1 for line in lines]
    if sum(sizes) <= MAX_BYTES:
        return lines
    room, first = MAX_BYTES // 2, len(lines)
    while first and room >= sizes[first - 1]:
        first -= 1
        room -= sizes[first]
    return lines[first:]


def _folded(counts: dict[str, dict[str, int]]) -> dict[str, dict[str, int]]:
    """Add up days that are long past to their months, and leave out the oldest months."""
    days = sorted(key for key in counts if len(key) > len("2026-01"))
    folded = {key: dict(reasons) for key, reasons in counts.items() if key not in days[:-_DAYS]}
    for day in days[:-_DAYS]:
        month = folded.setdefault(day[: len("2026-01")], {})
        for reason, count in counts[day].items():
            month[reason] = month.get(reason, 0) + count
    months = sorted(key for key in folded if len(key) == len("2026-01"))
    return {key: reasons for key, reasons in folded.items() if key not in months[:-_MONTHS]}


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
