"""Texts without speaker labels: three ways in, and what is refused."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.errors import RecordError, TranscriptError
from corpus.parsing import parse
from corpus.record import Participant, Record, Voice
from corpus.transcript import Layer, Transcript
from generated import Made, transcripts
from invariants import check_transcript

MEMO = """\
The Dam at Stony Point
A memorandum

The commission met at nine. It heard two engineers, and neither could say why
the gates had been closed.

In the afternoon it visited the mill. Nobody was there.
"""
CHINESE = "大坝\n\n大坝在中午决堤了。我们什么都不知道。\n\n我的兄弟在山上。他看见了一切。\n"


def read(text: str, **fields: object) -> Transcript:
    transcript = parse(
        text.encode(), Record(title="The Dam at Stony Point", **fields), "t", Path("t.txt")
    )
    check_transcript(transcript)
    return transcript


def said(transcript: Transcript, layer: Layer = Layer.SPEECH) -> list[tuple[str | None, str]]:
    return [
        (
            transcript.speaker_at(sentence.start),
            " ".join(transcript.text[sentence.start : sentence.end].split()),
        )
        for sentence in transcript.sentences
        if sentence.layer is layer
    ]


def people(*names: str) -> tuple[Participant, ...]:
    return tuple(Participant(name=name) for name in names)


def test_a_talk_is_the_only_participants() -> None:
    transcript = read(MEMO, participants=people("Reed"))
    assert said(transcript) == [
        ("Reed", "The commission met at nine."),
        (
            "Reed",
            "It heard two engineers, and neither could say why the gates had been closed.",
        ),
        ("Reed", "In the afternoon it visited the mill."),
        ("Reed", "Nobody was there."),
    ]
    assert said(transcript, Layer.HEADER) == [
        (None, "The Dam at Stony Point"),
        (None, "A memorandum"),
    ]


@pytest.mark.parametrize(
    ("text", "language", "first"),
    [
        (CHINESE, "zh-Hans", "大坝在中午决堤了。"),
        ("Плотина\n\nОна прорвалась в полдень. Мы не знали.\n", "ru", "Она прорвалась в полдень."),
        ("السد\n\nانهار السد عند الظهر. لم نكن نعرف شيئا.\n", "ar", "انهار السد عند الظهر."),
        ("one line, nothing else, no stop", "en", "one line, nothing else, no stop"),
    ],
)
def test_talks_in_other_scripts(text: str, language: str, first: str) -> None:
    assert said(read(text, participants=people("X"), language=language))[0] == ("X", first)


def test_a_talk_begins_where_the_record_says() -> None:
    layout = {"speech_from": "In the afternoon"}
    transcript = read(MEMO, participants=people("Reed"), layout=layout)
    assert said(transcript)[0] == ("Reed", "In the afternoon it visited the mill.")


def test_in_a_narrative_nobody_speaks_and_all_of_it_is_evidence() -> None:
    transcript = read(MEMO, narrative=True, participants=people("Reed", "Polk"))
    assert transcript.turns == ()
    assert said(transcript) == []
    assert (None, "The commission met at nine.") in said(transcript, Layer.NARRATION)
    assert {name for name, _ in said(transcript, Layer.NARRATION)} == {None}


def test_a_narrative_may_have_lines_that_look_like_labels() -> None:
    transcript = read("Note: the dam broke.\n\nNote: nobody knew.\n", narrative=True)
    assert transcript.turns == ()
    assert len(said(transcript, Layer.NARRATION)) == 2


VOICES = (
    Voice.model_validate({"speaker": "Reed", "from": "It heard two\nengineers"}),
    Voice.model_validate({"speaker": "Polk", "from": "In the afternoon", "to": "the mill."}),
)


def test_voices_say_who_speaks_from_which_words_on() -> None:
    transcript = read(MEMO, voices=VOICES, participants=people("Reed", "Polk"))
    assert said(transcript) == [
        ("Reed", "It heard two engineers, and neither could say why the gates had been closed."),
        ("Polk", "In the afternoon it visited the mill."),
        (None, "Nobody was there."),
    ]
    assert (None, "The commission met at nine.") in said(transcript, Layer.HEADER)


def test_a_speaker_of_a_voice_may_be_named_by_an_alias_or_unlisted() -> None:
    who = Participant(name="Reed", full_name="Anna Reed", aliases=("A. R.",))
    voice = Voice.model_validate({"speaker": "anna reed", "from": "The commission"})
    assert {name for name, _ in said(read(MEMO, voices=(voice,), participants=(who,)))} == {"Reed"}
    assert {name for name, _ in said(read(MEMO, voices=VOICES))} == {"Reed", "Polk", None}


def test_a_label_ends_a_voice() -> None:
    text = MEMO + "\nPolk: I was there.\n\nReed: When?\n\nPolk: At noon.\n"
    voice = Voice.model_validate({"speaker": "Reed", "from": "The commission"})
    spoken = said(read(text, voices=(voice,), participants=people("Reed", "Polk")))
    assert spoken[0] == ("Reed", "The commission met at nine.")
    assert ("Polk", "I was there.") in spoken


@given(data=st.data())
def test_whatever_words_are_stated_the_voice_is_theirs(data: st.DataObject) -> None:
    boats = "anna bella clara dora emma frida greta hilde irma jutta karla luise".split()
    sentences = [
        f"The {boat} came home late, as {boat[:3]}{n * 'e'} does." for n, boat in enumerate(boats)
    ]
    breaks = [data.draw(st.sampled_from((" ", "\n", "\n\n", "\r\n"))) for _ in sentences]
    text = "".join(s + b for s, b in zip(sentences, breaks, strict=True))
    owners = data.draw(
        st.dictionaries(st.integers(0, 11), st.sampled_from(("A", "B", "C")), min_size=1)
    )
    voices = tuple(
        Voice.model_validate({"speaker": who, "from": sentences[n]}) for n, who in owners.items()
    )
    spoken = dict((words, name) for name, words in said(read(text, voices=voices)))
    for n, sentence in enumerate(sentences):
        begun = [k for k in owners if k <= n]
        if begun:
            assert spoken[sentence] == owners[max(begun)]
        else:
            assert sentence not in spoken


@pytest.mark.parametrize(
    ("voice", "says"),
    [
        ({"speaker": "Reed", "from": "Nowhere"}, "stands nowhere; copy words of the text"),
        ({"speaker": "Reed", "from": "the"}, "stands 5 times (lines 4, 5, 7)"),
        ({"speaker": "Reed", "from": "In the", "to": "met"}, "stands nowhere behind 'from'"),
        ({"speaker": "Smith", "from": "In the"}, "who is no participant (Reed, Polk)"),
    ],
)
def test_words_that_do_not_stand_once(voice: dict[str, str], says: str) -> None:
    with pytest.raises(RecordError) as caught:
        read(MEMO, voices=(Voice.model_validate(voice),), participants=people("Reed", "Polk"))
    assert says in str(caught.value)
    assert "'voices' (number 1)" in str(caught.value)


def test_voices_that_overlap_and_a_narrative_with_voices() -> None:
    voices = (
        Voice.model_validate({"speaker": "Reed", "from": "The commission", "to": "was there."}),
        VOICES[1],
    )
    with pytest.raises(RecordError, match="begins inside another voice"):
        read(MEMO, voices=voices)
    with pytest.raises(RecordError, match="narrative = true and"):
        read(MEMO, voices=VOICES, narrative=True)


@pytest.mark.parametrize("names", [(), ("Reed", "Polk")])
def test_without_any_of_the_three_the_error_says_them(names: tuple[str, ...]) -> None:
    with pytest.raises(TranscriptError) as caught:
        read(MEMO, participants=people(*names))
    for way in ("[[voices]]", "a single participant", "narrative = true"):
        assert way in str(caught.value)


@pytest.mark.parametrize(
    "text",
    [
        "- When was that?\n- At noon.\n- Who told you?\n- My brother.\n",
        "INTERVIEWER\nWhen was that?\nREED\nAt noon.\nINTERVIEWER\nWho told you?\nREED\nNobody.\n",
        ">> When was that?\n>> At noon.\n",
        "q) When was that?\na) At noon.\nq: Who?\na: Me.\nq: You?\na: Yes.\n",
    ],
)
def test_a_text_that_may_have_labels_is_not_simply_one_persons(text: str) -> None:
    """Either the labels are seen, or the text is refused: the questions are not the witness's."""
    try:
        transcript = read(text, participants=people("Reed"))
    except (TranscriptError, RecordError):
        return
    assert all(name != "Reed" for name, words in said(transcript) if words.endswith("?"))


