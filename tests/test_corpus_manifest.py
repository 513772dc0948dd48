"""What an archive's manifest guards, and how a change to it is accepted."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from corpus.archive import open_archive, read_shelf
from corpus.errors import CorpusError, ManifestError
from corpus.manifest import MANIFEST, accept, described
from qa.checking import check_archive
from qa.cli import run_command


@pytest.fixture
def folder(tiny_archive: Callable[..., Path]) -> Path:
    """An archive whose manifest fits."""
    found = tiny_archive()
    files = {path.name: described(path.read_bytes()) for path in found.iterdir()}
    (found / MANIFEST).write_text(json.dumps({"files": files}))
    return found


def change(path: Path, old: str, new: str) -> None:
    path.write_text(path.read_text().replace(old, new))


def test_what_fits_its_manifest_is_read_without_a_word(folder: Path) -> None:
    shelf = read_shelf(folder)
    assert (len(shelf.archive), shelf.faults, shelf.notes) == (2, (), ())


def test_a_changed_transcript_is_left_out_and_the_others_stay(folder: Path) -> None:
    change(folder / "ferry.txt", "Twelve", "Eleven")
    shelf = read_shelf(folder)
    assert [transcript.id for transcript in shelf.archive] == ["lighthouse"]
    (fault,) = shelf.faults
    assert fault.path == folder / "ferry.txt"
    with pytest.raises(ManifestError, match=r"ferry\.txt: differs from manifest\.json"):
        open_archive(folder)


def test_every_kind_of_change_is_accepted_by_one_command(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    change(folder / "ferry.txt", "Twelve", "Eleven")
    change(folder / "lighthouse.toml", "1971-05-03", "1971-05-04")
    (folder / "pier.txt").write_text((folder / "ferry.txt").read_text())
    (folder / "pier.toml").write_text((folder / "ferry.toml").read_text())
    assert accept(folder) == (
        "ferry.txt: changed; accepted.",
        "lighthouse.toml: changed; accepted.",
        "pier.toml: new; accepted.",
        "pier.txt: new; accepted.",
    )
    assert len(read_shelf(folder).archive) == 3
    for suffix in (".txt", ".toml"):
        (folder / f"pier{suffix}").unlink()
    assert len(accept(folder)) == 2
    assert read_shelf(folder).notes == ()
    assert accept(folder) == ()


def test_the_command_accepts_nothing_that_cannot_be_used(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    before = (folder / MANIFEST).read_bytes()
    change(folder / "ferry.toml", "title", "tilte")
    assert run_command(["index", "--accept", "--archive", str(folder)]) == 1
    assert "ferry.toml" in capsys.readouterr().err
    assert (folder / MANIFEST).read_bytes() == before


def test_without_a_manifest_there_is_nothing_to_accept(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (folder / MANIFEST).unlink()
    assert run_command(["index", "--accept", "--archive", str(folder)]) == 1
    said = capsys.readouterr().err
    assert MANIFEST in said
    assert "Traceback" not in said


def test_lint_tells_words_from_what_is_said_about_them(folder: Path) -> None:
    change(folder / "ferry.txt", "Twelve", "Eleven")
    change(folder / "lighthouse.toml", "1971-05-03", "1971-05-04")
    told = [f for f in check_archive(folder).every if "differs from manifest.json" in f.message]
    found = {Path(finding.place).name: finding.severity.value for finding in told}
    assert found == {"ferry.txt": "error", "lighthouse.toml": "warning"}


def test_one_faulty_document_does_not_hide_the_others(folder: Path) -> None:
    (folder / MANIFEST).unlink()
    (folder / "ferry.toml").write_bytes(b"title = ")
    (folder / "notes.toml").write_text('title = "Notes"')
    shelf = read_shelf(folder)
    assert [transcript.id for transcript in shelf.archive] == ["lighthouse"]
    assert {fault.path.name for fault in shelf.faults} == {"ferry.toml", "notes.toml"}


@pytest.mark.parametrize("what", ["folder", "nothing"])
def test_what_stands_in_a_file_s_place_is_one_sentence(folder: Path, what: str) -> None:
    (folder / "ferry.aid.jsonl").symlink_to("nowhere")
    path = folder / "ferry.txt"
    path.unlink()
    if what == "folder":
        path.mkdir()
    with pytest.raises(CorpusError) as caught:
        open_archive(folder)
    assert "\n" not in str(caught.value)
    assert len(read_shelf(folder).archive) == 1


def test_an_unreadable_aid_is_named(folder: Path) -> None:
    (folder / MANIFEST).unlink()
    (folder / "ferry.aid.jsonl").mkdir()
    shelf = read_shelf(folder)
    assert [transcript.id for transcript in shelf.archive] == ["lighthouse"]
    assert "cannot be read" in str(shelf.faults[0])
