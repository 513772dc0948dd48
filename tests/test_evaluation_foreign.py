"""Somebody else's answers: what they leave out, what they get wrong, and what text they hold."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from conftest import FERRY, LIGHTHOUSE
from corpus.archive import Archive, open_archive
from corpus.judgments import Question, read_questions
from qa.cli import run_command
from qa.evaluation.comparison import compare_runs
from qa.evaluation.evaluation import Evaluation, evaluate
from qa.evaluation.output import evaluation_object, export_failures
from qa.evaluation.report import report_html
from qa.evaluation.responses import as_responses

TEXTS = {"lighthouse": LIGHTHOUSE, "ferry": FERRY}
STORM = "In the storm of 1938 the boat was lost, and nobody came for nine days."
ONCE = "Only once."
TRIPS = "Twelve trips in summer and four in winter."
Rows = list[dict[str, Any]]


def cited(words: str, document: str = "lighthouse", **more: Any) -> dict[str, Any]:
    start = TEXTS[document].index(words)
    return {"document": document, "start": start, "end": start + len(words), "text": words} | more


def gold(qid: str, *quotes: dict[str, Any], **more: Any) -> dict[str, Any]:
    spans = [{key: quote[key] for key in ("document", "start", "end", "text")} for quote in quotes]
    return {"qid": qid, "question": f"{qid}?", "answerable": bool(quotes), "spans": spans} | more


def said(qid: str, *quotes: dict[str, Any], **more: Any) -> dict[str, Any]:
    status = "answered" if quotes else "abstained"
    return {"qid": qid, "status": status, "quotes": list(quotes)} | more


GOLD = [
    gold("storm", cited(STORM), speaker="Hale"),
    gold("trips", cited(TRIPS, "ferry"), question="[/red] how [bold]many[/bold] :boat: trips?"),
    gold("whale"),
    gold("radio"),
]
GOOD = [
    said("storm", cited(STORM, speaker="Hale"), confidence=0.9),
    said("trips", cited(TRIPS, "ferry", speaker="Oduya"), confidence=0.8),
    said("whale", confidence=0.1),
    said("radio", confidence=0.2),
]


@pytest.fixture
def folder(tiny_archive: Callable[..., Path]) -> Path:
    return tiny_archive()


@pytest.fixture
def small(folder: Path) -> Archive:
    return open_archive(folder)


@pytest.fixture
def questions(small: Archive, tmp_path: Path) -> tuple[Question, ...]:
    return read_questions(write(tmp_path / "gold.jsonl", GOLD), small)


def write(path: Path, rows: Rows) -> Path:
    path.write_text("\n".join(json.dumps(row) for row in rows), encoding="utf-8")
    return path


def scored(questions: tuple[Question, ...], archive: Archive, rows: Rows) -> Evaluation:
    return evaluate("theirs", questions, as_responses(rows), archive, risk=0.1, seed=1)


def changed(qid: str, **changes: Any) -> Rows:
    return [row | changes if row["qid"] == qid else row for row in GOOD]


def test_good_answers_break_no_promise(questions: tuple[Question, ...], small: Archive) -> None:
    found = scored(questions, small, GOOD)
    assert found.deterministic_failures == ()
    assert found.notes == ()
    for name in ("decisions_right", "hit1", "auroc", "quote_f1", "verbatim_rate", "attribution"):
        assert found.estimates[name].value == 1.0, name


@pytest.mark.parametrize("speaker", ["Oduya", "Interviewer", None])
@pytest.mark.parametrize("place", ["quotes", "nearest", "ranking"])
def test_a_wrong_speaker_of_any_quote_is_a_failure(
    questions: tuple[Question, ...], small: Archive, speaker: str | None, place: str
) -> None:
    right, wrong = cited(STORM, speaker="Hale"), cited(ONCE, speaker=speaker)
    rows = changed("storm", **{"quotes": [right], place: [right, wrong]})
    (fault,) = scored(questions, small, rows).deterministic_failures
    assert fault.startswith("storm: the quote lighthouse ")
    assert fault.endswith("is given the wrong speaker")


def test_an_altered_copy_of_a_quote_is_a_failure_wherever_it_stands(
    questions: tuple[Question, ...], small: Archive
) -> None:
    right = cited(STORM, speaker="Hale")
    altered = right | {"text": STORM.replace("nine", "ten ")}
    rows = changed("storm", quotes=[right], ranking=[right, altered])
    (fault,) = scored(questions, small, rows).deterministic_failures
    assert fault.endswith("is not verbatim")


def test_a_quote_that_begins_with_white_space_is_that_of_its_words(
    questions: tuple[Question, ...], small: Archive
) -> None:
    start = LIGHTHOUSE.index("\nOnly once.")
    quote = {"document": "lighthouse", "start": start, "end": start + 11, "text": "\nOnly once."}
    rows = changed("storm", nearest=[quote | {"speaker": "Hale"}])
    assert scored(questions, small, rows).deterministic_failures == ()


def test_answers_without_a_speaker_are_unknown_and_not_wrong(
    questions: tuple[Question, ...], small: Archive
) -> None:
    bare = [
        row | {"quotes": [{k: v for k, v in q.items() if k != "speaker"} for q in row["quotes"]]}
        for row in GOOD
    ]
    found = scored(questions, small, bare)
    assert found.deterministic_failures == ()
    assert found.estimates["attribution"].value is None
    assert found.notes == ("theirs does not say who speaks in 2 of 2 quotes.",)


def test_without_confidence_nothing_is_made_up(
    questions: tuple[Question, ...], small: Archive, tmp_path: Path
) -> None:
    rows = [{k: v for k, v in row.items() if k != "confidence"} for row in GOOD[:1]] + GOOD[1:]
    found = scored(questions, small, rows)
    for name in ("auroc", "auroc_right", "e_aurc", "coverage_at_risk"):
        assert found.estimates[name].value is None, name
    assert found.curve == ()
    assert found.estimates["decisions_right"].value == 1.0
    assert "states no confidence in 1 of its answers" in found.notes[0]
    written = evaluation_object(found, write(tmp_path / "g.jsonl", GOLD))
    assert written["auroc"] == {"value": None, "low": None, "high": None, "n": 0}
    assert written["notes"] == list(found.notes)
    assert "cannot be told where answers state no confidence" in report_html([found], [], "g")


@pytest.mark.parametrize("left_out", ["storm", "whale"])
def test_a_missing_answer_never_helps_the_area(
    questions: tuple[Question, ...], small: Archive, left_out: str
) -> None:
    rows = [row for row in GOOD if row["qid"] != left_out]
    found = scored(questions, small, rows)
    # 2 pairs of the missing question are lost, the other 2 are in order
    assert found.estimates["auroc"].value == pytest.approx(2 / 4)
    assert found.notes == ("theirs did not answer 1 questions at all; they count as failures.",)


def test_a_quote_counts_once_however_often_it_is_given(
    questions: tuple[Question, ...], small: Archive
) -> None:
    quote = cited(ONCE, speaker="Hale")
    rows = [row | {"nearest": [quote, quote]} for row in GOOD]
    found = scored(questions, small, rows)
    assert (found.estimates["verbatim_rate"].n, found.estimates["attribution"].n) == (3, 3)


def test_runs_on_one_question_can_be_compared_and_written(
    small: Archive, tmp_path: Path, folder: Path
) -> None:
    one = write(tmp_path / "one.jsonl", GOLD[:1])
    questions = read_questions(one, small)
    good, bad = (
        evaluate(name, questions, as_responses(rows), small, risk=0.1, seed=1)
        for name, rows in (("good", GOOD[:1]), ("bad", [said("storm", confidence=0.1)]))
    )
    verdicts = {row.measure: row.verdict for row in compare_runs(good, bad, 1)}
    assert verdicts["decisions_right"] == "too few questions to tell"
    files = [write(tmp_path / f"{n}.jsonl", GOOD[:1]) for n in ("a", "b")]
    arguments = [part for file in files for part in ("--answers", str(file))]
    arguments += ["--json", str(tmp_path / "o.json"), "--html", str(tmp_path / "r.html")]
    assert run_command(["evaluate", str(one), "--archive", str(folder), *arguments]) == 0
    (row, *_) = json.loads((tmp_path / "o.json").read_text(encoding="utf-8"))["comparisons"]
    assert row["difference"]["detectable"] is None
    assert "</html>" in (tmp_path / "r.html").read_text(encoding="utf-8")


def test_text_from_data_is_printed_as_it_is(
    folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    gold_file = write(tmp_path / "gold.jsonl", [g | {"type": "[/red] :boat:"} for g in GOLD])
    file = write(tmp_path / "a.jsonl", changed("storm", quotes=[cited(ONCE)]))
    arguments = ["--answers", f"[bold]x[/red]={file}", "--all", "--archive", str(folder)]
    assert run_command(["evaluate", str(gold_file), *arguments]) == 0
    out = capsys.readouterr().out
    assert "[bold]x[/red]" in out
    assert ":boat:" in out


def test_failures_of_foreign_answers_are_gold_again_and_their_note_is_not_repeated(
    questions: tuple[Question, ...], small: Archive, tmp_path: Path
) -> None:
    altered = cited(ONCE) | {"text": "Only [once]!"}
    rows = [said("storm", altered), said("whale", cited(ONCE)), GOOD[1]]
    path = tmp_path / "failures.jsonl"
    assert export_failures(path, scored(questions, small, rows).verdicts) == 3
    first = read_questions(path, small)
    assert [question.qid for question in first] == ["storm", "whale", "radio"]
    assert export_failures(path, scored(first, small, rows).verdicts) == 3
    assert read_questions(path, small) == first
    assert first[0].note.count("The system:") == 1
    assert "Only [once]!" in first[0].note


def test_without_failures_no_empty_gold_file_is_written(
    questions: tuple[Question, ...], small: Archive, tmp_path: Path
) -> None:
    path = tmp_path / "failures.jsonl"
    assert export_failures(path, scored(questions, small, GOOD).verdicts) == 0
    assert not path.exists()


def test_kept_answers_do_not_claim_more_than_was_said(folder: Path, tmp_path: Path) -> None:
    gold_file = write(tmp_path / "gold.jsonl", GOLD)
    bare, kept, again = (tmp_path / f"{name}.jsonl" for name in ("bare", "kept", "again"))
    write(bare, [said("storm", cited(STORM))])
    for source, target in ((bare, kept), (kept, again)):
        arguments = ["--answers", str(source), "--keep-answers", str(target)]
        assert run_command(["evaluate", str(gold_file), *arguments, "--archive", str(folder)]) == 0
    assert kept.read_bytes() == again.read_bytes()
    quote = json.loads(kept.read_text(encoding="utf-8"))["quotes"][0]
    assert "speaker" not in quote
