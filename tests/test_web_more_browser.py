"""The passages after a quote open where they are counted, on both pages."""

from __future__ import annotations

import json
from collections.abc import Iterator

import httpx
import pytest
from playwright.sync_api import Browser, expect

from web_browser import (
    CONTRAST,
    DESKTOP,
    HIGH_CONTRAST,
    LANDSCAPE,
    PHONE,
    PORTRAIT,
    axe_violations,
    chromium,
    opened,
)
from web_kiosk import ask as ask_at_terminal
from web_kiosk import begin
from web_support import SHOTS, SHOTS_WORDS, Server, running, settings_for, word_site

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    with running(word_site(settings_for(tmp_path_factory.mktemp("more")))) as started:
        httpx.get(started.url, timeout=300)  # the chat is loaded behind the other pages
        yield started


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with chromium() as started:
        yield started


@pytest.mark.parametrize("size", [DESKTOP, PHONE], ids=["desktop", "phone"])
def test_the_chat_opens_them_below_the_quotes(
    server: Server, browser: Browser, size: tuple[int, int]
) -> None:
    noted = server.site.settings.state_folder / "feedback.jsonl"
    noted.unlink(missing_ok=True)
    with opened(browser, server.url, size) as (page, watch):
        expect(page.locator("body.va-ready")).to_have_count(1)
        page.locator("#va-question textarea").fill(SHOTS)
        page.keyboard.press("Enter")
        count = page.locator(".va-more > summary")
        expect(count).to_have_text("3 more passages")
        expect(page.locator(".va-card:visible")).to_have_count(2)
        box = count.bounding_box()
        assert box
        assert box["height"] >= 44
        count.click()
        expect(page.locator(".va-card:visible")).to_have_count(5)
        assert axe_violations(page) == []
        page.emulate_media(color_scheme="dark")
        page.evaluate("() => Promise.all(document.getAnimations().map(one => one.finished))")
        assert axe_violations(page, only=CONTRAST) == []
        page.get_by_role("button", name="Not what I asked").click()
        expect(page.locator("#va-toast")).to_contain_text("noted for the curator")
        page.locator(".va-more .va-yes").first.click()
        expect(page.locator(".va-more .va-yes").first).to_be_disabled()
        page.locator(".va-more .va-link").first.click()
        expect(page.locator("#va-panel-place")).to_contain_text("Quote 1 of 3")
        page.keyboard.press("Escape")
        page.locator(".va-link").first.click()
        expect(page.locator("#va-panel-place")).to_contain_text("Quote 1 of 2")
        assert watch.complaints == []
    no, yes = (json.loads(line) for line in noted.read_text().splitlines())
    assert (no["kind"], len(no["passages"])) == ("no", 2), "what was not opened is not judged"
    assert (yes["kind"], len(yes["passages"])) == ("yes", 1)


@pytest.mark.parametrize("size", [PORTRAIT, LANDSCAPE], ids=["portrait", "landscape"])
def test_the_terminal_opens_them_and_leads_back(
    server: Server, browser: Browser, size: tuple[int, int]
) -> None:
    with opened(browser, f"{server.url}/kiosk", size, touch=True) as (page, watch):
        begin(page)
        ask_at_terminal(page, SHOTS)
        more = page.locator("#more")
        expect(more).to_have_text("3 more passages")
        for button in page.locator("#answer button:visible").all():
            expect(button).to_be_in_viewport(ratio=0.99)
        expect(page.locator("#card blockquote")).to_be_in_viewport(ratio=0.99)
        more.tap()
        expect(page.locator("#sentence")).to_have_text("3 more passages")
        expect(page.locator("#status")).to_have_text("3 more passages")
        expect(page.locator("#card blockquote")).to_have_count(3)
        expect(page.locator("#card blockquote").first).to_be_in_viewport()
        expect(page.locator("#which")).to_be_hidden()
        assert axe_violations(page, also=HIGH_CONTRAST) == []
        expect(more).to_have_text("Back")
        more.tap()
        expect(page.locator("#card blockquote")).to_have_text(f"“{SHOTS_WORDS}”")
        expect(page.locator("#sentence")).to_have_text("2 quotes found")
        more.tap()
        page.keyboard.press("Escape")
        expect(page.locator("#which")).to_have_text("Quote 1 of 2")
        page.keyboard.press("Escape")
        expect(page.locator("#start")).to_be_visible()
        assert watch.complaints == []


def test_the_terminal_counts_them_in_the_visitors_language(
    server: Server, browser: Browser
) -> None:
    with opened(browser, f"{server.url}/kiosk", PORTRAIT, touch=True) as (page, _):
        begin(page)
        page.locator("[data-language=ru]").tap()
        expect(page.locator("html")).to_have_attribute("lang", "ru")
        ask_at_terminal(page, SHOTS)
        expect(page.locator("#more")).to_have_text("Ещё 3 отрывка")
        page.locator("#more").tap()
        expect(page.locator("#more")).to_have_text("Назад")
