"""Index folders on disk: immutable generations, one of them current.

    <root>/CURRENT                 one line: the name of the current generation
    <root>/gen-<fingerprint>-<n>/  never changed once it has this name
    <root>/.building-<random>/     a build under way, or left by one that was killed

A build writes to a folder of its own, flushes every file to the disk, renames the folder, and
then replaces CURRENT. Killed at any moment it leaves the old generation in force.
"""

from __future__ import annotations

import errno
import os
import re
import secrets
import shutil
from collections.abc import Callable
from pathlib import Path

from index.errors import (
    IndexDamagedError,
    IndexMissingError,
    IndexStaleError,
    SearchIndexError,
)
from index.lock import building_alone
from index.manifest import FORMAT, Manifest, check_files, describe_files

CURRENT = "CURRENT"
_BUILDING = ".building-"
_GENERATION = "gen-"
# Only what has one of our own names is ever removed: a folder may hold other things.
_OUR_BUILDING = re.compile(r"\.building-(?:[0-9a-f]{8}|CURRENT)")
_OUR_GENERATION = re.compile(r"gen-[0-9a-f]{16}-\d+")
_NO_SPACE = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)


def current_generation(root: Path, fingerprint: str) -> Path:
    """Return the folder of the current generation, checked file by file.

    Raises:
        IndexMissingError: nothing was built here.
        IndexStaleError: it was built from something else than ``fingerprint`` says.
        IndexDamagedError: files are missing, changed, or not ours.
    """
    try:
        name = (root / CURRENT).read_text(encoding="utf-8").strip()
    except FileNotFoundError as error:
        raise IndexMissingError(f"There is no index in {root} yet.") from error
    except (OSError, UnicodeDecodeError) as error:
        raise IndexDamagedError(f"{root / CURRENT} cannot be read.") from error
    folder = root / name
    if _OUR_GENERATION.fullmatch(name) is None or folder.parent != root or not folder.is_dir():
        raise IndexDamagedError(f"{root / CURRENT} names no index.")
    manifest = Manifest.read(folder)
    if manifest.format != FORMAT:
        raise IndexStaleError(f"{folder} was written by another version of this program.")
    if manifest.fingerprint != fingerprint:
        raise IndexStaleError(f"{folder} was built from other documents, settings or model.")
    check_files(folder, manifest)
    return folder


def pointer_of(root: Path) -> str | None:
    """Return what names the current generation, as it stands on the disk; None without."""
    try:
        return (root / CURRENT).read_text(encoding="utf-8").strip()
    except (OSError, UnicodeDecodeError):
        return None


def any_generation(root: Path) -> Path | None:
    """Return the current generation whatever it was built from, if it is whole; else None."""
    name = pointer_of(root)
    if name is None or _OUR_GENERATION.fullmatch(name) is None:
        return None
    try:
        manifest = Manifest.read(root / name)
        check_files(root / name, manifest)
    except IndexDamagedError:
        return None
    return root / name if manifest.format == FORMAT else None


def build_generation(
    root: Path,
    fingerprint: str,
    fill: Callable[[Path], None],
    *,
    force: bool,
    say: Callable[[str], None],
) -> Path:
    """Build a generation and make it the current one.

    Builds exclude each other; one that had to wait takes what the other has built.

    Args:
        root: the index folder; made if it does not exist.
        fingerprint: of everything the index depends on.
        fill: writes the index into the folder it is given.
        force: build even if the current generation is good.
        say: told in a sentence which program is waited for.

    Raises:
        SearchIndexError: the folder cannot be written, or another build does not end.
    """
    try:
        root.mkdir(parents=True, exist_ok=True)
        with building_alone(root, say):
            if not force:
                try:
                    current = current_generation(root, fingerprint)
                except (IndexMissingError, IndexStaleError, IndexDamagedError):
                    pass
                else:
                    _remove_all_but(root, current)
                    return current
            return _build(root, fingerprint, fill)
    except OSError as error:
        if error.errno in _NO_SPACE:
            message = f"The disk of {root} is full; free some space or set another index folder."
        else:
            message = f"The index folder {root} cannot be written: {error.strerror or error}."
        raise SearchIndexError(message) from error


def _build(root: Path, fingerprint: str, fill: Callable[[Path], None]) -> Path:
    _remove(root, lambda name: _OUR_BUILDING.fullmatch(name) is not None)
    folder = root / f"{_BUILDING}{secrets.token_hex(4)}"
    folder.mkdir()
    try:
        fill(folder)
        Manifest(FORMAT, fingerprint, describe_files(folder)).write(folder)
        finished = _publish(root, folder, fingerprint)
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    _remove_all_but(root, finished)
    return finished


def _publish(root: Path, folder: Path, fingerprint: str) -> Path:
    for path in folder.rglob("*"):
        _flush(path)
    _flush(folder)
    taken = {path.name for path in root.iterdir()}
    count = 1
    while (name := f"{_GENERATION}{fingerprint[:16]}-{count}") in taken:
        count += 1
    finished = folder.rename(root / name)
    _flush(root)
    pointer = root / f"{_BUILDING}{CURRENT}"
    pointer.write_text(f"{name}\n", encoding="utf-8")
    _flush(pointer)
    pointer.replace(root / CURRENT)
    _flush(root)
    return finished


def _flush(path: Path) -> None:
    on_windows = os.name == "nt"
    if on_windows and path.is_dir():
        return  # Windows cannot open folders.
    descriptor = os.open(path, os.O_RDWR if on_windows else os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _remove_all_but(root: Path, current: Path) -> None:
    """Remove the generations before, and what a killed build left."""
    _remove(root, lambda name: _OUR_BUILDING.fullmatch(name) is not None)
    _remove(
        root,
        lambda name: _OUR_GENERATION.fullmatch(name) is not None and name != current.name,
    )


def _remove(root: Path, chosen: Callable[[str], bool]) -> None:
    for path in [path for path in root.iterdir() if chosen(path.name)]:
        if path.is_dir():
            # A reader elsewhere may still hold files open; where that forbids removal, the next
            # build tries again.
            shutil.rmtree(path, ignore_errors=True)
        else:
            path.unlink(missing_ok=True)