@pytest.mark.parametrize(
    "text",
    [
        "When did it break?\n\nAt noon.\n\nAnd who knew?\n\nNobody.\n",
        "什么时候决堤的？\n\n中午。\n\n谁知道？\n\n没有人。\n",
    ],
)
def test_questions_and_answers_are_not_simply_one_persons(text: str) -> None:
    with pytest.raises(TranscriptError, match="not simply taken for the talk of Reed"):
        read(text, participants=people("Reed"))


@given(made=transcripts())
def test_whatever_the_text_a_narrative_has_no_speaker_and_is_whole(made: Made) -> None:
    record = Record(title="A Talk", narrative=True, participants=made.record.participants)
    try:
        transcript = parse(made.data, record, "made", Path("made.txt"))
    except TranscriptError as error:
        assert "holds no words" in str(error) or "no speech" in str(error)  # noqa: PT017
        return
    check_transcript(transcript)
    assert transcript.turns == ()
    assert {sentence.layer for sentence in transcript.sentences} <= {
        Layer.HEADER,
        Layer.NARRATION,
        Layer.NOTE,
    }


@given(made=transcripts())
def test_whatever_the_text_a_talk_has_one_speaker_or_is_refused(made: Made) -> None:
    labels = {name for _, _, name in made.words}
    record = Record(title="A Talk", participants=people("Nobody Else"))
    try:
        transcript = parse(made.data, record, "made", Path("made.txt"))
    except (TranscriptError, RecordError):
        return
    check_transcript(transcript)
    credited = {turn.speaker for turn in transcript.turns} - {None}
    assert len(labels) == 1 or credited != {"Nobody Else"}
