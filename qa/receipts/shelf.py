"""Where words are looked for: the documents of an archive. Neither index nor model is needed."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Protocol

from corpus.archive import read_transcript
from corpus.changes import finish_change
from corpus.errors import CorpusError, FileError
from corpus.files import document_names, regular_bytes
from corpus.transcript import Transcript
from qa.quotes import require_current
from qa.receipts.copies import bare_text
from qa.receipts.receipt import Receipt
from qa.receipts.source import Source


class Shelf(Protocol):
    """Documents to look in."""

    def get(self, document: str, sha256: str) -> Source | None:
        """Return a document by its id, or None where there is none."""

    def others(self, receipt: Receipt) -> Iterator[Source]:
        """Yield the other documents that may hold the words of a receipt."""


@dataclass(frozen=True, slots=True)
class ReadShelf:
    """Documents that were read already.

    :meth:`get` raises SourceChangedError where a document's file has changed since.
    """

    transcripts: Sequence[Transcript]

    def get(self, document: str, sha256: str = "") -> Source | None:
        """Return a document by its id, or None where there is none."""
        del sha256
        found = next((one for one in self.transcripts if one.id == document), None)
        if found is None:
            return None
        require_current(found)
        return Source.of(found)

    def others(self, receipt: Receipt) -> Iterator[Source]:
        """Yield the other documents that hold the words of a receipt."""
        for one in self.transcripts:
            if one.id != receipt.document and receipt.text in one.text and one.is_current:
                yield Source.of(one)


class FolderShelf:
    """An archive's folder, of which only what is needed is read.

    A document that differs from the manifest is read as it is: whether a quote still stands in it
    is what is asked.
    """

    def __init__(self, folder: Path) -> None:
        """Look into ``folder``.

        Raises:
            CorpusError: there is no such folder, or it holds no transcript.
        """
        if not folder.is_dir():
            raise CorpusError(folder, "is no folder; name a folder with .txt and .toml files.")
        finish_change(folder)
        try:
            self._names = document_names(folder)
        except OSError as error:
            raise FileError(folder, f"cannot be listed ({error.strerror}).") from error
        if not self._names:
            raise CorpusError(folder, "holds no transcript; put a .txt and its .toml there.")
        self._folder = folder
        self._read: dict[str, Source] = {}

    def get(self, document: str, sha256: str = "") -> Source | None:
        """Return a document by its id, or None where there is none."""
        del sha256
        if document not in self._names:
            return None
        if document not in self._read:
            self._read[document] = self._source(document)
        return self._read[document]

    def others(self, receipt: Receipt) -> Iterator[Source]:
        """Yield the other documents that hold the words of a receipt."""
        for name in self._names:
            if name == receipt.document or not self._may_hold(name, receipt.text):
                continue
            found = self.get(name)
            if found is not None and receipt.text in found.text:
                yield found

    def _may_hold(self, name: str, words: str) -> bool:
        """Whether a document has to be read: its parser takes its time."""
        if name in self._read:
            return True
        try:
            return words in regular_bytes(self._folder / f"{name}.txt").decode()
        except (OSError, UnicodeDecodeError):
            return True

    def _source(self, document: str) -> Source:
        path = self._folder / f"{document}.txt"
        try:
            return Source.of(read_transcript(path))
        except CorpusError as error:
            return replace(bare_text(path), name=document, fault=str(error))
