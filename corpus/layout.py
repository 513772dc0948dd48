"""Whether the corrections in a record's layout fit the text they correct."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from corpus.errors import RecordError
from corpus.lines import Line
from corpus.record import Record


def check_layout(lines: Sequence[Line], record: Record, path: Path) -> None:
    """Find the line that each correction speaks of: one that fits no line corrects nothing.

    Args:
        lines: of the whole text.
        record: whose layout is checked; its section borders are looked up by
            :mod:`corpus.sections`, its notes by :mod:`corpus.footnotes`.
        path: named in error messages.

    Raises:
        RecordError: a correction fits no line.
    """
    layout = record.layout
    rules: tuple[tuple[str, tuple[str, ...], Callable[[str, str], bool], str], ...] = (
        ("not_labels", layout.not_labels, str.__contains__, "holds"),
        ("headings", layout.headings, str.__eq__, "is"),
        ("not_headings", layout.not_headings, str.__eq__, "is"),
        ("speech", layout.speech, str.startswith, "begins with"),
        ("not_speech", layout.not_speech, str.startswith, "begins with"),
        ("breaks", layout.breaks, str.endswith, "ends with"),
        ("not_breaks", layout.not_breaks, str.endswith, "ends with"),
    )
    for name, values, fits, verb in rules:
        for words in values:
            if not any(fits(line.text, words) for line in lines):
                raise RecordError(
                    path,
                    f"the record's 'layout.{name}' names “{words}”, but no line {verb} these "
                    "words; correct or remove it.",
                )
