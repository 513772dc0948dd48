"""Time codes among the words are nobody's, with brackets and without."""

from __future__ import annotations

from pathlib import Path

import pytest

from corpus.transcript import Layer, Transcript
from qa.adding.preparing import Source, prepare


def read(text: str, name: str = "talk.txt") -> Transcript:
    (document,) = prepare(Source(name, text.encode()), Path(name))
    return document.transcript


def said(document: Transcript) -> list[tuple[str | None, str]]:
    return [
        (document.turns[s.turn - 1].speaker, document.text[s.start : s.end])
        for s in document.sentences
        if s.turn
    ]


@pytest.mark.parametrize(
    "code",
    [
        "00:14:22 ",
        "[00:14:22] ",
        "(00:14:22) ",
        "00:14:22 - ",
        "0:14:22.500 ",
        "00:14:22:11 ",
        "\n",
    ],
)
@pytest.mark.parametrize("name", ["talk.txt", "talk.md", "talk.csv"])
def test_a_code_that_heads_a_speech_is_not_said(code: str, name: str) -> None:
    speeches = [("Anna", "We sold in spring."), ("Jan", "We did not."), ("Anna", "We did.")]
    form = {"talk.txt": "{}: {}{}\n\n", "talk.md": "**{}:** {}{}\n\n", "talk.csv": '{},"{}{}"\n'}
    text = "".join(form[name].format(who, code, words) for who, words in speeches)
    document = read("speaker,text\n" + text if name == "talk.csv" else text, name)
    assert said(document) == speeches
    spoken = [document.text[r.start : r.end] for r in document.regions if r.layer is Layer.SPEECH]
    assert not any("14:22" in words for words in spoken)


def test_minutes_and_seconds_are_codes_where_speeches_begin_so() -> None:
    text = "Anna: 14:22 We sold.\n\nJan: 14:55 We did not.\n\nAnna: 15:20 We did.\n\nJan: No.\n"
    assert [words for _, words in said(read(text))] == ["We sold.", "We did not.", "We did.", "No."]


@pytest.mark.parametrize(
    "words",
    [
        "14:55 was when the train came.",
        "10:1 we lost.",
        "3:00 We ate.",
        "00:14:22 was when it broke.",
    ],
)
def test_a_time_that_somebody_says_stays(words: str) -> None:
    text = f"Anna: When was it?\n\nJan: {words}\n\nAnna: And then?\n\nJan: Nothing.\n"
    assert words in [spoken for _, spoken in said(read(text))]


def test_a_time_before_a_bold_name_does_not_give_the_words_to_whoever_spoke_before() -> None:
    text = (
        "**Anna Reed:** We sold.\n\n[00:16:00] **Jan Polk:** We did not.\n\n"
        "**Anna Reed:** We did.\n\n**Jan Polk:** No.\n"
    )
    document = read(text, "talk.md")
    assert said(document)[1] == ("Jan Polk", "We did not.")
    assert document.source is not None
    assert document.source.time(document.turns[1].start, document.turns[1].end) == (960.0, 960.0)
