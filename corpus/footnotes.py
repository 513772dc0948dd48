"""Footnotes: their own words, their number, and the words they explain."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from corpus.errors import RecordError
from corpus.lines import Line
from corpus.record import Record
from corpus.transcript import Note, Sentence, Span

_NUMBER = re.compile(r"\[(\d{1,3})\]\s*")
_BARE_NOTE = re.compile(r"(\d{1,3})[.)]?\s+\S")
_BARE_ANCHOR = re.compile(r"(?<=[^\W\d_]|[.,;!?\"”»’)])(\d{1,3})(?!\w)")


@dataclass(frozen=True, slots=True)
class NoteText:
    """The words of one footnote; ``number`` is counted where the text carries none."""

    number: int
    start: int
    end: int


def read_note_texts(lines: Sequence[Line], anchors: Sequence[int]) -> tuple[NoteText, ...]:
    """Cut the lines after the speech into footnotes.

    A line that begins with a number begins a note. So does a line after a finished sentence
    when the running text has an anchor for which no numbered note exists: the number was lost.

    Args:
        lines: the lines of the notes section.
        anchors: numbers that stand in the running text.
    """
    numbered = {int(match[1]) for line in lines if (match := _NUMBER.match(line.text))}
    missing = sorted(set(anchors) - numbered)
    notes: list[NoteText] = []
    before: Line | None = None
    for line in lines:
        if not line.text:
            continue
        match = _NUMBER.match(line.text)
        if match is not None:
            notes.append(NoteText(int(match[1]), line.start + match.end(), line.end))
        elif not notes or (
            missing
            and before is not None
            and before.ends_a_sentence
            and missing[0] > notes[-1].number
        ):
            number = missing.pop(0) if missing else 1
            notes.append(NoteText(number, line.start, line.end))
        else:
            notes[-1] = NoteText(notes[-1].number, notes[-1].start, line.end)
        before = line
    return tuple(notes)


def tie_notes(
    text: str,
    notes: Sequence[NoteText],
    anchors: Sequence[Span],
    sentences: Sequence[Sentence],
    record: Record,
    path: Path,
) -> tuple[Note, ...]:
    """Tie each note to the words it explains.

    An anchor explains the sentence it stands in or behind. One that was displaced to the start
    of a line explains the sentences on both sides of it.

    Raises:
        RecordError: the record explains a note that does not exist, or by words that do not
            stand exactly once in the text.
    """
    by_number = {int(text[a.start + 1 : a.end - 1]): a for a in reversed(anchors)}
    stated = {note.number: note.explains for note in record.layout.notes}
    unknown = sorted(set(stated) - {note.number for note in notes})
    if unknown:
        raise RecordError(path, f"it explains note {unknown[0]}, which the text does not have.")
    tied = []
    for note in notes:
        anchor = by_number.get(note.number)
        if note.number in stated:
            explains: tuple[Span, ...] = (_words(text, stated[note.number], sentences, path),)
        elif anchor is not None:
            explains = _around(text, anchor, sentences)
        else:
            explains = ()
        tied.append(Note(note.number, note.start, note.end, anchor, explains))
    return tuple(tied)


def _around(text: str, anchor: Span, sentences: Sequence[Sentence]) -> tuple[Span, ...]:
    inside = [s for s in sentences if s.start <= anchor.start and anchor.end <= s.end]
    if inside:
        return (Span(inside[0].start, inside[0].end),)
    behind = [s for s in sentences if s.end <= anchor.start][-1:]
    displaced = anchor.start == 0 or text[anchor.start - 1] in "\r\n"
    ahead = [s for s in sentences if s.start >= anchor.end][:1] if displaced else []
    return tuple(Span(s.start, s.end) for s in behind + ahead)


def _words(text: str, words: str, sentences: Sequence[Sentence], path: Path) -> Span:
    pattern = re.compile(r"\s+".join(map(re.escape, words.split())))
    inside = [
        Span(*match.span())
        for match in pattern.finditer(text)
        if any(s.start <= match.start() and match.end() <= s.end for s in sentences)
    ]
    if len(inside) != 1:
        raise RecordError(
            path,
            f"a note explains “{words}”, which stands {len(inside)} times in the document's "
            "sentences; give words that stand there exactly once.",
        )
    return inside[0]


def find_bare_notes(lines: Sequence[Line]) -> frozenset[int]:
    """Return the offsets of the last lines that are notes: 1, 2, 3 ... each anchored by its number.

    The anchors stand without brackets behind a letter or a stop: "Reed1", "the maps.2".
    """
    found: list[tuple[int, int]] = []
    for line in reversed(lines):
        number = _BARE_NOTE.match(line.text)
        if number is None or (found and int(number[1]) != found[-1][1] - 1):
            break
        found.append((line.start, int(number[1])))
    if not found or found[-1][1] != 1:
        return frozenset()
    above = lines[: len(lines) - len(found)]
    anchors = {int(m[1]) for line in above for m in _BARE_ANCHOR.finditer(line.text)}
    anchored = all(number in anchors for _, number in found)
    return frozenset(start for start, _ in found) if anchored else frozenset()
