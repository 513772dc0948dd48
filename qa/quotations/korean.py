"""Whom Korean words around a quotation name as speaking."""

from __future__ import annotations

import re

from corpus.transcript import Span
from qa.quotations.frames import Frame, Whose

_SUBJECT = re.compile(
    r"(?P<name>(?:[^\s,.“”\"‘’]{1,20}\s(?:씨|님|선생|장관|대통령|의장))|[^\s,.“”\"‘’]{1,20}?)"
    r"(?:께서|은|는|이|가)\s+(?:[^\s.“”\"]+\s+){0,4}$"
)
_SELF = frozenset("나 저 내 제 우리 저희".split())
_SAID = re.compile(r"^\s*(?:이라고|라고|하고|고|이라며|라며|라면서|며|는|이란)(?![가-힣])")
_BEHIND = re.compile(
    r"^\s*(?:이라고|라고|하고|고)\s+(?P<name>[^\s,.]{1,20}?)(?:께서|은|는|이|가)\s"
)
_ACCORDING = re.compile(r"(?P<name>[^\s,.]{1,20}?)(?:의 말)?에 (?:따르면|의하면)\s*,?\s*$")


def korean_frame(text: str, ahead: Span, after: Span) -> Frame | None:
    """Return whom the words before and behind a quotation name."""
    part = text[ahead.start : ahead.end]
    sentence = ahead.start + max((m.end() for m in re.finditer(r"[.?!]\s+", part)), default=0)
    lead = text[sentence : ahead.end]
    behind = text[after.start : after.end]
    said = _SAID.match(behind)
    end = after.start + (said.end() if said else 0)
    if found := _ACCORDING.search(lead):
        return Frame(Whose.OTHERS, _moved(found, sentence), sentence + found.start(), ahead.end)
    if said and (found := _BEHIND.match(behind)):
        name = _moved(found, after.start)
        whose = Whose.OWN if found["name"] in _SELF else Whose.OTHERS
        return Frame(whose, name if whose is Whose.OTHERS else None, after.start, end)
    found = _SUBJECT.search(lead if lead.endswith(" ") else lead + " ")
    if found and (said or lead.rstrip().endswith((",", "는", "은", "이", "가"))):
        if found["name"] in _SELF:
            return Frame(Whose.OWN, None, sentence + found.start(), max(end, ahead.end))
        pronoun = found["name"] in ("그", "그녀", "그들", "누군")
        called = None if pronoun else _moved(found, sentence)
        return Frame(Whose.OTHERS, called, sentence + found.start(), max(end, ahead.end))
    return None


def _moved(found: re.Match[str], by: int) -> Span:
    start, end = found.span("name")
    return Span(by + start, by + end)
