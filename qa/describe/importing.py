"""Bringing a table that a curator worked on back into the finding aid."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from corpus.aid import Part, questions_of
from corpus.counting import counted
from qa.describe.aid_file import AidFile
from qa.describe.table_reading import TableLine
from qa.errors import UsageError


@dataclass(frozen=True, slots=True)
class Changes:
    """How many lines of an aid a table touched."""

    added: int
    changed: int
    removed: int


def merged(aid: AidFile, table: Iterable[TableLine], *, remove: bool) -> tuple[AidFile, Changes]:
    """Return the aid as the table has it; lines that did not change keep their bytes.

    Args:
        aid: the finding aid.
        table: what a table says; a label that is no line of the aid makes a new line.
        remove: whether lines that the table lacks are taken out.

    Raises:
        UsageError: the table lacks lines of the aid, and ``remove`` is false.
    """
    existing = {str(number): (number, part) for number, part in aid.lines}
    wanted: dict[int, Part | None] = {}
    added: list[Part] = []
    seen: set[int] = set()
    for line in table:
        if line.label in existing:
            number, part = existing[line.label]
            seen.add(number)
            if part != line.part:
                wanted[number] = line.part
        else:
            added.append(line.part)
    changed = len(wanted)
    missing = [(number, part) for number, part in aid.lines if number not in seen]
    if missing and not remove:
        number, part = missing[0]
        raise UsageError(
            f"The table lacks {counted(len(missing), 'line')} of {aid.path}, the first of them "
            f"line {number} (“{questions_of(part)[0]}”); give --remove to take them out of the aid."
        )
    wanted |= dict.fromkeys((number for number, _ in missing), None)
    result = aid.with_parts(wanted).appended(*added)
    return result, Changes(len(added), changed, len(missing))
