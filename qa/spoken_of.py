"""Whom a question asks about, in distinction from whose words it asks for."""

from __future__ import annotations

import re

_ABOUT = re.compile(
    r"\b(?:about|regarding|concerning|against|über|gegen|об?|про)\s+"
    r"(?:(?!\b(?:what|how|why|when|where|who|did|does|do|says?|said|by|from|und was|und wie)\b)"
    r"[^,;.?!\n]|\b[\w’'-]{1,5}\.)*$",
    re.IGNORECASE,
)
"""What follows these words is spoken of, until something else is asked."""
_TITLES = r"(?:(?:the|[A-Z][\w.’'-]*)\s+){0,2}$"
_OF = re.compile(
    r"\b(?i:thinks?|thought|speaks?|spoke|says?|said|hears?|heard|opinions?|views?)\s+(?i:of|on)\s+"
    + _TITLES
)
_AFTER = re.compile(r"\s*에\s*(?:대|관)(?:해|하|한)")
_ADDRESSED = re.compile(r"\b(?i:to|tells?|told|asks?|asked)\s+" + _TITLES)


def is_spoken_of(question: str, start: int, end: int) -> bool:
    """Whether a name in a question is that of somebody who is spoken of: "about Mr. Hale"."""
    before = question[:start]
    told = _ABOUT.search(before) or _OF.search(before)
    return bool(told or _AFTER.match(question, end))


def is_addressed(question: str, start: int) -> bool:
    """Whether a name in a question is that of somebody to whom something is said."""
    return bool(_ADDRESSED.search(question[:start]))
