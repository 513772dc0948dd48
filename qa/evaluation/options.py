"""What is refused before anything is measured: equal names, and output that cannot be written."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Collection, Sequence
from pathlib import Path

from qa.errors import UsageError


def named_file(text: str) -> tuple[str, Path]:
    """Read ``NAME=FILE`` or ``FILE``, which is then named after itself."""
    name, separator, file = text.partition("=")
    if not separator or Path(text).exists():
        return Path(text).stem, Path(text)
    return name or Path(file).stem, Path(file)


def require_distinct(names: Sequence[str]) -> None:
    """Refuse two runs or systems of one name.

    Raises:
        UsageError: naming the first that stands twice.
    """
    twice = [name for name, count in Counter(names).items() if count > 1]
    if twice:
        raise UsageError(f"There are two systems named '{twice[0]}'; name a file by NAME=FILE.")


def require_writable(files: Collection[Path | None], folders: Collection[Path | None]) -> None:
    """Refuse output that could not be written once everything is measured.

    Raises:
        UsageError: naming the first such path.
    """
    for path in files:
        if path is not None and path.is_dir():
            raise UsageError(f"{path}: is a folder; name a file to write.")
    for path in folders:
        if path is not None and path.exists() and not path.is_dir():
            raise UsageError(f"{path}: is a file; name a folder to write into.")
    for path in (*files, *folders):
        if path is not None:
            there = next(place for place in (path, *path.absolute().parents) if place.exists())
            if not os.access(there, os.W_OK):
                raise UsageError(f"{path}: cannot be written; choose another place.")
