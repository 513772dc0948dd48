"""Work done in a process of its own that kills itself before one of its file operations."""

from __future__ import annotations

import os
import signal
import sys
import traceback
from collections.abc import Callable
from pathlib import Path

_OPERATIONS = ("open", "os.rename", "os.mkdir", "os.remove", "os.rmdir", "os.truncate")


def forked(work: Callable[[], object]) -> int:
    """Run ``work`` in a process of its own; return its exit status, negative for a signal."""
    child = os.fork()
    if child:
        return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
    try:
        work()
    except BaseException:
        traceback.print_exc()
        os._exit(1)
    os._exit(0)


def die_at(count: int, below: Path | None = None) -> None:
    """Kill this process before its operation number ``count`` on files: all, or below a folder."""
    left = count

    def step() -> None:
        nonlocal left
        if left == 0:
            os.kill(os.getpid(), signal.SIGKILL)
        left -= 1

    def hook(event: str, arguments: tuple[object, ...]) -> None:
        if event in _OPERATIONS and (below is None or str(below) in str(arguments[:2])):
            step()

    flush = os.fsync

    def counted(descriptor: int) -> None:
        step()
        flush(descriptor)

    os.fsync = counted
    sys.addaudithook(hook)
