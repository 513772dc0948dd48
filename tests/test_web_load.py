"""Under load and over days: no error, bounded memory. Figures are printed: run with ``-s``."""

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

from web_browser import PORTRAIT, chromium, opened
from web_support import SHOTS, SHOTS_WORDS, running, running_apart, settings_for, word_site

pytestmark = pytest.mark.slow
CALLERS = 32
EACH = 20


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, int]]:
    """A server in a process of its own: its address and its pid."""
    with running_apart(tmp_path_factory.mktemp("load")) as started:
        yield started


Call = Callable[[httpx.AsyncClient], Awaitable[httpx.Response]]


def measured(url: str, call: Call) -> tuple[list[float], float, set[int]]:
    """Return sorted seconds of each request, requests a second, and status codes."""
    seconds: list[float] = []
    codes: set[int] = set()

    async def caller(client: httpx.AsyncClient) -> None:
        for _ in range(EACH):
            started = time.perf_counter()
            codes.add((await call(client)).status_code)
            seconds.append(time.perf_counter() - started)

    async def all_callers() -> float:
        limits = httpx.Limits(max_connections=CALLERS)
        async with httpx.AsyncClient(base_url=url, timeout=60, limits=limits) as client:
            started = time.perf_counter()
            await asyncio.gather(*(caller(client) for _ in range(CALLERS)))
            return time.perf_counter() - started

    took = asyncio.run(all_callers())
    return sorted(seconds), CALLERS * EACH / took, codes


def test_thirty_two_callers_at_once_see_no_error(server: tuple[str, int], tmp_path: Path) -> None:
    answerer = word_site(settings_for(tmp_path)).answerer
    started = time.perf_counter()
    for _ in range(100):
        answerer.ask(SHOTS)
    bare = (time.perf_counter() - started) / 100
    print(f"\nbare search: {1000 * bare:.1f} ms each, {1 / bare:.0f}/s")
    calls: dict[str, Call] = {
        "no-op route": lambda client: client.get("/healthz"),
        "/api/ask": lambda client: client.post("/api/ask", json={"question": SHOTS}),
        "/kiosk/ask": lambda client: client.post("/kiosk/ask", json={"question": SHOTS}),
        "/source/…": lambda client: client.get("/source/mielke-kryuchkov-1983-09-19"),
    }
    for name, call in calls.items():
        seconds, rate, codes = measured(server[0], call)
        p95 = seconds[int(0.95 * len(seconds))]
        middle = statistics.median(seconds)
        print(f"{name}: p50 {1000 * middle:.0f} ms, p95 {1000 * p95:.0f} ms, {rate:.0f}/s")
        assert codes == {200}, name
        assert p95 < 10, name


def gradio_ask(client: httpx.Client, session: str) -> None:
    """Ask through the protocol of Gradio's own frontend."""
    config = client.get("/config").json() if not hasattr(gradio_ask, "fn") else None
    if config is not None:
        by_name = {d.get("api_name"): d["id"] for d in config["dependencies"]}
        gradio_ask.fn = by_name["ask"]  # type: ignore[attr-defined]
    body = {
        "data": [SHOTS, "[]", "", ""],
        "fn_index": gradio_ask.fn,  # type: ignore[attr-defined]
        "session_hash": session,
    }
    assert client.post("/gradio_api/queue/join", json=body).status_code == 200
    with client.stream("GET", f"/gradio_api/queue/data?session_hash={session}") as events:
        for line in events.iter_lines():
            if "process_completed" in line:
                assert SHOTS_WORDS.split()[2] in line
                return
    raise AssertionError("no answer came")


def test_two_thousand_questions_in_two_hundred_sessions_do_not_pile_up(
    server: tuple[str, int],
) -> None:
    process = psutil.Process(server[1])
    grown: list[float] = []
    with httpx.Client(base_url=server[0], timeout=60) as client:
        for number in range(2200):
            gradio_ask(client, f"s{number % 220:03d}")
            if number % 200 == 199:
                grown.append(process.memory_info().rss / 2**20)
    print("\nRSS in MiB after every 200 questions:", [round(size) for size in grown])
    assert grown[-1] - grown[1] < 40, grown


def test_five_hundred_visits_leave_the_page_as_it_was(tmp_path: Path) -> None:
    cycles = int(os.environ.get("KIOSK_CYCLES", "500"))
    with (
        running(word_site(settings_for(tmp_path, kiosk=True))) as server,
        chromium() as browser,
        opened(browser, server.url, PORTRAIT, touch=True) as (page, watch),
    ):
        tools = page.context.new_cdp_session(page)
        sizes: list[tuple[float, int]] = []
        for cycle in range(cycles + 1):
            page.locator("#begin").click()
            page.locator("#questions button").nth(1).click()
            expect(page.locator("#card blockquote")).to_be_visible()
            page.locator("#context-open").click()
            expect(page.locator("#hit-1")).to_be_visible()
            page.keyboard.press("Escape")
            page.keyboard.press("Escape")
            page.keyboard.press("Escape")
            expect(page.locator("#attract")).to_be_visible()
            if cycle % (cycles // 5) == 0:
                sizes.append(heap_and_nodes(tools))
        print("\nheap in MiB and DOM nodes over the visits:", sizes)
        assert sizes[-1][0] - sizes[1][0] < 0.5, sizes
        assert abs(sizes[-1][1] - sizes[1][1]) < 20, sizes
        assert watch.complaints == []


def heap_and_nodes(tools: CDPSession) -> tuple[float, int]:
    tools.send("HeapProfiler.collectGarbage")
    tools.send("Performance.enable")
    metrics = {m["name"]: m["value"] for m in tools.send("Performance.getMetrics")["metrics"]}
    return round(metrics["JSHeapUsedSize"] / 2**20, 2), int(metrics["Nodes"])
