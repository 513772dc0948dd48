"""WebVTT, with voice tags (``<v Anna Reed>``) or names at the start of cues, as Zoom has them."""

from __future__ import annotations

from collections.abc import Sequence

from corpus.errors import ImportingError
from corpus.importing.cues import blocks_of, read_cues, timing
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
    kept, notes, styles = without_blocks(lines)
    found = read_cues(kept)
    if not found.cues:
        raise ImportingError(
            name, "has no cues; each needs a line such as 00:01.000 --> 00:04.000."
        )
    blocks, left = blocks_of(found.cues)
    left = (
        *left,
        *left_of_blocks(notes, styles),
        LeftOut(
            "lines outside of cues",
            len(found.remarks),
            "under no time line",
            "line outside of cues",
            tuple(line.text.strip() for line in found.remarks),
        ),
        LeftOut("cue settings", found.settings, "about the screen", "cue setting"),
    )
    shown = tuple(one for one in left if one.count)
    first = next(i for i, line in enumerate(lines) if timing(line) is not None)
    _, above, _ = without_blocks(lines[:first])
    return (
        Imported(
            NAME, blocks, encoding, left_out=shown, units={"": text}, remarks=notes, above=above
        ),
    )


def left_of_blocks(notes: tuple[str, ...], styles: int) -> tuple[LeftOut, ...]:
    """Return what blocks are left out that are no cues."""
    return (
        LeftOut("lines of notes", len(notes), "about the file", "line of notes", notes),
        LeftOut("lines of styles", styles, "about the screen", "line of styles"),
    )


def without_blocks(
    lines: Sequence[SourceLine],
) -> tuple[list[SourceLine], tuple[str, ...], int]:
    """Leave out the file's head and its NOTE, STYLE and REGION blocks.

    Returns:
        The other lines; what head and notes say; how many lines styles and regions have.
    """
    kept: list[SourceLine] = []
    notes: list[str] = []
    styles = 0
    inside = "WEBVTT"
    for i, line in enumerate(lines):
        words = line.text.strip()
        first = not i or not lines[i - 1].text.strip()
        if not words:
            inside = ""
        elif first and i and words.split()[0] in _BLOCKS:
            inside = words.split()[0]
        if not inside:
            kept.append(line)
        elif inside in ("WEBVTT", "NOTE"):
            notes.append(words.removeprefix(inside).strip(" -\t") if first else words)
        else:
            styles += 1
    return kept, tuple(filter(None, notes)), styles
