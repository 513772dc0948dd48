"""Take the pictures of ``docs/screenshots`` anew: ``python tests/web_screenshots.py``."""

from __future__ import annotations

import io
import re
import sys
import tempfile
from pathlib import Path

from PIL import Image
from playwright.sync_api import Browser, Page, expect

sys.path.insert(0, str(Path(__file__).parent.parent))

from qa.answering import Answerer, open_answerer
from qa.settings import Settings
from qa.web.site import Site
from web_browser import DESKTOP, PHONE, PORTRAIT, chromium, opened
from web_support import NOTHING, SHOTS, running, settings_for

FOLDER = Path(__file__).parent.parent / "docs" / "screenshots"
UNSURE = "Who died?"
_COLOURS = 64


def take(answerer: Answerer, state: Path, folder: Path) -> None:
    """Write every picture into ``folder``."""
    folder.mkdir(parents=True, exist_ok=True)
    # Korean needs a font that a computer for tests may lack.
    settings = settings_for(state, kiosk_languages=("en", "de", "ru"))
    site = Site.of(answerer, settings)
    with running(site) as server, chromium() as browser:
        _chat(browser, server.url, folder)
        _phone(browser, server.url, folder)
        _source(browser, server.url, folder)
        _terminal(browser, server.url, folder)


def _ask(page: Page, question: str) -> None:
    count = page.locator(".va-answer").count()
    page.locator("#va-question textarea").fill(question)
    page.keyboard.press("Enter")
    expect(page.locator(".va-answer")).to_have_count(count + 1)
    page.mouse.move(0, 0)


def _chat(browser: Browser, url: str, folder: Path) -> None:
    with opened(browser, url, DESKTOP) as (page, _):
        expect(page.locator("body")).to_have_class(re.compile("va-ready"))
        _save(page, folder / "chat-start.png")
        _ask(page, SHOTS)
        _save(page, folder / "chat-answer.png")
        page.locator(".va-link").first.click()
        expect(page.locator("#va-panel mark.va-current")).to_be_visible()
        _save(page, folder / "chat-context.png")
    with opened(browser, url, DESKTOP) as (page, _):
        expect(page.locator("body")).to_have_class(re.compile("va-ready"))
        _ask(page, UNSURE)
        _save(page, folder / "chat-perhaps.png")
    with opened(browser, url, DESKTOP, dark=True) as (page, _):
        expect(page.locator("body")).to_have_class(re.compile("va-ready"))
        _ask(page, NOTHING)
        _save(page, folder / "chat-no-answer-dark.png")


def _phone(browser: Browser, url: str, folder: Path) -> None:
    with opened(browser, url, PHONE, touch=True) as (page, _):
        expect(page.locator("body")).to_have_class(re.compile("va-ready"))
        _ask(page, SHOTS)
        _save(page, folder / "phone-answer.png")


def _source(browser: Browser, url: str, folder: Path) -> None:
    with opened(browser, url + "/source/mielke-kryuchkov-1983-09-19", DESKTOP) as (page, _):
        _save(page, folder / "source.png")


def _terminal(browser: Browser, url: str, folder: Path) -> None:
    with opened(browser, url + "/kiosk", PORTRAIT, touch=True) as (page, _):
        expect(page.locator("#attract-question")).not_to_be_empty()
        page.locator("#begin").tap()
        expect(page.locator("#questions button").first).to_be_visible()
        _save(page, folder / "terminal-start.png")
        page.locator("#questions button").nth(1).tap()
        expect(page.locator("#card blockquote")).to_be_visible()
        _save(page, folder / "terminal-answer.png")
        page.locator("#again").tap()
        page.locator("[data-at=ask]").wait_for()
        page.keyboard.type(SHOTS)
        _save(page, folder / "terminal-keyboard.png")


def _save(page: Page, path: Path) -> None:
    page.evaluate("() => document.fonts.ready")
    picture = Image.open(io.BytesIO(page.screenshot(animations="disabled")))
    if picture.height > DESKTOP[0]:
        picture = picture.resize((picture.width // 2, picture.height // 2))
    picture.convert("RGB").quantize(_COLOURS).save(path, optimize=True)


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as state:
        take(open_answerer(Settings.load()), Path(state), FOLDER)
    print(f"Written to {FOLDER}.")
