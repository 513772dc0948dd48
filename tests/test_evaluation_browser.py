"""The evaluation report in a real browser: readable by everybody, on screen and on paper."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from qa.cli import run_command
from web_browser import DESKTOP, PHONE, axe_violations, chromium, opened

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with chromium() as started:
        yield started


@pytest.fixture(scope="module")
def report(tmp_path_factory: pytest.TempPathFactory) -> str:
    folder = tmp_path_factory.mktemp("report")
    names = [part for name in ("random", "oracle", "never") for part in ("--system", name)]
    assert run_command(["evaluate", *names, "--html", str(folder)]) == 0
    return (folder / "report.html").as_uri()


@pytest.mark.parametrize("dark", [False, True])
@pytest.mark.parametrize("size", [DESKTOP, PHONE])
def test_the_report_is_accessible_and_asks_for_nothing(
    browser: Browser, report: str, size: tuple[int, int], dark: bool
) -> None:
    with opened(browser, report, size, dark=dark) as (page, watch):
        assert axe_violations(page) == []
        assert watch.requests == [report]
        assert watch.complaints == []
        width = page.evaluate("document.documentElement.scrollWidth")
        assert width <= size[0]


def test_questions_can_be_found_and_opened(browser: Browser, report: str) -> None:
    with opened(browser, report) as (page, _):
        page.get_by_label("Outcome").select_option("answered the unanswerable")
        expect(page.locator("#count")).to_have_text("35 of 127 questions")
        page.get_by_label("Find").fill("no such words anywhere")
        expect(page.locator("#count")).to_have_text("0 of 127 questions")
        page.get_by_label("Find").fill("")
        page.get_by_label("Outcome").select_option("")
        page.get_by_role("button", name="Open all").click()
        assert page.locator(".item[open]").count() == 127


def test_everything_is_printed(browser: Browser, report: str, tmp_path: Path) -> None:
    with opened(browser, report) as (page, _):
        page.emulate_media(media="print")
        page.pdf(path=tmp_path / "report.pdf", format="A4")
        assert page.locator(".item[open]").count() == 127
        expect(page.locator(".tools")).to_be_hidden()
