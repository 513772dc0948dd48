"""Reading of formats that are text: decoding, lines with their offsets, names, times."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from corpus.decoding import decode
from corpus.errors import ImportingError, TranscriptError
from corpus.files import MAX_BYTES
from corpus.importing.imported import Piece, Place
from corpus.labels.names import Likeness, folded, likeness
from corpus.labels.unknown import is_unknown
from corpus.labels.words import ASIDES, CATALOGUE, NOTES
from corpus.languages import UNKNOWN
from corpus.record import Record

_LINE = re.compile(r"([^\r\n]*)(\r\n|\r|\n|\Z)")
_TIME = re.compile(r"(?:(\d{1,4}):)?(\d{1,2}):(\d{1,2})(?:[.,:](\d{1,3}))?\Z")
_MAX_NAME_WORDS = 6
_TIMED = re.compile(r"\s*[\[(]?\b\d{1,4}:\d\d(?::\d\d)?(?:[.,]\d{1,3})?[\])]?\Z")
_MAX_LINE = 2_000_000


@dataclass(frozen=True, slots=True)
class SourceLine:
    """A line of the original; offsets are code points of the decoded file.

    Attributes:
        number: 1-based.
        start: first code point.
        text: without the line break, white space kept.
    """

    number: int
    start: int
    text: str

    @property
    def end(self) -> int:
        """End of the text, exclusive."""
        return self.start + len(self.text)

    def place(
        self, start: int, end: int, time: tuple[float, float] | None = None, unit: str = ""
    ) -> Place:
        """Return the place of ``text[start:end]``."""
        return Place(unit, self.start + start, self.start + end, self.number, None, time)

    def piece(self, start: int, end: int, time: tuple[float, float] | None = None) -> Piece:
        """Return ``text[start:end]`` with its place."""
        return Piece(self.text[start:end], self.place(start, end, time))


def decoded(data: bytes, name: str, *, lined: bool = True) -> tuple[str, str]:
    """Return a file as text and in which encoding it was read.

    Args:
        data: its bytes.
        name: of the file.
        lined: whether its lines are read one by one, so that each is what somebody said at once.

    Raises:
        ImportingError: it is too large, no text, or has a line that nobody can have said.
    """
    if len(data) > MAX_BYTES:
        raise ImportingError(name, f"is {len(data):,} bytes of text; split it below {MAX_BYTES:,}.")
    try:
        found = decode(data, Record(title=name, language=UNKNOWN), Path(name))
    except TranscriptError as error:
        raise ImportingError(name, error.message, error.line) from error
    if lined:
        require_lines(found.text, name)
    return found.text, found.encoding


def require_lines(text: str, name: str, *, numbered: bool = True) -> None:
    """Refuse what nobody can have said in one breath before every sign of it is looked at.

    Args:
        text: of a file, or made from it.
        name: of the file.
        numbered: whether the lines are those of the file.

    Raises:
        ImportingError: a paragraph is longer than a day of speech.
    """
    line = start = 0
    while start <= len(text):
        end = text.find("\n", start)
        end = len(text) if end < 0 else end
        line += 1
        if end - start > _MAX_LINE:
            raise ImportingError(
                name,
                f"has {end - start:,} characters in one paragraph without a line break; break its "
                f"lines below {_MAX_LINE:,}.",
                line if numbered else None,
            )
        start = end + 1


def is_text(data: bytes) -> bool:
    """Whether bytes may be text: no signs that only programs write."""
    head = data[:4096]
    wide = head.startswith((b"\xff\xfe", b"\xfe\xff"))
    return wide or (
        b"\0" not in head and not head.startswith((b"PK\x03\x04", b"%PDF", b"\xd0\xcf"))
    )


def head_of(data: bytes, size: int = 4096) -> str:
    """Return the beginning of a file as text, for a look at its shape."""
    for mark, encoding in ((b"\xff\xfe", "utf-16-le"), (b"\xfe\xff", "utf-16-be")):
        if data.startswith(mark):
            return data[2 : size + 2].decode(encoding, "replace")
    return data[:size].decode("utf-8", "replace").removeprefix("\ufeff")


def source_lines(text: str) -> Iterator[SourceLine]:
    """Yield the lines of a text."""
    number = 1
    for match in _LINE.finditer(text):
        line = match[1]
        start = match.start()
        if number == 1 and line.startswith("\ufeff"):
            line, start = line[1:], start + 1
        yield SourceLine(number, start, line)
        number += 1
        if match.end() == len(text):
            break


def seconds(text: str) -> float | None:
    """Return a time code such as ``1:02:03.500`` in seconds; None where it is none."""
    match = _TIME.match(text.strip().strip("[](){}"))
    if match is None:
        return None
    hours, minutes, rest, part = match.groups()
    whole = int(hours or 0) * 3600 + int(minutes) * 60 + int(rest)
    return whole + (int(part) / 10 ** len(part) if part else 0.0)


def may_be_name(name: str) -> Likeness:
    """Return how much what stands before a colon looks like somebody who speaks."""
    words = folded(name).split()
    if not words or len(words) > _MAX_NAME_WORDS:
        return Likeness.NONE
    if folded(name) in NOTES | CATALOGUE | ASIDES or words[0] in NOTES | ASIDES:
        return Likeness.NONE
    return likeness(name)


def may_be_speaker(name: str) -> Likeness:
    """Return the same where a format sets a name apart: there "?" and "Reed?" are some, too."""
    return Likeness.STRONG if is_unknown(name) else may_be_name(name.rstrip("?？ "))


def without_time(name: str) -> str:
    """Return a name without the time code that programs put behind it."""
    return _TIMED.sub("", name.strip()).strip() or name.strip()
