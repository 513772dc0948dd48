"""Gold questions: what a careful archivist would quote, as ranges of the source.

A gold file holds one JSON object a line. Relevance is kept as code-point ranges of the source
file, so that cutting the text into other passages leaves every judgment valid.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path

from corpus.archive import Archive
from corpus.gold_rows import JudgmentError, Row, SpanRow, read_rows
from corpus.transcript import Layer, Transcript


@dataclass(frozen=True, slots=True)
class GoldSpan:
    """A passage that answers: ``text`` is the slice ``start:end`` of the document."""

    document: str
    start: int
    end: int
    text: str


GoldSet = tuple[GoldSpan, ...]
"""Passages that together make an acceptable answer."""


@dataclass(frozen=True, slots=True)
class Question:
    """A question with its judgment.

    Attributes:
        qid: unique in its file.
        question: as asked.
        type: the curator's category, for slices of a report.
        history: earlier questions of the same conversation, oldest first.
        language: ISO 639-1 code of the question.
        answerable: whether the archive answers it; where not, declining is right.
        spans: the minimal set to quote; empty where ``answerable`` is false.
        alternatives: other acceptable sets, or tolerated ones where ``answerable`` is false.
        speaker: who must be quoted; None for header, footnote or either speaker.
        note: the curator's remark.
        translated: whether it was translated from another gold question, whose ``qid`` its own
            begins with, instead of being asked in its language.
        style: how it is put, for slices of a report; empty where the curator does not say.
        document: which document it is about, whether that answers it or not; empty where the
            curator does not say.
    """

    qid: str
    question: str
    type: str
    history: tuple[str, ...]
    language: str
    answerable: bool
    spans: GoldSet
    alternatives: tuple[GoldSet, ...]
    speaker: str | None
    note: str
    translated: bool = False
    style: str = ""
    document: str = ""

    @property
    def acceptable(self) -> tuple[GoldSet, ...]:
        """Every set that makes a right answer, the minimal one first; none if unanswerable."""
        return (self.spans, *self.alternatives) if self.answerable else ()

    @property
    def original(self) -> str:
        """The ``qid`` of the question this one is a translation of, or its own."""
        return self.qid.rpartition("-")[0] if self.translated else self.qid

    @property
    def tolerated(self) -> tuple[GoldSet, ...]:
        """Sets that may be quoted although declining is better."""
        return () if self.answerable else self.alternatives


def shipped_questions() -> Path:
    """Return the development questions that come with this package."""
    return Path(str(files("corpus"))) / "questions" / "mielke-kryuchkov-dev.jsonl"


def read_questions(path: Path, archive: Archive) -> tuple[Question, ...]:
    """Read a gold file and check it against the archive.

    A span names its ``document``, or its question does; in an archive of one document neither
    needs to.

    Raises:
        JudgmentError: with every fault of the file, one sentence each.
    """
    faults: list[str] = []
    questions: list[Question] = []
    lines: dict[str, int] = {}
    for number, row in read_rows(path, faults):
        place = f"line {number} ({row.qid})"
        if row.qid in lines:
            faults.append(f"{place} repeats the qid of line {lines[row.qid]}; ids must be unique.")
        lines.setdefault(row.qid, number)
        found = _row_faults(row, archive)
        faults += [f"{place} {fault}" for fault in found]
        if not found:
            questions.append(_question(row, archive))
    if not questions and not faults:
        faults.append("holds no question; give one JSON object a line.")
    if faults:
        raise JudgmentError(path, faults)
    return tuple(questions)


@dataclass(frozen=True, slots=True)
class Strange:
    """A question about documents that an archive does not hold.

    Attributes:
        question: as asked.
        history: earlier questions of the same conversation, oldest first.
        language: ISO 639-1 code of the question.
    """

    question: str
    history: tuple[str, ...]
    language: str


def read_strange(path: Path) -> tuple[Strange, ...]:
    """Read the questions of a gold file that was written about other documents.

    Raises:
        JudgmentError: with every fault of the file, one sentence each.
    """
    faults: list[str] = []
    found = tuple(
        Strange(row.question, row.history, row.lang) for _, row in read_rows(path, faults)
    )
    if not found and not faults:
        faults.append("holds no question; give one JSON object a line.")
    if faults:
        raise JudgmentError(path, faults)
    return found


def question_object(question: Question) -> dict[str, object]:
    """Return a question as an object of the gold format; spans name their document."""

    def spans(found: GoldSet) -> list[dict[str, object]]:
        return [
            {"document": s.document, "start": s.start, "end": s.end, "text": s.text} for s in found
        ]

    return {
        "qid": question.qid,
        "question": question.question,
        "type": question.type,
        "lang": question.language,
        **({"style": question.style} if question.style else {}),
        **({"document": question.document} if question.document else {}),
        **({"translated": True} if question.translated else {}),
        "history": list(question.history),
        "answerable": question.answerable,
        "speaker": question.speaker,
        "spans": spans(question.spans),
        "alt_spans": [spans(found) for found in question.alternatives],
        "note": question.note,
    }


def _row_faults(row: Row, archive: Archive) -> list[str]:
    faults = []
    if row.answerable and not row.spans:
        faults.append("is answerable and has no span; add one or set answerable to false.")
    if not row.answerable and row.spans:
        faults.append("is not answerable and has spans; move tolerated ones to alt_spans.")
    if any(not found for found in row.alt_spans):
        faults.append("has an empty set among alt_spans; remove it.")
    for found in (row.spans, *row.alt_spans):
        places = Counter((_document(s, row, archive), s.start, s.end) for s in found)
        twice = [place for place, count in places.items() if count > 1]
        faults += [f"has the span {start}-{end} twice in one set." for _, start, end in twice]
    for span in (*row.spans, *(span for found in row.alt_spans for span in found)):
        name = _document(span, row, archive)
        if name in archive:
            faults += _span_faults(span, archive[name])
        else:
            about = f"names the document '{name}'" if name else "names no document"
            known = ", ".join(transcript.id for transcript in archive)
            faults.append(f"{about}; name one of the archive's: {known}.")
    return faults + _speaker_faults(row, archive)


def _span_faults(span: SpanRow, transcript: Transcript) -> list[str]:
    place = f"{span.start}-{span.end}"
    if not span.start < span.end <= len(transcript.text):
        return [f"has a span {place} outside {transcript.id} ({len(transcript.text)} characters)."]
    source = transcript.text[span.start : span.end]
    if source != span.text:
        return [f"has {span.text!r} at {place}, where {transcript.id} has {source!r}."]
    if transcript.layer_at(span.start) is Layer.HOST:
        return [f"has a span {place} in the web page around {transcript.id}: never evidence."]
    return []


def _speaker_faults(row: Row, archive: Archive) -> list[str]:
    """Compare the gold speaker with the turns in force at the minimal spans; notes do not count."""
    if row.speaker is None:
        return []
    faults = []
    for span in row.spans:
        name = _document(span, row, archive)
        if name not in archive or _span_faults(span, archive[name]):
            continue
        turn = archive[name].turn_at(span.start)
        if turn is not None and turn.speaker != row.speaker:
            faults.append(
                f"names {row.speaker} as speaker of {span.start}-{span.end}, "
                f"where the turn in force is {turn.speaker or 'nobody'}'s."
            )
    return faults


def _question(row: Row, archive: Archive) -> Question:
    def gold(rows: tuple[SpanRow, ...]) -> GoldSet:
        return tuple(
            GoldSpan(_document(span, row, archive), span.start, span.end, span.text)
            for span in rows
        )

    return Question(
        qid=row.qid,
        question=row.question,
        type=row.type or "untyped",
        history=row.history,
        language=row.lang,
        translated=row.translated,
        answerable=row.answerable,
        spans=gold(row.spans),
        alternatives=tuple(gold(found) for found in row.alt_spans),
        speaker=row.speaker,
        note=row.note,
        style=row.style,
        document=row.document or "",
    )


def _document(span: SpanRow, row: Row, archive: Archive) -> str:
    only = archive.transcripts[0].id if len(archive) == 1 else ""
    return span.document or row.document or only
