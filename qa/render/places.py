"""All places of words, as JSON and as plain text."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from itertools import groupby

from typing_extensions import TypedDict

from qa.answers import Evidence
from qa.concordance import Match, Outside
from qa.quotes import require_current
from qa.render.contract import QuoteObject, quote_object
from qa.render.plain import quote_block, wrapped
from qa.render.terminal import WIDEST, visible
from qa.render.verbatim import on_one_line
from qa.render.words import (
    OUTSIDE_HEADINGS,
    layer_name,
    outside_heading,
    places_found,
    widening_lines,
)
from qa.standing import stretch_of
from qa.widening import Widened


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


class InDocument(TypedDict):
    """How many of the matches stand in a document."""

    document: str
    count: int


class FoundObject(TypedDict):
    """All places; ``count`` is that of ``matches`` alone.

    ``besides`` and ``apart`` are those of :class:`qa.widening.Widened`.
    """

    query: str
    count: int
    matches: list[MatchObject]
    outside: list[OutsideObject]
    labels: int
    documents: list[InDocument]
    besides: list[str]
    apart: list[str]


def found_object(widened: Widened, query: str) -> FoundObject:
    """Return all places as the contract's object.

    Raises:
        QuoteError: a text would differ from the source.
    """
    found = widened.found
    return FoundObject(
        query=query,
        count=len(found.matches),
        matches=[match_object(match) for match in found.matches],
        outside=[_outside_object(place) for place in found.outside],
        labels=found.labels,
        documents=[
            InDocument(document=document, count=sum(voices.values()))
            for document, voices in _counted(found.matches).items()
        ],
        besides=list(widened.besides),
        apart=list(widened.apart),
    )


def found_text(widened: Widened, width: int = WIDEST) -> str:
    """Return all places as text for a terminal, those outside the documents apart."""
    found = widened.found
    parts = [wrapped(places_found(found), width)]
    parts += [wrapped(visible(line), width) for line in widening_lines(widened)]
    if len(found.matches) > 1:
        counts = _counted(found.matches).items()
        parts.append("\n".join(visible(_count_line(*one)) for one in counts))
    # A sentence that holds the words twice is two places, and is read once.
    for _, same in groupby(found.matches, key=_sentences):
        first, *others = same
        block = quote_block(Evidence(first.quote, 1.0), width)
        times = f"\n    The words stand here {len(others) + 1} times." if others else ""
        parts.append(f"{block}{times}")
    order = list(OUTSIDE_HEADINGS)
    outside = sorted(found.outside, key=lambda place: order.index(place.layer))
    for _, group in groupby(outside, key=lambda place: place.layer):
        places = list(group)
        lines = [f"{outside_heading(places)}:", *map(_outside_line, places)]
        parts.append("\n".join(lines))
    return "\n\n".join(parts)


def _sentences(match: Match) -> tuple[str, int, int]:
    return match.quote.transcript.id, match.quote.start, match.quote.end


def _counted(matches: Sequence[Match]) -> dict[str, Counter[str]]:
    """Return how many places are whose, document by document."""
    counts: dict[str, Counter[str]] = {}
    for match in matches:
        quote = match.quote
        voices = counts.setdefault(quote.transcript.id, Counter())
        voices[quote.speaker or layer_name(quote.layer)] += 1
    return counts


def _count_line(document: str, voices: Counter[str]) -> str:
    each = ", ".join(f"{name} {count}" for name, count in voices.most_common())
    return f"    {document}: {voices.total()} ({each})"


def _outside_line(place: Outside) -> str:
    require_current(place.transcript)
    where = stretch_of(place.transcript, place.words.start, place.words.start + 1).words
    return visible(f"    {place.transcript.id}, {where}: {on_one_line(place.text)}")


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
