"""Restricting by collection and time in the chat, at the terminal and where words are found."""

from __future__ import annotations

import re
from collections.abc import Iterator

import httpx
import pytest
from playwright.sync_api import Browser, Page, expect

from qa.render.languages import NAMES, catalogue
from test_filters import write_documents
from web_browser import DESKTOP, LANDSCAPE, PHONE, PORTRAIT, axe_violations, chromium, opened
from web_kiosk import ask as ask_at_terminal
from web_kiosk import begin
from web_support import Server, running, settings_for, word_site

pytestmark = pytest.mark.browser
FERRY = "Who says that it broke and the ferry?"
IN_WINTER = "It broke in winter and the ferry was sold."
LANGUAGES = pytest.mark.parametrize("language", NAMES)


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    archive = write_documents(tmp_path_factory.mktemp("filtered"))
    settings = settings_for(tmp_path_factory.mktemp("state"), archive=archive)
    with running(word_site(settings)) as started:
        httpx.get(started.url, timeout=300)
        yield started


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with chromium() as started:
        yield started


def choose(page: Page, name: str, shown: str) -> None:
    """Choose in a list; several lists are folded until they are wanted."""
    if page.locator("#va-restrict").get_attribute("aria-expanded") == "false":
        page.locator("#va-restrict").click()
    page.locator(f"#{name} input").click()
    page.get_by_role("option", name=shown, exact=True).click()


def ask(page: Page, question: str) -> None:
    expect(page.locator("body.va-ready")).to_have_count(1)
    count = page.locator(".va-answer").count()
    page.locator("#va-question textarea").fill(question)
    page.keyboard.press("Enter")
    expect(page.locator(".va-answer")).to_have_count(count + 1)


def fits(page: Page) -> bool:
    return bool(page.evaluate("document.documentElement.scrollWidth <= innerWidth"))


@LANGUAGES
@pytest.mark.parametrize("size", [DESKTOP, PHONE], ids=["desktop", "phone"])
def test_in_the_chat(
    server: Server, browser: Browser, size: tuple[int, int], language: str
) -> None:
    say = catalogue(language).gettext
    with opened(browser, f"{server.url}/?lang={language}", size) as (page, watch):
        expect(page.locator("body.va-ready")).to_have_count(1)
        choose(page, "va-collection", "Mill papers")
        choose(page, "va-until", say("until {date}").format(date=1984))
        assert axe_violations(page) == []
        assert fits(page)
        ask(page, FERRY)
        expect(page.locator(".va-quote p").first).to_have_text(f"“{IN_WINTER}”")
        year = "1984년" if language == "ko" else "1984"
        parts = f"Mill papers, {say('until {date}').format(date=year)}"
        only = say("only {what}").format(what=parts)
        expect(page.locator(".va-only")).to_have_text(only)
        page.reload()
        expect(page.locator(".va-only")).to_have_text(only)
        expect(page.locator("#va-collection input")).to_have_value("Mill papers")
        assert watch.complaints == []


def test_a_question_asked_by_itself_keeps_what_it_was_restricted_to(
    server: Server, browser: Browser
) -> None:
    with opened(browser, server.url) as (page, _):
        expect(page.locator("body.va-ready")).to_have_count(1)
        ask(page, FERRY)
        choose(page, "va-collection", "Mill papers")
        ask(page, "And the ferry?")
        choose(page, "va-collection", "All collections")
        choose(page, "va-since", "from 1991 on")
        page.get_by_role("button", name="Ask this by itself").click()
        expect(page.locator(".va-answer")).to_have_count(3)
        expect(page.locator(".va-asked").last.locator(".va-only")).to_have_text("only Mill papers")
        page.locator("#va-undo").click()
        expect(page.locator(".va-answer")).to_have_count(2)
        expect(page.locator("#va-collection input")).to_have_value("Mill papers")
        expect(page.locator("#va-since input")).to_have_value("from the beginning")


