"""The command line: exit codes, one sentence for a mistake, and JSON that keeps its contract."""

from __future__ import annotations

import io
import json
import os
import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from corpus.archive import shipped_folder
from corpus.transcript import Transcript
from qa.answering import Answerer
from qa.cli import run_command

ROOT = Path(__file__).parent.parent
WARNING_SHOTS = "How many warning shots were fired?"
BREAD = "How do I bake bread?"

Run = Callable[..., tuple[int, str, str]]


@pytest.fixture
def environment(
    shipped_index: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> dict[str, str]:
    """Settings for commands on the shipped archive, with its index."""
    values = {
        "VERBATIM_INDEX_FOLDER": str(shipped_index),
        "VERBATIM_STATE_FOLDER": str(tmp_path / "state"),
        "XDG_CACHE_HOME": str(tmp_path / "cache"),
    }
    for name, value in values.items():
        monkeypatch.setenv(name, value)
    return values


@pytest.fixture
def run(environment: dict[str, str], capsys: pytest.CaptureFixture[str]) -> Run:
    """Return a function that runs a command and returns exit code, output and errors."""

    def command(*arguments: str) -> tuple[int, str, str]:
        code = run_command(list(arguments))
        output = capsys.readouterr()
        assert "Traceback" not in output.err
        return code, output.out, output.err

    return command


def in_a_shell(
    environment: dict[str, str], *arguments: str, given: bytes = b"", **more: str
) -> SimpleNamespace:
    done = subprocess.run(
        [sys.executable, "-m", "qa", *arguments],
        cwd=ROOT,
        input=given,
        env={**os.environ, **environment, "PYTHONPATH": str(ROOT), **more},
        capture_output=True,
        timeout=300,
        check=False,
    )
    return SimpleNamespace(
        code=done.returncode,
        out=done.stdout.decode(errors="replace"),
        err=done.stderr.decode(errors="replace"),
    )


def test_an_answer_is_quoted_with_its_reference(run: Run, answerer: Answerer) -> None:
    code, out, _ = run("ask", WARNING_SHOTS)
    assert code == 0
    words = " ".join(out.split())
    assert "“More than 120 [warning] shots were fired.”" in words
    for part in ("Kryuchkov (Deputy Chairman of the KGB)", "ZAIG 5306", "Bernd Schaefer"):
        assert part in words


def test_no_answer_is_exit_code_3(run: Run, answerer: Answerer) -> None:
    code, out, _ = run("ask", BREAD)
    assert code == 3
    assert out == "Not found. No passage answers this, as far as this search can tell.\n"


@pytest.mark.parametrize(("question", "status", "code"), [
    (WARNING_SHOTS, "answered", 0),
    (BREAD, "abstained", 3),
])  # fmt: skip
def test_json_is_one_object_of_exact_slices(
    run: Run, answerer: Answerer, transcript: Transcript, question: str, status: str, code: int
) -> None:
    got, out, _ = run("ask", question, "--json")
    found: dict[str, Any] = json.loads(out)
    assert out.count("\n") == 1
    assert (got, found["status"], found["question"], found["qid"]) == (code, status, question, None)
    assert 0 <= found["confidence"] <= 1
    assert bool(found["quotes"]) == (status == "answered")
    assert (found["reason"] is None) == (status == "answered")
    for quote in (*found["quotes"], *found["nearest"]):
        assert transcript.text[quote["start"] : quote["end"]] == quote["text"]
        assert quote["sha256"] == transcript.sha256
        assert quote["speaker"] == transcript.speaker_at(quote["start"])
        assert quote["document"] == transcript.id
        assert quote["layer"] in ("speech", "header", "note")


def test_json_lines_answer_each_question_in_order(
    run: Run, answerer: Answerer, monkeypatch: pytest.MonkeyPatch
) -> None:
    lines = [
        {"qid": "a", "question": WARNING_SHOTS},
        {"question": BREAD},
        {"qid": 7, "question": "Who said that?", "history": [WARNING_SHOTS]},
    ]
    given = "\n\n".join(json.dumps(line) for line in lines).encode()
    monkeypatch.setattr(sys, "stdin", SimpleNamespace(buffer=io.BytesIO(given)))
    code, out, _ = run("ask", "--jsonl")
    found = [json.loads(line) for line in out.splitlines()]
    assert code == 0
    assert [one["qid"] for one in found] == ["a", None, "7"]
    assert [one["question"] for one in found] == [line["question"] for line in lines]
    assert [one["status"] for one in found][:2] == ["answered", "abstained"]


@pytest.mark.parametrize(
    ("line", "says"),
    [
        (b"{", "line 2"),
        (b"[]", "line 2"),
        (b'{"q": 1}', "line 2"),
        (b'{"question": 3}', "line 2"),
        (b'{"question": "Why?", "history": "no"}', "line 2"),
        (b'{"question": "  "}', "line 2"),
        (b'{"question": "Why?", "speaker": 1}', "line 2"),
        (b'{"question": "Why?", "speaker": "Nobody"}', "line 2"),
        (b'{"question": "Why?", "document": "nothing"}', "line 2"),
        (b"\xff", "line 2"),
        (b"[" * 100_000, "line 2"),
    ],
)
def test_a_broken_line_is_named(
    run: Run, answerer: Answerer, monkeypatch: pytest.MonkeyPatch, line: bytes, says: str
) -> None:
    given = json.dumps({"question": BREAD}).encode() + b"\n" + line
    monkeypatch.setattr(sys, "stdin", SimpleNamespace(buffer=io.BytesIO(given)))
    code, out, err = run("ask", "--jsonl")
    assert code == 1
    assert says in err
    assert len(out.splitlines()) == 1


def test_a_line_that_cannot_be_asked_keeps_no_other_from_an_answer(
    run: Run, answerer: Answerer, monkeypatch: pytest.MonkeyPatch
) -> None:
    lines = [
        b'{"qid": "empty", "question": "?!"}',
        json.dumps({"qid": "a", "question": WARNING_SHOTS}).encode(),
        b"{",
        b'{"qid": "nobody", "question": "Why?", "speaker": "Nobody"}',
        json.dumps({"qid": "b", "question": BREAD}).encode(),
    ]
    monkeypatch.setattr(sys, "stdin", SimpleNamespace(buffer=io.BytesIO(b"\n".join(lines))))
    code, out, err = run("ask", "--jsonl")
    assert code == 1
    assert [json.loads(line)["qid"] for line in out.splitlines()] == ["a", "b"]
    named = [line.partition(": ")[2].partition(":")[0] for line in err.splitlines()]
    assert [one for one in named if one.startswith("Standard input")] == [
        f"Standard input, line {number}" for number in (1, 3, 4)
    ]


def test_speaker_and_document_hold_for_lines_that_name_none(
    run: Run, answerer: Answerer, monkeypatch: pytest.MonkeyPatch
) -> None:
    lines = [
        {"question": WARNING_SHOTS},
        {"question": WARNING_SHOTS, "speaker": "Kryuchkov"},
    ]
    given = "\n".join(map(json.dumps, lines)).encode()
    monkeypatch.setattr(sys, "stdin", SimpleNamespace(buffer=io.BytesIO(given)))
    code, out, _ = run("ask", "--jsonl", "--speaker", "Mielke")
    speakers = [
        {quote["speaker"] for quote in (*found["quotes"], *found["nearest"])}
        for found in map(json.loads, out.splitlines())
    ]
    assert (code, speakers) == (0, [{"Mielke"}, {"Kryuchkov"}])


def test_every_line_is_cited_and_carries_receipts(
    run: Run, answerer: Answerer, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    lines = [{"question": WARNING_SHOTS}, {"question": BREAD}]
    given = "\n".join(map(json.dumps, lines)).encode()
    monkeypatch.setattr(sys, "stdin", SimpleNamespace(buffer=io.BytesIO(given)))
    code, out, _ = run("ask", "--jsonl", "--cite", "ris")
    answered, abstained = map(json.loads, out.splitlines())
    assert code == 0
    (cited,) = answered["citations"]
    assert "CN  - MfS, ZAIG 5306" in cited["entry"]
    assert (abstained["citations"], abstained["receipts"]) == ([], [])
    (receipt,), (quote,) = answered["receipts"], answered["quotes"]
    assert receipt["archive"] == answerer.archive.fingerprint
    for key in ("document", "sha256", "start", "end", "text", "speaker", "layer", "turn"):
        assert receipt[key] == quote[key]
    saved = tmp_path / "answers.jsonl"
    saved.write_text(out)
    assert run("verify", str(saved))[0] == 0
    saved.write_text(out.replace("More than 120", "More than 100"))
    assert run("verify", str(saved))[0] != 0


@pytest.mark.parametrize("name", ["receipts.json", "receipts.jsonld"])
def test_receipts_are_written_into_a_new_file(
    run: Run, answerer: Answerer, tmp_path: Path, name: str
) -> None:
    path = tmp_path / name
    assert run("ask", WARNING_SHOTS, "--receipt", str(path))[0] == 0
    before = path.read_bytes()
    assert run("verify", str(path))[0] == 0
    code, _, err = run("ask", WARNING_SHOTS, "--receipt", str(path))
    assert (code, path.read_bytes()) == (1, before)
    assert "exists already" in err
    nothing = tmp_path / "nothing.json"
    code, _, err = run("ask", BREAD, "--receipt", str(nothing))
    assert (code, nothing.exists()) == (3, False)
    assert "was not written" in err


@pytest.mark.parametrize(
    "arguments",
    [("Why?",), ("--receipt", "r.json"), ("--after", "Who?"), ("--explain",), ("--json",)],
)
def test_what_cannot_take_effect_beside_lines_is_refused(
    run: Run, arguments: tuple[str, ...]
) -> None:
    code, out, err = run("ask", "--jsonl", *arguments)
    assert (code, out) == (1, "")
    assert (arguments[0] if arguments[0].startswith("--") else "a question") in err


def test_an_explanation_is_of_the_answer_that_was_given(run: Run, answerer: Answerer) -> None:
    _, plain, _ = run("ask", WARNING_SHOTS, "--speaker", "Mielke", "--explain")
    _, out, err = run("ask", WARNING_SHOTS, "--speaker", "Mielke", "--explain", "--json")
    found = json.loads(out)
    assert plain.endswith(err)
    assert f"Probability that the archive answers: {found['confidence']:.2f}" in err
    assert f"({found['reason']})" in err
    assert f"right: {found['support']:.2f};" in err
    _, out, _ = run("ask", "Why?", "--explain")
    assert "not quoted (unknown-reference)" in out


def test_a_follow_up_after_an_earlier_question(run: Run, answerer: Answerer) -> None:
    code, out, _ = run("ask", "Why?", "--json")
    assert (code, json.loads(out)["reason"]) == (3, "unknown-reference")
    _, out, _ = run("ask", "Who said that?", "--after", WARNING_SHOTS, "--json")
    found = json.loads(out)
    assert found["reason"] != "unknown-reference"
    assert "120" in json.dumps([found["quotes"], found["nearest"]])


def test_every_place_of_the_warning_shots(run: Run, transcript: Transcript) -> None:
    code, out, _ = run("find", "warning shots", "--json")
    found = json.loads(out)
    assert (code, found["query"], found["count"]) == (0, "warning shots", 1)
    (match,) = found["matches"]
    assert "[warning]\nshots" in match["text"]
    assert match["speaker"] == "Kryuchkov"
    code, out, _ = run("find", "warning shots")
    assert code == 0
    assert "[warning] shots" in out


def test_finding_nothing_is_exit_code_3(run: Run) -> None:
    assert run("find", "zeppelin")[0] == 3
    code, out, _ = run("find", "zeppelin", "--json")
    assert (code, json.loads(out)) == (
        3,
        {
            "query": "zeppelin",
            "count": 0,
            "matches": [],
            "outside": [],
            "labels": 0,
            "documents": [],
            "besides": [],
            "apart": [],
        },
    )


@pytest.mark.parametrize(
    "arguments",
    [
        ("ask",),
        ("ask", ""),
        ("ask", "?!"),
        ("ask", "x" * 100_000),
        ("ask", WARNING_SHOTS, "--speaker", "Andropov"),
        ("ask", WARNING_SHOTS, "--document", "nothing"),
        ("ask", WARNING_SHOTS, "--archive", "/no/such/folder"),
        ("ask", WARNING_SHOTS, "--config", "/no/such/file.toml"),
        ("ask", WARNING_SHOTS, "--no-such-option"),
        ("find", ""),
        ("find", " \u200b"),
        ("find",),
        ("frobnicate",),
        ("lint", "--archive", "/no/such/folder"),
        ("index", "--archive", "/no/such/folder"),
        ("evaluate", "/no/such/questions.jsonl"),
        ("calibrate", "/no/such/questions.jsonl", "--out", "never.json"),
        ("serve", "--port", "99999"),
        ("serve", "--port", "many"),
    ],
)
def test_a_mistake_gets_one_sentence_and_exit_code_1(
    run: Run, answerer: Answerer, arguments: tuple[str, ...]
) -> None:
    code, out, err = run(*arguments)
    assert code == 1
    assert out == ""
    assert 0 < len(err.strip()) < 1000
    assert err.count("\n") <= 2


@pytest.mark.parametrize(
    ("name", "value"),
    [("PORT", "x"), ("DEPTH", "1"), ("WINDOW", "0"), ("CALIBRATION", "/no"), ("KIOSK", "perhaps")],
)
def test_a_bad_setting_is_named(
    run: Run, monkeypatch: pytest.MonkeyPatch, name: str, value: str
) -> None:
    monkeypatch.setenv(f"VERBATIM_{name}", value)
    code, _, err = run("ask", WARNING_SHOTS)
    assert code == 1
    assert name.lower() in err.lower() or value in err


@pytest.mark.parametrize("text", ["port = ", "no_such = 1", "port = 'x'", "\xff"])
def test_a_bad_settings_file_is_named(run: Run, tmp_path: Path, text: str) -> None:
    path = tmp_path / "settings.toml"
    path.write_bytes(text.encode("latin-1"))
    code, _, err = run("ask", WARNING_SHOTS, "--config", str(path))
    assert code == 1
    assert err.strip()


def test_lint_finds_the_shipped_archive_readable(run: Run) -> None:
    _, out, _ = run("lint")
    assert "0 errors, 0 warnings" in out
    assert "Mielke = Erich Mielke, labelled “Comrade Mielke”: 14 turns" in out
    assert out.count("the text breaks off") == 12


@pytest.mark.parametrize(
    ("damage", "says"),
    [
        (lambda text: text.replace("Mrs. Hale:\nOnly", "Mr. Nobody:\nOnly"), "Mr. Nobody"),
        (lambda text: text.replace("[cast in 1890]", "[cast in 1890"), "no partner"),
        (lambda text: text.replace("hand. The", "hand. [4] The"), "[4] points to a note"),
        (lambda text: text + "Interviewer:\n", "no words after it"),
        (lambda text: text.replace("Mrs. Hale:", "They said"), "Hale never speaks"),
        (lambda text: re.sub("(Interviewer|Mrs. Hale):\n", "", text), "no speaker label"),
        (lambda _: "", "is empty"),
        (lambda text: text + "\0", "binary"),
    ],
)
def test_lint_names_what_is_damaged(
    run: Run, tiny_archive: Callable[..., Path], damage: Callable[[str], str], says: str
) -> None:
    folder = tiny_archive()
    path = folder / "lighthouse.txt"
    assert "0 errors, 0 warnings" in run("lint", "--archive", str(folder))[1]
    path.write_text(damage(path.read_text()))
    code, out, _ = run("lint", "--archive", str(folder))
    assert code == 4
    assert "lighthouse.txt\n" in out
    (line,) = [line for line in out.splitlines() if says in line]
    assert line.startswith("    ")


def test_lint_reports_every_bad_document_not_only_the_first(
    run: Run, tiny_archive: Callable[..., Path]
) -> None:
    folder = tiny_archive()
    (folder / "ferry.txt").write_bytes(b"")
    (folder / "lighthouse.toml").write_text("title = ")
    code, out, _ = run("lint", "--archive", str(folder))
    assert code == 4
    assert "ferry.txt" in out
    assert "lighthouse.toml" in out


def test_an_archive_says_what_it_is(run: Run, transcript: Transcript) -> None:
    code, out, _ = run("show")
    assert code == 0
    # Lines are as wide as the terminal.
    told = " ".join(out.split())
    assert "East German note of an interpreted conversation, English translation" in told
    code, out, _ = run("show", transcript.id, "--json")
    shown = json.loads(out)
    assert (code, shown["speakers"]) == (0, ["Mielke", "Kryuchkov"])
    assert {"field": "date", "value": "19 September 1983"} in shown["documents"][0]["catalogue"]
    code, _, err = run("show", "nowhere")
    assert (code, "There is no document 'nowhere'" in err) == (1, True)


def test_who_somebody_is_comes_from_the_record(run: Run, answerer: Answerer) -> None:
    del answerer
    code, out, _ = run("ask", "who is mielke", "--json")
    found = json.loads(out)
    assert (code, found["reason"], found["quotes"]) == (0, "catalogue", [])
    assert {"field": "name", "value": "Erich Mielke"} in found["catalogue"]


def test_help_names_every_command(run: Run) -> None:
    code, out, _ = run("--help")
    assert code == 0
    for name in ("index", "ask", "find", "serve", "evaluate", "lint", "calibrate"):
        assert f" {name} " in out
        assert run(name, "--help")[0] == 0


# In a process of its own


def test_as_a_module_with_exit_codes(environment: dict[str, str], answerer: Answerer) -> None:
    assert in_a_shell(environment, "ask", WARNING_SHOTS).code == 0
    refused = in_a_shell(environment, "ask", BREAD)
    assert (refused.code, refused.err) == (3, "")


@pytest.mark.parametrize("encoding", ["ascii", "cp1252"])
def test_a_terminal_of_another_encoding_is_no_reason_to_fail(
    environment: dict[str, str], answerer: Answerer, encoding: str
) -> None:
    done = in_a_shell(environment, "find", "airspace over", PYTHONIOENCODING=encoding)
    assert (done.code, done.err) == (0, "")
    assert "⟨the text breaks off here⟩" in " ".join(done.out.split())


@pytest.mark.skipif(os.name == "nt", reason="needs a shell")
def test_a_pipe_that_closes_early_is_no_error(environment: dict[str, str]) -> None:
    done = subprocess.run(
        ["sh", "-c", f"'{sys.executable}' -m qa find the | true"],
        cwd=ROOT,
        env={**os.environ, **environment, "PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert "Traceback" not in done.stderr
    assert "BrokenPipe" not in done.stderr


def test_the_shipped_archive_is_the_default(environment: dict[str, str]) -> None:
    done = in_a_shell(environment, "find", "Neues Deutschland", "--json")
    assert json.loads(done.out)["matches"][0]["document"] in {
        path.stem for path in shipped_folder().glob("*.txt")
    }


@pytest.fixture
def tiny_folder(
    run: Run, tiny_archive: Callable[..., Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Path:
    """A small archive of two documents, indexed by the command."""
    folder = tiny_archive()
    monkeypatch.setenv("VERBATIM_INDEX_FOLDER", str(tmp_path / "tiny-index"))
    monkeypatch.setenv("VERBATIM_ARCHIVE", str(folder))
    code, out, _ = run("index")
    assert (code, "2 documents" in out) == (0, True)
    return folder


def best(run: Run, question: str) -> tuple[str, str]:
    """Return the document of the first quote shown, and what was said beside the answer."""
    _, out, err = run("ask", question, "--json")
    found = json.loads(out)
    return [*found["quotes"], *found["nearest"]][0]["document"], err


def test_another_archive_is_indexed_and_asked(run: Run, tiny_folder: Path) -> None:
    assert best(run, "How much did the bell weigh?") == ("lighthouse", "")
    assert best(run, "Who paid for the engine of the ferry?") == ("ferry", "")


@pytest.mark.slow
def test_a_damaged_or_outdated_index_is_built_again_with_a_word(
    run: Run, tiny_folder: Path, tmp_path: Path
) -> None:
    passages = next(tmp_path.glob("tiny-index/gen-*/passages.jsonl"))
    passages.write_bytes(passages.read_bytes()[:-2])
    document, err = best(run, "How much did the bell weigh?")
    assert document == "lighthouse"
    assert "differs from its checksum" in err

    path = tiny_folder / "ferry.txt"
    path.write_text(path.read_text().replace("Twelve trips", "Thirteen trips"))
    document, err = best(run, "How many trips did the ferry make in summer?")
    assert document == "ferry"
    assert "have changed since" in err
    assert len(list(tmp_path.glob("tiny-index/gen-*"))) == 1
