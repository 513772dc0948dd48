"""Printed pages: lines out of words at places, running heads told apart, columns in their order."""

from __future__ import annotations

import itertools
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

Word = dict[str, Any]
"""A word with its box, in points from the left (``x0``, ``x1``) and from the top."""

GAP = 1.45
"""Of the distance of lines in a paragraph: what is farther apart is another one."""
_MIDDLE = (0.35, 0.65)
_GUTTER = 9.0
"""Points of white between two columns."""
_BOTH = 0.6
_FEW = 8
_SIDE = 0.25
_CROSSING = 0.25
_NAME = 3
_TOGETHER = 0.5
SAME_LINE = 3.0
"""Points by which the words of one line may stand higher or lower."""
_EDGE = 2
_SENTENCE_ENDS = ".!?…。！？"
_FEWEST_PAGES = 3
_FEWEST_COUNTING = 2
_RETURNS = 0.4
_RETURNS_CLOSE = 0.6
_STEPS = frozenset({5, 10})
_FEWEST_NUMBERS = 3
_NUMBER_APART = re.compile(r"^\d+\s{2,}|\s{2,}\d+$")
_PAGE_NUMBER = re.compile(
    r"\W*(?:(?:page|p\.|seite|s\.)\s*)?(\d{1,4})(?:\s*(?:of|/|von)\s*\d{1,4})?\W*$", re.I
)


@dataclass(frozen=True, slots=True)
class PrintedLine:
    """A printed line.

    Attributes:
        text: its words; a wide space, as behind a label or a line number, stays wide.
        top: how far from the top it stands, in points.
        words: from left to right.
    """

    text: str
    top: float
    words: tuple[Word, ...]

    @classmethod
    def of(cls, words: Sequence[Word]) -> PrintedLine:
        """Return the line that words of one height make."""
        text = ""
        for before, word in zip([None, *words], words, strict=False):
            if before is not None:
                text += "  " if word["x0"] - before["x1"] > _GUTTER else " "
            text += word["text"]
        return cls(text, words[0]["top"], tuple(words))


def rows_of(words: Sequence[Word]) -> list[list[Word]]:
    """Return words that stand equally high together, from top to bottom."""
    rows: list[list[Word]] = []
    for word in sorted(words, key=lambda word: (word["bottom"], word["x0"])):
        if rows and abs(rows[-1][0]["bottom"] - word["bottom"]) <= SAME_LINE:
            rows[-1].append(word)
        else:
            rows.append([word])
    return [sorted(row, key=lambda word: word["x0"]) for row in rows]


def without_numbers(rows: Sequence[list[Word]]) -> tuple[list[list[Word]], int]:
    """Take off the numbers in front of lines that count up: of all lines, or of each fifth."""
    numbers = [int(row[0]["text"]) if row[0]["text"].isdecimal() else None for row in rows]
    counted = [n for n in numbers if n is not None]
    steps = {b - a for a, b in itertools.pairwise(counted)}
    every = len(counted) >= max(_FEW, _BOTH * len(rows)) and steps == {1}
    if not every and not (steps and steps <= _STEPS and _stand_apart(rows, numbers)):
        return list(rows), 0
    kept = [row if n is None else row[1:] for row, n in zip(rows, numbers, strict=True)]
    return [row for row in kept if row], len(counted)


def _stand_apart(rows: Sequence[list[Word]], numbers: Sequence[int | None]) -> bool:
    """Whether numbers stand left of everything else, one below the other."""
    counted = [row for row, n in zip(rows, numbers, strict=True) if n is not None]
    others = [row[0]["x0"] for row, n in zip(rows, numbers, strict=True) if n is None]
    others += [row[1]["x0"] for row in counted if len(row) > 1]
    starts, ends = ([row[0][side] for row in counted] for side in ("x0", "x1"))
    return bool(
        len(counted) >= _FEWEST_NUMBERS
        and others
        and max(ends) < min(others)
        and min(max(side) - min(side) for side in (starts, ends)) <= SAME_LINE
    )


