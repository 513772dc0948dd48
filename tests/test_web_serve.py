"""The real program: started, used, killed."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

import httpx
import pytest
from playwright.sync_api import expect

from corpus.archive import Archive
from qa.answering import Answerer
from qa.answers import Answered
from qa.asking import Asked
from web_browser import PORTRAIT, chromium, opened
from web_support import SHOTS, free_port, running_apart

ROOT = Path(__file__).parent.parent


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


def test_the_chat_is_waited_for_and_never_refused_once_the_server_is_well(tmp_path: Path) -> None:
    with running_apart(tmp_path) as (url, _):
        page = httpx.get(url, timeout=120)
        assert page.status_code == 200
        assert "default-src 'self'" in page.headers["content-security-policy"]
        assert "gradio-app" in page.text
        question = {"data": [SHOTS, "[]", "", "", "", "", ""]}
        assert httpx.post(url + "/gradio_api/call/ask", json=question).status_code == 200


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
        answer = answerer.ask(Asked(one.question))
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
