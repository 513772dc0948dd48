"""Every page, in every state, language, size and colour, is held to the same few rules.

All pairs of two of these are tried; all combinations only with ``make test-long``.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations, product

import httpx
import pytest
from playwright.sync_api import Browser, Page, expect

from qa.render.languages import NAMES
from web_browser import DESKTOP, LANDSCAPE, PHONE, PORTRAIT, axe_violations, chromium, opened
from web_support import (
    DOCUMENT,
    NOTHING,
    SHOTS,
    UNCERTAIN,
    Server,
    running,
    settings_for,
    word_site,
)

pytestmark = [pytest.mark.browser, pytest.mark.slow]
ZOOMED = (640, 400)
"""What is left of 1280 by 800 at 200 %."""
SIZES = (DESKTOP, PHONE, PORTRAIT, LANDSCAPE, ZOOMED)
STATES = ("answered", "possible", "abstained", "catalogue", "start")
PAGES = ("chat", "terminal", "find", "reading")
QUESTIONS = {
    "answered": SHOTS,
    "possible": UNCERTAIN,
    "abstained": NOTHING,
    "catalogue": "Who is Mielke?",
}
WORDS = {
    "answered": "warning shots",
    "possible": "missle",
    "abstained": "sourdough",
    "catalogue": "Patron",
    "start": "",
}
READ = {
    "answered": "at=8299-8340#hit-1",
    "possible": "find=Strauss",
    "abstained": "find=sourdough",
    "catalogue": "find=Patron",
    "start": "",
}


@dataclass(frozen=True, slots=True)
class Cell:
    size: tuple[int, int]
    state: str
    language: str
    dark: bool
    page: str

    def __str__(self) -> str:
        colours = "dark" if self.dark else "light"
        size = "x".join(map(str, self.size))
        return f"{self.page}-{self.state}-{self.language}-{size}-{colours}"


FACTORS: tuple[Sequence[object], ...] = (SIZES, STATES, tuple(NAMES), (False, True), PAGES)
EVERY = [Cell(*row) for row in product(*FACTORS)]  # type: ignore[arg-type]


def in_pairs(factors: Sequence[Sequence[object]]) -> list[tuple[object, ...]]:
    """Return few rows that hold every pair of values of two factors: the greediest row first."""

    def pairs(row: Sequence[object]) -> set[tuple[tuple[int, object], ...]]:
        return set(combinations(enumerate(row), 2))

    every = [(row, pairs(row)) for row in product(*factors)]
    missing = set().union(*(held for _, held in every))
    chosen = []
    while missing:
        row, held = max(every, key=lambda one: len(one[1] & missing))
        chosen.append(row)
        missing -= held
    return chosen


CHOSEN = [Cell(*row) for row in in_pairs(FACTORS)]  # type: ignore[arg-type]


def test_every_pair_is_tried() -> None:
    rows = in_pairs(FACTORS)
    tried = {pair for row in rows for pair in combinations(enumerate(row), 2)}
    sizes = [len(values) for values in FACTORS]
    assert len(tried) == sum(a * b for a, b in combinations(sizes, 2))
    assert len(rows) <= 40


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    with running(word_site(settings_for(tmp_path_factory.mktemp("matrix")))) as started:
        httpx.get(started.url, timeout=300)
        yield started


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with chromium() as started:
        yield started


@pytest.mark.parametrize("cell", CHOSEN, ids=str)
def test_every_page_keeps_the_rules(server: Server, browser: Browser, cell: Cell) -> None:
    check(server, browser, cell)


@pytest.mark.long
@pytest.mark.parametrize("cell", EVERY, ids=str)
def test_every_page_keeps_the_rules_in_all_combinations(
    server: Server, browser: Browser, cell: Cell
) -> None:
    check(server, browser, cell)


def check(server: Server, browser: Browser, cell: Cell) -> None:
    """Bring a page into its state, and hold it to the rules."""
    at = address(cell)
    with opened(
        browser, server.url + at, cell.size, dark=cell.dark, touch=cell.page == "terminal"
    ) as (page, watch):
        {"chat": in_chat, "terminal": at_terminal}.get(cell.page, settled)(page, cell)
        keeps_the_rules(page, cell)
        assert watch.complaints == [], cell
        assert watch.hosts == {"127.0.0.1"}, cell


def address(cell: Cell) -> str:
    lang = f"lang={cell.language}"
    return {
        "chat": f"/?{lang}",
        "terminal": "/kiosk",
        "find": f"/find?{lang}&words={WORDS[cell.state]}",
        "reading": f"/source/{DOCUMENT}?{lang}&{READ[cell.state]}",
    }[cell.page]


def settled(page: Page, cell: Cell) -> None:
    expect(page.locator("main h1")).to_be_attached()


def in_chat(page: Page, cell: Cell) -> None:
    expect(page.locator("body.va-ready")).to_have_count(1)
    if cell.state == "start":
        return
    page.locator("#va-question textarea").fill(QUESTIONS[cell.state])
    page.keyboard.press("Enter")
    expect(page.locator(".va-answer")).to_have_count(1)


def at_terminal(page: Page, cell: Cell) -> None:
    expect(page.locator("#attract-question")).not_to_be_empty()
    page.locator("#begin").tap()
    page.locator(f"[data-language={cell.language}]").tap()
    expect(page.locator("html")).to_have_attribute("lang", cell.language)
    if cell.state == "start":
        return
    page.locator("#own").tap()
    page.keyboard.type(QUESTIONS[cell.state])
    page.keyboard.press("Enter")
    expect(page.locator("#answer")).to_be_visible()


QUOTES = {
    "chat": ".va-quote p",
    "terminal": "#card blockquote",
    "find": "mark.va-found",
    "reading": "mark.va-hit, mark.va-found",
}


def keeps_the_rules(page: Page, cell: Cell) -> None:
    assert page.locator("html").get_attribute("lang") == cell.language
    assert page.title().strip()
    wide = page.evaluate("document.documentElement.scrollWidth - innerWidth")
    assert wide <= 0, f"{cell} is {wide} pixels too wide"
    if cell.state in ("answered", "possible"):
        first = page.locator(QUOTES[cell.page]).first
        top, bottom = first.evaluate("e => [...e.getClientRects()].map(r => [r.top, r.bottom])[0]")
        line = first.evaluate("e => parseFloat(getComputedStyle(e).lineHeight) || 0")
        ends = min(bottom, top + line) if line else bottom
        assert top >= 0, cell
        assert ends <= page.evaluate("innerHeight"), f"{cell}: the first line ends at {ends}"
    if cell.page == "terminal" and cell.state not in {"abstained", "start"}:
        first = page.locator("#card").bounding_box()
        leading = page.locator("#leading").bounding_box()
        assert first
        assert leading is None or leading["y"] > first["y"], "what was found comes first"
    if cell.page == "chat" and cell.state == "catalogue":
        roles = {"en": "Minister", "de": "Minister für", "ko": "장관", "ru": "министр"}
        expect(page.locator(".va-catalogue")).to_contain_text(roles[cell.language])
    assert axe_violations(page) == [], cell
