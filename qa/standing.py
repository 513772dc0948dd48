"""Where words stand in the file that people have: a line, a paragraph of Word, a row of a table."""

from __future__ import annotations

import re
from enum import StrEnum
from typing import NamedTuple

from corpus.importing.sidecar import Run
from corpus.transcript import Transcript

_NUMBERED = re.compile(r"(paragraph|row) (\d+)")


class Counted(StrEnum):
    """What a file is counted in."""

    LINE = "line"
    PARAGRAPH = "paragraph"
    ROW = "row"


class Stretch(NamedTuple):
    """From which to which line, paragraph or row words stand, counted from 1."""

    counted: Counted
    first: int
    last: int

    @property
    def words(self) -> str:
        """In English: ``line 3``, ``paragraphs 3–5``."""
        if self.first == self.last:
            return f"{self.counted} {self.first}"
        return f"{self.counted}s {self.first}–{self.last}"


def stretch_of(transcript: Transcript, start: int, end: int) -> Stretch:
    """Return where ``[start, end)`` stands, in the original where it keeps such places.

    Args:
        transcript: the document.
        start: first code point.
        end: end, exclusive; behind ``start``.
    """
    source = transcript.source
    runs = source.runs_in(start, end) if source is not None else ()
    if runs:
        first, last = _number(transcript, runs[0], start), _number(transcript, runs[-1], end - 1)
        if first is not None and last is not None and first[0] is last[0]:
            return Stretch(first[0], first[1], max(first[1], last[1]))
    return Stretch(Counted.LINE, transcript.line_at(start), transcript.line_at(end - 1))


def _number(transcript: Transcript, run: Run, at: int) -> tuple[Counted, int] | None:
    numbered = _NUMBERED.match(run.place.unit)
    if numbered is not None:
        return Counted(numbered[1]), int(numbered[2])
    if run.place.line is None:
        return None
    return Counted.LINE, run.place.line + _breaks(transcript.text, run.start, max(at, run.start))


def _breaks(text: str, start: int, end: int) -> int:
    """Count line breaks as editors do: a carriage return and a line feed are one."""
    return len(re.findall(r"\r\n|\r|\n", text[start:end]))
