"""Citations: what the record states, in styles that people read and files that programs read."""

from __future__ import annotations

import json
import re
from pathlib import Path

import bibtexparser
import pytest
import rispy
from bibtexparser.middlewares import LatexDecodingMiddleware, SeparateCoAuthors, SplitNameParts
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus.archive import open_archive, shipped_folder
from corpus.parsing import parse
from corpus.record import Record
from corpus.transcript import Transcript
from qa.answering import Answerer
from qa.citing.cited import Form, cited, cited_all, cited_quote
from qa.citing.exchange import bibtex, ris
from qa.citing.items import CslItem, Locator, csl_item
from qa.citing.styles import Style, rendered
from qa.cli import run_command
from qa.quotes import Quote

PEOPLE = [
    {"name": "Example", "full_name": "Anna B. Example", "role": "engineer"},
    {"name": "Kim", "full_name": "Kim Chol-su", "role": "translator of the talk"},
    {"name": "Doe", "full_name": "John Doe", "role": "interviewer"},
]
RECORD = {
    "title": "Interview with A. Example & others: 100 % {true}",
    "date": "1991-05",
    "place": "Leeds",
    "language": "en-GB",
    "kind": "oral history",
    "participants": PEOPLE,
    "repository": "Example County Archive",
    "signature": "OH_12",
    "pages": "3-9",
    "translator": "Bernd de la Cruz",
    "collection": "Mills & Mines",
    "source": "web copy at https://archive.example/oh_12?a=1.",
    "rights": "All rights with the archive.",
    "credits": "Funded by the county.",
}


def document(**changed: object) -> Transcript:
    record = Record.model_validate({**RECORD, **changed})
    text = b"Example: I built it.\n\nDoe: When?\n"
    return parse(text, record, "example", Path("example.txt"))


def untold(title: str) -> Transcript:
    return parse(b"Words.\n", Record(title=title, narrative=True), "x", Path("x.txt"))


@pytest.fixture(scope="module")
def shipped() -> Transcript:
    return next(iter(open_archive(shipped_folder())))


def test_an_interview_is_cited_by_who_was_asked() -> None:
    item = csl_item(document())
    assert item["type"] == "interview"
    assert item["author"] == [
        {"family": "Example", "given": "Anna B."},
        {"family": "Kim", "given": "Chol-su"},
    ]
    assert item["interviewer"] == [{"family": "Doe", "given": "John"}]
    assert item["translator"] == [{"literal": "Bernd de la Cruz"}]
    assert item["URL"] == "https://archive.example/oh_12?a=1"


def test_what_the_record_does_not_state_is_left_out() -> None:
    record = Record(title="Only a title", narrative=True)
    item = csl_item(parse(b"Nobody knows.\n", record, "bare", Path("bare.txt")))
    assert item == {"id": "bare", "type": "document", "title": "Only a title", "language": "en"}
    for style in Style:
        made = rendered(item, style)
        assert "Only a title" in made.note + made.entry
        # That it is a manuscript, and unpublished, nobody has stated.
        assert "npublished" not in made.note + made.entry


@pytest.mark.parametrize(
    ("date", "expected"),
    [
        ("1984", {"date-parts": [[1984]]}),
        ("1984-10-05", {"date-parts": [[1984, 10, 5]]}),
        ("1984~", {"date-parts": [[1984]], "circa": True}),
        ("1983/1985-02", {"date-parts": [[1983], [1985, 2]]}),
        ("198X", {"literal": "the 1980s"}),
        ("1984-21", {"literal": "spring 1984"}),
        ("../1990", {"literal": "1990 or earlier"}),
        ("1983/1985~", {"literal": "1983 to about 1985"}),
    ],
)
def test_no_date_says_more_than_the_record(date: str, expected: object) -> None:
    assert csl_item(document(date=date))["issued"] == expected


@pytest.mark.parametrize(
    ("style", "note", "entry"),
    [
        (
            Style.CHICAGO,
            "Jane Smith, “a Life,” interview by John Doe, 1984, 3–4, State Archive.",
            "Smith, Jane. “a Life.” Interview by John Doe. 1984. State Archive.",
        ),
        (Style.APA, "(Smith, 1984, pp. 3–4)", "Smith, J. (1984). a Life (J. Doe, interviewer). "),
        (Style.MLA, "(Smith 3–4)", "Smith, Jane. “a Life.” Interview by John Doe. 1984, State Arc"),
    ],
)
def test_a_style_prints_what_its_handbook_asks_for(style: Style, note: str, entry: str) -> None:
    item: CslItem = {
        "id": "x",
        "type": "interview",
        "title": "a Life",
        "author": [{"family": "Smith", "given": "Jane"}],
        "interviewer": [{"family": "Doe", "given": "John"}],
        "issued": {"date-parts": [[1984]]},
        "archive": "State Archive",
        "language": "en",
    }
    made = rendered(item, style, Locator("page", "3–4"))
    assert made.note == note
    assert made.entry.startswith(entry)


@pytest.mark.parametrize("style", Style)
def test_a_document_without_author_begins_with_its_title_once(
    style: Style, shipped: Transcript
) -> None:
    made = rendered(csl_item(shipped), style)
    for text in made.note, made.entry:
        assert text.lstrip("(“").startswith(shipped.record.title)
        assert text.count(shipped.record.title) == 1
    for stated in ("Bernd Schaefer", "MfS, ZAIG 5306", "1983", "1–19"):
        assert stated in made.entry


@settings(max_examples=25)
@given(
    st.text(st.characters(codec="utf-8", exclude_categories=("C", "Z")), min_size=1, max_size=40)
)
def test_a_title_is_printed_as_the_record_has_it(title: str) -> None:
    item = csl_item(untold(title))
    for style in Style:
        assert item["title"] in rendered(item, style).note


