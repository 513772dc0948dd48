"""A filter that leaves out whom the question names says so, and only then."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import httpx
import pytest
from hypothesis import given
from hypothesis import strategies as st
from playwright.sync_api import expect

from corpus.archive import Archive, open_archive
from qa.answering import Answerer, against
from qa.answers import Abstained, Answered, Evidence, Reason, with_contradiction
from qa.asking import Asked
from qa.contradicting import Contradiction, contradiction
from qa.quotes import Quote
from qa.render.contract import answer_object
from qa.render.html import answer_html
from qa.render.languages import LOCALE
from qa.render.plain import answer_text
from qa.render.words import contradiction_line
from qa.web.conversation import Exchange, recall, remember
from qa.web.export import html_page, markdown
from qa.within import Within
from web_browser import DESKTOP, PHONE, axe_violations, chromium, opened
from web_support import running, settings_for, word_site

SANCTIONS = "What did Kryuchkov say about sanctions?"
SAID = "Only words of Mielke were searched, though the question names Kryuchkov."


def found_in(archive: Archive, question: str, **filters: object) -> Contradiction | None:
    return contradiction(Asked(question, **filters), question, archive)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "question",
    [
        SANCTIONS,
        "what did kryuchkov say about sanctions",
        "What did Vladimir Kryuchkov say?",
        "What did Comrade Kryuchkov say about Mielke?",
        "Kryuchkov's words on the plane?",
        "Was sagte Kryuchkov über die Sanktionen?",
        "Что сказал Kryuchkov о санкциях?",
        "Kryuchkov는 제재에 대해 뭐라고 말했나요?",
    ],
)
def test_who_is_named_and_left_out_is_told(archive: Archive, question: str) -> None:
    told = found_in(archive, question, speaker="Mielke")
    assert told == Contradiction(("Kryuchkov",), "Mielke")


@pytest.mark.parametrize(
    ("question", "filters"),
    [
        (SANCTIONS, {}),
        (SANCTIONS, {"speaker": "Kryuchkov"}),
        (SANCTIONS, {"speaker": "Vladimir Alexandrovich Kryuchkov"}),
        (SANCTIONS, {"document": "mielke-kryuchkov-1983-09-19"}),
        ("What did Mielke say about Kryuchkov?", {"speaker": "Mielke"}),
        ("What is said about Kryuchkov?", {"speaker": "Mielke"}),
        ("Was sagt er über Comrade Kryuchkov?", {"speaker": "Mielke"}),
        ("Kryuchkov에 대해 뭐라고 했나요?", {"speaker": "Mielke"}),
        ("What did Mielke and Kryuchkov say about sanctions?", {"speaker": "Mielke"}),
        ("How many warning shots were fired?", {"speaker": "Mielke"}),
        ("What did Strauss say?", {"speaker": "Mielke"}),
    ],
)
def test_nothing_is_told_where_nothing_contradicts(
    archive: Archive, question: str, filters: dict[str, str]
) -> None:
    assert found_in(archive, question, **filters) is None


def test_a_choice_of_documents_in_which_somebody_is_not_heard_is_told(
    tiny_archive: Callable[..., Path],
) -> None:
    archive = open_archive(tiny_archive())
    title = "The Keeper of Stony Point"
    told = found_in(archive, "What did Oduya say about trips?", document="lighthouse")
    assert told == Contradiction(("Oduya",), None, title)
    assert found_in(archive, "What did Oduya say about trips?", document="ferry") is None
    early = Within.read(until="1975")
    assert found_in(archive, "What did Oduya say?", within=early) == told
    both = found_in(archive, "How heavy is the bell?", speaker="Oduya", document="lighthouse")
    assert both == told
    answer = Abstained("?", Reason.NOT_CONFIDENT, 0.1, contradiction=both)
    assert contradiction_line(answer) == (
        f"Only “{title}” was searched, and no words in it are established as those of Oduya."
    )


@pytest.mark.parametrize("question", ["Who answered the question?", "who answered the question"])
def test_a_speaker_called_as_a_word_is_called_is_not_named_by_it(
    tiny_archive: Callable[..., Path], question: str
) -> None:
    assert found_in(open_archive(tiny_archive()), question, speaker="Oduya") is None


@given(st.text(max_size=60))
def test_any_question_can_be_looked_at(archive: Archive, question: str) -> None:
    told = found_in(archive, question, speaker="Mielke")
    assert told is None or "kryuchkov" in question.casefold()


def test_every_way_of_answering_says_it(archive: Archive) -> None:
    quote = Evidence(Quote.around(archive.transcripts[0], 8299, 8340), 1.0)
    asked = Asked(SANCTIONS, speaker="Mielke")
    for bare in (
        Answered(SANCTIONS, (quote,), 0.9),
        Abstained(SANCTIONS, Reason.NOT_CONFIDENT, 0.1),
    ):
        answer = against(bare, asked, archive)
        assert answer_text(answer).startswith(SAID)
        assert f'<p class="va-against">{SAID}</p>' in answer_html(answer).replace(
            "<bdi>", ""
        ).replace("</bdi>", "")
        assert answer_object(answer)["contradiction"] == {"named": ["Kryuchkov"], "sentence": SAID}
        (again,) = recall(remember([Exchange(SANCTIONS, "Mielke", None, answer)]), archive)
        assert again.answer is not None
        assert again.answer.contradiction == answer.contradiction
        assert SAID in markdown([again])
        assert "va-against" in html_page([again], self_contained=False)
        assert answer_object(bare)["contradiction"] is None


@pytest.mark.parametrize(
    "reason", [Reason.CATALOGUE, Reason.UNKNOWN_REFERENCE, Reason.UNSUPPORTED_LANGUAGE]
)
def test_where_no_words_were_searched_nothing_is_told(reason: Reason) -> None:
    answer = Abstained("Who is Kryuchkov?", reason, 0.1)
    told = Contradiction(("Kryuchkov",), "Mielke")
    assert with_contradiction(answer, told).contradiction is None


@pytest.mark.parametrize("language", ["de", "ko", "ru"])
def test_it_is_told_in_the_language_of_the_page(language: str) -> None:
    told = Contradiction(("Kryuchkov",), "Mielke")
    answer = Abstained("?", Reason.NOT_CONFIDENT, 0.1, contradiction=told)
    line = contradiction_line(answer, language)
    assert line != contradiction_line(answer)
    assert "Mielke" in line
    assert "Kryuchkov" in line
    assert (LOCALE / f"{language}.po").exists()


def test_a_question_that_leans_on_one_that_names_somebody_is_told_too(answerer: Answerer) -> None:
    answer = answerer.ask(Asked("And why?", (SANCTIONS,), "Mielke"))
    assert answer.contradiction == Contradiction(("Kryuchkov",), "Mielke")


def test_the_command_line_and_the_api_say_it(tmp_path: Path, answerer: Answerer) -> None:
    shown = answer_text(answerer.ask(Asked(SANCTIONS, speaker="Mielke")))
    assert shown.startswith(SAID)
    with running(word_site(settings_for(tmp_path))) as server:
        sent = {"question": SANCTIONS, "speaker": "Mielke"}
        found = json.loads(httpx.post(f"{server.url}/api/ask", json=sent).text)
        assert found["contradiction"]["sentence"] == SAID
        sent["speaker"] = "Kryuchkov"
        assert httpx.post(f"{server.url}/api/ask", json=sent).json()["contradiction"] is None


@pytest.mark.browser
@pytest.mark.parametrize("size", [DESKTOP, PHONE], ids=["desktop", "phone"])
def test_the_chat_says_it_above_the_quotes(tmp_path: Path, size: tuple[int, int]) -> None:
    question = "What did Kryuchkov say about the plane incident and the assessments?"
    with (
        running(word_site(settings_for(tmp_path))) as server,
        chromium() as browser,
        opened(browser, server.url, size) as (page, watch),
    ):
        expect(page.locator("body.va-ready")).to_have_count(1)
        page.get_by_label("Speaker").click()
        page.get_by_role("option", name="Mielke").click()
        page.locator("#va-question textarea").fill(question)
        page.keyboard.press("Enter")
        expect(page.locator(".va-against")).to_have_text(SAID)
        expect(page.locator("#va-status")).to_contain_text(SAID)
        expect(page.locator(".va-card").first).to_be_visible()
        assert axe_violations(page) == []
        page.reload()
        expect(page.locator(".va-against")).to_have_text(SAID)
        assert watch.complaints == []


def test_a_person_of_another_name_in_the_document_searched_is_heard_there(
    tmp_path: Path,
) -> None:
    for document, name in (("visit", "Kissinger"), ("board", "SECRETARY KISSINGER")):
        (tmp_path / f"{document}.txt").write_text(
            f"{name}: We spoke of talking points.\n\nOLIVER: We did.\n\n{name}: At length.\n"
        )
        (tmp_path / f"{document}.toml").write_text(
            f'title = "The {document}"\n[[participants]]\nname = "{name}"\n'
            'full_name = "Henry A. Kissinger"\n[[participants]]\nname = "OLIVER"\n'
        )
    documents = open_archive(tmp_path)
    for question in ("What did Kissinger say about talking points?", "What did Oliver say?"):
        assert found_in(documents, question, document="board") is None
    told = found_in(documents, "What did Secretary Kissinger say?", speaker="OLIVER")
    assert told is not None
    assert len(told.named) == 1
    assert "KISSINGER" in told.named[0].upper()
