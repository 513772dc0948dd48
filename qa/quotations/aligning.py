"""Words of a quotation laid beside words of a source, at the least cost.

The cost is that of an edit distance over words, the source's words before and behind being free
(P. H. Sellers, "The theory and computation of evolutionary distances", J. Algorithms 1, 1980).
What is no other word costs next to nothing: words that are written together or apart, an editor's
brackets that are left out, brackets that the quotation puts in.
"""

from __future__ import annotations

import difflib
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import Enum, auto
from itertools import product

_WORD = 1.0
_OTHER = 1.2
"""A word for another: more than one, less than one taken out and one put in."""
_AKIN = 0.8
"""A number for another, a form of a word for another."""
_FREE = 0.01
_MOST_JOINED = 3
_LARGE = 60_000
"""Cells of a table that is filled as a whole; a larger one is cut at words in common.

The tables between the cuts have so many together; where those are used up, words are other words.
"""
_GLYPHS = str.maketrans("01i58", "ollsb")
_LONG_ENOUGH = 4
_REAL_WORDS = frozenset("modem stem stems modems".split())
_OTHER_WORDS = frozenset("were well hell shell ill id wed shed".split())
"""What words with an apostrophe become without it, where that is another word."""


class Step(Enum):
    """How words of the quotation and of the source stand to each other."""

    SAME = auto()
    APART = auto()
    """The same letters, written together or apart."""
    GLYPH = auto()
    """Letters that recognition of print mixes up."""
    BRACKET = auto()
    """An editor's brackets left out, or brackets put in."""
    FORM = auto()
    """The same word in another spelling, or the same number in words or digits."""
    OTHER = auto()
    """Other words, words put in or left out."""


AS_SAID = frozenset({Step.SAME, Step.APART, Step.GLYPH, Step.FORM})
"""The quotation has the source's word."""


_SAME_OR = {True: Step.SAME, False: Step.OTHER}


@dataclass(frozen=True, slots=True)
class Stretch:
    """Words of the quotation beside words of the source; one of the two may be none.

    Attributes:
        step: how they stand to each other.
        given: numbers of the quotation's words, end exclusive.
        source: numbers of the source's words, end exclusive.
    """

    step: Step
    given: tuple[int, int]
    source: tuple[int, int]


@dataclass(frozen=True, slots=True)
class Word:
    """A word to lay beside others.

    Attributes:
        key: folded.
        loose: number of the brackets in which it may stand or not, from 1; 0 for none.
        guarded: it must not be made or lost by writing words together: "not", "no", a number.
        forms: how many words up to this one have a form that others share, and which; see
            :mod:`qa.quotations.forms`.
    """

    key: str
    loose: int = 0
    guarded: bool = False
    forms: tuple[tuple[int, str], ...] = ()
    is_number: bool = False


@dataclass(frozen=True, slots=True)
class Alignment:
    """A quotation beside a source.

    Attributes:
        cost: number of words that differ, weighted; below one where none does.
        stretches: in order, from the first word of the source that is used to the last.
    """

    cost: float
    stretches: tuple[Stretch, ...]

    @property
    def is_same(self) -> bool:
        """Whether no word differs."""
        return all(one.step is not Step.OTHER for one in self.stretches)

    @property
    def same(self) -> int:
        """How many words of the quotation the source has."""
        return sum(one.given[1] - one.given[0] for one in self.stretches if one.step in AS_SAID)


def align(
    given: Sequence[Word],
    source: Sequence[Word],
    *,
    whole: bool = False,
    passing: float = _WORD,
) -> Alignment:
    """Lay a quotation beside a source.

    Args:
        given: words of the quotation, at least one.
        source: words of the source.
        whole: whether all of the source is to be used, from its first word to its last.
        passing: what it costs to pass over a word of the source; the less, the farther words are
            laid apart so that those behind what is left out find their own.
    """
    if len(given) * len(source) > _LARGE:
        return _in_pieces(given, source, whole=whole)
    return _joined(given, source, _table(given, source, whole=whole, passing=passing))


