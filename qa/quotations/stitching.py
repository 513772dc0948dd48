"""Quotations put together from passages of several places."""

from __future__ import annotations

from dataclasses import dataclass

from qa.quotations.aligning import Alignment, Step, Stretch
from qa.quotations.library import Library
from qa.quotations.placing import Placed
from qa.quotations.typed import Typed

_FEWEST = 3
"""Words in a row that make a passage."""
_MOST = 1000
"""Words of a quotation that is looked at for passages of several places."""
_COVERED = 0.75
_SEAM = 2
"""What each further passage counts for, in words that differ."""


@dataclass(frozen=True)
class Stitched:
    """Passages, in the order of the quotation, and how many of its words stand in none."""

    passages: tuple[Placed, ...]
    uncovered: int

    @property
    def cost(self) -> int:
        """How much this reading has to explain away, in words."""
        return self.uncovered + _SEAM * (len(self.passages) - 1)


def stitched(library: Library, words: tuple[Typed, ...]) -> Stitched | None:
    """Return the passages that a quotation is put together from; None where it is not.

    They stand in at least two sentences; those of one sentence are one passage that was altered.
    """
    if len(words) > _MOST:
        return None
    positions = library.positions([word.key for word in words])
    passages: list[Placed] = []
    covered = at = 0
    while at < len(words):
        rest = words[at:]
        count, starts = library.longest_run([word.key for word in rest], _FEWEST, positions)
        if not count:
            at += 1
            continue
        placed = [_placed(library, start, rest[:count]) for start in starts]
        passages.append(min(placed, key=lambda one: _apart(passages, one)))
        covered += count
        at += count
    sentences = {
        (one.transcript.id, number) for one in passages for number in one.match.quote.numbers
    }
    if len(passages) < 2 or len(sentences) < 2 or covered < _COVERED * len(words):  # noqa: PLR2004
        return None
    return Stitched(tuple(passages), len(words) - covered)


def _placed(library: Library, start: int, words: tuple[Typed, ...]) -> Placed:
    wording, number = library.at(start)
    stretch = Stretch(Step.SAME, (0, len(words)), (0, len(words)))
    return Placed(words, wording, number, Alignment(0.0, (stretch,)))


def _apart(passages: list[Placed], one: Placed) -> tuple[bool, int]:
    if not passages:
        return False, 0
    last = passages[-1]
    return last.transcript is not one.transcript, abs(one.numbers[0] - last.numbers[1])
