"""Public question sets in the formats they come in."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from qa.evaluation.errors import AnswersError, CollectionError
from qa.evaluation.readers import read_collection
from qa.evaluation.responses import read_responses
from qa.evaluation.trec import read_topics, read_trec


def write_lines(path: Path, *rows: dict[str, Any]) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("\n".join(json.dumps(row) for row in rows), encoding="utf-8")


@pytest.fixture
def dialogues(tmp_path: Path) -> Path:
    folder = tmp_path / "harbour" / "dev"
    write_lines(
        folder / "corpus.jsonl",
        {"doc_id": "a:b", "turn": 0, "speaker": "Hale", "text": "The bell rang."},
        {"doc_id": "a:b", "turn": 1, "speaker": None, "text": "We left."},
    )
    write_lines(
        folder / "queries.jsonl",
        {"qid": "1", "doc_id": "a:b", "text": "What rang?", "answerable": True},
        {"qid": "2", "doc_id": None, "text": "Who?", "answerable": False, "history": ["What?"]},
    )
    write_lines(
        folder / "answers.jsonl",
        {
            "qid": "1",
            "spans": [
                {"doc_id": "a:b", "turn": 0, "start": 4, "end": 8, "text": "bell"},
                {"doc_id": "a:b", "turn": 0, "start": None, "end": None, "is_speaker": True},
            ],
        },
    )
    (folder / "qrels.tsv").write_text("1\ta:b:0\t1\n", encoding="utf-8")
    return folder


def test_dialogue_folder(dialogues: Path) -> None:
    found = read_collection(dialogues)
    assert found.name == "harbour/dev"
    assert [(u.id, u.document, u.speaker) for u in found.units] == [
        ("a:b:0", "a:b", "Hale"),
        ("a:b:1", "a:b", None),
    ]
    first, second = found.queries
    assert dict(first.relevant) == {"a:b:0": 1}
    assert [(r.unit, r.start, r.end) for r in first.ranges] == [("a:b:0", 4, 8)]
    assert found.candidates(first) == found.units
    assert (second.answerable, second.document, second.history) == (False, None, ("What?",))


def test_judgments_of_units_that_do_not_exist_are_refused(dialogues: Path) -> None:
    (dialogues / "qrels.tsv").write_text("1\ta:b:9\t1\n", encoding="utf-8")
    with pytest.raises(CollectionError, match="judges 'a:b:9', which is no unit"):
        read_collection(dialogues)


def test_beir_folder(tmp_path: Path) -> None:
    write_lines(
        tmp_path / "corpus.jsonl",
        {"_id": "x", "title": "Bells", "text": "They ring."},
        {"_id": "y", "title": "", "text": "Boats sail."},
    )
    write_lines(
        tmp_path / "queries.jsonl", {"_id": "q", "text": "ring?"}, {"_id": "unjudged", "text": "?"}
    )
    (tmp_path / "qrels").mkdir()
    (tmp_path / "qrels" / "test.tsv").write_text(
        "query-id\tcorpus-id\tscore\nq\tx\t2\nq\ty\t0\n", encoding="utf-8"
    )
    found = read_collection(tmp_path)
    assert [u.text for u in found.units] == ["Bells They ring.", "Boats sail."]
    assert [(q.qid, dict(q.relevant), q.document) for q in found.queries] == [("q", {"x": 2}, None)]


def test_squad_file(tmp_path: Path) -> None:
    answers = [{"text": "bell", "answer_start": 4}, {"text": "The bell", "answer_start": 0}]
    article = {
        "title": "Bells",
        "paragraphs": [
            {
                "context": "The bell rang.",
                "qas": [
                    {"id": "1", "question": "What?", "answers": answers, "is_impossible": False},
                    {"id": "2", "question": "Who?", "answers": [], "is_impossible": True},
                ],
            }
        ],
    }
    path = tmp_path / "dev.json"
    path.write_text(json.dumps({"version": "v2.0", "data": [article]}), encoding="utf-8")
    found = read_collection(path)
    assert [(u.id, u.document) for u in found.units] == [("Bells:0", "Bells")]
    assert [q.answerable for q in found.queries] == [True, False]
    assert [(r.start, r.end) for r in found.queries[0].ranges] == [(0, 8), (4, 8)]
    assert dict(found.queries[1].relevant) == {}


@pytest.mark.parametrize("content", ["[]", "{", '{"data": [{"title": "x"}]}'])
def test_what_is_no_squad_file_is_said_so(tmp_path: Path, content: str) -> None:
    path = tmp_path / "dev.json"
    path.write_text(content, encoding="utf-8")
    with pytest.raises(CollectionError, match="is no SQuAD file"):
        read_collection(path)


def test_a_folder_of_something_else_is_refused(tmp_path: Path) -> None:
    with pytest.raises(CollectionError, match=r"holds no corpus\.jsonl"):
        read_collection(tmp_path)


def test_trec_topics_in_both_forms(tmp_path: Path) -> None:
    blocks = tmp_path / "topics.txt"
    blocks.write_text(
        "<top>\n<num> Number: 301\n<title> the bell\nof the harbour\n<desc> x\n</top>\n"
        "<top><num>302</num><title>boats</title></top>",
        encoding="utf-8",
    )
    assert read_topics(blocks) == {"301": "the bell of the harbour", "302": "boats"}
    lines = tmp_path / "topics.tsv"
    lines.write_text("1\twhich bell?\n2\twhich boat?\n", encoding="utf-8")
    assert read_topics(lines) == {"1": "which bell?", "2": "which boat?"}


def test_trec_run_of_other_topics_is_refused(tmp_path: Path) -> None:
    qrels, run = tmp_path / "a.qrels", tmp_path / "a.run"
    qrels.write_text("1 0 x 1\n", encoding="utf-8")
    run.write_text("2 Q0 x 1 0.5 a\n", encoding="utf-8")
    with pytest.raises(CollectionError, match="ranks no topic"):
        read_trec(qrels, [run])


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ('{"qid": "a"}', "'status' cannot be used"),
        ('{"qid": "a", "status": "perhaps"}', "'status' cannot be used"),
        ('{"qid": "a", "status": "abstained", "confidence": NaN}', "'confidence' cannot be used"),
        ("nothing", "is not JSON"),
    ],
)
def test_a_line_that_is_no_answer_is_named(tmp_path: Path, line: str, words: str) -> None:
    path = tmp_path / "answers.jsonl"
    path.write_text('{"qid": "b", "status": "abstained"}\n' + line, encoding="utf-8")
    with pytest.raises(AnswersError, match=rf"line 2: {words}"):
        read_responses(path)


def test_an_answer_given_twice_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "answers.jsonl"
    path.write_text('{"qid": "b", "status": "abstained"}\n' * 2, encoding="utf-8")
    with pytest.raises(AnswersError, match="answers 'b' twice"):
        read_responses(path)
