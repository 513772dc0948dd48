"""Scores by document, language and style, wherever scores are shown."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from corpus.archive import open_archive
from corpus.judgments import question_object, read_questions
from qa.cli import run_command

LONG, LONGER = (f"interview-with-somebody-of-a-long-name-{year}" for year in (1976, 1977))
TEXT = "Smith: The bells ring at noon.\n"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    place = tmp_path / "archive"
    place.mkdir()
    for name in ("good", "poor", LONG, LONGER):
        (place / f"{name}.txt").write_text(TEXT, encoding="utf-8")
        record = f'title = "{name}"\n[[participants]]\nname = "Smith"\n'
        (place / f"{name}.toml").write_text(record, encoding="utf-8")
    return place


def span(document: str) -> dict[str, Any]:
    start = TEXT.index("The")
    return {"document": document, "start": start, "end": len(TEXT) - 1, "text": TEXT[start:-1]}


@pytest.fixture
def gold(tmp_path: Path) -> Path:
    rows = [
        {"qid": "1", "question": "When?", "style": "plain", "document": "good"},
        {"qid": "2", "question": "Wann?", "style": "hard", "lang": "de", "document": "poor"},
    ]
    lines = [row | {"answerable": True, "spans": [span(str(row["document"]))]} for row in rows]
    lines += [
        {"qid": "3", "question": "Who?", "style": "plain", "document": "good", "answerable": False},
        {"qid": "4", "question": "Why?", "style": "hard", "answerable": False},
    ]
    path = tmp_path / "gold.jsonl"
    path.write_text("\n".join(json.dumps(line) for line in lines), encoding="utf-8")
    return path


@pytest.fixture
def answers(tmp_path: Path) -> Path:
    """Right and sure about one document, silent about the other."""
    quote = span("good") | {"speaker": "Smith"}
    rows = [
        {"qid": "1", "status": "answered", "confidence": 0.9, "quotes": [quote]},
        {"qid": "2", "status": "abstained", "confidence": 0.1},
        {"qid": "3", "status": "abstained", "confidence": 0.2},
        {"qid": "4", "status": "answered", "confidence": 0.8, "quotes": [quote]},
    ]
    path = tmp_path / "theirs.jsonl"
    path.write_text("\n".join(json.dumps(row) for row in rows), encoding="utf-8")
    return path


def measured(folder: Path, gold: Path, answers: Path, *more: str) -> dict[str, Any]:
    out = gold.parent / "out.json"
    arguments = ["--archive", str(folder), "--answers", str(answers), "--json", str(out), *more]
    assert run_command(["evaluate", str(gold), *arguments]) == 0
    found: dict[str, Any] = json.loads(out.read_text(encoding="utf-8"))
    return found


def test_every_document_language_and_style_has_its_own_figures(
    folder: Path, gold: Path, answers: Path
) -> None:
    found = measured(folder, gold, answers, "--system", "never")
    for slices in (found["slices"], found["others_slices"]["never"]):
        parts = {(p["dimension"], p["value"]): p for p in slices}
        assert parts["document", "good"]["questions"] == 2
        assert parts["document", "(unanswerable)"]["questions"] == 1
        assert parts["language", "en"]["questions"] == 3
        assert parts["style", "hard"]["questions"] == 2
    parts = {(p["dimension"], p["value"]): p for p in found["slices"]}
    good, poor = parts["document", "good"], parts["document", "poor"]
    assert [part["seen_right"]["value"] for part in (good, poor)] == [1.0, 0.0]
    assert [part["denied_falsely"]["value"] for part in (good, poor)] == [0.0, 1.0]
    assert good["auroc"]["value"] == 1.0
    assert poor["auroc"]["value"] is None
    assert parts["style", "hard"]["asserted_wrong"]["value"] == 0.5
    assert "auroc" not in parts["type", "untyped"]


def test_they_are_printed_where_there_are_several_and_are_in_the_report(
    folder: Path, gold: Path, answers: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    measured(folder, gold, answers, "--html", str(tmp_path / "report.html"))
    printed = capsys.readouterr().out
    for dimension in ("document", "language", "style"):
        assert f"by {dimension}" in printed
    assert "by type" not in printed
    page = (tmp_path / "report.html").read_text(encoding="utf-8")
    assert "<h3>style</h3>" in page


def test_what_the_curator_says_of_a_question_stays_with_it(folder: Path, gold: Path) -> None:
    questions = read_questions(gold, open_archive(folder))
    rows = [question_object(question) for question in questions]
    assert [row.get("style") for row in rows] == ["plain", "hard", "plain", "hard"]
    assert [row.get("document") for row in rows] == ["good", "poor", "good", None]


@pytest.mark.parametrize("more", [(), ("--system", "never")])
def test_documents_that_begin_alike_are_told_apart_on_a_narrow_terminal(
    more: tuple[str, ...],
    folder: Path,
    tmp_path: Path,
    answers: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("COLUMNS", "80")
    rows = [
        {
            "qid": str(n),
            "question": "When?",
            "document": name,
            "answerable": True,
            "spans": [span(name)],
        }
        for n, name in enumerate((LONG, LONGER), start=1)
    ]
    path = tmp_path / "gold.jsonl"
    path.write_text("\n".join(json.dumps(row) for row in rows), encoding="utf-8")
    kept = [
        line for line in answers.read_text("utf-8").splitlines() if '"1"' in line or '"2"' in line
    ]
    answers.write_text("\n".join(kept), encoding="utf-8")
    measured(folder, path, answers, *more)
    printed = capsys.readouterr().out
    table = printed[printed.index("by document") :].split("Gain")[0]
    assert "…" not in table
    assert "1976" in table
    assert "1977" in table
    assert "0.00" in table
