"""A finding aid in a spreadsheet and back: nothing lost, nothing run."""

from __future__ import annotations

import csv
import io
import itertools
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.aid import Entry, FindingAid, Key, KnownGap, Part, Provenance, question_id
from corpus.archive import open_archive, shipped_folder
from corpus.parsing import parse
from corpus.record import Record
from corpus.transcript import Transcript
from describing import Describe, Told
from qa.describe.aid_file import AidFile
from qa.describe.cells import from_cell, joined, split, to_cell
from qa.describe.importing import merged
from qa.describe.table import table_bytes
from qa.describe.table_reading import read_table
from qa.errors import UsageError

SHIPPED = "mielke-kryuchkov-1983-09-19"
SOURCE = (
    b"Ada:\r\nThe boat left. It came back at nine, =1+1 o'clock.\r\n\r\nBo:\r\n-Nobody saw it.\r\n"
)
MADE = parse(SOURCE, Record(title="Made"), "made", Path("made.txt"))

ODD = st.sampled_from(
    [
        *"=1+1 +1 -1 @SUM(A1) '=1 '' ' a;b \\ \\; \" x\"y a,b ＝1 밀케 𝔸 1-2 007".split(),
        "\t=1",
        "a\r\nb",
        "a\rb",
        "a\nb",
        "=cmd|' /C calc'!A0",
        "a\u2028b",
        "\ufeffx",
        "x\x00y",
    ]
)
ANY = st.text(st.characters(exclude_categories=["Cs"]), max_size=12)
TEXT = (ODD | ANY | st.builds("{}{}".format, ODD, ANY)).map(str.strip)
WORDS = TEXT.filter(bool)
LANG = st.sampled_from(["en", "de", "ko", "ru", "nds"])
BY = st.builds(
    Provenance,
    author=WORDS,
    date=st.dates(date(1900, 1, 1), date(2100, 1, 1)),
    reviewed_by=st.none() | WORDS,
)
SPANS = [
    (one.start, other.end)
    for one in MADE.sentences
    for other in MADE.sentences
    if one.number <= other.number and one.block == other.block
]


@st.composite
def parts(draw: st.DrawFn) -> list[Part]:
    """Return entries and gaps in any order, no question twice."""
    questions = iter(draw(st.lists(WORDS, max_size=10, unique_by=question_id)))
    found: list[Part] = []
    for text in questions:
        if draw(st.booleans()):
            near = draw(st.none() | st.sampled_from(SPANS))
            gap = {"gap": text, "near": near, "why": draw(TEXT), "voice": draw(TEXT)}
            found.append(KnownGap(lang=draw(LANG), provenance=draw(BY), **gap))
            continue
        texts = [text, *itertools.islice(questions, draw(st.integers(0, 3)))]
        start, end = draw(st.sampled_from(SPANS))
        keys = tuple(Key(text=t, lang=draw(LANG), voice=draw(TEXT)) for t in texts)
        subjects = tuple(draw(st.lists(WORDS, max_size=3)))
        entry = {"abstract": draw(TEXT), "subjects": subjects, "questions": keys}
        found.append(Entry(start=start, end=end, provenance=draw(BY), **entry))
    return found


def aid_of(*found: Part, transcript: Transcript = MADE) -> AidFile:
    return AidFile(Path("made.aid.jsonl"), transcript, (), None).appended(*found)


def read_back(data: bytes, aid: AidFile, folder: Path) -> AidFile:
    table = folder / "table.csv"
    table.write_bytes(data)
    existing = {str(number): part for number, part in aid.lines}
    return merged(aid, read_table(table, aid.transcript, existing), remove=True)[0]


