"""What docs/transcripts.md shows is what the program says, and what it tells to write works."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import pytest

from corpus.archive import read_transcript
from corpus.dates import read_date
from corpus.record import Layout, Record
from qa.checking import check_archive
from qa.render.checked import report_text

PAGE = (Path(__file__).parents[1] / "docs" / "transcripts.md").read_text(encoding="utf-8")
TEXT, RECORD, LINT = (
    re.findall(rf"^```{kind}\n(.*?)^```$", PAGE, re.MULTILINE | re.DOTALL)[0]
    for kind in ("text", "toml", "console")
)


@pytest.fixture
def example(tmp_path: Path) -> Path:
    (tmp_path / "dam.txt").write_text(TEXT, encoding="utf-8")
    (tmp_path / "dam.toml").write_text(RECORD, encoding="utf-8")
    return tmp_path


def test_lint_says_of_the_example_what_the_page_shows(example: Path) -> None:
    assert report_text(check_archive(example)) + "\n" == LINT


def test_the_cure_that_the_page_names_is_one(example: Path) -> None:
    (example / "dam.toml").write_text(f'{RECORD}\n[[participants]]\nname = "Hale"\n')
    assert check_archive(example).is_clean
    assert "Hale" in {turn.speaker for turn in read_transcript(example / "dam.txt").turns}


def test_every_field_of_a_record_is_on_the_page() -> None:
    for field in {*Record.model_fields, *Layout.model_fields}:
        assert f"`{field}`" in PAGE or f"[{field}]" in PAGE, field


def test_dates_are_shown_as_the_page_says() -> None:
    table = PAGE.split("**Dates**")[1].split("## Corrections")[0]
    rows = re.findall(r"^\| (`.*`) \| (.*) \|$", table, re.MULTILINE)
    for written, shown in rows:
        values = [tomllib.loads(f"date = {one}")["date"] for one in re.findall(r"`(.*?)`", written)]
        words = shown.split(" (")[0]
        assert ", ".join(read_date(value).words for value in values) == words
    assert len(rows) == 9
