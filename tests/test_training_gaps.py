"""A known gap is the reason where its lead tells unanswerable questions from answerable ones."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from qa.training.gaps import FALSE_COST, fitted_margin, left_out_gaps


def fit(*pairs: tuple[float, bool]) -> float | None:
    return fitted_margin(np.array([lead for lead, _ in pairs]), np.array([yes for _, yes in pairs]))


def test_the_margin_leaves_out_where_answers_begin() -> None:
    gaps = [(0.3 + n / 100, False) for n in range(10)]
    assert fit(*gaps, (0.2, False), (0.1, True), (0.0, False)) == 0.2
    assert fit(*gaps[:5], (0.1, True), (0.0, False)) is None, "five are too few"


def test_a_gap_that_often_has_an_answer_is_never_named() -> None:
    assert fit(*[(0.1, n % 2 == 0) for n in range(20)]) is None
    assert fit() is None


@given(st.lists(st.tuples(st.floats(-1, 1), st.booleans()), max_size=40))
def test_naming_from_the_margin_on_pays(pairs: list[tuple[float, bool]]) -> None:
    margin = fit(*pairs)
    if margin is None:
        return
    named = [yes for lead, yes in pairs if lead >= margin]
    assert named.count(False) > FALSE_COST * named.count(True)


def test_the_report_counts_what_was_left_out() -> None:
    lead = np.linspace(0.4, -0.4, 40)
    said = left_out_gaps(lead, lead < 0)
    assert said.startswith("Of 40 questions not answered, 20 have an answer")
