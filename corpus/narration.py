"""Paragraphs about the talk inside it: how it ended, who wrote it down, who left the room."""

from __future__ import annotations

import re
from collections.abc import Collection

from corpus.labels.names import folded
from corpus.labels.words import CLOSINGS, CREDITS, GENDERED, SWORN

_CLOCK = re.compile(
    r"\b\d{1,2}[:.h]\d\d\b|\b\d{1,2}\s?(?:a\.?m\.?|p\.?m\.?|uhr|h|часов|시|時|点)\b|\d+\s?[시時点]"
)
_ADDRESS = re.compile(r"https?://|www\.|\S@\S+\.\w\w|©")
_NUMBER = re.compile(r"\d{1,4}[.)]\s+(?=[^\W\d_])")
_MAX_NARRATION = 320
_MAX_LAST = 160
_MAX_WORDS = 25
_FIRST_PERSON = frozenset(
    """
    i i'm i’m i'll i've we we're we’re you your our my me us ich wir sie du mein unser mir uns je
    j'ai nous vous mon notre yo nosotros mi nuestro usted eu nós io noi ik wij we я мы вы мой наш
    我 我们 你 您 나 저 우리 私 我々 أنا نحن אני אנחנו मैं हम
    """.split()
)


def narrates(words: str, *, last: bool, names: Collection[str]) -> bool:
    """Whether a paragraph without a label tells about the talk, as far as can be told.

    Args:
        words: of the paragraph, on one line.
        last: whether nothing of the talk follows.
        names: folded names of those who speak.
    """
    # Questions on the order paper are numbered: "2. Mr. Reed asked what coal costs."
    text = _NUMBER.sub("", words.strip().strip("([*_")).casefold()
    if len(text) > _MAX_NARRATION:
        return False
    if text.startswith(CLOSINGS) or any(phrase in text for phrase in SWORN):
        return True
    short = len(text.split()) <= _MAX_WORDS
    if last and any(phrase in text for phrase in CREDITS):
        return True
    if last and len(text) <= _MAX_LAST and not is_first_person(text):
        return bool(_CLOCK.search(text) or _ADDRESS.search(text))
    if _ADDRESS.match(text) and short:
        return True
    return short and _is_about(text, names) and not is_first_person(text)


def is_first_person(text: str) -> bool:
    """Whether words of a speaker about himself, or to somebody, stand in a text."""
    return any(word.strip('.,;:!?"“”') in _FIRST_PERSON for word in text.split())


def _is_about(text: str, names: Collection[str]) -> bool:
    """Whether a sentence begins with the name of somebody who speaks: "Mr. Reed left"."""
    words = text.split()
    for count in (1, 2, 3):
        if len(words) <= count:
            return False
        head = " ".join(words[:count])
        if head[-1] in ",:;!?" or words[count][:1] in ",:;":
            return False
        if folded(head) in names:
            return True
        if words[0].strip(".") in GENDERED and count > 1 and folded(words[1]) in names:
            return True
    return False
