"""What of a language model's draft can be used: checked piece by piece, the rest dropped."""

from __future__ import annotations

import datetime
import json
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from corpus.aid import MODEL_DRAFTED, Entry, Key, KnownGap, Part, Provenance, question_id
from corpus.faults import first_fault
from corpus.transcript import Sentence
from qa.describe.chat import MalformedAnswerError

_LONGEST = 500
_SHOWN = 60


@dataclass(slots=True)
class Draft:
    """What came of one answer.

    Attributes:
        parts: entries and gaps that can be used, marked as drafted and reviewed by nobody.
        dropped: one sentence for each piece that cannot.
    """

    parts: list[Part] = field(default_factory=list)
    dropped: list[str] = field(default_factory=list)


class _Loose(BaseModel):
    """Models add fields nobody asked for; these do no harm."""

    model_config = ConfigDict(frozen=True, extra="ignore", str_strip_whitespace=True)


class _Question(_Loose):
    text: Annotated[str, Field(min_length=1, max_length=_LONGEST)]
    lang: str
    voice: Annotated[str, Field(max_length=_LONGEST)] = ""


class _EntryDraft(_Loose):
    first: int
    last: int
    abstract: Annotated[str, Field(max_length=_LONGEST)] = ""
    subjects: tuple[Annotated[str, Field(min_length=1, max_length=_LONGEST)], ...] = ()
    questions: tuple[Any, ...]


class _GapDraft(_Loose):
    question: Annotated[str, Field(min_length=1, max_length=_LONGEST)]
    lang: str
    voice: Annotated[str, Field(max_length=_LONGEST)] = ""
    first: int | None = None
    last: int | None = None
    why: Annotated[str, Field(max_length=_LONGEST)] = ""


class DraftReader:
    """Reads answers about one document; remembers every question it has accepted."""

    def __init__(
        self, asked: Collection[str], languages: Collection[str], today: datetime.date
    ) -> None:
        """Prepare to read.

        Args:
            asked: questions that the aid has already.
            languages: ISO 639-1 codes; questions in others are dropped.
            today: the date put down.
        """
        self._seen = {question_id(question) for question in asked}
        self._languages = frozenset(languages)
        self._provenance = Provenance(author=MODEL_DRAFTED, date=today)

    def read(self, content: str, stretch: Sequence[Sentence]) -> Draft:
        """Read one answer.

        Args:
            content: what the model wrote.
            stretch: the sentences it was to describe.

        Raises:
            MalformedAnswerError: there is no JSON object with entries or gaps in it.
        """
        values = _object(content)
        entries, gaps = values.get("entries", []), values.get("gaps", [])
        if not isinstance(entries, list) or not isinstance(gaps, list) or not (entries or gaps):
            raise MalformedAnswerError("The answer holds no list of entries or gaps.")
        draft = Draft()
        for read, pieces in ((self._entry, entries), (self._gap, gaps)):
            for piece in pieces:
                try:
                    draft.parts.append(read(piece, stretch, draft))
                except ValidationError as error:
                    draft.dropped.append(f"{_fault(error)}: {_short(piece)}")
                except _UnusableError as error:
                    draft.dropped.append(f"{error}: {_short(piece)}")
        return draft

    def _entry(self, piece: object, stretch: Sequence[Sentence], draft: Draft) -> Part:
        values = _EntryDraft.model_validate(piece)
        start, end = _range(values.first, values.last, stretch)
        keys = []
        for question in values.questions:
            try:
                found = _Question.model_validate(question)
                self._accept(found.text, found.lang)
                keys.append(Key(text=found.text, lang=found.lang, voice=found.voice))
            except ValidationError as error:
                draft.dropped.append(f"{_fault(error)}: {_short(question)}")
            except _UnusableError as error:
                draft.dropped.append(f"{error}: {_short(question)}")
        if not keys:
            raise _UnusableError("no question is left")
        return Entry(
            start=start,
            end=end,
            abstract=values.abstract,
            subjects=values.subjects,
            questions=tuple(keys),
            provenance=self._provenance,
        )

    def _gap(self, piece: object, stretch: Sequence[Sentence], _: Draft) -> Part:
        values = _GapDraft.model_validate(piece)
        near = None
        if values.first is not None and values.last is not None:
            near = _range(values.first, values.last, stretch)
        self._accept(values.question, values.lang)
        return KnownGap(
            gap=values.question,
            lang=values.lang,
            voice=values.voice,
            near=near,
            why=values.why,
            provenance=self._provenance,
        )

    def _accept(self, question: str, lang: str) -> None:
        """Remember a question, or refuse it."""
        if lang not in self._languages:
            raise _UnusableError(f"'{lang}' was not asked for")
        if question_id(question) in self._seen:
            raise _UnusableError("asked already")
        self._seen.add(question_id(question))


class _UnusableError(Exception):
    """A piece of a draft that is well formed and wrong."""


def _range(first: int, last: int, stretch: Sequence[Sentence]) -> tuple[int, int]:
    """Return the code points of sentences ``first`` to ``last``, which must lie in the stretch."""
    if not stretch[0].number <= first <= last <= stretch[-1].number:
        raise _UnusableError(
            f"sentences {first}-{last} lie outside {stretch[0].number}-{stretch[-1].number}"
        )
    offset = stretch[0].number
    return stretch[first - offset].start, stretch[last - offset].end


def _object(content: str) -> dict[str, Any]:
    """Return the JSON object in an answer; models like to put it in a fence or a sentence."""
    first, last = content.find("{"), content.rfind("}")
    try:
        values = json.loads(content[first : last + 1])
    except (ValueError, RecursionError) as error:
        raise MalformedAnswerError("The answer holds no JSON object.") from error
    if not isinstance(values, dict):
        raise MalformedAnswerError("The answer holds no JSON object.")
    return values


def _fault(error: ValidationError) -> str:
    return first_fault(error).sentence.removesuffix(".")


def _short(piece: object) -> str:
    text = " ".join(json.dumps(piece, ensure_ascii=False).split())
    return text if len(text) <= _SHOWN else f"{text[:_SHOWN]}…"
