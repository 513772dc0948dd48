"""In connection with which question before it one was searched: told wherever it is answered."""

from __future__ import annotations

import re
from dataclasses import replace

import httpx
import pytest

from corpus.archive import Archive
from corpus.transcript import Transcript
from qa.answers import Abstained, Answer, Answered, AskedAs, Evidence, Possible, Reason
from qa.quotes import Quote
from qa.render.contract import answer_object
from qa.render.plain import answer_text, unwrapped
from qa.render.words import connection
from qa.web.chat import question_html
from qa.web.conversation import Exchange, recall, remember
from qa.web.export import html_page, markdown
from qa.web.policy import Routes
from web_support import SHOTS, running, settings_for, word_site

LEANT = AskedAs(f"{SHOTS} And he?", "and", SHOTS)
SAID = f"In connection with: “{SHOTS}”"


def answers(transcript: Transcript) -> list[Answer]:
    near = (Evidence(Quote.around(transcript, 8299, 8340), 1.0),)
    return [
        Answered("And he?", near, 0.9, asked_as=LEANT),
        Possible("And he?", Reason.NOT_CONFIDENT, 0.4, near, 1, asked_as=LEANT),
        Abstained("And he?", Reason.NOT_CONFIDENT, 0.1, asked_as=LEANT),
    ]


def test_every_kind_of_answer_says_it_first_and_alone_says_nothing(transcript: Transcript) -> None:
    for answer in answers(transcript):
        assert answer_text(answer).startswith(f"{SAID}\n\n")
        assert unwrapped(answer_text(answer, 20).split("\n\n")[0]) == SAID
        alone = replace(answer, asked_as=None)
        assert "In connection" not in answer_text(alone)
        assert answer_object(answer)["asked_as"] == {
            "question": f"{SHOTS} And he?", "because": "and", "earlier": SHOTS,
        }  # fmt: skip
        assert answer_object(alone)["asked_as"] is None


def test_exports_and_a_reloaded_page_say_it_too(archive: Archive, transcript: Transcript) -> None:
    exchanges = [Exchange("And he?", None, None, answer) for answer in answers(transcript)]
    again = recall(remember(exchanges), archive)
    assert [one.answer.asked_as for one in again if one.answer] == [LEANT] * 3
    for said in (markdown(again), html_page(again, self_contained=True)):
        assert re.sub("</?bdi>", "", said).count(SAID) == 3


def test_a_conversation_of_another_release_can_still_be_read(archive: Archive) -> None:
    old = '[{"question": "Why?", "status": "abstained", "reason": "not-confident"}]'
    (exchange,) = recall(old, archive)
    assert exchange.answer is not None
    assert exchange.answer.asked_as is None


@pytest.mark.parametrize("long", ["word " * 100, "말" * 400])
def test_a_long_question_before_is_cut_where_people_read_it(
    transcript: Transcript, long: str
) -> None:
    answer = replace(answers(transcript)[0], asked_as=replace(LEANT, earlier=long))
    said = connection(answer)
    assert len(said) < 150
    assert said.endswith("…”")
    found = answer_object(answer)["asked_as"]
    assert found is not None
    assert found["earlier"] == long


def test_a_question_that_is_mark_up_is_shown_as_it_was_typed(transcript: Transcript) -> None:
    typed = "<img src=x onerror=alert(1)> {question} {0}"
    answer = replace(answers(transcript)[0], asked_as=replace(LEANT, earlier=typed))
    shown = question_html(Exchange("And he?", None, None, answer), "en")
    assert "<bdi>&lt;img src=x onerror=alert(1)&gt; {question} {0}</bdi>" in shown
    assert "<img" not in shown


@pytest.mark.parametrize("kiosk", [False, True])
def test_both_pages_may_say_what_readers_think(tmp_path, kiosk: bool) -> None:  # type: ignore[no-untyped-def]
    routes = Routes(kiosk=kiosk)
    assert routes.allow("POST", "/api/feedback")
    assert not routes.allow("GET", "/api/feedback")
    assert routes.allow("POST", "/api/report") is not kiosk
    assert routes.allow("POST", "/gradio_api/call/ask") is not kiosk
    assert routes.allow("GET", "/gradio_api/call/ask/abc") is not kiosk
    assert not routes.allow("POST", "/gradio_api/call/ask_others")
    place = {"document": "mielke-kryuchkov-1983-09-19", "start": 8299, "end": 8340}
    with running(word_site(settings_for(tmp_path, kiosk=kiosk))) as server:
        sent = {"kind": "yes", "question": SHOTS, "places": [place]}
        assert httpx.post(f"{server.url}/api/feedback", json=sent).json() == {"saved": True}
        wrong = httpx.post(f"{server.url}/api/feedback", json={**sent, "places": [{}]})
        assert wrong.status_code == 422
    assert len((tmp_path / "feedback.jsonl").read_text().splitlines()) == 1
