"""Under load and over days: no error, bounded memory.

The figures are printed: run with ``-s``. ``FULL_LOAD=1`` takes as many requests and visits as the
figures in ``docs/web.md``; without it, enough to notice a leak.
"""

from __future__ import annotations

import asyncio
import os
import statistics
import time
from collections.abc import Awaitable, Callable, Iterator
from pathlib import Path

import httpx
import psutil
import pytest
from playwright.sync_api import CDPSession, expect

from qa.asking import Asked
from web_browser import DESKTOP, chromium, opened
from web_support import SHOTS, SHOTS_WORDS, running, running_apart, settings_for, word_site

pytestmark = pytest.mark.slow
FULL = bool(os.environ.get("FULL_LOAD"))
CALLERS = 32
PLACES = 25
"""Visitors at once for whom the server has a place: one is served, and 24 may wait."""
EACH = 20 if FULL else 4
SESSIONS = 220  # more than the server keeps
QUESTIONS = 2200 if FULL else 330
MOST_GROWN = 40 if FULL else 12
VISITS = 500 if FULL else 120
SAMPLES = 8
WARM_UP = 10


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, int]]:
    """A server in a process of its own: its address and its pid."""
    folder = tmp_path_factory.mktemp("load")
    with running_apart(folder, trusted_proxies=["127.0.0.1"]) as started:
        yield started


Call = Callable[[httpx.AsyncClient], Awaitable[httpx.Response]]


def measured(url: str, call: Call, callers: int) -> tuple[list[float], float, set[int]]:
    """Return sorted seconds of each request, requests a second, and status codes.

    Each caller has an address of its own: of one alone, only a few questions may wait.
    """
    seconds: list[float] = []
    codes: set[int] = set()

    async def caller(number: int) -> None:
        address = {"x-forwarded-for": f"192.0.2.{number}"}
        async with httpx.AsyncClient(base_url=url, timeout=60, headers=address) as client:
            for _ in range(EACH):
                started = time.perf_counter()
                codes.add((await call(client)).status_code)
                seconds.append(time.perf_counter() - started)

    async def all_callers() -> float:
        started = time.perf_counter()
        await asyncio.gather(*(caller(number) for number in range(1, callers + 1)))
        return time.perf_counter() - started

    took = asyncio.run(all_callers())
    return sorted(seconds), callers * EACH / took, codes


def test_callers_at_once_see_no_error(server: tuple[str, int], tmp_path: Path) -> None:
    answerer = word_site(settings_for(tmp_path)).answerer
    started = time.perf_counter()
    for _ in range(100):
        answerer.ask(Asked(SHOTS))
    bare = (time.perf_counter() - started) / 100
    print(f"\nbare search: {1000 * bare:.1f} ms each, {1 / bare:.0f}/s")
    calls: dict[str, tuple[int, Call]] = {
        "no-op route": (CALLERS, lambda client: client.get("/healthz")),
        "/api/ask": (PLACES, lambda client: client.post("/api/ask", json={"question": SHOTS})),
        "/kiosk/ask": (PLACES, lambda client: client.post("/kiosk/ask", json={"question": SHOTS})),
        "/source/…": (PLACES, lambda client: client.get("/source/mielke-kryuchkov-1983-09-19")),
    }
    for name, (callers, call) in calls.items():
        seconds, rate, codes = measured(server[0], call, callers)
        p95 = seconds[int(0.95 * len(seconds))]
        middle = statistics.median(seconds)
        print(f"{name}: p50 {1000 * middle:.0f} ms, p95 {1000 * p95:.0f} ms, {rate:.0f}/s")
        assert codes == {200}, name


def gradio_ask(client: httpx.Client, function: int, session: str) -> None:
    """Ask through the protocol of Gradio's own frontend."""
    body = {
        "data": [SHOTS, "[]", *[""] * 5],
        "fn_index": function,
        "session_hash": session,
    }
    assert client.post("/gradio_api/queue/join", json=body).status_code == 200
    with client.stream("GET", f"/gradio_api/queue/data?session_hash={session}") as events:
        for line in events.iter_lines():
            if "process_completed" in line:
                assert SHOTS_WORDS.split()[2] in line
                return
    raise AssertionError("no answer came")


def test_many_questions_in_many_sessions_do_not_pile_up(server: tuple[str, int]) -> None:
    process = psutil.Process(server[1])
    grown: list[float] = []
    with httpx.Client(base_url=server[0], timeout=60) as client:
        named = {d.get("api_name"): d["id"] for d in client.get("/config").json()["dependencies"]}
        for number in range(1, QUESTIONS + 1):
            gradio_ask(client, named["ask"], f"s{number % SESSIONS:03d}")
            if number % (QUESTIONS // 11) == 0:
                grown.append(process.memory_info().rss / 2**20)
    sizes = [round(size) for size in grown]
    print(f"\nRSS in MiB after every {QUESTIONS // 11} questions:", sizes)
    # By the third sample everything is loaded that a question loads.
    assert grown[-1] - grown[2] < MOST_GROWN, sizes


# Clicks as fast as the page follows. Playwright's own handles would keep elements alive.
VISIT = """async times => {
    const byId = id => document.getElementById(id);
    const until = async there => {
        while (!there()) await new Promise(done => setTimeout(done, 2));
    };
    const escape = () => document.body.dispatchEvent(
        new KeyboardEvent('keydown', { key: 'Escape', bubbles: true, cancelable: true }));
    for (let visit = 0; visit < times; visit += 1) {
        byId('begin').click();
        document.querySelectorAll('#questions button')[1].click();
        await until(() => !byId('answer').hidden && document.querySelector('#card blockquote'));
        byId('context-open').click();
        await until(() => byId('hit-1'));
        escape(); escape(); escape();
        await until(() => !byId('attract').hidden);
    }
}"""


def test_many_visits_leave_the_page_as_it_was(tmp_path: Path) -> None:
    with (
        running(word_site(settings_for(tmp_path, kiosk=True))) as server,
        chromium() as browser,
        opened(browser, server.url, DESKTOP, touch=True) as (page, watch),
    ):
        expect(page.locator("#attract-question")).not_to_be_empty()
        tools = page.context.new_cdp_session(page)

        def smallest() -> tuple[float, int]:
            """Heap and nodes after some visits; the least, since a screen may await collection."""
            sizes = []
            for _ in range(SAMPLES):
                page.evaluate(VISIT, 1)
                sizes.append(heap_and_nodes(tools))
            return min(heap for heap, _ in sizes), min(nodes for _, nodes in sizes)

        page.evaluate(VISIT, WARM_UP)
        sizes = [smallest()]
        for _ in range(4):
            page.evaluate(VISIT, (VISITS - WARM_UP) // 4 - SAMPLES)
            sizes.append(smallest())
        print(f"\nheap in MiB and DOM nodes over {VISITS} visits:", sizes)
        assert sizes[-1][0] - sizes[0][0] < 0.5, sizes
        # One node left behind in four visits would be twice as many.
        assert sizes[-1][1] - sizes[0][1] < VISITS // 8, sizes
        assert watch.complaints == []


def heap_and_nodes(tools: CDPSession) -> tuple[float, int]:
    tools.send("HeapProfiler.collectGarbage")
    tools.send("Performance.enable")
    metrics = {m["name"]: m["value"] for m in tools.send("Performance.getMetrics")["metrics"]}
    return round(metrics["JSHeapUsedSize"] / 2**20, 2), int(metrics["Nodes"])
