"""On which line of a TOML file a value stands, and what is wrong with a line that is no TOML."""

from __future__ import annotations

import re
import tomllib
from collections import Counter
from collections.abc import Iterator

_TABLE = re.compile(r"\s*(?P<open>\[\[?)\s*(?P<name>[^\[\]]+?)\s*\]")
_KEY = re.compile(r"""[\w.\s"'-]+""")
_PLACE = re.compile(r" \(at (?:line (?P<line>\d+), column \d+|end of document)\)$")
_TRIPLE = ('"""', "'''")

Where = tuple[int | str, ...]
"""Keys and 0-based numbers of list items that lead to a value."""


def line_of(toml: str, where: Where) -> int | None:
    """Return the 1-based line of a value, or of the closest thing around it that has one."""
    lines = dict(_keys(toml))
    for length in range(len(where), 0, -1):
        found = lines.get(where[:length]) or lines.get(_without_last_number(where[:length]))
        if found is not None:
            return found
    return None


def toml_fault(toml: str, error: tomllib.TOMLDecodeError) -> tuple[int | None, str]:
    """Return line and sentence for a file that is no TOML."""
    place = _PLACE.search(str(error))
    lines = toml.splitlines()
    number = int(place["line"]) if place is not None and place["line"] else len(lines)
    line = lines[number - 1].strip() if 0 < number <= len(lines) else ""
    return number or None, f"cannot be read: {_cure(line, str(error))}"


def _cure(line: str, reason: str) -> str:
    key, equals, value = line.partition("=")
    value = value.split(" #")[0].strip()
    if "overwrite" in reason or "twice" in reason or "Cannot" in reason:
        return f"“{line}” says something that was said before; keep one of the two."
    if not equals and line:
        return f'“{line}” is no field; write name = "value", or put a # before a remark.'
    if not value:
        return f'after “{line}” the value is missing, for example {key.strip() or "title"} = "…".'
    if value[0] not in "\"'[{":
        value = value.strip("“”„«»‘’")
        return f'put the value in straight quotation marks: {key.strip()} = "{value}".'
    return (
        f"“{line}” is not complete; close every quotation mark and bracket, and write a quotation "
        'mark inside words as ” or \\".'
    )


def _keys(toml: str) -> Iterator[tuple[Where, int]]:
    """Yield where each value stands, with its line; lines inside long texts are passed over."""
    table: Where = ()
    counts: Counter[Where] = Counter()
    inside = ""
    for number, line in enumerate(toml.split("\n"), start=1):
        if inside:
            inside = "" if inside in line else inside
            continue
        head = _TABLE.match(line)
        key, equals, _ = line.partition("=")
        if head is not None:
            table = _table(head["name"], counts, repeats=head["open"] == "[[")
            yield table, number
        elif equals and _KEY.fullmatch(key):
            yield (*table, *_parts(key)), number
            inside = next((m for m in _TRIPLE if line.count(m) % 2), "")


def _table(name: str, counts: Counter[Where], *, repeats: bool) -> Where:
    """Return where a table stands: in the last item of each list of tables on the way."""
    where: Where = ()
    parts = _parts(name)
    for i, part in enumerate(parts):
        where = (*where, part)
        if i == len(parts) - 1 and repeats:
            counts[where] += 1
        if counts[where]:
            where = (*where, counts[where] - 1)
    return where


def _parts(name: str) -> tuple[str, ...]:
    return tuple(part.strip().strip("\"'") for part in name.split("."))


def _without_last_number(where: Where) -> Where:
    return where[:-1] if where and isinstance(where[-1], int) else where
