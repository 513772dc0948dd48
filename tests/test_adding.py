"""``verbatim add`` and the catalogue: what enters, what is said of it, and that nothing is half."""

from __future__ import annotations

import json
import os
import shutil
import time
from pathlib import Path

import pytest

from corpus.archive import open_archive, read_shelf
from corpus.changes import CHANGE
from corpus.transcript import Layer
from killed_processes import die_at, forked
from qa.cli import run_command

OTTER = """Dam interview

Anna Reed  0:03
The dam broke at noon. I was at the mill and heard it.

John Polk  0:15
Who closed the gates?
"""
NAMELESS = "It was dark in there.\n\nNobody said a word.\n"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "dam.txt").write_text(OTTER)
    return tmp_path


def add(*arguments: str | Path, archive: Path) -> int:
    return run_command(["add", *map(str, arguments), "--archive", str(archive)])


def state(archive: Path) -> dict[str, bytes]:
    """Return everything in an archive by name, but for what no reader sees."""
    files = (p for p in archive.rglob("*") if p.is_file()) if archive.exists() else ()
    return {
        str(p.relative_to(archive)): p.read_bytes()
        for p in files
        if not str(p.relative_to(archive)).startswith(".verbatim")
    }


def test_a_file_enters_with_its_original_and_can_be_read(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    archive = folder / "archive"
    assert add(folder / "dam.txt", archive=archive) == 0
    said = capsys.readouterr().out
    assert "Recognised as: text with name and time, as Otter writes it" in said
    assert "Anna Reed: 1 turn, 13 words: “The dam broke at noon. I was at …”" in said
    assert "Left empty in dam.toml, for you to fill in: rights, credits, repository" in said
    (document,) = open_archive(archive)
    assert document.record.title == "Dam interview"
    assert [turn.speaker for turn in document.turns] == ["Anna Reed", "John Polk"]
    assert (archive / "originals" / "dam.txt").read_text() == OTTER
    assert document.source is not None
    assert document.source.time(document.turns[1].start, document.turns[1].end) == (15.0, 15.0)


def test_while_a_speaker_is_in_doubt_nothing_enters_unless_that_is_accepted(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    archive = folder / "archive"
    (folder / "dark.txt").write_text(NAMELESS)
    assert add(folder / "dam.txt", folder / "dark.txt", archive=archive) == 4
    assert "line 1: “It was dark in there." in capsys.readouterr().out
    assert not archive.exists()
    assert add(folder / "dam.txt", folder / "dark.txt", "--accept", archive=archive) == 0
    dark = open_archive(archive)["dark"]
    assert [turn.speaker for turn in dark.turns] == [None]
    assert [dark.text[s.start : s.end] for s in dark.sentences] == NAMELESS.split("\n")[:-1:2]


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("heading.txt", OTTER.replace("  0:03\n", ": ").replace("  0:15\n", ": ")
         + "\nAnna Reed: Nobody did.\n\nTHE SECOND DAY\n\nIt rained again.\n"),
        ("unknown.csv", "speaker,text\nAnna,The dam broke.\nUnknown,Who closed it?\n"),
        ("unknown.txt", OTTER.replace("John Polk", "Unknown Speaker")),
    ],
)  # fmt: skip
def test_no_words_of_nobody_enter_unless_that_is_accepted(
    tmp_path: Path, name: str, text: str, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / name).write_text(text)
    archive = tmp_path / "archive"
    assert add(tmp_path / name, archive=archive) == 4
    shown = capsys.readouterr().out
    assert "speaker not established: 1 turn" in shown
    assert "In doubt:" in shown
    assert not archive.exists()
    assert add(tmp_path / name, "--accept", archive=archive) == 0


def test_a_trial_changes_nothing(folder: Path) -> None:
    assert add(folder / "dam.txt", "--dry-run", archive=folder / "archive") == 0
    assert not (folder / "archive").exists()


