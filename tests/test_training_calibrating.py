"""Fitting a reader on gold questions: what it may be fitted on, and what it says."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from corpus.gold_rows import JudgmentError
from corpus.judgments import Strange, read_questions, read_strange, shipped_questions
from qa.answering import Answerer
from qa.cli import run_command
from qa.reader.calibration import Calibrations, Order
from qa.reader.policy import Costs
from qa.training.calibrating import Observation, left_out_decisions, observe

COSTS = Costs(wrong_quote=1.0, false_denial=1.0, offer=0.3)


@pytest.fixture(scope="module")
def seen(answerer: Answerer) -> list[Observation]:
    questions = read_questions(shipped_questions(), answerer.archive)
    return observe(answerer, [question for question in questions if question.language == "en"])


def test_features_are_those_of_whatever_comes_first(seen: list[Observation]) -> None:
    one = next(one for one in seen if one.judged.is_telling)
    forwards, _ = one.under(Order({"around": 1.0}))
    backwards, _ = one.under(Order({"around": -1.0}))
    assert forwards["margin"] >= 0
    assert forwards["nearest"] != backwards["nearest"]


def test_every_question_is_decided_by_what_did_not_see_it(seen: list[Observation]) -> None:
    found = left_out_decisions(seen)
    assert len(found.support) == len(found.confidence) == len(seen)
    assert ((found.support > 0) & (found.support < 1)).all()
    assert list(found.answerable) == [one.answerable for one in seen]
    states = found.states(COSTS)
    assert not (states.quoted & states.offered).any()
    for fold in set(found.fold.tolist()):
        quoted = found.support[states.quoted & (found.fold == fold)]
        others = found.support[~states.quoted & (found.fold == fold)]
        assert min(quoted, default=1.0) > max(others, default=0.0)
        offered = found.confidence[states.offered & (found.fold == fold)]
        denied = found.confidence[~(states.quoted | states.offered) & (found.fold == fold)]
        assert min(offered, default=1.0) > max(denied, default=0.0)
    assert (found.first_is_right <= found.among_first).all()
    assert "10-fold cross-validation" in found.report(COSTS)


@pytest.mark.slow
def test_a_calibration_that_cannot_be_read_does_not_stand_in_the_way_of_a_new_one(
    tmp_path: Path,
    shipped_index: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    old, new = tmp_path / "old.json", tmp_path / "new.json"
    old.write_text(json.dumps({"described": {}}), encoding="utf-8")
    monkeypatch.setenv("VERBATIM_CALIBRATION", str(old))
    monkeypatch.setenv("VERBATIM_INDEX_FOLDER", str(shipped_index))
    assert run_command(["ask", "How many warning shots were fired?"]) == 1
    assert "fit one again" in capsys.readouterr().err
    gold = str(shipped_questions())
    strange = tmp_path / "strange.jsonl"
    lines = (shipped_questions().parent / "undescribed.jsonl").read_text(encoding="utf-8")
    strange.write_text("\n".join(lines.splitlines()[:6]), encoding="utf-8")
    assert run_command(["calibrate", gold, "--elsewhere", str(strange), "--out", str(new)]) == 0
    fitted = Calibrations.read(new).tuned
    assert fitted is not None
    told = capsys.readouterr().out
    assert "With the tuned encoder: 119 questions" in told
    assert "questions about other documents asserted" in told
    assert fitted.questions == 119 < len(fitted.left_out)
    assert "about other documents: strange.jsonl, SHA-256" in fitted.fitted_on
    monkeypatch.setenv("VERBATIM_CALIBRATION", str(new))
    assert run_command(["ask", "How many warning shots were fired?"]) == 0


def test_too_few_questions_are_refused(
    tmp_path: Path,
    shipped_index: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    gold = tmp_path / "few.jsonl"
    lines = shipped_questions().read_text(encoding="utf-8").splitlines(keepends=True)
    gold.write_text("".join(lines[:12]), encoding="utf-8")
    monkeypatch.setenv("VERBATIM_INDEX_FOLDER", str(shipped_index))
    assert run_command(["calibrate", str(gold), "--out", str(tmp_path / "new.json")]) == 1
    assert "needs at least 10 questions" in capsys.readouterr().err


def test_questions_about_other_documents_need_none_of_them(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Their spans lie in documents that are not here."""
    file = tmp_path / "strange.jsonl"
    row = {
        "qid": "1",
        "question": "Who left?",
        "answerable": True,
        "document": "gone",
        "lang": "de",
    }
    row |= {
        "spans": [{"document": "gone", "start": 0, "end": 3, "text": "He."}],
        "history": ["Eh?"],
    }
    file.write_text(json.dumps(row), encoding="utf-8")
    assert read_strange(file) == (Strange("Who left?", ("Eh?",), "de"),)
    file.write_text(json.dumps({**row, "question": 7}), encoding="utf-8")
    with pytest.raises(JudgmentError, match="line 1"):
        read_strange(file)
    file.write_text("\n", encoding="utf-8")
    with pytest.raises(JudgmentError, match="holds no question"):
        read_strange(file)
    assert run_command(["calibrate", str(tmp_path), "--for-any", "--elsewhere", str(file)]) == 1
    assert "--elsewhere does not go with --for-any" in capsys.readouterr().err
