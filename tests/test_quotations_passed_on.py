"""Whose words they are is told by what stands around them, marks or none: never the narrator's."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pytest

from corpus.parsing import parse
from corpus.record import Record
from qa.quotations.judging import Judge
from qa.quotations.verdicts import Check, Flag, Verdict

SPEECHES = {
    "en": (
        "The manager, a Mr. O'Brien, told me: “Your union said to us, ‘We will strike until we "
        "drop,’ and I believe them.” Hans told Peter, and Peter told the foreman, “Nobody leaves "
        "before the whistle.” My sister de la Cruz – she was there – told the judge that I had "
        "lied twice. I was told by General Park that I should have shot. What he said was that the "
        "crowd might be armed. I heard a woman shout: – Go home now! – and then another: – Stay "
        "where you are! Mr Dent was asked: “Are you a union man?” As the Gazette put it, “the "
        "mill girls are a danger.” The log goes on: “Alarm at eleven.” I said we should “tear it "
        "down and build it anew.” “The keys are gone,” said the neighbor’s boy. Let me read what "
        "Ruth Stone told Studs: “I never saw the fire at all.” Dent’s wife said: “He is not at "
        "home today.” I answered in a letter: “We are not dangerous, we are hungry.”"
    ),
    "de": (
        "Am 3. Mai sagte mir der Werkleiter, Herr Doktor von Stetten: „Ihr seid alle entlassen.“ "
        "Ich wurde gefragt: „Wollen Sie das unterschreiben?“ Meine Schwester hat mir erzählt, dass "
        "die Kasse leer war. Laut Jonas Vogt: „Der Betrieb wird im Mai geschlossen.“ Dann ging ich "
        "heim. Mein Vater hat „Wer schweigt, stimmt zu“ gesagt."
    ),
    "fr": "– Partez d’ici ! a crié le gendarme. – Jamais de la vie, ai-je répondu.",
    "es": "Me contaron que la caja estaba vacía. —Váyanse de aquí —gritó el guardia.",
    "ru": "– Уходите отсюда! – закричал милиционер. Мне говорили, что касса пуста.",
    "ko": "신문은 ‘노동자들이 만족한다’고 썼습니다.",
    "ar": "قال لي المدير: «أنتم مطرودون جميعا من هنا». قلت له: «لن نخرج من المصنع».",
}
LAST = {"ko": ("박영희", "김민수"), "ar": ("ليلى", "سالم")}


@cache
def judge(language: str) -> Judge:
    one, other = LAST.get(language, ("ANNA", "BERTA"))
    text = f"{other}: A?\n\n{one}: {SPEECHES[language]}\n\n{other}: A.\n\n{one}: A.\n"
    record = Record(title="Talk", language=language)
    return Judge((parse(text.encode(), record, "talk", Path("talk.txt")),))


def compared(language: str, typed: str, who: str = "") -> Check:
    return judge(language).check(typed, who or LAST.get(language, ("Anna",))[0])


@pytest.mark.parametrize(
    ("language", "typed"),
    [
        ("en", "We will strike until we drop"),
        ("en", "and I believe them"),
        ("en", "Nobody leaves before the whistle"),
        ("en", "I had lied twice"),
        ("en", "I should have shot"),
        ("en", "the crowd might be armed"),
        ("en", "Go home now"),
        ("en", "Stay where you are"),
        ("en", "Are you a union man?"),
        ("en", "the mill girls are a danger"),
        ("en", "Alarm at eleven"),
        ("en", "The keys are gone"),
        ("en", "I never saw the fire at all"),
        ("de", "Ihr seid alle entlassen"),
        ("de", "Wollen Sie das unterschreiben?"),
        ("de", "die Kasse leer war"),
        ("de", "Der Betrieb wird im Mai geschlossen"),
        ("de", "Wer schweigt, stimmt zu"),
        ("fr", "Partez d’ici"),
        ("es", "la caja estaba vacía"),
        ("es", "Váyanse de aquí"),
        ("ru", "Уходите отсюда"),
        ("ru", "касса пуста"),
        ("ko", "노동자들이 만족한다"),
        ("ar", "أنتم مطرودون جميعا من هنا"),
    ],
)
def test_what_others_said_is_never_upheld_for_the_narrator(language: str, typed: str) -> None:
    found = compared(language, typed)
    assert Flag.REPORTED in found.flags
    assert found.verdict is Verdict.ALTERED or found.speaker_matches is False


@pytest.mark.parametrize(
    ("language", "typed", "who", "of"),
    [
        ("en", "and I believe them", "Mr O’Brien", "Mr. O'Brien"),
        ("en", "Nobody leaves before the whistle", "Peter", "Peter"),
        ("en", "the mill girls are a danger", "the Gazette", "Gazette"),
        ("en", "I never saw the fire at all", "Ruth Stone", "Ruth Stone"),
        ("en", "The keys are gone", "the neighbor's boy", "the neighbor’s boy"),
        ("en", "He is not at home today", "Dent’s wife", "Dent’s wife"),
        ("de", "Ihr seid alle entlassen", "von Stetten", "Herr Doktor von Stetten"),
        ("de", "Der Betrieb wird im Mai geschlossen", "Jonas Vogt", "Jonas Vogt"),
    ],
)
def test_who_is_quoted_is_named_as_the_source_does(
    language: str, typed: str, who: str, of: str
) -> None:
    found = compared(language, typed, who)
    assert found.reported is not None
    assert (found.speaker_matches, found.reported.of) == (None, of)


@pytest.mark.parametrize(
    ("typed", "who"),
    [
        ("We will strike until we drop", "O'Brien"),
        ("Nobody leaves before the whistle", "Hans"),
        ("He is not at home today", "Mr Dent"),
    ],
)
def test_who_only_stands_near_is_not_credited(typed: str, who: str) -> None:
    assert compared("en", typed, who).speaker_matches is False


@pytest.mark.parametrize(
    ("language", "typed"),
    [
        ("en", "tear it down and build it anew"),
        ("en", "We are not dangerous, we are hungry."),
        ("de", "Dann ging ich heim"),
        ("fr", "Jamais de la vie"),
        ("ar", "لن نخرج من المصنع"),
    ],
)
def test_what_the_narrator_says_herself_is_her_own(language: str, typed: str) -> None:
    assert compared(language, typed).is_upheld


OPEN = (
    "The claim that the bridge is unsafe is absurd. Few believed the minister. Rumour has it that "
    "he fled at night. I dreamt that I was king. He allegedly stole the money. I have a few "
    "friends in the town. I hope we meet again. So you say that the bridge held? The mayor said, "
    "the dam was safe. People were yelling burn it down, burn it down. She said: Tom, we should "
    "all go home. I came to perhaps stay. You have to say that the mill must close."
)


@pytest.mark.parametrize(
    ("typed", "upheld"),
    [
        ("the bridge is unsafe", False),
        ("believed the minister", False),
        ("he fled at night", False),
        ("the dam was safe", False),
        ("the bridge held", False),
        ("burn it down", False),
        ("we should all go home", False),
        ("the mill must close", True),
        ("I was king", False),
        ("stole the money", False),
        ("friends in the town", True),
        ("I came toperhaps stay", True),
        ("we meet again", True),
    ],
)
def test_what_is_only_claimed_dreamt_or_alleged_is_left_open(typed: str, upheld: bool) -> None:
    text = f"ANNA: {OPEN}\n\nBERTA: A.\n\nANNA: A.\n\nBERTA: A.\n"
    made = Judge((parse(text.encode(), Record(title="Talk", language="en"), "t", Path("t.txt")),))
    assert made.check(typed, "Anna").is_upheld is upheld


def test_a_negation_of_arabic_left_out_turns_the_words() -> None:
    assert compared("ar", "نخرج من المصنع").verdict is Verdict.ALTERED