@pytest.mark.parametrize("place", [Locator("page", "12"), Locator("timestamp", "0:01:02")])
def test_every_form_points_at_page_or_time(place: Locator) -> None:
    for form in Form:
        made = cited(document(), form, place)
        if form is not Form.CSL_JSON:
            assert place.value in (made.entry if form.is_file else made.note)


def test_an_independent_library_reads_every_field_of_the_ris_record() -> None:
    item = csl_item(document())
    (read,) = rispy.loads(ris(item, Locator("page", "4")))
    assert read == {
        "type_of_reference": "PCOMM",
        "id": "example",
        "title": RECORD["title"],
        "authors": ["Example, Anna B.", "Kim, Chol-su"],
        "secondary_authors": ["Doe, John"],
        "subsidiary_authors": ["Bernd de la Cruz"],
        "year": "1991",
        "date": "1991/05//",
        "place_published": "Leeds",
        "type_of_work": "oral history",
        "name_of_database": "Example County Archive",
        "call_number": "OH_12",
        "start_page": "3",
        "end_page": "9",
        "tertiary_title": "Mills & Mines",
        "urls": ["https://archive.example/oh_12?a=1"],
        "language": "en-GB",
        "notes": [
            "Quoted at: 4",
            "Source of this copy: web copy at https://archive.example/oh_12?a=1.",
            "Rights: All rights with the archive.",
            "Credits: Funded by the county.",
        ],
    }


def test_an_independent_library_reads_every_field_of_the_bibtex_entry() -> None:
    item = csl_item(document())
    layers = [SeparateCoAuthors(), LatexDecodingMiddleware(), SplitNameParts()]
    library = bibtexparser.parse_string(
        bibtex(item, Locator("page", "4")), append_middleware=layers
    )
    assert not library.failed_blocks
    (entry,) = library.entries
    fields = {field.key: field.value for field in entry.fields}
    authors = [(part.first, part.last) for part in fields.pop("author")]
    assert authors == [(["Anna", "B."], ["Example"]), (["Chol-su"], ["Kim"])]
    assert [part.last for part in fields.pop("editor")] == [["Doe"]]
    assert [part.last for part in fields.pop("translator")] == [["{Bernd de la Cruz}"]]
    assert fields == {
        "title": RECORD["title"],
        "editortype": "interviewer",
        "date": "1991-05",
        "year": "1991",
        "month": "may",
        "address": "Leeds",
        "howpublished": "oral history",
        "organization": "Example County Archive",
        "number": "OH_12",
        "pages": "3–9",
        "series": "Mills & Mines",
        "language": "en-GB",
        "url": "https://archive.example/oh_12?a=1",
        "note": "Quoted at: 4; Source of this copy: web copy at "
        "https://archive.example/oh_12?a=1.; Rights: All rights with the archive.; "
        "Credits: Funded by the county.",
    }


@given(st.text(st.characters(codec="utf-8"), max_size=60))
def test_no_record_breaks_out_of_its_field(title: str) -> None:
    name = f"T{title}\nER  - \nTI  - other}}\n@misc{{a,"
    item = csl_item(untold(name))
    (read,) = rispy.loads(ris(item))
    library = bibtexparser.parse_string(bibtex(item))
    assert read["id"] == "x"
    assert "TI - other" in " ".join(read["title"].split())
    assert [entry.key for entry in library.entries] == ["x"]
    assert not library.failed_blocks


def test_a_quote_is_cited_by_its_document(shipped: Transcript) -> None:
    made = cited_quote(Quote.of(shipped, 60, 60), Form.CHICAGO)
    assert made.note == cited(shipped, Form.CHICAGO).note


def test_several_documents_are_one_file() -> None:
    both = [document(), document(title="Other")]
    assert [one["title"] for one in json.loads(cited_all(both, Form.CSL_JSON))] == [
        RECORD["title"],
        "Other",
    ]
    assert len(rispy.loads(cited_all(both, Form.RIS))) == 2


def test_the_command_prints_a_bibliography(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run_command(["cite", "--style", "ris"]) == 0
    (read,) = rispy.loads(capsys.readouterr().out)
    assert read["call_number"] == "MfS, ZAIG 5306"
    assert run_command(["cite", "--style", "mla", "--json"]) == 0
    (made,) = json.loads(capsys.readouterr().out)["citations"]
    assert made["document"] == "mielke-kryuchkov-1983-09-19"
    assert re.match("“Note about the Talks", made["entry"])
    assert run_command(["cite", "nothing"]) == 1
    assert "There is no document 'nothing'" in capsys.readouterr().err
    assert run_command(["cite", "--style", "harvard"]) == 1
    assert "there are: chicago, apa, mla, bibtex, ris, csl-json." in capsys.readouterr().err


def test_an_answer_carries_citations_where_they_are_asked_for(
    answerer: Answerer,
    shipped_index: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.setenv("VERBATIM_INDEX_FOLDER", str(shipped_index))
    question = "How many warning shots were fired?"
    assert run_command(["ask", question, "--cite", "apa", "--json"]) == 0
    told = json.loads(capsys.readouterr().out)
    (quote,), (made,) = told["quotes"], told["citations"]
    assert {name: made[name] for name in ("document", "start", "end")} == {
        name: quote[name] for name in ("document", "start", "end")
    }
    assert made["note"].startswith("(Note about the Talks")
    assert run_command(["ask", question, "--cite", "chicago"]) == 0
    said = " ".join(capsys.readouterr().out.split())
    assert "Bibliography (Chicago (notes and bibliography)): “Note about the Talks" in said
    assert run_command(["ask", "How do I bake bread?", "--cite", "ris"]) == 3
    assert "TY  -" not in capsys.readouterr().out
