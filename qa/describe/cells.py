"""Text in the cells of a spreadsheet: nothing is run as a formula, nothing is lost."""

from __future__ import annotations

import re
from collections.abc import Iterable

# What spreadsheet programs take for the start of a formula or a command, full-width forms
# included; with apostrophes before it, because one of them is ours to take away again.
_RISKY = re.compile(r"'*[=+\-@\t\r\n|%＝＋－＠]")
_SEPARATOR = "; "


def to_cell(text: str) -> str:
    """Return ``text`` so that no spreadsheet runs it; :func:`from_cell` undoes it."""
    return f"'{text}" if _RISKY.match(text) else text


def from_cell(cell: str) -> str:
    """Return the text of a cell."""
    return cell[1:] if cell.startswith("'") and _RISKY.match(cell) else cell


def joined(texts: Iterable[str]) -> str:
    """Return several texts in one cell, separated by semicolons."""
    return _SEPARATOR.join(re.sub(r"[\\;]", r"\\\g<0>", text) for text in texts)


def split(cell: str) -> tuple[str, ...]:
    """Return the texts of a cell written by :func:`joined` or by hand."""
    parts = [""]
    for piece in re.findall(r"\\.|;|[^\\;]+|\\", cell, re.DOTALL):
        if piece == ";":
            parts.append("")
        else:
            # An escaped character stands for itself; a lone backslash at the end does too.
            parts[-1] += piece[1:] or piece if piece[0] == "\\" else piece
    return tuple(part for part in (part.strip() for part in parts) if part)
