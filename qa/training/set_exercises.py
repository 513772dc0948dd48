"""Exercises from public question sets, with the documents that are kept for choosing left out."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence

import numpy as np

from index.encoder import Embeddings, PassageEncoder
from qa.evaluation.collection import Collection, Query, Unit
from qa.reader.judge import Heard, judged_text
from qa.training.exercises import Exercise

_OTHERS = 14
_PARTS = 5


def is_for_choosing(document: str) -> bool:
    """Whether a document belongs to the fifth that nothing may be learned from.

    The fifth is fixed: documents whose SHA-1 is divisible by five.
    """
    return int(hashlib.sha1(document.encode(), usedforsecurity=False).hexdigest(), 16) % _PARTS == 0


def set_exercises(
    collection: Collection, encoder: PassageEncoder, titles: Sequence[str] = ()
) -> list[Exercise]:
    """Return an exercise for each question that is confined to one document.

    Args:
        collection: units are what is judged: sentences, or turns.
        encoder: finds what only seems to answer.
        titles: documents left out besides those for choosing, however they are spelt.
    """
    left_out = {_bare(title) for title in titles}
    wanted = [
        query
        for query in collection.queries
        if query.document is not None
        and not is_for_choosing(query.document)
        and not any(_bare(query.document).endswith(title) for title in left_out)
        and not (query.answerable and not query.relevant)
    ]
    documents = {query.document for query in wanted}
    units = [unit for unit in collection.units if unit.document in documents]
    texts = [judged_text(unit.speaker, unit.text) for unit in units]
    vectors = encoder.encode_passages(texts, lambda *_: None)
    row = {unit.id: number for number, unit in enumerate(units)}
    asked = encoder.encode_passages([asked_text(query) for query in wanted], lambda *_: None)
    return [
        _exercise(query, collection.candidates(query), vectors, row, asked[number])
        for number, query in enumerate(wanted)
    ]


def asked_text(query: Query) -> str:
    """Return a question with the one before it, which it may lean on."""
    return " ".join((*query.history[-1:], query.text))


def _exercise(
    query: Query,
    units: Sequence[Unit],
    vectors: Embeddings,
    row: dict[str, int],
    asked: Embeddings,
) -> Exercise:
    cosines = vectors[[row[unit.id] for unit in units]] @ asked
    order = np.argsort(-cosines, kind="stable").tolist()
    wrong = [_heard(units[n]) for n in order if units[n].id not in query.relevant]
    return Exercise(
        question=asked_text(query),
        answers=tuple(_heard(unit) for unit in units if unit.id in query.relevant),
        tempting=() if query.answerable else tuple(wrong[:1]),
        others=tuple(wrong[:_OTHERS]),
    )


def _heard(unit: Unit) -> Heard:
    return Heard(judged_text(unit.speaker, unit.text))


def _bare(title: str) -> str:
    return "".join(char for char in title.casefold() if char.isalnum())
