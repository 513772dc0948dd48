"""Counts as people read them."""

from __future__ import annotations


def counted(count: int, one: str, several: str = "") -> str:
    """Return ``1 word`` or ``1,200 words``.

    Args:
        count: of the things.
        one: name of a single thing.
        several: of more, where it is not that with an "s" behind it.
    """
    return f"{count:,} {one if count == 1 else several or f'{one}s'}"
