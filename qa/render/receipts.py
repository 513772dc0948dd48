"""Receipts of what an answer shows."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import PurePath

from qa.answers import Answer
from qa.receipts.objects import annotation_page, receipt_object
from qa.receipts.receipt import Receipt, receipt_of
from qa.render.contract import quotes_shown

_ANNOTATIONS = ".jsonld"


def receipts_of(answer: Answer, archive: str | None) -> tuple[Receipt, ...]:
    """Return the receipts of the quotes that people are shown, in their order, each once.

    Args:
        answer: that shows them.
        archive: fingerprint of the archive that was asked.

    Raises:
        SourceChangedError: a document's file has changed since it was read.
    """
    return tuple(receipt_of(quote, archive) for quote in quotes_shown(answer))


def receipts_json(receipts: Sequence[Receipt]) -> str:
    """Return receipts as a JSON list, for a file."""
    written = [receipt_object(receipt) for receipt in receipts]
    return json.dumps(written, ensure_ascii=False, indent=2) + "\n"


def receipts_file(receipts: Sequence[Receipt], path: PurePath) -> str:
    """Return receipts as a file's text: Web Annotations in a ``.jsonld``, else a JSON list."""
    if path.suffix != _ANNOTATIONS:
        return receipts_json(receipts)
    return json.dumps(annotation_page(tuple(receipts)), ensure_ascii=False, indent=2) + "\n"
