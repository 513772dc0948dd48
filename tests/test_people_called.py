"""Whose name somebody wrote: the one person it can be, and nobody whom it contradicts."""

from __future__ import annotations

from pathlib import Path

import pytest

from corpus.parsing import parse
from corpus.people import is_called
from corpus.record import Record
from corpus.transcript import Transcript
from qa.cli import run_command
from qa.quotations.judging import Judge

SAID = "we carried the boxes down to the river and came back at night."


def talk(*labels: str) -> Transcript:
    """Return a talk of some people, three turns each."""
    turns = [f"{label}: Yes, {SAID}" for _ in range(3) for label in labels]
    return parse("\n\n".join(turns).encode(), Record(title="Talk"), "talk", Path("talk.txt"))


@pytest.mark.parametrize(
    ("labels", "written", "called"),
    [
        (("CASTELLAN", "HALE"), "Henry Castellan", {"CASTELLAN"}),
        (("CASTELLAN", "HALE"), "Castellan, Henry", {"CASTELLAN"}),
        (("CASTELLAN", "HALE"), "the engineer Henry Castellan", {"CASTELLAN"}),
        (("CASTELLAN", "HALE"), "Castellan, the engineer", {"CASTELLAN"}),
        (("SECRETARY KISSINGER", "HALE"), "Henry A. Kissinger", {"SECRETARY KISSINGER"}),
        (("MR. CASTELLAN", "HALE"), "Mr. Henry Castellan", {"MR. CASTELLAN"}),
        (("MR. CASTELLAN", "HALE"), "Mrs. Anna Castellan", set()),
        (("MR. CASTELLAN", "MRS. CASTELLAN"), "Mr Castellan", {"MR. CASTELLAN"}),
        (("MR. CASTELLAN", "MRS. CASTELLAN"), "Henry Castellan", set()),
        (("CASTELLAN", "ANNA CASTELLAN"), "Henry Castellan", set()),
        (("ANNA REED", "HALE"), "Reed", {"ANNA REED"}),
        (("ANNA REED", "HALE"), "berta reed", set()),
        (("ANNA REED", "BERTA REED"), "Reed", set()),
        (("ANNA REED", "BERTA REED"), "B. Reed", {"BERTA REED"}),
        (("J. CASTELLAN", "HALE"), "Henry Castellan", set()),
        (("J. CASTELLAN", "HALE"), "James Castellan", {"J. CASTELLAN"}),
        (("SPEAKER 1", "SPEAKER 2"), "Speaker 2", {"SPEAKER 2"}),
        (("SPEAKER 1", "SPEAKER 2"), "Interviewer 2", set()),
    ],
)
def test_a_name_is_that_of_the_one_it_can_be(
    labels: tuple[str, ...], written: str, called: set[str]
) -> None:
    document = talk(*labels)
    speakers = {turn.speaker for turn in document.turns if turn.speaker}
    assert {one for one in speakers if is_called(document, one, written)} == called


def test_a_quotation_is_credited_to_the_full_name() -> None:
    judge = Judge([talk("CASTELLAN", "HALE")])
    assert judge.check(SAID, "Henry Castellan").speaker_matches is True
    assert judge.check(SAID, "Henry Nobody").speaker_matches is False


def test_whoever_is_written_in_full_is_found(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "talk.txt").write_text(talk("CASTELLAN", "HALE").text)
    (tmp_path / "talk.toml").write_text('title = "Talk"\n')
    said = ["--archive", str(tmp_path), "--speaker"]
    assert run_command(["find", "boxes", *said, "Henry Castellan"]) == 0
    assert "HALE" not in capsys.readouterr().out
    assert run_command(["find", "boxes", *said, "Henry Nobody"]) == 1
    assert "There is no speaker 'Henry Nobody'" in capsys.readouterr().err
