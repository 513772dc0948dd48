"""Who asks for both sides hears both, and nobody else does."""

from __future__ import annotations

import pytest

from qa.reader.composing import asks_for_both, other_side

SPEAKERS = ("Mielke", "Kryuchkov")
Item = tuple[str | None, float]


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("In short, where did the two men differ over Madrid?", True),
        ("What did Mielke and Kryuchkov each think of Strauss?", True),
        ("Did they disagree about the sanctions?", True),
        ("What did both sides say about Geneva?", True),
        ("What did Mielke say about Strauss?", False),
        ("How many different signals were given?", False),
        ("Were both missiles fired?", False),
    ],
)
def test_only_such_questions_ask_for_both(question: str, expected: bool) -> None:
    assert asks_for_both(question, SPEAKERS) is expected


def place(*ranked: Item) -> int | None:
    return other_side(ranked, lambda item: item[0], lambda item: item[1])


def test_the_other_side_is_the_best_of_another_speaker() -> None:
    assert place(("Mielke", 1.0), ("Mielke", 0.95), (None, 0.9), ("Kryuchkov", 0.9)) == 3


def test_words_that_hardly_bear_on_the_question_are_no_other_side() -> None:
    assert place(("Mielke", 1.0), ("Kryuchkov", 0.2)) is None
    assert place(("Mielke", 1.0)) is None
    assert place((None, 1.0), ("Mielke", 0.99)) is None
    assert place() is None