def _table(
    given: Sequence[Word], source: Sequence[Word], *, whole: bool, passing: float = _WORD
) -> list[Stretch]:
    n, m = len(given), len(source)
    costs = [[0.0] * (m + 1) for _ in range(n + 1)]
    moves: list[list[tuple[int, int, Step]]] = [[(0, 0, Step.SAME)] * (m + 1) for _ in range(n + 1)]
    ours, theirs = _outlines(given), _outlines(source)
    dropped = [_FREE if word.loose else _WORD for word in given]
    passed = [_FREE if word.loose else passing for word in source]
    if whole:
        for j in range(1, m + 1):
            costs[0][j] = costs[0][j - 1] + passed[j - 1]
            moves[0][j] = (0, 1, Step.BRACKET if source[j - 1].loose else Step.OTHER)
    for i in range(1, n + 1):
        word, above, row, move = given[i - 1], costs[i - 1], costs[i], moves[i]
        left_out = Step.BRACKET if word.loose else Step.OTHER
        row[0], move[0] = above[0] + dropped[i - 1], (1, 0, left_out)
        for j in range(1, m + 1):
            other = source[j - 1]
            is_same = word.key == other.key
            cost = 0.0 if is_same else _AKIN if is_akin(word, other) else _OTHER
            best, how = above[j - 1] + cost, (1, 1, _SAME_OR[is_same])
            if (cost := row[j - 1] + passed[j - 1]) < best:
                best, how = cost, (0, 1, Step.BRACKET if other.loose else Step.OTHER)
            if (cost := above[j] + dropped[i - 1]) < best:
                best, how = cost, (1, 0, left_out)
            if not is_same:
                for a, b, step in _other_ways(given, source, i, j, (ours, theirs)):
                    if (cost := costs[i - a][j - b] + _FREE) < best:
                        best, how = cost, (a, b, step)
            row[j], move[j] = best, how
    return _traced(costs, moves, whole=whole)


def _traced(
    costs: list[list[float]], moves: list[list[tuple[int, int, Step]]], *, whole: bool
) -> list[Stretch]:
    i, last = len(costs) - 1, costs[-1]
    # Of equal ends, one at a word in common says more than one that drops it.
    ranks = [(last[at], moves[-1][at][2] is Step.OTHER, at) for at in range(len(last))]
    j = len(last) - 1 if whole else min(ranks)[2]
    found: list[Stretch] = []
    while i > 0 or (whole and j > 0):
        a, b, step = moves[i][j]
        found.append(Stretch(step, (i - a, i), (j - b, j)))
        i, j = i - a, j - b
    return found[::-1]


def _other_ways(
    given: Sequence[Word],
    source: Sequence[Word],
    i: int,
    j: int,
    outlines: tuple[Sequence[str], Sequence[str]],
) -> Iterator[tuple[int, int, Step]]:
    """Yield how many words that end here are no others, though their letters differ."""
    word, other = given[i - 1], source[j - 1]
    for (a, one), (b, another) in product(word.forms, other.forms):
        if one == another:
            yield a, b, Step.FORM
    if outlines[0][i - 1] == outlines[1][j - 1] and _looks_alike(word.key, other.key):
        yield 1, 1, Step.GLYPH
    if word.key[-1] == other.key[-1]:
        yield from ((a, b, Step.APART) for a, b in _splits(given, source, i, j))


def is_akin(one: Word, other: Word) -> bool:
    """Whether two words are both numbers, forms of one word, or "don't" and "do"."""
    short, long = sorted((one.key, other.key), key=lambda key: "'" in key)
    if "'" in long and "'" not in short:
        return short.startswith(re.split("n?'", long)[0])
    if one.key[:_LONG_ENOUGH] == other.key[:_LONG_ENOUGH]:
        return len(one.key) >= _LONG_ENOUGH and abs(len(one.key) - len(other.key)) < _LONG_ENOUGH
    return one.is_number and other.is_number


def _splits(
    given: Sequence[Word], source: Sequence[Word], i: int, j: int
) -> Sequence[tuple[int, int]]:
    """Return how many words that end here are the same letters, written together or apart."""
    last, other = given[i - 1].key, source[j - 1].key
    if len(last) == len(other):
        return ()
    found = []
    for many in range(2, _MOST_JOINED + 1):
        if len(last) > len(other) and j >= many:
            some = source[j - many : j]
            if _joins(last, some, given[i - 1]):
                found.append((1, many))
        if len(other) > len(last) and i >= many:
            some = given[i - many : i]
            if _joins(other, some, source[j - 1]):
                found.append((many, 1))
    return found


def _joins(whole: str, parts: Sequence[Word], one: Word) -> bool:
    if "".join(part.key for part in parts) != whole:
        return False
    return not one.guarded and not any(part.guarded for part in parts)


def _outlines(words: Sequence[Word]) -> list[str]:
    """Return for each word what is left of it where print is misread: equal for words alike."""
    return [w.key.replace("'", "").replace("rn", "m").translate(_GLYPHS) for w in words]


