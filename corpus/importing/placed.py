"""A document whose original states who speaks: read by its table, without looking for labels.

A name is put to words only where the table does; whatever the words look like ("Note: …", the
name of somebody else and a colon), they stay with whom the original gives them to.
"""

from __future__ import annotations

import hashlib
import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from corpus.brackets import find_brackets
from corpus.cues import head_codes, inline_codes
from corpus.directions import amid_sentences, inline_remarks, is_direction
from corpus.errors import RecordError, TranscriptError
from corpus.importing.imported import Kind
from corpus.importing.sidecar import Stated
from corpus.lines import Line, line_starts
from corpus.painting import blanked, paint
from corpus.parsing import parse
from corpus.recognised import Doubt, Form, Heard, Recognised
from corpus.record import Record
from corpus.sentences import split_sentences
from corpus.transcript import Layer, Note, Region, Sentence, Span, Transcript, Turn
from corpus.voices import IN_RECORD

_FIRST_WORDS = 8
_MOST_SHOWN = 120
_UNNAMED = "the file does not know who speaks, or has no name in the place of one"
_PARAGRAPH = re.compile(r"[^\n]+")
_ANCHOR = re.compile(r"\[(\d{1,3})\]")
_LAYERS = {
    Kind.HEADER: Layer.HEADER,
    Kind.HEADING: Layer.HEADING,
    Kind.SPEECH: Layer.SPEECH,
    Kind.NARRATION: Layer.NARRATION,
    Kind.DIRECTION: Layer.DIRECTION,
    Kind.NOTE: Layer.NOTE,
}
_QUOTED = frozenset({Kind.HEADER, Kind.SPEECH, Kind.NARRATION})


@dataclass(slots=True)
class _Reading:
    """What has been read so far, in the order of the text."""

    text: str
    record: Record
    turns: list[Turn] = field(default_factory=list)
    sentences: list[Sentence] = field(default_factory=list)
    headings: list[Span] = field(default_factory=list)
    regions: list[Region] = field(default_factory=list)
    block: int = 0

    def add(self, stated: Stated, speaker: str | None) -> None:
        self.block += 1
        if stated.label < stated.start:
            self.regions.append(Region(stated.label, stated.start, Layer.LABEL))
        self.regions.append(Region(stated.start, stated.end, _LAYERS[stated.kind]))
        turn = 0
        if stated.kind is Kind.HEADING:
            self.headings.append(Span(stated.start, stated.end))
        if stated.kind is Kind.SPEECH:
            turn = len(self.turns) + 1
            label = Span(stated.label, stated.start)
            self.turns.append(Turn(turn, speaker, label, stated.start, stated.end))
        if stated.kind in _QUOTED:
            self._sentences(stated.start, stated.end, _LAYERS[stated.kind], turn)

    def _sentences(self, start: int, end: int, layer: Layer, turn: int) -> None:
        for paragraph in _PARAGRAPH.finditer(self.text, start, end):
            spans = split_sentences(self.text, *paragraph.span(), self.record.language_code)
            for span in spans:
                number = len(self.sentences)
                one = Sentence(number, span.start, span.end, layer, turn, self.block)
                self.sentences.append(one)

    def note(self, stated: Stated, anchors: dict[int, Span]) -> Note:
        """Add a footnote; it explains what its number stands behind in the same sentence."""
        self.block += 1
        self.regions.append(Region(stated.start, stated.end, Layer.NOTE))
        self._sentences(stated.start, stated.end, Layer.NOTE, 0)
        anchor = anchors.get(stated.number or 0)
        held = [s for s in self.sentences if anchor and s.start < anchor.start <= s.end]
        explained = (Span(held[-1].start, anchor.start),) if held and anchor else ()
        return Note(stated.number or 0, stated.start, stated.end, anchor, explained)


def parse_imported(
    data: bytes, record: Record, document: str, path: Path, table: Sequence[Stated] | None
) -> Transcript:
    """Return the transcript of an imported document, by its table or, without one, by its labels.

    Args:
        data: the canonical text, UTF-8.
        record: the catalogue record.
        document: the document's id.
        path: named in errors.
        table: what the original states, in order of the text; None where it states no speakers.

    Raises:
        TranscriptError: nothing is said in it.
        RecordError: the record contradicts it.
    """
    if table is None or (_says_who_speaks(record) and not any(s.speaker for s in table)):
        # Where the original names nobody, the record may: a letter, a talk, a memorandum.
        return parse(data, record, document, path)
    return parse_placed(data, record, document, path, table)


def _says_who_speaks(record: Record) -> bool:
    return bool(record.voices or record.narrative or len(record.participants) == 1)


