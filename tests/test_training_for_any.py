"""What many documents teach: each document left out whole, each set of questions counted alike."""

from __future__ import annotations

import random
from collections import defaultdict
from pathlib import Path

import pytest

from qa.cli import run_command
from qa.reader.candidates import Candidate
from qa.reader.policy import Rates
from qa.training.calibrating import evenly
from qa.training.left_out import left_out_decisions
from qa.training.observing import Observation
from qa.training.ordering import Judged


def observation(draw: random.Random, source: str, document: int) -> Observation:
    """Draw a question: the right one of three candidates tends to be nearer."""
    answerable = draw.random() < 0.7
    right = draw.randrange(3) if answerable else -1
    candidates = tuple(
        Candidate(
            (f"{source}{document}", n, n),
            {"sentence_standing": draw.gauss(2.0 if n == right else 0.0, 1.0)},
            {"nearest": draw.gauss(0.85 if answerable else 0.8, 0.02)},
        )
        for n in range(3)
    )
    judged = Judged(candidates, tuple(n == right for n in range(3)))
    return Observation(judged, {}, answerable, f"{source}/{document}", "en", source)


@pytest.fixture(scope="module")
def seen() -> list[Observation]:
    draw = random.Random(3)
    many = [observation(draw, "many", n % 8) for n in range(160)]
    return evenly([*many, *(observation(draw, "few", n % 4) for n in range(40))])


def test_every_document_counts_the_same(seen: list[Observation]) -> None:
    counted: dict[str, float] = defaultdict(float)
    for one in seen:
        counted[one.group] += one.weight
    assert len(counted) == 12
    assert list(counted.values()) == pytest.approx([len(seen) / 12] * 12)


def test_no_document_is_judged_by_what_was_fitted_on_it(seen: list[Observation]) -> None:
    folds: dict[str, set[int]] = defaultdict(set)
    for one, fold in zip(seen, left_out_decisions(seen).fold, strict=True):
        folds[one.group].add(int(fold))
    assert len(folds) == 12
    assert all(len(found) == 1 for found in folds.values())


def test_the_report_speaks_of_the_questions_it_is_asked_about(seen: list[Observation]) -> None:
    import numpy as np

    found = left_out_decisions(seen)
    rates = Rates(wrong_quotes=0.1, false_denials=0.1)
    few = np.array([one.source == "few" for one in seen])
    assert found.report(rates).startswith("200 questions")
    assert found.report(rates, few).startswith("40 questions")
    assert all(trial.weight > 0 for trial in found.trials)


def test_a_folder_without_questions_is_refused(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run_command(["calibrate", "--for-any", str(tmp_path), "--out", "x.json"]) == 1
    told = capsys.readouterr().err
    assert "holds no file *questions.jsonl; name a folder with an archive/" in told
    assert "Traceback" not in told


def test_no_questions_at_all_weigh_nothing() -> None:
    assert evenly([]) == []


def test_two_sets_of_one_name_are_refused(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folders = [tmp_path / name / "talks" for name in ("one", "other")]
    for folder in folders:
        (folder / "archive").mkdir(parents=True)
        (folder / "questions.jsonl").write_text("", encoding="utf-8")
    assert run_command(["calibrate", "--for-any", *map(str, folders)]) != 0
    told = capsys.readouterr().err
    assert "have one name; give each set its own" in told
    assert "Traceback" not in told
