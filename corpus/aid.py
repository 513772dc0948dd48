"""The finding aid of a document: ``<id>.aid.jsonl`` beside ``<id>.txt``, one JSON object a line.

An entry gives questions, in visitors' own words, that a run of sentences answers; a known gap is
a question people ask that the document does not answer. Both are for finding. Nothing in an aid
is ever shown as evidence: the answer is always the source's own words.
"""

from __future__ import annotations

import datetime
import json
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Any, Self

from pydantic import BaseModel, ConfigDict, Field, ValidationError, model_validator

from corpus.errors import AidError
from corpus.faults import first_fault
from corpus.files import regular_bytes
from corpus.transcript import Transcript

Text = Annotated[str, Field(min_length=1)]
Language = Annotated[str, Field(pattern=r"^[a-z]{2,3}$")]

MODEL_DRAFTED = "model-drafted"
"""The author of an entry that a language model wrote; anyone else is a person's name."""


class _Part(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", str_strip_whitespace=True)


class Provenance(_Part):
    """Who wrote a line of the aid, when, and who checked it, if anybody did."""

    author: Text
    date: datetime.date
    reviewed_by: Text | None = None


class Key(_Part):
    """A question that the sentences of its entry answer.

    Attributes:
        text: the question, as a visitor would ask it.
        lang: ISO 639-1 code of its language.
        voice: whose way of asking it is, for example child or historian.
    """

    text: Text
    lang: Language
    voice: str = ""


class Entry(_Part):
    """Whole sentences of one turn, header or note, and the questions they answer.

    Attributes:
        start: first code point, the start of a sentence.
        end: end, exclusive, the end of a sentence.
        abstract: one line on what is said there.
        subjects: index terms, names in full.
        questions: what a visitor may ask; at least one.
        provenance: who wrote this.
    """

    start: int = Field(ge=0)
    end: int
    abstract: str = ""
    subjects: tuple[Text, ...] = ()
    questions: tuple[Key, ...] = Field(min_length=1)
    provenance: Provenance


class KnownGap(_Part):
    """A question people ask that the document does not answer.

    Attributes:
        gap: the question.
        lang: ISO 639-1 code of its language.
        voice: whose way of asking it is.
        near: range of the sentences that tempt one to answer, if any.
        why: what the document has and what it lacks; for curators.
        provenance: who wrote this.
    """

    gap: Text
    lang: Language
    voice: str = ""
    near: tuple[int, int] | None = None
    why: str = ""
    provenance: Provenance

    @model_validator(mode="after")
    def _range_runs_forward(self) -> Self:
        if self.near is not None and not 0 <= self.near[0] < self.near[1]:
            raise ValueError("'near' must be [start, end] with start before end")
        return self


class FindingAid(_Part):
    """What a curator wrote about one document, for finding."""

    entries: tuple[Entry, ...] = ()
    gaps: tuple[KnownGap, ...] = ()


Part = Entry | KnownGap
"""What one line of an aid holds."""


@dataclass(frozen=True, slots=True)
class AidLine:
    """One line of an aid file; blank lines are passed over.

    Attributes:
        number: 1-based.
        part: what it holds.
    """

    number: int
    part: Part


def aid_path(transcript_path: Path) -> Path:
    """Return where the finding aid of the transcript at ``transcript_path`` lies."""
    return transcript_path.with_suffix(".aid.jsonl")


def questions_of(part: Part) -> tuple[str, ...]:
    """Return the questions of a line."""
    if isinstance(part, KnownGap):
        return (part.gap,)
    return tuple(key.text for key in part.questions)


def question_id(question: str) -> str:
    """Return what two questions share if they are the same but for case and white space."""
    return " ".join(question.casefold().split())


def read_aid(path: Path, transcript: Transcript) -> FindingAid:
    """Read and validate a finding aid; an empty one where there is no file.

    Raises:
        AidError: a line is malformed, its range is not whole sentences of one block, or a
            question stands twice; the message names the first fault.
    """
    if not path.exists():
        return FindingAid()
    parts = [line.part for line in parse_aid(regular_bytes(path), path, transcript)]
    return FindingAid(
        entries=tuple(part for part in parts if isinstance(part, Entry)),
        gaps=tuple(part for part in parts if isinstance(part, KnownGap)),
    )


def parse_aid(data: bytes, path: Path, transcript: Transcript) -> tuple[AidLine, ...]:
    """Return the lines of a finding aid.

    Args:
        data: the bytes of the file.
        path: named in messages; not read.
        transcript: the document described.

    Raises:
        AidError: as :func:`read_aid`.
    """
    lines: list[AidLine] = []
    seen: dict[str, int] = {}
    for number, values in _rows(data, path):
        part = _part(values, path, number)
        if isinstance(part, Entry):
            _check_range(part, transcript, path, number)
        questions = questions_of(part)
        for question in questions:
            other = seen.setdefault(question_id(question), number)
            if other != number or questions.count(question) > 1:
                raise AidError(
                    path, f"asks “{question}” again, as line {other} does; keep one.", number
                )
        lines.append(AidLine(number, part))
    return tuple(lines)


def _part(values: dict[str, Any], path: Path, number: int) -> Part:
    model: type[Part] = KnownGap if "gap" in values else Entry
    try:
        return model.model_validate(values)
    except ValidationError as error:
        raise AidError(path, first_fault(error).sentence, number) from error


def _rows(data: bytes, path: Path) -> list[tuple[int, dict[str, Any]]]:
    try:
        lines = data.decode().split("\n")
    except UnicodeDecodeError as error:
        raise AidError(path, f"is not UTF-8 at byte {error.start}; save it as UTF-8.") from error
    rows = []
    for number, line in enumerate(lines, start=1):
        if not line.strip():
            continue
        try:
            values = json.loads(line)
        except (ValueError, RecursionError) as error:
            raise AidError(path, f"is not JSON ({error}).", number) from error
        if not isinstance(values, dict):
            raise AidError(path, "is no JSON object.", number)
        rows.append((number, values))
    return rows


def _check_range(entry: Entry, transcript: Transcript, path: Path, line: int) -> None:
    held = transcript.sentences_in(entry.start, entry.end)
    if not held or (held[0].start, held[-1].end) != (entry.start, entry.end):
        raise AidError(
            path,
            f"{entry.start}-{entry.end} does not start and end at sentence boundaries of "
            f"{transcript.id}; correct the offsets.",
            line,
        )
    if held[0].block != held[-1].block:
        raise AidError(path, f"{entry.start}-{entry.end} crosses a label or heading.", line)
