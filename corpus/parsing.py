"""Bytes of a transcript file, with its catalogue record, to a :class:`Transcript`."""

from __future__ import annotations

import hashlib
import itertools
from collections.abc import Sequence
from pathlib import Path

from corpus.brackets import find_anchors, find_brackets
from corpus.breaks import Openers
from corpus.decoding import decode
from corpus.errors import RecordError, TranscriptError
from corpus.footnotes import read_note_texts, tie_notes
from corpus.labels import Label, find_labels
from corpus.layout import check_layout
from corpus.lines import Line, split_lines, wrap_width
from corpus.record import Record
from corpus.sections import Sections, find_sections, find_speech
from corpus.sentences import split_sentences
from corpus.transcript import Layer, Region, Sentence, Span, Transcript, Turn
from corpus.units import Unit, header_units, speech_units


def parse(data: bytes, record: Record, document: str, path: Path) -> Transcript:
    """Parse a transcript.

    Args:
        data: the file's bytes; they are decoded once and never changed.
        record: the catalogue record.
        document: the document's id.
        path: named in error messages.

    Raises:
        TranscriptError: the bytes are no text, or hold no speech.
        RecordError: the record contradicts the text.
    """
    decoded = decode(data, record, path)
    text = decoded.text
    lines = split_lines(text)
    check_layout(lines, record, path)
    speech = find_speech(text, record, path)
    labels = find_labels([line for line in lines if line.start >= speech], record)
    _check_labels(labels, lines, record, path)
    sections = find_sections(text, lines, labels, record, path)
    labels = tuple(label for label in labels if label.start < sections.notes)
    anchors = find_anchors(text, sections.header, sections.notes)
    turns = _turns(text, labels, sections)
    width = wrap_width([line for line in lines if line.start >= sections.header])
    sentences, headings = _sentences(text, lines, turns, sections, record, width)
    if not any(sentence.layer is Layer.SPEECH for sentence in sentences):
        raise TranscriptError(path, "has speaker labels but no speech; add what was said.")
    note_texts = read_note_texts(
        [x for x in lines if sections.notes <= x.start < sections.end],
        [int(text[a.start + 1 : a.end - 1]) for a in anchors],
    )
    notes = tie_notes(text, note_texts, anchors, sentences, record, path)
    block = sentences[-1].block + 1
    for i, note in enumerate(notes):
        spans = split_sentences(text, note.start, note.end, record.language_code)
        for span in spans:
            sentences.append(
                Sentence(len(sentences), span.start, span.end, Layer.NOTE, 0, block + i)
            )
    return Transcript(
        id=document,
        text=text,
        sha256=hashlib.sha256(data).hexdigest(),
        record=record,
        encoding=decoded.encoding,
        regions=_regions(text, sections, turns, headings, anchors),
        turns=turns,
        sentences=tuple(sentences),
        headings=headings,
        brackets=find_brackets(text, sections.header, sections.notes)
        + find_brackets(text, sections.notes, sections.end),
        breaks=tuple(sentence.end for sentence in sentences if sentence.breaks_off),
        notes=notes,
    )


def _check_labels(
    labels: Sequence[Label], lines: Sequence[Line], record: Record, path: Path
) -> None:
    if labels and any(label.speaker is not None for label in labels):
        people = {who.name for who in record.participants}
        if people and not people & {label.speaker for label in labels}:
            printed = ", ".join(sorted({label.name for label in labels})[:5])
            raise RecordError(
                path,
                f"the record's participants ({', '.join(sorted(people))}) match no speaker label "
                f"of the text ({printed}); correct their names or aliases.",
            )
        return
    expected = (
        f"one of the participants, for example '{record.participants[0].names[-1]}:'"
        if record.participants
        else "a line such as 'Name:' or 'Name: words'"
    )
    visible = sum(1 for line in lines if line.text)
    raise TranscriptError(
        path,
        f"has no speaker label in its {visible} lines: expected {expected}; add labels, or state "
        "layout.speaker_label in the record.",
    )


def _turns(text: str, labels: Sequence[Label], sections: Sections) -> tuple[Turn, ...]:
    turns = []
    for i, label in enumerate(labels):
        limit = labels[i + 1].start if i + 1 < len(labels) else sections.notes
        end = limit
        while end > label.end and text[end - 1].isspace():
            end -= 1
        turns.append(Turn(i + 1, label.speaker, Span(label.start, label.end), label.end, end))
    return tuple(turns)


def _sentences(
    text: str,
    lines: Sequence[Line],
    turns: Sequence[Turn],
    sections: Sections,
    record: Record,
    width: int | None,
) -> tuple[list[Sentence], tuple[Span, ...]]:
    header = [x for x in lines if sections.header <= x.start < sections.speech]
    sentences: list[Sentence] = []
    headings: list[Span] = []
    language = record.language_code
    _add(sentences, text, header_units(header, width, 0), Layer.HEADER, 0, language)
    openers = Openers.read(text[sections.speech : sections.notes])
    block = 1
    for turn in turns:
        body = [x for x in lines if turn.start <= x.start < turn.end]
        body = _words_beside_label(text, lines, turn) + body
        units, found = speech_units(body, openers, record.layout, width, block)
        _add(sentences, text, units, Layer.SPEECH, turn.number, language)
        headings.extend(found)
        block = max([unit.block for unit in units], default=block) + 1
    return sentences, tuple(headings)


def _words_beside_label(text: str, lines: Sequence[Line], turn: Turn) -> list[Line]:
    line = next(x for x in lines if x.start <= turn.label.start < max(x.end, x.start + 1))
    start = turn.label.end
    while start < line.end and text[start].isspace():
        start += 1
    if start >= line.end:
        return []
    return [Line(line.number, start, line.end, text[start : line.end])]


def _add(
    sentences: list[Sentence],
    text: str,
    units: Sequence[Unit],
    layer: Layer,
    turn: int,
    language: str,
) -> None:
    for unit in units:
        spans = split_sentences(text, unit.start, unit.end, language)
        for i, span in enumerate(spans):
            breaks_off = unit.breaks_off and i == len(spans) - 1
            sentences.append(
                Sentence(len(sentences), span.start, span.end, layer, turn, unit.block, breaks_off)
            )


def _regions(
    text: str,
    sections: Sections,
    turns: Sequence[Turn],
    headings: Sequence[Span],
    anchors: Sequence[Span],
) -> tuple[Region, ...]:
    marks: list[tuple[int, int, Layer]] = [
        (0, sections.header, Layer.HOST),
        (sections.header, sections.speech, Layer.HEADER),
        (sections.speech, sections.notes, Layer.SPEECH),
        (sections.notes, sections.end, Layer.NOTE),
        (sections.end, len(text), Layer.HOST),
    ]
    marks += [(turn.label.start, turn.label.end, Layer.LABEL) for turn in turns]
    marks += [(span.start, span.end, Layer.HEADING) for span in headings]
    marks += [(span.start, span.end, Layer.ANCHOR) for span in anchors]
    edges = sorted({edge for start, end, _ in marks for edge in (start, end)})
    regions: list[Region] = []
    for start, end in itertools.pairwise(edges):
        layer = next(mark for s, e, mark in reversed(marks) if s <= start and end <= e)
        if regions and regions[-1].layer is layer:
            regions[-1] = Region(regions[-1].start, end, layer)
        else:
            regions.append(Region(start, end, layer))
    return tuple(regions)
