"""Questions that ask for both sides are answered by both."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Sequence
from typing import TypeVar

from qa.sides import names_two

_BOTH = re.compile(
    r"\bboth (?:sides|men|speakers|of them)\b|\bthe two (?:men|sides|speakers)\b|"
    r"\beach (?:of them|other|side)\b|\b(?:differ|disagree)(?:s|ed)?\b",
    re.IGNORECASE,
)
_CLOSE = 0.13
"""How far behind the first's score the other side's words may be."""

Item = TypeVar("Item")


def asks_for_both(question: str, speakers: Collection[str]) -> bool:
    """Tell whether a question asks what two speakers say: it names two, or says so in English."""
    return names_two(question, speakers) or bool(_BOTH.search(question))


def other_side(
    ranked: Sequence[Item],
    speaker: Callable[[Item], str | None],
    score: Callable[[Item], float],
) -> int | None:
    """Return the place of the best item by another speaker than the first's, if it is close.

    Args:
        ranked: best first.
        speaker: who says an item; None where nobody does.
        score: of an item.
    """
    if not ranked or speaker(ranked[0]) is None:
        return None
    for place, item in enumerate(ranked):
        if score(item) < score(ranked[0]) - _CLOSE:
            return None
        if speaker(item) not in (None, speaker(ranked[0])):
            return place
    return None
