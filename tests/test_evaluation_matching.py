"""When a quote is right, and what share of the gold it covers."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sklearn.metrics import precision_recall_fscore_support

from corpus.judgments import GoldSpan
from qa.evaluation.matching import (
    best_coverage,
    coverage,
    is_right,
    recall_at_words,
)
from qa.evaluation.responses import Cited


def quote(start: int, end: int, document: str = "d", text: str = "") -> Cited:
    return Cited(document=document, start=start, end=end, text=text)


def gold(start: int, end: int, document: str = "d") -> GoldSpan:
    return GoldSpan(document, start, end, "")


@pytest.mark.parametrize(
    ("shown", "right"),
    [
        (quote(100, 200), True),  # the span itself
        (quote(140, 150), True),  # a part of it: all of the quote is gold
        (quote(190, 220), True),  # 10 of 30 characters
        (quote(170, 270), True),  # 30 of 100: exactly 30 %
        (quote(190, 224), False),  # 10 of 34: less than 30 %
        (quote(0, 333), True),  # 100 of 333
        (quote(0, 334), False),  # 100 of 334: quoting a whole turn is no answer
        (quote(200, 210), False),  # touches the end, which is exclusive
        (quote(100, 200, "other"), False),
    ],
)
def test_a_quote_is_right_with_30_percent_in_an_acceptable_span(shown: Cited, right: bool) -> None:
    assert is_right(shown, [gold(100, 200)]) is right


def test_the_share_must_lie_in_one_span() -> None:
    assert not is_right(quote(0, 100), [gold(0, 20), gold(80, 100)])


def test_coverage_by_hand() -> None:
    # 30 characters shown, 15 of them gold; 20 gold, 15 of them shown
    found = coverage([quote(0, 10), quote(5, 15), quote(40, 55)], [gold(5, 10), gold(45, 60)])
    assert (found.precision, found.recall) == (15 / 30, 15 / 20)
    assert found.f1 == pytest.approx(2 * 0.5 * 0.75 / (0.5 + 0.75))
    assert not found.exact
    assert not found.sufficient


def test_the_best_acceptable_set_counts() -> None:
    sets = [(gold(0, 100),), (gold(200, 220),)]
    found = best_coverage([quote(200, 220)], sets)
    assert (found.f1, found.exact, found.sufficient) == (1.0, True, True)
    assert best_coverage([], sets).f1 == 0.0
    assert best_coverage([quote(0, 10)], []).f1 == 0.0


def test_white_space_at_the_ends_and_between_sentences_does_not_count() -> None:
    text = "One. Two.\n  Three."
    blanks = {"d": frozenset(i for i, char in enumerate(text) if char.isspace())}
    one_span, sentences = [gold(0, 18)], [gold(0, 4), gold(5, 9), gold(12, 18)]
    for wanted in (one_span, sentences):
        for shown in (
            [quote(0, 18)],
            [quote(0, 5), quote(5, 12), quote(12, 18)],
            [quote(0, 10), quote(11, 18)],
        ):
            found = coverage(shown, wanted, blanks)
            assert (found.exact, found.sufficient, found.f1) == (True, True, 1.0)
    missing = coverage([quote(0, 17)], one_span, blanks)
    assert (missing.exact, missing.sufficient) == (False, False)


def test_all_of_any_one_set_is_sufficient() -> None:
    # most of the long set, so the highest F1; all of the short one
    sets = [(gold(0, 100),), (gold(10, 20),)]
    found = best_coverage([quote(0, 90)], sets)
    assert found.recall == 90 / 100
    assert found.sufficient
    assert not best_coverage([quote(0, 15)], sets).sufficient


ranges = st.tuples(st.integers(0, 60), st.integers(1, 30)).map(lambda r: (r[0], r[0] + r[1]))


@given(st.lists(ranges, min_size=1, max_size=4), st.lists(ranges, min_size=1, max_size=4))
def test_coverage_agrees_with_scikit_learn(
    shown: list[tuple[int, int]], wanted: list[tuple[int, int]]
) -> None:
    found = coverage([quote(*r) for r in shown], [gold(*r) for r in wanted])
    there = [any(a <= i < b for a, b in wanted) for i in range(100)]
    seen = [any(a <= i < b for a, b in shown) for i in range(100)]
    precision, recall, f1, _ = precision_recall_fscore_support(
        there, seen, average="binary", zero_division=0.0
    )
    assert (found.precision, found.recall, found.f1) == pytest.approx((precision, recall, f1))
    assert found.exact == (there == seen)


def test_reading_ends_where_the_word_budget_does() -> None:
    sets = [(gold(0, 10), gold(20, 30))]
    quotes = [
        quote(0, 10, text="one two three"),
        quote(50, 60, text="four five"),
        quote(20, 30, text="six"),
    ]
    assert recall_at_words(quotes, sets, 2) == 0.0
    assert recall_at_words(quotes, sets, 5) == 10 / 20
    assert recall_at_words(quotes, sets, 6) == 1.0
