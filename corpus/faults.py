"""Faults of a value that a person wrote, in the words of a person.

Every kind of fault that pydantic finds in this project's files is put into words here: what was
written, what is needed instead, and an example. Its own wording is for programmers.
"""

from __future__ import annotations

import datetime
from collections.abc import Callable, Collection
from dataclasses import dataclass
from difflib import get_close_matches

from pydantic import ValidationError
from pydantic_core import ErrorDetails

_SHOWN = 40
_NEEDED = {
    "string_type": "words in quotation marks",
    "string_pattern_mismatch": 'a short code such as "en"',
    "int_type": "a whole number without quotation marks",
    "int_parsing": "a whole number",
    "int_from_float": "a whole number",
    "int_parsing_size": "a smaller number",
    "float_type": "a number",
    "float_parsing": "a number",
    "finite_number": "a number",
    "bool_type": "true or false, without quotation marks",
    "bool_parsing": "true or false",
    "tuple_type": "a list in square brackets",
    "list_type": "a list in square brackets",
    "dict_type": "a table of names and values",
    "mapping_type": "a table of names and values",
    "model_type": "a table of its own with fields in it",
    "model_attributes_type": "a table of its own with fields in it",
    "dataclass_type": "a table of its own with fields in it",
    "date_type": "a date as year-month-day",
    "date_parsing": "a date as year-month-day",
    "date_from_datetime_parsing": "a date as year-month-day",
    "date_from_datetime_inexact": "a date without a time",
    "invalid_key": "names in quotation marks on the left",
}
_BOUNDS = {
    "greater_than_equal": ("ge", "at least"),
    "greater_than": ("gt", "more than"),
    "less_than_equal": ("le", "at most"),
    "less_than": ("lt", "less than"),
}


@dataclass(frozen=True, slots=True)
class Fault:
    """The first fault of a file.

    Attributes:
        where: keys and 0-based numbers of list items that lead to the value.
        sentence: one sentence, without the place: what is wrong and what to write.
    """

    where: tuple[int | str, ...]
    sentence: str


def first_fault(
    error: ValidationError,
    *,
    example: Callable[[str], str] = lambda _: "",
    known: Callable[[tuple[int | str, ...]], Collection[str]] = lambda _: (),
    belongs: Callable[[tuple[int | str, ...]], str] = lambda _: "",
) -> Fault:
    """Put the first fault of a value into words.

    Args:
        error: what pydantic found.
        example: from a field's name, list numbers left out, to a line that would be right; or
            nothing.
        known: from the place of a field that does not exist to the names of those that do.
        belongs: from the place of a field that does not exist to where one of its name does, or
            nothing.
    """
    # A misspelt name is also a name that is missing: the first is what was meant.
    details = min(error.errors(), key=lambda one: one["type"] != "extra_forbidden")
    where = tuple(details["loc"])
    sentence = _sentence(details, where, known(where))
    if details["type"] == "extra_forbidden" and belongs(where):
        sentence = f"{field_name(where)} is not known; '{where[-1]}' belongs {belongs(where)}"
    shown = example(".".join(part for part in where if isinstance(part, str)))
    if not shown or details["type"] == "extra_forbidden":
        return Fault(where, f"{sentence}.")
    return Fault(where, f"{sentence}, for example {shown}.")


def fault_sentence(details: ErrorDetails) -> str:
    """Put one of several faults of a value into words: a sentence without the place."""
    return f"{_sentence(details, tuple(details['loc']), ())}."


def field_name(where: tuple[int | str, ...]) -> str:
    """Return the name of a field in quotation marks; people count list items from 1."""
    name = ".".join(part for part in where if isinstance(part, str))
    numbers = ", ".join(str(part + 1) for part in where if isinstance(part, int))
    return f"'{name}' (number {numbers})" if numbers else f"'{name}'"


def _sentence(details: ErrorDetails, where: tuple[int | str, ...], known: Collection[str]) -> str:
    field = field_name(where) if where else "the whole"
    kind, value, context = details["type"], details["input"], details.get("ctx", {})
    if kind == "missing":
        return f"{field} is missing; add it"
    if kind == "extra_forbidden":
        return f"{field} is not known; {_spelling(str(where[-1]), known)}"
    if kind in ("string_too_short", "too_short"):
        return f"{field} is empty; fill it in or leave it out"
    if kind in ("string_too_long", "too_long"):
        return f"{field} is too long: at most {context['max_length']} are possible"
    if kind in _BOUNDS:
        key, words = _BOUNDS[kind]
        return f"{field} is {_described(value)}; it must be {words} {context[key]}"
    if kind in ("value_error", "assertion_error"):
        return f"{field} cannot be used: {context['error']}"
    if kind in ("literal_error", "enum"):
        return f"{field} is {_described(value)}; it must be {context['expected']}"
    needed = _NEEDED.get(kind, "another kind of value")
    return f"{field} is {_described(value)}; it needs {needed}"


def _spelling(name: str, known: Collection[str]) -> str:
    close = get_close_matches(name.casefold(), known, n=1)
    return f"perhaps '{close[0]}' is meant" if close else "check its spelling"


def quoted(value: object) -> str:
    """Return words in quotation marks; of anything else, what it is."""
    return f"“{_short(value)}”" if isinstance(value, str) else _described(value)


def _described(value: object) -> str:
    """Say what a person wrote."""
    if value is None:
        return "empty"
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, int | float):
        return f"the number {_short(str(value))}"
    if isinstance(value, str):
        return f"the words “{_short(value)}”" if value else "empty"
    if isinstance(value, datetime.date | datetime.time):
        return f"the date or time {value}"
    return "a list" if isinstance(value, list | tuple) else "a table"


def _short(text: str) -> str:
    text = " ".join(text.split())
    return text if len(text) <= _SHOWN else f"{text[:_SHOWN]}…"
