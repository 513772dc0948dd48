"""The layers of a text: every code point lies in exactly one."""

from __future__ import annotations

import itertools
from collections.abc import Sequence

from corpus.transcript import Layer, Region

_LAYERS = tuple(Layer)
_CODES = {layer: code for code, layer in enumerate(_LAYERS)}


def paint(length: int, marks: Sequence[Region]) -> tuple[Region, ...]:
    """Lay marks over each other, the later above the earlier, and return what is seen.

    Args:
        length: of the text, in code points; the first marks must cover it.
        marks: stretches of the text, in the order of painting; empty ones are left out.
    """
    codes = bytearray(length)
    edges = {0, length}
    for mark in marks:
        if mark.start < mark.end:
            size = mark.end - mark.start
            codes[mark.start : mark.end] = bytes((_CODES[mark.layer],)) * size
            edges |= {mark.start, mark.end}
    regions: list[Region] = []
    ordered = sorted(edges)
    for start, end in itertools.pairwise(ordered):
        layer = _LAYERS[codes[start]]
        if regions and regions[-1].layer is layer:
            regions[-1] = Region(regions[-1].start, end, layer)
        else:
            regions.append(Region(start, end, layer))
    return tuple(regions)


def blanked(text: str, marks: Sequence[Region]) -> str:
    """Return ``text`` with spaces of the same length in place of what is marked."""
    if not marks:
        return text
    parts: list[str] = []
    at = 0
    for mark in sorted(marks, key=lambda mark: mark.start):
        if mark.start >= at:
            parts += [text[at : mark.start], " " * (mark.end - mark.start)]
            at = mark.end
    parts.append(text[at:])
    return "".join(parts)
