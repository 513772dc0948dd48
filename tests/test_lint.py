"""What ``lint`` says of a document: what it was recognised to be, and what to look at."""

from __future__ import annotations

import json
import tomllib
from collections.abc import Callable
from pathlib import Path

import pytest

from corpus.findings import Finding, Severity
from qa.checking import Report, check_archive, draft_text
from qa.cli import run_command
from qa.render.checked import report_object, report_text

TALK = (
    "Reed: The dam broke at noon, and nobody had told us anything about it.\n\n"
    "Polk: When did you hear of it?\n\nReed: At noon, from my brother.\n\nPolk: I see.\n"
)
RECORD = 'title = "The Dam"\n'
PEOPLE = '[[participants]]\nname = "Reed"\n[[participants]]\nname = "Polk"\n'

Check = Callable[..., Report]


@pytest.fixture
def check(tmp_path: Path) -> Check:
    """Return a function that checks an archive of one document."""

    def run(text: str | bytes = TALK, record: str | None = RECORD + PEOPLE) -> Report:
        path = tmp_path / "dam.txt"
        path.write_bytes(text if isinstance(text, bytes) else text.encode())
        if record is not None:
            path.with_suffix(".toml").write_text(record)
        return check_archive(tmp_path)

    return run


def to_look_at(report: Report) -> list[Finding]:
    return [finding for finding in report.every if finding.severity is not Severity.NOTE]


def test_a_clear_document_is_described_and_nothing_is_doubtful(check: Check) -> None:
    report = check()
    assert report.is_clean
    shown = report_text(report)
    assert "Reed: 2 turns, 18 words: “The dam broke at noon, and nobody had …”" in shown
    assert "Polk: 2 turns, 8 words: “When did you hear of it? …”" in shown
    assert "Read as utf-8; language en." in shown
    assert "Not stated in the record: date, place, repository, signature, rights." in shown
    assert shown.endswith("0 errors, 0 warnings, 0 notes.")


def test_the_same_as_json(check: Check) -> None:
    found = json.loads(json.dumps(report_object(check())))
    assert found["counts"] == {"error": 0, "warning": 0, "note": 0}
    (document,) = found["documents"]
    assert (document["document"], document["readable"], document["title"]) == (
        "dam",
        True,
        "The Dam",
    )
    assert document["encoding"] == {"used": "utf-8", "stated": "utf-8"}
    assert document["language"] == {"stated": "en", "looks_like": "en"}
    assert [(one["speaker"], one["turns"], one["words"]) for one in document["speakers"]] == [
        ("Reed", 2, 18),
        ("Polk", 2, 8),
    ]
    assert document["not_established"] == {"turns": 0, "words": 0}
    assert document["not_stated"] == ["date", "place", "repository", "signature", "rights"]


def test_a_document_that_cannot_be_used_is_told_in_both(check: Check) -> None:
    report = check(record='title = "The Dam"\ndate = "soon"\n')
    assert "dam.toml, line 2: 'date' cannot be used" in report_text(report)
    (document,) = report_object(report)["documents"]
    assert document["readable"] is False
    assert "speakers" not in document
    (finding,) = document["findings"]
    assert (Path(finding["file"]).name, finding["line"]) == ("dam.toml", 2)
    assert finding["severity"] == "error"


def test_another_encoding_than_stated_is_told_with_a_line_and_what_to_write(check: Check) -> None:
    text = TALK.replace("noon, from", "the café – noon, from")
    record = 'encoding = "latin-1"\n' + RECORD + PEOPLE
    (finding,) = to_look_at(check(text.encode("cp1252"), record))
    assert finding.line == 5
    assert "the café – noon" in finding.message
    assert 'encoding = "windows-1252"' in finding.remedy


def test_letters_lost_or_garbled_before(check: Check) -> None:
    lost = TALK.replace("brother", "br\ufffdder")
    (finding,) = to_look_at(check(lost))
    assert (finding.line, finding.severity) == (5, Severity.WARNING)
    garbled = TALK.replace("brother", "brother Jörg".encode().decode("cp1252"))
    (finding,) = to_look_at(check(garbled))
    assert finding.line == 5
    assert "“Reed: At noon, from my brother Jörg.” may be meant" in finding.message


def test_a_text_in_another_language_than_the_record_says(check: Check) -> None:
    german = (
        "Reed: Der Damm brach am Mittag, und niemand hatte uns etwas davon gesagt.\n\n"
        "Polk: Wann haben Sie davon gehört?\n\nReed: Am Mittag, von meinem Bruder.\n"
    )
    (finding,) = to_look_at(check(german))
    assert 'language = "de"' in finding.remedy
    assert check(german, 'language = "de-AT"\n' + RECORD + PEOPLE).is_clean