def without_heads(
    pages: Sequence[Sequence[PrintedLine]],
) -> tuple[list[list[PrintedLine]], tuple[str, ...]]:
    """Leave out what returns at the edges of pages, at one height, and nowhere else; page numbers.

    Returns:
        The pages, and the lines that were left out.
    """
    heads = _heads(pages)
    kept: list[list[PrintedLine]] = []
    repeated: list[str] = []
    numbers = _page_numbers(pages)
    for number, page in enumerate(pages):
        gone = {i for i in range(len(page)) if (number, i) in heads}
        gone |= {i for i in (0, len(page) - 1) if (number, i) in numbers}
        repeated += [page[i].text for i in sorted(gone)]
        kept.append([line for i, line in enumerate(page) if i not in gone])
    return kept, tuple(repeated)


def _heads(pages: Sequence[Sequence[PrintedLine]]) -> set[tuple[int, int]]:
    """Return page and line of running heads and feet."""
    distance = usual_distance(pages)
    places: dict[str, list[tuple[int, int]]] = {}
    inside: set[str] = set()
    for number, page in enumerate(pages):
        for i, line in enumerate(page):
            if i < _EDGE or i >= len(page) - _EDGE:
                places.setdefault(_key(line.text), []).append((number, i))
            else:
                inside.add(_key(line.text))
    apart = {(n, i) for n, page in enumerate(pages) for i in _apart(page, distance)}
    found: set[tuple[int, int]] = set()
    for key, where in places.items():
        # A name alone on its line stands amid pages, too; so may a label that ends with a colon.
        lettered = any(map(str.isalpha, key))
        if (lettered and key in inside) or key.endswith((":", "：")):
            continue
        for level in _levels(where, pages):
            counting = _counts_pages([(n, pages[n][i].text) for n, i in level])
            white = sum(place in apart for place in level) * 2 > len(level)
            # Words that follow at once may be somebody's.
            if not white and (not lettered or key[-1] in _SENTENCE_ENDS or ":" in key):
                continue
            least = _FEWEST_PAGES if not counting else _FEWEST_COUNTING
            share = _RETURNS if white or counting else _RETURNS_CLOSE
            if len(level) >= max(least, share * len(pages) if not (white and counting) else 0):
                found |= set(level)
    return found


def _levels(
    places: Sequence[tuple[int, int]], pages: Sequence[Sequence[PrintedLine]]
) -> Iterator[list[tuple[int, int]]]:
    """Yield the places of lines that stand equally high on their pages."""
    level: list[tuple[int, int]] = []
    for place in sorted(places, key=lambda p: pages[p[0]][p[1]].top):
        top = pages[place[0]][place[1]].top
        if level and top - pages[level[-1][0]][level[-1][1]].top > SAME_LINE:
            yield level
            level = []
        level.append(place)
    if level:
        yield level


def _counts_pages(lines: Sequence[tuple[int, str]]) -> bool:
    """Whether a number at one end of recurring lines counts up as the pages do."""
    for end in (0, -1):
        numbers = [(page, re.findall(r"\d+", text)) for page, text in lines]
        offsets = {int(found[end]) - page if found else None for page, found in numbers}
        if len(lines) > 1 and len(offsets) == 1 and None not in offsets:
            return True
    return False


def _page_numbers(pages: Sequence[Sequence[PrintedLine]]) -> set[tuple[int, int]]:
    """Return page and line of numbers at the edges that count up with the pages.

    A number alone on the last line may else be the end of a sentence: "in 1984."
    """
    found = {
        (page, i): int(match[1]) - page
        for page, lines in enumerate(pages)
        for i in {0, len(lines) - 1}
        if lines and (match := _PAGE_NUMBER.match(lines[i].text))
    }
    often = Counter(found.values()).most_common(1)
    first, count = often[0] if often else (0, 0)
    return {place for place, offset in found.items() if offset == first and count > 1}


