"""Heads and feet of pages: lines that recur where pages end."""

from __future__ import annotations

import itertools
import re
from collections import defaultdict
from collections.abc import Mapping, Sequence

from corpus.labels import scan
from corpus.labels.names import Likeness, likeness
from corpus.lines import Line, is_small
from corpus.numbering import DIGITS, LEAST_RUN, MAX_FURNITURE, OFTEN, PAGE_WORDS
from corpus.transcript import Layer

_EDGE_NUMBER = re.compile(r"^\d{1,5}(?=\s)|(?<=\s)\d{1,5}$")
_APART = re.compile(r"(?<=\S)\s{3,}\d+$|^\d+(?=\s{3,}\S)")
_REGULAR = 2.5


def mark_heads_and_feet(
    lines: Sequence[Line],
    visible: Sequence[int],
    layers: dict[int, Layer],
    edges: frozenset[int],
) -> None:
    """Mark lines that recur where pages end, or with a number that counts up."""
    places: dict[str, list[int]] = defaultdict(list)
    for order, i in enumerate(visible):
        text = lines[i].text
        if i not in layers and len(text) <= MAX_FURNITURE:
            places[_form(text)].append(order)
    for _ in range(2):
        # What stands beside page furniture may be furniture, too.
        for form, orders in places.items():
            if (
                form
                and len(orders) > 1
                and _is_furniture(form, orders, lines, visible, layers, edges)
            ):
                layers.update((visible[order], Layer.FURNITURE) for order in orders)


def _form(text: str) -> str:
    """Return what recurring heads share: all but their numbers."""
    return " ".join(DIGITS.sub("", text).split())


def _may_be_label(form: str, least: Likeness) -> bool:
    """Whether a recurring line could be a name alone on its line, or one set off by signs."""
    words = scan.bare(form)
    return words[:1] in tuple("#*_[<") or likeness(words) >= least


def _heads_alike(orders: Sequence[int], lines: Sequence[Line], visible: Sequence[int]) -> bool:
    """Whether the same line, no sentence, stands below each: a head of two lines, no label."""
    below = {lines[visible[order + 1]].text for order in orders if order + 1 < len(visible)}
    return len(below) == 1 and not scan.ends_sentence(below.pop())


def _cuts_sentence(
    orders: Sequence[int],
    lines: Sequence[Line],
    visible: Sequence[int],
    layers: Mapping[int, Layer],
) -> bool:
    """Whether a sentence goes on small behind one of these lines: no label stands there."""
    for order in orders:
        above = next((i for i in reversed(visible[:order]) if i not in layers), None)
        below = next((i for i in visible[order + 1 :] if i not in layers), None)
        if above is None or below is None or scan.ends_sentence(lines[above].text):
            continue
        if is_small(lines[below].text[:1]) and lines[above].text[-1] not in scan.COLONS:
            return True
    return False


def _edge_number(text: str) -> int | None:
    """Return the number at an end of a line, that apart from the words before one beside them."""
    found = _APART.search(text) or _EDGE_NUMBER.search(text)
    return int(DIGITS.findall(found[0])[0]) if found else None


def _is_furniture(
    form: str,
    orders: Sequence[int],
    lines: Sequence[Line],
    visible: Sequence[int],
    layers: dict[int, Layer],
    edges: frozenset[int],
) -> bool:
    beside = sum(order in edges or _beside_page(order, visible, layers) for order in orders)
    if _counts_up([lines[visible[order]].text for order in orders]):
        called = any(word in PAGE_WORDS and len(word) > 1 for word in form.casefold().split())
        apart = all(_APART.search(lines[visible[order]].text) for order in orders)
        # Somebody may count in a row what there was: "On day 1 we walked. On day 2 ..."
        pages = (
            len(orders) >= OFTEN and _gaps(orders)[0] >= LEAST_RUN and not scan.ends_sentence(form)
        )
        return pages or beside > 0 or called or apart
    # What stands beside the numbers of pages every time is no nickname that speaks.
    likely = Likeness.STRONG if beside == len(orders) > 1 else Likeness.WEAK
    head = _heads_alike(orders, lines, visible) or (
        beside == len(orders) and _cuts_sentence(orders, lines, visible, layers)
    )
    if _may_be_label(form, likely) and not head:
        return False
    if form[-1] in ".!?。！？" or any(char in scan.COLONS for char in form):
        return False
    if beside * 2 > len(orders):
        return True
    least, most = _gaps(orders)
    return len(orders) >= OFTEN and least >= 2 * LEAST_RUN and most <= _REGULAR * least


def _gaps(orders: Sequence[int]) -> tuple[int, int]:
    """Return the least and the greatest distance between recurring lines."""
    gaps = [b - a for a, b in itertools.pairwise(orders)]
    return min(gaps), max(gaps)


def _counts_up(texts: Sequence[str]) -> bool:
    """Whether the last or first number in recurring lines grows by one each time."""
    if any(char in scan.COLONS for text in texts for char in text):
        return False
    edges = [number for text in texts if (number := _edge_number(text)) is not None]
    if len(edges) == len(texts) and _rises(edges, OFTEN):
        return True
    found = [[int(number) for number in DIGITS.findall(text)] for text in texts]
    return all(found) and any(_rises([numbers[pick] for numbers in found], 1) for pick in (0, -1))


def _rises(numbers: Sequence[int], step: int) -> bool:
    return all(0 < b - a <= step for a, b in itertools.pairwise(numbers))


def _beside_page(order: int, visible: Sequence[int], layers: dict[int, Layer]) -> bool:
    around = [visible[near] for near in (order - 1, order + 1) if 0 <= near < len(visible)]
    return any(layers.get(i) is Layer.FURNITURE for i in around)
