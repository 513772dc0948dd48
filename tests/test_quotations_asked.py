"""A question about a quotation shows what the archive has of it above the answer."""

from __future__ import annotations

from pathlib import Path

import httpx
import pytest
from playwright.sync_api import expect

from qa.asking import Asked
from qa.quotations.asked import asked_about
from qa.web.judged import judged_html
from web_browser import PORTRAIT, TABLET, axe_violations, chromium, opened
from web_kiosk import ask, begin
from web_support import SHOTS, running, settings_for, word_site

BANNER = "If we would have known this was a passenger plane, we would not have shot it down."


@pytest.mark.parametrize(
    ("question", "quotation", "speaker"),
    [
        ("did Mielke say 10:1?", "10:1", "Mielke"),
        (
            "Did Viktor Chebrikov really say: “we would not have shot it down”?",
            "we would not have shot it down",
            "Viktor Chebrikov",
        ),
        ("“hollow sanctions”", "hollow sanctions", None),
        ("Who said “hollow sanctions”?", "hollow sanctions", None),
        ('Kryuchkov said that "he is a realist", right?', "he is a realist", "Kryuchkov"),
        ("Hat Mielke wirklich gesagt: „he is a realist“?", "he is a realist", "Mielke"),
        ("Hat Mielke „he is a realist“ gesagt?", "he is a realist", "Mielke"),
        ("Did Kryuchkov tell Mielke that he is a realist?", "he is a realist", "Kryuchkov"),
        ("Hat Mielke gesagt, dass er ein Realist ist?", "er ein Realist ist", "Mielke"),
        ("Говорил ли Мильке, что он реалист?", "он реалист", "Мильке"),
        ("Mielke가 정말 “he is a realist”라고 말했나요?", "he is a realist", "Mielke"),
    ],
)
def test_questions_about_quotations(question: str, quotation: str, speaker: str | None) -> None:
    asked = asked_about(question)
    assert asked is not None
    assert (asked.quotation, asked.speaker) == (quotation, speaker)


@pytest.mark.parametrize(
    "question",
    [
        "How many warning shots were fired?", "did they say sorry?",
        "What did Mielke say about Strauss?",
        "Did Kryuchkov say why Gromyko stayed at home?", "What does “sic” mean?", "", "“”", "did",
        "Did anybody say that the plane was lit?",
        "Did Mielke ever visit Moscow?", "Did Kryuchkov tell Mielke about the recorder?",
        "Has Mielke ever written to Strauss?", "Did Reagan declare war on Libya?",
    ],
)  # fmt: skip
def test_other_questions_ask_about_none(question: str) -> None:
    assert asked_about(question) is None


@pytest.mark.parametrize(
    ("language", "against", "said"),
    [
        ("en", "Not {}: it is", "The archive has a near passage, with other words."),
        ("de", "Nicht {}: Die", "Das Archiv hat eine nahe Stelle, mit anderen Worten."),
        ("ko", "{} 님이 아닙니다.", "아카이브에 비슷한 대목이 있으나 말이 다릅니다."),
        ("ru", "Не {}: самое", "В архиве есть близкое место, с другими словами."),
    ],
)
def test_both_pages_say_what_the_archive_has(
    tmp_path: Path, language: str, against: str, said: str
) -> None:
    site = word_site(settings_for(tmp_path))
    question = f"Did Chebrikov say “{BANNER}”?"
    html = judged_html(site, question, site.ask(Asked(question)), language)
    assert said in html
    against = against.format("Chebrikov")
    assert html.index(against) < html.index(said) < html.index("blockquote")
    assert "false" not in html.lower().replace('"false"', "")
    with running(site) as server:
        asked = {"question": question, "language": language}
        answer = httpx.post(f"{server.url}/kiosk/ask", json=asked).json()
    assert answer["checked"][0].startswith(against)
    assert answer["checked"][1] == said
    assert said not in answer["sentence"]
    assert answer["cards"][0]["speaker"] == "Vladimir Alexandrovich Kryuchkov"


def test_what_is_typed_stays_text(tmp_path: Path) -> None:
    site = word_site(settings_for(tmp_path))
    question = "Did <b>Mielke</b> say “shoot down <script>alert(1)</script> the airliner”?"
    html = judged_html(site, question, site.ask(Asked(question)), "en")
    assert "<script>" not in html
    assert "<b>" not in html


@pytest.mark.browser
@pytest.mark.parametrize("size", [PORTRAIT, TABLET], ids=["portrait", "tablet"])
def test_the_terminal_shows_whose_words_they_are_apart_from_what_was_found(
    tmp_path: Path, size: tuple[int, int]
) -> None:
    with (
        running(word_site(settings_for(tmp_path, kiosk=True))) as server,
        chromium() as browser,
        opened(browser, server.url, size, touch=True) as (page, watch),
    ):
        begin(page)
        ask(page, "Did Mielke say “two missiles were fired”?")
        said = page.locator("#checked > p")
        expect(said.first).to_have_text(
            "Not Mielke: it is Vladimir Alexandrovich Kryuchkov (Deputy Chairman of the KGB) "
            "who says these words."
        )
        expect(said.nth(1)).to_have_text("The archive has exactly these words.")
        for one in (said.first, said.nth(1)):
            expect(one).to_be_in_viewport(ratio=1)
        expect(page.locator("#sentence")).not_to_contain_text("archive has")
        assert axe_violations(page) == []
        assert watch.complaints == []


@pytest.mark.browser
def test_the_chat_goes_on_after_a_quotation_that_alone_was_found(tmp_path: Path) -> None:
    with (
        running(word_site(settings_for(tmp_path))) as server,
        chromium() as browser,
    ):
        httpx.get(server.url, timeout=300)  # the chat is loaded behind the other pages
        with opened(browser, server.url) as (page, watch):
            expect(page.locator("body.va-ready")).to_have_count(1)
            for count, question in enumerate(("“he is a realist”", SHOTS), start=1):
                page.locator("#va-question textarea").fill(question)
                page.keyboard.press("Enter")
                expect(page.locator(".va-answer")).to_have_count(count)
                expect(page.locator("#va-status")).not_to_have_text("Searching…")
            expect(page.locator("#va-status")).to_contain_text("2 quotes found")
            assert axe_violations(page) == []
            page.locator(".va-check .va-link").first.click()
            expect(page.locator("#va-panel mark.va-current")).to_contain_text("he is a realist")
            page.keyboard.press("Escape")
            page.locator("#va-question textarea").fill("Who said “the plane”?")
            page.keyboard.press("Enter")
            above = page.locator(".va-check:not(.va-answer)")
            said = above.locator(".va-count").first
            expect(page.locator("#va-status")).to_contain_text(said.inner_text())
            above.locator(".va-link").first.click()
            expect(page.locator("#va-panel mark.va-current")).to_contain_text("the plane")
            page.keyboard.press("Escape")
            page.reload()
            expect(page.locator(".va-answer")).to_have_count(3)
            assert watch.complaints == []
