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
class Copy:
    """One text of a file, in which every receipt is looked for, whatever it is called."""

    source: Source

    def get(self, document: str, sha256: str = "") -> Source:
        """Return the text."""
        del document, sha256
        return self.source

    def others(self, receipt: Receipt) -> Iterator[Source]:
        """Yield nothing: the other texts of the file are copies of their own."""
        del receipt
        yield from ()


def read_copy(path: Path, receipts: Sequence[Receipt]) -> tuple[Copy, ...]:
    """Return the texts of a file: with the record where that lies beside it, else without.

    A text whose hash no receipt states is read in both ways: as a stored text, and as a file from
    which one was made.

    Args:
        path: of the copy.
        receipts: say in which encoding a text is, and from which file it was made.

    Raises:
        CorpusError: it cannot be read, or nothing can be compared with it.
    """
    if path.suffix == ".txt" and path.with_suffix(".toml").is_file():
        return (Copy(replace(Source.of(read_transcript(path)), name=path.name)),)
    data = _bytes(path)
    sha256 = hashlib.sha256(data).hexdigest()
    stored = {receipt.sha256 for receipt in receipts}
    originals = {receipt.original.sha256 for receipt in receipts if receipt.original is not None}
    if sha256 not in stored and (sha256 in originals or path.suffix.lower() not in _TEXTS):
        return _of_original(data, path)
    encoding = next((r.encoding for r in receipts if _is_encoding(r.encoding)), "utf-8")
    if sha256 in stored:
        return (Copy(_text(data, path, encoding)),)
    return _of_either(data, path, encoding)


def _of_either(data: bytes, path: Path, encoding: str) -> tuple[Copy, ...]:
    try:
        made = _of_original(data, path)
    except CorpusError:
        return (Copy(_text(data, path, encoding)),)
    try:
        return (Copy(_text(data, path, encoding)), *made)
    except CorpusError:
        return made


def _of_original(data: bytes, path: Path) -> tuple[Copy, ...]:
    try:
        return tuple(Copy(_made(one, path)) for one in read_original(data, path.name))
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
