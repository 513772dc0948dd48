"""What learned embeddings add to the general model's."""

from __future__ import annotations

from dataclasses import replace

import pytest

from index.attuned import Attuned
from index.dense import Spread
from qa.reader.find import Learned, Margins
from qa.reader.signals import Signals

HERE, THERE = ("document", 3, 4), ("document", 9, 9)
PLAIN = Signals(
    is_described=True,
    key=0.6,
    second_key=0.3,
    key_words=0.1,
    dense=0.2,
    around=0.2,
    words=0.0,
    around_words=0.0,
    dense_standing=0.0,
    around_standing=0.0,
    after_standing=0.0,
    words_share=0.0,
)
CORRECTED = Attuned({HERE: (0.5, 0.4)}, nearest=0.5, gaps=(0.1, 0.0), spread=Spread(0.05, 0.1))
TUNED = Attuned(
    {HERE: (0.9, 0.8), THERE: (0.95, 0.2)},
    nearest=0.95,
    gaps=(0.7, 0.5),
    spread=Spread(0.05, 0.1),
)


def test_without_anything_learned_the_general_model_decides() -> None:
    assert Learned(None, None).joined(HERE, PLAIN) == PLAIN
    margins = Learned(None, None).margins(HERE, PLAIN, (0.4, 0.2))
    assert margins == Margins(
        gap=pytest.approx(0.6 - 0.4),
        gaps=pytest.approx((0.6 + 0.3 - 0.4 - 0.2) / 2),
        behind=0.0,
    )


def test_questions_are_as_near_as_all_embeddings_say_on_average() -> None:
    joined = Learned(CORRECTED, TUNED).joined(HERE, PLAIN)
    assert joined.key == pytest.approx((0.6 + 0.5 + 0.9) / 3)
    assert joined.second_key == pytest.approx((0.3 + 0.4 + 0.8) / 3)
    assert replace(joined, key=0.6, second_key=0.3) == PLAIN


def test_a_sentence_nobody_asked_about_stands_no_nearer_by_another_scale() -> None:
    """Its own cosine is of another model, whose cosines are all great."""
    plain = replace(PLAIN, key=0.85, second_key=0.85, dense=0.85, dense_standing=2.0)
    joined = Learned(CORRECTED, None).joined(THERE, plain)
    assert joined.key == pytest.approx((0.85 + 0.05 + 2 * 0.1) / 2)
    margins = Learned(CORRECTED, None).margins(THERE, plain, (0.84, 0.83))
    assert margins.gap == pytest.approx(0.25 - 0.1)
    assert margins.behind == pytest.approx(0.5 - 0.25)


def test_a_document_nobody_described_is_left_to_its_own_words() -> None:
    plain = replace(PLAIN, is_described=False)
    assert Learned(CORRECTED, TUNED).joined(THERE, plain) == plain


def test_the_tuned_encoder_tells_gaps_from_questions() -> None:
    margins = Learned(CORRECTED, TUNED).margins(HERE, PLAIN, (0.4, 0.2))
    assert margins == Margins(
        gap=pytest.approx(0.9 - 0.7),
        gaps=pytest.approx((0.9 + 0.8 - 0.7 - 0.5) / 2),
        behind=pytest.approx(0.95 - 0.9),
    )


def test_where_there_are_no_known_gaps_nothing_is_nearer_than_one() -> None:
    without = replace(TUNED, gaps=(0.0, 0.0))
    margins = Learned(None, without).margins(THERE, PLAIN, (0.0, 0.0))
    assert margins == Margins(0.0, 0.0, 0.0)


def test_what_was_not_asked_for_is_not_compared_with() -> None:
    """Another speaker's passage must not make this one's look nearer or farther."""
    within = TUNED.within(lambda stretch: stretch == HERE)
    assert within == replace(TUNED, keys={HERE: (0.9, 0.8)}, nearest=0.9)
    assert Learned(None, within).margins(HERE, PLAIN, (0.4, 0.2)).behind == 0
    assert TUNED.within(lambda _: False).nearest == 0
