"""The order of candidates is learned from which of them are right."""

from __future__ import annotations

import random
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qa.reader.calibration import Order
from qa.reader.candidates import Candidate, features, ordered
from qa.training.ordering import Judged, learned_order


def candidate(number: int, **signals: float) -> Candidate:
    return Candidate(("document", number, number), signals, {"nearest": float(number)})


def questions(count: int) -> list[Judged]:
    """What is right has the greater `key`; `noise` tells nothing."""
    chance = random.Random(3)
    found = []
    for _ in range(count):
        right = chance.randrange(4)
        candidates = tuple(
            candidate(n, key=chance.random() + (n == right), noise=chance.random())
            for n in range(4)
        )
        found.append(Judged(candidates, tuple(n == right for n in range(4))))
    return found


def test_what_tells_right_from_wrong_gets_the_weight() -> None:
    weights = learned_order(questions(60)).weights
    assert weights["key"] > 5 * abs(weights["noise"])


def test_the_weights_add_up_to_one() -> None:
    weights = learned_order(questions(60)).weights
    assert sum(map(abs, weights.values())) == pytest.approx(1)


def test_a_question_without_a_right_candidate_teaches_nothing() -> None:
    lost = Judged(tuple(candidate(n, key=9.0 - n, noise=0.0) for n in range(4)), (False,) * 4)
    assert learned_order([*questions(60), lost]) == learned_order(questions(60))


def test_a_question_counts_once_however_many_candidates_it_has() -> None:
    """Two questions that teach the opposite cancel out, though one has ten times the pairs."""
    few = Judged((candidate(0, a=1.0, b=0.0), candidate(1, a=0.0, b=1.0)), (True, False))
    many = Judged(
        (candidate(0, a=0.0, b=1.0), *(candidate(n, a=1.0, b=0.0) for n in range(1, 11))),
        (True, *(False,) * 10),
    )
    hint = Judged((candidate(0, a=1.0, b=0.0), candidate(1, a=0.9, b=0.0)), (True, False))
    weights = learned_order([few, many, hint]).weights
    assert weights["a"] > 0
    assert abs(weights["b"]) < weights["a"]


@given(st.permutations(range(6)))
def test_the_order_does_not_depend_on_where_candidates_came_from(places: list[int]) -> None:
    """Equal scores are ordered by place."""
    order = Order({"key": 1.0})
    candidates = [candidate(n, key=float(n // 2)) for n in places]
    found = [one.candidate.stretch[1] for one in ordered(candidates, order)]
    assert found == [4, 5, 2, 3, 0, 1]


def test_the_lead_of_the_first_is_a_feature_beside_what_it_tells() -> None:
    best_first = ordered([candidate(0, key=0.2), candidate(1, key=0.9)], Order({"key": 0.5}))
    found = features(best_first, {"strange_names": 1.0})
    assert found == {
        "nearest": 1.0,
        "margin": pytest.approx(0.5 * (0.9 - 0.2)),
        "strange_names": 1.0,
    }


def test_a_single_candidate_leads_nobody() -> None:
    alone = ordered([candidate(0, key=0.9)], Order({"key": 1.0}))
    assert features(alone, {})["margin"] == 0


def test_a_signal_that_never_differs_gets_no_weight() -> None:
    """Where no gold question is a follow-up, nothing is known of a follow-up's place."""
    same = [
        Judged(
            tuple(replace(c, signals={**c.signals, "place": 0.0}) for c in one.candidates),
            one.right,
        )
        for one in questions(60)
    ]
    order = learned_order(same)
    assert "place" not in order.weights
    assert order.minding("place", 0.3).weights["place"] == 0.3


def test_a_signal_the_order_does_not_know_counts_nothing_until_it_minds_it() -> None:
    order = Order({"key": 1.0})
    assert order.score({"key": 0.5, "judge": 1.0}) == 0.5
    assert order.minding("judge", 0.4).score({"key": 0.5, "judge": 1.0}) == 0.9
    fitted = Order({"key": 0.7, "judge": 0.3})
    assert fitted.minding("judge", 0.4) == fitted
