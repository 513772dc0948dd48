"""The researchers' chat in a real browser, as somebody uses it who has never seen it."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from qa.render.words import PERHAPS
from web_browser import CONTRAST, DESKTOP, PHONE, axe_violations, chromium, opened
from web_support import (
    DOCUMENT,
    NOTHING,
    SHOTS,
    SHOTS_WORDS,
    UNCERTAIN,
    Server,
    running,
    settings_for,
    word_site,
)

pytestmark = pytest.mark.browser
VERSION = "4df19d22f9d3"
LINE = (
    "Kryuchkov, Deputy Chairman of the KGB · 19 September 1983 · English translation · "
    "turn 4, sentence 52"
)


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    with running(word_site(settings_for(tmp_path_factory.mktemp("chat")))) as started:
        yield started


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with chromium() as started:
        yield started


def ready(page: Page) -> None:
    expect(page.locator("body")).to_have_class(re.compile("va-ready"))


def ask(page: Page, question: str) -> None:
    ready(page)
    count = page.locator(".va-answer").count()
    page.locator("#va-question textarea").fill(question)
    page.keyboard.press("Enter")
    expect(page.locator(".va-answer")).to_have_count(count + 1)
    expect(page.locator("#va-status")).not_to_have_text("Searching…")


def start_over(page: Page) -> None:
    page.locator("#va-clear").click()
    dialog = page.get_by_role("dialog", name="Start over?")
    dialog.get_by_role("button", name="Start over").click()


def test_an_answer_is_quote_cards_and_is_announced_once_they_are_there(
    server: Server, browser: Browser
) -> None:
    with opened(browser, server.url) as (page, watch):
        ask(page, SHOTS)
        expect(page.locator("#va-status")).to_contain_text("2 quotes found: “")
        assert page.locator(".va-card:visible").count() == 2
        first = page.locator(".va-card").first
        assert first.locator(".va-quote").inner_text() == f"“{SHOTS_WORDS}”"
        assert first.locator(".va-line").inner_text() == LINE
        expect(first.locator("cite")).to_be_hidden()
        first.locator("summary").click()
        expect(first.locator("cite")).to_contain_text("MfS, ZAIG 5306, pp. 1–19")
        assert "East German note" in first.locator(".va-citation").inner_text()
        assert first.locator(".va-editorial").inner_text() == "[warning]"
        assert page.locator("#va-log [aria-label*='va-answer']").count() == 0
        assert page.locator("#va-log [aria-live=polite]").count() == 0
        assert first.get_attribute("aria-label") == "Quote 1: Kryuchkov, turn 4, sentence 52"
        tree = page.locator("body").aria_snapshot()
        assert f"2 quotes found: “{SHOTS_WORDS}”" in tree
        headings = page.get_by_role("heading", level=3).all_inner_texts()
        assert headings[0] == "Quote 1: Kryuchkov, turn 4, sentence 52"
        for style in (".va-link", ".va-copy", ".va-share", ".va-report"):
            names = [text.strip() for text in page.locator(style).all_text_contents()]
            assert len(set(names)) == len(names), "each can be told from the others"
        assert watch.complaints == []


def test_passages_to_judge_have_equal_weight_and_no_verdict(
    server: Server, browser: Browser
) -> None:
    with opened(browser, server.url) as (page, _):
        ask(page, UNCERTAIN)
        expect(page.locator(".va-abstained")).to_have_text(PERHAPS)
        assert page.locator(".va-near").count() == page.locator(".va-card").count() == 3
        label = page.locator(".va-card").first.get_attribute("aria-label")
        assert label is not None
        assert label.startswith("Passage 1")


def test_an_abstention_looks_deliberate_and_leads_on(server: Server, browser: Browser) -> None:
    with opened(browser, server.url) as (page, _):
        ask(page, NOTHING)
        expect(page.locator(".va-abstained")).to_have_count(1)
        assert page.locator(".va-abstained").inner_text().startswith("Not found.")
        assert page.locator(".va-card").count() == 0
        suggested = page.locator(".va-suggestions a")
        expect(suggested).to_have_count(3)
        suggested.filter(has_text="warning shots").or_(suggested.first).first.click()
        expect(page.locator(".va-answer")).to_have_count(2)


def test_the_record_answers_under_its_own_heading(server: Server, browser: Browser) -> None:
    with opened(browser, server.url) as (page, watch):
        ready(page)
        expect(page.locator(".va-about")).to_contain_text("East German note")
        ask(page, "Who is Mielke?")
        data = page.locator(".va-catalogue")
        expect(data).to_contain_text("Minister for State Security of the GDR")
        expect(data.get_by_role("heading", level=3)).to_have_text(
            "From the catalogue record – not a quote"
        )
        expect(page.locator("#va-status")).to_have_text("From the catalogue record – not a quote")
        assert page.locator(".va-card, .va-abstained").count() == 0
        assert axe_violations(page) == []
        page.reload()
        expect(data).to_contain_text("Erich Mielke")
        assert watch.complaints == []


def test_the_first_page_offers_questions(server: Server, browser: Browser) -> None:
    with opened(browser, server.url) as (page, _):
        ready(page)
        page.get_by_role("button", name=SHOTS).click()
        expect(page.locator(".va-card").first).to_be_visible()
        expect(page.locator("#va-start")).to_be_hidden()


def test_context_stands_beside_the_chat_and_escape_leads_back(
    server: Server, browser: Browser
) -> None:
    with opened(browser, server.url, DESKTOP) as (page, _):
        ask(page, SHOTS)
        opener = page.locator(".va-link").first
        opener.click()
        current = page.locator("#va-panel mark.va-current")
        expect(current).to_have_text(SHOTS_WORDS)
        expect(current).to_be_focused()
        expect(current).to_be_in_viewport()
        chat = page.locator(".va-card").first.bounding_box()
        panel = page.locator("#va-panel").bounding_box()
        assert chat
        assert panel
        assert chat["x"] + chat["width"] <= panel["x"], "the columns do not overlap"
        assert page.locator("#va-minimap span").count() == 2
        expect(page.locator("#va-panel-place")).to_have_text("Quote 1 of 2, turn 4")
        page.get_by_role("button", name="Next", exact=True).click()
        expect(page.locator("#va-panel-place")).to_have_text("Quote 2 of 2, turn 4")
        page.get_by_role("button", name="Previous").click()
        expect(current).to_have_text(SHOTS_WORDS)
        page.get_by_role("button", name="To the reply").click()
        expect(page.locator("#va-panel #t5 .va-label")).to_be_in_viewport()
        expect(page.locator("#va-panel #t5 .va-label")).to_contain_text("Comrade Mielke:")
        assert f"#c={DOCUMENT}:8299-8340@{VERSION}" in page.url
        page.keyboard.press("Escape")
        expect(page.locator("#va-panel")).to_be_hidden()
        expect(opener).to_be_focused()
        assert "#c=" not in page.url
        page.go_forward()
        expect(current).to_have_text(SHOTS_WORDS)
        page.go_back()
        expect(page.locator("#va-panel")).to_be_hidden()


def test_on_a_phone_context_covers_the_chat(server: Server, browser: Browser) -> None:
    with opened(browser, server.url, PHONE, touch=True) as (page, _):
        ask(page, SHOTS)
        assert page.evaluate("document.documentElement.scrollWidth") <= PHONE[0]
        before = page.evaluate("scrollY")
        page.locator(".va-link").first.tap()
        expect(page.locator("#va-panel mark.va-current")).to_be_in_viewport()
        box = page.locator("#va-panel").bounding_box()
        assert box == {"x": 0, "y": 0, "width": PHONE[0], "height": PHONE[1]}
        assert page.locator(".va-main").evaluate("e => e.inert")
        page.get_by_role("button", name="Close").tap()
        expect(page.locator("#va-panel")).to_be_hidden()
        assert abs(page.evaluate("scrollY") - before) < 200


@pytest.mark.parametrize("size", [DESKTOP, PHONE], ids=["desktop", "phone"])
def test_the_quote_comes_first_and_is_largest(
    server: Server, browser: Browser, size: tuple[int, int]
) -> None:
    with opened(browser, server.url, size) as (page, _):
        ask(page, SHOTS)
        card = page.locator(".va-card").first
        quote, line = card.locator(".va-quote p"), card.locator(".va-line")
        quoted, said = quote.bounding_box(), line.bounding_box()
        assert quoted
        assert said
        assert quoted["y"] + quoted["height"] <= said["y"]
        sizes = [
            one.evaluate("e => parseFloat(getComputedStyle(e).fontSize)") for one in (quote, line)
        ]
        assert sizes[0] > 1.3 * sizes[1]
        if size == PHONE:
            assert quoted["height"] > said["height"]
        expect(quote).to_be_in_viewport(ratio=1)


def test_a_link_opens_the_words_it_names(server: Server, browser: Browser) -> None:
    link = f"{server.url}/#c={DOCUMENT}:8299-8340@{VERSION}"
    with opened(browser, link) as (page, _):
        expect(page.locator("#va-panel mark.va-current")).to_have_text(SHOTS_WORDS)


def test_a_link_to_another_version_of_the_text_says_so(server: Server, browser: Browser) -> None:
    link = f"{server.url}/#c={DOCUMENT}:8299-8340@000000000000"
    with opened(browser, link) as (page, _):
        expect(page.locator("#va-panel .va-notice")).to_contain_text("has changed")
        assert page.locator("#va-panel mark").count() == 0
        for broken, sentence in (
            ("#c=nowhere:1-2", "has no such document"),
            (f"#c={DOCUMENT}:8300-8340", "no quote at the place"),
        ):
            page.goto(f"{server.url}/{broken}")
            expect(page.locator("#va-panel .va-notice")).to_contain_text(sentence)


def test_a_quote_is_copied_with_its_citation(server: Server, browser: Browser) -> None:
    allowed = ["clipboard-read", "clipboard-write"]
    with opened(browser, server.url, permissions=allowed) as (page, _):
        ask(page, SHOTS)
        page.locator(".va-copy").first.click()
        expect(page.locator("#va-toast")).to_have_text("Copied with its citation.")
        copied = page.evaluate("navigator.clipboard.readText()")
        assert copied.startswith(f"“{SHOTS_WORDS}”\n")
        assert "Vladimir Alexandrovich Kryuchkov (Deputy Chairman of the KGB), turn 4" in copied
        assert copied.strip().endswith(f"/#c={DOCUMENT}:8299-8340@{VERSION}")
        page.locator(".va-share").first.click()
        expect(page.locator("#va-toast")).to_have_text("Link copied.")
        assert page.evaluate("navigator.clipboard.readText()").startswith(server.url)


def test_without_clipboard_permission_the_text_can_be_selected(
    server: Server, browser: Browser
) -> None:
    with opened(browser, server.url) as (page, _):
        page.evaluate("() => { navigator.clipboard.writeText = () => Promise.reject(new Error()) }")
        ask(page, SHOTS)
        page.locator(".va-copy").first.click()
        text = page.get_by_role("dialog", name="Copy").locator("textarea")
        assert SHOTS_WORDS in text.input_value()
        assert page.evaluate("getSelection().toString() || document.activeElement.value").strip()
        page.keyboard.press("Escape")
        expect(page.get_by_role("dialog")).to_have_count(0)


def test_a_reload_keeps_the_conversation_in_this_tab_only(server: Server, browser: Browser) -> None:
    with opened(browser, server.url) as (page, _):
        ask(page, SHOTS)
        ask(page, NOTHING)
        page.reload()
        expect(page.locator(".va-answer")).to_have_count(2)
        expect(page.locator(".va-quote").first).to_have_text(f"“{SHOTS_WORDS}”")
        assert page.evaluate("JSON.stringify(localStorage)") == "{}"
        kept = page.evaluate("sessionStorage.getItem('verbatim-conversation')")
        assert "warning]" not in kept, "places are kept, never words of a document"
        other = page.context.new_page()
        other.goto(server.url)
        ready(other)
        expect(other.locator("#va-start")).to_be_visible()
        assert other.locator(".va-answer").count() == 0


def test_a_conversation_that_cannot_be_read_does_not_block_the_page(
    server: Server, browser: Browser
) -> None:
    with opened(browser, server.url) as (page, watch):
        ready(page)
        page.evaluate("sessionStorage.setItem('verbatim-conversation', '[{\"question\": 1}]')")
        page.reload()
        ask(page, SHOTS)
        assert page.locator(".va-answer").count() == 1
        assert watch.complaints == []


def test_undo_takes_the_question_back_and_start_over_forgets(
    server: Server, browser: Browser
) -> None:
    with opened(browser, server.url) as (page, _):
        ask(page, NOTHING)
        ask(page, SHOTS)
        field = page.locator("#va-question textarea")
        page.get_by_role("button", name="Undo last").click()
        expect(page.locator(".va-answer")).to_have_count(1)
        expect(field).to_have_value(SHOTS)
        expect(field).to_be_focused()
        expect(page.locator("#va-status")).to_have_text("The last question is back in its field.")
        start_over(page)
        expect(page.locator("#va-start")).to_be_visible()
        expect(page.locator("#va-status")).to_have_text("Started over.")
        expect(field).to_be_focused()
        assert page.evaluate("sessionStorage.length") == 0
        page.reload()
        ready(page)
        assert page.locator(".va-answer").count() == 0


def test_what_is_being_written_outlasts_undoing_and_editing(
    server: Server, browser: Browser
) -> None:
    with opened(browser, server.url) as (page, _):
        ask(page, NOTHING)
        ask(page, SHOTS)
        field = page.locator("#va-question textarea")
        field.fill("And what did he")
        page.get_by_role("button", name="Undo last").click()
        expect(field).to_have_value(SHOTS)
        ask(page, SHOTS)
        expect(field).to_have_value("And what did he")
        page.get_by_role("button", name="Edit and ask again").first.click()
        expect(field).to_have_value(NOTHING)
        page.get_by_role("button", name="Edit and ask again").last.click()
        expect(field).to_have_value(SHOTS)
        page.keyboard.press("Enter")
        expect(page.locator(".va-answer")).to_have_count(3)
        expect(field).to_have_value("And what did he")
        start_over(page)
        expect(field).to_have_value("")


def test_what_is_being_written_waits_until_the_reader_comes_back(
    server: Server, browser: Browser
) -> None:
    with opened(browser, server.url) as (page, _):
        ask(page, SHOTS)
        field = page.locator("#va-question textarea")
        field.fill("And what did he")
        page.locator(".va-answer").get_by_text("Every place with these words").click()
        page.wait_for_url("**/find?**")
        page.go_back()
        ready(page)
        expect(field).to_have_value("And what did he")
        page.get_by_role("link", name="Read").click()
        page.get_by_role("link", name="Ask").click()
        ready(page)
        expect(field).to_have_value("And what did he")
        page.reload()
        ready(page)
        expect(field).to_have_value("And what did he")


def test_the_conversation_can_be_saved(server: Server, browser: Browser) -> None:
    with opened(browser, server.url) as (page, watch):
        ask(page, SHOTS)
        for name, suffix in (("Markdown", ".md"), ("HTML", ".html")):
            with page.expect_download() as download:
                page.get_by_role("button", name=name, exact=True).click()
            saved = download.value.path().read_text()
            assert download.value.suggested_filename.endswith(suffix)
            assert re.sub("<[^>]*>", "", saved).count("translated by Bernd Schaefer") == 2
        with page.expect_popup() as popup:
            page.get_by_role("button", name="Print or PDF").click()
        expect(popup.value.locator(".va-card")).to_have_count(2)
        assert axe_violations(popup.value) == []
        assert watch.complaints == []


def test_the_speaker_filter_quotes_nobody_else(server: Server, browser: Browser) -> None:
    with opened(browser, server.url) as (page, _):
        ready(page)
        page.get_by_label("Speaker").click()
        page.get_by_role("option", name="Mielke").click()
        ask(page, "What about the plane incident and the assessments?")
        assert set(page.locator(".va-who").all_text_contents()) == {"Mielke"}
        assert page.locator(".va-only").inner_text() == "only Mielke"
        page.reload()
        ready(page)
        expect(page.get_by_label("Speaker")).to_have_value("Mielke")
        start_over(page)
        expect(page.get_by_label("Speaker")).to_have_value("Everyone")


def test_undo_gives_back_the_filter_of_the_question(server: Server, browser: Browser) -> None:
    with opened(browser, server.url) as (page, _):
        ready(page)
        page.get_by_label("Speaker").click()
        page.get_by_role("option", name="Mielke").click()
        ask(page, SHOTS)
        page.get_by_label("Speaker").click()
        page.get_by_role("option", name="Everyone").click()
        page.get_by_role("button", name="Undo last").click()
        expect(page.locator("#va-question textarea")).to_have_value(SHOTS)
        expect(page.get_by_label("Speaker")).to_have_value("Mielke")


def test_a_full_page_says_so_and_still_shows_the_newest_answer(
    tmp_path: Path, browser: Browser
) -> None:
    small = settings_for(tmp_path, history_turns=3)
    with running(word_site(small)) as server, opened(browser, server.url) as (page, _):
        for number in (1, 2, 3):
            ask(page, f"{SHOTS} {number}")
        expect(page.locator("#va-full")).to_be_hidden()
        ask(page, f"{SHOTS} 4")
        expect(page.locator("#va-full")).to_contain_text("This page holds 4 questions.")
        page.evaluate("scrollTo(0, 0)")
        page.locator("#va-question textarea").fill(f"{SHOTS} 5")
        page.keyboard.press("Enter")
        newest = page.locator(".va-asked").last
        expect(newest).to_contain_text(f"{SHOTS} 5")
        expect(newest).to_be_in_viewport()
        expect(page.locator("#va-status")).to_contain_text("2 quotes found: “")
        assert page.locator(".va-answer").count() == 4


def test_haste_is_answered_with_a_sentence_in_the_chat_too(
    tmp_path: Path, browser: Browser
) -> None:
    hasty = settings_for(tmp_path, rate_burst=6, rate_per_second=0.01)
    with running(word_site(hasty)) as server, opened(browser, server.url) as (page, _):
        ready(page)
        for _ in range(20):
            page.locator("#va-question textarea").fill(SHOTS)
            page.keyboard.press("Enter")
            page.wait_for_timeout(100)
            if page.locator("#va-toast:visible").count():
                break
        expect(page.locator("#va-toast")).to_contain_text("Too many questions at once.")
        expect(page.locator("body")).not_to_have_class(re.compile("va-busy"))


def test_a_server_that_goes_away_is_excused_in_the_chat(server: Server, browser: Browser) -> None:
    with opened(browser, server.url) as (page, _):
        ask(page, SHOTS)
        for part in ("**/healthz", "**/gradio_api/**"):
            page.route(part, lambda route: route.abort())
        page.locator("#va-question textarea").fill("And then?")
        page.keyboard.press("Enter")
        expect(page.locator("#va-offline")).to_contain_text("cannot be reached")
        expect(page.locator("body")).not_to_have_class(re.compile("va-busy"))
        expect(page.locator(".toast-wrap")).to_be_hidden()
        page.unroute_all()
        expect(page.locator("#va-offline")).to_be_hidden()
        ready(page)
        expect(page.locator(".va-answer")).to_have_count(1)
        expect(page.locator("#va-question textarea")).to_have_value("And then?")


def test_starting_over_asks_first_and_a_question_can_be_edited(
    server: Server, browser: Browser
) -> None:
    with opened(browser, server.url) as (page, _):
        ask(page, SHOTS)
        page.locator("#va-clear").click()
        dialog = page.get_by_role("dialog", name="Start over?")
        dialog.get_by_role("button", name="Cancel").click()
        expect(page.locator(".va-answer")).to_have_count(1)
        page.get_by_role("button", name="Edit and ask again").click()
        field = page.locator("#va-question textarea")
        expect(field).to_have_value(SHOTS)
        expect(field).to_be_focused()
        expect(field).to_have_css("outline-style", "solid")


@pytest.mark.parametrize(
    ("language", "heading", "question", "found"),
    [
        ("de", "Was steht in den Dokumenten?", "Wie viele Warnschüsse wurden abgegeben?", "Zitat"),
        ("ko", "문서에는 무엇이 쓰여 있나요?", "경고 사격은 몇 발이었나요?", "인용"),
        ("ru", "Что говорится в документах?", "Сколько было предупредительных выстрелов?", "цитат"),
    ],
)
def test_the_chat_speaks_the_language_that_was_chosen(
    server: Server, browser: Browser, language: str, heading: str, question: str, found: str
) -> None:
    with opened(browser, server.url) as (page, watch):
        ready(page)
        page.locator(f".va-languages [lang={language}]").click()
        ready(page)
        expect(page.locator("html")).to_have_attribute("lang", language)
        expect(page.locator("#va-start-heading")).to_have_text(heading)
        page.get_by_role("button", name=question).click()
        expect(page.locator(".va-asked h2")).to_have_text(question)
        expect(page.locator(".va-count")).to_contain_text(found)
        expect(page.locator(".va-quote").first).to_have_attribute("lang", "en")
        expect(page.locator("#va-speaker input")).not_to_have_value("Everyone")
        english = page.locator("#va-composer, .va-actions, .va-asked, #va-tools").all_inner_texts()
        for word in ("Show in", "Copy", "Ask", "Undo", "Start", "Edit", "Save", "Not what"):
            assert word not in " ".join(english), word
        page.goto(server.url)
        ready(page)
        expect(page.locator("html")).to_have_attribute("lang", language)
        expect(page.locator(".va-count")).to_contain_text(found)
        assert axe_violations(page) == []
        assert watch.complaints == []


@pytest.mark.parametrize("language", ["en", "de", "ko", "ru"])
def test_on_a_phone_the_speaker_that_is_chosen_can_be_read(
    server: Server, browser: Browser, language: str
) -> None:
    with opened(browser, f"{server.url}?lang={language}", PHONE) as (page, _):
        ready(page)
        page.locator("#va-start button").first.click()
        expect(page.locator("#va-clear")).to_be_visible()
        chosen = page.get_by_role("combobox").first
        inside = "e => e.clientWidth - parseFloat(getComputedStyle(e).paddingLeft) - 24"
        context = "e => { const c = document.createElement('canvas').getContext('2d');"
        written = (
            f"{context} c.font = getComputedStyle(e).font; return c.measureText(e.value).width; }}"
        )
        assert chosen.evaluate(inside) >= chosen.evaluate(written)
        width = page.evaluate("() => document.documentElement.scrollWidth")
        assert width <= PHONE[0]


def test_tab_leaves_no_list_open(server: Server, browser: Browser) -> None:
    with opened(browser, server.url) as (page, _):
        ready(page)
        page.get_by_label("Speaker").focus()
        expect(page.get_by_role("listbox")).to_be_visible()
        page.keyboard.press("Tab")
        expect(page.locator("[role=listbox]:visible")).to_have_count(0)
        expect(page.get_by_label("Speaker")).to_have_attribute("aria-expanded", "false")


def test_what_readers_say_of_passages_is_noted_without_the_question(
    server: Server, browser: Browser
) -> None:
    noted = server.site.settings.state_folder / "feedback.jsonl"
    with opened(browser, server.url) as (page, _):
        ask(page, SHOTS)
        page.get_by_role("button", name="Not what I asked").click()
        expect(page.locator("#va-toast")).to_contain_text("noted for the curator")
    assert noted.stat().st_mode & 0o777 == 0o600
    entry = json.loads(noted.read_text().splitlines()[-1])
    assert entry["kind"] == "no"
    assert (entry["passages"][0]["start"], entry["passages"][0]["end"]) == (8299, 8340)
    assert "question" not in entry


def test_links_use_the_public_address(tmp_path: Path, browser: Browser) -> None:
    site = word_site(settings_for(tmp_path, public_url="https://archive.example/"))
    allowed = ["clipboard-read", "clipboard-write"]
    with running(site) as server, opened(browser, server.url, permissions=allowed) as (page, _):
        ask(page, SHOTS)
        page.locator(".va-share").first.click()
        expect(page.locator("#va-toast")).to_have_text("Link copied.")
        copied = page.evaluate("navigator.clipboard.readText()")
        assert copied == f"https://archive.example/#c={DOCUMENT}:8299-8340@{VERSION}"


@pytest.mark.parametrize("size", [(320, 640), (640, 400)], ids=["narrow", "zoomed"])
def test_nothing_is_cut_off_on_small_screens(
    server: Server, browser: Browser, size: tuple[int, int]
) -> None:
    with opened(browser, server.url, size) as (page, _):
        ask(page, SHOTS)
        quote = page.locator(".va-quote").first
        expect(quote).to_be_in_viewport(ratio=0.99)
        covered = quote.evaluate(
            """e => { const b = e.getBoundingClientRect();
                return !e.contains(document.elementFromPoint(b.x + 30, b.bottom - 5)); }"""
        )
        assert not covered, "nothing stands over the quote"
        assert page.evaluate("document.documentElement.scrollWidth") <= size[0]
        page.goto(f"{server.url}/source/{DOCUMENT}")
        assert page.evaluate("document.documentElement.scrollWidth") <= size[0]


@pytest.mark.parametrize("size", [PHONE, (640, 400)], ids=["phone", "zoomed"])
@pytest.mark.parametrize(
    "wanted", ["find=zeppelin", "turn=6&sentence=999", "at=0-9@000000000000#hit-1"]
)
def test_that_a_document_has_no_such_place_is_seen_without_scrolling(
    server: Server, browser: Browser, size: tuple[int, int], wanted: str
) -> None:
    with opened(browser, f"{server.url}/source/{DOCUMENT}?{wanted}", size) as (page, _):
        expect(page.locator(".va-notice").first).to_be_in_viewport(ratio=0.99)


def test_a_question_in_the_address_waits_in_the_field(server: Server, browser: Browser) -> None:
    with opened(browser, f"{server.url}/?q=warning+shots") as (page, _):
        ready(page)
        expect(page.locator("#va-question textarea")).to_have_value("warning shots")


def test_an_error_in_the_transcript_can_be_reported(server: Server, browser: Browser) -> None:
    reports: Path = server.site.settings.state_folder / "reports.jsonl"
    with opened(browser, server.url) as (page, _):
        ask(page, SHOTS)
        page.locator(".va-report").first.click()
        dialog = page.get_by_role("dialog", name="Report an error in the transcript")
        expect(dialog).to_contain_text(SHOTS_WORDS)
        dialog.get_by_label("What is wrong?").fill("The original has another number.")
        dialog.get_by_role("button", name="Save the report").click()
        expect(page.locator("#va-toast")).to_contain_text("saved for the curator")
    assert "The original has another number." in reports.read_text()


def test_the_keyboard_alone_is_enough(server: Server, browser: Browser) -> None:
    with opened(browser, server.url) as (page, _):
        ready(page)

        def tab_to(selector: str) -> None:
            for _ in range(40):
                page.keyboard.press("Tab")
                if page.evaluate(f"document.activeElement.matches({selector!r})"):
                    return
            raise AssertionError(f"{selector} is not reached")

        tab_to("#va-question textarea")
        page.keyboard.type(SHOTS)
        page.keyboard.press("Enter")
        expect(page.locator(".va-card").first).to_be_visible()
        page.evaluate("document.querySelector('.va-name a').focus()")
        tab_to(".va-link")
        page.keyboard.press("Enter")
        expect(page.locator("#va-panel mark.va-current")).to_be_focused()
        page.keyboard.press("Escape")
        assert page.evaluate("document.activeElement.matches('.va-link')")


def test_a_question_too_long_or_empty_is_handled_kindly(server: Server, browser: Browser) -> None:
    with opened(browser, server.url) as (page, _):
        ready(page)
        page.locator("#va-question textarea").fill("   ")
        page.keyboard.press("Enter")
        ask(page, SHOTS)
        assert page.locator(".va-answer").count() == 1


@pytest.mark.parametrize("size", [DESKTOP, PHONE], ids=["desktop", "phone"])
def test_axe_finds_nothing_in_any_state(
    server: Server, browser: Browser, size: tuple[int, int]
) -> None:
    # The dark pages have other colours, and nothing else of theirs depends on the scheme; nor
    # do colours depend on the size.
    with_dark = size == DESKTOP
    with opened(browser, server.url, size) as (page, _):
        ready(page)
        check_by_axe(page, with_dark=with_dark)
        ask(page, SHOTS)
        ask(page, NOTHING)
        check_by_axe(page, with_dark=with_dark)
        page.locator(".va-report").first.click()
        check_by_axe(page, with_dark=with_dark)
        page.keyboard.press("Escape")
        page.locator(".va-link").first.click()
        expect(page.locator("#va-panel mark.va-current").first).to_be_visible()
        check_by_axe(page, with_dark=with_dark)
        for path in ("/source", f"/source/{DOCUMENT}?at=8299-8340&v={VERSION}", "/nothing-here"):
            page.goto(server.url + path)
            check_by_axe(page, with_dark=with_dark)


def check_by_axe(page: Page, *, with_dark: bool) -> None:
    settled = "() => Promise.all(document.getAnimations().map(one => one.finished))"
    page.evaluate(settled)
    assert axe_violations(page) == [], page.url
    if with_dark:
        page.emulate_media(color_scheme="dark")
        page.evaluate(settled)
        assert axe_violations(page, only=CONTRAST) == [], page.url
        page.emulate_media(color_scheme="light")
