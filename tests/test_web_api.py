"""The JSON API answers the contract, and says in one sentence what is wrong."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from qa.asking import Asked
from qa.render.contract import answer_object
from web_support import (
    DOCUMENT,
    NOTHING,
    SHOTS,
    SHOTS_PLACE,
    UNCERTAIN,
    Server,
    running,
    settings_for,
    word_site,
)


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    settings = settings_for(tmp_path_factory.mktemp("api"), kiosk=True)
    with running(word_site(settings)) as started:
        yield started


def ask(server: Server, body: object) -> httpx.Response:
    return httpx.post(server.url + "/api/ask", json=body)


def test_an_answer_is_the_same_object_as_on_the_command_line(server: Server) -> None:
    answered = ask(server, {"question": SHOTS}).json()
    own = server.site.answerer
    expected = json.loads(
        json.dumps(answer_object(own.ask(Asked(SHOTS)), archive=own.archive.fingerprint))
    )
    for answer in (answered, expected):
        answer.pop("seconds")
    assert answered == expected
    assert answered["quotes"][0]["text"] == "More than 120 [warning]\nshots were fired."


def test_an_abstention_carries_its_reason(server: Server) -> None:
    answer = ask(server, {"question": NOTHING}).json()
    assert (answer["status"], answer["quotes"]) == ("abstained", [])
    assert answer["reason"] == "not-confident"
    assert answer["nearest"]
    assert answer["shown"] == 0


def test_passages_to_judge_are_counted(server: Server) -> None:
    answer = ask(server, {"question": UNCERTAIN}).json()
    assert (answer["status"], answer["quotes"], answer["shown"]) == ("possible", [], 3)
    assert len(answer["nearest"]) >= 3


def test_a_speaker_can_be_asked_alone(server: Server) -> None:
    answer = ask(server, {"question": SHOTS, "speaker": "Mielke"}).json()
    assert {quote["speaker"] for quote in answer["quotes"] + answer["nearest"]} == {"Mielke"}


@pytest.mark.parametrize(
    "body",
    [
        {"question": ""},
        {"question": "   "},
        {"question": "x" * 1001},
        {"question": SHOTS, "speaker": "Nobody"},
        {"question": SHOTS, "document": "nothing"},
        {"question": SHOTS, "more": 1},
        {"question": 7},
        {"question": SHOTS, "history": ["again"] * 51},
        {},
        [],
    ],
)
def test_a_request_that_makes_no_sense_gets_one_sentence(server: Server, body: object) -> None:
    answer = ask(server, body)
    assert answer.status_code == 422
    sentence = answer.json()["error"]
    assert sentence.endswith(".")
    assert "\n" not in sentence


@pytest.mark.parametrize("content", [b"", b"{", b"\xff\xfe", b"null", b'{"question": "\\ud800"}'])
def test_what_is_no_json_gets_no_traceback(server: Server, content: bytes) -> None:
    headers = {"content-type": "application/json"}
    answer = httpx.post(server.url + "/api/ask", content=content, headers=headers)
    assert answer.status_code == 422
    assert "Traceback" not in answer.text


def test_a_reported_error_is_kept_on_this_computer(tmp_path: Path) -> None:
    from fastapi import FastAPI
    from fastapi.testclient import TestClient

    from qa.web.api import api_routes

    site = word_site(settings_for(tmp_path))
    app = FastAPI()
    app.include_router(api_routes(site))
    client = TestClient(app)
    start, end = SHOTS_PLACE
    place = {"document": DOCUMENT, "start": start, "end": end}
    sent = client.post("/api/report", json={**place, "comment": "It says 150 in the <original>."})
    assert sent.json() == {"saved": True}
    (line,) = (tmp_path / "reports.jsonl").read_text().splitlines()
    report = json.loads(line)
    assert report["comment"] == "It says 150 in the <original>."
    assert report["text"] == "More than 120 [warning]\nshots were fired."
    nowhere = client.post("/api/report", json={**place, "end": end - 1, "comment": "x"})
    assert nowhere.status_code == 404
    (tmp_path / "reports.jsonl").rename(tmp_path / "kept")
    (tmp_path / "reports.jsonl").mkdir()
    lost = client.post("/api/report", json={**place, "comment": "x"})
    assert lost.status_code == 507
    assert "tell the staff" in lost.json()["error"]
    (tmp_path / "reports.jsonl").rmdir()
    (tmp_path / "kept").rename(tmp_path / "reports.jsonl")
    empty = client.post("/api/report", json={**place, "comment": ""})
    assert empty.status_code == 422
    assert len((tmp_path / "reports.jsonl").read_text().splitlines()) == 1


@pytest.mark.parametrize(
    ("body", "says"),
    [
        ({"question": "Why?", "speeker": "Mielke"}, "speeker: is no key of this request"),
        ({}, "question: is missing"),
        ({"question": 3}, "question: should be a valid string"),
        ({"question": "Why?", "history": "Who?"}, "history: should be a valid tuple"),
        ([1], "the body"),
    ],
)
def test_what_is_not_understood_is_named(server: Server, body: object, says: str) -> None:
    answer = httpx.post(f"{server.url}/api/ask", json=body)
    assert answer.status_code == 422
    assert answer.json()["error"].startswith("The request is not understood. ")
    assert says in answer.json()["error"]
