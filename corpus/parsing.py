"""Bytes of a transcript file, with its catalogue record, to a :class:`Transcript`."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

from corpus.brackets import find_anchors, find_brackets
from corpus.breaks import Openers
from corpus.cues import head_codes
from corpus.decoding import decode
from corpus.directions import amid_sentences, find_directions, inline_remarks, is_direction
from corpus.errors import RecordError, TranscriptError, UnlabelledError
from corpus.footnotes import find_bare_notes, read_note_texts, tie_notes
from corpus.habits import Habits, Row, has_small_letters, is_punctuated
from corpus.labels import Content, Label, Labelling, find_labels
from corpus.labels.candidates import quoted_lines
from corpus.labels.names import Name, folded, is_capitals
from corpus.labels.people import are_shared_initials
from corpus.labels.shapes import BY_NAME
from corpus.labels.unknown import is_unknown
from corpus.layout import check_layout
from corpus.lines import Line, split_lines, steady_width, wrap_width
from corpus.markup import refuse_columns, refuse_markup
from corpus.page import Page, read_page
from corpus.painting import blanked, paint
from corpus.recognising import recognise
from corpus.record import Record
from corpus.sections import Sections, find_sections, find_speech
from corpus.sentences import split_sentences
from corpus.telling import resumed, telling
from corpus.transcript import Layer, Note, Region, Sentence, Span, Transcript
from corpus.turns import Builder, rows_between
from corpus.voices import NARRATIVE, WAYS, with_voices

PAGED = frozenset({"PDF"})
"""Formats whose pages are told apart before their text is read."""


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
    refuse_markup(text, path)
    lines = split_lines(text)
    refuse_columns(lines, path)
    check_layout(lines, record, path)
    # An importer of pages has seen where they end, and has left their heads and feet out.
    paged = record.original is None or record.original.format not in PAGED
    page = read_page(text, lines, record.layout.speech, paged=paged)
    directions = find_directions(page.lines, page.opens)
    begins = find_speech(text, record, path)
    labelling = find_labels(_content(page, directions, begins), text, record)
    labelling = with_voices(labelling, text, lines, record, path, begins)
    if not record.narrative:
        _check_labels(labelling.labels, lines, record, path)
    sections = find_sections(text, lines, labelling.labels, record, path)
    labels = [label for label in labelling.labels if label.start < sections.notes]
    bodies = _bodies(page, labels, sections)
    marks = [m for m in page.marks if sections.header <= m.start < sections.notes]
    if not record.narrative:
        codes = head_codes(_heads(bodies, directions))
        marks = sorted([*marks, *codes], key=lambda mark: mark.start)
    remarks = list(_remarks(text, bodies, directions))
    heard = [one for one in remarks if is_direction(text, one)]
    builder = Builder(
        blanked(text, [*marks, *heard]),
        record,
        Openers.read(text[sections.speech : sections.notes]),
        _habits(page, directions, sections, labelling, bodies, record),
    )
    starts = [line.start for line in page.lines]
    builder.header(list(rows_between(page, starts, sections.header, sections.speech)))
    for label, rows, end in bodies:
        if label.form == NARRATIVE:
            builder.narrative(rows)
        else:
            builder.turn(label, rows, end)
    said = Layer.NARRATION if record.narrative else Layer.SPEECH
    if not any(sentence.layer is said for sentence in builder.sentences):
        raise TranscriptError(path, "has speaker labels but no speech; add what was said.")
    anchors = find_anchors(text, sections.header, sections.notes)
    notes = _notes(text, lines, sections, anchors, builder, path)
    inside, apart = amid_sentences(heard, builder.sentences)
    marks += apart
    brackets = find_brackets(text, sections.header, sections.notes, anchors, marks)
    brackets = tuple(sorted(brackets + inside))
    return Transcript(
        id=document,
        text=text,
        sha256=hashlib.sha256(data).hexdigest(),
        record=record,
        encoding=decoded.encoding,
        regions=_regions(text, sections, builder.marks, anchors, marks),
        turns=tuple(builder.turns),
        sentences=tuple(builder.sentences),
        headings=tuple(builder.headings),
        brackets=brackets + find_brackets(text, sections.notes, sections.end, (), ()),
        breaks=tuple(sentence.end for sentence in builder.sentences if sentence.breaks_off),
        notes=notes,
        recognised=recognise(text, labels, builder, labelling, remarks),
    )


def _content(page: Page, directions: frozenset[int], begins: int) -> Content:
    """Return the lines in which labels are looked for."""
    lines: list[Line] = []
    opens: list[bool] = []
    resumes = set[int]()
    behind = False
    for i, line in enumerate(page.lines):
        if i in directions or line.start < begins:
            behind = True
            continue
        if behind and lines:
            resumes.add(len(lines))
        lines.append(line)
        opens.append(page.opens[i] or behind or i in page.behind_cue)
        behind = False
    return Content(
        lines,
        opens,
        steady_width(_with_blanks(lines, opens)),
        page.cued,
        quoted_lines(lines, opens),
        frozenset(resumes),
        [line for i, line in enumerate(page.lines) if i in directions and line.start >= begins],
    )


def _with_blanks(lines: Sequence[Line], opens: Sequence[bool]) -> list[Line]:
    """Put a blank line before each paragraph."""
    found: list[Line] = []
    for line, opened in zip(lines, opens, strict=True):
        if opened:
            found.append(Line(line.number, line.start, line.start, ""))
        found.append(line)
    return found


Body = tuple[Label, list[Row], int]


def _bodies(page: Page, labels: Sequence[Label], sections: Sections) -> list[Body]:
    """Return each label with the lines up to the next, and where they end."""
    starts = [line.start for line in page.lines]
    ends = [label.start for label in labels[1:]] + [sections.notes]
    return [
        (label, list(rows_between(page, starts, label.end, end)), end)
        for label, end in zip(labels, ends, strict=True)
    ]


def _heads(bodies: Sequence[Body], directions: frozenset[int]) -> list[Line]:
    """Return the first line of each speech, and of the paragraphs in it."""
    return [
        row.line
        for _, rows, _ in bodies
        for i, row in enumerate([row for row in rows if row.index not in directions])
        if i == 0 or row.opens
    ]


def _remarks(text: str, bodies: Sequence[Body], directions: frozenset[int]) -> Iterator[Region]:
    """Yield the brackets inside what is said that note what is heard."""
    for _, rows, _ in bodies:
        for row in rows:
            if row.index not in directions:
                for span in inline_remarks(text, row.line.start, row.line.end):
                    yield Region(*span, Layer.DIRECTION)


def _habits(
    page: Page,
    directions: frozenset[int],
    sections: Sections,
    labelling: Labelling,
    bodies: Sequence[Body],
    record: Record,
) -> Habits:
    kept = [i for i, line in enumerate(page.lines) if line.start >= sections.header]
    lines = [page.lines[i] for i in kept]
    heard = {label.speaker for label in labelling.labels if not label.silent}
    spoken = [row for _, rows, _ in bodies for row in rows if row.index not in directions]
    printed = [label.name for label in labelling.labels if label.speaker]
    listed = [name for who in record.participants for name in who.names]
    habits = Habits(
        names=frozenset(filter(_telling, map(folded, [*printed, *listed, *filter(None, heard)]))),
        printed=frozenset(filter(_telling, printed))
        | frozenset(filter(_telling, (Name.read(name).base for name in printed))),
        capital_labels=bool(printed) and sum(map(is_capitals, printed)) * 2 > len(printed),
        listed=frozenset(filter(_telling, map(folded, listed))),
        punctuated=is_punctuated([rows[-1].line for _, rows, _ in bodies if rows]),
        capitals=has_small_letters(lines),
        width=wrap_width(_with_blanks(lines, [page.opens[i] for i in kept])),
        cued=page.cued,
        voiced=page.cued and any(form.name == "voice" for form in labelling.grammar),
        lonely=len(heard) == 1 and None not in heard,
        single=False,
        told=False,
        seldom=False,
        resumed=frozenset(),
        directions=directions,
        behind_cue=page.behind_cue,
        behind_rule=page.behind_rule,
        catalogue=labelling.catalogue | find_bare_notes(lines),
        last=spoken[-1].index + 1 if spoken else 0,
    )
    kept_rows = [[row for row in rows if row.index not in directions] for _, rows, _ in bodies]
    if not any(
        BY_NAME[label.form].family == "clock" for label, _, _ in bodies if label.form in BY_NAME
    ):
        turns = [(label.speaker, rows) for label, rows, _ in bodies]
        habits = replace(habits, resumed=resumed(turns, habits))
    single, told, seldom = telling(kept_rows, habits)
    return replace(habits, single=single, told=told, seldom=seldom)


def _telling(name: str) -> bool:
    return len(name) > 2  # noqa: PLR2004 - initials begin sentences, too


def _notes(
    text: str,
    lines: Sequence[Line],
    sections: Sections,
    anchors: Sequence[Span],
    builder: Builder,
    path: Path,
) -> tuple[Note, ...]:
    """Read the footnotes, and add their sentences behind those of the speech."""
    texts = read_note_texts(
        [x for x in lines if sections.notes <= x.start < sections.end],
        [int(text[a.start + 1 : a.end - 1]) for a in anchors],
    )
    sentences, record = builder.sentences, builder.record
    notes = tie_notes(text, texts, anchors, sentences, record, path)
    block = sentences[-1].block + 1
    for i, note in enumerate(notes):
        for span in split_sentences(text, note.start, note.end, record.language_code):
            number = len(sentences)
            sentences.append(Sentence(number, span.start, span.end, Layer.NOTE, 0, block + i))
    return notes


def _check_labels(
    labels: Sequence[Label], lines: Sequence[Line], record: Record, path: Path
) -> None:
    # Initials that several participants share name nobody, and contradict no record.
    if any(are_shared_initials(label.name, record.participants) for label in labels):
        return
    named = any(label.speaker is not None for label in labels)
    if not named and any(is_unknown(label.name) for label in labels):
        return
    if named:
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
    if len(record.participants) == 1:
        expected += (
            "; something recurs in it as labels or questions do, so that it is not simply taken "
            f"for the talk of {record.participants[0].name}"
        )
    visible = sum(1 for line in lines if line.text)
    raise UnlabelledError(
        path,
        f"has no speaker label in its {visible} lines: expected {expected}; {WAYS}.",
    )


def _regions(
    text: str,
    sections: Sections,
    built: Sequence[Region],
    anchors: Sequence[Span],
    marks: Sequence[Region],
) -> tuple[Region, ...]:
    parts = [
        Region(0, sections.header, Layer.HOST),
        Region(sections.header, sections.speech, Layer.HEADER),
        Region(sections.speech, sections.notes, Layer.SPEECH),
        Region(sections.notes, sections.end, Layer.NOTE),
        Region(sections.end, len(text), Layer.HOST),
    ]
    numbers = [Region(span.start, span.end, Layer.ANCHOR) for span in anchors]
    return paint(len(text), [*parts, *built, *numbers, *marks])