def parse_placed(
    data: bytes, record: Record, document: str, path: Path, table: Sequence[Stated]
) -> Transcript:
    """Return the transcript of an imported document.

    Args:
        data: the canonical text, UTF-8.
        record: the catalogue record; its participants' names and aliases rename speakers.
        document: the document's id.
        path: named in errors.
        table: what the original states, in order of the text.

    Raises:
        TranscriptError: nothing is said in it.
        RecordError: the record corrects what the original states.
    """
    text = data.decode()
    if record.voices or record.narrative:
        raise RecordError(
            path.with_suffix(".toml"),
            "says who speaks ('voices', 'narrative'), and so does the original; leave it out here.",
        )
    names = _names(table, record)
    remarks = tuple(
        Region(*span, Layer.DIRECTION)
        for stated in table
        if stated.kind is Kind.SPEECH
        for span in inline_remarks(text, stated.start, stated.end)
    )
    heard = [one for one in remarks if is_direction(text, one)]
    codes = _codes(text, table)
    reading = _Reading(blanked(text, [*heard, *codes]), record)
    for stated, name in zip(table, names, strict=True):
        if stated.kind is not Kind.NOTE:
            reading.add(stated, name)
    if not reading.sentences:
        raise TranscriptError(path, "has no words that anybody says or tells.")
    end = max((s.end for s in table if s.kind is not Kind.NOTE), default=0)
    noted = [s for s in table if s.kind is Kind.NOTE]
    anchors = _anchors(text, end, {s.number for s in noted})
    notes = tuple(reading.note(stated, anchors) for stated in noted)
    marks = [Region(span.start, span.end, Layer.ANCHOR) for span in anchors.values()]
    inside, apart = amid_sentences(heard, reading.sentences)
    marks += [*apart, *codes]
    return Transcript(
        id=document,
        text=text,
        sha256=hashlib.sha256(data).hexdigest(),
        record=record,
        regions=paint(len(text), [Region(0, len(text), Layer.SPEECH), *reading.regions, *marks]),
        turns=tuple(reading.turns),
        sentences=tuple(reading.sentences),
        headings=tuple(reading.headings),
        brackets=tuple(
            sorted(find_brackets(text, 0, len(text), tuple(anchors.values()), codes) + inside)
        ),
        breaks=(),
        notes=notes,
        recognised=Recognised(
            (Form("original", "stated by the original", sum(n is not None for n in names)),),
            _heard(blanked(text, [*remarks, *codes]), table, names, record),
            sum(turn.speaker is None for turn in reading.turns),
            tuple(_doubts(text, table)),
        ),
    )


def _codes(text: str, table: Sequence[Stated]) -> list[Region]:
    """Return the time codes that a file has among its words."""
    lines = [
        Line(0, *paragraph.span(), paragraph[0])
        for stated in table
        if stated.kind is Kind.SPEECH
        for paragraph in _PARAGRAPH.finditer(text, stated.start, stated.end)
    ]
    return [*inline_codes(lines, cued=False), *head_codes(lines)]


def _names(table: Sequence[Stated], record: Record) -> list[str | None]:
    """Return who speaks in each stretch, as the record calls whom the original names."""
    called = {name.casefold(): who.name for who in record.participants for name in who.names}
    return [
        None if s.speaker is None else called.get(s.speaker.casefold(), s.speaker) for s in table
    ]


def _anchors(text: str, end: int, numbers: set[int | None]) -> dict[int, Span]:
    """Return where the numbers of footnotes stand in the running text."""
    found: dict[int, Span] = {}
    for match in _ANCHOR.finditer(text, 0, end):
        if int(match[1]) in numbers:
            found.setdefault(int(match[1]), Span(*match.span()))
    return found


def _heard(
    text: str, table: Sequence[Stated], names: Sequence[str | None], record: Record
) -> tuple[Heard, ...]:
    listed = {who.name for who in record.participants}
    said: dict[str, list[Stated]] = {}
    for stated, name in zip(table, names, strict=True):
        if stated.kind is Kind.SPEECH and name is not None:
            said.setdefault(name, []).append(stated)
    return tuple(
        Heard(
            speaker=name,
            labels=tuple(dict.fromkeys(s.speaker for s in spoken if s.speaker)),
            listed=name in listed,
            turns=len(spoken),
            words=sum(len(text[s.start : s.end].split()) for s in spoken),
            first_words=_first_words(text, spoken[0]),
        )
        for name, spoken in said.items()
    )


def _first_words(text: str, stated: Stated) -> str:
    beginning = text[stated.start : min(stated.end, stated.start + _MOST_SHOWN)]
    return " ".join(beginning.split()[:_FIRST_WORDS])


def _doubts(text: str, table: Sequence[Stated]) -> Iterator[Doubt]:
    lines = line_starts(text)
    remedy = "Name the speaker in the original and add it again."
    if not any(stated.speaker for stated in table):
        remedy = f"Name the speakers in the original and add it again; {IN_RECORD}."
    for stated in table:
        if stated.kind is Kind.SPEECH and (stated.doubt or stated.speaker is None):
            words = _first_words(text, stated)
            line = bisect_right(lines, stated.start)
            yield Doubt(
                line,
                stated.start,
                stated.end,
                words,
                f"{stated.doubt or _UNNAMED}; the speaker is not established",
                remedy,
            )
