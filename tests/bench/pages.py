"""How long people wait: from ``verbatim serve`` to the first page, and from Enter to the cards.

``python tests/bench/pages.py`` starts a server and Chromium, several times, and prints the least
and the median of all runs with the load of the machine: what else it does only adds to the times.
The index has to be built before.
"""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx
from playwright.sync_api import Browser, Page

ROOT = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT), str(ROOT / "tests")]

from web_browser import DESKTOP, chromium, opened  # noqa: E402 - after the path
from web_support import free_port  # noqa: E402

QUESTIONS = (
    "How many warning shots were fired?",
    "Why did the Soviet pilots not recognise a passenger plane?",
    "What did Mielke think of the way Moscow explained it?",
    "Where were parts of the aircraft found?",
    "Who could not come on the tenth of September, and why?",
    "What is the capital of France?",
    "Who died?",
)
RUNS = 5
_PATIENCE = 60.0
_WATCH = """() => {
  const pressed = (event) => { if (event.key === "Enter") window.asked = performance.now(); };
  addEventListener("keydown", pressed, true);
  new MutationObserver(() => {
    const answers = document.querySelectorAll(".va-answer");
    if (answers.length === window.before || !window.asked) return;
    requestAnimationFrame(() => requestAnimationFrame(() => { window.shown = performance.now(); }));
    window.before = answers.length;
  }).observe(document.body, { childList: true, subtree: true });
}"""


def main() -> None:
    """Print every figure with its bound."""
    firsts: dict[str, list[float]] = {"/api/ask": [], "/kiosk": [], "/": []}
    waits: list[list[float]] = []
    print(f"load average at the start: {os.getloadavg()[0]:.2f}")
    with chromium() as browser:
        for _ in range(RUNS):
            for path, seconds in firsts.items():
                with serving() as (url, started):
                    first_answer(url, path)
                    seconds.append(time.perf_counter() - started)
                    if path == "/":
                        waits.append(enter_to_cards(browser, url))
    for (path, seconds), bound in zip(firsts.items(), (3, 3, 6), strict=True):
        print(
            f"serve to the first answer of {path:9}least {min(seconds):.2f} s, "
            f"median {statistics.median(seconds):.2f} s (bound {bound})"
        )
    medians = [statistics.median(run) for run in waits]
    everything = [one for run in waits for one in run]
    print(
        f"Enter to cards on the screen: median of a run, least {min(medians):.0f} ms, "
        f"median {statistics.median(medians):.0f} ms (bound 200); slowest of all "
        f"{len(everything)} questions {max(everything):.0f} ms"
    )
    print(f"load average at the end: {os.getloadavg()[0]:.2f}, {os.cpu_count()} cores")


@contextmanager
def serving() -> Iterator[tuple[str, float]]:
    """Run the program; yield its address and when it was started."""
    port = free_port()
    started = time.perf_counter()
    command = [sys.executable, "-m", "qa", "serve", "--port", str(port)]
    with subprocess.Popen(
        command, cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    ) as server:
        try:
            yield f"http://127.0.0.1:{port}", started
        finally:
            server.terminate()


def first_answer(url: str, path: str) -> None:
    """Wait until the server listens, then for its first whole answer."""

    def ask() -> httpx.Response:
        if path == "/api/ask":
            return httpx.post(url + path, json={"question": QUESTIONS[0]}, timeout=_PATIENCE)
        return httpx.get(url + path, timeout=_PATIENCE)

    _until(ask).raise_for_status()


def _until(ask: Callable[[], httpx.Response]) -> httpx.Response:
    latest = time.monotonic() + _PATIENCE
    while True:
        try:
            return ask()
        except httpx.ConnectError:
            if time.monotonic() > latest:
                raise
            time.sleep(0.01)


def enter_to_cards(browser: Browser, url: str) -> list[float]:
    """Return the milliseconds of each question, by the clock of the page; the first warms up."""
    with opened(browser, url, DESKTOP) as (page, _):
        page.wait_for_selector("body.va-ready")
        page.evaluate("() => { window.before = 0; }")
        page.evaluate(_WATCH)
        return [_one(page, question) for question in (QUESTIONS[-1], *QUESTIONS)][1:]


def _one(page: Page, question: str) -> float:
    page.evaluate("() => { window.asked = window.shown = 0; }")
    page.locator("#va-question textarea").fill(question)
    time.sleep(0.3)
    page.keyboard.press("Enter")
    page.wait_for_function("() => window.shown")
    return float(page.evaluate("() => window.shown - window.asked"))


if __name__ == "__main__":
    main()
