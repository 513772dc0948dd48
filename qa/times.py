"""Seconds as people read them."""

from __future__ import annotations


def clock(seconds: float) -> str:
    """Return a time as ``0:03`` or ``1:02:03``; parts of a second are cut off."""
    whole = int(seconds)
    hours, minutes, rest = whole // 3600, whole // 60 % 60, whole % 60
    return f"{hours}:{minutes:02}:{rest:02}" if hours else f"{minutes}:{rest:02}"