def _looks_alike(one: str, other: str) -> bool:
    """Whether two words are the same but for letters that recognition of print mixes up."""
    if abs(len(one) - len(other)) > 2 or (one[0].isdigit() and other[0].isdigit()):  # noqa: PLR2004
        return False
    if any(map(str.isdecimal, one + other)):  # a digit between letters: "f1ight"
        return one.translate(_GLYPHS) == other.translate(_GLYPHS)
    if "'" in one or "'" in other:
        return _without_apostrophe(one, other)
    if min(len(one), len(other)) < _LONG_ENOUGH or one in _REAL_WORDS or other in _REAL_WORDS:
        return False
    return ("rn" in one or "rn" in other) and one.replace("rn", "m") == other.replace("rn", "m")


def _without_apostrophe(one: str, other: str) -> bool:
    """Whether an apostrophe was left out, and no other word has come of it."""
    bare = {one.replace("'", ""), other.replace("'", "")}
    if len(bare) > 1:
        return False
    return next(iter(bare)) not in _OTHER_WORDS


_WHOLE = frozenset({Step.APART, Step.FORM})
"""Steps that are not put together with their neighbours of one kind."""


def _joined(
    given: Sequence[Word], source: Sequence[Word], stretches: Sequence[Stretch]
) -> Alignment:
    """Put neighbours of one kind together."""
    joined: list[Stretch] = []
    cost = 0.0
    for one in _whole_brackets(given, source, stretches):
        count = max(one.given[1] - one.given[0], one.source[1] - one.source[0])
        cost += 0 if one.step is Step.SAME else count * (_WORD if one.step is Step.OTHER else _FREE)
        before = joined[-1] if joined else None
        if before is not None and before.step is one.step and one.step not in _WHOLE:
            joined[-1] = Stretch(
                one.step, (before.given[0], one.given[1]), (before.source[0], one.source[1])
            )
        else:
            joined.append(one)
    return Alignment(cost, tuple(joined))


def _whole_brackets(
    given: Sequence[Word], source: Sequence[Word], stretches: Sequence[Stretch]
) -> list[Stretch]:
    """Return the stretches; words left out of brackets of which others are kept differ."""
    dropped: Counter[tuple[bool, int]] = Counter()
    for one in stretches:
        if one.step is Step.BRACKET:
            dropped.update((True, word.loose) for word in given[slice(*one.given)])
            dropped.update((False, word.loose) for word in source[slice(*one.source)])
    whole = Counter((True, word.loose) for word in given if (True, word.loose) in dropped)
    whole.update((False, word.loose) for word in source if (False, word.loose) in dropped)
    partly = {group for group, count in dropped.items() if count < whole[group]}
    if not partly:
        return list(stretches)
    return [
        Stretch(Step.OTHER, one.given, one.source)
        if one.step is Step.BRACKET
        and any(
            (side, word.loose) in partly
            for side, words in (
                (True, given[slice(*one.given)]),
                (False, source[slice(*one.source)]),
            )
            for word in words
        )
        else one
        for one in stretches
    ]


def _in_pieces(given: Sequence[Word], source: Sequence[Word], *, whole: bool) -> Alignment:
    """Align long texts between runs of words that they have in common."""
    matcher = difflib.SequenceMatcher(
        None, [w.key for w in given], [w.key for w in source], autojunk=True
    )
    found: list[Stretch] = []
    i = j = 0
    blocks = [b for b in matcher.get_matching_blocks() if b.size]
    if not whole and blocks:
        j = max(blocks[0].b - blocks[0].a, 0)
    left = _LARGE
    for block in blocks:
        found += _between(given, source, (i, block.a), (j, block.b), left)
        left -= (block.a - i) * (block.b - j)
        found.append(
            Stretch(Step.SAME, (block.a, block.a + block.size), (block.b, block.b + block.size))
        )
        i, j = block.a + block.size, block.b + block.size
    end = len(source) if whole else min(len(source), j + len(given) - i)
    found += _between(given, source, (i, len(given)), (j, end), left)
    return _joined(given, source, found)


def _between(
    given: Sequence[Word],
    source: Sequence[Word],
    some: tuple[int, int],
    those: tuple[int, int],
    most: int,
) -> list[Stretch]:
    """Lay what stands between two cuts side by side, in a table of ``most`` cells."""
    (a, b), (c, d) = some, those
    if a == b and c == d:
        return []
    if a == b or c == d or (b - a) * (d - c) > most:
        words = given[a:b] or source[c:d]
        loose = all(word.loose for word in words) and (a == b or c == d)
        return [Stretch(Step.BRACKET if loose else Step.OTHER, some, those)]
    inner = _table(given[a:b], source[c:d], whole=True)
    return [
        Stretch(x.step, (x.given[0] + a, x.given[1] + a), (x.source[0] + c, x.source[1] + c))
        for x in inner
    ]