@given(parts())
def test_a_table_brings_every_entry_and_gap_back(
    tmp_path_factory: pytest.TempPathFactory, found: list[Part]
) -> None:
    aid = aid_of(*found)
    folder = tmp_path_factory.getbasetemp()
    data = table_bytes(aid.lines, aid.transcript)
    assert read_back(data, aid, folder).rows == aid.rows
    into_nothing = read_back(data, replace(aid, rows=()), folder)
    assert [part for _, part in into_nothing.lines] == found
    assert into_nothing.data == aid.data


@given(parts(), st.sampled_from(";\t"))
def test_a_table_saved_with_other_separators_says_the_same(
    tmp_path_factory: pytest.TempPathFactory, found: list[Part], separator: str
) -> None:
    aid = aid_of(*found)
    text = table_bytes(aid.lines, aid.transcript).decode("utf-8-sig")
    rows = csv.reader(io.StringIO(text, newline=""))
    saved = io.StringIO(newline="")
    csv.writer(saved, delimiter=separator, quoting=csv.QUOTE_ALL).writerows(rows)
    back = read_back(saved.getvalue().encode(), aid, tmp_path_factory.getbasetemp())
    assert back.data == aid.data


@given(TEXT | ANY)
def test_no_cell_begins_as_a_formula_does(text: str) -> None:
    assert not to_cell(text).startswith(tuple("=+-@\t\r\n|%＝＋－＠"))
    assert from_cell(to_cell(text)) == text


@given(st.lists(WORDS.map(str.strip)))
def test_several_texts_share_a_cell(texts: list[str]) -> None:
    assert split(joined(texts)) == tuple(texts)


@given(parts())
def test_no_cell_of_a_table_is_run(found: list[Part]) -> None:
    aid = aid_of(*found)
    text = table_bytes(aid.lines, aid.transcript).decode("utf-8-sig")
    for row in csv.reader(io.StringIO(text, newline="")):
        assert not [cell for cell in row if cell.startswith(tuple("=+-@\t\r"))]


def test_the_shipped_aid_comes_back_byte_for_byte(tmp_path: Path) -> None:
    from qa.describe.aid_file import open_aid

    aid = open_aid(shipped_folder(), SHIPPED)
    data = table_bytes(aid.lines, aid.transcript)
    assert read_back(data, aid, tmp_path).data == aid.original
    assert read_back(data, replace(aid, rows=()), tmp_path).data == aid.original
    assert data.startswith(b"\xef\xbb\xbf")


@pytest.fixture
def describe(tiny_archive: Callable[..., Path], capsys: Told) -> Describe:
    describe = Describe(tiny_archive(), capsys)
    bell = ("add", "lighthouse", "rang the bell", "--author", "Ada", "--abstract", "A bell.")
    describe(*bell, "--question", "Any noise?", "--question", "What was rung?")
    describe("gap", "lighthouse", "Who paid for it?", "--author", "Ada")
    return describe


def edit(describe: Describe, table: Path, change: Callable[[list[list[str]]], None]) -> None:
    describe("export", "lighthouse", table, "--force")
    with table.open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.reader(file))
    change(rows)
    with table.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows(rows)


def aid(describe: Describe) -> FindingAid:
    return open_archive(describe.folder).aid("lighthouse")


def column(rows: list[list[str]], name: str) -> int:
    return rows[0].index(name)


def test_one_changed_cell_changes_the_entry_and_no_other_line(
    describe: Describe, tmp_path: Path
) -> None:
    before = describe.aid("lighthouse").read_bytes().split(b"\n")

    def change(rows: list[list[str]]) -> None:
        rows[2][column(rows, "abstract")] = "The fog bell."
        rows[1][column(rows, "reviewed_by")] = "Bo"

    edit(describe, tmp_path / "t.csv", change)
    describe("import", "lighthouse", tmp_path / "t.csv")
    (entry,) = aid(describe).entries
    assert (entry.abstract, entry.provenance.reviewed_by) == ("The fog bell.", "Bo")
    assert describe.aid("lighthouse").read_bytes().split(b"\n")[1:] == before[1:]
    assert "0 added, 1 changed, 0 taken out." in describe.said


