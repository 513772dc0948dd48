"""Public question sets in the formats they come in."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from qa.evaluation.errors import AnswersError, CollectionError
from qa.evaluation.responses import read_responses
from qa.evaluation.sets.readers import read_collection
from qa.evaluation.sets.trec import read_qrels, read_run, read_topics, read_trec


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
    with pytest.raises(CollectionError, match="line 1: judges 'a:b:9', which is no unit"):
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


def change(path: Path, old: str, new: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")


@pytest.mark.parametrize(
    ("file", "old", "new", "words"),
    [
        ("corpus.jsonl", '"We left."', "null", r"corpus\.jsonl, line 2: 'text' is empty"),
        ("queries.jsonl", '"Who?"', "null", r"queries\.jsonl, line 2: 'text' is empty"),
        ("queries.jsonl", '"qid": "2"', '"qid": "1"', r"queries\.jsonl, line 2: has '1' twice"),
        ("corpus.jsonl", '"turn": 1', '"turn": 0', r"corpus\.jsonl, line 2: has 'a:b:0' twice"),
        ("qrels.tsv", "1\ta", "7\ta", r"qrels\.tsv, line 1: judges '7'.*not in queries\.jsonl"),
        ("qrels.tsv", "\t1\n", "\tyes\n", r"qrels\.tsv, line 1: has no whole number"),
        ("qrels.tsv", "1\ta:b:0\t1", "1 a:b:0", r"line 1: needs question, unit and grade"),
        ("qrels.tsv", "1\ta:b:0\t1", "", r"qrels\.tsv: holds no judgment"),
        ("qrels.tsv", "0\t1\n", "0\t1\n1\ta:b:0\t2\n", "line 2: judges 'a:b:0' for '1' a second"),
        (
            "answers.jsonl",
            '"bell"',
            '"boat"',
            r"answers\.jsonl, line 1: .*where the text is 'bell'",
        ),
        ("answers.jsonl", '"end": 8', '"end": 80', r"answers\.jsonl, line 1: has 'bell' at 4-80"),
        ("answers.jsonl", '"turn": 0', '"turn": 9', "line 1: has an answer in 'a:b:9'"),
        ("answers.jsonl", '"qid": "1"', '"qid": "8"', "line 1: answers '8'"),
    ],
)
def test_a_fault_of_a_dialogue_folder_is_one_sentence_with_its_place(
    dialogues: Path, file: str, old: str, new: str, words: str
) -> None:
    change(dialogues / file, old, new)
    with pytest.raises(CollectionError, match=words):
        read_collection(dialogues)


@pytest.mark.parametrize("name", ["corpus.jsonl", "queries.jsonl", "qrels.tsv"])
def test_a_file_in_another_encoding_is_named_with_its_line(dialogues: Path, name: str) -> None:
    path = dialogues / name
    path.write_bytes(path.read_bytes().rstrip(b"\n") + b"\n" + "é".encode("latin-1"))
    with pytest.raises(CollectionError, match=rf"{name}, line \d: is not UTF-8"):
        read_collection(dialogues)


@pytest.mark.parametrize("name", ["corpus.jsonl", "queries.jsonl"])
def test_an_empty_set_is_refused(dialogues: Path, name: str) -> None:
    (dialogues / name).write_text("\n", encoding="utf-8")
    with pytest.raises(CollectionError):
        read_collection(dialogues)


def test_judgments_are_read_in_both_forms_and_blank_lines_skipped(tmp_path: Path) -> None:
    path = tmp_path / "q"
    for text in (
        "query-id\tcorpus-id\tscore\nq\tx y\t2\n\nr\tx\t0\n",
        "q\t0\tx y\t2\n\n   \nr\t0\tx\t0",
    ):
        path.write_text(text, encoding="utf-8")
        assert read_qrels(path) == {"q": {"x y": 2}, "r": {"x": 0}}
    path.write_text("q 0 x 1\nr 0 y 1\n", encoding="utf-8")
    assert read_qrels(path) == {"q": {"x": 1}, "r": {"y": 1}}


def test_several_judgments_without_a_choice_are_refused(tmp_path: Path) -> None:
    write_lines(tmp_path / "corpus.jsonl", {"_id": "x", "text": "They ring."})
    write_lines(tmp_path / "queries.jsonl", {"_id": "q", "text": "ring?"})
    (tmp_path / "qrels").mkdir()
    for name in ("dev", "train"):
        (tmp_path / "qrels" / f"{name}.tsv").write_text("q\tx\t1\n", encoding="utf-8")
    with pytest.raises(CollectionError, match=r"several judgments \(dev\.tsv, train\.tsv\)"):
        read_collection(tmp_path)
    (tmp_path / "qrels" / "test.tsv").write_text("q 0 x 1\n", encoding="utf-8")
    assert len(read_collection(tmp_path).queries) == 1


@pytest.mark.parametrize(
    ("answers", "words"),
    [
        ([{"text": "bell", "answer_start": 5}], "'bell' at 5 for '1', where the text differs"),
        ([], "no answer to '1'"),
        ([{"text": "bell"}], "data.paragraphs.qas.answers.answer_start"),
    ],
)
def test_a_squad_answer_that_does_not_stand_there_is_refused(
    tmp_path: Path, answers: list[dict[str, Any]], words: str
) -> None:
    asked = {"id": "1", "question": "What?", "answers": answers}
    article = {"title": "b", "paragraphs": [{"context": "The bell rang.", "qas": [asked]}]}
    path = tmp_path / "dev.json"
    path.write_text(json.dumps({"data": [article]}), encoding="utf-8")
    with pytest.raises(CollectionError, match=words):
        read_collection(path)


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ("1 Q0 x 1 high a", "is no line of a TREC run"),
        ("1 Q0 x 1 nan a", "is no line of a TREC run"),
        ("1 x 1 0.5", "is no line of a TREC run"),
        ("1 Q0 z 2 0.4 a", "ranks 'z' for '1' twice"),
    ],
)
def test_a_fault_of_a_run_is_named_with_its_line(tmp_path: Path, line: str, words: str) -> None:
    path = tmp_path / "a.run"
    path.write_text(f"1 Q0 z 1 0.9 a\n{line}\n", encoding="utf-8")
    with pytest.raises(CollectionError, match=rf"a\.run, line 2: {words}"):
        read_run(path)


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
        read_trec(qrels, {"a": run})


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ('{"qid": "a"}', "'status' is missing"),
        ('{"qid": "a", "status": "perhaps"}', "'status' is the words"),
        (
            '{"qid": "a", "status": "abstained", "confidence": NaN}',
            "'confidence' is the number nan",
        ),
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
