"""Whatever a document's file is called, its pages are found."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.parse import quote, unquote

import httpx
import pytest
from playwright.sync_api import expect

from corpus.archive import open_archive
from qa.quotes import Quote
from qa.render.html import link
from qa.web.kiosk import qr_svg
from web_browser import chromium, opened
from web_support import Server, running, settings_for, word_site

NAMES = (
    "what? #1 100%",
    "a b",
    "%41",
    "a%2fb",
    "?",
    "#",
    "a..b",
    "a&b=c+d;e,f",
    'it\'s "said" <b>',
    "Ä–한국어 🙂",
    "a\\b",
    "a\nb",
    "a:1-2@0",
    "x" * 240,
)
TEXT = "{name} archive\n\nANNA: In the {name} warehouse numbered{number} stood ninety barrels.\n"


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    folder = tmp_path_factory.mktemp("names")
    archive = folder / "archive"
    archive.mkdir()
    for number, name in enumerate(NAMES):
        text = TEXT.format(name="old" if "\n" in name else name, number=number)
        (archive / f"{name}.txt").write_text(text, encoding="utf-8")
        (archive / f"{name}.toml").write_text('title = "T"\n[[participants]]\nname = "ANNA"\n')
    with running(word_site(settings_for(folder / "state", archive=archive))) as started:
        yield started


@pytest.mark.parametrize("name", NAMES)
def test_every_address_of_a_document_leads_to_it(server: Server, name: str) -> None:
    transcript = server.site.archive[name]
    turn = transcript.turns[0]
    words = Quote.of(transcript, *[len(transcript.sentences) - 1] * 2)
    place = f"{words.start}-{words.end}"
    assert turn.speaker == "ANNA"
    document = quote(name, safe="")
    for path in (
        f"/source/{document}?at={place}&v={transcript.sha256[:12]}",
        f"/kiosk/context/{document}/{place}",
        f"/kiosk/qr/{document}/{place}.svg",
    ):
        answer = httpx.get(server.url + path)
        assert answer.status_code == 200, path
        assert ("hit-1" in answer.text) is not path.endswith("svg")
    asked = {"question": f"barrels warehouse number {name}"[:900], "document": name}
    found = httpx.post(server.url + "/api/ask", json=asked).json()
    assert {one["document"] for one in found["quotes"]} == {name}
    report = {"document": name, "start": words.start, "end": words.end, "comment": "x"}
    assert httpx.post(server.url + "/api/report", json=report).json() == {"saved": True}
    in_link = re.fullmatch(r"#c=([^:#?]+):\d+-\d+@\w+", link(words))
    assert in_link is not None
    assert unquote(in_link[1]) == name


def test_the_list_of_documents_links_to_each(server: Server) -> None:
    listed = httpx.get(server.url + "/source").text
    links = re.findall(r'<h2[^>]*><a href="([^"]+)"', listed)
    assert len(links) == len(NAMES)
    for address in links:
        page = httpx.get(server.url + address)
        assert page.status_code == 200, address
        forms = re.findall(r'<form[^>]* action="([^"]+)"', page.text)
        assert forms
        for form in forms:
            assert httpx.get(server.url + form, params={"find": "barrels"}).status_code == 200


@pytest.mark.browser
def test_from_card_to_context_to_source(server: Server) -> None:
    with chromium() as browser, opened(browser, server.url) as (page, watch):
        expect(page.locator("body")).to_have_class(re.compile("va-ready"))
        page.locator("#va-question textarea").fill("What stood in the warehouse numbered0?")
        page.keyboard.press("Enter")
        expect(page.locator(".va-answer")).to_have_count(1)
        page.locator(".va-link[href*='what%3F%20%231%20100%25']").first.click()
        expect(page.locator("#va-panel mark.va-current")).to_contain_text("ninety barrels")
        page.reload()
        expect(page.locator("#va-panel mark.va-current")).to_contain_text("ninety barrels")
        page.locator("#va-panel-open").click()
        expect(page.locator("mark#hit-1")).to_contain_text("ninety barrels")
        page.locator("#find").fill("barrels")
        page.keyboard.press("Enter")
        expect(page.locator("mark.va-found")).to_have_count(1)
        assert watch.complaints == []


@pytest.mark.parametrize("letter", ["x", "ü", "字", "𝔸"])
def test_a_reference_of_any_length_makes_a_code(
    tiny_archive: Callable[..., Path], letter: str
) -> None:
    folder = tiny_archive()
    record = folder / "ferry.toml"
    titled = re.sub("(?m)^title = .*$", f'title = "{letter * 4000}"', record.read_text("utf-8"))
    record.write_text(titled, "utf-8")
    transcript = open_archive(folder)["ferry"]
    sentence = next(s for s in transcript.sentences if s.turn)
    quote = Quote.of(transcript, sentence.number, sentence.number)
    assert b"<svg" in qr_svg(quote, "https://archive.example")
