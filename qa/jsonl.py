"""Questions as JSON Lines: ``{"qid"?, "question", "history"?, "speaker"?, "document"?}``."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import BinaryIO

from qa.errors import UsageError


@dataclass(frozen=True, slots=True)
class Request:
    """One question of a batch; ``line`` is its place in the input, from 1."""

    line: int
    qid: str | None
    question: str
    history: tuple[str, ...]
    speaker: str | None = None
    document: str | None = None


def read_requests(lines: BinaryIO) -> Iterator[Request]:
    """Read one request a line; blank lines are passed over.

    Raises:
        UsageError: a line is not such an object; the message names it.
    """
    for number, line in enumerate(lines, start=1):
        if line.strip():
            yield _request(line, number)


def _request(line: bytes, number: int) -> Request:
    try:
        values = json.loads(line)
    except (ValueError, RecursionError) as error:
        raise UsageError(
            f"Standard input, line {number}: is not JSON; write one object a line."
        ) from error
    if not isinstance(values, dict) or not isinstance(values.get("question"), str):
        raise UsageError(f"Standard input, line {number}: needs a text under 'question'.")
    history = values.get("history") or []
    if not isinstance(history, list) or not all(isinstance(part, str) for part in history):
        raise UsageError(f"Standard input, line {number}: 'history' must be a list of questions.")
    for name in ("speaker", "document"):
        if not isinstance(values.get(name), str | None):
            raise UsageError(f"Standard input, line {number}: '{name}' must be a text.")
    qid = values.get("qid")
    return Request(
        number,
        None if qid is None else str(qid),
        values["question"],
        tuple(history),
        values.get("speaker"),
        values.get("document"),
    )
