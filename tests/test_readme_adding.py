"""The README's way from a file to the first answer, with files as the programs write them."""

from __future__ import annotations

import hashlib
import json
import re
import shlex
import textwrap
from pathlib import Path

import pytest

from corpus.archive import open_archive
from printed import pdf
from qa.answers import Evidence
from qa.citation import citation
from qa.cli import run_command
from qa.quotes import Quote
from qa.receipts.receipt import receipt_of
from qa.receipts.short import ShortReceipt
from qa.render.contract import quote_object
from qa.render.receipts import receipts_json
from test_importing_round_trip import Talk, docx, otter, whisperx

README = (Path(__file__).parent.parent / "README.md").read_text(encoding="utf-8")
COMMANDS = re.findall(r"^verbatim (.*--archive dam)$", README, re.MULTILINE)
TALK: Talk = [
    ("Interviewer", "Please tell me where you were born."),
    ("Anna Reed", "I was born in Stony Point in 1931, in the house behind the mill."),
    ("Interviewer", "What do you remember of the day the dam broke?"),
    ("Anna Reed", "The water came at noon, and it carried the bridge away at once."),
    ("Interviewer", "What did you do after the flood?"),
    ("Anna Reed", "I went to the city and worked in a bakery for six years."),
    ("Interviewer", "When did you come back?"),
    ("Anna Reed", "I came back in 1957, when my mother fell ill."),
]


def zoom(talk: Talk) -> bytes:
    cues = [
        f"{i + 1}\n00:{i:02}:00.000 --> 00:{i:02}:30.000\n{who}: {words}"
        for i, (who, words) in enumerate(talk)
    ]
    return ("WEBVTT\n\n" + "\n\n".join(cues) + "\n").encode()


def printed(talk: Talk) -> bytes:
    lines = [x for who, words in talk for x in [*textwrap.wrap(f"{who}: {words}", 60), ""]]
    pages = [lines[i : i + 10] for i in range(0, len(lines), 10)]
    return pdf(
        [[(60, 700 - 14 * i, line) for i, line in enumerate(page) if line] for page in pages]
    )


FILES = {
    "interview.docx": docx, "otter.txt": otter, "zoom.vtt": zoom, "whisperx.json": whisperx,
    "interview.pdf": printed,
}  # fmt: skip
PLACES = {
    "interview.docx": "turn 6 of 8, sentence 1, paragraph 6", "otter.txt": "at 5:03",
    "zoom.vtt": "at 5:00–5:30",
    "whisperx.json": "at 0:15–0:17", "interview.pdf": "p. 2",
}  # fmt: skip


def test_the_readme_shows_one_command_for_each_kind_of_file() -> None:
    assert [command.split()[1] for command in COMMANDS[:-1]] == list(FILES)
    assert COMMANDS[-1].startswith("ask ")


