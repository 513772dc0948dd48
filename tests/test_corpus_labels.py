"""In every form of label, with every noise: the speaker is right or nobody, never another."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given

from corpus.parsing import parse
from corpus.record import Participant, Record
from corpus.transcript import Layer, Transcript
from generated_labels import Talk, talks, visited
from invariants import check_transcript


@given(talks())
def test_nobody_is_credited_with_another_persons_words(talk: Talk) -> None:
    transcript = talk.parse()
    check_transcript(transcript)
    for offset, words, who in talk.said:
        assert talk.text[offset : offset + len(words)] == words
        said = transcript.speaker_at(offset)
        assert said is None or said.casefold() == who.casefold()
    for offset, words in talk.unsaid:
        assert transcript.speaker_at(offset) is None
        assert transcript.layer_at(offset) is not Layer.SPEECH, words


@given(talks(noisy=False))
def test_without_noise_everybody_is_heard(talk: Talk) -> None:
    transcript = talk.parse()
    for offset, _, who in talk.said:
        said = transcript.speaker_at(offset)
        assert said is not None
        assert said.casefold() == who.casefold()


@given(visited())
def test_a_label_beside_its_words_counts_where_labels_stand_alone(talk: Talk) -> None:
    transcript = talk.parse()
    check_transcript(transcript)
    for offset, _, who in talk.said:
        assert transcript.speaker_at(offset) in (who, None)


def read(text: str, people: tuple[str, ...]) -> Transcript:
    """Parse a text with a record that lists some people."""
    listed = tuple(Participant(name=name) for name in people)
    return parse(text.encode(), Record(title="Made", participants=listed), "made", Path("made.txt"))


_WRAPPED = (
    "Ada Hale:\nthe boat\nMüller: the ice we did not see\nand the boat. we left at nine\n"
    "and did not know it. it was\nnine and we were\nthere.\n"
)
_ANEW = (
    "Ada Hale:\nthe.\nAda Hale:\nthe.\nAda Hale: the the the the the\nthe the\n"
    "Müller: ice ice the the the\nthe the the. the the the the\nthe the the the. the the the\n"
)
_STOPPED = (
    "{0}:\nWe left the hut at nine.\nIt was cold.\n{1}:\nWhy not?\n"
    "{2}: The ice broke.\n{0}:\nNobody had said so.\n{1}:\nYes.\n"
)
_UNSTOPPED = (
    "{0}:\nwe left the hut at nine in the morning\nit was cold\n{1}:\nwhy not\n"
    "nobody had said a word of it\n{2}: the ice broke\n{0}:\nnobody had said so and he knew it\n"
    "we left\n{1}:\nyes\nthere were three of them on it\n{0}:\nand then\nit fell\n"
)
_GUESTS = ("Müller", "Jo Müller", "MÜLLER", "MR. MÜLLER", "KM", "Иванов", "김철수")


@pytest.mark.parametrize("guest", _GUESTS)
@pytest.mark.parametrize("form", [_STOPPED, _STOPPED.replace("\n{", "\n\n{"), _UNSTOPPED])
@pytest.mark.parametrize("hosts", [("Ada Hale", "Bo Rudd"), ("Q", "A")])
@pytest.mark.parametrize("listed", ["nobody", "hosts", "everybody"])
def test_whoever_is_named_beside_the_words_once_is_not_the_speaker_before(
    guest: str, form: str, hosts: tuple[str, str], listed: str
) -> None:
    people = {"nobody": (), "hosts": hosts, "everybody": (*hosts, guest)}[listed]
    text = form.format(*hosts, guest)
    transcript = read(text, people)
    said = transcript.speaker_at(text.lower().index("the ice"))
    assert said in (guest, None)
    assert said or any("ice" in doubt.words for doubt in transcript.recognised.doubts)


@pytest.mark.parametrize("text", [_WRAPPED, _ANEW])
def test_a_label_behind_a_full_line_is_not_the_speaker_before(text: str) -> None:
    transcript = read(text, ("Ada Hale", "Müller"))
    assert transcript.speaker_at(text.index("ice")) in ("Müller", None)


def test_a_name_alone_on_its_line_behind_a_full_one_is_not_the_speaker_before() -> None:
    text = (
        "Ada Hale:\nWe left the hut at nine in the\nmorning and went on to the edge of\n"
        "the ice with all that we had on\nBo Rudd:\nThat broke under us.\n"
        "Cy Lund:\nI saw that from the hut where\nwe had left the others and all of\n"
        "the dogs.\nAda Hale:\nYes.\nCy Lund:\nIt was a cold day, and there was\n"
        "no wind at all.\nAda Hale:\nNone.\n"
    )
    transcript = read(text, ())
    assert transcript.speaker_at(text.index("That broke")) in ("Bo Rudd", None)
    assert transcript.speaker_at(text.index("None.")) == "Ada Hale"


def test_a_name_beside_words_that_go_on_small_is_not_the_speaker_before() -> None:
    text = (
        "Jo Reed:\nYou said it was cold.\nBo Rudd:\nWell, so if\nCy Lund: there is no ice\n"
        "Jo Reed:\nYes.\nBo Rudd:\nIt was.\nJo Reed:\nGood.\n"
    )
    transcript = read(text, ())
    assert transcript.speaker_at(text.index("there is no")) in ("Cy Lund", None)


@pytest.mark.parametrize(
    "words",
    [
        "Then he said: go home.", "Three things: first the boat.", "Remember: We had no boat.",
        "First: We had no boat.", "In short: We had no boat.", "It was like this: We left.",
        "14:55 was the hour.", "At 14:55: nothing.", "14:55: nothing.",
        "Berlin: we never saw it.",
    ],
)  # fmt: skip
@pytest.mark.parametrize("hosts", [("Ada Hale", "Bo Rudd"), ("Q", "A")])
@pytest.mark.parametrize("gap", ["\n", "\n\n"])
def test_words_before_a_colon_are_no_person_where_labels_stand_alone(
    words: str, hosts: tuple[str, str], gap: str
) -> None:
    first, second = hosts
    turns = [f"{first}:\nWe left the hut at nine.\n{words}\nIt was cold.", f"{second}:\nWhy?"]
    text = gap.join([*turns, *turns[::-1], turns[0].replace(words, "Nobody knew."), ""])
    transcript = read(text, ())
    assert {turn.speaker for turn in transcript.turns} == set(hosts)
    assert transcript.speaker_at(text.index(words)) == first
    assert not transcript.recognised.doubts
