"""Whose name somebody wrote: the one person it can be, and nobody whom it contradicts."""

from __future__ import annotations

from pathlib import Path

import pytest

from corpus.parsing import parse
from corpus.people import is_called, perhaps_called
from corpus.record import Record
from corpus.transcript import Transcript
from qa.cli import run_command
from qa.quotations.judging import Judge
from qa.quotations.verdicts import Flag
from qa.render.judged import check_text

SAID = "we carried the boxes down to the river and came back at night."


def talk(*labels: str, title: str = "Talk") -> Transcript:
    """Return a talk of some people, three turns each."""
    turns = [f"{label}: Yes, {SAID}" for _ in range(3) for label in labels]
    return parse("\n\n".join(turns).encode(), Record(title=title), "talk", Path("talk.txt"))


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


@pytest.mark.parametrize(
    ("labels", "written", "perhaps"),
    [
        (("MR. CARVER", "MS. CARVER"), "Carver", {"MR. CARVER", "MS. CARVER"}),
        (("MR. CARVER", "MS. CARVER"), "Henry Carver", {"MR. CARVER", "MS. CARVER"}),
        (("MR. CARVER", "MS. CARVER"), "Mr. Carver", set()),
        (("J. SMITH", "A. SMITH"), "Smith", {"J. SMITH", "A. SMITH"}),
        (("J. SMITH", "A. SMITH"), "Anna Smith", set()),
        (("ANNA SMITH", "ALBERT SMITH"), "A. Smith", {"ANNA SMITH", "ALBERT SMITH"}),
        (("SMITH", "ANNA SMITH"), "Henry Smith", {"SMITH"}),
        (("DK", "JS"), "Dorothy Kessler", {"DK"}),
        (("DK", "JS"), "Dorothy Mae Kessler", {"DK"}),
        (("D.M.K.", "JS"), "Dorothy Kessler", {"D.M.K."}),
        (("DK", "JS"), "Kessler, Dorothy", {"DK"}),
        (("DK", "JS"), "Dorothy Brown", set()),
        (("DK", "JS"), "Kessler", set()),
        (("BEN", "JS"), "Bob Newman", set()),
        (("BEN", "JS"), "Bob E. Newman", {"BEN"}),
        (("VLAD KERN", "HALE"), "Vladimir Kern", {"VLAD KERN"}),
        (("ANNA KERN", "HALE"), "Johanna Kern", set()),
        (("INTERVIEWER", "INTERVIEWEE"), "Dorothy Kessler", {"INTERVIEWEE"}),
        (("INTERVIEWER", "INTERVIEWEE"), "Dorothy Brown", set()),
        (("HALE", "DENT"), "Dorothy Kessler", set()),
    ],
)
def test_whom_a_name_fits_without_being_surely_his(
    labels: tuple[str, ...], written: str, perhaps: set[str]
) -> None:
    document = talk(*labels, title="Interview with Dorothy Mae Kessler")
    assert perhaps_called(document, written) == perhaps
    if perhaps:
        assert not any(is_called(document, one, written) for one in labels)
    found = Judge([document]).check(SAID, written)
    sure = any(is_called(document, one, written) for one in labels)
    assert found.speaker_matches is (True if sure else None if perhaps else False)
    assert set(found.perhaps) == perhaps
    assert (Flag.BY_SOMEBODY_ELSE in found.flags) is (found.speaker_matches is False)


def test_as_whom_a_name_may_be_meant_is_said() -> None:
    several = check_text(Judge([talk("MR. CARVER", "MS. CARVER")]).check(SAID, "Carver"))
    assert "whether Carver says this: the name fits MR. CARVER, MS. CARVER." in several
    one = " ".join(check_text(Judge([talk("DK", "JS")]).check(SAID, "Dorothy Kessler")).split())
    assert "whether Dorothy Kessler says this: DK does, who may be the same." in one
    assert 'verbatim edit --speaker "DK" --called "Dorothy Kessler"' in one


@pytest.mark.parametrize("labels", [("MR. SMITH", "MS. SMITH"), ("J. SMITH", "A. SMITH")])
def test_a_search_for_a_name_of_several_asks_which_one(
    labels: tuple[str, ...], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "talk.txt").write_text(talk(*labels).text)
    (tmp_path / "talk.toml").write_text('title = "Talk"\n')
    for command in (["find", "boxes"], ["ask", "What was carried?"]):
        assert run_command([*command, "--archive", str(tmp_path), "--speaker", "Smith"]) == 1
        said = f"'Smith' may be {' or '.join(sorted(labels))}; say which."
        assert said in " ".join(capsys.readouterr().err.split())


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
