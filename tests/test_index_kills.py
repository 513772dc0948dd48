"""Power cuts, full disks, crowds: the old index or none is in force; the next build works."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="needs fork")

HERE = Path(__file__).parent


@pytest.fixture
def work() -> Iterator[Path]:
    """A folder that everybody may enter, unlike pytest's own."""
    with tempfile.TemporaryDirectory() as name:
        os.chmod(name, 0o755)
        yield Path(name)


@pytest.fixture
def run(tiny_archive: Callable[..., Path], work: Path) -> Callable[[str], dict[str, Any]]:
    """Return a function that runs ``killed_builds.py`` and returns what it counted."""
    archive = tiny_archive()

    def killed_builds(mode: str) -> dict[str, Any]:
        done = subprocess.run(
            [sys.executable, HERE / "killed_builds.py", mode, archive, work],
            capture_output=True,
            text=True,
            timeout=1800,
            env={**os.environ, "PYTHONPATH": os.pathsep.join([str(HERE.parent), str(HERE)])},
            check=False,
        )
        assert done.returncode == 0, done.stderr
        counted: dict[str, Any] = json.loads(done.stdout)
        return counted

    return killed_builds


each = pytest.mark.skipif("KILL_EACH" not in os.environ, reason="minutes; KILL_EACH=1 runs it")


@pytest.mark.parametrize("which", ["some", pytest.param("each", marks=each)])
def test_killed_before_any_of_its_file_operations(
    run: Callable[[str], dict[str, Any]], which: str
) -> None:
    counted = run(which)
    assert min(counted["first"], counted["over"]) > 30


def test_killed_at_random_moments(run: Callable[[str], dict[str, Any]]) -> None:
    assert run("random")["killed"] >= 6


def test_a_full_disk_is_said_in_one_sentence(run: Callable[[str], dict[str, Any]]) -> None:
    messages = run("full")["messages"]
    assert len([message for message in messages if message]) >= 4
    for message in filter(None, messages):
        assert "full" in message
        assert "\n" not in message


def test_of_several_builders_at_once_one_builds(run: Callable[[str], dict[str, Any]]) -> None:
    assert run("race") == {"failed": 0, "builds": 1, "left": 1}


def test_an_index_that_may_only_be_read_can_be_opened(
    run: Callable[[str], dict[str, Any]],
) -> None:
    counted = run("readonly")
    assert counted["stranger"] == 0
    assert counted["owner"] == 0
