"""Asking and finding in part of an archive: by document, collection, speaker and date."""

from __future__ import annotations

import io
import json
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from corpus.archive import open_archive
from index.passages import View
from qa.archive import Archive
from qa.cli import run_command
from qa.errors import UsageError
from qa.jsonl import Refused, Request, read_requests
from qa.settings import Settings
from qa.within import Within
from small_index import build, opened
from web_support import Server, running, settings_for, word_site

RECORD = """\
title = "{title}"
{date}
collection = "{collection}"

[[participants]]
name = "Reed"
full_name = "Anna Reed"

[[participants]]
name = "Polk"
"""
DOCUMENTS = {
    "dam-1": ("1984-05-02", "Dam oral histories", "It broke at noon and the ferry was lost."),
    "dam-2": ("1991", "Dam oral histories", "It broke at nine and the chapel was lost."),
    "mill": ("198X", "Mill papers", "It broke in winter and the ferry was sold."),
    "undated": ("", "Mill papers", "It broke one day and the ferry was burnt."),
}


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_documents(tmp_path_factory.mktemp("filters"))


def write_documents(folder: Path) -> Path:
    """Write an archive whose documents differ in collection and date."""
    for name, (date, collection, words) in DOCUMENTS.items():
        text = f"REED: {words}\n\nPOLK: Who saw the ferry that day?\n\nREED: I did.\n"
        dated = f'date = "{date}"' if date else ""
        (folder / f"{name}.txt").write_text(text)
        record = RECORD.format(title=name, date=dated, collection=collection)
        (folder / f"{name}.toml").write_text(record)
    return folder


def found(capsys: pytest.CaptureFixture[str], folder: Path, *options: str) -> list[str]:
    """Return where "ferry" is found, as document and speaker."""
    capsys.readouterr()
    code = run_command(["find", "ferry", "--json", *options, "--archive", str(folder)])
    matches = json.loads(capsys.readouterr().out)["matches"]
    assert code == (0 if matches else 3)
    return [f"{match['document']} {match['speaker']}" for match in matches]


