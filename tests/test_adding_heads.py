"""What the head of a file states goes into the drafted record, or is named in the report."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from docx import Document

from corpus.archive import open_archive
from corpus.importing.heads import stated_in
from corpus.importing.titles import given_title
from corpus.importing.written_dates import read_written_date
from printed import pdf
from qa.cli import run_command
from test_importing_round_trip import docx_below

TALK = [
    ("John Polk", "Where were you born?"),
    ("Anna Reed", "In the house behind the mill, in 1931."),
    ("John Polk", "Who closed the gates?"),
    ("Anna Reed", "Nobody did. They had been closed since Friday."),
]
HEADS = {
    "en": "Interview with Anna Reed\nDate: 12 March 1974\nPlace: Stony Point\n"
    "Interviewed by: John Polk",
    "de": "Interview mit Anna Reed\nDatum: 12. März 1974\nOrt: Stony Point\nInterviewer: John Polk",
    "fr": "Entretien avec Anna Reed\nDate de l'entretien : 12 mars 1974\nLieu : Stony Point\n"
    "Entretien mené par John Polk",
    "ru": "Интервью с Анной Рид\nДата: 12 марта 1974 г.\nМесто: Stony Point\nИнтервьюер: John Polk",
}


def plain(head: str) -> bytes:
    return f"{head}\n\n{chr(10).join(f'{who}: {words}{chr(10)}' for who, words in TALK)}".encode()


def word(head: str) -> bytes:
    """Return a Word file whose announcements are as bold as its names."""
    document = Document()
    for line in head.splitlines():
        key, colon, value = line.partition(":")
        paragraph = document.add_paragraph()
        paragraph.add_run(key + colon).bold = bool(colon)
        paragraph.add_run(value)
    return docx_below(document, TALK)


def tabled(head: str) -> bytes:
    document = Document()
    title, *rows = head.splitlines()
    document.add_paragraph(title)
    table = document.add_table(rows=len(rows), cols=2)
    for row, line in zip(table.rows, rows, strict=True):
        row.cells[0].text, _, row.cells[1].text = (part.strip() for part in line.partition(":"))
    return docx_below(document, TALK)


def page(head: str) -> bytes:
    lines = [*head.splitlines(), "", *(line for w, s in TALK for line in (f"{w}: {s}", ""))]
    return pdf([[(60, 700 - 14 * i, line) for i, line in enumerate(lines) if line]])


def subtitles(head: str) -> bytes:
    cues = [f"00:0{i}.000 --> 00:0{i}.900\n<v {w}>{s}</v>" for i, (w, s) in enumerate(TALK)]
    return ("\n\n".join(["WEBVTT", f"NOTE\n{head}", *cues]) + "\n").encode()


def marked(head: str) -> bytes:
    title, *rest = head.splitlines()
    said = "\n\n".join(f"**{who}:** {words}" for who, words in TALK)
    return f"# {title}\n\n{'  '.join(f'*{line}*  {chr(10)}' for line in rest)}\n\n{said}".encode()


def otter(head: str) -> bytes:
    said = "\n\n".join(f"{w}  0:0{i}\n{s}" for i, (w, s) in enumerate(TALK))
    return f"{head}\n\n{said}\n".encode()


MADE = {
    "a.txt": plain, "a.docx": word, "table.docx": tabled, "a.pdf": page, "a.vtt": subtitles,
    "a.md": marked, "otter.txt": otter,
}  # fmt: skip


@pytest.mark.parametrize("language", HEADS)
@pytest.mark.parametrize("name", MADE)
def test_date_place_and_interviewer_go_into_the_record(
    name: str, language: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    if name.endswith(".pdf") and language == "ru":
        pytest.skip("the PDF of these tests has no Cyrillic letters")
    if name == "table.docx" and ":" not in HEADS[language].splitlines()[-1]:
        pytest.skip("a sentence is no row of a table")
    (tmp_path / name).write_bytes(MADE[name](HEADS[language]))
    archive = tmp_path / "archive"
    assert run_command(["add", str(tmp_path / name), "--archive", str(archive)]) == 0
    said = capsys.readouterr().out
    (document,) = open_archive(archive)
    record = document.record
    assert (str(record.date), record.place) == ("1974-03-12", "Stony Point")
    assert [turn.speaker for turn in document.turns] == [who for who, _ in TALK]
    assert "date: 12 March 1974 (“" in said
    assert "place: Stony Point (“" in said
    last = HEADS[language].splitlines()[-1]
    assert last in said.replace("\t", ": ")
    roles = {who.name: who.role for who in record.participants}
    assert roles["Anna Reed"] == ""
    assert bool(roles["John Polk"]) == (language != "fr")


def told(tmp_path: Path, data: bytes, name: str, capsys: pytest.CaptureFixture[str]) -> Any:
    (tmp_path / name).write_bytes(data)
    code = ["add", str(tmp_path / name), "--dry-run", "--json", "--archive", str(tmp_path / "a")]
    assert run_command(code) == 0
    (document,) = json.loads(capsys.readouterr().out)["documents"]
    return document


def test_what_is_not_certain_or_has_no_field_is_named_and_not_taken(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    head = (
        "Interview with Anna Reed\nStony Point, Vermont\nDate: 03/04/1974\n"
        "Transcribed by: Mary Hale\nTape: 12"
    )
    document = told(tmp_path, plain(head), "a.txt", capsys)
    assert document["date"] is None
    assert [(one["words"], one["taken"]) for one in document["stated"]] == [
        ("Date: 03/04/1974", False),
        ("Transcribed by: Mary Hale", False),
        ("Tape: 12", False),
        ("Stony Point, Vermont", False),
    ]


def test_when_a_program_was_at_work_is_offered_and_not_taken(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    head = "Dam interview\nTue, Mar 12, 2024 10:00AM • 32:10"
    (tmp_path / "o.txt").write_bytes(otter(head))
    archive = str(tmp_path / "archive")
    assert run_command(["add", str(tmp_path / "o.txt"), "--archive", archive]) == 0
    command = f'verbatim edit o date="2024-03-12" --archive {archive}'
    assert command in capsys.readouterr().out
    (document,) = open_archive(Path(archive))
    assert document.record.date is None


def test_a_name_that_no_label_has_is_a_proposal(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    talk = "".join(f"{who.split()[1].upper()}: {words}\n\n" for who, words in TALK)
    (tmp_path / "a.txt").write_text(f"The dam\nInterviewed by John Polk\n\n{talk}")
    archive = str(tmp_path / "archive")
    assert run_command(["add", str(tmp_path / "a.txt"), "--archive", archive]) == 0
    said = capsys.readouterr().out
    assert f'--speaker "POLK" --called "John Polk" --accept --archive {archive}' in said
    (document,) = open_archive(Path(archive))
    assert {who.full_name for who in document.record.participants} == {""}


def test_initials_and_a_day_amid_words_are_proposals(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    talk = "".join(f"{''.join(w[0] for w in who.split())}: {said}\n\n" for who, said in TALK)
    head = "A talk held on 4 July 1990 at the mill\nInterviewer: John Polk (JP)"
    (tmp_path / "a.txt").write_text(f"{head}\n\n{talk}")
    archive = str(tmp_path / "archive")
    assert run_command(["add", str(tmp_path / "a.txt"), "--archive", archive]) == 0
    said = capsys.readouterr().out
    assert '--speaker "JP" --called "John Polk" --accept' in said
    assert 'verbatim edit a date="1990-07-04"' in said
    (document,) = open_archive(Path(archive))
    assert document.record.date is None
    assert document.record.title == "A talk held on 4 July 1990 at the mill"


def test_lines_that_disagree_establish_nothing() -> None:
    said = stated_in(["Place: Stony Point", "Place: Mill Creek", "Date: 1974", "Reed, 3 May 1975"])
    assert [(one.field, one.value, bool(one.why)) for one in said] == [
        ("place", "Stony Point", True),
        ("place", "Mill Creek", True),
        ("date", "1974", False),
        ("date", "1975-05-03", True),
    ]


@pytest.mark.parametrize(
    ("words", "edtf"),
    [
        ("12 March 1974", "1974-03-12"),
        ("March 12th, 1974", "1974-03-12"),
        ("Dienstag, den 12. März 1974", "1974-03-12"),
        ("le 1er mars 1974", "1974-03-01"),
        ("12 марта 1974 года", "1974-03-12"),
        ("12 de marzo de 1974", "1974-03-12"),
        ("12.03.1974", "1974-03-12"),
        ("1974-03-12", "1974-03-12"),
        ("13/04/1974", "1974-04-13"),
        ("03/04/1974", ""),
        ("1974年3月12日", "1974-03-12"),
        ("1974년 3월 12일", "1974-03-12"),
        ("ca. 1974", "1974~"),
        ("May 1974", "1974-05"),
        ("1974", "1974"),
    ],
)
def test_a_date_is_read_as_people_write_it(words: str, edtf: str) -> None:
    found = read_written_date(words)
    assert found is not None
    assert found.edtf == edtf


@pytest.mark.parametrize(
    "words",
    ["12 March", "31 February 1974", "the flood of 1974", "12 Mar 74", "listopad 1974", "32:10"],
)
def test_what_is_no_date_or_two_is_none(words: str) -> None:
    assert read_written_date(words) is None


@pytest.mark.parametrize(
    ("words", "title"),
    [
        ("Microsoft Word - Reed interview.doc", "Reed interview"),
        ("Untitled Document", ""),
        ("Dokument1", ""),
        ("Otter.ai", ""),
        ("Transcribed by https://otter.ai", ""),
        ("Zoom Meeting Recording", ""),
        ("Generated by TurboScribe.ai", ""),
        ("Transcript", ""),
        ("Rev. King on the dam", "Rev. King on the dam"),
        ("A word with Anna Reed", "A word with Anna Reed"),
    ],
)
def test_the_name_of_a_program_is_no_title(words: str, title: str) -> None:
    assert given_title(words) == title


def test_a_program_at_the_top_gives_its_place_to_the_title(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    data = plain("Transcribed by Otter.ai\nInterview with Anna Reed")
    assert told(tmp_path, data, "a.txt", capsys)["title"] == "Interview with Anna Reed"


@pytest.mark.parametrize("answers", ["Interviewee", "Participant", "Befragter", "Информант"])
@pytest.mark.parametrize("head", ["", "Interviewer: John Polk\n{}: Anna Reed\n\n"])
def test_who_is_asked_may_be_labelled_as_heads_announce_him(
    head: str, answers: str, tmp_path: Path
) -> None:
    labels = ["Interviewer", answers] * 2
    said = [f"{label}: {words}\n\n" for label, (_, words) in zip(labels, TALK, strict=True)]
    (tmp_path / "a.txt").write_text(f"The dam\n{head.format(answers)}\n{''.join(said)}")
    archive = tmp_path / "archive"
    assert run_command(["add", str(tmp_path / "a.txt"), "--archive", str(archive)]) == 0
    (document,) = open_archive(archive)
    assert [turn.speaker for turn in document.turns] == labels


@pytest.mark.parametrize(
    ("line", "field", "value"),
    [
        ("Interviewer: Counsel to the Board, Ms. Farrell", "interviewer", "Ms. Farrell"),
        ("Interviewer: Anna Reed, Counsel to the Board", "interviewer", "Anna Reed"),
        ("Interviewed by Chief Engineer, John Park", "interviewer", "John Park"),
        ("Interviewer: Mary de la Cruz (University of Elm)", "interviewer", "Mary de la Cruz"),
        ("Entretien réalisé par Odile Carnot à Lyon", "interviewer", "Odile Carnot"),
        ("Moderator: Ida Brook, journalist", "interviewer", "Ida Brook"),
        ("Interviewer: Farrell", "interviewer", "Farrell"),
        ("Entrevista a Remedios Albalá", "interviewee", "Remedios Albalá"),
        ("Interview with Anna Reed", "interviewee", "Anna Reed"),
        ("Recorded 14 June 2019 at the Town Hall", "date", "2019-06-14"),
        ("Aufgenommen am 3. Mai 1984, Berlin", "date", "1984-05-03"),
    ],
)
def test_a_person_is_told_from_the_office_and_a_day_from_the_place(
    line: str, field: str, value: str
) -> None:
    (said,) = stated_in([line])
    assert (said.field, said.value, said.why) == (field, value, "")


PANEL = [
    ("Moderator", "Welcome, everybody. Who remembers the valley?"),
    ("Ruth Pell", "I do. We left in spring."),
    ("Moderator", "And who heard the bell?"),
    ("Ruth Pell", "My sister did."),
]


@pytest.mark.parametrize("name", ["panel.vtt", "panel.txt"])
def test_the_title_keeps_its_second_half_and_is_no_day(
    name: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    head = "After the Reservoir: a panel on water\nRecorded 14 June 2019 at the Town Hall"
    said = [f"{who}: {words}" for who, words in PANEL]
    if name.endswith(".vtt"):
        cues = (f"00:0{i}.000 --> 00:0{i}.900\n{line}" for i, line in enumerate(said))
        text = f"WEBVTT\n\nNOTE\n{head}\nCorrected twice\n\n" + "\n\n".join(cues) + "\n"
    else:
        text = f"{head}\n\n" + "\n\n".join(said) + "\n"
    (tmp_path / name).write_text(text)
    archive = tmp_path / "archive"
    assert run_command(["add", str(tmp_path / name), "--archive", str(archive)]) == 0
    (document,) = open_archive(archive)
    assert document.record.title == "After the Reservoir: a panel on water"
    assert str(document.record.date) == "2019-06-14"
    shown = capsys.readouterr().out
    assert shown.count("Recorded 14 June 2019") == 1
    if name.endswith(".vtt"):
        assert "1 line of notes: about the file (“Corrected twice”)" in shown


def test_a_field_and_its_value_are_no_title(tmp_path: Path) -> None:
    said = "\n\n".join(f"{who}: {words}" for who, words in PANEL)
    (tmp_path / "tape.txt").write_text(f"Tape number: 14 of the second box\n\n{said}\n")
    archive = tmp_path / "archive"
    assert run_command(["add", str(tmp_path / "tape.txt"), "--archive", str(archive)]) == 0
    (document,) = open_archive(archive)
    assert document.record.title == "tape"


def test_a_title_names_whoever_answers_and_stays_the_title(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "r.txt").write_text(
        "Entrevista a Remedios Albalá\nRealizada por Tomás Quer el 12 de abril de 1994 en Béjar\n\n"
        "P: ¿En qué año entró usted?\n\nR: En el cuarenta y siete.\n\n"
        "P: ¿Y cuánto ganaba?\n\nR: Siete pesetas al día.\n"
    )
    archive = tmp_path / "archive"
    assert run_command(["add", str(tmp_path / "r.txt"), "--archive", str(archive)]) == 0
    (document,) = open_archive(archive)
    assert document.record.title == "Entrevista a Remedios Albalá"
    shown = capsys.readouterr().out
    for label, name in (("R", "Remedios Albalá"), ("P", "Tomás Quer")):
        assert f'--speaker "{label}" --called "{name}" --document r --accept' in shown
