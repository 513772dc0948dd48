"""The archive's reader on a public set, with an encoder that needs no model."""

from __future__ import annotations

from pathlib import Path

from hashing_encoder import HashingEncoder, HashingPassageEncoder
from qa.evaluation.encoders import RememberingEncoder
from qa.evaluation.sets.collection import Collection, Query, Unit
from qa.evaluation.sets.staging import read_all, stage
from qa.settings import Settings

UNITS = (
    Unit("d:0", "d", "The bell rang in the fog. Nobody heard it.", "Hale"),
    Unit("d:1", "d", "We had a small boat.", "Hale"),
    Unit("d:2", "d", "It sank in March."),
    Unit("d:3", "d", "The lamp burned on."),
    Unit("e:0", "e", "A bell and a lamp."),
)


def test_units_become_turns_and_keep_their_words() -> None:
    staged = stage("d", UNITS[:4], "en")
    transcript = staged.transcript
    said = [transcript.text[s.start : s.end] for s in transcript.sentences]
    assert said == [
        "The bell rang in the fog.",
        "Nobody heard it.",
        "We had a small boat.",
        "It sank in March.",
        "The lamp burned on.",
    ]
    assert staged.units == ("d:0", "d:0", "d:1", "d:2", "d:3")
    speakers = [transcript.speaker_at(s.start) for s in transcript.sentences]
    assert speakers == ["Hale", "Hale", "Hale", None, None]
    # turns of one speaker stay apart; prose runs on
    assert [s.turn for s in transcript.sentences] == [1, 1, 2, 3, 3]


def test_the_reader_ranks_units_within_the_scope_of_a_question(tmp_path: Path) -> None:
    encoder = HashingPassageEncoder()
    encoder.export(tmp_path)
    asked = (
        Query("here", "rang in the fog", "d", True, {"d:0": 1}),
        Query("anywhere", "bell and lamp", None, True, {"e:0": 1}),
        Query("nowhere", "bell", "f", False, {}),
    )
    collection = Collection("c", UNITS, asked)
    run = read_all(collection, Settings(), encoder, HashingEncoder(tmp_path), "en")
    assert run.ranked["here"][0] == "d:0"
    assert set(run.ranked["here"]) <= {"d:0", "d:1", "d:2", "d:3"}
    assert run.ranked["anywhere"][0] == "e:0"
    assert "nowhere" not in run.ranked
    assert all(0 <= value <= 1 for value in run.confidence.values())


def test_vectors_are_computed_once(tmp_path: Path) -> None:
    encoder = RememberingEncoder(HashingPassageEncoder(), tmp_path, lambda _: None)
    one = encoder.encode_passages(["a bell", "a boat"], lambda *_: None)
    other = encoder.encode_passages(["a bell", "a boat"], lambda *_: None)
    assert (one == other).all()
    assert len(list(tmp_path.iterdir())) == 1
    encoder.encode_passages(["a boat", "a bell"], lambda *_: None)
    assert len(list(tmp_path.iterdir())) == 2