def test_words_are_found_only_where_they_are_looked_for(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert len(found(capsys, folder)) == 7
    assert found(capsys, folder, "--document", "dam-1") == ["dam-1 Reed", "dam-1 Polk"]
    assert found(capsys, folder, "--collection", "dam ORAL", "--speaker", "anna reed") == [
        "dam-1 Reed"
    ]
    assert found(capsys, folder, "--since", "1990", "--speaker", "Reed") == []
    assert found(capsys, folder, "--until", "1984-05-02", "--speaker", "Reed") == [
        "dam-1 Reed",
        "mill Reed",
    ]


def test_what_has_no_date_is_left_out_of_a_time_and_that_is_said(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    run_command(["find", "ferry", "--since", "1980", "--archive", str(folder)])
    assert "1 document without a date is left out" in capsys.readouterr().err
    run_command(["list", "--until", "1980", "--archive", str(folder)])
    assert "1 document without a date is left out" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("options", "says"),
    [
        (["--collection", "Bees"], "There is no collection “Bees”; there are: Dam oral histories;"),
        (["--since", "2001"], "No document is dated so"),
        (["--since", "1991", "--until", "1984"], "“1991” is later than until: “1984”"),
        (["--since", "May 1984"], 'since: “May 1984” is no date; write for example "1984"'),
        (["--speaker", "Hale"], "There is no speaker 'Hale'; there are: Reed, Polk, Anna Reed."),
        (["--document", "dam"], "There is no document 'dam'; there are: dam-1, dam-2, mill"),
    ],
)
def test_where_nothing_can_be_found_it_is_not_said_that_nothing_was(
    folder: Path, capsys: pytest.CaptureFixture[str], options: list[str], says: str
) -> None:
    assert run_command(["find", "ferry", *options, "--archive", str(folder)]) == 1
    assert says in capsys.readouterr().err


def test_python_refuses_alike_before_anything_is_built(folder: Path) -> None:
    archive = Archive(open_archive(folder), Settings.load())
    assert len(archive.find("ferry", collection="Mill", speaker="Reed").matches) == 2
    with pytest.raises(UsageError, match="There is no collection “Bees”"):
        archive.find("ferry", collection="Bees")
    with pytest.raises(UsageError, match="“May 1984” is no date"):
        archive.ask("Who saw the ferry?", since="May 1984")


def test_of_many_names_those_that_are_near_are_shown() -> None:
    from qa.errors import require_document

    with pytest.raises(UsageError) as refused:
        require_document("interview-77", [f"interview-{number:03}" for number in range(400)])
    sentence = str(refused.value)
    assert "interview-077" in sentence
    assert "'verbatim list' shows all 400" in sentence
    assert len(sentence) < 200


def test_what_is_confined_is_searched_as_if_there_were_nothing_else(tmp_path: Path) -> None:
    """A hundred passages elsewhere that are nearer do not hide the ones asked for."""
    folder = tmp_path / "archive"
    folder.mkdir()
    near = " ".join("When was the boat lost?" for _ in range(120))
    for name, words in (("loud", near), ("quiet", "A boat went down. It was late.")):
        (folder / f"{name}.txt").write_text(f"ANNA: {words}\n")
        (folder / f"{name}.toml").write_text(f'title = "{name}"\n')
    index = opened(tmp_path / "index", build(tmp_path / "index", folder, window=1))
    question = "When was the boat lost?"
    vector = index.encoder.encode_queries([question])
    every = index.search_vector(question, vector, (View.SENTENCE,), depth=10)[View.SENTENCE]
    assert {hit.passage.document for hit in every.dense} == {"loud"}
    assert {hit.passage.document for hit in every.lexical} == {"loud"}
    only = index.search_vector(
        question, vector, (View.SENTENCE,), depth=10, documents=frozenset({"quiet"})
    )[View.SENTENCE]
    assert [hit.passage.document for hit in only.dense] == ["quiet", "quiet"]
    assert [hit.passage.text for hit in only.lexical] == ["ANNA: A boat went down."]


def test_a_line_of_many_questions_may_say_where_it_is_asked() -> None:
    from io import BytesIO

    from qa.asking import Asked

    lines = b'{"question": "Who?", "collection": "Mill", "since": "1984"}\n{"question": "Why?"}\n'
    usual = Asked("", document="mill", within=Within.read("Dam", None, "1990"))
    requests = read_requests(BytesIO(lines), usual)
    first, second = (one.asked for one in requests if isinstance(one, Request))
    assert first.within == Within.read("Mill", "1984", "1990")
    assert (second.within, second.document) == (usual.within, "mill")
    (refused,) = read_requests(BytesIO(b'{"question": "Who?", "since": "soon"}\n'))
    assert isinstance(refused, Refused)
    assert "line 1: since: “soon” is no date" in refused.sentence


@pytest.fixture(scope="module")
def server(folder: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    settings = settings_for(tmp_path_factory.mktemp("state"), archive=folder)
    with running(word_site(settings)) as started:
        yield started


def test_programs_ask_in_part_of_an_archive_over_http(server: Server) -> None:
    def asked(**where: str) -> set[str]:
        body = {"question": "When was the ferry lost?", **where}
        answer = httpx.post(server.url + "/api/ask", json=body).json()
        return {quote["document"] for quote in (*answer["quotes"], *answer["nearest"])}

    assert asked() > {"dam-1", "mill"}
    assert asked(collection="mill papers") == {"mill", "undated"}
    assert asked(since="1984-01", until="1984-12") == {"dam-1", "mill"}
    assert asked(document="dam-2", speaker="anna reed") <= {"dam-2"}
    refused = httpx.post(server.url + "/api/ask", json={"question": "Who?", "since": "2001"})
    assert refused.status_code == 422
    assert "No document is dated so" in refused.json()["error"]


def test_programs_find_in_part_of_an_archive_over_http(server: Server) -> None:
    def places(**where: str) -> httpx.Response:
        return httpx.get(server.url + "/api/find", params={"words": "ferry", **where})

    matches = places(collection="Mill", speaker="Reed").json()["matches"]
    assert [one["document"] for one in matches] == ["mill", "undated"]
    assert places(until="1985", document="dam-1").json()["count"] == 2
    assert places(speaker="Nobody").status_code == 422


@pytest.mark.parametrize(
    "options",
    [
        ["--speaker", "Hale"],
        ["--document", "dam-9"],
        ["--collection", "No such"],
        ["--since", "2020"],
    ],
)
def test_a_filter_that_fits_nothing_is_refused_before_the_index_is_built(
    folder: Path,
    options: list[str],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.setenv("VERBATIM_INDEX_FOLDER", str(tmp_path / "index"))
    assert run_command(["ask", "Who saw the ferry?", *options, "--archive", str(folder)]) == 1
    said = capsys.readouterr().err
    assert "Building" not in said
    assert not (tmp_path / "index").exists()
    line = json.dumps({"question": "Who saw the ferry?"}) + "\n"
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(line.encode())))
    assert run_command(["ask", "--jsonl", *options, "--archive", str(folder)]) == 1
    assert capsys.readouterr().err.startswith("verbatim: Standard input, line 1: ")
    assert not (tmp_path / "index").exists()
