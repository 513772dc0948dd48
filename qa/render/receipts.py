"""Receipts of what an answer shows."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from pathlib import PurePath

from qa.answers import Answer, Answered
from qa.quotes import Quote
from qa.receipts.objects import annotation_page, receipt_object
from qa.receipts.receipt import Receipt, receipt_of
from qa.render.words import passages_shown, sides_of

_ANNOTATIONS = ".jsonld"


def receipts_of(answer: Answer, archive: str | None) -> tuple[Receipt, ...]:
    """Return the receipts of the quotes that people are shown, in their order, each once.

    Only those that answer are not marked as offered: neither passages to judge are, nor what each
    side says.

    Args:
        answer: that shows them.
        archive: fingerprint of the archive that was asked.

    Raises:
        SourceChangedError: a document's file has changed since it was read.
    """
    quotes = {(quote.transcript.id, quote.start, quote.end): quote for quote in _shown(answer)}
    asserted = answer.evidence if isinstance(answer, Answered) else ()
    answering = {(one.quote.transcript.id, one.quote.start, one.quote.end) for one in asserted}
    return tuple(
        receipt_of(quote, archive, offered=place not in answering)
        for place, quote in quotes.items()
    )


def _shown(answer: Answer) -> Iterator[Quote]:
    yield from (evidence.quote for evidence in passages_shown(answer))
    for side in sides_of(answer):
        for said in side.said:
            yield from (quote for quote in (said.quote, said.reply) if quote is not None)


def receipts_json(receipts: Sequence[Receipt]) -> str:
    """Return receipts as a JSON list, for a file."""
    written = [receipt_object(receipt) for receipt in receipts]
    return json.dumps(written, ensure_ascii=False, indent=2) + "\n"


def receipts_file(receipts: Sequence[Receipt], path: PurePath) -> str:
    """Return receipts as a file's text: Web Annotations in a ``.jsonld``, else a JSON list."""
    if path.suffix != _ANNOTATIONS:
        return receipts_json(receipts)
    return json.dumps(annotation_page(tuple(receipts)), ensure_ascii=False, indent=2) + "\n"
