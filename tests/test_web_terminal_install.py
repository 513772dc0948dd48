"""The terminal's short list of packages is enough, and small."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from importlib.metadata import Distribution, distribution
from pathlib import Path

import httpx
import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from qa.answering import Answerer
from web_support import SHOTS, free_port

ROOT = Path(__file__).parent.parent
LIST = ROOT / "docs" / "deploy" / "requirements-terminal.txt"
MOST_MEGABYTES = 700
# A shell that knows nothing but the linked packages and this project.
PROGRAM = """\
import sys
sys.path[:0] = [{site!r}, {root!r}]
from qa.cli import run_command
code = run_command(["serve", "--kiosk", "--port", "{port}"])
sys.exit(code)
"""


def closure() -> dict[str, Distribution]:
    """Return the listed packages with everything they require on this machine."""
    lines = [line for line in LIST.read_text().splitlines() if line and line[0] != "#"]
    waiting = [Requirement(line) for line in lines]
    found: dict[str, Distribution] = {}
    while waiting:
        requirement = waiting.pop()
        name = canonicalize_name(requirement.name)
        if name in found:
            continue
        found[name] = distribution(requirement.name)
        waiting += [
            inner
            for text in found[name].requires or []
            if (inner := Requirement(text)).marker is None or inner.marker.evaluate({"extra": ""})
        ]
    return found


def test_it_is_small_and_without_torch_and_gradio() -> None:
    packages = closure()
    assert not set(packages) & {
        "torch",
        "gradio",
        "sentence-transformers",
        "transformers",
        "pandas",
    }
    size = sum(
        Path(str(found.locate_file(file))).stat().st_size
        for found in packages.values()
        for file in found.files or []
        if Path(str(found.locate_file(file))).is_file()
    )
    print(f"\n{len(packages)} packages, {size / 1e6:.0f} MB")
    assert size < MOST_MEGABYTES * 1e6


@pytest.mark.slow
def test_it_is_enough_to_answer(tmp_path: Path, answerer: Answerer, shipped_index: Path) -> None:
    assert answerer, "an index built elsewhere"
    site = tmp_path / "site"
    for found in closure().values():
        for file in found.files or []:
            source = Path(str(found.locate_file(file)))
            if ".." not in file.parts and source.is_file():
                target = site / file
                target.parent.mkdir(parents=True, exist_ok=True)
                target.symlink_to(source)
    port = free_port()
    environment = {
        "PATH": os.environ["PATH"],
        "HOME": str(tmp_path),
        "VERBATIM_INDEX_FOLDER": str(shipped_index),
        "VERBATIM_STATE_FOLDER": str(tmp_path / "state"),
    }
    code = PROGRAM.format(site=str(site), root=str(ROOT), port=port)
    process = subprocess.Popen([sys.executable, "-S", "-c", code], cwd=tmp_path, env=environment)
    try:
        answer = ask_when_well(port, process)
    finally:
        process.kill()
        process.wait()
    assert answer["status"] == "answered"
    assert "120" in json.dumps(answer["cards"][0]["pieces"])


def ask_when_well(
    port: int, process: subprocess.Popen[bytes]
) -> dict[str, list[dict[str, object]]]:
    url = f"http://127.0.0.1:{port}"
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline and process.poll() is None:
        try:
            if httpx.get(url + "/healthz").status_code == 200:
                found: dict[str, list[dict[str, object]]] = httpx.post(
                    url + "/kiosk/ask", json={"question": SHOTS}
                ).json()
                return found
        except httpx.TransportError:
            pass
        time.sleep(0.2)
    raise AssertionError("the terminal did not start")