def test_a_corrected_file_keeps_id_and_record_and_says_what_changed(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    archive = folder / "archive"
    add(folder / "dam.txt", archive=archive)
    assert run_command(["edit", "dam", "date=1984-05", "--archive", str(archive)]) == 0
    corrected = OTTER.replace("noon", "nine") + "\nMs. Hale  0:30\nI did.\n"
    (folder / "dam.txt").write_text(corrected)
    capsys.readouterr()
    assert add(folder / "dam.txt", archive=archive) == 0
    said = capsys.readouterr().out
    assert "Changed: 5 words new, 1 gone; 2 turns before, 3 now." in said
    assert "New speakers: Ms. Hale" in said
    (document,) = open_archive(archive)
    assert document.id == "dam"
    assert str(document.record.date) == "1984-05"
    assert [who.name for who in document.record.participants] == [
        "Anna Reed",
        "John Polk",
        "Ms. Hale",
    ]
    assert add(folder / "dam.txt", archive=archive) == 0
    assert "the same bytes; nothing to do" in capsys.readouterr().out


def test_another_talk_under_the_same_file_name_replaces_nothing(folder: Path) -> None:
    archive = folder / "archive"
    add(folder / "dam.txt", archive=archive)
    (folder / "other").mkdir()
    (folder / "other" / "dam.txt").write_text(
        "May Hall  0:01\nWe kept bees behind the chapel all those years.\n\n"
        "Interviewer  0:09\nHow many hives did you have?\n"
    )
    assert add(folder / "other", archive=archive) == 0
    assert [document.id for document in open_archive(archive)] == ["dam-2", "dam"]


def test_the_report_is_there_for_programs_too(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    add(folder / "dam.txt", "--json", "--dry-run", archive=folder / "archive")
    report = json.loads(capsys.readouterr().out)
    (document,) = report["documents"]
    assert (document["document"], document["state"], document["turns"]) == ("dam", "new", 2)
    assert document["time"] == {"start": 3.0, "end": 15.0}
    assert document["header"] == "Dam interview"
    assert document["left_empty"] == ["rights", "credits", "repository", "signature"]
    assert (report["entered"], report["in_doubt"]) == (False, False)


def test_variants_of_a_name_are_proposed_and_not_merged(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (folder / "dam.txt").write_text(OTTER + "\nMs. Reed  0:40\nI was.\n")
    add(folder / "dam.txt", archive=folder / "archive")
    assert "Perhaps one person: “Anna Reed”, “Ms. Reed”" in capsys.readouterr().out
    (document,) = open_archive(folder / "archive")
    assert [turn.speaker for turn in document.turns] == ["Anna Reed", "John Polk", "Ms. Reed"]


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("a.bin", b"\x00\x01\x02\x03" * 50),
        ("a.zip", b"PK\x03\x04" + b"\x00" * 40),
        ("a.vtt", b"WEBVTT\n\nno cues here\n"),
        ("a.json", b'{"segments": [' + b"[" * 100_000),
        ("a.txt", "Anna Reed: caf\u00e9".encode() + b" \xe9t\xe9 \x00\x00"),
        ("a.srt", b""),
        ("b.json", b'{"segments": [{"text": "hi \\ud800", "speaker": "A"}]}'),
    ],
)
def test_what_cannot_be_read_is_refused_in_a_sentence_and_the_archive_stays(
    folder: Path, name: str, data: bytes, capsys: pytest.CaptureFixture[str]
) -> None:
    archive = folder / "archive"
    add(folder / "dam.txt", archive=archive)
    before = state(archive)
    (folder / name).write_bytes(data)
    (folder / "more.txt").write_text(OTTER.replace("noon", "eight o'clock"))
    capsys.readouterr()
    assert add(folder / name, folder / "more.txt", archive=archive) == 1
    said = capsys.readouterr()
    (sentence,) = said.err.splitlines()
    assert sentence.startswith(f"verbatim: {folder / name}")
    assert "Nothing was added" in said.out
    assert state(archive) == before
    assert add(folder / name, folder / "more.txt", "--json", archive=archive) == 1
    said = capsys.readouterr()
    assert [f"verbatim: {one}" for one in json.loads(said.out)["refused"]] == [sentence]
    assert said.err.splitlines() == [sentence]


def test_what_is_doubtful_or_refused_can_be_left_out_while_the_others_enter(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    archive, inbox = folder / "archive", folder / "inbox"
    inbox.mkdir()
    (folder / "dam.txt").rename(inbox / "dam.txt")
    (inbox / "dark.txt").write_text(NAMELESS)
    (inbox / "scan.pdf").write_bytes(b"%PDF-1.4 nothing of the kind")
    (inbox / "Thumbs.db").write_bytes(b"\x00\x01\x02" * 90)
    assert add(inbox, archive=archive) == 1
    assert not archive.exists()
    capsys.readouterr()
    assert add(inbox, "--skip", archive=archive) == 1
    said = capsys.readouterr()
    assert "scan.pdf" in said.err
    assert f"{inbox / 'Thumbs.db'}: is empty, or in no format that can be read." in said.out
    assert "In all: 2 new, 1 refused.\nIn doubt: dark.txt\n" in said.out
    assert "1 document added to" in said.out
    assert [document.id for document in open_archive(archive)] == ["dam"]
    (inbox / "scan.pdf").unlink()
    assert add(inbox, "--skip", archive=archive) == 4
    assert "Nothing was added: no file is new and free of doubt." in capsys.readouterr().out


def test_the_map_of_another_document_is_not_read_to_add_one(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    archive = folder / "archive"
    for number in range(3):
        (folder / f"talk-{number}.txt").write_text(OTTER.replace("noon", f"{number} o'clock"))
    add(folder / "talk-0.txt", folder / "talk-1.txt", archive=archive)
    read: list[str] = []
    monkeypatch.setattr("qa.adding.adding.read_part", lambda _, name: read.append(name) or "")
    assert add(folder / "talk-2.txt", archive=archive) == 0
    assert read == []
    assert add(folder / "talk-1.txt", archive=archive) == 0
    assert read == ["talk-1"]


def test_a_line_that_nobody_can_have_said_is_refused_before_it_is_read_through(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    endless = tmp_path / "endless.txt"
    endless.write_text("Otter talk\n\nANNA: " + "It was late. " * 3_000_000)
    began = time.process_time()
    assert add(endless, archive=tmp_path / "archive") == 1
    assert time.process_time() - began < 20
    (sentence,) = capsys.readouterr().err.splitlines()
    assert "endless.txt, line 3: has 39,000,006 characters in one paragraph" in sentence
    assert not (tmp_path / "archive").exists()


def test_a_file_whose_name_leads_elsewhere_stays_inside(tmp_path: Path) -> None:
    hostile = tmp_path / "..\\..\\etc: passwd?.txt"
    hostile.write_text(OTTER)
    assert add(hostile, archive=tmp_path / "archive") == 0
    assert {Path(name).parts[0] for name in state(tmp_path / "archive")} == {
        "etc-passwd.txt", "etc-passwd.toml", "etc-passwd.map.json", "originals",
    }  # fmt: skip


def test_the_shipped_archive_takes_nothing(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run_command(["add", str(folder / "dam.txt")]) == 1
    assert "--archive FOLDER" in capsys.readouterr().err


def test_an_edit_that_would_be_wrong_changes_nothing(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    archive = folder / "archive"
    add(folder / "dam.txt", archive=archive)
    before = state(archive)
    assert run_command(["edit", "dam", "date=yesterday", "--archive", str(archive)]) == 1
    assert run_command(["edit", "dam", "titel=x", "--archive", str(archive)]) == 1
    assert run_command(["edit", "dam", "title=", "--archive", str(archive)]) == 1
    assert state(archive) == before
    assert "would not be right" in capsys.readouterr().err


def test_list_chooses_by_speaker_and_date(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    archive = folder / "archive"
    add(folder / "dam.txt", archive=archive)
    run_command(["edit", "dam", "date=1984-05", "--archive", str(archive)])
    capsys.readouterr()

    def chosen(*options: str) -> list[str]:
        code = run_command(["list", "--json", *options, "--archive", str(archive)])
        found = [one["document"] for one in json.loads(capsys.readouterr().out)["documents"]]
        assert code == (0 if found else 3)
        return found

    assert chosen("--speaker", "anna reed") == ["dam"]
    assert chosen("--speaker", "Hale") == []
    assert chosen("--since", "1984", "--until", "1984-06") == ["dam"]
    assert chosen("--since", "1985") == []


def test_a_removed_document_is_gone_with_all_its_files(folder: Path) -> None:
    archive = folder / "archive"
    add(folder / "dam.txt", archive=archive)
    read = open_archive(archive)["dam"]
    assert run_command(["remove", "dam", "--accept", "--archive", str(archive)]) == 0
    assert state(archive) == {}
    assert not read.is_current


def test_what_would_go_is_said_before_anything_does(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    archive = folder / "archive"
    add(folder / "dam.txt", archive=archive)
    before = state(archive)
    capsys.readouterr()
    assert run_command(["remove", "dam", "--archive", str(archive)]) == 0
    said = capsys.readouterr().out
    assert state(archive) == before
    for name in before:
        assert f"{name}: would go.\n" in said
    assert "originals/dam.txt is the file that was added" in said
    assert said.endswith("Nothing was removed: this is a proposal. With --accept it is done.\n")
    assert run_command(["remove", "mill", "--archive", str(archive)]) == 1


def test_what_was_learned_of_a_removed_document_goes_with_it(folder: Path) -> None:
    archive = folder / "archive"
    add(folder / "dam.txt", archive=archive)
    (folder / "mill.txt").write_text(OTTER.replace("dam", "mill").replace("noon", "nine"))
    add(folder / "mill.txt", archive=archive)
    fitted = {"model": "m", "documents": {"dam": "1" * 64, "mill": "2" * 64}, "text_only": None}
    calibration, vectors = archive / "calibration.json", archive / "vectors.npz"
    calibration.write_text(json.dumps(fitted))
    vectors.write_bytes(b"of both texts")
    assert run_command(["remove", "dam", "--accept", "--archive", str(archive)]) == 0
    assert json.loads(calibration.read_text()) == {**fitted, "documents": {"mill": "2" * 64}}
    assert not vectors.exists()
    assert run_command(["remove", "mill", "--accept", "--archive", str(archive)]) == 0
    assert state(archive) == {}


def test_the_manifest_is_kept(folder: Path) -> None:
    archive = folder / "archive"
    archive.mkdir()
    (archive / "manifest.json").write_text('{"files": {}}')
    add(folder / "dam.txt", archive=archive)
    assert len(open_archive(archive)) == 1
    listed = json.loads((archive / "manifest.json").read_text())["files"]
    assert sorted(listed) == ["dam.map.json", "dam.toml", "dam.txt"]


def test_without_its_map_an_imported_document_is_not_guessed_at(folder: Path) -> None:
    archive = folder / "archive"
    add(folder / "dam.txt", archive=archive)
    (archive / "dam.map.json").unlink()
    (fault,) = read_shelf(archive).faults
    assert "who speaks; add the original again" in str(fault)
    assert add(folder / "dam.txt", archive=archive) == 0


def test_a_dublin_core_table_fills_records_all_or_none(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    archive = folder / "archive"
    add(folder / "dam.txt", archive=archive)
    table = folder / "catalogue.csv"
    head = "dc:identifier;dc:title;dc:date;dc:rights;dc:relation\n"
    table.write_text(f"{head}DAM.txt;The dam;1984-05;Reed family;Floods\nother;X;1990;;\n")
    assert run_command(["edit", "--table", str(table), "--archive", str(archive)]) == 0
    assert "row 3: names no document" in capsys.readouterr().err
    (document,) = open_archive(archive)
    record = document.record
    assert (record.title, str(record.date), record.rights, record.collection) == (
        "The dam", "1984-05", "Reed family", "Floods",
    )  # fmt: skip
    assert [turn.speaker for turn in document.turns] == ["Anna Reed", "John Polk"]
    before = state(archive)
    table.write_text(f"{head}dam;A title;yesterday;;\n")
    assert run_command(["edit", "--table", str(table), "--archive", str(archive)]) == 1
    assert state(archive) == before


CHANGES = {
    "add": ["add", "new.txt", "dam.txt"],
    "add again": ["add", "dam.txt"],
    "edit": ["edit", "dam", "title=Another title"],
    "edit names": ["edit", "--speaker", "Anna Reed", "--called", "Anna M. Reed", "--accept"],
    "edit table": ["edit", "--table", "table.csv"],
    "remove": ["remove", "dam", "--accept"],
}


@pytest.mark.skipif(not hasattr(os, "fork"), reason="kills a forked process")
@pytest.mark.parametrize("command", CHANGES)
def test_killed_at_any_write_the_archive_is_as_before_or_as_after(
    folder: Path, command: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(folder)
    first = folder / "first"
    add("dam.txt", archive=first)
    Path("dam.txt").write_text(OTTER.replace("noon", "nine"))
    Path("new.txt").write_text(OTTER.replace("noon", "eight").replace("Dam", "Mill"))
    Path("table.csv").write_text("dc:identifier;dc:title\ndam;Another title\n")
    (first / "calibration.json").write_text('{"documents": {"dam": "1", "mill": "2"}}')
    (first / "vectors.npz").write_bytes(b"of all texts")
    before = state(first)
    done = folder / "done"
    shutil.copytree(first, done)
    assert run_command([*CHANGES[command], "--archive", str(done)]) == 0
    after = state(done)
    assert before != after
    seen = set()
    for step in range(400):
        archive = folder / f"at-{step}"
        shutil.copytree(first, archive)

        def run(step: int = step, archive: Path = archive) -> None:
            die_at(step, below=archive)
            run_command([*CHANGES[command], "--archive", str(archive)])

        killed = forked(run)
        if any(p.suffix == ".txt" for p in archive.iterdir()) or (archive / CHANGE).exists():
            try:
                read_shelf(archive)
            except ValueError:
                assert command == "remove"
        assert state(archive) in (before, after), step
        seen.add(state(archive) == after)
        shutil.rmtree(archive)
        if killed == 0:
            break
    else:
        pytest.fail("the command never came to its end")
    assert seen == {False, True}


def test_an_empty_name_is_not_the_working_folder(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """So a shell writes a variable that is not set."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "talk.txt").write_text(
        "Ann: It broke.\n\nBob: When?\n\nAnn: At noon.\n\nBob: Oh.\n"
    )
    for arguments in (["", "--archive", "new"], ["talk.txt", "--archive", ""]):
        assert run_command(["add", *arguments]) == 1
        assert "is empty" in capsys.readouterr().err
    assert [path.name for path in tmp_path.iterdir()] == ["talk.txt"]


LETTER = """Letter from the mill

We sold the mill in spring. It was cold, and nobody came to look at it before.

I went to the city and found work in the harbour.
"""
CUES = """WEBVTT

00:01.000 --> 00:04.000
We sold the mill in spring.

00:04.000 --> 00:09.000
I went to the city and found work in the harbour.
"""


@pytest.mark.parametrize(("name", "text"), [("letter.txt", LETTER), ("letter.vtt", CUES)])
@pytest.mark.parametrize(
    ("said", "speakers"),
    [
        ('[[participants]]\nname = "Jan"\n', {"Jan"}),
        ('[[voices]]\nspeaker = "Jan"\nfrom = "I went to the city"\n', {None, "Jan"}),
        ("narrative", {"told"}),
    ],
)
def test_the_record_says_who_speaks_where_the_file_that_was_added_does_not(
    tmp_path: Path, name: str, text: str, said: str, speakers: set[str | None]
) -> None:
    (tmp_path / name).write_text(text)
    archive = tmp_path / "archive"
    assert add(tmp_path / name, archive=archive) == 4
    assert add(tmp_path / name, "--accept", archive=archive) == 0
    record = archive / "letter.toml"
    if said == "narrative":
        assert run_command(["edit", "letter", "narrative=true", "--archive", str(archive)]) == 0
    else:
        record.write_text(f"{record.read_text()}\n{said}")
    (document,) = open_archive(archive)
    told = {
        "told" if s.layer is Layer.NARRATION else document.turns[s.turn - 1].speaker
        for s in document.sentences
        if s.layer in (Layer.NARRATION, Layer.SPEECH)
    }
    assert told == speakers or told == speakers - {None}
    assert document.source is not None
    lines = [run.place.line for run in document.source.runs]
    assert lines[0] is not None
    (tmp_path / name).write_text(text.replace("harbour", "docks"))
    assert add(tmp_path / name, "--accept", archive=archive) == 0
    (document,) = open_archive(archive)
    assert "docks" in document.text


def test_the_record_does_not_overrule_what_the_file_states(folder: Path) -> None:
    archive = folder / "archive"
    add(folder / "dam.txt", archive=archive)
    assert run_command(["edit", "dam", "narrative=true", "--archive", str(archive)]) == 1
