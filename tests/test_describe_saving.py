"""A finding aid is written whole or not at all."""

from __future__ import annotations

import os
import random
import signal
import stat
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from corpus.aid import KnownGap, Provenance, read_aid
from corpus.archive import open_archive
from corpus.errors import AidError
from qa.describe.aid_file import AidFile, open_aid
from qa.describe.saving import save
from qa.errors import UsageError

BY = Provenance(author="Ada", date=date(2026, 1, 31))


@pytest.fixture
def folder(tiny_archive: Callable[..., Path]) -> Path:
    return tiny_archive()


def gap(text: str) -> KnownGap:
    return KnownGap(gap=text, lang="en", provenance=BY)


def with_gap(folder: Path, text: str) -> AidFile:
    return open_aid(folder, "ferry").appended(gap(text))


def test_an_aid_that_somebody_changed_meanwhile_is_not_overwritten(folder: Path) -> None:
    slow, quick = with_gap(folder, "Slow?"), with_gap(folder, "Quick?")
    save(quick)
    with pytest.raises(AidError, match="changed by somebody else"):
        save(slow)
    assert [g.gap for g in open_archive(folder).aid("ferry").gaps] == ["Quick?"]


def test_what_would_not_be_valid_is_not_written(folder: Path) -> None:
    save(with_gap(folder, "Once?"))
    twice = open_aid(folder, "ferry").appended(gap("once?"))
    with pytest.raises(AidError, match=r"ferry\.aid\.jsonl, line 2: asks .* again"):
        save(twice)
    assert len(open_archive(folder).aid("ferry").gaps) == 1


def test_who_is_reading_the_file_meanwhile_reads_the_old_one_to_its_end(folder: Path) -> None:
    save(with_gap(folder, "Once?"))
    with (folder / "ferry.aid.jsonl").open("rb") as reader:
        save(with_gap(folder, "Twice?"))
        assert reader.read().count(b"\n") == 1
    assert len(open_archive(folder).aid("ferry").gaps) == 2


def test_saving_what_did_not_change_touches_nothing(folder: Path) -> None:
    save(with_gap(folder, "Once?"))
    path = folder / "ferry.aid.jsonl"
    before = path.stat()
    assert not save(open_aid(folder, "ferry")).changed
    assert path.stat().st_mtime_ns == before.st_mtime_ns
    assert path.stat().st_ino == before.st_ino


def test_permissions_stay_and_a_new_file_can_be_read_by_all(folder: Path) -> None:
    save(with_gap(folder, "Once?"))
    path = folder / "ferry.aid.jsonl"
    assert stat.S_IMODE(path.stat().st_mode) == 0o644
    path.chmod(0o660)
    save(with_gap(folder, "Twice?"))
    assert stat.S_IMODE(path.stat().st_mode) == 0o660


def test_a_fault_while_writing_leaves_the_old_file_and_no_other(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    save(with_gap(folder, "Once?"))
    there = {path.name: path.read_bytes() for path in folder.iterdir()}
    edited = with_gap(folder, "Twice?")

    def full(_: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(UsageError, match=r"cannot be written .*No space left"):
        save(edited)
    assert {path.name: path.read_bytes() for path in folder.iterdir()} == there


@contextmanager
def unwritable(folder: Path) -> Iterator[None]:
    """Take the right to write into ``folder``; from root too, who otherwise may do anything."""
    folder.chmod(0o555)
    is_root = os.geteuid() == 0
    if is_root:
        os.seteuid(65534)
    try:
        yield
    finally:
        if is_root:
            os.seteuid(0)
        folder.chmod(0o755)


@pytest.mark.skipif(os.name != "posix", reason="needs POSIX permissions")
def test_a_folder_that_cannot_be_written_is_told_in_one_sentence(
    tiny_archive: Callable[..., Path],
) -> None:
    with tempfile.TemporaryDirectory() as name:
        place = Path(name)
        for path in tiny_archive().iterdir():
            (place / path.name).write_bytes(path.read_bytes())
        edited = with_gap(place, "Who?")
        with unwritable(place), pytest.raises(UsageError) as caught:
            save(edited)
        message = str(caught.value)
        assert message.startswith(f"{place}: cannot be written (Permission denied)")
        assert "--archive" in message
        assert "\n" not in message


@pytest.mark.skipif(not hasattr(os, "fork"), reason="needs fork")
def test_killed_at_any_moment_an_aid_is_the_old_one_or_the_new_one(folder: Path) -> None:
    path = folder / "ferry.aid.jsonl"
    aid = with_gap(folder, "Number 0?" + "x" * 200_000)
    save(aid)
    chance = random.Random(7)
    for _ in range(25):
        child = os.fork()
        if child == 0:
            _save_for_ever(aid)
        time.sleep(chance.uniform(0.001, 0.03))
        os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)
        aid = open_aid(folder, "ferry")
        (found,) = read_aid(path, aid.transcript).gaps
        assert found.gap.startswith("Number ")
        assert len(found.gap) > 200_000


def _save_for_ever(aid: AidFile) -> None:
    try:
        while True:
            number = random.randrange(10**6)
            aid = aid.with_parts({1: gap(f"Number {number}?" + "x" * 200_000)})
            save(aid)
            aid = replace(aid, original=aid.data)
    finally:
        os._exit(1)
