"""Lines of a question set's files; every fault names file and line."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import TypeVar

from pydantic import BaseModel, ConfigDict, ValidationError

from corpus.faults import first_fault
from corpus.files import regular_bytes
from qa.evaluation.errors import CollectionError


class Record(BaseModel):
    """A line of a set; ids that are numbers are read as text, keys not needed are left out."""

    model_config = ConfigDict(frozen=True, coerce_numbers_to_str=True, populate_by_name=True)


R = TypeVar("R", bound=Record)


def read_text(path: Path) -> str:
    """Return the text of a file.

    Raises:
        CollectionError: it cannot be read or is not UTF-8.
    """
    try:
        return regular_bytes(path).decode("utf-8-sig")
    except OSError as error:
        raise CollectionError(path, f"cannot be read ({error.strerror}).") from None
    except UnicodeDecodeError as error:
        line = error.object[: error.start].count(b"\n") + 1
        raise CollectionError(path, "is not UTF-8; save it as UTF-8.", line) from error


def numbered(path: Path) -> Iterator[tuple[int, str]]:
    """Yield number and text of every line that is not blank."""
    for number, line in enumerate(read_text(path).split("\n"), start=1):
        if line.strip():
            yield number, line.rstrip("\r")


def records(path: Path, kind: type[R]) -> Iterator[tuple[int, R]]:
    """Yield number and record of every line that is not blank.

    Raises:
        CollectionError: a line is not JSON or not such a record.
    """
    for number, line in numbered(path):
        try:
            yield number, kind.model_validate(json.loads(line))
        except ValidationError as error:
            raise CollectionError(path, first_fault(error).sentence, number) from error
        except (ValueError, RecursionError) as error:
            raise CollectionError(path, f"is not JSON: {error}.", number) from error


def read_json(path: Path, name: str) -> object:
    """Return what a file of the set ``name`` holds.

    Raises:
        CollectionError: it cannot be read or is not JSON.
    """
    text = read_text(path)
    try:
        return json.loads(text)
    except (ValueError, RecursionError) as error:
        raise CollectionError(path, f"is no {name} file, for it is not JSON: {error}.") from error


def valid(path: Path, name: str, found: object, kind: type[R]) -> R:
    """Return what a file holds as the type of its set.

    Raises:
        CollectionError: with the first thing that is not as the set has it.
    """
    try:
        return kind.model_validate(found)
    except ValidationError as error:
        raise CollectionError(path, f"is no {name} file; {first_fault(error).sentence}") from error
