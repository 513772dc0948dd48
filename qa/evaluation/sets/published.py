"""Question sets on prose as they are published, SQuAD and QuAC, and which set a file is of.

SQuAD: P. Rajpurkar, R. Jia and P. Liang, ACL 2018. QuAC: E. Choi et al., EMNLP 2018. A question is
confined to the article or the section that it was asked about.
"""

from __future__ import annotations

import json
from pathlib import Path

from pydantic import Field

from corpus.sentences import split_sentences
from qa.evaluation.errors import CollectionError
from qa.evaluation.sets.collection import Collection, Document, GoldRange, Query, Unit, joined
from qa.evaluation.sets.lines import Record, read_json, valid
from qa.evaluation.sets.spoken import Friends, of_episode

_LANGUAGE = "en"
_NO_ANSWER = "CANNOTANSWER"
"""QuAC's sign, appended to every section, for a question that it does not answer."""


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


class _Squad(Record):
    data: tuple[_Article, ...]


class _Section(Record):
    id: str
    context: str
    qas: tuple[_Asked, ...]


class _Dialogue(Record):
    paragraphs: tuple[_Section, ...]


class _Quac(Record):
    data: tuple[_Dialogue, ...]


def read_file(path: Path) -> Collection:
    """Read a file of SQuAD (version 1 or 2), QuAC or FriendsQA, telling which it is by its keys.

    Raises:
        CollectionError: it is none, or an answer does not stand where it says.
    """
    found = read_json(path, "SQuAD")
    kind = _kind(found)
    if kind == "FriendsQA":
        episodes = valid(path, kind, found, Friends).data
        return joined(path, [d for episode in episodes for d in of_episode(episode, path)])
    if kind == "QuAC":
        dialogues = valid(path, kind, found, _Quac).data
        sections = [section for dialogue in dialogues for section in dialogue.paragraphs]
        return joined(path, [_of_section(section, path) for section in sections])
    articles = valid(path, kind, found, _Squad).data
    return joined(path, [_of_article(article, path) for article in articles])


def _kind(found: object) -> str:
    """Return the name of the set whose keys a file has; SQuAD's where it has no other's."""
    text = json.dumps(found)[:200_000]
    if '"utterances:"' in text:
        return "FriendsQA"
    return "QuAC" if '"orig_answer"' in text else "SQuAD"


def _of_article(article: _Article, path: Path) -> Document:
    units, queries = [], []
    for number, paragraph in enumerate(article.paragraphs):
        unit = Unit(f"{article.title}:{number}", article.title, paragraph.context)
        units.append(unit)
        for asked in paragraph.qas:
            possible = not asked.is_impossible
            if possible and not asked.answers:
                message = f"has no answer to '{asked.id}'; set is_impossible to true."
                raise CollectionError(path, message)
            spans = _spans(asked, unit.text, path) if possible else ()
            ranges = tuple(GoldRange(unit.id, *span) for span in spans)
            relevant = {unit.id: 1} if possible else {}
            queries.append(
                Query(asked.id, asked.question, unit.document, possible, relevant, (), ranges)
            )
    return Document(article.title, tuple(units), tuple(queries))


def _of_section(section: _Section, path: Path) -> Document:
    """Return a section of QuAC, its sentences as units, earlier questions as history.

    A question that at least half of its annotators found no answer to has none, as in the
    published scorer.
    """
    text = section.context.removesuffix(_NO_ANSWER)
    places = split_sentences(text, 0, len(text), _LANGUAGE)
    units = tuple(
        Unit(f"{section.id}:{n}", section.id, text[span.start : span.end])
        for n, span in enumerate(places)
    )
    queries = []
    for number, asked in enumerate(section.qas):
        silent = sum(answer.text == _NO_ANSWER for answer in asked.answers)
        spans = _spans(asked, section.context, path) if 2 * silent < len(asked.answers) else []
        ranges = tuple(
            GoldRange(unit.id, max(start, span.start) - span.start, min(end, span.end) - span.start)
            for start, end in spans
            for unit, span in zip(units, places, strict=True)
            if start < span.end and span.start < end
        )
        history = tuple(earlier.question for earlier in section.qas[:number])
        relevant = dict.fromkeys((gold.unit for gold in ranges), 1)
        queries.append(
            Query(asked.id, asked.question, section.id, bool(ranges), relevant, history, ranges)
        )
    return Document(section.id, units, tuple(queries))


def _spans(asked: _Asked, text: str, path: Path) -> list[tuple[int, int]]:
    """Return the places of the answers, each checked against the text, QuAC's sign left out."""
    found = set()
    for answer in asked.answers:
        start = answer.answer_start
        if not text.startswith(answer.text, start):
            message = f"has {answer.text!r} at {start} for '{asked.id}', where the text differs."
            raise CollectionError(path, message)
        if answer.text != _NO_ANSWER:
            found.add((start, start + len(answer.text)))
    return sorted(found)
