"""Reciprocal rank fusion: the baseline's way of joining rankings, untouched by any setting."""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from typing import TypeVar

Item = TypeVar("Item", bound=Hashable)

CONSTANT = 60


def reciprocal_rank_fusion(rankings: Sequence[Sequence[Item]]) -> dict[Item, float]:
    """Return each item's sum of ``1 / (60 + rank)``, best first; equals as first seen.

    G. Cormack, C. Clarke and S. Büttcher, "Reciprocal Rank Fusion outperforms Condorcet and
    individual Rank Learning Methods", SIGIR 2009; 60 is their constant.
    """
    scores: dict[Item, float] = {}
    for ranking in rankings:
        for rank, item in enumerate(ranking, start=1):
            scores[item] = scores.get(item, 0.0) + 1 / (CONSTANT + rank)
    return dict(sorted(scores.items(), key=lambda pair: -pair[1]))
