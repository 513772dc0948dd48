"""Files that are cut off or broken are refused in a sentence that says where, and are no words."""

from __future__ import annotations

import io
import json
from pathlib import Path

import pytest

from corpus.errors import ImportingError, UnknownFormatError
from corpus.importing.protocol import read_original
from qa.cli import run_command

_SEGMENTS = json.dumps({"segments": [{"start": 0, "end": 1, "speaker": "A", "text": "Hello."}]})


@pytest.mark.parametrize(
    ("name", "text", "says"),
    [
        ("a.json", '{"results":[1,2', "line 1: is no JSON that can be read (it is cut off, column"),
        ("a.txt", '{"results":[1,2', "line 1: is no JSON that can be read (it is cut off, column"),
        (
            "a.json",
            '{"jobName":"x",\n"results":{"tra',
            "line 2: is no JSON that can be read (it is",
        ),
        ("a.json", _SEGMENTS[:-2], "line 1: is no JSON that can be read (it is cut off, column"),
        ("a.json", "We sold in spring.", "is no JSON that can be read (Expecting value, column 1)"),
        ("a.json", '{"a": 1}', "is JSON, but of no program that is known"),
        ("a.json", "{}", "is JSON, but of no program that is known"),
        ("a.xml", '<?xml version="1.0"?>\n<foo><bar>We so', "line 2: is no XML that can be read"),
        ("a.xml", "<foo><bar>We sold</bar></foo>", "is XML, but of no format that is known"),
        ("a.xml", "We sold in spring.", "is no XML that can be read"),
        ("a.ttml", '<tt xmlns="http://www.w3.org/ns/ttml"><p>Hello', "is no XML that can be read"),
        ("a.xml", "<TEI><text><body><sp><p>We so", "is no XML that can be read"),
        ("a.vtt", "WEBVTT\n\n00:01.0", "has no cues"),
        ("a.vtt", "We sold in spring.\n", "has no cues"),
        ("a.srt", "Reed: We sold in spring.\n\nHale: We did.\n", "has no cues"),
        ("a.csv", "We sold in spring.\nThen rain.\n", "does not say which column is which"),
        ("a.csv", "speaker\nReed\nHale\n", "does not say which column is which"),
        ("a.csv", 'speaker,text\nReed,"We sold', "line 2: is no table that can be read"),
        ("a.docx", "PK\x03\x04abc", "is broken"),
        ("a.xlsx", "PK\x03\x04abc", "is broken"),
        ("a.ods", "PK\x03\x04abc", "is broken"),
        ("a.pdf", "%PDF-1.4\nabc", "is no PDF that can be read"),
    ],
)
def test_what_is_cut_off_or_broken_is_refused(name: str, text: str, says: str) -> None:
    with pytest.raises(ImportingError) as caught:
        read_original(text.encode(), name)
    assert says in str(caught.value)


def test_no_cut_of_a_file_for_programs_becomes_words_of_nobody() -> None:
    for end in range(2, len(_SEGMENTS) - 1):
        with pytest.raises(ImportingError, match="is no JSON that can be read"):
            read_original(_SEGMENTS[:end].encode(), "whisperx.json")


def test_accepting_doubts_lets_no_broken_file_in(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "a.json").write_text('{"results":[1,2')
    archive = tmp_path / "archive"
    code = run_command(["add", str(tmp_path / "a.json"), "--accept", "--archive", str(archive)])
    assert code == 1
    assert "is no JSON that can be read" in capsys.readouterr().err
    assert not archive.exists()


def test_files_of_other_programs_in_a_folder_are_passed_over() -> None:
    for name, text in (("package.json", '{"name": "x"}'), ("a.xml", "<foo>We sold.</foo>")):
        with pytest.raises(UnknownFormatError):
            read_original(text.encode(), name)


def test_a_row_that_is_cut_off_before_its_words_is_told() -> None:
    (found,) = read_original(b"speaker,text\nReed,We sold in spring.\nHa", "talk.csv")
    left = {one.what: one.words for one in found.left_out}
    assert left["rows without words"] == ("Ha",)


def test_a_workbook_that_is_cut_off_is_broken() -> None:
    openpyxl = pytest.importorskip("openpyxl")
    book = openpyxl.Workbook()
    book.active.append(["speaker", "text"])
    book.active.append(["Reed", "We sold in spring."])
    file = io.BytesIO()
    book.save(file)
    with pytest.raises(ImportingError, match="is broken"):
        read_original(file.getvalue()[:-100], "talk.xlsx")


@pytest.mark.parametrize(
    "text", ["[Reed]: We sold.\n\n[Hale]: Yes.\n", "<Reed> We sold.\n", "[1] x"]
)
def test_signs_of_programs_may_begin_a_text(text: str) -> None:
    (found,) = read_original(text.encode(), "talk.txt")
    assert found.format == "plain text"
