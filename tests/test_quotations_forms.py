"""The same word in another form is the same; another number, or words in another order, are not."""

from __future__ import annotations

from pathlib import Path

import pytest

from corpus.parsing import parse
from corpus.record import Record
from qa.quotations.judging import Judge
from qa.quotations.verdicts import Check, Flag, Verdict

SPOKEN = {
    "en": (
        "There were sixty-one women and 24 trucks. It cost 10,000 marks, 10 per cent of it mine. "
        "We came at 0600 hours in nineteen eighty-three. A hundred and five men left. It was two "
        "hundred thousand. 120 million lived there. The neighbour did not recognise me, and we "
        "travelled on. He sent us two letters, not one, in that winter. I went to the door. It was "
        "dark there. The keys were gone. Fire over their heads, not at them. It was not the prise."
    ),
    "de": "Wir waren einundsechzig Leute. Es gab 2.500 Mark, rund 10 Prozent.",
    "fr": "Nous étions quatre-vingt-dix-sept ouvrières, notre chef et moi.",
    "es": "Éramos treinta y una mujeres en la sala.",
    "ru": "Нас было двести шестьдесят один человек.",
}


def compared(typed: str, language: str = "en") -> Check:
    text = f"ANNA: {SPOKEN[language]}\n\nBERTA: Ja.\n\nANNA: Ja.\n\nBERTA: Ja.\n"
    record = Record(title="Talk", language=language)
    return Judge((parse(text.encode(), record, "talk", Path("talk.txt")),)).check(typed, "Anna")


@pytest.mark.parametrize(
    ("typed", "language"),
    [
        ("There were 61 women", "en"),
        ("sixty one women and twenty-four trucks", "en"),
        ("It cost ten thousand marks, 10% of it mine", "en"),
        ("It cost 10000 marks, ten percent of it mine", "en"),
        ("We came at 0600 hours in 1983", "en"),
        ("105 men left", "en"),
        ("It was 200,000", "en"),
        ("120,000,000 lived there", "en"),
        ("The neighbor did not recognize me, and we traveled on", "en"),
        ("Wir waren 61 Leute", "de"),
        ("Es gab 2500 Mark, rund 10 %", "de"),
        ("Nous étions 97 ouvrières", "fr"),
        ("Éramos 31 mujeres", "es"),
        ("Нас было 261 человек", "ru"),
    ],
)
def test_forms_of_one_word_are_the_same_word(typed: str, language: str) -> None:
    found = compared(typed, language)
    assert (found.verdict, found.speaker_matches) == (Verdict.SAME_WORDS, True)
    assert not {Flag.NUMBER, Flag.NEGATION} & set(found.flags)
    assert any(one.given and one.source for one in found.differences)


@pytest.mark.parametrize(
    ("typed", "language"),
    [
        ("There were sixty-two women", "en"),
        ("There were 60 women", "en"),
        ("There were sixty", "en"),
        ("We came at 600 hours", "en"),
        ("We came at 0600 hours in nineteen eighty", "en"),
        ("It was two hundred", "en"),
        ("120 lived there", "en"),
        ("five men left", "en"),
        ("Wir waren sechzig Leute", "de"),
        ("Es gab 2.5 Mark", "de"),
        ("Nous étions quatre-vingt-dix ouvrières", "fr"),
        ("Нас было двести шестьдесят человек", "ru"),
    ],
)
def test_another_number_is_another_number(typed: str, language: str) -> None:
    found = compared(typed, language)
    assert found.verdict is Verdict.ALTERED
    assert found.flags[0] is Flag.NUMBER


@pytest.mark.parametrize(
    ("typed", "language"),
    [("It was not the prize", "en"), ("noter chef et moi", "fr")],
)
def test_a_word_that_only_looks_like_another_spelling_is_another(typed: str, language: str) -> None:
    assert compared(typed, language).verdict is Verdict.ALTERED


def test_swapped_numbers_are_shown_beside_each_other() -> None:
    found = compared("He sent us one letter, not two, in that winter.")
    assert (found.verdict, found.flags) == (Verdict.ALTERED, (Flag.NUMBER,))
    shown = [(one.given, one.source) for one in found.differences]
    assert shown == [("one letter", "two letters"), ("two", "one")]


def test_a_sentence_dropped_between_two_is_left_out_in_one_place() -> None:
    found = compared("I went to the door. The keys were gone.")
    (one,) = found.differences
    assert (found.verdict, one.given, one.source) == (Verdict.ALTERED, "", "It was dark there")
    turned = compared("The keys were gone. I went to the door.")
    assert turned.verdict is Verdict.STITCHED


@pytest.mark.parametrize(
    "typed",
    [
        "Not at their heads, fire over them",
        "The neighbour didn't recognise me",
        "It wasn't two hundred thousand",
    ],
)
def test_words_in_another_order_and_contractions_are_near(typed: str) -> None:
    assert compared(typed).verdict is Verdict.ALTERED
