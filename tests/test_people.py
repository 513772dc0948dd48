"""Who speaks across documents: listed with variants, never merged unasked, named alike at will."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from corpus.archive import open_archive
from qa.cli import run_command

TALKS = {
    "one": [("Anna Reed", "The dam broke at noon."), ("Interviewer", "Who closed the gates?")],
    "two": [("A. Reed", "The ferry was lost."), ("Interviewer", "And then?")],
    "three": [("John Polk", "I kept bees."), ("Interviewer", "How many hives?")],
}


@pytest.fixture
def archive(tmp_path: Path) -> Path:
    inbox = tmp_path / "inbox"
    inbox.mkdir()
    for name, talk in TALKS.items():
        cues = [
            f"00:0{i}.000 --> 00:0{i}.900\n<v {who}>{words}" for i, (who, words) in enumerate(talk)
        ]
        (inbox / f"{name}.vtt").write_text("WEBVTT\n\n" + "\n\n".join(cues) + "\n")
    folder = tmp_path / "archive"
    assert run_command(["add", str(inbox), "--archive", str(folder)]) == 0
    return folder


def listed(archive: Path, capsys: pytest.CaptureFixture[str]) -> dict[str, object]:
    capsys.readouterr()
    assert run_command(["list", "--speakers", "--json", "--archive", str(archive)]) == 0
    found: dict[str, object] = json.loads(capsys.readouterr().out)
    return found


def test_speakers_are_listed_across_documents_and_variants_only_proposed(
    archive: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    found = listed(archive, capsys)
    assert [one["speaker"] for one in found["speakers"]] == [  # type: ignore[attr-defined]
        "A. Reed", "Anna Reed", "Interviewer", "John Polk",
    ]  # fmt: skip
    asks = found["speakers"][2]  # type: ignore[index]
    assert [part["document"] for part in asks["documents"]] == ["one", "three", "two"]
    assert found["perhaps_one_person"] == [["A. Reed", "Anna Reed"]]
    run_command(["list", "--speakers", "--archive", str(archive)])
    said = capsys.readouterr().out
    assert "Interviewer\n  one: 1 turn\n  three: 1 turn\n  two: 1 turn" in said
    assert "“A. Reed”, “Anna Reed”" in said


def test_one_name_in_all_documents_is_a_proposal_until_it_is_accepted(
    archive: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    before = {p.name: p.read_bytes() for p in archive.iterdir() if p.is_file()}
    name = ["edit", "--speaker", "a. reed", "--called", "Anna Reed", "--archive", str(archive)]
    capsys.readouterr()
    assert run_command(name) == 0
    said = capsys.readouterr().out
    assert "two.toml: “A. Reed” is called “Anna Reed”." in said
    assert "Nothing was changed" in said
    assert {p.name: p.read_bytes() for p in archive.iterdir() if p.is_file()} == before
    assert run_command([*name, "--accept"]) == 0
    found = listed(archive, capsys)
    anna = found["speakers"][0]  # type: ignore[index]
    assert (anna["speaker"], [part["document"] for part in anna["documents"]]) == (
        "Anna Reed",
        ["one", "two"],
    )
    assert found["perhaps_one_person"] == []
    assert [turn.speaker for turn in open_archive(archive)["two"].turns] == [
        "A. Reed",
        "Interviewer",
    ]
    capsys.readouterr()
    assert run_command(["find", "ferry", "--speaker", "Anna Reed", "--archive", str(archive)]) == 0
    assert (
        run_command(["edit", "--speaker", "Hale", "--called", "X", "--archive", str(archive)]) == 1
    )
    assert "There is no speaker 'Hale'" in capsys.readouterr().err


def test_hundreds_of_files_are_reported_a_line_each(
    archive: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    capsys.readouterr()
    command = ["add", str(tmp_path / "inbox"), "--table", "--dry-run"]
    assert run_command([*command, "--archive", str(tmp_path / "other")]) == 0
    head, *rows = capsys.readouterr().out.splitlines()
    assert head.split()[:3] == ["file", "document", "state"]
    assert [row.split()[:5] for row in rows[:3]] == [
        [f"{name}.vtt", name, "new", "WebVTT", "2"] for name in ("one", "three", "two")
    ]
    assert "In all: 3 new." in rows