@pytest.mark.parametrize(
    ("label", "hint"),
    [
        ("President Dr. Norden", 'aliases = ["President Dr. Norden"]'),
        ("NORDEN (FDP)", "Norden"),
        ("dr. norden", "Norden"),
        ("Norden said", "Norden"),
    ],
)
def test_a_participant_under_another_label_never_falls_silent_unsaid(
    check: Check, label: str, hint: str
) -> None:
    """Either the label is placed as the participant's, or lint says where it may be."""
    text = f"{TALK}\n{label}: I swear it.\n\nReed: Good.\n\n{label}: So help me God.\n"
    report = check(text, RECORD + PEOPLE + '[[participants]]\nname = "Norden"\n')
    (document,) = report.documents
    assert document.overview is not None
    if "Norden" in {one.speaker for one in document.overview.recognised.speakers}:
        return
    told = [
        f.sentence for f in to_look_at(report) if "participant Norden never speaks" in f.message
    ]
    assert len(told) == 1
    assert hint in told[0]


def test_a_participant_who_is_not_in_the_text_at_all(check: Check) -> None:
    (finding,) = to_look_at(check(record=RECORD + PEOPLE + '[[participants]]\nname = "Norden"\n'))
    assert finding.message == "participant Norden never speaks."


def test_people_who_are_not_in_the_record_are_told_once(check: Check) -> None:
    report = check(record=RECORD)
    assert report.is_clean
    (finding,) = report.every
    assert "“Reed”, “Polk”" in finding.message


def test_a_message_may_hold_colons(check: Check) -> None:
    report = check(record="title: The Dam")
    (finding,) = report.every
    assert (finding.file.name, finding.line) == ("dam.toml", 1)
    assert "“title: The Dam” is no field" in finding.message


CAST = """\
Anna Reed: The dam broke.

Mr. Polk: When?

Ms. Reed: At noon.

Mr. Polk: I see.

Minister Dr. Norden, Federal Minister of the Interior: I swear it.

Tom Hale: Yes.

Jim Hale: No.

Tom Hale: Yes.

Jim Hale: No.

Dawn 1 (A): Over.

Dawn 1 (B): Out.

Dawn 1 (A): Over.

Dawn 1 (B): Out.

김철수: 댐은 정오에 무너졌습니다.

이영희: 언제요?

김철수: 정오에.

이영희: 네.
"""


def test_a_draft_merges_the_variants_of_a_name_and_no_two_people(tmp_path: Path) -> None:
    path = tmp_path / "dam.txt"
    path.write_text(CAST)
    drafted = draft_text(tmp_path)
    people = {one["name"]: one for one in tomllib.loads(drafted)["participants"]}
    assert "“Anna Reed”, “Ms. Reed” may be one person" in drafted
    assert people["Reed"]["full_name"] == "Anna Reed"
    assert people["Reed"]["aliases"] == ["Ms. Reed"]
    assert people["Polk"]["aliases"] == ["Mr. Polk"]
    assert people["Norden"]["role"] == "Federal Minister of the Interior"
    assert {"Tom Hale", "Jim Hale", "Dawn 1 (A)", "Dawn 1 (B)", "김철수", "이영희"} <= set(people)
    assert "Hale" not in people


def test_a_draft_is_a_record_with_which_everybody_is_listed(tmp_path: Path) -> None:
    path = tmp_path / "dam.txt"
    path.write_text(CAST)
    path.with_suffix(".toml").write_text(draft_text(tmp_path))
    (document,) = check_archive(tmp_path).documents
    assert document.overview is not None
    speakers = document.overview.recognised.speakers
    assert all(one.listed for one in speakers)
    assert {one.speaker: one.turns for one in speakers}["Reed"] == 2
    assert "Everybody who speaks is in the record" in draft_text(tmp_path)


def test_whoever_may_speak_once_is_proposed_to_be_uncommented(tmp_path: Path) -> None:
    talk = "Tom Polk: When was it?\n\nAnna Reed: At noon.\n\nTom Polk: And then?\n\n"
    once = "Jim Hale: I saw it.\n\nWe went on to the mill, all of us.\n\nAnna Reed: So did I.\n"
    (tmp_path / "dam.txt").write_text(talk + once)
    drafted = draft_text(tmp_path)
    assert '# [[participants]]\n# name = "Jim Hale"' in drafted
    assert "Jim Hale" not in {one["name"] for one in tomllib.loads(drafted)["participants"]}


