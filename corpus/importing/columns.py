"""Which column of a table holds who speaks, what is said, and when."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from corpus.importing.texts import may_be_name, seconds
from corpus.labels.unknown import is_unknown

_NAMES = {
    "start": "time start timecode timestamp begin in zeit beginn début inicio время",
    "end": "end out stop ende fin",
    "speaker": "speaker name who participant sprecher person locuteur hablante interlocutor "
    "говорящий",
    "text": "text transcript transcription words utterance content speech sentence subtitle said "
    "transkript inhalt texte texto текст",
}
_MOST = 0.8
_FEWEST_ROWS = 2


@dataclass(frozen=True, slots=True)
class Columns:
    """Which column is which, from 0."""

    text: int
    speaker: int | None
    start: int | None
    end: int | None

    @property
    def used(self) -> frozenset[int | None]:
        """All of them."""
        return frozenset((self.text, self.speaker, self.start, self.end))


def columns_called(row: Sequence[str]) -> Columns | None:
    """Return which column is which by their names; None where no column holds the words."""
    heads = [" ".join(cell.strip(' "\r').casefold().replace("_", " ").split()) for cell in row]
    found: dict[str, int] = {}
    for key, names in _NAMES.items():
        known = names.split()
        at = next((i for i, head in enumerate(heads) if head in known), None)
        if at is None:
            at = next(
                (
                    i
                    for i, head in enumerate(heads)
                    if set(head.split()) & set(known) and i not in found.values()
                ),
                None,
            )
        if at is not None:
            found[key] = at
    if "text" not in found:
        return None
    return Columns(found["text"], found.get("speaker"), found.get("start"), found.get("end"))


def columns_seen(rows: Sequence[Sequence[str]]) -> Columns | None:
    """Return which column is which by what stands in them: names, times, and the most words."""
    width = Counter(map(len, rows)).most_common(1)[0][0] if rows else 0
    even = [row for row in rows if len(row) == width]
    if width < 2 or len(even) < max(_FEWEST_ROWS, _MOST * len(rows)):  # noqa: PLR2004
        return None
    columns = [[row[i].strip() for row in even if row[i].strip()] for i in range(width)]
    start = next((i for i, cells in enumerate(columns) if _mostly(cells, _is_time)), None)
    who = next(
        (i for i, cells in enumerate(columns) if i != start and _mostly(cells, _is_name)), None
    )
    words = [0 if i in (start, who) else _words(cells) for i, cells in enumerate(columns)]
    text = words.index(max(words))
    if who is None or words[text] <= _words(columns[who]):
        return None
    return Columns(text, who, start, None)


def _mostly(cells: Sequence[str], fits: Callable[[str], bool]) -> bool:
    return len(cells) >= _FEWEST_ROWS and sum(map(fits, cells)) >= _MOST * len(cells)


def _is_time(cell: str) -> bool:
    return seconds(cell) is not None


def _is_name(cell: str) -> bool:
    name = cell.rstrip(": ")
    return is_unknown(name) or bool(may_be_name(name))


def _words(cells: Sequence[str]) -> int:
    return sum(len(cell.split()) for cell in cells)
