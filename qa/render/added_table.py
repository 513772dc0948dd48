"""What adding files did, a line a document: for a folder of hundreds."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from qa.adding.adding import Added, Outcome
from qa.render.added import added_object, ending_lines

_HEAD = (
    "file", "document", "state", "recognised as", "turns", "nobody", "speakers", "notes", "doubts",
    "times or pages", "left out",
)  # fmt: skip
_WIDEST = 36


def added_table(added: Added) -> str:
    """Return a table and, below it, the end of the report."""
    objects = added_object(added)["documents"]
    rows = [_HEAD, *(_row(one, told) for one, told in zip(added.outcomes, objects, strict=True))]
    widths = [max(len(row[column]) for row in rows) for column in range(len(_HEAD))]
    lines = (_line(row, widths) for row in rows)
    return "\n".join([*lines, "", *ending_lines(added)])


def _line(row: Sequence[str], widths: Sequence[int]) -> str:
    return "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip()


def _row(outcome: Outcome, told: dict[str, object]) -> tuple[str, ...]:
    transcript = outcome.document.transcript
    recognised = transcript.recognised
    cells = (
        outcome.document.source.name,
        outcome.document.id,
        outcome.state,
        outcome.document.imported.format,
        str(len(transcript.turns)),
        str(recognised.unplaced),
        str(len(recognised.speakers)),
        str(told["notes"]),
        str(len(recognised.doubts)),
        _where(told),
        "; ".join(one.counted for one in outcome.document.imported.left_out),
    )
    return tuple(map(_short, cells))


def _where(told: dict[str, object]) -> str:
    return ", ".join(_places(told))


def _places(told: dict[str, object]) -> Iterator[str]:
    if isinstance(time := told["time"], dict):
        yield f"{time['start']:.0f}-{time['end']:.0f} s"
    if told["pages"]:
        yield f"pp. {told['pages']}"


def _short(text: str) -> str:
    return text if len(text) <= _WIDEST else f"{text[: _WIDEST - 1]}…"
