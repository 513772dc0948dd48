"""One build at a time: whoever has to wait is told for whom, and not for ever.

The lock itself is the operating system's and ends with its process. Beside it lies a file that
names the builder and that the builder touches every second: one that was stopped does not.
"""

from __future__ import annotations

import json
import os
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from filelock import FileLock, Timeout

from index.errors import SearchIndexError

LOCK = ".lock"
BUILDER = ".builder"
_LONGEST_SECONDS = 1800.0
_STILL_SECONDS = 60.0
_BEAT_SECONDS = 1.0


@contextmanager
def building_alone(root: Path, say: Callable[[str], None]) -> Iterator[None]:
    """Wait until nobody else builds in ``root``, and keep others waiting until the block ends.

    Args:
        root: the index folder.
        say: told once, in a sentence, which program is waited for.

    Raises:
        SearchIndexError: the other build shows no sign of life, or lasts longer than half an hour.
    """
    lock = FileLock(str(root / LOCK), timeout=0)
    _wait(lock, root, say)
    try:
        with _sign_of_life(root / BUILDER):
            yield
    finally:
        lock.release()


def _wait(lock: FileLock, root: Path, say: Callable[[str], None]) -> None:
    began = alive_at = time.monotonic()
    beat = _beat(root / BUILDER)
    said = False
    while True:
        try:
            lock.acquire(timeout=_BEAT_SECONDS)
        except Timeout:
            now = time.monotonic()
        else:
            return
        latest = _beat(root / BUILDER)
        if latest != beat:
            beat, alive_at = latest, now
        who = _builder(root / BUILDER)
        if now - alive_at > _STILL_SECONDS:
            raise SearchIndexError(
                f"{who} holds the index folder {root} and has shown no sign of life for "
                f"{_STILL_SECONDS:.0f} seconds; let it go on or end it, and try again."
            )
        if now - began > _LONGEST_SECONDS:
            raise SearchIndexError(
                f"{who} has been building the index in {root} for half an hour; end it."
            )
        if not said:
            said = True
            say(f"Waiting for {who}, which is building the index in {root}, half an hour at most.")


@contextmanager
def _sign_of_life(path: Path) -> Iterator[None]:
    path.write_text(json.dumps({"pid": os.getpid()}), encoding="utf-8")
    done = threading.Event()

    def beat() -> None:
        while not done.wait(_BEAT_SECONDS):
            try:
                os.utime(path)
            except OSError:  # the folder has gone; the build itself will say so
                return

    thread = threading.Thread(target=beat, name="verbatim-building", daemon=True)
    thread.start()
    try:
        yield
    finally:
        done.set()
        thread.join()
        path.unlink(missing_ok=True)


def _beat(path: Path) -> int:
    try:
        return path.stat().st_mtime_ns
    except OSError:
        return 0


def _builder(path: Path) -> str:
    try:
        return f"Process {int(json.loads(path.read_text(encoding='utf-8'))['pid'])}"
    except (OSError, ValueError, KeyError, TypeError):
        return "Another program"
