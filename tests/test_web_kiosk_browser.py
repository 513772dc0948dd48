"""The museum terminal in a real browser: one visitor after another, nothing kept."""

from __future__ import annotations

import io
import re
from collections.abc import Callable, Iterator
from pathlib import Path

import httpx
import pytest
import zxingcpp
from PIL import Image
from playwright.sync_api import Browser, Page, Route, expect

from corpus.archive import shipped_folder
from qa.receipts.files import read_bytes
from qa.receipts.shelf import FolderShelf
from qa.receipts.verifying import verify
from qa.render.words import EACH_SIDE, PERHAPS
from web_browser import LANDSCAPE, PORTRAIT, axe_violations, chromium, opened
from web_kiosk import ask, begin
from web_support import (
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
SCREENS = [PORTRAIT, LANDSCAPE]


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    settings = settings_for(tmp_path_factory.mktemp("kiosk"), kiosk=True)
    with running(word_site(settings)) as started:
        yield started


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with chromium() as started:
        yield started


def type_question(page: Page, question: str) -> None:
    """Touch the keys of a question: one capital, which is offered by itself, then small ones."""
    page.locator("#own").tap()
    keys = page.locator("#keyboard button")
    for letter in question:
        shown = "␣" if letter == " " else re.escape(letter)
        keys.filter(has_text=re.compile(f"^{shown}$")).tap()


@pytest.mark.parametrize("size", SCREENS, ids=["portrait", "landscape"])
def test_a_visit_from_touch_to_home(
    server: Server, browser: Browser, size: tuple[int, int]
) -> None:
    with opened(browser, server.url, size, touch=True) as (page, watch):
        begin(page)
        assert 4 <= page.locator("#questions button").count() <= 6
        type_question(page, SHOTS)
        expect(page.locator("#typed")).to_have_text(SHOTS)
        page.locator("#keyboard .primary").tap()
        expect(page.locator("#sentence")).to_have_text("2 quotes found")
        expect(page.locator("#status")).to_have_text("2 quotes found")
        assert page.locator("#card blockquote").inner_text() == f"“{SHOTS_WORDS}”"
        assert (
            "Kryuchkov, Deputy Chairman of the KGB · 19 September 1983 · English translation"
            in (page.locator("#card .line").inner_text())
        )
        page.locator("#card .line").tap()
        assert "MfS, ZAIG 5306" in page.locator("#card .citation").first.inner_text()
        expect(page.locator("#which")).to_have_text("Quote 1 of 2")
        page.locator("#next").tap()
        expect(page.locator("#which")).to_have_text("Quote 2 of 2")
        page.locator("#previous").tap()
        page.locator("#context-open").tap()
        hit = page.locator("#hit-1")
        expect(hit).to_have_text(SHOTS_WORDS)
        expect(hit).to_be_in_viewport()
        expect(page.locator("#context-text .va-label")).to_have_count(3)
        page.locator("#context [data-back]").tap()
        page.locator("#take").tap()
        expect(page.locator("#qr-code img")).to_be_visible()
        expect(page.locator("#qr-code img")).to_have_js_property("complete", True)
        page.locator("#qr-code img").evaluate("image => image.decode()")
        assert scanned(page).startswith(f"“{SHOTS_WORDS}”\n")
        assert "sentence 52, lines 116–117" in scanned(page)
        (receipt,) = read_bytes(scanned(page).encode(), "scanned")
        assert verify(receipt, FolderShelf(shipped_folder())).is_intact
        page.locator("#qr [data-back]").tap()
        page.locator("#home").tap()
        expect(page.locator("#start")).to_be_visible()
        assert watch.complaints == []
        assert watch.hosts == {"127.0.0.1"}


def scanned(page: Page) -> str:
    """Return what a phone reads from the QR code on the screen."""
    picture = Image.open(io.BytesIO(page.locator("#qr-code").screenshot()))
    (code,) = zxingcpp.read_barcodes(picture)
    return str(code.text)


def test_nothing_leads_away(server: Server, browser: Browser) -> None:
    with opened(browser, server.url, PORTRAIT, touch=True) as (page, _):
        begin(page)
        ask(page, SHOTS)
        page.locator("#context-open").tap()
        expect(page.locator("#hit-1")).to_be_visible()
        assert page.locator("a").count() == 0
        assert page.locator("form, input, textarea, iframe").count() == 0
        for kind in ("contextmenu", "dragstart", "selectstart"):
            left = page.evaluate(
                """kind => document.body.dispatchEvent(
                    new Event(kind, {cancelable: true, bubbles: true}))""",
                kind,
            )
            assert left is False, kind
        assert page.locator("body").evaluate("b => getComputedStyle(b).userSelect") == "none"


def test_a_physical_keyboard_works_as_well(server: Server, browser: Browser) -> None:
    with opened(browser, server.url, LANDSCAPE) as (page, _):
        expect(page.locator("#begin")).to_be_visible()
        page.locator("#begin").focus()
        page.keyboard.press("Enter")
        page.locator("#own").focus()
        page.keyboard.press("Enter")
        page.keyboard.type(SHOTS + "x")
        page.keyboard.press("Backspace")
        expect(page.locator("#typed")).to_have_text(SHOTS)
        page.keyboard.press("Enter")
        expect(page.locator("#card blockquote")).to_have_text(f"“{SHOTS_WORDS}”")
        expect(page.locator("#asked")).to_be_focused()
        page.keyboard.press("Escape")
        expect(page.locator("#start")).to_be_visible()


@pytest.mark.parametrize("size", SCREENS, ids=["portrait", "landscape"])
def test_a_refusal_offers_questions_in_sight_and_keeps_the_typed_one(
    server: Server, browser: Browser, size: tuple[int, int]
) -> None:
    with opened(browser, server.url, size, touch=True) as (page, _):
        begin(page)
        ask(page, NOTHING)
        expect(page.locator("#sentence")).to_contain_text("Not found.")
        expect(page.locator("#pager")).to_be_hidden()
        offered = page.locator("#leading-questions button")
        expect(offered).to_have_count(3)
        for question in offered.all():
            expect(question).to_be_in_viewport(ratio=0.99)
        page.locator("#change").tap()
        expect(page.locator("#typed")).to_have_text(NOTHING)
        for _ in NOTHING:
            page.keyboard.press("Backspace")
        page.keyboard.type(SHOTS)
        page.keyboard.press("Enter")
        expect(page.locator("#answer")).to_have_attribute("data-status", "answered")
        expect(page.locator("#card blockquote")).to_have_text(f"“{SHOTS_WORDS}”")


@pytest.mark.parametrize("size", SCREENS, ids=["portrait", "landscape"])
def test_one_question_leads_to_the_next_without_typing(
    server: Server, browser: Browser, size: tuple[int, int]
) -> None:
    with opened(browser, server.url, size, touch=True) as (page, _):
        begin(page)
        sent: list[dict[str, object]] = []
        page.on(
            "request",
            lambda request: sent.append(request.post_data_json) if request.post_data else None,
        )
        ask(page, SHOTS)
        expect(page.locator("#card blockquote")).to_be_in_viewport(ratio=0.99)
        asked = {SHOTS}
        for _ in range(3):
            offered = page.locator("#leading-questions button")
            expect(offered).to_have_count(3)
            texts = offered.all_inner_texts()
            assert not asked & set(texts), "nothing that was asked before"
            for question in offered.all():
                expect(question).to_be_in_viewport(ratio=0.99)
            offered.first.tap()
            expect(page.locator("#asked")).to_have_text(texts[0])
            asked.add(texts[0])
        assert [one["history"] for one in sent[1:]] == [[]] * 3, "it says everything itself"


def test_an_input_method_can_be_used(server: Server, browser: Browser) -> None:
    with opened(browser, server.url, PORTRAIT, touch=True) as (page, watch):
        begin(page)
        page.locator("[data-language=ko]").tap()
        expect(page.locator("#home")).to_have_text("처음으로")
        page.locator("#own").tap()
        method = page.context.new_cdp_session(page)
        for text in ("ㄴ", "누", "누ㄱ", "누가"):
            composed = {"text": text, "selectionStart": len(text), "selectionEnd": len(text)}
            method.send("Input.imeSetComposition", composed)
            expect(page.locator("#typed")).to_have_text(text)
        method.send("Input.insertText", {"text": "누가 "})
        page.keyboard.insert_text("죽었나요")
        page.locator("#keyboard button", has_text="?").tap()
        expect(page.locator("#typed")).to_have_text("누가 죽었나요?")
        page.keyboard.press("Escape")
        assert watch.complaints == []


def test_nobody_is_asked_whether_they_read_while_they_type(
    server: Server, browser: Browser
) -> None:
    with opened(browser, "about:blank", PORTRAIT, touch=True) as (page, _):
        page.clock.install()
        page.goto(server.url)
        page.clock.run_for(1500)
        begin(page)
        page.locator("#own").tap()
        method = page.context.new_cdp_session(page)
        for number in range(5):
            composed = {"text": "가" * number, "selectionStart": number, "selectionEnd": number}
            method.send("Input.imeSetComposition", composed)
            page.clock.run_for(60_000)
            expect(page.locator("#still")).to_be_hidden()
        page.clock.run_for(60_000)
        expect(page.locator("#still-title")).to_have_text("Are you still there?")


def test_passages_to_judge_stand_together_below_no_verdict(
    server: Server, browser: Browser
) -> None:
    with opened(browser, server.url, PORTRAIT, touch=True) as (page, _):
        begin(page)
        ask(page, UNCERTAIN)
        expect(page.locator("#answer")).to_have_attribute("data-status", "possible")
        expect(page.locator("#sentence")).to_have_text(PERHAPS)
        expect(page.locator("#card blockquote")).to_have_count(3)
        expect(page.locator("#pager")).to_be_hidden()


def test_what_each_side_says_stands_under_their_names(server: Server, browser: Browser) -> None:
    question = "What did each side say about the Soviet Union and the United States?"
    with opened(browser, server.url, PORTRAIT, touch=True) as (page, watch):
        begin(page)
        ask(page, question)
        page.locator("#more").tap()
        expect(page.locator("#sentence")).to_have_text(EACH_SIDE)
        heads = page.locator("#card > figure > p.note:first-child").all_inner_texts()
        assert {"Mielke", "Kryuchkov"} <= {head.strip("\u2068\u2069") for head in heads}
        assert page.locator("#card > figure").count() == len(heads)
        assert page.locator("#card figure button").count() == 0
        assert axe_violations(page) == []
        page.locator("#more").tap()
        expect(page.locator("#sentence")).not_to_have_text(EACH_SIDE)
        assert watch.complaints == []


@pytest.mark.parametrize(
    ("language", "home", "question"),
    [
        ("de", "Anfang", "Wie viele Warnschüsse wurden abgegeben?"),
        ("ko", "처음으로", "경고 사격은 몇 발이었나요?"),
        ("ru", "В начало", "Сколько было предупредительных выстрелов?"),
    ],
)
def test_a_visitor_is_met_in_another_language(
    server: Server, browser: Browser, language: str, home: str, question: str
) -> None:
    with opened(browser, server.url, PORTRAIT, touch=True) as (page, _):
        begin(page)
        page.locator(f"[data-language={language}]").tap()
        expect(page.locator("html")).to_have_attribute("lang", language)
        expect(page.locator("#home")).to_have_text(home)
        suggested = page.locator("#questions button", has_text=question)
        expect(suggested).to_have_attribute("lang", language)
        suggested.tap()
        expect(page.locator("#asked")).to_have_text(question)
        expect(page.locator("#card blockquote").first).to_have_attribute("lang", "en")


def test_a_language_that_is_not_understood_is_told_kindly_in_that_language(
    tmp_path: Path, tiny_archive: Callable[..., Path]
) -> None:
    site = word_site(settings_for(tmp_path, archive=tiny_archive(), kiosk=True))
    with running(site) as server:
        for question, kind in (
            ("Wie schwer war die Glocke des Leuchtturms?", "nicht in Ihrer Sprache durchsuchen"),
            ("등대의 종은 얼마나 무거웠나요?", "이 언어로 찾을 수 없습니다"),
            ("Сколько весил колокол маяка?", "нельзя искать на вашем языке"),
            ("¿Cuánto pesaba la campana del faro de la costa?", "cannot be searched in your"),
        ):
            sent = {"question": question, "language": "en"}
            answer = httpx.post(server.url + "/kiosk/ask", json=sent).json()
            assert answer["status"] == "abstained"
            assert kind in answer["sentence"]
            assert answer["cards"] == [], "no passage is near to what is not understood"


def test_a_visitor_not_understood_sees_the_questions_to_touch(
    server: Server, browser: Browser
) -> None:
    answer = {"status": "abstained", "sentence": "Not understood.", "cards": [], "questions": []}
    with opened(browser, server.url, LANDSCAPE, touch=True) as (page, _):
        page.route("**/kiosk/ask", lambda route: route.fulfill(json=answer))
        begin(page)
        ask(page, "¿Cuántos disparos de advertencia hubo?")
        for question in page.locator("#leading-questions button").all():
            expect(question).to_be_in_viewport(ratio=0.99)
        expect(page.locator("#pager")).to_be_hidden()
        expect(page.locator("#context-open")).to_be_hidden()


def test_korean_syllables_are_put_together(server: Server, browser: Browser) -> None:
    with opened(browser, server.url, PORTRAIT, touch=True) as (page, _):
        typed = page.evaluate(
            """async () => {
                const { compose, takeBack } = await import('/ui/kiosk-keyboard.js');
                const letters = 'ㅎㅏㄴㄱㅜㄱㅇㅓ ㄷㅏㄹㄱㅇㅣ ㅅㅏㄹㅁㅇㅡㄴ ㄱㅗㅏㅈㅏ';
                const all = [...letters].reduce(compose, '');
                return [all, ...['닭', '과', '가', 'a', ''].map(takeBack)];
            }"""
        )
        assert typed == ["한국어 닭이 삶은 과자", "달", "고", "ㄱ", "", ""]


def test_stillness_is_asked_about_counted_down_and_wiped(server: Server, browser: Browser) -> None:
    with opened(browser, "about:blank", PORTRAIT, touch=True) as (page, _):
        page.clock.install()
        page.goto(server.url)
        page.clock.run_for(1500)
        begin(page)
        page.locator("[data-language=de]").tap()
        page.locator("#contrast").tap()
        page.locator("#own").tap()
        page.keyboard.type("Something private")
        page.clock.run_for(88_000)
        expect(page.locator("#still")).to_be_hidden()
        page.clock.run_for(4_000)
        expect(page.locator("#still")).to_be_visible()
        expect(page.locator("#stay")).to_be_focused()
        expect(page.locator("#still-text")).to_contain_text(re.compile(r"In (2\d|30) Sekunden"))
        page.locator("#stay").tap()
        expect(page.locator("#still")).to_be_hidden()
        expect(page.locator("#typed")).to_have_text("Something private")
        page.clock.run_for(123_000)
        expect(page.locator("#attract")).to_be_visible()
        expect(page.locator("html")).to_have_attribute("lang", "en")
        assert "Something private" not in page.content()
        assert not page.locator("html").evaluate("e => e.classList.contains('bright')")
        assert page.evaluate("localStorage.length + sessionStorage.length") == 0


def test_an_answer_that_comes_after_the_reset_is_dropped(server: Server, browser: Browser) -> None:
    held: list[Route] = []
    with opened(browser, server.url, PORTRAIT, touch=True) as (page, _):
        page.route("**/kiosk/ask", lambda route: held.append(route))  # noqa: PLW0108
        begin(page)
        page.locator("#own").tap()
        page.keyboard.type(SHOTS)
        page.keyboard.press("Enter")
        expect(page.locator("#searching")).to_be_visible()
        while not held:
            page.wait_for_timeout(20)
        page.locator("#home").tap()
        with page.expect_response("**/kiosk/ask") as late:
            held[0].continue_()
        late.value.finished()
        page.evaluate("() => new Promise(done => setTimeout(done, 50))")
        expect(page.locator("#start")).to_be_visible()
        assert SHOTS_WORDS not in page.content()


def test_a_failure_that_comes_too_late_disturbs_nobody(server: Server, browser: Browser) -> None:
    held: list[Route] = []
    with opened(browser, server.url, PORTRAIT, touch=True) as (page, _):
        page.route("**/kiosk/ask", lambda route: held.append(route))  # noqa: PLW0108
        begin(page)
        page.locator("#questions button").first.tap()
        while not held:
            page.wait_for_timeout(20)
        page.locator("#home").tap()
        with page.expect_event("requestfailed"):
            held[0].abort()
        page.evaluate("() => new Promise(done => setTimeout(done, 50))")
        expect(page.locator("#start")).to_be_visible()


def test_a_language_that_comes_after_the_reset_is_dropped(server: Server, browser: Browser) -> None:
    held: list[Route] = []
    with opened(browser, server.url, PORTRAIT, touch=True) as (page, _):
        page.route("**/kiosk/words/ru", lambda route: held.append(route))  # noqa: PLW0108
        begin(page)
        page.locator("[data-language=ru]").tap()
        while not held:
            page.wait_for_timeout(20)
        page.keyboard.press("Escape")
        expect(page.locator("#attract")).to_be_visible()
        with page.expect_response("**/kiosk/words/ru") as late:
            held[0].continue_()
        late.value.finished()
        page.evaluate("() => new Promise(done => setTimeout(done, 50))")
        expect(page.locator("html")).to_have_attribute("lang", "en")


def test_words_refused_for_haste_are_asked_for_again(server: Server, browser: Browser) -> None:
    refused = {"error": "Too many questions at once."}
    with opened(browser, server.url, PORTRAIT, touch=True) as (page, _):
        page.route(
            "**/kiosk/words/de", lambda route: route.fulfill(status=429, json=refused), times=1
        )
        begin(page)
        german = page.locator("[data-language=de]")
        with page.expect_response("**/kiosk/words/de"):
            german.tap()
        german.tap()
        expect(page.locator("#home")).to_have_text("Anfang")
        assert page.locator("#questions button").count() >= 4


def test_no_countdown_while_searching(server: Server, browser: Browser) -> None:
    with opened(browser, "about:blank", PORTRAIT, touch=True) as (page, _):
        page.clock.install()
        page.route("**/kiosk/ask", lambda route: None)
        page.goto(server.url)
        page.clock.run_for(1500)
        begin(page)
        page.locator("#own").tap()
        page.keyboard.type(SHOTS)
        page.keyboard.press("Enter")
        expect(page.locator("#searching")).to_be_visible()
        page.clock.run_for(6_000)
        expect(page.locator("#still")).to_be_hidden()


def test_reading_aloud_uses_only_voices_of_this_machine(server: Server, browser: Browser) -> None:
    speech = """
        const voices = [{ lang: 'en-GB', localService: false }];
        window.said = [];
        window.SpeechSynthesisUtterance = function (text) { this.text = text; };
        Object.defineProperty(window, 'speechSynthesis', { value: {
            speaking: false, getVoices: () => voices,
            speak(one) { this.speaking = true; window.said.push([one.text, one.voice.name]); },
            cancel() { this.speaking = false; },
        } });
        window.bringVoice = () => voices.push({ lang: 'en-US', localService: true, name: 'here' });
    """
    with opened(browser, "about:blank", PORTRAIT, touch=True) as (page, _):
        page.add_init_script(speech)
        page.goto(server.url)
        begin(page)
        ask(page, SHOTS)
        expect(page.locator("#read")).to_be_hidden()
        page.evaluate("() => { bringVoice(); speechSynthesis.onvoiceschanged(); }")
        page.locator("#read").tap()
        said = page.evaluate("window.said")
        assert said == [[f"Vladimir Alexandrovich Kryuchkov: {SHOTS_WORDS}", "here"]]
        expect(page.locator("#read")).to_have_text("Stop reading")
        page.locator("#read").tap()
        assert page.evaluate("speechSynthesis.speaking") is False


def test_type_can_be_enlarged_and_contrast_turned(server: Server, browser: Browser) -> None:
    with opened(browser, server.url, PORTRAIT, touch=True) as (page, _):
        begin(page)
        size = "parseFloat(getComputedStyle(document.documentElement).fontSize)"
        before = page.evaluate(size)
        page.locator("#size").tap()
        assert page.evaluate(size) == pytest.approx(1.3 * before)
        expect(page.locator("#size")).to_have_attribute("aria-pressed", "true")
        assert page.evaluate("document.documentElement.scrollWidth") <= PORTRAIT[0]
        dark = page.evaluate("getComputedStyle(document.body).backgroundColor")
        page.locator("#contrast").tap()
        assert page.evaluate("getComputedStyle(document.body).backgroundColor") != dark


def test_a_server_that_goes_away_is_excused_and_comes_back(
    server: Server, browser: Browser
) -> None:
    with opened(browser, "about:blank", PORTRAIT, touch=True) as (page, _):
        page.clock.install()
        page.goto(server.url)
        page.clock.run_for(1500)
        begin(page)
        page.route("**/*", lambda route: route.abort())
        page.locator("#questions button").first.tap()
        expect(page.locator("#away")).to_contain_text("The archive is starting again.")
        with page.expect_event("requestfailed"):
            page.clock.run_for(2000)
        expect(page.locator("#away")).to_be_visible()
        page.unroute("**/*")
        page.clock.run_for(2000)
        expect(page.locator("#attract")).to_be_visible()
