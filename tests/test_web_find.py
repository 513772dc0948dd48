"""Every place of some words: exact ones, other forms, and what is no part of a document apart."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from corpus.archive import Archive
from qa.widening import find_widely
from web_support import Server, running, settings_for, word_site


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    with running(word_site(settings_for(tmp_path_factory.mktemp("find")))) as started:
        yield started


def test_other_forms_and_spellings_are_found_and_told(archive: Archive) -> None:
    exact = find_widely(archive, "tracer bullets")
    assert (len(exact.found.matches), exact.besides) == (1, ())
    inflected = find_widely(archive, "tracer bullet")
    assert [match.quote for match in inflected.found.matches] == [exact.found.matches[0].quote]
    assert inflected.besides == ("tracer bullets",)
    misspelled = find_widely(archive, "missle")
    assert set(misspelled.besides) == {"missile", "missiles"}
    for match in misspelled.found.matches:
        assert match.quote.transcript.text[match.start : match.end].casefold() in misspelled.besides


def test_words_that_stand_nowhere_together_are_found_in_one_sentence(archive: Archive) -> None:
    apart = find_widely(archive, "How many warning shots were fired?")
    assert {"warning", "shots", "fired"} <= set(apart.apart)
    assert "More than 120 [warning] shots were fired." in {
        match.quote.text.replace("\n", " ") for match in apart.found.matches
    }


def test_the_page_groups_by_document_and_speaker(server: Server) -> None:
    page = httpx.get(server.url + "/find", params={"words": "Strauss"}).text
    assert "4 places" in page
    assert page.count('<mark class="va-found"') == 4
    assert re.search(r'<h3 class="va-part"><bdi lang="en">Mielke</bdi> · \d', page)
    assert "at=" in page


def test_many_places_are_shown_a_page_at_a_time(server: Server) -> None:
    def lines(page: int) -> str:
        return httpx.get(server.url + "/find", params={"words": "the", "page": page}).text

    first, second = lines(1), lines(2)
    assert first.count("<mark") == 50
    assert 'rel="next"' in first
    assert 'rel="prev"' not in first
    assert 'rel="prev"' in second
    assert lines(100_000).count('rel="next"') == 0


def test_the_web_page_around_a_document_is_listed_apart(server: Server) -> None:
    page = httpx.get(server.url + "/find", params={"words": "Patron"}).text
    assert "0 places" in page
    assert "Not part of the document (1)" in page


@pytest.mark.parametrize(
    ("language", "told"),
    [
        ("en", "these words stand only in 3 speakers’ labels"),
        ("de", "nur in 3 Namen vor Redebeiträgen"),
        ("ko", "3곳"),
        ("ru", "3"),
    ],
)
def test_words_that_only_labels_have_are_not_said_to_stand_nowhere(
    tmp_path: Path, language: str, told: str
) -> None:
    said = "ORTEGA: I was there.\n\nREED: When was it?\n\n" * 3
    folder = tmp_path / "archive"
    folder.mkdir()
    (folder / "talk.txt").write_text(said)
    (folder / "talk.toml").write_text('title = "A talk"\n')
    with running(word_site(settings_for(tmp_path / "state", archive=folder))) as started:
        address = f"{started.url}/find?lang={language}&words="
        page = httpx.get(f"{address}Ortega").text
        status = page.partition('role="status"')[2].partition("</p>")[0]
        assert told in status
        assert "0 places" not in status
        assert "no other form" not in status


def test_labels_are_counted_beside_places(server: Server) -> None:
    page = httpx.get(server.url + "/find", params={"words": "Mielke"}).text
    status = page.partition('role="status"')[2].partition("</p>")[0]
    assert re.search(r"\d+ places", status)
    assert "labels have them" in status


def test_what_is_looked_for_is_text_and_never_markup(server: Server) -> None:
    page = httpx.get(server.url + "/find", params={"words": "<b>x</b>"}).text
    assert "<b>x" not in page
    assert httpx.get(server.url + "/find", params={"words": "  "}).status_code == 200
    assert httpx.get(server.url + "/find", params={"page": "0"}).status_code == 422


def test_the_page_speaks_the_language_of_the_browser(server: Server) -> None:
    headers = {"accept-language": "fr, de-AT;q=0.8, en;q=0.1"}
    page = httpx.get(server.url + "/find", params={"words": "Strauss"}, headers=headers).text
    assert '<html lang="de">' in page
    assert "4 Stellen" in page
    chosen = httpx.get(server.url + "/find?lang=ko", headers=headers)
    assert '<html lang="ko">' in chosen.text
    assert "verbatim-language=ko" in chosen.headers["set-cookie"]


def test_the_terminal_has_no_such_page(tmp_path_factory: pytest.TempPathFactory) -> None:
    settings = settings_for(tmp_path_factory.mktemp("kiosk"), kiosk=True)
    with running(word_site(settings)) as terminal:
        assert httpx.get(terminal.url + "/find?words=the").status_code == 404
