"""A document, a record or a question that tries to be more than text stays text everywhere."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from web_browser import PORTRAIT, Watch, chromium, opened
from web_support import Server, running, settings_for, word_site, write_hostile

pytestmark = pytest.mark.browser
COST = "What did it cost in the warehouse?"
BOLD = "bold and under and link and code, said who?"
WORDS = (
    "It cost {{ 7*7 }} ${alert(1)} <%= 1 %> [1] [sic <i>editor</i>] pounds & pence "
    "in the warehouse."
)
TYPED = (
    '<img src=x onerror="window.hacked=1"> **bold** <script>window.hacked=1</script> warehouse cost'
)


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    folder = tmp_path_factory.mktemp("hostile")
    settings = settings_for(folder / "state", archive=write_hostile(folder / "archive"))
    with running(word_site(settings)) as started:
        yield started


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with chromium() as started:
        yield started


def nothing_happened(page: Page, watch: Watch) -> None:
    assert page.evaluate("window.hacked") is None
    assert page.locator("img[src=x], svg[onload], [onerror], [onload]").count() == 0
    assert (
        page.locator("main img, main u, main i, blockquote b, .va-card a[href^=java]").count() == 0
    )
    assert watch.complaints == [], "no script error and no report of the content security policy"
    assert watch.hosts <= {"127.0.0.1"}


def test_in_the_chat(server: Server, browser: Browser) -> None:
    with opened(browser, server.url) as (page, watch):
        expect(page.locator("body")).to_have_class(re.compile("va-ready"))
        expect(page.locator(".va-questions")).to_contain_text("<b>warehouse</b>")
        for question in (COST, BOLD, TYPED):
            count = page.locator(".va-answer").count()
            page.locator("#va-question textarea").fill(question)
            page.keyboard.press("Enter")
            expect(page.locator(".va-answer")).to_have_count(count + 1)
            expect(page.locator(".va-asked").last).to_contain_text(question)
        quotes = page.locator(".va-quote").all_inner_texts()
        assert f"“{WORDS}”" in quotes
        assert any("**bold** _under_ `code` [link](javascript:hacked) $x^2$." in q for q in quotes)
        expect(page.locator(".va-who").first).to_contain_text("<img src=x")
        expect(page.locator(".va-citation").first).to_contain_text(
            "<script>window.hacked=1</script>"
        )
        nothing_happened(page, watch)
        page.locator(".va-link").first.click()
        expect(page.locator("#va-panel mark.va-current")).to_be_visible()
        expect(page.locator("#va-panel-title")).to_contain_text("{{ 7*7 }}")
        nothing_happened(page, watch)
        page.keyboard.press("Escape")
        page.reload()
        expect(page.locator(".va-answer")).to_have_count(3)
        nothing_happened(page, watch)
        page.get_by_role("combobox", name="Speaker").click()
        expect(page.get_by_role("option", name="SPEAKER <img")).to_be_visible()
        nothing_happened(page, watch)
        with page.expect_popup() as popup:
            page.get_by_role("button", name="Print or PDF").click()
        expect(popup.value.locator(".va-card").first).to_be_visible()
        nothing_happened(popup.value, watch)


def test_in_the_source_view(server: Server, browser: Browser) -> None:
    for path in ("/source", "/source/hostile", "/source/hostile?find=%3Cscript%3E&at=%3Cb%3E"):
        with opened(browser, server.url + path) as (page, watch):
            expect(page.locator("main")).to_contain_text("<script>window.hacked=1</script>")
            nothing_happened(page, watch)


def test_on_the_terminal(server: Server, browser: Browser) -> None:
    with opened(browser, server.url + "/kiosk", PORTRAIT, touch=True) as (page, watch):
        expect(page.locator("#attract-question")).to_contain_text("<b>warehouse</b>")
        page.locator("#begin").tap()
        page.locator("#questions button").first.tap()
        expect(page.locator("#card blockquote")).to_have_text(f"“{WORDS}”")
        expect(page.locator("#card .role")).to_contain_text("<u>role</u>")
        page.locator("#context-open").tap()
        expect(page.locator("#hit-1")).to_have_text(WORDS)
        nothing_happened(page, watch)
        page.locator("#context [data-back]").tap()
        page.locator("#again").tap()
        page.keyboard.type(TYPED)
        page.keyboard.press("Enter")
        expect(page.locator("#asked")).to_have_text(TYPED)
        nothing_happened(page, watch)
