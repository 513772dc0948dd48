"""Questions as JSON Lines.

``{"qid"?, "question", "history"?, "speaker"?, "document"?, "collection"?, "since"?, "until"?}``
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import BinaryIO

from qa.asking import Asked
from qa.errors import UsageError
from qa.within import Within

_ANYTHING = Asked("")
_WITHIN = ("collection", "since", "until")


@dataclass(frozen=True, slots=True)
class Request:
    """One question of a batch; ``line`` is its place in the input, from 1."""

    line: int
    qid: str | None
    asked: Asked


@dataclass(frozen=True, slots=True)
class Refused:
    """A line that is no question, and why, in a sentence that names it."""

    sentence: str


def read_requests(lines: BinaryIO, usual: Asked = _ANYTHING) -> Iterator[Request | Refused]:
    """Read one request a line; blank lines are passed over, and a broken one ends nothing.

    Args:
        lines: the input.
        usual: what lines are confined to that do not say so themselves.
    """
    for number, line in enumerate(lines, start=1):
        if line.strip():
            try:
                yield _request(line, number, usual)
            except UsageError as error:
                yield Refused(str(error))


def _request(line: bytes, number: int, usual: Asked) -> Request:
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
    for name in ("speaker", "document", *_WITHIN):
        if not isinstance(values.get(name), str | None):
            raise UsageError(f"Standard input, line {number}: '{name}' must be a text.")
    qid = values.get("qid")
    try:
        within = Within.read(*(values.get(name) for name in _WITHIN))
    except UsageError as error:
        raise UsageError(f"Standard input, line {number}: {error}") from error
    asked = Asked(
        values["question"],
        tuple(history),
        values.get("speaker") or usual.speaker,
        values.get("document") or usual.document,
        within=usual.within.narrowed(within),
    )
    return Request(number, None if qid is None else str(qid), asked)
