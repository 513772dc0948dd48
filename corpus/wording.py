"""How much of its wording one text shares with another."""

from __future__ import annotations

import re
from collections.abc import Set

_WORD = re.compile(r"\w+")


def wording(text: str) -> frozenset[str]:
    """Return the distinct words of ``text``; case and punctuation do not matter."""
    return frozenset(_WORD.findall(text.casefold()))


def jaccard(one: Set[str], other: Set[str]) -> float:
    """Return the share of all words that both have, in [0, 1]; 0 where there are none.

    P. Jaccard, "The distribution of the flora in the alpine zone", New Phytologist 11 (1912).
    """
    every = len(one | other)
    return len(one & other) / every if every else 0.0
