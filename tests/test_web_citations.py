"""The page that cites a quote, the files it offers, and what reference managers read of a page."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import bibtexparser
import html5lib
import httpx
import pytest
import rispy

from web_support import DOCUMENT, SHOTS, Server, running, settings_for, word_site, write_hostile

PLACE = f"/cite/{DOCUMENT}/8299-8340"


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    with running(word_site(settings_for(tmp_path_factory.mktemp("citations")))) as started:
        yield started


def test_a_quote_is_cited_in_every_form(server: Server) -> None:
    shown = httpx.get(server.url + PLACE).text
    assert "More than 120 <span" in shown
    for heading in ("Chicago (notes and bibliography)", "APA", "MLA", "BibTeX", "RIS", "CSL-JSON"):
        assert f"<h2>{heading}</h2>" in shown
    assert "(Note about the Talks" in shown


def test_the_files_are_read_by_reference_managers(server: Server) -> None:
    (record,) = rispy.loads(httpx.get(f"{server.url}{PLACE}.ris").text)
    assert record["call_number"] == "MfS, ZAIG 5306"
    library = bibtexparser.parse_string(httpx.get(f"{server.url}{PLACE}.bib").text)
    assert [entry.key for entry in library.entries] == [DOCUMENT]
    (item,) = httpx.get(f"{server.url}{PLACE}.json").json()
    assert item["archive_location"] == "MfS, ZAIG 5306"


@pytest.mark.parametrize("place", ["8300-8340", "8299-999999999", "1-2.ris"])
def test_what_is_no_quote_is_not_cited(server: Server, place: str) -> None:
    assert httpx.get(f"{server.url}/cite/{DOCUMENT}/{place}").status_code == 404


def test_a_page_for_reading_carries_its_record(server: Server) -> None:
    tree = html5lib.parse(
        httpx.get(f"{server.url}/source/{DOCUMENT}").text, namespaceHTMLElements=False
    )
    told = [(one.get("name"), one.get("content")) for one in tree.iter("meta")]
    record = server.site.archive[DOCUMENT].record
    assert ("DC.title", record.title) in told
    assert ("citation_date", "1983/09/19") in told
    assert ("DC.identifier", "MfS, ZAIG 5306") in told
    assert ("DC.contributor", "Kryuchkov, Vladimir Alexandrovich") in told


def test_a_card_leads_to_its_citations(server: Server) -> None:
    from qa.asking import Asked
    from qa.render.html import answer_html

    answer = server.site.answerer.ask(Asked(SHOTS))
    assert f'href="{PLACE}"' in answer_html(answer)
    assert "/cite/" not in answer_html(answer, actions=False)


def test_a_hostile_record_is_escaped(tmp_path: Path) -> None:
    folder = tmp_path / "archive"
    folder.mkdir()
    write_hostile(folder)
    settings = settings_for(tmp_path / "state", archive=folder)
    with running(word_site(settings)) as server:
        transcript = server.site.archive.transcripts[0]
        sentence = transcript.sentences[0]
        place = f"/cite/{transcript.id}/{sentence.start}-{sentence.end}"
        shown = httpx.get(server.url + place)
        read = httpx.get(f"{server.url}/source/{transcript.id}")
    for page in (shown, read):
        assert page.status_code == 200
        assert "<script>alert" not in page.text
        assert "<img src=x" not in page.text
