"""What runs and systems are called: every name once, or figures of two would become one."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
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
