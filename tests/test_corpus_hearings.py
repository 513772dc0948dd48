"""Hearings and depositions: who asks and who answers, witness by witness, or nobody."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.archive import open_archive
from corpus.parsing import parse
from corpus.record import Participant, Record
from corpus.transcript import Transcript
from qa.cli import run_command

OSGOOD = """DEPOSITION OF CARL J. HUBER

CARL J. HUBER, being first duly sworn, testified as follows:

DIRECT EXAMINATION BY MR. OSGOOD:

Q. State your name, please.
A. Carl Huber.
Q. Where were you that night?
A. At the pump house.

CROSS-EXAMINATION

BY MS. TULLY:

Q. Had you been drinking?
THE WITNESS: May I have some water?
A. Not a drop.
"""
PELL = """
(Witness excused.)

RUTH ANNE PELL,
called as a witness by the State, having been first duly
sworn, was examined and testified as follows:

DIRECT EXAMINATION

BY MR. OSGOOD:

Q. What did you see?
A. Smoke.
THE WITNESS: Over the pump house.
"""
UNNAMED = """
(Witness excused.)

MR. OSGOOD: We call the next one.

(The witness was sworn.)

DIRECT EXAMINATION BY MR. OSGOOD:

Q. What did you see?
A. Smoke.
THE WITNESS: A great deal of it.
"""


def read(text: str, *people: Participant) -> Transcript:
    record = Record(title="Hearing", participants=people)
    return parse(text.encode(), record, "hearing", Path("hearing.txt"))


def said(transcript: Transcript) -> list[tuple[str | None, str]]:
    return [
        (turn.speaker, transcript.text[turn.start : turn.end].strip()) for turn in transcript.turns
    ]


def test_the_witness_sworn_answers_the_examiner_named() -> None:
    assert said(read(OSGOOD)) == [
        ("MR. OSGOOD", "State your name, please."),
        ("CARL J. HUBER", "Carl Huber."),
        ("MR. OSGOOD", "Where were you that night?"),
        ("CARL J. HUBER", "At the pump house."),
        ("MS. TULLY", "Had you been drinking?"),
        ("CARL J. HUBER", "May I have some water?"),
        ("CARL J. HUBER", "Not a drop."),
    ]
    assert not read(OSGOOD).recognised.doubts


def test_each_witness_has_his_own_answers() -> None:
    transcript = read(OSGOOD + PELL)
    assert said(transcript)[7:] == [
        ("MR. OSGOOD", "What did you see?"),
        ("RUTH ANNE PELL", "Smoke."),
        ("RUTH ANNE PELL", "Over the pump house."),
    ]
    assert not transcript.recognised.doubts
    (oath,) = [s for s in transcript.sentences if "duly" in transcript.text[s.start : s.end]][1:]
    assert transcript.speaker_at(oath.start) is None


def test_the_answers_of_a_witness_whom_nothing_names_are_nobodys_and_in_doubt() -> None:
    transcript = read(OSGOOD + UNNAMED)
    assert said(transcript)[-2:] == [(None, "Smoke."), (None, "A great deal of it.")]
    (doubt,) = transcript.recognised.doubts
    assert doubt.words == "A. Smoke."
    assert doubt.reason.startswith("nothing names the witness who answers here")
    assert 'role = "witness"' in doubt.remedy


def test_a_second_direct_examination_is_that_of_another_witness() -> None:
    again = OSGOOD + "\nDIRECT EXAMINATION BY MS. TULLY:\n\nQ. Your name?\nA. Ruth Pell.\n"
    assert said(read(again))[-2:] == [("MS. TULLY", "Your name?"), (None, "Ruth Pell.")]
    resumed = again.replace("DIRECT EXAMINATION BY MS.", "REDIRECT EXAMINATION BY MS.")
    assert said(read(resumed))[-1] == ("CARL J. HUBER", "Ruth Pell.")


def test_an_examination_whose_examiner_is_not_named_is_not_that_of_the_one_before() -> None:
    text = OSGOOD.replace("BY MS. TULLY:\n\n", "")
    assert said(read(text))[4] == (None, "Had you been drinking?")
    (doubt,) = read(text).recognised.doubts
    assert doubt.reason.startswith("nothing names who asks here")
    once = read(text.replace("Q. Had", "Q. Yes?\nA. I see.\nQ. Had")).recognised.doubts
    assert [one.words for one in once] == ["Q. Yes?"]
    beside = text.replace("Q. Had", "Q. (BY MS. TULLY) Had")
    assert said(read(beside))[4] == ("MS. TULLY", "Had you been drinking?")


def test_the_record_names_a_witness_whom_the_text_does_not() -> None:
    text = OSGOOD.replace("CARL J. HUBER, being first duly sworn, testified as follows:\n\n", "")
    text = text.replace("THE WITNESS:", "A.")
    transcript = read(text)
    assert said(transcript)[1] == (None, "Carl Huber.")
    (doubt,) = transcript.recognised.doubts[:1]
    assert "list “CARL J. HUBER” under [[participants]]" in doubt.remedy
    listed = read(text, Participant(name="Huber", role="witness"))
    assert {who for who, _ in said(listed)} == {"MR. OSGOOD", "MS. TULLY", "Huber"}


def test_an_oath_of_which_somebody_speaks_changes_nothing() -> None:
    text = OSGOOD.replace("A. At the pump house.", "A. I was told\nMr. Vane, being sworn, lied.")
    assert ("CARL J. HUBER", "Not a drop.") in said(read(text))


def test_questions_are_told_apart_where_the_witness_has_a_label_of_his_own() -> None:
    text = (
        "Q. Now?\nTHE WITNESS: Yes.\nQ. Here?\nTHE WITNESS: No.\nMR. HOLT: Objection.\nQ. Fine.\n"
    )
    assert [who for who, _ in said(read(text))] == [
        "Q", "THE WITNESS", "Q", "THE WITNESS", "MR. HOLT", "Q",
    ]  # fmt: skip


def test_where_every_line_is_a_paragraph_the_oath_and_the_words_run_on() -> None:
    lines = (OSGOOD + PELL).replace("that night?", "that\nnight of the fire?").split("\n")
    transcript = read(
        "\n\n".join(filter(None, lines)).replace("Q. ", "Q.\t").replace("A. ", "A.\t")
    )
    assert not transcript.recognised.doubts
    assert [who for who, _ in said(transcript)] == [who for who, _ in said(read(OSGOOD + PELL))]
    assert transcript.speaker_at(transcript.text.index("night of the fire")) == "MR. OSGOOD"


def test_headings_of_a_hearing_are_nobodys_words() -> None:
    text = f"{OSGOOD}(Recess taken.){PELL}"
    transcript = read(text.replace("\n\n", "\n"))
    headings = [transcript.text[h.start : h.end] for h in transcript.headings]
    assert headings == ["CROSS-EXAMINATION", "DIRECT EXAMINATION"]
    assert None not in {who for who, _ in said(transcript)}


def test_two_spaces_behind_a_sentence_are_no_column() -> None:
    text = OSGOOD.replace(
        "A. At the pump house.", "A.\tAt the pump house of my\nbrother.  He knows."
    )
    transcript = read(text)
    assert transcript.speaker_at(transcript.text.index("He knows")) == "CARL J. HUBER"


_WITNESSES = ("CARL J. HUBER", "RUTH ANNE PELL", "Dora Finch-Meyer", "")
_EXAMINERS = ("MR. OSGOOD", "MS. TULLY", "")
_OATHS = (
    "{0}, having been first duly sworn, testified as follows:",
    "{0},\na witness herein, having been duly sworn, was examined and\ntestified as follows:",
    "({0}, sworn.)",
    "WHEREUPON, {0}, called as a witness, was duly sworn.",
    "The witness {0} was duly sworn.",
)


@given(
    st.lists(
        st.tuples(
            st.sampled_from(_WITNESSES),
            st.sampled_from(_OATHS),
            st.lists(st.sampled_from(_EXAMINERS), min_size=1, max_size=3),
        ),
        min_size=1,
        max_size=4,
    ),
    st.sampled_from(("\n", "\n\n")),
)
def test_no_answer_is_ever_another_witnesses(
    hearing: list[tuple[str, str, list[str]]], between: str
) -> None:
    parts: list[str] = []
    right: dict[str, tuple[str, str]] = {}
    for witness, oath, examiners in hearing:
        parts += ["MR. LOWE: Call the next.", oath.format(witness or "The witness")]
        for turn, examiner in enumerate(examiners):
            kind = "CROSS" if turn else "DIRECT"
            parts.append(f"{kind} EXAMINATION" + (f"\n\nBY {examiner}:" if examiner else ""))
            for _ in range(2):
                number = len(right)
                right[f"word{number}q"] = (examiner, "Q")
                right[f"word{number}a"] = (witness, "A")
                parts.append(f"Q. Is it word{number}q?{between}A. It is word{number}a.")
    transcript = read("\n\n".join(parts) + "\n")
    examined = any(examiner for _, _, examiners in hearing for examiner in examiners)
    for word, (who, sign) in right.items():
        speaker = transcript.speaker_at(transcript.text.index(word))
        allowed = {who or None, None} if examined or sign == "A" else {"Q", None}
        assert speaker in allowed, (word, speaker, transcript.text)
    if any(turn.speaker is None for turn in transcript.turns):
        assert transcript.recognised.doubts


def test_a_hearing_with_an_unnamed_witness_enters_only_if_that_is_accepted(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "hearing.txt").write_text(OSGOOD + UNNAMED)
    archive = tmp_path / "archive"
    add = ["add", str(tmp_path / "hearing.txt"), "--archive", str(archive)]
    assert run_command(add) == 4
    shown = capsys.readouterr().out
    assert "In doubt:" in shown
    assert "“A. Smoke.”: nothing names the witness" in shown
    assert not archive.exists()
    assert run_command([*add, "--accept"]) == 0
    (document,) = open_archive(archive)
    assert said(document)[1] == ("CARL J. HUBER", "Carl Huber.")
    assert said(document)[-1] == (None, "A great deal of it.")


def test_two_witnesses_are_two_participants_and_no_sign_is_a_name_of_theirs(
    tmp_path: Path,
) -> None:
    (tmp_path / "hearing.txt").write_text(OSGOOD + PELL)
    archive = tmp_path / "archive"
    assert run_command(["add", str(tmp_path / "hearing.txt"), "--archive", str(archive)]) == 0
    (document,) = open_archive(archive)
    names = [who.names for who in document.record.participants]
    assert names == [("MR. OSGOOD",), ("CARL J. HUBER",), ("MS. TULLY",), ("RUTH ANNE PELL",)]
    assert [who for who, _ in said(document)][-2:] == ["RUTH ANNE PELL"] * 2
