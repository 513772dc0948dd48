"""The state folder's small files: replaced in one step or grown line by line, by several servers.

Everything is readable by this user alone. What changes a file holds the folder's lock, so that two
servers over one folder lose nothing of each other's.
"""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from filelock import FileLock, Timeout

_LOCK = ".lock"
_LOCK_SECONDS = 5.0
_FILE_MODE = 0o600
_FOLDER_MODE = 0o700


@contextmanager
def locked(folder: Path) -> Iterator[None]:
    """Make ``folder`` if there is none, and keep other threads and processes out of it.

    Raises:
        OSError: the folder cannot be written to, or somebody holds it for too long.
    """
    folder.mkdir(mode=_FOLDER_MODE, parents=True, exist_ok=True)
    try:
        with FileLock(folder / _LOCK, timeout=_LOCK_SECONDS, mode=_FILE_MODE):
            yield
    except Timeout as error:
        raise OSError(f"{folder} is locked by another program.") from error


def replace_file(path: Path, text: str) -> None:
    """Write ``text`` to ``path`` so that a crash leaves the old file or the new one."""
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    temporary = Path(name)
    try:
        with os.fdopen(handle, "w", encoding="utf-8") as file:
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
        temporary.replace(path)
    finally:
        temporary.unlink(missing_ok=True)


def append_line(path: Path, line: str) -> None:
    """Add a line to ``path``, whole or not at all; the caller holds the lock.

    Raises:
        OSError: it could not be written.
    """
    data = (line + "\n").encode()
    handle = os.open(path, os.O_WRONLY | os.O_APPEND | os.O_CREAT, _FILE_MODE)
    try:
        os.fchmod(handle, _FILE_MODE)  # other versions of this program left it to the umask
        size = os.fstat(handle).st_size
        try:
            written = os.write(handle, data)
        except OSError:
            os.ftruncate(handle, size)
            raise
        if written < len(data):
            os.ftruncate(handle, size)
            raise OSError(f"{path} could not be written: no space is left.")
    finally:
        os.close(handle)


def size_of(path: Path) -> int:
    """Return the size of a file in bytes; 0 where there is none."""
    try:
        return path.stat().st_size
    except FileNotFoundError:
        return 0
