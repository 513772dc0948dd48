"""What the curator may learn about visitors: counts, and questions only where switched on."""

from __future__ import annotations

import datetime
import json
import stat
from pathlib import Path

import pytest

from qa.answers import Abstained, Reason
from qa.quotes import Quote
from qa.web.curator import COUNTS, QUESTIONS, UnansweredLog
from qa.web.reports import MAX_BYTES, REPORTS, Reports
from web_support import NOTHING, SHOTS, settings_for, word_site

TODAY = datetime.datetime.now(datetime.UTC).date()
PRIVATE = Abstained("Did my grandfather sign this?", Reason.NOT_CONFIDENT, 0.1)


def log(folder: Path, *, count: bool = True, keep: bool = False, days: int = 30) -> UnansweredLog:
    return UnansweredLog(folder, count=count, keep_questions=keep, days=days)


def everything_in(folder: Path) -> str:
    return "".join(path.read_text() for path in folder.iterdir()) if folder.exists() else ""


def test_by_default_only_counts_by_day_and_reason_are_kept(tmp_path: Path) -> None:
    site = word_site(settings_for(tmp_path / "state"))
    for _ in range(3):
        site.ask(NOTHING)
    site.ask(SHOTS)
    counts = json.loads((tmp_path / "state" / COUNTS).read_text())
    assert counts == {TODAY.isoformat(): {"not-confident": 3}}
    assert "sourdough" not in everything_in(tmp_path / "state")


def test_warming_up_is_no_visitor(tmp_path: Path) -> None:
    site = word_site(settings_for(tmp_path / "state"))
    site.warm_up()
    assert everything_in(tmp_path / "state") == ""


def test_counting_can_be_switched_off(tmp_path: Path) -> None:
    log(tmp_path, count=False).add(PRIVATE)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("broken", [COUNTS, QUESTIONS])
def test_a_log_that_cannot_be_kept_costs_nobody_the_answer(
    tmp_path: Path, broken: str, caplog: pytest.LogCaptureFixture
) -> None:
    (tmp_path / broken).write_text('{"2026')
    answer = word_site(settings_for(tmp_path, log_questions=True)).ask(NOTHING)
    assert isinstance(answer, Abstained)
    assert answer.nearest
    assert f"{broken} " in caplog.text
    assert (tmp_path / broken).read_text() == '{"2026', "nothing of the curator's is written over"
    (tmp_path / "file").write_text("")
    assert word_site(settings_for(tmp_path / "file" / "state")).ask(NOTHING).nearest
    assert "could not be counted" in caplog.text


def test_questions_are_kept_only_if_switched_on_and_only_so_long(tmp_path: Path) -> None:
    old = (TODAY - datetime.timedelta(days=7)).isoformat()
    young = (TODAY - datetime.timedelta(days=6)).isoformat()
    lines = [
        json.dumps({"date": date, "reason": "not-confident", "question": question})
        for date, question in ((old, "an old one"), (young, "a young one"))
    ]
    (tmp_path / QUESTIONS).write_text("\n".join(lines) + "\n")
    log(tmp_path, keep=True, days=7).add(PRIVATE)
    kept = [json.loads(line) for line in (tmp_path / QUESTIONS).read_text().splitlines()]
    assert [entry["question"] for entry in kept] == ["a young one", PRIVATE.question]
    assert stat.S_IMODE((tmp_path / QUESTIONS).stat().st_mode) == 0o600


def test_switching_it_off_deletes_what_was_kept(tmp_path: Path) -> None:
    log(tmp_path, keep=True).add(PRIVATE)
    log(tmp_path, keep=False).purge()
    assert not (tmp_path / QUESTIONS).exists()


def test_the_box_for_reports_does_not_grow_without_end(
    tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    quote = Quote.around(request.getfixturevalue("transcript"), 8299, 8340)
    reports = Reports(tmp_path)
    assert reports.add(quote, "It is 150.")
    with (tmp_path / REPORTS).open("a") as file:
        file.write("x" * MAX_BYTES)
    assert not reports.add(quote, "One more.")
