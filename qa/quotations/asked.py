"""Whether a question asks if somebody said something, and then what, and who.

Words in quotation marks are taken for a quotation, in any language; "did X say …" also without
them, in English, German, Korean and Russian.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from qa.quotations.attributed import named_beside
from qa.quotations.marks import marked_in
from qa.quotations.words import plain_words

_FEWEST = 2
"""Words of a quotation that a question asks about; one alone is a term."""
_REALLY = r"(?:(?:really|actually|ever|wirklich|tatsächlich|jemals|je|정말|정말로|실제로)\s+)?"
_SAID = (
    re.compile(
        rf"\b(?:did|does|has|had)\s+(?P<who>[^,:?]{{1,80}}?)\s+{_REALLY}"
        r"(?:(?:say|says|said)\b(?:\s+to\s+\S+)?\s*[:,]?\s*(?:that\s+)?|(?:state|stated|claim|claimed|declare|"
        r"declared|write|written|tell|told)\b(?:\s+[^\s:,]+){0,3}?(?:\s*:|\s+that\b))\s*(?P<words>.*)",
        re.IGNORECASE,
    ),
    re.compile(
        rf"\b(?:hat|habe)\s+(?P<who>[^,:?]{{1,80}}?)\s+{_REALLY}"
        r"(?:gesagt|behauptet|erklärt|geschrieben)\b\s*(?::|,\s*(?:dass|daß)\b)\s*(?P<words>.*)",
        re.IGNORECASE,
    ),
    re.compile(
        rf"\bsagte\s+(?P<who>[^,:?]{{1,80}}?)\s*{_REALLY}[:,]\s*(?:dass\s+|daß\s+)?(?P<words>.*)",
        re.IGNORECASE,
    ),
    re.compile(
        r"\b(?:говорил|сказал|заявил|утверждал)[аи]?\s+ли\s+(?P<who>[^,:?]{1,80}?)\s*[:,]\s*"
        r"(?:что\s+)?(?P<words>.*)",
        re.IGNORECASE,
    ),
    re.compile(
        rf"^\s*(?P<who>\S{{1,40}}?)(?:은|는|이|가)\s+{_REALLY}(?P<words>.*?)[\"”」]?\s*"
        r"(?:이라고|라고|다고)\s*(?:말|했|주장|발언)",
    ),
)
_NOBODY = frozenset(
    "he she they it we you i who anybody anyone somebody someone people er sie es man wer jemand "
    "он она они кто кто-нибудь 누가 그가 그 그녀 그들 either both".split()
)
_NO_WORDS = re.compile(
    r"(?:why|what|when|where|who|whom|how|whether|if|anything|something|nothing|about|so|it|"
    r"was|wann|wo|wer|wie|warum|ob|etwas|что-нибудь|почему|когда|где|кто|как|무엇|왜|언제|어디)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class AskedAbout:
    """A quotation that a question asks about.

    Attributes:
        quotation: its words.
        speaker: who is said to have said it; None where the question names nobody.
        is_marked: the words stand in quotation marks.
    """

    quotation: str
    speaker: str | None
    is_marked: bool


def asked_about(question: str) -> AskedAbout | None:
    """Return the quotation that a question asks about; None where it asks about none."""
    marked = max(marked_in(question), key=lambda one: one.inner.end - one.inner.start, default=None)
    if marked is not None:
        words = question[marked.inner.start : marked.inner.end]
        if len(plain_words(words)) >= _FEWEST:
            who = named_beside(question, marked.outer, 0, len(question))
            return AskedAbout(words.strip(), who, is_marked=True)
    for pattern in _SAID:
        match = pattern.search(question)
        if match is None:
            continue
        words = match["words"].strip().rstrip("?？!. ")
        who = _person(match["who"])
        if who is None or _NO_WORDS.match(words) or len(plain_words(words)) < _FEWEST:
            return None
        return AskedAbout(words, who, is_marked=False)
    return None


def _person(words: str) -> str | None:
    name = words.strip()
    return None if not name or name.casefold() in _NOBODY else name
