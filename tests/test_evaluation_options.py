"""Options that a command lacks are refused, names that stand twice too, before anything runs."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from rich.table import Table

from corpus.judgments import shipped_questions
from qa.cli import run_command
from qa.evaluation.terminal import plain_console

GOLD = str(shipped_questions())


@pytest.fixture
def beir(tmp_path: Path) -> str:
    folder = tmp_path / "beir"
    (folder / "qrels").mkdir(parents=True)
    rows = [{"_id": "x", "text": "They ring."}, {"_id": "y", "text": "A boat."}]
    lines = "\n".join(json.dumps(row) for row in rows)
    (folder / "corpus.jsonl").write_text(lines, encoding="utf-8")
    (folder / "queries.jsonl").write_text('{"_id": "q", "text": "ring?"}', encoding="utf-8")
    (folder / "qrels" / "test.tsv").write_text("q\tx\t1\n", encoding="utf-8")
    return str(folder)


@pytest.fixture
def trec(tmp_path: Path) -> Callable[..., list[str]]:
    def arguments(*names: str) -> list[str]:
        (tmp_path / "qrels").write_text("1 0 x 1\n\n2 0 y 1\n", encoding="utf-8")
        runs = []
        for name in names:
            path = tmp_path / f"{name}.run"
            path.parent.mkdir(exist_ok=True)
            path.write_text("1 Q0 x 1 2.0 a\n2 Q0 x 1 1.0 a\n", encoding="utf-8")
            runs.append(str(path))
        return [str(tmp_path / "qrels"), *runs]

    return arguments


@pytest.mark.parametrize("option", ["--answers", "--gate", "--html", "--topics", "--archive"])
def test_a_public_set_refuses_what_only_gold_questions_have(
    option: str, beir: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "never-written"
    assert run_command(["bench", beir, "--system", "random", option, str(path)]) == 1
    assert option in capsys.readouterr().err
    assert not path.exists()


@pytest.mark.parametrize("option", ["--system", "--trec", "--gate", "--risk"])
def test_trec_runs_refuse_what_they_cannot_use(
    option: str, trec: Callable[..., list[str]], capsys: pytest.CaptureFixture[str]
) -> None:
    assert run_command(["trec", *trec("a"), option, "1"]) == 1
    assert option in capsys.readouterr().err


@pytest.mark.parametrize("option", ["--topics", "--sentences", "--speakers", "--run"])
def test_gold_questions_refuse_the_options_of_sets(
    option: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run_command(["evaluate", GOLD, "--system", "never", option, "x"]) == 1
    assert option in capsys.readouterr().err


def test_a_public_set_is_sent_to_the_command_that_ranks_it(
    beir: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for name in (beir, str(tmp_path / "squad.json")):
        assert run_command(["evaluate", name, "--system", "bm25"]) == 1
        assert f"'verbatim bench {name}'" in capsys.readouterr().err


def test_a_name_that_stands_twice_is_refused(
    beir: str, trec: Callable[..., list[str]], capsys: pytest.CaptureFixture[str]
) -> None:
    for arguments, name in (
        (["evaluate", GOLD, "--system", "never", "--system", "never"], "never"),
        (["evaluate", GOLD, "--answers", "one/a.jsonl", "--answers", "two/a.jsonl"], "a"),
        (["bench", beir, "--system", "random", "--system", "random"], "random"),
        (["trec", *trec("a", "other/a")], "a"),
    ):
        assert run_command(arguments) == 1
        assert f"two systems named '{name}'" in capsys.readouterr().err


def test_runs_of_one_file_name_are_told_apart_by_names(
    trec: Callable[..., list[str]], tmp_path: Path
) -> None:
    qrels, first, other = trec("a", "other/a")
    out = tmp_path / "o.json"
    runs = [f"old={first}", f"new={other}"]
    assert run_command(["trec", qrels, *runs, "--json", str(out)]) == 0
    found = json.loads(out.read_text(encoding="utf-8"))
    assert set(found["systems"]) == {"old", "new"}
    assert {row["verdict"] for row in found["comparisons"]} == {"the same on every question"}


def test_topics_that_lack_a_judged_one_are_refused(
    trec: Callable[..., list[str]], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    topics = tmp_path / "topics.tsv"
    topics.write_text("1\tone\n", encoding="utf-8")
    assert run_command(["trec", *trec("a"), "--topics", str(topics)]) == 1
    assert "judges '2', which is no topic" in capsys.readouterr().err


def test_what_could_not_be_written_is_refused_before_anything_runs(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "file"
    file.write_text("", encoding="utf-8")
    for option, path, words in (
        ("--json", tmp_path, "is a folder; name a file"),
        ("--html", file, "is a file; name a folder"),
        ("--export-failures", tmp_path, "is a folder; name a file"),
    ):
        assert run_command(["evaluate", "--system", "wishful", option, str(path)]) == 1
        assert words in capsys.readouterr().err


def test_a_set_without_confidences_has_no_area(beir: str, tmp_path: Path) -> None:
    out = tmp_path / "o.json"
    assert run_command(["bench", beir, "--system", "random", "--json", str(out)]) == 0
    found = json.loads(out.read_text(encoding="utf-8"))["systems"]["random"]
    assert found["auroc"] == {"value": None, "low": None, "high": None, "n": 0}
    assert found["mrr"]["low"] < found["mrr"]["high"]


def test_tables_and_lines_give_a_terminal_no_orders(capsys: pytest.CaptureFixture[str]) -> None:
    table = Table(title="T\x1b[2J")
    table.add_column("C\x9b")
    table.add_row("row\x1b]0;x\x07\u202e")
    console = plain_console()
    console.print(table)
    console.print("line\x1b[2J")
    printed = capsys.readouterr().out
    assert "line⟨U+001B⟩[2J" in printed
    assert not any(sign in printed for sign in "\x1b\x9b\x07\u202e")
