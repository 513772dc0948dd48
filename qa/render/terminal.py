"""What may go to a terminal: no sign that moves the cursor, clears the screen or turns text round.

Titles, names of files, questions and transcripts come from outside. A sign of theirs that a
terminal would obey is shown by its code, ``⟨U+001B⟩``.
"""

from __future__ import annotations

import json
import re
import shutil

NARROWEST = 20
WIDEST = 88
"""Columns; longer lines are hard to read."""

# C0 without tab and line feed, DEL and C1; embeddings, overrides and isolates of directions;
# surrogates, which no encoding can write. Marks of direction (U+200E, U+200F, U+061C) turn no
# text round, and Hebrew and Arabic texts need them.
_OBEYED = r"\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff"
_SIGN = re.compile(f"[{_OBEYED}]")
_SHOWN = re.compile(r"⟨U\+([0-9A-F]{4})⟩")


def visible(text: str) -> str:
    """Return ``text`` with every sign that a terminal would obey shown by its code."""
    return _SIGN.sub(lambda sign: f"⟨U+{ord(sign[0]):04X}⟩", text)


def tell(text: str) -> None:
    """Print a line that may hold anything on standard output."""
    print(visible(text))


def unshown(text: str) -> str:
    """Return what :func:`visible` was given, if that held no such codes itself."""
    return _SHOWN.sub(lambda code: chr(int(code[1], 16)), text)


def json_line(value: object) -> str:
    """Return a value as one line of JSON that a terminal can be given; other signs stay as is."""
    text = json.dumps(value, ensure_ascii=False)
    return _SIGN.sub(lambda sign: f"\\u{ord(sign[0]):04x}", text)


def terminal_width() -> int:
    """Return the columns to write in: those of the terminal, or of ``COLUMNS``."""
    columns = shutil.get_terminal_size((WIDEST, 24)).columns
    return min(max(columns, NARROWEST), WIDEST)
