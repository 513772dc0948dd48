"""Both sides: who asks for them, and what each says, with what is replied. No verdict."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass
from typing import Protocol, TypeVar

from corpus.transcript import Layer
from qa.quotes import Quote
from qa.spoken_of import is_addressed, is_spoken_of

_BOTH = re.compile(
    r"\b(?:both|each|either|the two) (?:sides?|man|men|speakers?|documents?)\b|"
    r"\b(?:both|each|either) of them\b|\beach other\b|\b(?:differ|disagree)(?:s|ed)?\b",
    re.IGNORECASE,
)
_SAYING = re.compile(
    r"\b(?:say|says|said|think|thinks|thought|claim\w*|argue\w*|tell|tells|told|positions?|"
    r"views?|opinions?|differ\w*|disagree\w*)\b",
    re.IGNORECASE,
)
_CLOSE = 0.13
"""How far behind the first's score the other side's words may be."""
_MOST_SIDES = 4
_MOST_PASSAGES = 2
_MOST_IN_REPLY = 3
"""Sentences of a reply that are shown: its beginning."""

Item = TypeVar("Item")


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


def asks_for_both(question: str, speakers: Collection[str]) -> bool:
    """Tell whether a question asks what two say: it names two who speak, or says so in English."""
    return len(_named(question, speakers)) > 1 or bool(_BOTH.search(question))


def _named(question: str, speakers: Collection[str]) -> frozenset[str]:
    """Return the speakers whose words a question asks for by name.

    "What did Hale say about Polk?" and "What did Hale tell Polk?" ask for Hale's only. One name
    inside another is one person: "SECRETARY REED" and "Reed" of two documents.
    """
    found = {name: list(_places(question, name)) for name in speakers}
    every = [place for places in found.values() for place in places]
    return frozenset(
        name
        for name, places in found.items()
        if any(not any(_is_inside(place, other) for other in every) for place in places)
    )


def _places(question: str, name: str) -> Iterator[tuple[int, int]]:
    """Yield where a name is a word of a question, with a capital unless none has one.

    MORE speaks, but "What more did Hale say?" does not name him.
    """
    is_small = question[1:] == question[1:].lower()
    for found in re.finditer(rf"(?<!\w){re.escape(name)}(?!\w)", question, re.IGNORECASE):
        printed = is_small or found[0][0] != found[0][0].lower() or found[0] == name
        asked_of = is_spoken_of(question, *found.span()) or is_addressed(question, found.start())
        if printed and not asked_of:
            yield found.span()


def _is_inside(place: tuple[int, int], other: tuple[int, int]) -> bool:
    return place != other and other[0] <= place[0] and place[1] <= other[1]


def asks_for_sides(question: str, speakers: Collection[str]) -> bool:
    """Tell whether a question that asks for both asks what they say or think."""
    return bool(_SAYING.search(question)) and asks_for_both(question, speakers)


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
    speakers = {quote.speaker or "" for quote in told}
    if not asks_for_sides(question, speakers):
        return ()
    named = _named(question, speakers)
    if len(named) > 1:
        told = [quote for quote in told if quote.speaker in named]
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


def other_side(
    ranked: Sequence[Item],
    speaker: Callable[[Item], str | None],
    score: Callable[[Item], float],
) -> int | None:
    """Return the place of the best item by another speaker than the first's, if it is close.

    Args:
        ranked: best first.
        speaker: who says an item; None where nobody does.
        score: of an item.
    """
    if not ranked or speaker(ranked[0]) is None:
        return None
    for place, item in enumerate(ranked):
        if score(item) < score(ranked[0]) - _CLOSE:
            return None
        if speaker(item) not in (None, speaker(ranked[0])):
            return place
    return None
