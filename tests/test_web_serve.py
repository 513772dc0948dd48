"""The real program: started, used, killed; not one request leaves the machine."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx
import pytest
from playwright.sync_api import expect

from corpus.archive import Archive
from qa.answering import Answerer
from qa.answers import Answered
from web_browser import PORTRAIT, chromium, opened
from web_support import NOTHING, SHOTS, free_port, running_apart

ROOT = Path(__file__).parent.parent
# Writes down every name looked up and every address connected to.
RECORDER = """\
import os, socket
_log = open(os.environ["RECORDED"], "a", buffering=1)
_resolve, _connect = socket.getaddrinfo, socket.socket.connect
def getaddrinfo(host, *rest, **more):
    _log.write(f"{host}\\n")
    return _resolve(host, *rest, **more)
def connect(self, address):
    _log.write(f"{address[0] if isinstance(address, tuple) else 'unix'}\\n")
    return _connect(self, address)
socket.getaddrinfo, socket.socket.connect = getaddrinfo, connect
"""
LOCAL = re.compile(r"(?:127\.\d+\.\d+\.\d+|::1|localhost|unix|None|b?'?0\.0\.0\.0'?)$")


@contextmanager
def program(
    tmp_path: Path, index: Path, port: int, *options: str, start: bool = True
) -> Iterator[subprocess.Popen[bytes]]:
    hook = tmp_path / "hook"
    hook.mkdir(exist_ok=True)
    (hook / "sitecustomize.py").write_text(RECORDER)
    environment = os.environ | {
        "PYTHONPATH": f"{hook}{os.pathsep}{ROOT}",
        "RECORDED": str(tmp_path / "recorded"),
        "VERBATIM_INDEX_FOLDER": str(index),
        "VERBATIM_STATE_FOLDER": str(tmp_path / "state"),
    }
    # Only what the settings say may keep it from the network.
    environment.pop("GRADIO_ANALYTICS_ENABLED", None)
    command = [sys.executable, str(ROOT / "app.py"), "--port", str(port), *options]
    process = subprocess.Popen(command, cwd=tmp_path, env=environment)
    try:
        if start:
            wait_until_well(port, process)
        yield process
    finally:
        process.kill()
        process.wait()


def wait_until_well(port: int, process: subprocess.Popen[bytes]) -> None:
    deadline = time.monotonic() + 90
    while time.monotonic() < deadline and process.poll() is None:
        try:
            if httpx.get(f"http://127.0.0.1:{port}/healthz").status_code == 200:
                return
        except httpx.TransportError:
            pass
        time.sleep(0.2)
    raise AssertionError("the program did not start")


@pytest.mark.browser
def test_not_one_request_leaves_the_machine(
    tmp_path: Path, answerer: Answerer, shipped_index: Path
) -> None:
    assert answerer, "the index is built"
    port = free_port()
    with program(tmp_path, shipped_index, port) as process, chromium() as browser:
        url = f"http://127.0.0.1:{port}"
        with opened(browser, url) as (page, chat):
            expect(page.locator("body")).to_have_class(re.compile("va-ready"))
            for number, question in enumerate((SHOTS, NOTHING, "And how long did it fly?"), 1):
                page.locator("#va-question textarea").fill(question)
                page.keyboard.press("Enter")
                expect(page.locator(".va-answer")).to_have_count(number)
            page.locator(".va-link").first.click()
            expect(page.locator("#va-panel mark.va-current")).to_be_visible()
        with opened(browser, "about:blank", PORTRAIT, touch=True) as (page, kiosk):
            page.clock.install()
            page.goto(url + "/kiosk")
            page.clock.run_for(1500)
            page.locator("#begin").tap()
            page.locator("#questions button").first.tap()
            expect(page.locator("#answer")).to_be_visible()
            page.clock.run_for(130_000)
            expect(page.locator("#attract")).to_be_visible()
        assert chat.hosts == {"127.0.0.1"}
        assert kiosk.hosts - {"blank"} == {"127.0.0.1"}
        process.send_signal(signal.SIGTERM)
        assert process.wait(timeout=15) is not None
    recorded = set((tmp_path / "recorded").read_text().split("\n")) - {""}
    assert {name for name in recorded if not LOCAL.match(name)} == set()


@pytest.mark.browser
def test_a_killed_server_is_excused_and_comes_back_by_itself(tmp_path: Path) -> None:
    port = free_port()
    with (
        chromium() as browser,
        running_apart(tmp_path, port, kiosk=True) as (url, pid),
        opened(browser, url, PORTRAIT, touch=True) as (page, _),
    ):
        page.locator("#begin").tap()
        os.kill(pid, signal.SIGKILL)
        page.locator("#questions button").first.tap()
        expect(page.locator("#away")).to_be_visible()
        with running_apart(tmp_path, port, kiosk=True):
            expect(page.locator("#attract")).to_be_visible(timeout=15_000)
            page.locator("#begin").tap()
            page.locator("#questions button").first.tap()
            expect(page.locator("#card blockquote")).to_be_visible()


def test_a_port_in_use_ends_in_one_sentence(
    tmp_path: Path, answerer: Answerer, shipped_index: Path
) -> None:
    import socket

    assert answerer
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        environment = os.environ | {
            "PYTHONPATH": str(ROOT),
            "VERBATIM_INDEX_FOLDER": str(shipped_index),
            "VERBATIM_STATE_FOLDER": str(tmp_path),
        }
        command = [sys.executable, str(ROOT / "app.py"), "--kiosk", "--port", str(port)]
        done = subprocess.run(
            command,
            check=False,
            cwd=tmp_path,
            env=environment,
            capture_output=True,
            text=True,
            timeout=90,
        )
    assert done.returncode == 1
    assert f"{port}" in done.stderr
    assert "Traceback" not in done.stderr
    assert "--port" in done.stderr


def test_every_suggested_question_is_answered_with_its_quote(
    archive: Archive, answerer: Answerer
) -> None:
    suggested = [s for transcript in archive for s in transcript.record.suggested]
    assert 4 <= len(suggested) <= 6
    for one in suggested:
        answer = answerer.ask(one.question)
        assert isinstance(answer, Answered), one.question
        first = answer.evidence[0].quote.text.replace("\n", " ")
        assert one.quote in first, one.question
        assert set(one.translations) == {"de", "ko", "ru"}


def test_a_terminal_loads_neither_gradio_nor_torch() -> None:
    code = (
        "import sys, qa.web.server; heavy = {'gradio', 'torch', 'pandas', 'transformers'}; "
        "print(heavy & set(sys.modules))"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], check=False, cwd=ROOT, capture_output=True, text=True
    )
    assert done.stdout.strip() == "set()", done.stderr
