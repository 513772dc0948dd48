"""From questions that went unanswered, or wrong, to entries and known gaps.

Two kinds of file are understood, one JSON object a line:

- the curator's log, ``{"date", "reason", "question"}``, in which the curator has added to a line
  either ``"range": "8299-8340"`` or ``"words": "…"`` (then it becomes an entry), or
  ``"gap": true`` (then it becomes a known gap); ``"lang"``, ``"voice"``, ``"why"`` and
  ``"document"`` if they like. Lines without such a decision are passed over.
- gold questions, as ``verbatim evaluate --export-failures`` writes them: answerable ones become
  entries for the first passage of their gold, the others known gaps.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from corpus.archive import Archive, read_transcript
from corpus.faults import first_fault
from corpus.files import document_names, regular_bytes
from corpus.judgments import Question, read_questions
from qa.describe.aid_file import AidFile
from qa.describe.places import place_of
from qa.describe.writing import Author, new_entry, new_gap
from qa.errors import UsageError
from qa.quotes import Quote


@dataclass(frozen=True, slots=True)
class Decision:
    """What a curator decided about one question.

    Attributes:
        line: of the file, 1-based.
        question: as asked.
        document: which document it is about; None if the file does not say.
        place: offsets or words of the answer; None for a known gap.
        near: for a known gap, the offsets of what tempts one to answer, if known.
        lang: language of the question; None to recognise it.
        voice: whose way of asking it is.
        why: for a known gap, what the document has and what it lacks.
        follows: whether it only makes sense after earlier questions.
    """

    line: int
    question: str
    document: str | None
    place: str | None
    near: str | None = None
    lang: str | None = None
    voice: str = ""
    why: str = ""
    follows: bool = False


@dataclass(frozen=True, slots=True)
class Promotion:
    """What became of a file.

    Attributes:
        aids: the finding aids that changed, by document.
        done: one sentence for each question that was promoted.
        left: one sentence for each that was not.
        undecided: lines of a log without a decision.
    """

    aids: Mapping[str, AidFile]
    done: tuple[str, ...]
    left: tuple[str, ...]
    undecided: int


class _LogRow(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", str_strip_whitespace=True)
    question: Annotated[str, Field(min_length=1)]
    date: str = ""
    reason: str = ""
    document: str | None = None
    range: str | tuple[int, int] | None = None
    words: str | None = None
    gap: bool = False
    lang: str | None = None
    voice: str = ""
    why: str = ""

    @property
    def place(self) -> str | None:
        if isinstance(self.range, tuple):
            return f"{self.range[0]}-{self.range[1]}"
        return self.range or self.words


def read_decisions(path: Path, folder: Path) -> tuple[tuple[Decision, ...], int]:
    """Read the decisions in a log or a gold file, and count the lines without one.

    Args:
        path: the file.
        folder: of the archive, which gold is checked against.

    Raises:
        UsageError: the file or a line of a log cannot be used.
        CorpusError: the gold cannot be used.
    """
    rows = _rows(path)
    if any("qid" in row for row in rows.values()):
        texts = [folder / f"{name}.txt" for name in document_names(folder)]
        archive = Archive(folder, tuple(read_transcript(file) for file in texts))
        gold = read_questions(path, archive)
        return tuple(map(_from_gold, rows, gold)), 0
    decisions = [_from_log(row, number, path) for number, row in rows.items()]
    decided = tuple(decision for decision in decisions if decision is not None)
    return decided, len(decisions) - len(decided)


def promoted(
    decisions: tuple[Decision, ...], undecided: int, aids: Mapping[str, AidFile], author: Author
) -> Promotion:
    """Carry decisions out; a question that the aid has already is left alone.

    Args:
        decisions: in the order of the file.
        undecided: how many lines of the file hold no decision.
        aids: the finding aid of every document of the archive.
        author: in whose name the lines are written.
    """
    edited = dict(aids)
    done: list[str] = []
    left: list[str] = []
    for decision in decisions:
        try:
            document = _document(decision, aids)
            edited[document], what = _carried_out(decision, edited[document], author)
            done.append(f"line {decision.line}: “{decision.question}” is now {what}.")
        except UsageError as error:
            left.append(f"line {decision.line}: “{decision.question}” was left out: {error}")
    changed = {name: aid for name, aid in edited.items() if aid is not aids[name]}
    return Promotion(changed, tuple(done), tuple(left), undecided)


def _carried_out(decision: Decision, aid: AidFile, author: Author) -> tuple[AidFile, str]:
    lang, voice = decision.lang, decision.voice
    if decision.follows:
        raise UsageError(
            "It follows on earlier questions; write out what it asks and use 'verbatim describe "
            "add' or 'gap'."
        )
    if decision.place is None:
        near = None if decision.near is None else place_of(aid.transcript, decision.near)
        edited = new_gap(
            aid, decision.question, author, lang=lang, voice=voice, near=near, why=decision.why
        )
        return edited, f"a known gap of {aid.transcript.id}"
    place: Quote = place_of(aid.transcript, decision.place)
    edited = new_entry(aid, place, (decision.question,), author, lang=lang, voice=voice)
    return edited, f"an entry for {aid.transcript.id} {place.start}-{place.end}"


def _document(decision: Decision, aids: Mapping[str, AidFile]) -> str:
    if decision.document is None and len(aids) == 1:
        return next(iter(aids))
    if decision.document is None:
        raise UsageError('Say which document it is about: "document": "…".')
    if decision.document not in aids:
        raise UsageError(f"There is no document '{decision.document}'.")
    return decision.document


def _from_gold(number: int, question: Question) -> Decision:
    sets = (question.spans, *question.alternatives)
    span = next((found[0] for found in sets if found), None)
    offsets = None if span is None else f"{span.start}-{span.end}"
    return Decision(
        line=number,
        question=question.question,
        document=span.document if span is not None else None,
        place=offsets if question.answerable else None,
        near=None if question.answerable else offsets,
        lang=question.language,
        follows=bool(question.history),
    )


def _from_log(row: dict[str, Any], number: int, path: Path) -> Decision | None:
    try:
        values = _LogRow.model_validate(row)
    except ValidationError as error:
        raise UsageError(f"{path}, line {number}: {first_fault(error).sentence}") from error
    if not values.gap and not values.place:
        return None
    place, near = (None, values.place) if values.gap else (values.place, None)
    return Decision(
        number, values.question, values.document, place, near, values.lang, values.voice, values.why
    )


def _rows(path: Path) -> dict[int, dict[str, Any]]:
    try:
        lines = regular_bytes(path).decode("utf-8-sig").split("\n")
    except OSError as error:
        raise UsageError(f"{path}: cannot be read ({error.strerror}); check the name.") from error
    except UnicodeDecodeError as error:
        raise UsageError(f"{path}: is not UTF-8 at byte {error.start}; save it so.") from error
    return dict(_objects(lines, path))


def _objects(lines: list[str], path: Path) -> Iterator[tuple[int, dict[str, Any]]]:
    for number, line in enumerate(lines, start=1):
        if not line.strip():
            continue
        try:
            row = json.loads(line)
        except (ValueError, RecursionError) as error:
            raise UsageError(f"{path}, line {number}: is not JSON ({error}).") from error
        if not isinstance(row, dict):
            raise UsageError(f"{path}, line {number}: is no JSON object.")
        yield number, row
