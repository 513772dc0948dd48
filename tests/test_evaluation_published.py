"""Question sets as they are published, and as the folder of dialogues they are written to."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qa.cli import run_command
from qa.evaluation.errors import CollectionError
from qa.evaluation.sets.collection import Collection, GoldRange, Query, Unit
from qa.evaluation.sets.readers import read_collection, write_dialogues


def friends(**place: object) -> dict[str, Any]:
    answer = {"answer_text": "the bell", "utterance_id": 1, "inner_start": 2, "inner_end": 3}
    scene = {
        "utterances:": [
            {"uid": 0, "speakers": ["Ann", "Bo"], "utterance": "Well ?"},
            {"uid": 1, "speakers": ["Cy"], "utterance": "We rang the bell ."},
        ],
        "qas": [
            {
                "id": "s_What",
                "question": "What was rung ?",
                "answers": [answer | {"is_speaker": False} | place],
            },
            {
                "id": "s_Who",
                "question": "Who rang ?",
                "answers": [
                    {
                        "answer_text": "Cy", "utterance_id": 1, "inner_start": -1, "inner_end": -1,
                        "is_speaker": True,
                    }
                ],
            },
        ],
    }  # fmt: skip
    return {"data": [{"title": "s", "paragraphs": [scene]}]}


def written(path: Path, value: object) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(value), encoding="utf-8")
    return path


def test_friendsqa(tmp_path: Path) -> None:
    found = read_collection(written(tmp_path / "dev.json", friends()))
    assert [(u.id, u.speaker) for u in found.units] == [("s:0", "Ann, Bo"), ("s:1", "Cy")]
    what, who = found.queries
    place = what.ranges[0]
    assert found.texts[place.unit][place.start : place.end] == "the bell"
    assert dict(what.relevant) == dict(who.relevant) == {"s:1": 1}
    assert (who.ranges, what.document) == ((), "s")


@pytest.mark.parametrize(
    ("place", "words"),
    [
        ({"utterance_id": 2}, "in turn 2, and there are 2"),
        ({"inner_end": 9}, "by words 2-9 of turn 1, which has 5"),
        ({"inner_start": 4}, "by words 4-3"),
    ],
)
def test_a_place_that_is_not_there_is_refused(
    place: dict[str, object], words: str, tmp_path: Path
) -> None:
    with pytest.raises(CollectionError, match=words) as error:
        read_collection(written(tmp_path / "dev.json", friends(**place)))
    assert "s_What" in str(error.value)


def test_quac(tmp_path: Path) -> None:
    context = "The bell rang. It was loud. CANNOTANSWER"
    none = {"text": "CANNOTANSWER", "answer_start": 28}
    bell = {"text": "The bell rang. It", "answer_start": 0}

    def asked(name: str, *answers: dict[str, object]) -> dict[str, object]:
        return {"id": name, "question": f"{name}?", "answers": answers, "orig_answer": answers[0]}

    section = {
        "id": "C_1",
        "context": context,
        "qas": [asked("a", bell, none, bell), asked("b", none, bell), asked("c", none)],
    }
    file = {"data": [{"title": "Bells", "paragraphs": [section]}]}
    found = read_collection(written(tmp_path / "val_v0.2.json", file))
    assert [u.text for u in found.units] == ["The bell rang.", "It was loud."]
    assert [q.answerable for q in found.queries] == [True, False, False]
    assert [(r.unit, r.start, r.end) for r in found.queries[0].ranges] == [
        ("C_1:0", 0, 14),
        ("C_1:1", 0, 2),
    ]
    assert [q.history for q in found.queries] == [(), ("a?",), ("a?", "b?")]


def meeting(*spans: tuple[str, str]) -> dict[str, object]:
    return {
        "topic_list": [],
        "general_query_list": [{"query": "Summarize.", "answer": "All."}],
        "specific_query_list": [
            {"query": "What rang?", "answer": "A bell.", "relevant_text_span": spans}
        ],
        "meeting_transcripts": [
            {"speaker": "Ann", "content": "{vocalsound} So {disfmarker} what rang ?"},
            {"speaker": "Bo", "content": "The bell ."},
            {"speaker": "Ann", "content": "{vocalsound}"},
        ],
    }


def test_qmsum_meetings_are_files_and_nobody_says_a_transcribers_sign(tmp_path: Path) -> None:
    written(tmp_path / "val" / "M2.json", meeting(("1", "2")))
    written(tmp_path / "val" / "M1.json", meeting(("0", "0"), ("2", "2")))
    found = read_collection(tmp_path / "val")
    assert [u.text for u in found.units[:3]] == ["So what rang ?", "The bell .", ""]
    assert [(q.qid, q.document, dict(q.relevant)) for q in found.queries] == [
        ("M1-s0", "M1", {"M1:0": 1, "M1:2": 1}),
        ("M2-s0", "M2", {"M2:1": 1, "M2:2": 1}),
    ]


def test_a_meeting_that_names_a_turn_beyond_its_end_is_refused(tmp_path: Path) -> None:
    path = written(tmp_path / "val" / "M1.json", meeting(("2", "3")))
    with pytest.raises(CollectionError, match="answers 'M1-s0' in turn 3"):
        read_collection(path.parent)


def test_a_published_file_becomes_a_folder_that_ranks_alike(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file, folder = written(tmp_path / "dev.json", friends()), tmp_path / "friends"
    assert run_command(["convert", str(file), str(folder)]) == 0
    assert "2 units, 2 questions, 2 of them answerable" in capsys.readouterr().out
    figures = []
    for path in (file, folder):
        out = tmp_path / "out.json"
        arguments = ["--system", "longest-turn", "--json", str(out)]
        assert run_command(["bench", str(path), *arguments]) == 0
        figures.append(json.loads(out.read_text(encoding="utf-8"))["systems"])
    assert figures[0] == figures[1]


def test_a_bench_says_how_far_documents_lie_apart(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    written(tmp_path / "val" / "good.json", meeting(("0", "0")))
    written(tmp_path / "val" / "poor.json", meeting(("1", "1")))
    out = tmp_path / "out.json"
    arguments = ["--system", "longest-turn", "--json", str(out)]
    assert run_command(["bench", str(tmp_path / "val"), *arguments]) == 0
    assert "by document (2): 0.000 (poor) to 1.000 (good)" in " ".join(
        capsys.readouterr().out.split()
    )
    parts = json.loads(out.read_text(encoding="utf-8"))["documents"]["longest-turn"]
    assert [(part["document"], part["hit1"]["value"]) for part in parts] == [
        ("good", 1.0),
        ("poor", 0.0),
    ]


words = st.text(st.characters(codec="utf-8", exclude_categories=["Cs"]), min_size=1, max_size=12)


@st.composite
def collections(draw: st.DrawFn) -> Collection:
    texts = draw(st.lists(words, min_size=1, max_size=4))
    speakers = st.one_of(st.none(), words)
    units = tuple(Unit(f"d:{n}", "d", text, draw(speakers)) for n, text in enumerate(texts))
    queries = []
    for number in range(draw(st.integers(1, 3))):
        unit = draw(st.sampled_from(units))
        start = draw(st.integers(0, len(unit.text) - 1))
        end = draw(st.integers(start + 1, len(unit.text)))
        history = tuple(draw(st.lists(words, max_size=2)))
        gold = (GoldRange(unit.id, start, end),)
        queries.append(Query(f"q{number}", draw(words), "d", True, {unit.id: 1}, history, gold))
    queries.append(Query("none", draw(words), "d", False, {}))
    return Collection("set", units, tuple(queries))


@given(collection=collections())
def test_what_is_written_is_read_again(
    collection: Collection, tmp_path_factory: pytest.TempPathFactory
) -> None:
    folder = tmp_path_factory.mktemp("set")
    write_dialogues(collection, folder)
    found = read_collection(folder)
    assert (found.units, found.queries) == (collection.units, collection.queries)
