"""What each side says: passages by who says them, with what is replied. No verdict."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Protocol

from corpus.transcript import Layer
from qa.quotes import Quote

_SIDES = re.compile(
    r"\b(?:both|each|either|the two) (?:sides?|men|speakers?|documents?)\b|\beach of them\b",
    re.IGNORECASE,
)
_SAYING = re.compile(
    r"\b(?:say|says|said|think|thinks|thought|claim\w*|argue\w*|tell|tells|told|positions?|"
    r"views?|opinions?|differ\w*|disagree\w*)\b",
    re.IGNORECASE,
)
_MOST_SIDES = 4
_MOST_PASSAGES = 2
_MOST_IN_REPLY = 3
"""Sentences of a reply that are shown: its beginning."""


class Passage(Protocol):
    """A quote with a score."""

    @property
    def quote(self) -> Quote:
        """What is quoted."""


@dataclass(frozen=True, slots=True)
class Said:
    """A passage and the beginning of what somebody else says right after its turn, if anybody."""

    quote: Quote
    reply: Quote | None


@dataclass(frozen=True, slots=True)
class Side:
    """What one speaker of one document says, nearest first; at least one passage."""

    document: str
    speaker: str
    said: tuple[Said, ...]


def names_two(question: str, speakers: Collection[str]) -> bool:
    """Tell whether a question names two of those who speak, or more."""
    words = question.casefold()
    return sum(name.casefold() in words for name in speakers) > 1


def asks_for_sides(question: str, speakers: Collection[str]) -> bool:
    """Tell whether a question asks what each side says: in English, or by naming two speakers."""
    if not _SAYING.search(question):
        return False
    return names_two(question, speakers) or bool(_SIDES.search(question))


def sides(question: str, ranked: Sequence[Passage]) -> tuple[Side, ...]:
    """Return what each side says, in the order of their nearest passages.

    Args:
        question: as asked.
        ranked: every passage that was found, best first.

    Returns:
        At least two sides, a speaker of a document each; none where the question asks for none or
        only one is found.
    """
    told = [one.quote for one in ranked if one.quote.speaker and one.quote.layer is Layer.SPEECH]
    if not asks_for_sides(question, {quote.speaker or "" for quote in told}):
        return ()
    found: dict[tuple[str, str], list[Quote]] = {}
    for quote in told:
        found.setdefault((quote.transcript.id, quote.speaker or ""), []).append(quote)
    made = [
        Side(document, speaker, tuple(Said(q, reply_to(q)) for q in quotes[:_MOST_PASSAGES]))
        for (document, speaker), quotes in found.items()
    ]
    return tuple(made[:_MOST_SIDES]) if len(made) > 1 else ()


def reply_to(quote: Quote) -> Quote | None:
    """Return the beginning of the next turn; None where nobody else is established to speak."""
    turns = quote.transcript.turns
    if not quote.turn or quote.turn >= len(turns):
        return None
    following = turns[quote.turn]
    if following.speaker in (None, quote.speaker):
        return None
    spoken = [
        sentence
        for sentence in quote.transcript.sentences_in(following.label.end, following.end)
        if sentence.layer is Layer.SPEECH
    ]
    if not spoken:
        return None
    first = [sentence for sentence in spoken if sentence.block == spoken[0].block]
    return Quote.of(quote.transcript, first[0].number, first[:_MOST_IN_REPLY][-1].number)