def test_a_draft_keeps_whoever_stands_in_for_an_office_apart(tmp_path: Path) -> None:
    talk = "Mr. Speaker: Order.\n\nMr. Deputy Speaker: Sit down.\n\n"
    chair = "The Acting Chair: Well.\n\nThe Chair: Good.\n\n"
    (tmp_path / "house.txt").write_text((talk + chair) * 2)
    people = tomllib.loads(draft_text(tmp_path))["participants"]
    names = [{one["name"], *one.get("aliases", ())} for one in people]
    assert not any({"Mr. Speaker", "Mr. Deputy Speaker"} <= one for one in names)
    assert not any({"The Chair", "The Acting Chair"} <= one for one in names)


def test_a_faulty_document_does_not_keep_the_drafts_of_others_waiting(tmp_path: Path) -> None:
    (tmp_path / "dam.txt").write_text(CAST)
    (tmp_path / "mill.txt").write_text("It was the third of May. We went down to the mill.\n")
    (tmp_path / "weir.txt").write_text(CAST)
    (tmp_path / "weir.toml").write_text("title = Weir\n")
    drafted = draft_text(tmp_path)
    assert "Reed" in {one["name"] for one in tomllib.loads(drafted)["participants"]}
    assert "# For mill.toml:\n\n# has no speaker label" in drafted
    assert "# For weir.toml:\n\n# cannot be read: put the value in straight" in drafted


def test_where_a_talk_without_labels_begins_is_told(check: Check) -> None:
    text = "The Dam\n\nIt broke at noon, and nobody had told us anything about it.\n"
    report = check(text, RECORD + '[[participants]]\nname = "Reed"\n')
    (finding,) = report.every
    assert (finding.line, finding.severity) == (3, Severity.NOTE)
    assert "the talk of Reed" in finding.message
    assert "Labels: no labels; who speaks is stated in the record" in report_text(report)


RUSSIAN = "Reed: Плотина прорвалась.\nPolk: Когда это было?\nReed: Вчера, в самый полдень.\n"


@pytest.mark.parametrize(
    ("text", "language", "saved", "stated", "warns"),
    [
        ("Иванов: Плотина прорвалась в полдень, и мы не знали.\n", "ru", "cp1251", "latin-1", True),
        (RUSSIAN, "ru", "koi8-r", "cp1251", True),
        ("Иванов: Плотина прорвалась в полдень, и мы не знали.\n", "ru", "cp866", "cp866", False),
        ("Müller: Über die Brücke führt ein schöner Weg.\n" * 9, "de", "cp1252", "cp1252", False),
        ("Müller: Über die Brücke führt ein schöner Weg.\n" * 9, "de", "cp1252", "latin-1", False),
        ("Νίκου: Το φράγμα έσπασε το μεσημέρι, δεν ξέραμε.\n", "el", "cp1253", "cp1252", True),
    ],
)
def test_a_stated_encoding_that_gives_odd_letters_is_doubted(
    check: Check, text: str, language: str, saved: str, stated: str, warns: bool
) -> None:
    record = f'encoding = "{stated}"\nlanguage = "{language}"\n' + RECORD
    found = [f for f in to_look_at(check(text.encode(saved), record)) if "encoding =" in f.remedy]
    assert bool(found) is warns
    if warns:
        assert text.split()[1] in found[0].message


def test_one_document_alone(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for name in ("dam", "mill"):
        (tmp_path / f"{name}.txt").write_text("Reed: One.\n\nPolk: Two.\n\nReed: Three.\n")
        (tmp_path / f"{name}.toml").write_text('title = "T"\n')
    lint = ["lint", "--archive", str(tmp_path)]
    run_command([*lint, "mill"])
    said = capsys.readouterr().out
    assert said.startswith("mill.txt\n")
    assert "dam.txt" not in said
    run_command([*lint, "--draft", "mill"])
    assert "dam.toml" not in capsys.readouterr().out
    assert run_command([*lint, "weir"]) == 1
    assert "There is no document 'weir'; there are: dam, mill." in capsys.readouterr().err
    assert run_command(["lint", str(tmp_path)]) == 1
    assert f"is a folder: verbatim lint --archive {tmp_path}" in capsys.readouterr().err
    assert run_command(["list", "dam", "--archive", str(tmp_path)]) == 1
    assert "'verbatim list --help' says what it takes." in capsys.readouterr().err
