"""The command in surroundings that break: streams, interrupts, arguments that are no text."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from qa.render.terminal import json_line, visible

ROOT = Path(__file__).parent.parent
pytestmark = pytest.mark.skipif(os.name == "nt", reason="needs a POSIX shell")


def shell(command: str, archive: Path, **more: str) -> subprocess.CompletedProcess[str]:
    """Run a line of bash in which ``$V`` is the command, on an archive of its own."""
    return subprocess.run(
        ["bash", "-c", command.replace("$V", f"'{sys.executable}' -m qa")],
        cwd=ROOT,
        env={**os.environ, "VERBATIM_ARCHIVE": str(archive), "PYTHONPATH": str(ROOT), **more},
        capture_output=True,
        text=True,
        errors="replace",
        timeout=120,
        check=False,
    )


@pytest.mark.parametrize(
    ("command", "code", "says"),
    [
        ("$V find bell >/dev/full", 1, "No space left"),
        ("$V find bell >&-", 1, "Standard output is closed"),
        ("$V ask --jsonl <&-", 1, "Standard input is closed"),
        ("$V mcp <&-", 1, "Standard input is closed"),
        ("$V find bell 2>&-", 0, ""),
        ("$V find bell 2>/dev/full", 0, ""),
        ("$V find nothing-like-it 2>&- <&-", 3, ""),
        ("$V find $'\\xff'", 1, "Argument 2 (\\udcff) is not UTF-8"),
        ("$V lint --archive $'\\xff'", 1, "is not UTF-8"),
        ("$V find $'\\x1b[2J\\x9b' ", 1, "is not UTF-8"),
        ("$V $'\\x1b[2J'", 1, "No such command"),
        ("$V find bell --archive $'\\x1b[2J'", 1, "⟨U+001B⟩[2J: is no folder"),
        ("set -o pipefail; $V find the | head -1", 0, ""),
        ("set -o pipefail; $V find the | true", 0, ""),
        ("set -o pipefail; $V lint | true", 0, ""),
    ],
)
def test_a_broken_stream_or_argument_ends_in_one_sentence(
    command: str, code: int, says: str, tiny_archive: Callable[..., Path]
) -> None:
    folder = tiny_archive()
    done = shell(command, folder)
    assert (done.returncode, "Traceback" in done.stderr) == (code, False), done.stderr
    assert says in done.stderr
    assert done.stderr.count("\n") <= 1
    assert "\x1b" not in done.stderr


@pytest.mark.parametrize("milliseconds", [0, 20, 50, 100, 200, 400])
def test_an_early_interrupt_leaves_no_traceback(
    milliseconds: int, tiny_archive: Callable[..., Path]
) -> None:
    folder = tiny_archive()
    running = subprocess.Popen(
        [sys.executable, "-X", "importtime", "-m", "qa", "find", "bell"],
        cwd=ROOT,
        env={**os.environ, "VERBATIM_ARCHIVE": str(folder), "PYTHONPATH": str(ROOT)},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    assert running.stderr is not None
    # From its first own import on; what the interpreter does before is not ours.
    while " typer" not in running.stderr.readline():
        assert running.poll() is None
    time.sleep(milliseconds / 1000)
    running.send_signal(signal.SIGINT)
    _, told = running.communicate(timeout=120)
    assert "Traceback" not in told
    assert running.returncode in (130, -signal.SIGINT, 0)


def test_signs_that_a_terminal_obeys_are_shown_by_their_codes() -> None:
    assert visible("a\x1b[31m\tb\x9b\u202ec\u2066\x7f\ud800\n") == (
        "a⟨U+001B⟩[31m\tb⟨U+009B⟩⟨U+202E⟩c⟨U+2066⟩⟨U+007F⟩⟨U+D800⟩\n"
    )
    words = "שלום\u200f \u061cسلام ‘e\u0301’ \u3000"
    assert visible(words) == words


def test_json_on_a_terminal_is_the_same_value() -> None:
    value = {"text": "a\x1b\x9b\u202e\ud800\tשלום"}
    line = json_line(value)
    assert json.loads(line) == value
    assert visible(line) == line
