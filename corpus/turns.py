"""Turns and sentences from the labels and the lines between them."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from corpus.breaks import Openers
from corpus.habits import Habits, Row
from corpus.labels import Label
from corpus.page import Page
from corpus.recognised import Doubt
from corpus.record import Record
from corpus.sentences import split_sentences
from corpus.stretches import Stretch, cut
from corpus.transcript import Layer, Region, Sentence, Span, Turn
from corpus.units import Unit, header_units, speech_units

_SHOWN = 60
_INVISIBLE = "\ufeff \t\u00a0\u3000\v\f"


@dataclass(slots=True)
class Builder:
    """Collects turns, sentences and marks of layers, in the order of the text.

    Attributes:
        text: the source, with spaces in place of what is no words.
        record: the catalogue record.
        openers: from the whole text.
        habits: how the document is written.
    """

    text: str
    record: Record
    openers: Openers
    habits: Habits
    turns: list[Turn] = field(default_factory=list)
    sentences: list[Sentence] = field(default_factory=list)
    headings: list[Span] = field(default_factory=list)
    marks: list[Region] = field(default_factory=list)
    doubts: list[Doubt] = field(default_factory=list)
    block: int = 1

    def header(self, rows: Sequence[Row]) -> None:
        """Add the header's lines."""
        self._add(header_units(rows, self.habits.width, 0), Layer.HEADER, 0)

    def turn(self, label: Label, rows: Sequence[Row], end: int) -> None:
        """Add what stands between a label and ``end``."""
        self.marks.append(Region(label.start, label.end, Layer.LABEL))
        turn = Turn(len(self.turns) + 1, label.speaker, Span(label.start, label.end), label.end, 0)
        opened: Turn | None = None if label.silent else turn
        last = label.end
        speaker = label.speaker
        for stretch in cut(rows, self.habits, self.record.layout):
            if stretch.closes or stretch.layer is Layer.NARRATION:
                self._close(opened, last)
                opened = None
                speaker = None if stretch.closes and not label.is_stated else speaker
            if stretch.named is not None and not label.is_stated:
                self.doubts.append(_nameless(stretch.named))
            if stretch.layer is Layer.SPEECH and stretch.rows:
                opened = opened or self._anonymous(speaker, stretch)
                self._speech(stretch, opened)
            elif stretch.rows:
                self._other(stretch)
            if stretch.rows:
                last = stretch.rows[-1].line.end
        self._close(opened, max(last, _stripped(self.text, label.end, end)))

    def narrative(self, rows: Sequence[Row]) -> None:
        """Add a text in which nobody speaks."""
        for stretch in cut(rows, replace(self.habits, lonely=True), self.record.layout):
            if stretch.layer is Layer.SPEECH and stretch.rows:
                first, last = stretch.rows[0].line, stretch.rows[-1].line
                self.marks.append(Region(first.start, last.end, Layer.NARRATION))
                self._sentences(stretch, Layer.NARRATION, 0)
            elif stretch.rows:
                self._other(stretch)

    def _anonymous(self, speaker: str | None, stretch: Stretch) -> Turn:
        start = stretch.rows[0].line.start
        return Turn(len(self.turns) + 1, speaker, Span(start, start), start, 0)

    def _close(self, turn: Turn | None, end: int) -> None:
        if turn is not None:
            end = max(end, turn.start)
            self.turns.append(Turn(turn.number, turn.speaker, turn.label, turn.start, end))

    def _speech(self, stretch: Stretch, turn: Turn) -> None:
        self._sentences(stretch, Layer.SPEECH, turn.number)

    def _sentences(self, stretch: Stretch, layer: Layer, turn: int) -> None:
        record = self.record
        units, found = speech_units(
            stretch.rows, self.openers, record.layout, self.habits, self.block
        )
        self._add(units, layer, turn)
        self.headings.extend(found)
        self.marks += [Region(span.start, span.end, Layer.HEADING) for span in found]
        self.block = max([unit.block for unit in units], default=self.block) + 1

    def _other(self, stretch: Stretch) -> None:
        """Add what nobody says."""
        span = Span(stretch.rows[0].line.start, stretch.rows[-1].line.end)
        self.marks.append(Region(span.start, span.end, stretch.layer))
        if stretch.layer is Layer.HEADING:
            self.headings.append(span)
        elif stretch.layer is Layer.NARRATION:
            self._add(header_units(stretch.rows, self.habits.width, self.block), stretch.layer, 0)
            self.block += 1

    def _add(self, units: Sequence[Unit], layer: Layer, turn: int) -> None:
        for unit in units:
            spans = split_sentences(self.text, unit.start, unit.end, self.record.language_code)
            for i, span in enumerate(spans):
                breaks_off = unit.breaks_off and i == len(spans) - 1
                number = len(self.sentences)
                self.sentences.append(
                    Sentence(number, span.start, span.end, layer, turn, unit.block, breaks_off)
                )


def _nameless(row: Row) -> Doubt:
    """A paragraph that begins with a participant's name and no colon."""
    line = row.line
    words = " ".join(line.text[:_SHOWN].split())
    return Doubt(
        line.number,
        line.start,
        min(line.end, line.start + _SHOWN),
        words,
        "begins as if with a name, but no colon; from here on the speaker is not established",
        f"If these are the words of the speaker before, put “{' '.join(words.split()[:4])}” into "
        "layout.speech; if the name is a label, mend the text or state who speaks in [[voices]].",
    )


def _stripped(text: str, start: int, end: int) -> int:
    while end > start and text[end - 1].isspace():
        end -= 1
    return end


def rows_between(page: Page, starts: Sequence[int], begin: int, end: int) -> Iterator[Row]:
    """Return the lines of ``[begin, end)``, those at its borders cut.

    Args:
        page: the lines of the text.
        starts: their first offsets.
        begin: first offset.
        end: end, exclusive.
    """
    i = max(bisect_right(starts, begin) - 1, 0)
    while i < len(page.lines) and page.lines[i].start < end:
        line = page.lines[i]
        if line.end > begin:
            row = _clipped(page, i, max(line.start, begin), min(line.end, end))
            if row is not None:
                yield row
        i += 1


def _clipped(page: Page, i: int, begin: int, end: int) -> Row | None:
    line = page.lines[i]
    if (begin, end) == (line.start, line.end):
        return Row(line, page.opens[i], i)
    text = line.text[begin - line.start : end - line.start]
    left = len(text) - len(text.lstrip())
    words = text.strip()
    if not words.strip(_INVISIBLE):
        return None
    start = begin + left
    return Row(type(line)(line.number, start, start + len(words), words), False, i)
