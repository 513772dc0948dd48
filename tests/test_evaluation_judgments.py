"""Gold files: what is read, and one sentence for every fault."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from corpus.archive import Archive, open_archive
from corpus.gold_rows import JudgmentError
from corpus.judgments import (
    Question,
    question_object,
    read_questions,
    shipped_questions,
)


def row(**changes: Any) -> dict[str, Any]:
    gold = {
        "qid": "a",
        "question": "When was the boat lost?",
        "type": "date",
        "answerable": True,
        "speaker": "Hale",
        "spans": [span("In the storm of 1938 the boat was lost")],
        "alt_spans": [],
        "note": "",
    }
    return gold | changes


def span(text: str, start: int | None = None) -> dict[str, Any]:
    from conftest import LIGHTHOUSE

    begin = LIGHTHOUSE.index(text) if start is None else start
    return {"document": "lighthouse", "start": begin, "end": begin + len(text), "text": text}


@pytest.fixture
def small(tiny_archive: Any) -> Archive:
    return open_archive(tiny_archive())


def read(tmp_path: Path, archive: Archive, *rows: dict[str, Any] | str) -> tuple[Question, ...]:
    path = tmp_path / "gold.jsonl"
    lines = [line if isinstance(line, str) else json.dumps(line) for line in rows]
    path.write_text("\n".join(lines), encoding="utf-8")
    return read_questions(path, archive)


@pytest.mark.parametrize(
    ("name", "counts", "ends"),
    [
        ("mielke-kryuchkov-dev.jsonl", (127, 92, 16), ("dev-001", "dev-130")),
        ("mielke-kryuchkov-blind.jsonl", (326, 248, 45), ("blind-a001", "blind-c125")),
    ],
)
def test_the_shipped_questions_fit_the_shipped_transcript(
    archive: Archive, name: str, counts: tuple[int, ...], ends: tuple[str, str]
) -> None:
    questions = read_questions(shipped_questions().with_name(name), archive)
    assert counts == (
        len(questions),
        sum(q.answerable for q in questions),
        sum(bool(q.history) for q in questions),
    )
    assert (questions[0].qid, questions[-1].qid) == ends
    for question in questions:
        for gold in (question.spans, *question.alternatives):
            for found in gold:
                assert archive[found.document].text[found.start : found.end] == found.text


def test_a_question_is_read_with_its_sets(tmp_path: Path, small: Archive) -> None:
    other = [span("nobody came for nine days")]
    (question,) = read(tmp_path, small, row(alt_spans=[other], lang="de", history=["Why?"]))
    assert [s.text for gold in question.acceptable for s in gold] == [
        "In the storm of 1938 the boat was lost",
        "nobody came for nine days",
    ]
    assert (question.language, question.history, question.tolerated) == ("de", ("Why?",), ())


def test_the_sets_of_an_unanswerable_question_are_tolerated_not_acceptable(
    tmp_path: Path, small: Archive
) -> None:
    unanswerable = row(answerable=False, spans=[], alt_spans=[[span("Only once.")]])
    (question,) = read(tmp_path, small, unanswerable)
    assert question.acceptable == ()
    assert [s.text for s in question.tolerated[0]] == ["Only once."]


def test_what_is_written_is_read_back(tmp_path: Path, small: Archive) -> None:
    (question,) = read(tmp_path, small, row(alt_spans=[[span("Only once.")]], history=["Who?"]))
    assert read(tmp_path, small, question_object(question)) == (question,)


@pytest.mark.parametrize(
    ("faulty", "words"),
    [
        (row(spans=[span("the ship was lost", 40)]), "where lighthouse has"),
        (row(spans=[span("x" * 10, 10_000)]), "outside lighthouse"),
        (row(spans=[]), "has no span"),
        (row(answerable=False), "has spans"),
        (row(alt_spans=[[]]), "empty set"),
        (row(speaker="Oduya"), "turn in force is Hale's"),
        (row(document="harbour", spans=[{"start": 0, "end": 1, "text": "T"}]), "'harbour'"),
        (row(spans=[{"start": 0, "end": 3, "text": "The"}]), "names no document"),
        (row(qid=""), "'qid' is empty"),
        ("{", "cannot be read as JSON"),
        ('{"qid": "a", "qid": "b"}', "'qid' stands twice"),
        (row(spans=[span("Only once.")] * 2, speaker="Hale"), "twice in one set"),
        (row(answerable="true"), "'answerable' is the words"),
        (row(history="Why?"), "'history' is the words"),
        (row(alt_span=[]), "'alt_span' is no key of the gold format"),
        (row(spans=[span("Only once.") | {"ende": 3}]), "'spans.ende' (number 1) is no key"),
    ],
)
def test_each_fault_is_one_sentence_with_its_line(
    tmp_path: Path, small: Archive, faulty: dict[str, Any] | str, words: str
) -> None:
    with pytest.raises(JudgmentError) as caught:
        read(tmp_path, small, row(qid="good"), faulty)
    assert len(caught.value.faults) == 1
    assert words in caught.value.faults[0]
    assert "line 2" in caught.value.faults[0]


def test_all_faults_are_found_at_once(tmp_path: Path, small: Archive) -> None:
    with pytest.raises(JudgmentError) as caught:
        read(tmp_path, small, row(), row(), row(qid="b", spans=[]))
    assert len(caught.value.faults) == 2
    assert "repeats the qid of line 1" in caught.value.faults[0]


def test_all_faults_of_one_line_are_named(tmp_path: Path, small: Archive) -> None:
    with pytest.raises(JudgmentError) as caught:
        read(
            tmp_path,
            small,
            row(answerable=1, typ="date", lang=7),
            row(qid="b", speaker="Oduya", alt_spans=[[], [span("x" * 9, 10_000)]]),
        )
    words = ("'answerable'", "'lang'", "'typ'", "empty set", "outside lighthouse", "is Hale's")
    assert len(caught.value.faults) == len(words)
    for fault, expected in zip(caught.value.faults, words, strict=True):
        assert expected in fault


def test_an_empty_file_is_a_fault(tmp_path: Path, small: Archive) -> None:
    with pytest.raises(JudgmentError, match="holds no question"):
        read(tmp_path, small)
