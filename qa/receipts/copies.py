"""Copies of a source outside of an archive: the stored text, or the file that it was made from."""

from __future__ import annotations

import codecs
import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from corpus.archive import read_transcript
from corpus.decoding import decode
from corpus.errors import CorpusError, FileError
from corpus.files import MAX_BYTES, regular_bytes
from corpus.importing.imported import Imported
from corpus.importing.placed import parse_imported
from corpus.importing.protocol import read_original
from corpus.importing.writing import write
from corpus.parsing import parse
from corpus.record import Record
from corpus.transcript import Transcript
from qa.receipts.receipt import Receipt
from qa.receipts.source import Source

_TEXTS = frozenset({".txt", ".text", ""})


@dataclass(frozen=True, slots=True)
class Copies:
    """What one file holds; every receipt is looked for in it, whatever the file is called."""

    sources: tuple[Source, ...]

    def get(self, document: str, sha256: str = "") -> Source | None:
        """Return the text with this hash or id, else the first."""
        named = [one for one in self.sources if sha256 == one.sha256 or document == one.name]
        return (*named, *self.sources)[0]

    def others(self, receipt: Receipt) -> Iterator[Source]:
        """Yield the other texts of the file that hold the words of a receipt."""
        own = self.get(receipt.document, receipt.sha256)
        yield from (one for one in self.sources if one is not own and receipt.text in one.text)


def read_copy(path: Path, receipts: Sequence[Receipt]) -> tuple[Copies, ...]:
    """Return a copy of a source: with its record where that lies beside it, else without.

    A text whose hash no receipt states is read in both ways: as a stored text, and as a file from
    which one was made.

    Args:
        path: of the copy.
        receipts: say in which encoding a text is, and from which file it was made.

    Raises:
        CorpusError: it cannot be read, or nothing can be compared with it.
    """
    if path.suffix == ".txt" and path.with_suffix(".toml").is_file():
        return (Copies((replace(Source.of(read_transcript(path)), name=path.name),)),)
    data = _bytes(path)
    sha256 = hashlib.sha256(data).hexdigest()
    stored = {receipt.sha256 for receipt in receipts}
    originals = {receipt.original.sha256 for receipt in receipts if receipt.original is not None}
    if sha256 not in stored and (sha256 in originals or path.suffix.lower() not in _TEXTS):
        return (_of_original(data, path),)
    encoding = next((r.encoding for r in receipts if _is_encoding(r.encoding)), "utf-8")
    if sha256 in stored:
        return (Copies((_text(data, path, encoding),)),)
    return _of_either(data, path, encoding)


def _of_either(data: bytes, path: Path, encoding: str) -> tuple[Copies, ...]:
    try:
        made = (_of_original(data, path),)
    except CorpusError:
        return (Copies((_text(data, path, encoding),)),)
    try:
        return (Copies((_text(data, path, encoding),)), *made)
    except CorpusError:
        return made


def _of_original(data: bytes, path: Path) -> Copies:
    try:
        return Copies(tuple(_made(one, path) for one in read_original(data, path.name)))
    except CorpusError as error:
        raise FileError(
            path,
            f"cannot be compared with receipts ({error.message.rstrip('.')}); give the file that "
            "was added, or the stored text.",
        ) from error


def bare_text(path: Path) -> Source:
    """Return a stored text without its record.

    Raises:
        CorpusError: it cannot be read.
    """
    return _text(_bytes(path), path, "utf-8")


def _text(data: bytes, path: Path, encoding: str) -> Source:
    record = Record(title=path.stem, encoding=encoding)
    text = decode(data, record, path).text
    transcript: Transcript | None
    try:
        transcript = parse(data, record, path.stem, path)
    except CorpusError:
        transcript = None
    sha256 = hashlib.sha256(data).hexdigest()
    return Source(path.name, sha256, text, transcript, described=False)


def _made(imported: Imported, path: Path) -> Source:
    """Return the text that is stored of a file, made anew."""
    written = write(imported)
    data = written.text.encode()
    transcript: Transcript | None
    try:
        record = Record(title=path.stem)
        transcript = parse_imported(data, record, path.stem, path, written.stated)
    except CorpusError:
        transcript = None
    sha256 = hashlib.sha256(data).hexdigest()
    return Source(path.name, sha256, written.text, transcript, described=False)


def _bytes(path: Path) -> bytes:
    try:
        if path.stat().st_size > MAX_BYTES:
            raise FileError(path, f"is larger than {MAX_BYTES:,} bytes; split it.")
        return regular_bytes(path)
    except OSError as error:
        raise FileError(path, f"cannot be read ({error.strerror or error}).") from error


def _is_encoding(name: str) -> bool:
    """Whether a record may name this encoding."""
    try:
        codecs.lookup(name)
        "".encode(name)
    except (LookupError, ValueError):
        return False
    return True
