"""SubRip (.srt), also where cues carry no numbers."""

from __future__ import annotations

from corpus.errors import ImportingError
from corpus.importing.cues import blocks_of, read_cues, timing
from corpus.importing.imported import Imported, LeftOut
from corpus.importing.texts import decoded, head_of, is_text, source_lines

NAME = "SubRip (.srt)"
_WITHIN = 5


def recognise(data: bytes, name: str) -> float:
    """By a time line among the first ones."""
    if not is_text(data) or head_of(data, 64).lstrip().startswith("WEBVTT"):
        return 0.0
    lines = [line for line in source_lines(head_of(data)) if line.text.strip()]
    timed = any(timing(line) is not None for line in lines[:_WITHIN])
    return (0.95 if name.lower().endswith(".srt") else 0.85) if timed else 0.0


def read(data: bytes, name: str) -> tuple[Imported, ...]:
    """Read the cues; numbers, positions and tags are left out."""
    text, encoding = decoded(data, name)
    found = read_cues(list(source_lines(text)))
    if not found.cues:
        raise ImportingError(
            name, "has no cues; each needs a line such as 00:00:01,000 --> 00:00:04,000."
        )
    blocks, left = blocks_of(found.cues)
    left = (
        *left,
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
    return (Imported(NAME, blocks, encoding, left_out=shown, units={"": text}),)
