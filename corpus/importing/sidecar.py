"""The map of an imported document, ``<id>.map.json``: whose words, and where in the original.

It says which file the text was made from, which stretches of the text are whose, and for each
stretch its place in the original: unit, line, page, second.
"""

from __future__ import annotations

import hashlib
import json
from bisect import bisect_right
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

from corpus.errors import RecordError
from corpus.files import regular_bytes
from corpus.importing.imported import Kind, Place

SUFFIX = ".map.json"
_VERSION = 1
_MALFORMED = (
    ValueError, KeyError, TypeError, AttributeError, IndexError, OverflowError, RecursionError,
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Run:
    """A stretch of the text that stands in one place of the original."""

    start: int
    end: int
    place: Place


@dataclass(frozen=True, slots=True)
class Stated:
    """A stretch of the text of which the original states what it is.

    Attributes:
        kind: of words.
        start: first code point of the words.
        end: end, exclusive.
        label: where the label begins; equal to ``start`` where nobody is named.
        speaker: as the original has it; None where it does not establish one.
        doubt: why the speaker is in doubt; empty where nothing is.
        number: of a footnote.
    """

    kind: Kind
    start: int
    end: int
    label: int
    speaker: str | None
    doubt: str
    number: int | None


@dataclass(frozen=True)
class SourceMap:
    """Where the text of an imported document comes from.

    Attributes:
        format: of the original, for people.
        original: its name, without a folder.
        original_sha256: of its bytes.
        text_sha256: of the bytes of the text made from it.
        stated: what the original states; None where labels are found by the parser.
        runs: in order, without overlaps.
        part: of the original, where it holds several documents.
    """

    format: str
    original: str
    original_sha256: str
    text_sha256: str
    stated: tuple[Stated, ...] | None
    runs: tuple[Run, ...]
    part: str = ""

    @cached_property
    def _starts(self) -> tuple[int, ...]:
        return tuple(run.start for run in self.runs)

    def runs_in(self, start: int, end: int) -> tuple[Run, ...]:
        """Return the runs that share at least one code point with ``[start, end)``."""
        first = max(bisect_right(self._starts, start) - 1, 0)
        behind = bisect_right(self._starts, end - 1)
        return tuple(run for run in self.runs[first:behind] if run.end > start)

    def time(self, start: int, end: int) -> tuple[float, float] | None:
        """Return from which to which second ``[start, end)`` is said, where that is known."""
        times = [run.place.time for run in self.runs_in(start, end) if run.place.time is not None]
        return (times[0][0], max(times[-1][1], times[0][0])) if times else None

    def page(self, start: int, end: int) -> str | None:
        """Return the page or pages of the original: ``12`` or ``12–13``; None without pages."""
        pages = [run.place.page for run in self.runs_in(start, end) if run.place.page is not None]
        if not pages:
            return None
        return pages[0] if pages[0] == pages[-1] else f"{pages[0]}–{pages[-1]}"

    @property
    def is_timed(self) -> bool:
        """Whether anything has a time."""
        return any(run.place.time is not None for run in self.runs)


def map_path(text: Path) -> Path:
    """Return where the map of a text lies."""
    return text.with_name(f"{text.stem}{SUFFIX}")


def map_bytes(source: SourceMap) -> bytes:
    """Return a map as it is written: one run a line."""
    head = {
        "version": _VERSION,
        "format": source.format,
        "original": {"name": source.original, "sha256": source.original_sha256},
        "text": {"sha256": source.text_sha256},
        "part": source.part,
    }
    stated = None if source.stated is None else [_stated_row(one) for one in source.stated]
    lines = [json.dumps(head, ensure_ascii=False)[:-1]]
    lines.append('"stated": ' + ("null" if stated is None else _rows(stated)))
    lines.append('"runs": ' + _rows([_run_row(run) for run in source.runs]))
    return (",\n".join(lines) + "}\n").encode()


def _rows(rows: list[list[Any]]) -> str:
    written = (json.dumps(row, ensure_ascii=False) for row in rows)
    return "[\n" + ",\n".join(written) + "]"


def _stated_row(one: Stated) -> list[Any]:
    row = [one.kind.value, one.label, one.start, one.end, one.speaker, one.doubt, one.number]
    return row[: 5 if not one.doubt and one.number is None else 7]


def _run_row(run: Run) -> list[Any]:
    p = run.place
    row = [run.start, run.end, p.unit, p.start, p.end, p.line, p.page, p.time]
    while row[-1] is None:
        row.pop()
    return row


def read_map(path: Path, text: bytes) -> SourceMap:
    """Read the map of a document.

    Args:
        path: of the map.
        text: bytes of the document's text, which the map must fit.

    Raises:
        RecordError: there is none, it is malformed, or it belongs to another text.
        OSError: it cannot be read.
    """
    if not path.is_file():
        raise RecordError(path, "is missing, and with it who speaks; add the original again.")
    try:
        source = _read(json.loads(regular_bytes(path)))
    except _MALFORMED as error:
        raise RecordError(path, "is no map of a document; add the original again.") from error
    if source.text_sha256 != hashlib.sha256(text).hexdigest():
        name = path.name.removesuffix(SUFFIX)
        raise RecordError(
            path, f"belongs to another text than {name}.txt now holds; add the original again."
        )
    return source


def _read(values: dict[str, Any]) -> SourceMap:
    if values["version"] != _VERSION:
        raise ValueError(values["version"])
    stated = values["stated"]
    return SourceMap(
        format=str(values["format"]),
        original=str(values["original"]["name"]),
        original_sha256=str(values["original"]["sha256"]),
        text_sha256=str(values["text"]["sha256"]),
        stated=None if stated is None else tuple(map(_stated, stated)),
        runs=tuple(map(_run, values["runs"])),
        part=str(values["part"]),
    )


def _stated(row: list[Any]) -> Stated:
    kind, label, start, end, speaker, doubt, number = [*row, "", None][:7]
    return Stated(Kind(kind), int(start), int(end), int(label), speaker, doubt, number)


def _run(row: list[Any]) -> Run:
    start, end, unit, first, last, line, page, time = [*row, None, None, None][:8]
    second = None if time is None else (float(time[0]), float(time[1]))
    return Run(int(start), int(end), Place(str(unit), int(first), int(last), line, page, second))
