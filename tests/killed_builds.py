"""Builds that are killed, starved or raced, each in a process of its own; run as a script.

    killed_builds.py each ARCHIVE WORK      killed before each of its file operations in turn
    killed_builds.py some ARCHIVE WORK      killed before every eleventh of them
    killed_builds.py random ARCHIVE WORK    killed at random moments
    killed_builds.py full ARCHIVE WORK      no file may grow beyond a limit
    killed_builds.py race ARCHIVE WORK      several at once
    killed_builds.py readonly ARCHIVE WORK  opened by somebody who may not write

Prints what it counted as one JSON object. A process is forked for each build from one that has
imported everything and used nothing.
"""

from __future__ import annotations

import json
import os
import random
import resource
import shutil
import signal
import sys
import time
import traceback
from functools import partial
from pathlib import Path

import faiss  # noqa: F401 - imported before the forks, so that each is quick
import tantivy  # noqa: F401

from corpus.archive import open_archive
from hashing_encoder import HashingPassageEncoder
from index.errors import IndexMissingError, IndexStaleError, SearchIndexError
from index.passages import token_count
from index.store import IndexSpec, build_index
from killed_processes import die_at, forked
from small_index import build, generations, search, spec_of


def check_usable(root: Path, old: IndexSpec | None, new: IndexSpec, archive: Path) -> None:
    """Assert that the old index, the new one or none is in force, and that the next build works."""
    found = []
    for spec in (old, new):
        try:
            if spec is not None:
                search(root, spec)
                found.append(spec)
        except (IndexStaleError, IndexMissingError):
            pass
    assert found or old is None, "neither the old nor the new index can be opened"
    build(root, archive, window=new.window)
    search(root, new)
    left = generations(root)
    assert len(left) == 1, left


def kill_each(archive: Path, work: Path, step: int = 1) -> dict[str, int]:
    """Kill a first build, and one over an old index, before every ``step``-th file operation."""
    counts = {}
    new = spec_of(open_archive(archive), window=2)
    old_root = work / "old"
    status = forked(lambda: build(old_root, archive))
    assert status == 0
    for name in ("first", "over"):
        old = spec_of(open_archive(archive)) if name == "over" else None
        for count in range(0, 10_000, step):
            root = work / f"{name}-{count}"
            if old is not None:
                shutil.copytree(old_root, root)

            def doomed(root: Path = root, count: int = count) -> None:
                die_at(count)
                build(root, archive, window=2)

            status = forked(doomed)
            assert status in (0, -signal.SIGKILL), status
            root.mkdir(exist_ok=True)
            assert forked(lambda r=root, o=old: check_usable(r, o, new, archive)) == 0, count
            shutil.rmtree(root)
            if status == 0:
                counts[name] = count
                break
    return counts


def kill_randomly(archive: Path, work: Path) -> dict[str, int]:
    """Kill builds over one and the same index folder at random moments."""
    rng = random.Random(int(os.environ.get("KILL_SEED", "1")))
    root = work / "random"
    old = spec_of(open_archive(archive))
    new = spec_of(open_archive(archive), window=2)
    started = time.monotonic()
    assert forked(lambda: build(root, archive)) == 0
    usual = time.monotonic() - started
    killed = 0
    for round_ in range(24):
        wanted, before = (new, old) if round_ % 2 == 0 else (old, new)
        child = os.fork()
        if not child:
            os.setpgid(0, 0)
            build(root, archive, window=wanted.window, force=True)
            os._exit(0)
        time.sleep(rng.uniform(0, usual))
        os.kill(child, signal.SIGKILL)
        killed += os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) != 0
        assert forked(lambda b=before, w=wanted: check_usable(root, b, w, archive)) == 0
    return {"killed": killed}


def starve(archive: Path, work: Path) -> dict[str, list[str]]:
    """Build where no file may grow beyond a limit, over an old index."""
    root = work / "full"
    old = spec_of(open_archive(archive))
    assert forked(lambda: build(root, archive)) == 0
    messages = []
    for limit in (1, 100, 500, 1000, 2000, 4000):
        report = work / "report"

        def starved(limit: int = limit, report: Path = report) -> None:
            reading, writing = os.pipe()
            if os.fork() == 0:
                resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit))
                try:
                    build(root, archive, window=2)
                except SearchIndexError as error:
                    os.write(writing, str(error).encode())
                os._exit(0)
            os.close(writing)
            with os.fdopen(reading, "rb") as pipe:
                report.write_bytes(pipe.read())
            os.wait()

        assert forked(starved) == 0
        message = report.read_text()
        messages.append(message)
        if message:
            assert forked(lambda: search(root, old)) == 0, limit
            assert len(generations(root)) == 1, generations(root)
    return {"messages": messages}


def race(archive: Path, work: Path) -> dict[str, int]:
    """Let several processes build the same missing index at once; count the builds."""
    root, log = work / "race", work / "loaded"
    documents = open_archive(archive)
    spec = spec_of(documents)

    def load() -> HashingPassageEncoder:
        with log.open("a") as file:
            file.write("loaded\n")
        time.sleep(0.2)
        return HashingPassageEncoder()

    children = []
    for _ in range(5):
        child = os.fork()
        if not child:
            try:
                build_index(root, documents, spec, load, lambda *_: None, force=False)
                search(root, spec)
            except BaseException:
                traceback.print_exc()
                os._exit(1)
            os._exit(0)
        children.append(child)
    failed = sum(os.waitpid(child, 0)[1] != 0 for child in children)
    return {
        "failed": failed,
        "builds": log.read_text().count("loaded"),
        "left": len(generations(root)),
    }


def open_read_only(archive: Path, work: Path) -> dict[str, int]:
    """Open an index as somebody who may read it and may write nothing."""
    root = work / "readonly"
    spec = spec_of(open_archive(archive))
    assert forked(lambda: build(root, archive)) == 0
    for path in (root, *root.rglob("*")):
        path.chmod(0o555 if path.is_dir() else 0o444)

    def reader() -> None:
        search(root, spec)  # everything that is imported late is there before rights are given up

    def stranger() -> None:
        token_count("x")
        if os.getuid() == 0:
            os.setgroups([])
            os.setgid(65534)
            os.setuid(65534)
        try:
            (root / "x").write_text("x")
        except OSError:
            search(root, spec)
        else:
            raise AssertionError("the folder can be written")

    found = {"stranger": forked(stranger), "left": len(list(root.rglob("*lock*")))}
    for path in (root, *root.rglob("*")):
        path.chmod(0o755)
    found["owner"] = forked(reader)
    return found


if __name__ == "__main__":
    modes = {
        "each": kill_each,
        "some": partial(kill_each, step=11),
        "random": kill_randomly,
        "full": starve,
        "race": race,
        "readonly": open_read_only,
    }
    print(json.dumps(modes[sys.argv[1]](Path(sys.argv[2]), Path(sys.argv[3]))))