@LANGUAGES
def test_where_words_are_found(server: Server, browser: Browser, language: str) -> None:
    say = catalogue(language).gettext
    with opened(browser, f"{server.url}/find?lang={language}", PHONE) as (page, _):
        page.get_by_role("textbox").fill("ferry")
        page.locator("[name=collection]").select_option("Mill papers")
        page.locator("[name=until]").select_option("1984")
        page.get_by_role("main").get_by_role("button", name=say("Find")).click()
        expect(page.locator(".va-group")).to_have_count(1)
        expect(page.locator("mark.va-found")).to_have_count(2)
        expect(page.locator(".va-notice")).to_contain_text("2")
        assert page.locator("[name=until]").input_value() == "1984"
        assert axe_violations(page) == []
        assert fits(page)


@LANGUAGES
@pytest.mark.parametrize("size", [PORTRAIT, LANDSCAPE], ids=["portrait", "landscape"])
def test_at_the_terminal(
    server: Server, browser: Browser, size: tuple[int, int], language: str
) -> None:
    say = catalogue(language).gettext
    with opened(browser, server.url + "/kiosk", size, touch=True) as (page, watch):
        begin_without_questions(page)
        page.locator(f"[data-language={language}]").tap()
        expect(page.locator("html")).to_have_attribute("lang", language)
        page.locator("[data-collection='Mill papers']").tap()
        page.locator("[data-since='1989']").tap()
        expect(page.locator("[data-since='1989']")).to_have_attribute("aria-pressed", "true")
        expect(page.locator("#own")).to_be_in_viewport(ratio=1)
        assert axe_violations(page) == []
        ask_at_terminal(page, FERRY)
        expect(page.locator("#card blockquote")).to_contain_text(IN_WINTER)
        said = say("only {what}").format(what="Mill papers, 1989")
        expect(page.locator("#only")).to_have_text(said)
        page.keyboard.press("Escape")
        page.keyboard.press("Escape")
        page.locator("#begin").tap()
        expect(page.locator("[data-collection='']")).to_have_attribute("aria-pressed", "true")
        assert watch.complaints == []


def begin_without_questions(page: Page) -> None:
    page.locator("#begin").tap()
    expect(page.locator("#start")).to_be_visible()


def test_nothing_is_offered_where_there_is_no_choice(
    browser: Browser, tmp_path_factory: pytest.TempPathFactory
) -> None:
    with running(word_site(settings_for(tmp_path_factory.mktemp("one")))) as alone:
        with opened(browser, alone.url) as (page, _):
            expect(page.locator("body.va-ready")).to_have_count(1)
            expect(page.locator("#va-speaker")).to_be_visible()
            for name in ("va-restrict", "va-document", "va-collection", "va-since", "va-until"):
                expect(page.locator(f"#{name}")).to_be_hidden()
        assert "<select" not in httpx.get(alone.url + "/find").text
        with opened(browser, alone.url + "/kiosk", PORTRAIT, touch=True) as (page, _):
            begin(page)
            expect(page.locator("#where")).to_have_count(0)


def test_places_are_counted_in_all_and_by_document(server: Server) -> None:
    page = httpx.get(server.url + "/find?words=ferry").text
    assert "<strong>7 places</strong>" in page
    counts = re.findall(r'<p class="va-small">(\d) places?</p>', page)
    assert counts == ["2", "1", "2", "2"]
    assert page.count("<mark") == sum(map(int, counts))


def test_a_short_message_upsets_no_rule(server: Server, browser: Browser) -> None:
    permissions = ("clipboard-write",)
    with opened(browser, server.url, permissions=permissions) as (page, _):
        ask(page, FERRY)
        page.locator(".va-share").first.click()
        expect(page.locator("#va-toast")).to_be_visible()
        expect(page.locator("#va-status")).to_have_text("Link copied.")
        assert axe_violations(page) == []
