"""SQuAD files: paragraphs are units, a question is confined to its article.

P. Rajpurkar, R. Jia and P. Liang, "Know What You Don't Know: Unanswerable Questions for SQuAD",
ACL 2018.
"""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path

from pydantic import Field, ValidationError

from corpus.faults import first_fault
from qa.evaluation.errors import CollectionError
from qa.evaluation.sets.collection import Collection, GoldRange, Query, Unit
from qa.evaluation.sets.lines import Record, read_text


class _Answer(Record):
    text: str = Field(min_length=1)
    answer_start: int = Field(ge=0)


class _Asked(Record):
    id: str
    question: str
    answers: tuple[_Answer, ...]
    is_impossible: bool = False


class _Paragraph(Record):
    context: str
    qas: tuple[_Asked, ...]


class _Article(Record):
    title: str
    paragraphs: tuple[_Paragraph, ...]


class _File(Record):
    data: tuple[_Article, ...]


def read_squad(path: Path) -> Collection:
    """Read a SQuAD file, version 1 or 2.

    Raises:
        CollectionError: it is none, or an answer does not stand where it says.
    """
    try:
        articles = _File.model_validate(json.loads(read_text(path))).data
    except ValidationError as error:
        message = f"is no SQuAD file; {first_fault(error).sentence}"
        raise CollectionError(path, message) from error
    except (ValueError, RecursionError) as error:
        if isinstance(error, CollectionError):
            raise
        raise CollectionError(path, f"is no SQuAD file, for it is not JSON: {error}.") from error
    units: list[Unit] = []
    queries: list[Query] = []
    for article in articles:
        for number, paragraph in enumerate(article.paragraphs):
            unit = Unit(f"{article.title}:{number}", article.title, paragraph.context)
            units.append(unit)
            queries += [_query(asked, unit, path) for asked in paragraph.qas]
    for what, ids in (
        ("article", [article.title for article in articles]),
        ("question", [query.qid for query in queries]),
    ):
        if not ids:
            raise CollectionError(path, f"holds no {what}; there is nothing to measure.")
        name, count = Counter(ids).most_common(1)[0]
        if count > 1:
            raise CollectionError(path, f"has the {what} '{name}' twice; it must be unique.")
    return Collection(path.stem, tuple(units), tuple(queries))


def _query(asked: _Asked, unit: Unit, path: Path) -> Query:
    possible = not asked.is_impossible
    if possible and not asked.answers:
        raise CollectionError(path, f"has no answer to '{asked.id}'; set is_impossible to true.")
    found = {(a.answer_start, a.answer_start + len(a.text)) for a in asked.answers}
    for answer in asked.answers if possible else ():
        start = answer.answer_start
        if not unit.text.startswith(answer.text, start):
            raise CollectionError(
                path, f"has {answer.text!r} at {start} for '{asked.id}', where the text differs."
            )
    return Query(
        qid=asked.id,
        text=asked.question,
        document=unit.document,
        answerable=possible,
        relevant={unit.id: 1} if possible else {},
        ranges=tuple(GoldRange(unit.id, *span) for span in sorted(found)) if possible else (),
    )
