"""Files as this package relies on them: replaced whole, and known by what they hold now."""

from __future__ import annotations

import errno
import hashlib
import os
import shutil
import stat
import tempfile
import time
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

MAX_BYTES = 64 * 1024 * 1024
"""The largest transcript."""

CALIBRATION = "calibration.json"
"""In the folder of an archive: what ``verbatim calibrate`` learned from questions about it."""

_SETTLED_NS = 3_000_000_000
"""The coarsest clock of a file system ticks every two seconds."""


def regular_bytes(path: Path) -> bytes:
    """Return the bytes of a file; a pipe or a device in its place is refused, not waited for.

    Raises:
        OSError: with the path and a reason, if it cannot be read or is no regular file.
    """
    # Without the first flag, opening a pipe that nobody writes to would never return.
    flags = os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)
    try:
        handle = os.open(path, flags)
    except ValueError as error:
        raise OSError(errno.EINVAL, "its name holds a null character", str(path)) from error
    try:
        kind = os.fstat(handle).st_mode
        if not stat.S_ISREG(kind):
            what = "is a folder" if stat.S_ISDIR(kind) else "is no regular file"
            raise OSError(errno.EINVAL, what, str(path))
        with os.fdopen(handle, "rb", closefd=False) as file:
            return file.read()
    finally:
        os.close(handle)


def document_names(folder: Path) -> list[str]:
    """Return the ids of a folder's transcripts, sorted; none where there is no such folder.

    Raises:
        OSError: the folder cannot be listed.
    """
    paths = folder.iterdir() if folder.is_dir() else ()
    return sorted(p.stem for p in paths if p.suffix == ".txt" and not p.name.startswith("."))


@dataclass(frozen=True, slots=True)
class Signature:
    """What the file system says of a file without reading it; another one means: read again."""

    device: int
    inode: int
    size: int
    modified_ns: int
    changed_ns: int

    @classmethod
    def of(cls, path: Path) -> Signature | None:
        """Return a regular file's signature, or None where there is no such file."""
        try:
            found = path.stat()
        except (OSError, ValueError):
            return None
        if not stat.S_ISREG(found.st_mode):
            return None
        return cls(found.st_dev, found.st_ino, found.st_size, found.st_mtime_ns, found.st_ctime_ns)


class FileHashes:
    """SHA-256 of files as they are now; a file is read again only if its signature differs."""

    def __init__(self) -> None:
        self._known: dict[Path, tuple[Signature, str]] = {}

    def sha256(self, path: Path) -> str | None:
        """Return a file's SHA-256 in hexadecimal.

        Returns:
            None where there is no such file, it cannot be read, is larger than a transcript may
            be, or changes while it is read.
        """
        signature = Signature.of(path)
        if signature is None or signature.size > MAX_BYTES:
            self._known.pop(path, None)
            return None
        known = self._known.get(path)
        if known is not None and known[0] == signature:
            return known[1]
        read_at = time.time_ns()
        try:
            digest = hashlib.sha256(regular_bytes(path)).hexdigest()
        except OSError:
            return None
        if Signature.of(path) != signature:
            return None
        # A second change within the same tick of the file system's clock would not be seen.
        newest = signature.modified_ns if os.name == "nt" else signature.changed_ns
        if read_at - newest > _SETTLED_NS:
            self._known[path] = (signature, digest)
        return digest


ON_DISK = FileHashes()
"""What this process knows of the files on disk."""


def replace_files(files: Mapping[Path, bytes]) -> None:
    """Write several files of one folder: all of them to disk first, then each into its place.

    Raises:
        OSError: the folder cannot be written.
    """
    temporaries: dict[Path, Path] = {}
    try:
        for path, data in files.items():
            temporaries[path] = _written_beside(path, data)
        for path, temporary in temporaries.items():
            temporary.replace(path)
        for folder in {path.parent for path in files}:
            sync_folder(folder)
    finally:
        for temporary in temporaries.values():
            temporary.unlink(missing_ok=True)


def _written_beside(path: Path, data: bytes) -> Path:
    """Write and sync a temporary file that may do what ``path`` may do."""
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    temporary = Path(name)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        if path.exists():
            shutil.copymode(path, temporary)
        else:
            temporary.chmod(0o644)
    except OSError:
        temporary.unlink(missing_ok=True)
        raise
    return temporary


def sync_folder(folder: Path) -> None:
    """Make the renames in a folder last; a folder cannot be opened on every system."""
    if os.name == "posix":
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