def test_a_row_with_words_and_no_offsets_becomes_an_entry(
    describe: Describe, tmp_path: Path
) -> None:
    row = {"kind": "entry", "words": "nine days", "question": "How long alone?", "lang": "en",
           "author": "Bo", "date": "2026-02-01"}  # fmt: skip
    edit(
        describe,
        tmp_path / "t.csv",
        lambda rows: rows.append([row.get(name, "") for name in rows[0]]),
    )
    describe("import", "lighthouse", tmp_path / "t.csv")
    new = aid(describe).entries[1]
    text = open_archive(describe.folder)["lighthouse"].text[new.start : new.end]
    assert "nobody came for nine days." in text
    assert new.provenance.author == "Bo"


def test_a_line_that_the_table_lacks_is_only_taken_out_when_told(
    describe: Describe, tmp_path: Path
) -> None:
    edit(describe, tmp_path / "t.csv", lambda rows: rows.pop())
    with pytest.raises(UsageError, match=r"lacks 1 line.*line 2 .“Who paid for it\?”.*--remove"):
        describe("import", "lighthouse", tmp_path / "t.csv")
    assert aid(describe).gaps
    describe("import", "lighthouse", tmp_path / "t.csv", "--remove")
    assert not aid(describe).gaps


@pytest.mark.parametrize(
    ("name", "value", "said"),
    [
        ("start", "one", "row 2: 'start' and 'end' must both be whole numbers"),
        ("end", "999999", "sentence boundaries"),
        ("kind", "wish", "row 2: 'kind' must be entry or gap"),
        ("date", "11/22/2026", r"row 2: 'provenance.date'"),
        ("lang", "English", r"row 2: 'questions.lang'"),
        ("question", "", r"row 2: 'questions.text'"),
    ],
)
def test_a_cell_that_cannot_be_used_is_named_by_its_row(
    describe: Describe, tmp_path: Path, name: str, value: str, said: str
) -> None:
    before = describe.aid("lighthouse").read_bytes()

    def change(rows: list[list[str]]) -> None:
        for row in rows[1:3]:
            row[column(rows, name)] = value

    edit(describe, tmp_path / "t.csv", change)
    with pytest.raises(ValueError, match=said):
        describe("import", "lighthouse", tmp_path / "t.csv")
    assert describe.aid("lighthouse").read_bytes() == before


def test_rows_of_one_entry_that_disagree_are_named(describe: Describe, tmp_path: Path) -> None:
    def change(rows: list[list[str]]) -> None:
        rows[1][column(rows, "abstract")] = "One."
        rows[2][column(rows, "abstract")] = "Other."

    edit(describe, tmp_path / "t.csv", change)
    with pytest.raises(UsageError, match=r"row 3: says “Other\.”.*row 2.*“One\.”; make them equal"):
        describe("import", "lighthouse", tmp_path / "t.csv")


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"a,b\n1,2\n", "lacks the column 'line'"),
        (b"", "lacks the column 'line'"),
        (b"line\xff", "not UTF-8"),
        (b'line,kind\n"x', "lacks the column"),
    ],
)
def test_a_file_that_is_no_such_table_is_told_in_one_sentence(
    describe: Describe, tmp_path: Path, data: bytes, said: str
) -> None:
    table = tmp_path / "t.csv"
    table.write_bytes(data)
    with pytest.raises(UsageError, match=rf"t\.csv: .*{said}"):
        describe("import", "lighthouse", table)


def test_a_table_is_not_written_over_without_being_told(describe: Describe, tmp_path: Path) -> None:
    table = tmp_path / "t.csv"
    table.write_text("my work")
    with pytest.raises(UsageError, match="exists already"):
        describe("export", "lighthouse", table)
    assert table.read_text() == "my work"
    with pytest.raises(UsageError, match="cannot be written"):
        describe("export", "lighthouse", tmp_path / "none" / "t.csv")
