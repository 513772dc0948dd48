"""A public question set: texts to rank, questions, and which texts are relevant.

Ranking is measured on such sets as they come; they hold no transcripts, so nothing is quoted.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

from corpus.sentences import split_sentences
from qa.evaluation.errors import CollectionError


@dataclass(frozen=True, slots=True)
class Unit:
    """What is ranked: a speaker turn, a paragraph or a sentence.

    Attributes:
        id: unique in the collection; appears in run files.
        document: what a question may be confined to.
        text: its words.
        speaker: who says it, if known.
    """

    id: str
    document: str
    text: str
    speaker: str | None = None


@dataclass(frozen=True, slots=True)
class GoldRange:
    """Characters of a unit that answer; code points into its text, end exclusive."""

    unit: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Query:
    """A question of the set.

    Attributes:
        qid: unique in the collection.
        text: as asked.
        document: where to look; None for the whole collection.
        answerable: whether anything answers it.
        relevant: unit id to grade, 1 or more.
        history: earlier questions of the same conversation.
        ranges: the answering characters, where the set gives them.
    """

    qid: str
    text: str
    document: str | None
    answerable: bool
    relevant: Mapping[str, int]
    history: tuple[str, ...] = ()
    ranges: tuple[GoldRange, ...] = ()


@dataclass(frozen=True)
class Collection:
    """A named set of units and questions."""

    name: str
    units: tuple[Unit, ...]
    queries: tuple[Query, ...]
    by_document: dict[str, tuple[Unit, ...]] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        parts: dict[str, list[Unit]] = {}
        for unit in self.units:
            parts.setdefault(unit.document, []).append(unit)
        grouped = {document: tuple(units) for document, units in parts.items()}
        object.__setattr__(self, "by_document", grouped)

    def candidates(self, query: Query) -> tuple[Unit, ...]:
        """Return the units a question may be answered from."""
        return self.units if query.document is None else self.by_document.get(query.document, ())

    @cached_property
    def texts(self) -> dict[str, str]:
        """Unit id to text."""
        return {unit.id: unit.text for unit in self.units}


def as_sentences(collection: Collection, language: str) -> Collection:
    """Return the set with sentences as units; those that hold answering characters are relevant.

    Questions whose gold has no characters keep no relevant unit and count as answerable all the
    same, so they can only be lost.
    """
    units: list[Unit] = []
    places: dict[str, list[tuple[int, int, str]]] = {}
    for unit in collection.units:
        for n, span in enumerate(split_sentences(unit.text, 0, len(unit.text), language)):
            name = f"{unit.id}.{n}"
            text = unit.text[span.start : span.end]
            units.append(Unit(name, unit.document, text, unit.speaker))
            places.setdefault(unit.id, []).append((span.start, span.end, name))
    queries = []
    for query in collection.queries:
        relevant = {
            name: 1
            for gold in query.ranges
            for start, end, name in places.get(gold.unit, ())
            if start < gold.end and gold.start < end
        }
        queries.append(
            Query(query.qid, query.text, query.document, query.answerable, relevant, query.history)
        )
    return Collection(f"{collection.name} (sentences)", tuple(units), tuple(queries))


@dataclass(frozen=True, slots=True)
class Document:
    """What a document of a set holds."""

    id: str
    units: tuple[Unit, ...]
    queries: tuple[Query, ...]


def joined(path: Path, documents: Sequence[Document]) -> Collection:
    """Join documents into a set.

    Raises:
        CollectionError: there is nothing to measure, or an id stands twice.
    """
    queries = tuple(query for document in documents for query in document.queries)
    for what, ids in (
        ("article", [document.id for document in documents]),
        ("question", [query.qid for query in queries]),
    ):
        if not ids:
            raise CollectionError(path, f"holds no {what}; there is nothing to measure.")
        name, count = Counter(ids).most_common(1)[0]
        if count > 1:
            raise CollectionError(path, f"has the {what} '{name}' twice; it must be unique.")
    units = tuple(unit for document in documents for unit in document.units)
    return Collection(path.stem, units, queries)
