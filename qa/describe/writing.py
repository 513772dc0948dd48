"""New entries and known gaps in a curator's name."""

from __future__ import annotations

import datetime
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from pydantic import ValidationError

from corpus.aid import Entry, KnownGap, Provenance
from corpus.faults import first_fault
from qa.describe.aid_file import AidFile
from qa.errors import UsageError
from qa.language import WIDESPREAD, question_language
from qa.quotes import Quote


@dataclass(frozen=True, slots=True)
class Author:
    """Who writes, and on which day."""

    name: str
    today: datetime.date

    @property
    def provenance(self) -> Provenance:
        """What is put down about a line this author writes; nobody has reviewed it."""
        return Provenance(author=self.name, date=self.today)


def new_entry(
    aid: AidFile,
    place: Quote,
    questions: Sequence[str],
    author: Author,
    *,
    lang: str | None = None,
    voice: str = "",
    abstract: str = "",
    subjects: Sequence[str] = (),
) -> AidFile:
    """Return the aid with one entry more.

    Args:
        aid: the finding aid.
        place: the sentences that answer.
        questions: what visitors may ask; at least one.
        author: who writes this.
        lang: language of the questions; None to recognise it.
        voice: whose way of asking it is.
        abstract: one line on what is said there.
        subjects: index terms, names in full.

    Raises:
        UsageError: a field cannot be used, or the aid has one of the questions.
    """
    values = {
        "start": place.start,
        "end": place.end,
        "abstract": abstract,
        "subjects": tuple(subjects),
        "questions": [
            {"text": text, "lang": lang or language_of(text, aid), "voice": voice}
            for text in questions
        ],
        "provenance": author.provenance,
    }
    return _appended(aid, questions, Entry, values)


def new_gap(
    aid: AidFile,
    question: str,
    author: Author,
    *,
    lang: str | None = None,
    voice: str = "",
    near: Quote | None = None,
    why: str = "",
) -> AidFile:
    """Return the aid with one known gap more.

    Args:
        aid: the finding aid.
        question: what visitors ask and the document does not answer.
        author: who writes this.
        lang: language of the question; None to recognise it.
        voice: whose way of asking it is.
        near: the sentences that tempt one to answer.
        why: what the document has and what it lacks.

    Raises:
        UsageError: a field cannot be used, or the aid has the question.
    """
    values = {
        "gap": question,
        "lang": lang or language_of(question, aid),
        "voice": voice,
        "near": None if near is None else (near.start, near.end),
        "why": why,
        "provenance": author.provenance,
    }
    return _appended(aid, (question,), KnownGap, values)


def language_of(question: str, aid: AidFile) -> str:
    """Return the language of a question; the document's where it cannot be told."""
    return question_language(question, WIDESPREAD) or aid.transcript.record.language_code


def _appended(
    aid: AidFile,
    questions: Sequence[str],
    model: type[Entry | KnownGap],
    values: Mapping[str, object],
) -> AidFile:
    for question in questions:
        line = aid.line_asking(question)
        if line is not None:
            raise UsageError(f"{aid.path}, line {line}: has “{question}” already; change that.")
    try:
        return aid.appended(model.model_validate(values))
    except ValidationError as error:
        raise UsageError(first_fault(error).sentence) from error
