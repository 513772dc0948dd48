"""Faults in transcripts that readers report: a local file for the curator, sent nowhere."""

from __future__ import annotations

import datetime
import json
import threading
from pathlib import Path

from qa.citation import citation
from qa.quotes import Quote
from qa.render.html import version

REPORTS = "reports.jsonl"
MAX_BYTES = 4 * 1024 * 1024


class Reports:
    """One JSON object a line: when, which words, and what is said to be wrong with them."""

    def __init__(self, folder: Path) -> None:
        """Keep the reports in ``folder``."""
        self._path = folder / REPORTS
        self._lock = threading.Lock()

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
        line = json.dumps(entry, ensure_ascii=False) + "\n"
        with self._lock:
            self._path.parent.mkdir(parents=True, exist_ok=True)
            if self._path.exists() and self._path.stat().st_size > MAX_BYTES:
                return False
            with self._path.open("a", encoding="utf-8") as file:
                file.write(line)
        return True
