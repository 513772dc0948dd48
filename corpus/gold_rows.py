"""Lines of a gold file as typed rows, with a sentence for every fault of every line."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator, Sequence
from difflib import get_close_matches
from pathlib import Path

from pydantic import BaseModel, ConfigDict, Field, ValidationError
from pydantic_core import ErrorDetails

from corpus.errors import CorpusError
from corpus.faults import fault_sentence, field_name
from corpus.files import regular_bytes

_LIKE = 0.8
"""Ratio of ``difflib`` from which on a key is taken for a misspelling of another."""


class JudgmentError(CorpusError):
    """A gold file that cannot be used; :attr:`faults` holds one sentence for each fault."""

    def __init__(self, path: Path, faults: Sequence[str]) -> None:
        self.faults = tuple(faults)
        super().__init__(path, "\n  ".join(faults))


class _Strict(BaseModel):
    """What is misspelt or of another type would otherwise silently not count."""

    model_config = ConfigDict(frozen=True, strict=True, extra="forbid")


class SpanRow(_Strict):
    """A span as written."""

    start: int = Field(ge=0)
    end: int
    text: str
    document: str | None = None


class Row(_Strict):
    """A question as written; :class:`corpus.judgments.Question` says what the keys mean."""

    qid: str = Field(min_length=1)
    question: str = Field(min_length=1)
    answerable: bool
    type: str = ""
    style: str = ""
    history: tuple[str, ...] = ()
    lang: str = Field(default="en", min_length=1)
    translated: bool = False
    spans: tuple[SpanRow, ...] = ()
    alt_spans: tuple[tuple[SpanRow, ...], ...] = ()
    speaker: str | None = None
    note: str = ""
    document: str | None = None


def read_rows(path: Path, faults: list[str]) -> Iterator[tuple[int, Row]]:
    """Yield number and row of every line that can be read; the others' faults are appended.

    Raises:
        JudgmentError: the file cannot be read at all.
    """
    try:
        lines = regular_bytes(path).decode("utf-8-sig").split("\n")
    except OSError as error:
        raise JudgmentError(path, [f"cannot be read ({error.strerror}); check the name."]) from None
    except UnicodeDecodeError as error:
        raise JudgmentError(path, [f"is not UTF-8 at byte {error.start}."]) from error
    for number, line in enumerate(lines, start=1):
        if not line.strip():
            continue
        try:
            # Arrays are tuples here, and strict reading takes them from JSON only.
            found = json.dumps(json.loads(line, object_pairs_hook=_object))
            yield number, Row.model_validate_json(found)
        except ValidationError as error:
            faults += [f"line {number}: {_in_words(fault)}" for fault in error.errors()]
        except (ValueError, RecursionError) as error:
            faults.append(f"line {number} cannot be read as JSON: {error}.")


_KEYS = (*Row.model_fields, *SpanRow.model_fields)


def _object(pairs: Sequence[tuple[str, object]]) -> dict[str, object]:
    """Return a JSON object without nulls and without keys that resemble none of ours.

    Those are somebody's own remarks; a key that nearly is one of ours is kept, to be refused.

    Raises:
        ValueError: a key stands twice.
    """
    twice = [key for key, count in Counter(key for key, _ in pairs).items() if count > 1]
    if twice:
        raise ValueError(f"the key '{twice[0]}' stands twice")
    return {key: value for key, value in pairs if value is not None and _is_ours(key)}


def _is_ours(key: str) -> bool:
    return key in _KEYS or bool(get_close_matches(key, _KEYS, 1, _LIKE))


def _in_words(fault: ErrorDetails) -> str:
    if fault["type"] == "extra_forbidden":
        field = field_name(tuple(fault["loc"]))
        return f"{field} is no key of the gold format; remove or correct it."
    return fault_sentence(fault)
