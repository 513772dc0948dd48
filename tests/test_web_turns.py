"""Whoever asks much delays another visitor by one question, and waits longer afterwards."""

from __future__ import annotations

import re
import threading
import time
from collections.abc import Iterator
from contextlib import AbstractContextManager, suppress
from pathlib import Path

import httpx
import pytest

from corpus.archive import Archive
from qa.answers import Answer
from qa.asking import Asked
from qa.web.rate import Rate
from qa.web.site import Site
from qa.web.turns import BusyError, Turns
from web_support import DOCUMENT, NOTHING, SHOTS, Server, running, settings_for, word_site

HEAVY = "heavy"


class Gated:
    """Answers, but a heavy question only when the gate lets it through; notes the order."""

    def __init__(self, site: Site) -> None:
        self._asker = site.answerer
        self.gate = threading.Semaphore(0)
        self.begun: list[str] = []

    @property
    def archive(self) -> Archive:
        return self._asker.archive

    def check(self, asked: Asked) -> None:
        self._asker.check(asked)

    def ask(self, asked: Asked) -> Answer:
        if asked.question.startswith((HEAVY, SHOTS)):  # and not the one that warms up
            self.begun.append(asked.question)
        if asked.question.startswith(HEAVY):
            assert self.gate.acquire(timeout=30)
        return self._asker.ask(asked)


@pytest.fixture
def gated(tmp_path: Path) -> Iterator[tuple[Server, Gated]]:
    settings = settings_for(tmp_path)
    site = word_site(settings)
    asker = Gated(site)
    gated = Site.of(asker, settings)
    gated.warm.set()
    with running(gated) as server:
        yield server, asker
        asker.gate.release(100)


def client(server: Server, source: str) -> httpx.Client:
    transport = httpx.HTTPTransport(local_address=source)
    return httpx.Client(base_url=server.url, transport=transport, timeout=40)


def ask_in_background(visitor: httpx.Client, question: str, codes: list[httpx.Response]) -> None:
    def post() -> None:
        with suppress(httpx.HTTPError):  # the test may be over by then
            codes.append(visitor.post("/api/ask", json={"question": question}))

    threading.Thread(target=post).start()


def wait_for(there: object, what: str) -> None:
    for _ in range(400):
        if there():  # type: ignore[operator]
            return
        time.sleep(0.02)
    raise AssertionError(what)


def test_thirty_heavy_questions_delay_another_visitor_by_one(gated: tuple[Server, Gated]) -> None:
    server, asker = gated
    with client(server, "127.0.0.1") as greedy, client(server, "127.0.0.2") as other:
        answers: list[httpx.Response] = []
        for number in range(30):
            ask_in_background(greedy, f"{HEAVY} {number} {NOTHING}", answers)
        wait_for(lambda: asker.begun and len(answers) == 23, "one runs and six wait")
        refused = {answer.status_code for answer in answers}
        assert refused == {429}
        assert all(int(answer.headers["retry-after"]) > 0 for answer in answers)
        mine: list[httpx.Response] = []
        ask_in_background(other, SHOTS, mine)
        time.sleep(0.3)
        asker.gate.release()
        wait_for(lambda: mine, "the other visitor is answered")
        assert mine[0].json()["status"] == "answered"
        assert asker.begun[1] == SHOTS


def test_a_visitor_of_the_chat_has_a_turn_too(gated: tuple[Server, Gated]) -> None:
    server, asker = gated
    with client(server, "127.0.0.1") as greedy, client(server, "127.0.0.2") as other:
        config = greedy.get("/config").json()
        named = {d.get("api_name"): d["id"] for d in config["dependencies"]}
        for number in range(30):
            data = [f"{HEAVY} {number} {NOTHING}", "[]", "", "", "", "", ""]
            body = {"data": data, "fn_index": named["ask"], "session_hash": f"greedy{number}"}
            assert greedy.post("/gradio_api/queue/join", json=body).status_code == 200
        wait_for(lambda: asker.begun, "the first one runs")
        time.sleep(0.5)
        body |= {"data": [SHOTS, "[]", "", "", "", "", ""], "session_hash": "other"}
        assert other.post("/gradio_api/queue/join", json=body).status_code == 200
        time.sleep(0.5)
        asker.gate.release()
        with other.stream("GET", "/gradio_api/queue/data?session_hash=other") as events:
            assert any("More than 120" in line for line in events.iter_lines())
        assert len(asker.begun) <= 4


class Noted(Turns):
    """Turns, and for whom each was."""

    def __init__(self) -> None:
        super().__init__()
        self.clients: list[str] = []

    def turn(self, client: str = "") -> AbstractContextManager[None]:
        self.clients.append(client)
        return super().turn(client)


@pytest.mark.parametrize("page", ["kiosk", "chat"])
def test_comparing_a_quotation_that_is_asked_about_takes_a_turn(tmp_path: Path, page: str) -> None:
    site = word_site(settings_for(tmp_path))
    site.turns = noted = Noted()
    with running(site) as server:
        for question, turns in (
            (SHOTS, 1),
            ("Did Kryuchkov say “more than 120 shots were fired”?", 2),
        ):
            noted.clients.clear()
            if page == "kiosk":
                asked = {"question": question, "language": "en"}
                assert httpx.post(f"{server.url}/kiosk/ask", json=asked).status_code == 200
            else:
                ask_in_chat(server, question)
            assert sum(map(bool, noted.clients)) == turns


