"""Faults in transcripts that readers report: a local file for the curator, sent nowhere."""

from __future__ import annotations

import datetime
import json
from pathlib import Path

from qa.citation import citation
from qa.quotes import Quote
from qa.render.shown import version
from qa.web.files import append_line, locked, size_of

REPORTS = "reports.jsonl"
MAX_BYTES = 4 * 1024 * 1024


class Reports:
    """One JSON object a line: when, which words, and what is said to be wrong with them."""

    def __init__(self, folder: Path) -> None:
        """Keep the reports in ``folder``."""
        self._path = folder / REPORTS

    def add(self, quote: Quote, comment: str) -> bool:
        """Add a report; False where the file is full and the curator must empty it first."""
        entry = {
            "time": datetime.datetime.now(datetime.UTC).isoformat(timespec="minutes"),
            "document": quote.transcript.id,
            "version": version(quote.transcript),
            "start": quote.start,
            "end": quote.end,
            "text": quote.text,
            "citation": citation(quote),
            "comment": comment,
        }
        with locked(self._path.parent):
            if size_of(self._path) > MAX_BYTES:
                return False
            append_line(self._path, json.dumps(entry, ensure_ascii=False))
        return True
