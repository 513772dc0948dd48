"""Where the words of a receipt stand in a text that may have changed since.

The words are looked for as they are; then by what stood around them; then by what is left of them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum
from heapq import nlargest

from corpus.transcript import Span
from qa.receipts.receipt import Receipt
from qa.receipts.strings import common_end, common_start, stripped

_LIKE = 0.5
"""From this share of common words on, words are another version of the same ones."""
_ANCHORS = (64, 32, 20)
"""Code points of context by which a place is known again, the surest first."""
_CANDIDATES = 8
_FEWEST = 2
"""Words; one alone is nothing to know a passage by."""
_MOST_OCCURRENCES = 10_000
_POPULAR = 500
"""From this many words on, frequent ones are no beginnings of what two texts have in common."""
_WORD = re.compile(r"\S+")


class How(StrEnum):
    """How a place was found."""

    AS_IT_WAS = "as it was"
    """The same words at the same offsets."""
    ELSEWHERE = "elsewhere"
    """The same words at others, with at least one side of their surroundings."""
    ALONE = "alone"
    """The same words, and nothing of what stood around them."""
    OTHER_WORDS = "other words"
    """What the words have become."""


@dataclass(frozen=True, slots=True)
class Place:
    """A place found; for :attr:`How.OTHER_WORDS` that of the other words."""

    start: int
    end: int
    how: How


def locate(receipt: Receipt, text: str) -> Place | None:
    """Return where the words stand in a text, or what they have become; None where neither.

    Words that stand there fewer times than they did, and not where they were known by their
    surroundings, are those of another place: a “Yes.” that was taken out is not another “Yes.”.
    """
    words, size = receipt.text, len(receipt.text)
    if text[receipt.start : receipt.end] == words:
        return Place(receipt.start, receipt.end, How.AS_IT_WAS)
    every = _occurrences(text, words)
    best = max(every, key=lambda start: _likeness(receipt, text, start), default=None)
    if best is not None and agrees(receipt, text, best):
        return Place(best, best + size, How.ELSEWHERE)
    between = _between(receipt, text)
    if between is not None and likeness(words, text[between.start : between.end]) >= _LIKE:
        return Place(between.start, between.end, How.OTHER_WORDS)
    if best is not None and len(every) >= receipt.places:
        return Place(best, best + size, How.ALONE)
    like = _most_like(words, text)
    return None if like is None else Place(like.start, like.end, How.OTHER_WORDS)


def count(receipt: Receipt, text: str) -> int:
    """Return how often the words of a receipt stand in a text."""
    return text.count(receipt.text)


def known_again(receipt: Receipt, text: str) -> Place | None:
    """Return where the words stand with at least one side of their surroundings, or None."""
    every = _occurrences(text, receipt.text)
    best = max(every, key=lambda start: _likeness(receipt, text, start), default=None)
    if best is None or not agrees(receipt, text, best):
        return None
    return Place(best, best + len(receipt.text), How.ELSEWHERE)


def agrees(receipt: Receipt, text: str, start: int) -> bool:
    """Whether one side at least of what stood around the words stands around ``start``, too."""
    if not receipt.has_context:
        return False
    end = start + len(receipt.text)
    before = bool(receipt.prefix.strip()) and text.endswith(receipt.prefix, 0, start)
    behind = bool(receipt.suffix.strip()) and text.startswith(receipt.suffix, end)
    return before or behind


def likeness(one: str, other: str) -> float:
    """Return the share of common words, 0 to 1."""
    ours, theirs = one.split(), other.split()
    if not ours or not theirs:
        return 0.0
    return _matcher(ours, theirs).ratio()


def _occurrences(text: str, words: str) -> list[int]:
    found: list[int] = []
    start = text.find(words)
    while start >= 0 and len(found) < _MOST_OCCURRENCES:
        found.append(start)
        start = text.find(words, start + 1)
    return found


def _likeness(receipt: Receipt, text: str, start: int) -> tuple[int, int]:
    """Return how many code points around ``start`` agree; of equals, the nearest place wins."""
    end = start + len(receipt.text)
    before = common_end(text[max(start - len(receipt.prefix), 0) : start], receipt.prefix)
    behind = common_start(text[end : end + len(receipt.suffix)], receipt.suffix)
    return before + behind, -abs(start - receipt.start)


def _between(receipt: Receipt, text: str) -> Span | None:
    """Return what now stands between the surroundings of the words, blanks around it left out."""
    most = 2 * len(receipt.text) + 400
    for size in _ANCHORS:
        before, behind = receipt.prefix[-size:], receipt.suffix[:size]
        if len(before.strip()) + len(behind.strip()) < size:
            continue
        starts = [s + len(before) for s in _occurrences(text, before)] if before else [0]
        ends = _occurrences(text, behind) if behind else [len(text)]
        pairs = [(s, e) for s in starts[:50] for e in ends[:50] if s <= e <= s + most]
        if pairs:
            start, end = min(pairs, key=lambda p: abs(p[1] - p[0] - len(receipt.text)))
            return stripped(text, start, end)
    return None


def _most_like(words: str, text: str) -> Span | None:
    """Return the stretch of a text that has most of the words, in their order, or None.

    Words vote for the stretches in which they would stand at their place; the less frequent a
    word, the more its vote counts. The very words at another place are no other version of them.
    """
    ours = words.split()
    if len(ours) < _FEWEST:
        return None
    spans = [found.span() for found in _WORD.finditer(text)]
    theirs = [text[start:end] for start, end in spans]
    found = sorted(_stretches(ours, theirs), key=lambda one: -one[0])
    places = (
        Span(spans[first][0], spans[end - 1][1]) for share, first, end in found if share >= _LIKE
    )
    return next((one for one in places if text[one.start : one.end] != words), None)


def _stretches(ours: Sequence[str], theirs: Sequence[str]) -> Iterator[tuple[float, int, int]]:
    """Yield (share of common words, first word, end) of the likeliest stretches."""
    step = max(len(ours) // 4, 2)
    votes = _votes(ours, theirs, step)
    for bucket in nlargest(_CANDIDATES, votes, key=lambda one: votes[one]):
        first = max(bucket * step - step, 0)
        window = theirs[first : bucket * step + len(ours) + 2 * step]
        matcher = _matcher(ours, window)
        blocks = [block for block in matcher.get_matching_blocks() if block.size]
        if not blocks:
            continue
        common = sum(block.size for block in blocks)
        start = max(blocks[0].b - blocks[0].a, 0)
        left = len(ours) - (blocks[-1].a + blocks[-1].size)
        end = min(blocks[-1].b + blocks[-1].size + left, len(window))
        share = 2 * common / (len(ours) + (blocks[-1].b + blocks[-1].size - blocks[0].b))
        if common > 1:
            yield share, first + start, first + end


def _votes(ours: Sequence[str], theirs: Sequence[str], step: int) -> dict[int, float]:
    places: dict[str, list[int]] = {}
    wanted = set(ours)
    for place, word in enumerate(theirs):
        if word in wanted:
            places.setdefault(word, []).append(place)
    votes: dict[int, float] = {}
    for mine, word in enumerate(ours[:2000]):
        here = places.get(word, [])[:1000]
        for place in here:
            bucket = (place - mine) // step
            votes[bucket] = votes.get(bucket, 0.0) + 1 / len(here)
    return votes


def _matcher(ours: Sequence[str], theirs: Sequence[str]) -> SequenceMatcher[str]:
    return SequenceMatcher(None, ours, theirs, autojunk=max(len(ours), len(theirs)) > _POPULAR)
