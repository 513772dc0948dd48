"""Where the host page ends, the header ends, and the footnotes begin."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from corpus.errors import RecordError
from corpus.labels import Label
from corpus.labels.words import WEB_PAGE
from corpus.lines import Line
from corpus.record import Record

_NOTE = re.compile(r"\[(\d{1,3})\]\s*\S")
_ANCHOR = re.compile(r"\[(\d{1,3})\]")
_FIRST_NOTE = re.compile(r"\[1\]\s*\S")


@dataclass(frozen=True, slots=True)
class Sections:
    """Offsets of the parts of a document: ``host | header | speech | notes | host``."""

    header: int
    speech: int
    notes: int
    end: int


def find_speech(text: str, record: Record, path: Path) -> int:
    """Return the offset before which no speaker label stands, as the record's layout says.

    Raises:
        RecordError: the layout names words that the text does not have.
    """
    words = record.layout.speech_from
    return 0 if words is None else _find(text, words, "layout.speech_from", path)


def find_sections(
    text: str, lines: Sequence[Line], labels: Sequence[Label], record: Record, path: Path
) -> Sections:
    """Find the parts of a document, as detected or as the record's layout says.

    Where signs of a web page stand before the record's title, the header begins with the title;
    without them the whole page before the first label is header. Footnotes begin at the last line
    that starts with ``[1]``; if labels seem to follow it ("Physical Review, 44 (1922):"), only
    where the numbers run on to the end of the text and are anchored above.

    Raises:
        RecordError: the layout names words that the text does not have.
    """
    layout = record.layout
    speech = labels[0].start
    if layout.header_from is not None:
        header = _find(text, layout.header_from, "layout.header_from", path)
    else:
        title = re.compile(r"\s+".join(map(re.escape, record.title.split())), re.IGNORECASE)
        starts = (line.start for line in lines if line.start < speech)
        header = next((start for start in starts if title.match(text, start)), 0)
        if not _is_web_page(text[:header]):
            header = 0
    if layout.notes_from is not None:
        notes = _find(text, layout.notes_from, "layout.notes_from", path)
    else:
        found = [line.start for line in lines if _FIRST_NOTE.match(line.text)]
        notes = found[-1] if found else len(text)
        if notes <= labels[-1].end and not _are_notes(text, lines, notes):
            notes = len(text)
    end = len(text)
    if layout.ends_with is not None:
        end = _find(text, layout.ends_with, "layout.ends_with", path) + len(layout.ends_with)
    if not header <= speech < notes:
        raise RecordError(
            path, "its layout puts header, speech and notes in the wrong order; check the words."
        )
    return Sections(header, speech, min(notes, end), end)


def _are_notes(text: str, lines: Sequence[Line], start: int) -> bool:
    """Whether the lines from ``start`` on are footnotes: [1], [2], [3] ..., anchored above."""
    behind = [line for line in lines if line.start >= start]
    numbers = [int(m[1]) for line in behind if (m := _NOTE.match(line.text))]
    anchors = {int(m[1]) for m in _ANCHOR.finditer(text, 0, start)}
    in_order = numbers == list(range(1, len(numbers) + 1)) and len(numbers) > 1
    return in_order and 2 * len(anchors & set(numbers)) >= len(numbers)


def _is_web_page(text: str) -> bool:
    """Whether something that only web pages say stands in ``text``."""
    small = text.casefold()
    return any(sign in small for sign in WEB_PAGE)


def _find(text: str, words: str, field: str, path: Path) -> int:
    pattern = r"\s+".join(map(re.escape, words.split()))
    match = re.search(pattern, text)
    if match is None:
        raise RecordError(path, f"'{field}' names “{words}”, which the text does not contain.")
    return match.start()
