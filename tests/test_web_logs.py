"""What the curator may learn about visitors: counts, and questions only where switched on."""

from __future__ import annotations

import datetime
import json
import os
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from qa.answers import Abstained, Reason
from qa.asking import Asked
from qa.quotes import Quote
from qa.web import curator
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
        site.ask(Asked(NOTHING))
    site.ask(Asked(SHOTS))
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
    answer = word_site(settings_for(tmp_path, log_questions=True)).ask(Asked(NOTHING))
    assert isinstance(answer, Abstained)
    assert answer.nearest
    assert f"{broken} " in caplog.text
    assert (tmp_path / broken).read_text() == '{"2026', "nothing of the curator's is written over"
    (tmp_path / "file").write_text("")
    assert word_site(settings_for(tmp_path / "file" / "state")).ask(Asked(NOTHING)).nearest
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


ADDING = """
import sys
from pathlib import Path
from qa.answers import Abstained, Reason
from qa.web.curator import UnansweredLog
log = UnansweredLog(Path(sys.argv[1]), count=True, keep_questions=True, days=30)
for number in range(200):
    log.add(Abstained(f"{sys.argv[2]} {number}", Reason.NOT_CONFIDENT, 0.1))
"""


def test_two_servers_on_one_folder_lose_nothing(tmp_path: Path) -> None:
    folder = tmp_path / "state"
    root = Path(__file__).parent.parent
    environment = os.environ | {"PYTHONPATH": str(root)}
    servers = [
        subprocess.Popen([sys.executable, "-c", ADDING, str(folder), name], env=environment)
        for name in ("a", "b")
    ]
    assert [server.wait(timeout=120) for server in servers] == [0, 0]
    assert json.loads((folder / COUNTS).read_text()) == {TODAY.isoformat(): {"not-confident": 400}}
    kept = [json.loads(line) for line in (folder / QUESTIONS).read_text().splitlines()]
    assert len({entry["question"] for entry in kept}) == len(kept) == 400
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    assert {stat.S_IMODE(path.stat().st_mode) for path in folder.iterdir()} == {0o600}


def test_a_question_more_does_not_rewrite_the_others(tmp_path: Path) -> None:
    kept = log(tmp_path, keep=True)
    kept.add(PRIVATE)
    before = (tmp_path / QUESTIONS).stat().st_ino
    kept.add(PRIVATE)
    assert (tmp_path / QUESTIONS).stat().st_ino == before
    assert len((tmp_path / QUESTIONS).read_text().splitlines()) == 2


def test_kept_questions_and_counts_do_not_grow_without_end(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(curator, "MAX_BYTES", 2000)
    kept = log(tmp_path, keep=True)
    for number in range(100):
        kept.add(Abstained(f"question {number}", Reason.NOT_CONFIDENT, 0.1))
        assert (tmp_path / QUESTIONS).stat().st_size < 2200
    lines = (tmp_path / QUESTIONS).read_text().splitlines()
    assert json.loads(lines[-1])["question"] == "question 99"
    days = [(TODAY - datetime.timedelta(days=back)).isoformat() for back in range(1, 5000)]
    (tmp_path / COUNTS).write_text(json.dumps({day: {"not-confident": 2} for day in days}))
    log(tmp_path).add(PRIVATE)
    counts = json.loads((tmp_path / COUNTS).read_text())
    assert counts[TODAY.isoformat()] == {"not-confident": 1}
    assert len(counts) <= 220
    assert 28 * 2 <= counts[sorted(counts)[5]]["not-confident"] <= 31 * 2


def test_a_line_that_does_not_fit_on_the_disk_leaves_the_file_as_it_was(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    kept = log(tmp_path, keep=True, count=False)
    kept.add(PRIVATE)
    before = (tmp_path / QUESTIONS).read_bytes()
    write = os.write
    monkeypatch.setattr(os, "write", lambda handle, data: write(handle, data[:10]))
    with pytest.raises(OSError, match="no space"):
        kept.add(PRIVATE)
    assert (tmp_path / QUESTIONS).read_bytes() == before


def test_a_file_that_others_could_read_is_closed(
    tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    quote = Quote.around(request.getfixturevalue("transcript"), 8299, 8340)
    (tmp_path / REPORTS).write_text("")
    (tmp_path / REPORTS).chmod(0o644)
    assert Reports(tmp_path).add(quote, "It is 150.")
    assert stat.S_IMODE((tmp_path / REPORTS).stat().st_mode) == 0o600
