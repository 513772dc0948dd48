"""All places of words, as JSON and as plain text."""

from __future__ import annotations

from itertools import groupby

from typing_extensions import TypedDict

from qa.answers import Evidence
from qa.concordance import Found, Match, Outside
from qa.quotes import require_current
from qa.render.contract import QuoteObject, quote_object
from qa.render.plain import quote_block, wrapped
from qa.render.terminal import WIDEST, visible
from qa.render.verbatim import on_one_line
from qa.render.words import OUTSIDE_HEADINGS, outside_heading, places_found


class MatchObject(QuoteObject):
    """A quote with ``match``: ``[start, end]`` of the words looked for."""

    match: list[int]


class OutsideObject(TypedDict):
    """A place in text that is no part of a document's own; offsets as in ``QuoteObject``."""

    document: str
    start: int
    end: int
    text: str
    layer: str
    match: list[int]


class FoundObject(TypedDict):
    """All places; ``count`` is that of ``matches`` alone."""

    query: str
    count: int
    matches: list[MatchObject]
    outside: list[OutsideObject]
    labels: int


def found_object(found: Found, query: str) -> FoundObject:
    """Return all places as the contract's object.

    Raises:
        QuoteError: a text would differ from the source.
    """
    return FoundObject(
        query=query,
        count=len(found.matches),
        matches=[match_object(match) for match in found.matches],
        outside=[_outside_object(place) for place in found.outside],
        labels=found.labels,
    )


def found_text(found: Found, width: int = WIDEST) -> str:
    """Return all places as text for a terminal, those outside the documents apart."""
    parts = [wrapped(places_found(found), width)]
    parts += [quote_block(Evidence(match.quote, 1.0), width) for match in found.matches]
    order = list(OUTSIDE_HEADINGS)
    outside = sorted(found.outside, key=lambda place: order.index(place.layer))
    for _, group in groupby(outside, key=lambda place: place.layer):
        places = list(group)
        lines = [f"{outside_heading(places)}:", *map(_outside_line, places)]
        parts.append("\n".join(lines))
    return "\n\n".join(parts)


def _outside_line(place: Outside) -> str:
    require_current(place.transcript)
    line = place.transcript.line_at(place.words.start)
    return visible(f"    {place.transcript.id}, line {line}: {on_one_line(place.text)}")


def match_object(match: Match) -> MatchObject:
    """Return a place as a quote with the range of the words.

    Raises:
        QuoteError: the text would differ from the source.
    """
    quote = quote_object(Evidence(match.quote, 1.0))
    return MatchObject(**quote, match=[match.start, match.end])


def _outside_object(place: Outside) -> OutsideObject:
    require_current(place.transcript)
    return OutsideObject(
        document=place.transcript.id,
        start=place.start,
        end=place.end,
        text=place.text,
        layer=place.layer,
        match=[place.words.start, place.words.end],
    )