def _apart(page: Sequence[PrintedLine], distance: float) -> set[int]:
    """Return the first or last one or two lines of a page, if white sets them off."""
    found: set[int] = set()
    wide = [b.top - a.top > GAP * distance for a, b in itertools.pairwise(page)]
    top, bottom = wide[:2], wide[::-1][:2]
    if True in top:
        found |= set(range(top.index(True) + 1))
    if True in bottom:
        found |= {len(page) - 1 - i for i in range(bottom.index(True) + 1)}
    return found


def said_by(heads: Sequence[str]) -> tuple[str, ...]:
    """Return heads each once, whatever number their page has; numbers alone say nothing."""
    found: dict[str, str] = {}
    for line in heads:
        if _PAGE_NUMBER.match(line) is None and any(char.isalpha() for char in line):
            found.setdefault(_key(line), _NUMBER_APART.sub("", line))
    return tuple(found.values())


def _key(text: str) -> str:
    return " ".join(re.sub(r"\d+|\b[ivxlcIVXLC]+\b", "#", text).split())


def in_columns(page: Sequence[PrintedLine], width: float) -> Iterator[PrintedLine]:
    """Yield the lines of a page; of two columns, the left one first.

    A heading across both ends what stands above it in either.
    """
    gutter = _gutter([word for line in page for word in line.words], width)
    if gutter is None:
        yield from page
        return
    above: list[Word] = []
    for line in page:
        if any(_crosses(word, gutter) for word in line.words):
            yield from _side_by_side(above, gutter)
            above = []
            yield line
        else:
            above += line.words
    yield from _side_by_side(above, gutter)


def _side_by_side(words: Sequence[Word], gutter: float) -> Iterator[PrintedLine]:
    for column in _sides(words, gutter):
        for row in rows_of(column):
            yield PrintedLine.of(row)


def _sides(words: Sequence[Word], gutter: float) -> tuple[list[Word], list[Word]]:
    left = [word for word in words if word["x1"] <= gutter + _GUTTER / 2]
    right = [word for word in words if word["x1"] > gutter + _GUTTER / 2]
    return left, right


def _crosses(word: Word, gutter: float) -> bool:
    return bool(word["x0"] < gutter + _GUTTER and word["x1"] > gutter)


def _gutter(words: Sequence[Word], width: float) -> float | None:
    """Return where the white between two columns begins; None where there is none.

    Lines of two columns need not stand equally high.
    """
    rows = rows_of(words)
    if len(rows) < _FEW:
        return None
    places = [float(at) for at in range(int(width * _MIDDLE[0]), int(width * _MIDDLE[1]), 2)]
    crossing = {at: sum(any(_crosses(w, at) for w in row) for row in rows) for at in places}
    for at in sorted(places, key=lambda at: crossing[at]):
        if crossing[at] > _CROSSING * len(rows):
            return None
        free = [word for row in rows if not any(_crosses(w, at) for w in row) for word in row]
        left, right = _sides(free, at)
        if min(len(left), len(right)) >= _SIDE * len(free) and _are_columns(left, right):
            return at
    return None


def _are_columns(left: Sequence[Word], right: Sequence[Word]) -> bool:
    """Whether what stands on both sides of white is text beside text, not names beside words."""
    rows = rows_of(left)
    first = [min(word["top"] for word in side) for side in (left, right)]
    last = [max(word["bottom"] for word in side) for side in (left, right)]
    beside = min(last) - max(first)
    shorter = min(b - a for a, b in zip(first, last, strict=True))
    return len(left) > _NAME * len(rows) and beside >= _TOGETHER * shorter


def usual_distance(pages: Sequence[Sequence[PrintedLine]]) -> float:
    """Return how far apart, in points, the lines of a paragraph stand."""
    # Most lines of an interview may be paragraphs of their own: the nearest ones tell.
    apart = sorted(
        below.top - above.top
        for page in pages
        for above, below in itertools.pairwise(page)
        if below.top > above.top
    )
    return apart[len(apart) // 10] if apart else 0.0
