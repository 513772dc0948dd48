"""A question that leans on the one before: said on both pages, and dropped where it is wrong."""

from __future__ import annotations

import json
from collections.abc import Iterator

import httpx
import pytest
from playwright.sync_api import Browser, Page, Route, expect

from web_browser import (
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
from web_support import (
    SHOTS,
    SHOTS_PLACE,
    SHOTS_WORDS,
    UNCERTAIN,
    Server,
    running,
    settings_for,
    word_site,
)

pytestmark = pytest.mark.browser
LEANING = "And he?"
CONNECTED = f"In connection with: “{SHOTS}”"
POINTS_BACK = (
    "This question points back to something that was not asked here; please ask it in full."
)
GERMAN = "Wie viele Warnschüsse wurden abgegeben?"
SCREENS = pytest.mark.parametrize("size", [PORTRAIT, LANDSCAPE], ids=["portrait", "landscape"])
CHAT = pytest.mark.parametrize("size", [DESKTOP, PHONE], ids=["desktop", "phone"])


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    with running(word_site(settings_for(tmp_path_factory.mktemp("chat")))) as started:
        httpx.get(started.url, timeout=300)  # the chat is loaded behind the other pages
        yield started


@pytest.fixture(scope="module")
def terminal(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    settings = settings_for(tmp_path_factory.mktemp("kiosk"), kiosk=True)
    with running(word_site(settings)) as started:
        yield started


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with chromium() as started:
        yield started


def ask(page: Page, question: str) -> None:
    expect(page.locator("body.va-ready")).to_have_count(1)
    count = page.locator(".va-answer").count()
    page.locator("#va-question textarea").fill(question)
    page.keyboard.press("Enter")
    expect(page.locator(".va-answer")).to_have_count(count + 1)


@CHAT
def test_the_chat_says_with_what_it_searched_and_searches_without(
    server: Server, browser: Browser, size: tuple[int, int]
) -> None:
    with opened(browser, server.url, size) as (page, watch):
        ask(page, SHOTS)
        expect(page.locator(".va-connected")).to_have_count(0)
        ask(page, LEANING)
        said = page.locator(".va-asked").last.locator(".va-connected")
        expect(said).to_contain_text(CONNECTED)
        expect(page.locator(".va-quote:visible").last).to_be_visible()
        assert axe_violations(page) == []
        page.reload()
        expect(said).to_contain_text(CONNECTED)
        with page.expect_download() as download:
            page.get_by_role("button", name="Markdown", exact=True).click()
        assert CONNECTED in download.value.path().read_text()
        button = page.get_by_role("button", name="Ask this by itself")
        box = button.bounding_box()
        assert box
        assert box["height"] >= 44
        page.locator("#va-question textarea").fill("What I am about to ask")
        button.click()
        expect(page.locator(".va-answer")).to_have_count(3)
        expect(page.locator("#va-question textarea")).to_have_value("What I am about to ask")
        last = page.locator(".va-asked").last
        expect(last.locator("h2")).to_have_text(LEANING)
        expect(last.locator(".va-connected")).to_have_count(0)
        expect(page.locator(".va-abstained").last).to_have_text(POINTS_BACK)
        expect(page.locator("#va-status")).not_to_have_text("Searching…")
        assert watch.complaints == []


def test_in_the_chat_the_question_before_is_named_as_it_was_asked(
    server: Server, browser: Browser
) -> None:
    with opened(browser, server.url) as (page, _):
        expect(page.locator("body.va-ready")).to_have_count(1)
        page.locator(".va-languages [lang=de]").click()
        page.get_by_role("button", name=GERMAN).click()
        expect(page.locator(".va-answer")).to_have_count(1)
        ask(page, LEANING)
        said = page.locator(".va-connected")
        expect(said).to_contain_text(f"Im Zusammenhang mit: „{GERMAN}“")
        expect(said).to_contain_text("Für sich allein fragen")


@SCREENS
def test_the_terminal_says_with_what_it_searched_and_searches_without(
    terminal: Server, browser: Browser, size: tuple[int, int]
) -> None:
    with opened(browser, terminal.url, size, touch=True) as (page, watch):
        begin(page)
        ask_at_terminal(page, SHOTS)
        expect(page.locator("#connected")).to_be_hidden()
        page.locator("#home").tap()
        ask_at_terminal(page, SHOTS)
        page.locator("#again").tap()
        page.keyboard.type(LEANING)
        page.keyboard.press("Enter")
        expect(page.locator("#connected-with")).to_have_text(CONNECTED)
        expect(page.locator("#card blockquote")).to_have_text(f"“{SHOTS_WORDS}”")
        expect(page.locator("#card blockquote")).to_be_in_viewport(ratio=0.99)
        for button in page.locator("#answer button:visible").all():
            expect(button).to_be_in_viewport(ratio=0.99)
        assert axe_violations(page, also=HIGH_CONTRAST) == []
        page.locator("#alone").tap()
        expect(page.locator("#sentence")).to_have_text(POINTS_BACK)
        expect(page.locator("#asked")).to_have_text(LEANING)
        expect(page.locator("#connected")).to_be_hidden()
        page.keyboard.press("Escape")
        page.keyboard.press("Escape")
        expect(page.locator("#attract")).to_be_visible()
        assert SHOTS not in page.locator("#answer").inner_html(), "nothing is left for the next"
        assert watch.complaints == []


@pytest.mark.parametrize(
    ("language", "question", "said", "drop"),
    [
        ("de", GERMAN, "Im Zusammenhang mit: „{}“", "Für sich allein fragen"),
        ("ko", "경고 사격은 몇 발이었나요?", "앞선 질문과 관련하여: “{}”", "이 질문만 따로 묻기"),
        ("ru", "Сколько было предупредительных выстрелов?", "В связи с вопросом: «{}»",
         "Спросить отдельно"),
    ],
)  # fmt: skip
def test_the_terminal_names_the_question_before_as_it_was_shown(
    terminal: Server, browser: Browser, language: str, question: str, said: str, drop: str
) -> None:
    with opened(browser, terminal.url, PORTRAIT, touch=True) as (page, _):
        begin(page)
        page.locator(f"[data-language={language}]").tap()
        page.locator("#questions button", has_text=question).tap()
        expect(page.locator("#asked")).to_have_text(question)
        page.locator("#again").tap()
        page.keyboard.type(LEANING)
        page.keyboard.press("Enter")
        expect(page.locator("#connected-with")).to_have_text(said.format(question))
        expect(page.locator("#alone")).to_have_text(drop)


@SCREENS
def test_a_visitor_says_which_passage_it_was_and_that_none_was(
    terminal: Server, browser: Browser, size: tuple[int, int]
) -> None:
    noted = terminal.site.settings.state_folder / "feedback.jsonl"
    noted.unlink(missing_ok=True)
    with opened(browser, terminal.url, size, touch=True) as (page, watch):
        begin(page)
        ask_at_terminal(page, UNCERTAIN)
        yes = page.locator("#card button")
        expect(yes).to_have_count(3)
        names = yes.all_text_contents()
        assert len(set(names)) == 3, "each can be told from the others"
        assert all(name.startswith("Yes, this is it – Passage") for name in names)
        yes.first.scroll_into_view_if_needed()
        yes.first.tap()
        expect(yes.first).to_be_disabled()
        expect(yes.first).to_contain_text("Noted. Thank you.")
        expect(page.locator("#status")).to_have_text("Noted. Thank you.")
        expect(yes.nth(1)).to_be_enabled()
        page.locator("#again").tap()
        page.keyboard.type(SHOTS)
        page.keyboard.press("Enter")
        wrong = page.locator("#wrong")
        expect(wrong).to_have_text("Not what I asked")
        wrong.tap()
        expect(wrong).to_have_text("Noted. Thank you.")
        page.locator("#next").tap()
        expect(wrong).to_be_disabled()
        page.locator("#again").tap()
        page.keyboard.type(SHOTS)
        page.keyboard.press("Enter")
        expect(wrong).to_be_enabled()
        expect(wrong).to_have_text("Not what I asked")
        assert watch.complaints == []
    yes_said, no_said = (json.loads(line) for line in noted.read_text().splitlines())
    assert (yes_said["kind"], len(yes_said["passages"])) == ("yes", 1)
    assert (no_said["kind"], len(no_said["passages"])) == ("no", 2)
    first = no_said["passages"][0]
    assert (first["start"], first["end"]) == SHOTS_PLACE
    assert "question" not in yes_said


def test_a_terminal_that_cannot_note_it_says_so(terminal: Server, browser: Browser) -> None:
    def full(route: Route) -> None:
        route.fulfill(status=507, json={"error": "This could not be saved here."})

    with opened(browser, terminal.url, PORTRAIT, touch=True) as (page, _):
        page.route("**/api/feedback", full)
        begin(page)
        ask_at_terminal(page, SHOTS)
        page.locator("#wrong").tap()
        expect(page.locator("#status")).to_have_text("This could not be saved here.")
        expect(page.locator("#wrong")).to_be_enabled()
        expect(page.locator("#card blockquote")).to_have_text(f"“{SHOTS_WORDS}”")
