"""When the search may say that a known gap was asked about: a margin fitted on gold questions."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

FALSE_COST = 9.0
"""What naming a known gap costs where the archive does answer; where it does not, it gains 1. So it
is named where it holds for nine questions of ten."""
_FEWEST = 10
"""A margin that fewer questions pass says nothing about others."""
_FOLDS = 10

Values = npt.NDArray[np.float64]
Flags = npt.NDArray[np.bool_]


def fitted_margin(lead: Values, answerable: Flags) -> float | None:
    """Return the lead of the nearest known gap from which on it pays to name it as the reason.

    Args:
        lead: of questions that are not answered: how much nearer the nearest known gap is than the
            best candidate, shape (n,).
        answerable: whether the archive answers them all the same, shape (n,).

    Returns:
        The lead, or None where naming it never pays.
    """
    order = np.argsort(-lead, kind="stable")
    ranked = lead[order]
    worth = np.cumsum(np.where(answerable[order], -FALSE_COST, 1.0))
    worth[: _FEWEST - 1] = -np.inf
    # Questions of equal lead are named together.
    worth[:-1][ranked[:-1] == ranked[1:]] = -np.inf
    if not len(worth) or worth.max() <= 0:
        return None
    return float(ranked[int(np.argmax(worth))])


def left_out_gaps(lead: Values, answerable: Flags) -> str:
    """Say how often a known gap is the reason for questions left out of fitting the margin."""
    fold = np.arange(len(lead)) % _FOLDS
    named = np.zeros(len(lead), dtype=bool)
    for number in range(_FOLDS):
        margin = fitted_margin(lead[fold != number], answerable[fold != number])
        here = fold == number
        named[here] = lead[here] >= margin if margin is not None else False
    return (
        f"Of {len(lead)} questions not answered, {int(answerable.sum())} have an answer; a known "
        f"gap is the reason for {int(named.sum())}, of which "
        f"{int((named & answerable).sum())} have one."
    )