def test_citing_takes_a_turn(tmp_path: Path) -> None:
    site = word_site(settings_for(tmp_path))
    site.turns = noted = Noted()
    with running(site) as server:
        for path in (
            f"/api/cite/{DOCUMENT}?style=apa",
            f"/cite/{DOCUMENT}/8299-8340",
            f"/cite/{DOCUMENT}/8299-8340.bib",
        ):
            noted.clients.clear()
            assert httpx.get(server.url + path).status_code == 200
            assert [client for client in noted.clients if client] == ["127.0.0.1"]


def ask_in_chat(server: Server, question: str) -> None:
    with httpx.Client(base_url=server.url, timeout=40) as visitor:
        named = {d.get("api_name"): d["id"] for d in visitor.get("/config").json()["dependencies"]}
        data = [question, "[]", "", "", "", "", ""]
        body = {"data": data, "fn_index": named["ask"], "session_hash": f"asks{len(question)}"}
        assert visitor.post("/gradio_api/queue/join", json=body).status_code == 200
        path = f"/gradio_api/queue/data?session_hash={body['session_hash']}"
        with visitor.stream("GET", path) as events:
            assert any("process_completed" in line for line in events.iter_lines())


def test_finding_in_a_document_waits_for_its_turn(gated: tuple[Server, Gated]) -> None:
    server, asker = gated
    with client(server, "127.0.0.1") as greedy, client(server, "127.0.0.2") as other:
        answers: list[httpx.Response] = []
        ask_in_background(greedy, f"{HEAVY} {NOTHING}", answers)
        wait_for(lambda: asker.begun, "it runs")
        found: list[httpx.Response] = []
        path = f"/source/{DOCUMENT}?find=a*"
        reader = threading.Thread(target=lambda: found.append(other.get(path)))
        reader.start()
        time.sleep(0.3)
        assert not found
        asker.gate.release()
        reader.join(20)
        assert found[0].status_code == 200


def test_turns_go_round() -> None:
    turns, order = Turns(most_each=10), list[str]()
    started, gate = threading.Event(), threading.Event()

    def work(who: str) -> None:
        with turns.turn(who):
            order.append(who)
            started.set()
            gate.wait(10)

    threads = []
    for number, who in enumerate(["a", "a", "a", "a", "b", "b", "c"]):
        threads.append(threading.Thread(target=work, args=(who,)))
        threads[-1].start()
        started.wait(10)
        expected = number
        wait_for(lambda n=expected: sum(map(len, turns._waiting.values())) == n, "it waits")
    gate.set()
    for thread in threads:
        thread.join(10)
    assert "".join(order) == "abcabaa"


def test_the_queue_is_bounded_and_nobody_waits_for_ever() -> None:
    turns = Turns(most_each=1, most=2, patience=0.2)
    with turns.turn("a"):
        refusals = []
        threads = []

        def work(who: str) -> None:
            try:
                with turns.turn(who):
                    pass
            except BusyError as error:
                refusals.append((who, error.status))

        for who in ("b", "b", "c", "d"):
            threads.append(threading.Thread(target=work, args=(who,)))
            threads[-1].start()
            time.sleep(0.02)
        for thread in threads:
            thread.join(10)
    assert refusals[:2] == [("b", 429), ("d", 503)]
    assert sorted(refusals[2:]) == [("b", 503), ("c", 503)]
    with turns.turn("a"):
        pass


def test_work_is_charged_after_it_is_done() -> None:
    rate = Rate(burst=10, per_second=1, addresses=10)
    rate.charge("a", 25.0, 0.0)
    assert rate.wait("a", 1, 0.0) == pytest.approx(16.0)
    assert rate.wait("b", 1, 0.0) == 0.0
    rate.charge("a", 1e9, 0.0)
    assert rate.wait("a", 1, 0.0) == pytest.approx(61.0), "nobody is shut out for longer"
    turns = Turns(rate)
    with turns.turn("c"):
        time.sleep(0.05)
    now = time.monotonic()
    assert rate.wait("c", 10, now) > 0


def test_a_refusal_is_a_sentence(gated: tuple[Server, Gated]) -> None:
    server, asker = gated
    with client(server, "127.0.0.1") as greedy:
        answers: list[httpx.Response] = []
        for number in range(8):
            ask_in_background(greedy, f"{HEAVY} {number} {NOTHING}", answers)
        wait_for(lambda: answers, "one is refused")
        assert re.fullmatch(r"Too many .+\.", answers[0].json()["error"])
        assert asker.begun


def test_an_export_waits_for_its_turn_and_no_page_for_it(gated: tuple[Server, Gated]) -> None:
    server, asker = gated
    with client(server, "127.0.0.1") as greedy, client(server, "127.0.0.2") as other:
        answers: list[httpx.Response] = []
        ask_in_background(greedy, f"{HEAVY} {NOTHING}", answers)
        wait_for(lambda: asker.begun, "it runs")
        exported: list[httpx.Response] = []

        def export() -> None:
            exported.append(other.post("/export/markdown", data={"conversation": "[]"}))

        exporting = threading.Thread(target=export)
        exporting.start()
        time.sleep(0.3)
        assert not exported
        assert httpx.get(f"{server.url}/healthz").status_code == 200
        asker.gate.release()
        exporting.join(20)
        assert exported[0].status_code == 200
