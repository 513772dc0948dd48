"""A finding aid as a file to edit: what is not edited stays as it is, byte for byte."""

from __future__ import annotations

import json
from dataclasses import dataclass, replace
from pathlib import Path

from corpus.aid import Part, aid_path, parse_aid, question_id, questions_of
from corpus.archive import read_transcript
from corpus.files import document_names, regular_bytes
from corpus.transcript import Transcript
from qa.errors import UsageError


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the file.

    Attributes:
        raw: its bytes, line ending included.
        part: what it holds; None for a blank line.
    """

    raw: bytes
    part: Part | None


@dataclass(frozen=True, slots=True)
class AidFile:
    """The finding aid of one document, as edited so far.

    Attributes:
        path: where it lies, or will lie.
        transcript: the document described.
        rows: line ``n`` of the file is ``rows[n - 1]``.
        original: the file as it was read; None where there is none yet.
    """

    path: Path
    transcript: Transcript
    rows: tuple[Row, ...]
    original: bytes | None

    @property
    def data(self) -> bytes:
        """The bytes of the file as edited."""
        return b"".join(row.raw for row in self.rows)

    @property
    def lines(self) -> tuple[tuple[int, Part], ...]:
        """Every line that is not blank, with its 1-based number."""
        numbered = enumerate(self.rows, start=1)
        return tuple((number, row.part) for number, row in numbered if row.part is not None)

    def as_saved(self) -> AidFile:
        """Return the same file as if it had just been read."""
        return replace(self, original=self.data)

    def line_asking(self, question: str) -> int | None:
        """Return the line that has this question already, if any."""
        wanted = question_id(question)
        for number, part in self.lines:
            if wanted in map(question_id, questions_of(part)):
                return number
        return None

    def appended(self, *parts: Part) -> AidFile:
        """Return the file with further lines at its end."""
        rows = list(self.rows)
        if parts and rows and not rows[-1].raw.endswith(b"\n"):
            rows[-1] = replace(rows[-1], raw=rows[-1].raw + b"\n")
        rows += [Row(dumped(part) + b"\n", part) for part in parts]
        return replace(self, rows=tuple(rows))

    def with_parts(self, parts: dict[int, Part | None]) -> AidFile:
        """Return the file with other lines in the place of some; None takes a line out.

        Args:
            parts: 1-based line number to what it shall hold.
        """
        rows = []
        for number, row in enumerate(self.rows, start=1):
            if number not in parts:
                rows.append(row)
            elif (part := parts[number]) is not None:
                ending = row.raw[len(row.raw.rstrip(b"\r\n")) :]
                rows.append(Row(dumped(part) + ending, part))
        return replace(self, rows=tuple(rows))


def dumped(part: Part) -> bytes:
    """Return the line of an entry or a known gap, without its line ending."""
    return json.dumps(part.model_dump(mode="json"), ensure_ascii=False).encode()


def open_aid(folder: Path, document: str) -> AidFile:
    """Open the finding aid of a document of an archive, an empty one where there is no file.

    Raises:
        UsageError: there is no such document.
        CorpusError: the document or its aid cannot be used.
    """
    known = document_names(folder)
    if document not in known:
        there = f"there are: {', '.join(known)}" if known else "it holds no document"
        raise UsageError(f"There is no document '{document}' in {folder}; {there}.")
    text = folder / f"{document}.txt"
    path, transcript = aid_path(text), read_transcript(text)
    original = regular_bytes(path) if path.exists() else None
    data = original or b""
    parts = {line.number: line.part for line in parse_aid(data, path, transcript)}
    *whole, rest = data.split(b"\n")
    raws = [line + b"\n" for line in whole] + ([rest] if rest else [])
    rows = tuple(Row(raw, parts.get(number)) for number, raw in enumerate(raws, start=1))
    return AidFile(path, transcript, rows, original)
