"""WebVTT, with voice tags (``<v Anna Reed>``) or names at the start of cues, as Zoom has them."""

from __future__ import annotations

from corpus.errors import ImportingError
from corpus.importing.cues import blocks_of, read_cues
from corpus.importing.imported import Imported, LeftOut
from corpus.importing.texts import SourceLine, decoded, head_of, source_lines

NAME = "WebVTT"
_BLOCKS = ("NOTE", "STYLE", "REGION")


def recognise(data: bytes, name: str) -> float:
    """By the first line."""
    del name
    return 1.0 if head_of(data, 64).lstrip().startswith("WEBVTT") else 0.0


def read(data: bytes, name: str) -> tuple[Imported, ...]:
    """Read the cues; NOTE blocks, styles and settings are left out."""
    text, encoding = decoded(data, name)
    lines = list(source_lines(text))
    kept, remarks = without_blocks(lines)
    found = read_cues(kept)
    if not found.cues:
        raise ImportingError(
            name, "has no cues; each needs a line such as 00:01.000 --> 00:04.000."
        )
    blocks, left = blocks_of(found.cues)
    left = (
        *left,
        LeftOut("lines of notes and styles", remarks, "they are the file's own"),
        LeftOut("lines outside of cues", len(found.remarks), "they stand under no time line"),
        LeftOut("cue settings", found.settings, "they say where on the screen"),
    )
    shown = tuple(one for one in left if one.count)
    return (Imported(NAME, blocks, encoding, left_out=shown, units={"": text}),)


def without_blocks(lines: list[SourceLine]) -> tuple[list[SourceLine], int]:
    """Leave out the file's head and its NOTE, STYLE and REGION blocks."""
    kept: list[SourceLine] = []
    inside, remarks = True, 0
    for i, line in enumerate(lines):
        first = not i or not lines[i - 1].text.strip()
        if not line.text.strip():
            inside = False
        elif first and i and line.text.split()[0] in _BLOCKS:
            inside = True
        remarks += inside and i > 0
        if not inside:
            kept.append(line)
    return kept, remarks
