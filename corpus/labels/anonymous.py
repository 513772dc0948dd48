"""What names a person, and what only a part: "A", "SPEAKER_01", "Interviewer", "The Chairman"."""

from __future__ import annotations

import re

from corpus.labels.names import Likeness, folded, has_title, likeness, name_words, without_titles
from corpus.labels.words import ANSWERING, OFFICES, PARTS, ROLES, TITLES, WITNESSES

_WORD = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")
_ARTICLES = frozenset(
    "the der die das le la les el los il lo o os de den een an and und et y".split()
)
_NOBODYS = ROLES | PARTS | OFFICES | WITNESSES | ANSWERING | TITLES | _ARTICLES
_OF_OFFICES = frozenset("the of for für to".split())
_MAX_CODE = 2


def is_anonymous(name: str) -> bool:
    """Whether a label says who speaks within one document only: in another it is somebody else."""
    words = _WORD.findall(folded(name))
    if len(words) == 1 and any(char.isdecimal() for char in name):
        return len(words[0]) <= _MAX_CODE or words[0] in _NOBODYS
    return all(len(word) == 1 or word in _NOBODYS for word in words)


def is_full_name(text: str) -> bool:
    """Whether words are a name of several, or one with a title, and no office."""
    words = name_words(text)
    rest = without_titles(words)
    if not rest or likeness(text) is not Likeness.STRONG or _OF_OFFICES & set(words):
        return False
    several = len(rest) > 1 or (has_title(text) and len(words) > 1)
    return several and rest[0] not in _NOBODYS and rest[-1] not in _NOBODYS
