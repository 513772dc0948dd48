"""Who speaks across documents: listed with variants, never merged unasked, named alike at will."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from corpus.archive import open_archive
from corpus.labels.anonymous import is_anonymous
from corpus.people import names_of_speakers, people
from qa.cli import run_command
from qa.render.speakers import speakers_text

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
    assert "perhaps somebody else)\n  one: 1 turn\n  three: 1 turn\n  two: 1 turn" in said
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


def test_a_label_without_a_name_is_somebody_else_in_each_document(
    archive: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    found = listed(archive, capsys)["speakers"]
    assert [one["anonymous"] for one in found] == [False, False, True, False]  # type: ignore[attr-defined]
    run_command(["list", "--speakers", "--archive", str(archive)])
    assert "Interviewer (a label; in each document perhaps" in capsys.readouterr().out
    name = ["edit", "--speaker", "Interviewer", "--called", "Ida Brook", "--archive", str(archive)]
    assert run_command([*name, "--accept"]) == 1
    assert "in each of 3 documents (one, three, two). Say which is “Ida Brook”: add --document" in (
        capsys.readouterr().err
    )
    assert run_command([*name, "--accept", "--document", "two"]) == 0
    records = open_archive(archive)
    assert records["two"].record.participants[1].full_name == "Ida Brook"
    assert not any(who.full_name for who in records["three"].record.participants)
    assert run_command([*name, "--accept", "--document", "four"]) == 1


@pytest.mark.parametrize(
    ("name", "anonymous"),
    [
        *((name, True) for name in (
            "A", "Q.", "Speaker 1", "SPEAKER_01", "spk_0", "S1", "P12", "Interviewer", "THE COURT",
            "The CHAIRMAN", "Moderatorin", "Entrevistador", "Вопрос", "記者", "Speaker A", "Man 2",
            "THE WITNESS", "Unidentified Male Speaker", "Prowadzący",
        )),
        *((name, False) for name in (
            "Anna", "MR. OSGOOD", "Mrs. A. Pell", "Li", "President Ford", "김철수", "HUBER",
            "Ana 2", "Speaker Pelosi", "王芳", "Chairman Mao",
        )),
    ],
)  # fmt: skip
def test_labels_by_part_and_number_are_told_from_names(name: str, anonymous: bool) -> None:
    assert is_anonymous(name) is anonymous


def test_whoever_is_called_as_somebody_else_of_the_document_becomes_one_with_him(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "talk.txt").write_text(
        "MR. OSGOOD: Good morning.\n\nA: Good morning.\n\nB: Who is it?\n\nA: It is me.\n\n"
        "MR. OSGOOD: Fine.\n\nB: Yes.\n"
    )
    folder = tmp_path / "archive"
    assert run_command(["add", str(tmp_path / "talk.txt"), "--archive", str(folder)]) == 0
    name = ["edit", "--speaker", "A", "--called", "Mr. Osgood", "--archive", str(folder)]
    assert run_command(name) == 0
    assert "“A” and “MR. OSGOOD” become one, called “MR. OSGOOD”" in capsys.readouterr().out
    assert run_command([*name, "--accept"]) == 0
    (document,) = open_archive(folder)
    assert [turn.speaker for turn in document.turns] == [
        "MR. OSGOOD", "MR. OSGOOD", "B", "MR. OSGOOD", "MR. OSGOOD", "B",
    ]  # fmt: skip
    assert [who.names for who in document.record.participants] == [("MR. OSGOOD", "A"), ("B",)]


def test_the_names_that_an_error_counts_are_those_that_the_list_counts(tmp_path: Path) -> None:
    (tmp_path / "talk.txt").write_text("REED: Who?\n\nPOLK: I.\n\nREED: When?\n\nPOLK: Now.\n")
    (tmp_path / "talk.toml").write_text(
        'title = "A talk"\n[[participants]]\nname = "REED"\nfull_name = "Anna Reed"\n'
        'aliases = ["Ms. Reed"]\n[[participants]]\nname = "POLK"\n'
    )
    documents = tuple(open_archive(tmp_path))
    assert speakers_text(people(documents)).endswith("2 speakers, called by 4 names.")
    assert len(set(names_of_speakers(documents))) == 4
