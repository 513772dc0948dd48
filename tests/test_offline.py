"""Nothing leaves the machine: no address but its own, no look-up, no third party's file."""

from __future__ import annotations

import re
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import httpx
import psutil
import pytest
from playwright.sync_api import Page, expect

from qa.answering import Answerer
from syscalls import ROOT, Home, Trace, traced, tracing
from web_browser import PORTRAIT, chromium, opened
from web_support import NOTHING, SHOTS, free_port

LOOKS_UP = "import socket; socket.getaddrinfo('somewhere.example', 80)"
CONNECTS = """\
import socket
for family, address in ((socket.AF_INET, "192.0.2.1"), (socket.AF_INET6, "2001:db8::1")):
    try:
        socket.socket(family, socket.SOCK_DGRAM).connect((address, 9))
    except OSError:
        pass
"""
STAYS = """\
import socket
with socket.create_server(("127.0.0.1", 0)) as here:
    socket.create_connection(here.getsockname()).close()
"""
LIBRARIES = ("index.onnx_encoder", "index.transformer_encoder", "qa", "qa.training.exporting")
SETTINGS = """\
import {module}, onnxruntime
from huggingface_hub import constants
print(constants.HF_HUB_DISABLE_TELEMETRY, constants.HF_HUB_OFFLINE)
"""
GRADIO = "from gradio.analytics import analytics_enabled; print(analytics_enabled())"


@pytest.mark.parametrize(("code", "leaves"), [(LOOKS_UP, 1), (CONNECTS, 2), (STAYS, 0)])
def test_the_trace_sees_what_leaves(tmp_path: Path, code: str, leaves: int) -> None:
    log = tmp_path / "calls"
    traced(["-c", code], log, Home(tmp_path / "home").environment())
    assert len(Trace.read(log).leaving()) >= leaves
    assert bool(Trace.read(log).leaving()) == bool(leaves)


@pytest.mark.slow
def test_indexing_and_asking_stay_on_the_machine(
    tmp_path: Path, tiny_archive: Callable[..., Path]
) -> None:
    home, archive = Home(tmp_path / "home"), str(tiny_archive())
    environment = home.environment(VERBATIM_ARCHIVE=archive)
    question = "How many trips did the ferry make in a day?"
    for number, arguments in enumerate((["index"], ["ask", question], ["find", "ferry"], ["mcp"])):
        log = tmp_path / f"calls-{number}"
        done = traced(["-m", "qa", *arguments], log, environment)
        assert done.returncode in (0, 3), done.stderr
        assert Trace.read(log).leaving() == []
    assert home.strangers() == []


@pytest.mark.browser
@pytest.mark.slow
@pytest.mark.parametrize("seconds", [15, pytest.param(60, marks=pytest.mark.long)])
def test_serving_stays_on_the_machine(
    tmp_path: Path, answerer: Answerer, shipped_index: Path, seconds: int
) -> None:
    """What is to be sent may wait in a queue first: pages stay open for some time."""
    assert answerer, "the index is built"
    home, log, port = Home(tmp_path / "home"), tmp_path / "calls", free_port()
    environment = home.environment(VERBATIM_INDEX_FOLDER=str(shipped_index))
    arguments = [str(ROOT / "app.py"), "--port", str(port)]
    url = f"http://127.0.0.1:{port}"
    with chromium() as browser, tracing(arguments, log, environment) as program:
        wait_until_well(url, program)
        begun = time.monotonic()
        with (
            opened(browser, url) as (chat, seen_by_chat),
            opened(browser, "about:blank", PORTRAIT, touch=True) as (kiosk, seen_by_kiosk),
        ):
            use_chat(chat)
            use_kiosk(kiosk, url)
            chat.wait_for_timeout(max(0.0, seconds - (time.monotonic() - begun)) * 1000)
        assert seen_by_chat.hosts == {"127.0.0.1"}
        assert seen_by_kiosk.hosts - {"blank"} == {"127.0.0.1"}
    assert Trace.read(log).leaving() == []
    assert home.strangers() == []


def use_chat(page: Page) -> None:
    expect(page.locator("body")).to_have_class(re.compile("va-ready"))
    for number, question in enumerate((SHOTS, NOTHING, "And how long did it fly?"), 1):
        page.locator("#va-question textarea").fill(question)
        page.keyboard.press("Enter")
        expect(page.locator(".va-answer")).to_have_count(number)
    page.locator(".va-link").first.click()
    expect(page.locator("#va-panel mark.va-current")).to_be_visible()


def use_kiosk(page: Page, url: str) -> None:
    page.clock.install()
    page.goto(url + "/kiosk")
    page.clock.run_for(1500)
    page.locator("#begin").tap()
    page.locator("#questions button").first.tap()
    expect(page.locator("#answer")).to_be_visible()
    page.clock.run_for(130_000)
    expect(page.locator("#attract")).to_be_visible()


def wait_until_well(url: str, program: psutil.Process) -> None:
    deadline = time.monotonic() + 120
    while time.monotonic() < deadline and program.is_running():
        try:
            if httpx.get(f"{url}/healthz").status_code == 200:
                return
        except httpx.TransportError:
            pass
        time.sleep(0.2)
    raise AssertionError("the program did not start")


@pytest.mark.parametrize("module", LIBRARIES)
def test_whoever_imports_a_part_of_it_is_covered(tmp_path: Path, module: str) -> None:
    home = Home(tmp_path / "home")
    done = run_in(home, SETTINGS.format(module=module))
    assert done.stdout.split() == ["True", "True"], done.stderr
    assert home.strangers() == []


def test_what_is_set_to_report_is_set_back(tmp_path: Path) -> None:
    home = Home(tmp_path / "home")
    wanted = {
        "ORT_DISABLE_TELEMETRY": "0",
        "HF_HUB_DISABLE_TELEMETRY": "0",
        "GRADIO_ANALYTICS_ENABLED": "True",
    }
    done = run_in(home, SETTINGS.format(module="qa") + GRADIO, **wanted)
    assert done.stdout.split() == ["True", "True", "False"], done.stderr
    assert home.strangers() == []


def test_a_model_hub_is_asked_by_those_who_want_it(tmp_path: Path) -> None:
    done = run_in(Home(tmp_path / "home"), SETTINGS.format(module="qa"), HF_HUB_OFFLINE="0")
    assert done.stdout.split() == ["True", "False"], done.stderr


def test_a_library_that_came_first_is_named(tmp_path: Path) -> None:
    done = run_in(Home(tmp_path / "home"), "import onnxruntime, qa")
    assert "ORT_DISABLE_TELEMETRY=1" in done.stderr
    quiet = run_in(Home(tmp_path / "home"), "import onnxruntime, qa", ORT_DISABLE_TELEMETRY="1")
    assert quiet.stderr == ""


def run_in(home: Home, code: str, **more: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-c", code],
        cwd=ROOT,
        env=home.environment(**more),
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
