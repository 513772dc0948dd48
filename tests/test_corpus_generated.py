"""Whatever a transcript looks like: offsets are exact, speakers right, and nothing is lost."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.errors import CorpusError
from corpus.parsing import parse
from corpus.record import Participant, Record
from corpus.transcript import Layer, Transcript
from generated import Made, transcripts
from invariants import check_transcript

_PIECES = (
    "A:", "B:", "Ada Hale:", "C D:", "\n", "\n\n", "\r\n", "\r", "\u2028", "\x85", "\v", "\f",
    "\u00a0", "\ufeff", "\u3000", "\t", " ", "  ", "[", "]", "[1]", "[2]", "[10] x", "[sic]", "– ",
    "1. ", "2) ", "a) ", "• ", "word", "Word", "I", "U.N.", "i.e.", ".", "!", "?", ",", "-", "…",
    "“", "”", "On Geneva", "北京。", "e\u0301", "😀", "\u200b", "\u202e", "said:", "[1] note text.",
    "\nA: ", "\nB:\n", "(", "(Laughter.)", " (Pause.) ", "Title Case Line Here",
    "\n[1] First note.\n", "\n[2] ",
)  # fmt: skip
_PEOPLE = (Participant(name="Ada Hale"), Participant(name="A"), Participant(name="B"))


def read(text: str, **record: object) -> Transcript:
    """Parse ``text`` with a record of these fields."""
    values = {"title": "Made up", **record}
    return parse(text.encode(), Record.model_validate(values), "made", Path("made.txt"))


@given(transcripts())
def test_every_word_is_credited_to_whoever_said_it_or_to_nobody(made: Made) -> None:
    transcript = made.parse()
    assert transcript.text == made.data.decode()
    for offset, word, speaker in made.words:
        assert transcript.text[offset : offset + len(word)] == word
        assert transcript.speaker_at(offset) in (speaker, None)


@given(transcripts())
def test_every_promise_holds_for_ordinary_transcripts(made: Made) -> None:
    check_transcript(made.parse())


@given(st.lists(st.sampled_from(_PIECES), max_size=40).map("".join), st.booleans())
def test_every_promise_holds_for_the_strangest_text(text: str, listed: bool) -> None:
    text = "A: " + text
    try:
        transcript = read(text, participants=_PEOPLE if listed else ())
    except CorpusError as refusal:
        message = str(refusal)
    else:
        message = "made.txt"
        assert transcript.text == text
        check_transcript(transcript)
    assert message.startswith("made.txt")


@given(st.binary(max_size=200))
def test_any_bytes_are_read_or_refused_in_one_sentence(data: bytes) -> None:
    message = "made.txt"
    try:
        check_transcript(parse(data, Record(title="Bytes"), "made", Path("made.txt")))
    except CorpusError as refusal:
        message = str(refusal)
    assert message.startswith("made.txt")
    assert "\n" not in message


@pytest.mark.parametrize("newline", ["\n", "\r\n", "\r"])
def test_line_breaks_of_any_system_are_kept(newline: str) -> None:
    transcript = read(newline.join(("A:", "We left", "at nine.", "B:", "Yes.", "")))
    assert [turn.speaker for turn in transcript.turns] == ["A", "B"]
    first = transcript.sentences[0]
    assert transcript.text[first.start : first.end] == f"We left{newline}at nine."


def test_labels_beside_the_words_and_on_lines_of_their_own_mix() -> None:
    transcript = read("A: One two.\nB:\nThree.\nA: Four.\n", participants=_PEOPLE)
    found = [
        (s.turn, transcript.speaker_at(s.start), transcript.text[s.start : s.end])
        for s in transcript.sentences
    ]
    assert found == [(1, "A", "One two."), (2, "B", "Three."), (3, "A", "Four.")]


def test_offsets_are_code_points_beyond_the_basic_plane() -> None:
    transcript = read("A: 😀 𝔸 cafe\u0301.\nB: Да.\nA: x.", participants=_PEOPLE)
    second = transcript.sentences[1]
    assert transcript.text[second.start : second.end] == "Да."
    assert second.start == len("A: 😀 𝔸 cafe\u0301.\nB: ")


def test_an_unknown_name_on_its_own_line_is_not_credited_to_the_speaker_before() -> None:
    people = [{"name": "Ada"}, {"name": "Bo"}]
    transcript = read("Ada:\nFirst.\nDr. Stranger:\nSecond.\nBo:\nThird.\n", participants=people)
    assert [turn.speaker for turn in transcript.turns] == ["Ada", None, "Bo"]
    assert transcript.speaker_at(transcript.text.index("Second")) is None


@pytest.mark.parametrize(
    ("people", "third"), [([], "Cy"), ([{"name": "Ada"}, {"name": "Bo"}], None)]
)
def test_whoever_speaks_once_is_not_mistaken_for_the_speaker_before(
    people: list[dict[str, str]], third: str | None
) -> None:
    transcript = read(
        "Ada: One.\nBo: Two.\nCy: Three.\nAda: Four.\nBo: Five.\n", participants=people
    )
    speakers = [transcript.speaker_at(s.start) for s in transcript.sentences]
    assert speakers == ["Ada", "Bo", third, "Ada", "Bo"]


def test_names_in_the_text_never_make_a_speaker() -> None:
    people = [{"name": "Ada"}, {"name": "Bo"}]
    transcript = read(
        "Ada:\nThen Bo said: we must go, and Bo went.\nBo:\nNo.\n", participants=people
    )
    assert transcript.speaker_at(transcript.text.index("we must go")) == "Ada"


def test_a_blank_line_ends_a_sentence_but_loses_nothing() -> None:
    transcript = read("A:\nNo full stop here\n\nAnother paragraph.\nB: Yes.\n")
    texts = [transcript.text[s.start : s.end] for s in transcript.sentences]
    assert texts == ["No full stop here", "Another paragraph.", "Yes."]


def test_the_record_corrects_what_is_detected() -> None:
    text = (
        "Site banner\nThe Talk\nA: Said this.\nOn Peace\nAnd so on it went.\nB: Right.\n"
        "[1] A note.\nRead more on our site!\n"
    )
    transcript = read(
        text,
        participants=[{"name": "A"}, {"name": "B"}],
        layout={
            "header_from": "The Talk",
            "headings": ["On Peace"],
            "notes_from": "[1] A note",
            "ends_with": "A note.",
            "notes": [{"number": 1, "explains": "Said this"}],
        },
    )
    check_transcript(transcript)
    host = [text[r.start : r.end] for r in transcript.regions if r.layer is Layer.HOST]
    assert host == ["Site banner\n", "\nRead more on our site!\n"]
    assert [text[h.start : h.end] for h in transcript.headings] == ["On Peace"]
    (note,) = transcript.notes
    assert text[note.start : note.end] == "A note."
    assert [text[s.start : s.end] for s in note.explains] == ["Said this"]


def test_the_record_says_where_the_speech_begins() -> None:
    text = "Title\nA: in the cast list\nA:\nNow it begins.\nB: Yes.\nA: Good.\n"
    transcript = read(text, layout={"speech_from": "A:\nNow it begins"})
    assert len(transcript.turns) == 3
    assert transcript.layer_at(text.index("in the cast")) is Layer.HEADER