@pytest.mark.slow
@pytest.mark.parametrize("name", FILES)
def test_two_commands_lead_from_a_file_to_an_answer(
    name: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("VERBATIM_INDEX_FOLDER", str(tmp_path / "index"))
    Path(name).write_bytes(FILES[name](TALK))
    add = next(command for command in COMMANDS if f" {name} " in command)
    assert run_command(shlex.split(add)) == 0
    capsys.readouterr()
    assert run_command([*shlex.split(COMMANDS[-1]), "--receipt", "receipt.json"]) in (0, 3)
    answer = " ".join(capsys.readouterr().out.split())
    assert run_command(["verify", "receipt.json", "--source", name]) == 0
    assert "Anna Reed" in capsys.readouterr().out
    assert "“I went to the city and worked in a bakery for six years.” — Anna Reed" in answer
    assert PLACES[name] in answer


def swapped(name: str) -> bytes:
    """Return the file with one word of the quote replaced."""
    other = [(who, words.replace("six years", "ten years")) for who, words in TALK]
    return FILES[name](other)


@pytest.mark.parametrize("name", FILES)
def test_receipts_are_verified_against_the_file_that_was_added(
    name: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    original, archive = tmp_path / name, tmp_path / "dam"
    original.write_bytes(FILES[name](TALK))
    assert run_command(["add", str(original), "--archive", str(archive)]) == 0
    (document,) = open_archive(archive)
    place = document.text.index("I went to the city")
    quote = Quote.around(document, place, place + 4)
    receipt = tmp_path / "receipt.json"
    receipt.write_text(receipts_json([receipt_of(quote, None)]))
    short = str(ShortReceipt.of_quote(quote))
    for given in (str(receipt), short):
        capsys.readouterr()
        for source in (original, archive / "originals" / name, archive / f"{document.id}.txt"):
            assert run_command(["verify", given, "--source", str(source)]) == 0, (given, source)
    original.write_bytes(swapped(name))
    capsys.readouterr()
    assert run_command(["verify", str(receipt), "--source", str(original), "--json"]) == 4
    (found,) = json.loads(capsys.readouterr().out)["receipts"]
    assert (found["verdict"], found["differs"]) == ("changed", ["words"])
    changes = [(one["op"], one["text"]) for one in found["diff"] if one["op"] != "same"]
    assert changes == [("gone", "six"), ("new", "ten")]
    assert run_command(["verify", short, "--source", str(original)]) == 4


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("broken.docx", docx(TALK)[:2000]),
        ("scan.pdf", pdf([[]])),
        ("picture.png", b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00\x00"),
        ("empty.docx", b""),
    ],
)
def test_a_file_that_receipts_cannot_be_compared_with_is_named_in_a_sentence(
    name: str, data: bytes, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / name).write_bytes(data)
    short = "verbatim:interview:195-211:cabc695757ffa441ba66:5aec058f"
    assert run_command(["verify", short, "--source", str(tmp_path / name)]) == 1
    said = capsys.readouterr()
    assert said.out == ""
    assert said.err.count("\n") == 1
    assert f"{name}: cannot be compared with receipts (" in said.err
    assert said.err.endswith("give the file that was added, or the stored text.\n")


def test_programs_get_second_page_and_original(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "otter.txt").write_bytes(otter(TALK))
    archive = tmp_path / "dam"
    assert run_command(["add", str(tmp_path / "otter.txt"), "--archive", str(archive)]) == 0
    document = open_archive(archive)["otter"]
    place = document.text.index("I went to the city")
    quote = quote_object(Evidence(Quote.around(document, place, place + 4), 1.0))
    assert quote["time"] == {"start": 303.0, "end": 363.0}
    assert quote["page"] is None
    sha256 = hashlib.sha256(otter(TALK)).hexdigest()
    assert quote["original"] == {"name": "otter.txt", "sha256": sha256}
    assert quote["text"] == document.text[quote["start"] : quote["end"]]


def test_a_citation_names_paragraph_row_or_line_of_the_file_that_was_added(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    rows = "\n".join(f'"{who}","{words}"' for who, words in TALK)
    said = "\n\n\n".join(f"**{who}:** {words}" for who, words in TALK)
    files = {
        "interview.docx": (docx(TALK), "turn 6 of 8, sentence 1, paragraph 6;"),
        "table.csv": (f"speaker,text\n{rows}\n".encode(), "turn 6 of 8, sentence 1, row 7;"),
        "talk.md": (said.encode(), "turn 6 of 8, sentence 1, line 16;"),
    }
    for name, (data, cited) in files.items():
        (tmp_path / name).write_bytes(data)
        archive = tmp_path / f"archive-{name}"
        assert run_command(["add", str(tmp_path / name), "--archive", str(archive)]) == 0
        (document,) = open_archive(archive)
        place = document.text.index("I went to the city")
        assert cited in citation(Quote.around(document, place, place + 4)), name
        capsys.readouterr()
        assert run_command(["find", "I went to the city", "--archive", str(archive)]) == 0
        assert cited in " ".join(capsys.readouterr().out.split()), name
