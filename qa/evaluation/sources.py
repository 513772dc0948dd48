"""The verbatim check of the bench: source bytes against quotes, apart from every renderer.

It reads the files itself and shares no code with :mod:`qa.quotes` or :mod:`qa.render`, so that a
fault there cannot hide here.
"""

from __future__ import annotations

import hashlib
import tomllib
from functools import cache
from pathlib import Path

from corpus.files import regular_bytes
from qa.evaluation.responses import Cited


class Sources:
    """The files of an archive, decoded once each."""

    def __init__(self, folder: Path) -> None:
        self._read = cache(lambda document: _read(folder, document))

    def is_verbatim(self, quote: Cited) -> bool:
        """Whether the quote is the exact slice of the document whose hash it names."""
        sha256, text = self._read(quote.document)
        if text is None or quote.sha256 not in (None, sha256):
            return False
        return 0 <= quote.start < quote.end <= len(text) and (
            text[quote.start : quote.end] == quote.text
        )


def _read(folder: Path, document: str) -> tuple[str, str | None]:
    path = folder / f"{document}.txt"
    if Path(document).name != document or not path.is_file():
        return "", None
    data = regular_bytes(path)
    record = folder / f"{document}.toml"
    values = tomllib.loads(record.read_text(encoding="utf-8")) if record.is_file() else {}
    return hashlib.sha256(data).hexdigest(), data.decode(str(values.get("encoding", "utf-8")))
