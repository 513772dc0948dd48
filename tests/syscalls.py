"""What a program asks of the network, by its system calls.

Native libraries resolve and connect by themselves, past everything that can be patched in Python;
past the system they cannot go.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from ipaddress import ip_address
from pathlib import Path

import psutil
import pytest

ROOT = Path(__file__).parent.parent
PATIENCE_SECONDS = 300
# How strace writes an address of each family.
_IPV4 = re.compile(r'inet_addr\("([^"]+)"\)')
_IPV6 = re.compile(r'inet_pton\(AF_INET6, "([^"]+)"')
_FAMILY = re.compile(r"socket\((AF_\w+)")
_ON_THIS_MACHINE = {"AF_UNIX", "AF_INET", "AF_INET6", "AF_NETLINK"}
# Looking up a name is a request, even by way of a resolver on this machine.
_LOOKUPS = ("htons(53)", "htons(853)", "htons(5353)", "io.systemd.Resolve")


@cache
def unavailable() -> str | None:
    """Say why system calls cannot be traced here; None where they can."""
    if shutil.which("strace") is None:
        return "there is no strace on the path"
    tried = subprocess.run(["strace", "-f", "true"], capture_output=True, text=True, check=False)
    return None if tried.returncode == 0 else f"strace may not trace here: {tried.stderr[:200]}"


@dataclass(frozen=True, slots=True)
class Trace:
    """The system calls about the network that a program and all its children made."""

    lines: tuple[str, ...]

    @classmethod
    def read(cls, log: Path) -> Trace:
        """Read what strace wrote."""
        return cls(tuple(log.read_text(encoding="utf-8", errors="replace").splitlines()))

    def leaving(self) -> list[str]:
        """Return the calls that concern another machine, or a name."""
        return [line for line in self.lines if _leaves(line)]


def _leaves(line: str) -> bool:
    if any(sign in line for sign in _LOOKUPS):
        return True
    if (family := _FAMILY.search(line)) and family[1] not in _ON_THIS_MACHINE:
        return True
    found = [*_IPV4.findall(line), *_IPV6.findall(line)]
    return any(not ip_address(address).is_loopback for address in found)


@dataclass(frozen=True, slots=True)
class Home:
    """An empty home of a user who has set nothing."""

    folder: Path

    def environment(self, **more: str) -> dict[str, str]:
        """Return an environment in which only this project's code can forbid anything.

        It is written from nothing: some libraries report nothing when a variable tells them that
        tests are running.
        """
        scratch = self.folder.with_name(f"{self.folder.name}-scratch")
        for folder in (self.folder, scratch):
            folder.mkdir(exist_ok=True)
        return {
            "PATH": os.environ["PATH"],
            "HOME": str(self.folder),
            "TMPDIR": str(scratch),
            "LANG": "C.UTF-8",
            "NO_COLOR": "1",
            "PYTHONPATH": str(ROOT),
            "PYTHONDONTWRITEBYTECODE": "1",
            **more,
        }

    def strangers(self) -> list[str]:
        """Return the files in it that are not this project's own."""
        files = [path.relative_to(self.folder) for path in self.folder.rglob("*") if path.is_file()]
        return sorted(path.as_posix() for path in files if "verbatim-archive" not in path.parts)


def traced(
    arguments: Sequence[str], log: Path, environment: dict[str, str]
) -> subprocess.CompletedProcess[str]:
    """Run Python with ``arguments`` to its end, and write down its system calls."""
    return subprocess.run(
        [*_strace(log), sys.executable, *arguments],
        cwd=log.parent,
        env=environment,
        capture_output=True,
        text=True,
        timeout=PATIENCE_SECONDS,
        check=False,
    )


@contextmanager
def tracing(
    arguments: Sequence[str], log: Path, environment: dict[str, str]
) -> Iterator[psutil.Process]:
    """Run Python with ``arguments`` and write down its system calls until the block ends."""
    tracer = subprocess.Popen(
        [*_strace(log), sys.executable, *arguments], cwd=log.parent, env=environment
    )
    program = _only_child(tracer)
    try:
        yield program
    finally:
        if program.is_running():
            program.terminate()
        try:
            tracer.wait(timeout=30)
        except subprocess.TimeoutExpired:
            program.kill()
            tracer.wait(timeout=30)


def _only_child(tracer: subprocess.Popen[bytes]) -> psutil.Process:
    deadline = time.monotonic() + 30
    while time.monotonic() < deadline and tracer.poll() is None:
        if children := psutil.Process(tracer.pid).children():
            return children[0]
        time.sleep(0.05)
    raise AssertionError("strace did not start the program")


def _strace(log: Path) -> list[str]:
    if reason := unavailable():
        pytest.skip(reason)
    return ["strace", "--seccomp-bpf", "-f", "-qq", "-e", "trace=%network", "-o", str(log)]
