"""How well sentences meet a question word piece by word piece, beside one another."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from statistics import fmean, pstdev

from index.dense import Spread
from index.late import LateInteraction, Met, Place
from qa.reader.signals import Stretch


@dataclass(frozen=True)
class Meetings:
    """The sentences that were looked at; whatever was not stands at 0.

    Where no model embeds word pieces, none was.
    """

    _met: Mapping[Place, Met]

    @classmethod
    def of(cls, late: LateInteraction | None, stretches: Iterable[Stretch]) -> Meetings:
        """Compare a question with the sentences of stretches."""
        within = ((d, n) for d, first, last in stretches for n in range(first, last + 1))
        places = dict.fromkeys(within)
        return cls(late.met(tuple(places)) if late is not None and places else {})

    def __bool__(self) -> bool:
        """Whether any sentence was looked at."""
        return bool(self._met)

    def alone(self, stretch: Stretch) -> float:
        """Return by how many standard deviations its best sentence is above the mean."""
        return max((self._alone.standing(one.alone) for one in self._of(stretch)), default=0.0)

    def around(self, stretch: Stretch) -> float:
        """Return the same for its sentences together with those beside them, on average."""
        found = [self._around.standing(one.around) for one in self._of(stretch)]
        return fmean(found) if found else 0.0

    def nearest(self, stretch: Stretch) -> float:
        """Return how well its best sentence meets the question, in about [0, 1]."""
        return max((one.alone for one in self._of(stretch)), default=0.0)

    def _of(self, stretch: Stretch) -> list[Met]:
        document, first, last = stretch
        places = ((document, n) for n in range(first, last + 1))
        return [self._met[place] for place in places if place in self._met]

    @cached_property
    def _alone(self) -> Spread:
        return _spread([one.alone for one in self._met.values()])

    @cached_property
    def _around(self) -> Spread:
        return _spread([one.around for one in self._met.values()])


def _spread(values: list[float]) -> Spread:
    return Spread(fmean(values), pstdev(values))
