"""Right values by kind of fault: who says what in small texts of many scripts and layouts.

The texts stand in ``label_cases.toml``. An expectation is a name, ``said by PART`` of a name,
``not NAME`` (nobody is right as well), ``line N`` of the citation, ``no break``, or NEVER: no words
of any speaker.
"""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from pathlib import Path

import pytest

from corpus.errors import TranscriptError
from corpus.parsing import parse
from corpus.record import Participant, Record
from corpus.transcript import Layer, Transcript
from invariants import check_transcript

NEVER = "(never as spoken words)"


@dataclass(frozen=True)
class Case:
    """A text with what is right of some of its words."""

    name: str
    text: str
    expected: tuple[tuple[str, str], ...]
    people: tuple[str, ...] = ()


def read(text: str, people: tuple[str, ...] = ()) -> Transcript:
    """Parse a text with a record that lists some people."""
    listed = tuple(Participant(name=name) for name in people)
    return parse(text.encode(), Record(title="Probe", participants=listed), "x", Path("x.txt"))


CASES = tuple(
    Case(
        f"{case['kind']} {case['name']}",
        case["text"],
        tuple((who, words) for who, words in case["expected"]),
        tuple(case.get("people", ())),
    )
    for case in tomllib.loads((Path(__file__).parent / "label_cases.toml").read_text())["case"]
)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_words_are_credited_to_whoever_said_them(case: Case) -> None:
    transcript = read(case.text, case.people)
    check_transcript(transcript)
    for right, words in case.expected:
        places = [match.start() for match in re.finditer(re.escape(words), transcript.text)]
        assert places, words
        check_places(transcript, right, words, places)


def check_places(transcript: Transcript, right: str, words: str, places: list[int]) -> None:
    """Assert what an expectation says of words at some places."""
    if right.startswith("line "):
        assert [transcript.line_at(place) for place in places] == [int(right.removeprefix("line "))]
        return
    if right == "no break":
        last = [s for place in places for s in transcript.sentences_in(place, place + len(words))]
        assert not any(sentence.breaks_off for sentence in last)
        return
    said = {speaker for place in places if (speaker := spoken_by(transcript, place)) is not None}
    if right == NEVER:
        assert not said
    elif right.startswith("not "):
        assert right.removeprefix("not ") not in said
    elif right.startswith("said by "):
        assert said
        assert all(right.removeprefix("said by ").casefold() in name.casefold() for name in said)
    else:
        assert right in said


def spoken_by(transcript: Transcript, place: int) -> str | None:
    """Return who says the words at a place; None where they are no speech or nobody is named."""
    if transcript.layer_at(place) is not Layer.SPEECH:
        return None
    return transcript.speaker_at(place)


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("<?xml version='1.0'?>\n<r>\nHolt: Where?\nMarsh: Here.\n</r>\n", "markup"),
        ("<p>Holt: Where?</p>\n<p>Marsh: Here.</p>\n<p>Holt: Why?</p>\n", "markup"),
        ("{\\rtf1 Holt: Where?\nMarsh: Here.\n}", "rich text"),
        (
            "HOLT: We left the hut        MARSH: Then who took\n"
            "in the dry year and          the lamp with him, if\n"
            "paid for it later.           you did not?\n"
            "MARSH: In geese?             HOLT: My cousin did.\n",
            "two columns",
        ),
    ],
)
def test_what_is_no_running_text_is_refused(text: str, says: str) -> None:
    with pytest.raises(TranscriptError, match=says):
        read(text)


def test_a_doubt_names_line_and_words_and_what_to_write() -> None:
    text = "Holt: One.\n\nMarsh: Two.\n\nVera: Three.\n\nHolt: Four.\n\nMarsh: Five.\n"
    transcript = read(text, ("Holt", "Marsh"))
    assert transcript.speaker_at(text.index("Three")) is None
    (doubt,) = transcript.recognised.doubts
    assert (doubt.line, doubt.words) == (5, "Vera: Three.")
    assert "[[participants]]" in doubt.remedy
    assert "layout.not_labels" in doubt.remedy
    assert [(heard.speaker, heard.turns) for heard in transcript.recognised.speakers] == [
        ("Holt", 2),
        ("Marsh", 2),
    ]
    assert [(form.name, form.labels) for form in transcript.recognised.grammar] == [("colon", 4)]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_what_a_doubt_tells_to_write_takes_nobody_elses_turn(case: Case) -> None:
    transcript = read(case.text, case.people)
    labels = {turn.label.start: turn.speaker for turn in transcript.turns}
    for doubt in transcript.recognised.doubts:
        told = re.search(r"put “(.+)” into layout\.not_labels", doubt.remedy)
        if told is None:
            continue
        listed = tuple(Participant(name=name) for name in case.people)
        layout = {"not_labels": [told[1]]}
        record = Record.model_validate({"title": "x", "participants": listed, "layout": layout})
        try:
            mended = parse(case.text.encode(), record, "x", Path("x.txt"))
        except TranscriptError:
            continue
        kept = {turn.label.start for turn in mended.turns}
        assert (doubt.start, doubt.reason) not in {
            (other.start, other.reason) for other in mended.recognised.doubts
        }
        taken = {start for start, who in labels.items() if who is not None} - kept
        assert not taken, (told[1], [transcript.text[start : start + 30] for start in taken])


def test_the_record_corrects_what_was_taken_for_narration() -> None:
    text = (
        "Holt: One.\n\nMarsh: Two.\n\nThe meeting ended at noon.\n\nHolt: Four.\n\nMarsh: Five.\n"
    )
    layout = {"speech": ["The meeting ended"]}
    record = Record.model_validate({"title": "x", "layout": layout})
    assert spoken_by(read(text), text.index("The meeting")) is None
    corrected = parse(text.encode(), record, "x", Path("x.txt"))
    assert spoken_by(corrected, text.index("The meeting")) == "Marsh"


def test_words_in_capitals_behind_some_times_are_no_names() -> None:
    lines = ("0:01 OK let us go on.", "0:05 TV was there first.", "0:09 OK so what is it?")
    others = ("0:12 TV came again.", "0:15 and we went on.", "0:20 then it ended.")
    with pytest.raises(TranscriptError, match="no speaker label"):
        read("Harbour walk\n\n" + "\n\n".join((*lines, *others)) + "\n")


def test_days_counted_in_a_speech_are_no_page_numbers() -> None:
    walked = [f"On day {day} we walked to the river and back." for day in range(1, 6)]
    transcript = read(
        "Reed: And then?\n\nPolk: I wrote it down.\n" + "\n".join(walked) + "\nYes.\n"
    )
    assert [layer for layer in Layer if layer.value in {r.layer for r in transcript.regions}] == [
        Layer.LABEL, Layer.SPEECH,
    ]  # fmt: skip


def test_a_label_behind_the_head_of_a_page_is_seen_though_the_sentence_before_is_open() -> None:
    text = "".join(
        f"REED: It was so cold there that nobody in town went out, I think\n\n\f"
        f"The Dam Interviews, Tape {n}\n\nPOLK: Was it?\n\n"
        for n in range(1, 5)
    )
    assert [turn.speaker for turn in read(text).turns] == ["REED", "POLK"] * 4
