"""Plain text: as it is; its labels are found by the parser's grammar."""

from __future__ import annotations

from corpus.importing.imported import Block, Imported, Kind, Piece, Place
from corpus.importing.texts import decoded, head_of, is_text

NAME = "plain text"


def recognise(data: bytes, name: str) -> float:
    """Anything that is text may be plain text; other formats come first."""
    if not is_text(data) or head_of(data, 64).lstrip().startswith("<?xml"):
        return 0.0
    return 0.3 if name.lower().endswith((".txt", ".text")) else 0.2


def read(data: bytes, name: str) -> tuple[Imported, ...]:
    """Take the whole text over, sign by sign."""
    text, encoding = decoded(data, name)
    start = 1 if text.startswith("\ufeff") else 0
    whole = Piece(text[start:], Place("", start, len(text), 1))
    return (Imported(NAME, (Block(Kind.TEXT, (whole,)),), encoding, units={"": text}),)
