"""What is heard in the room, noted in brackets inside a speech, is nobody's words."""

from __future__ import annotations

from pathlib import Path

import pytest

from corpus.archive import open_archive
from corpus.parsing import parse
from corpus.record import Record
from corpus.transcript import Layer, Transcript
from invariants import check_transcript
from qa.cli import run_command
from qa.quotes import Quote, Voice

REMARKS = (
    "(Laughter.)", "(Pause.)", "(laughter and applause)", "(inaudible 00:12:03)",
    "(A long silence.)", "(Heiterkeit und Beifall)", "(rires)", "(risas)", "(смех в зале)",
    "（笑）", "(박수)", "(śmiech)", "(ضحك)", "(צחוק)", "(Сміх у залі.)",
)  # fmt: skip
SQUARE = ("[crosstalk]", "[laughter and applause]", "[inaudible 00:12:03]", "[박수]")
OWN = ("(She was nine.)", "(the laughter of children)", "[Edna]", "(pause for effect)", "(silent)")


def speech(middle: str, end: str) -> str:
    return f"Anna Reed: It was cold. {end}\n\nJohn Polk: The bell {middle} rang. Yes.\n\n" * 2


def said(transcript: Transcript) -> list[str]:
    return [transcript.text[s.start : s.end] for s in transcript.sentences]


@pytest.mark.parametrize("remark", REMARKS)
def test_a_remark_is_no_sentence_and_cuts_none(remark: str) -> None:
    text = speech(remark, remark)
    transcript = parse(text.encode(), Record(title="T"), "talk", Path("talk.txt"))
    assert said(transcript)[:3] == ["It was cold.", f"The bell {remark} rang.", "Yes."]
    assert transcript.layer_at(text.index(remark)) is Layer.DIRECTION
    assert transcript.speaker_at(text.index(remark)) is None
    assert transcript.layer_at(text.rindex(remark)) is Layer.EDITORIAL
    check_transcript(transcript)
    assert [one.words for one in transcript.recognised.speakers] == [6, 8]
    quote = Quote.around(transcript, text.index("The bell"), text.index("rang"))
    assert [p.voice for p in quote.pieces] == [Voice.SOURCE, Voice.EDITORIAL, Voice.SOURCE]
    assert "".join(text[p.start : p.end] for p in quote.pieces) == f"The bell {remark} rang."


@pytest.mark.parametrize("remark", SQUARE)
def test_square_brackets_stay_in_the_sentence_and_are_no_words_of_it(remark: str) -> None:
    text = speech(remark, remark)
    transcript = parse(text.encode(), Record(title="T"), "talk", Path("talk.txt"))
    assert f"The bell {remark} rang." in said(transcript)
    assert transcript.layer_at(text.index(remark)) is Layer.EDITORIAL
    assert [one.words for one in transcript.recognised.speakers] == [6, 8]


@pytest.mark.parametrize("words", OWN)
def test_a_speakers_own_words_in_brackets_stay(words: str) -> None:
    text = speech(words, words)
    transcript = parse(text.encode(), Record(title="T"), "talk", Path("talk.txt"))
    assert words in said(transcript)
    assert transcript.layer_at(text.index(words)) in (Layer.SPEECH, Layer.EDITORIAL)


def test_it_is_the_same_where_the_file_states_who_speaks(tmp_path: Path) -> None:
    cues = (
        "00:01.000 --> 00:02.000\n<v Anna Reed>It was cold. (Laughter.)</v>",
        "00:03.000 --> 00:04.000\n<v John Polk>The bell [crosstalk] rang (Pause.) twice.</v>",
    )
    (tmp_path / "talk.vtt").write_text("WEBVTT\n\n" + "\n\n".join(cues) + "\n")
    archive = tmp_path / "archive"
    assert run_command(["add", str(tmp_path / "talk.vtt"), "--archive", str(archive)]) == 0
    (document,) = open_archive(archive)
    assert said(document) == ["It was cold.", "The bell [crosstalk] rang (Pause.) twice."]
    assert document.layer_at(document.text.index("crosstalk")) is Layer.EDITORIAL
    assert document.layer_at(document.text.index("Pause")) is Layer.EDITORIAL
    assert document.layer_at(document.text.index("Laughter")) is Layer.DIRECTION
    assert [one.words for one in document.recognised.speakers] == [3, 4]
    assert run_command(["find", "rang twice", "--archive", str(archive)]) == 0
