"""The few sentences the archive says in its own words."""

from __future__ import annotations

from collections.abc import Callable

from corpus.transcript import Layer
from qa.answers import Abstained, Answer, Evidence, Reason
from qa.quotes import Quote
from qa.reported import reported_speech

BREAK_SIGN = "⟨the text breaks off here⟩"
NEAREST_HEADING = "Not an answer – the nearest passages"
_NEAREST_SHOWN = 3

_ABSTENTIONS = {
    Reason.NOTHING_RELEVANT: "The archive does not answer this: it says nothing about it.",
    Reason.NOT_CONFIDENT: "The archive does not answer this, as far as can be told.",
    Reason.KNOWN_GAP: "People often ask this; the archive does not say.",
    Reason.UNSUPPORTED_LANGUAGE: (
        "The archive cannot be searched in this language; please ask in one of its own."
    ),
    Reason.UNKNOWN_REFERENCE: (
        "This question points back to something that was not asked here; please ask it in full."
    ),
}


def abstention_sentence(answer: Abstained) -> str:
    """Return the sentence shown in place of a quote."""
    return _ABSTENTIONS[answer.reason]


def nearest_shown(answer: Answer) -> tuple[Evidence, ...]:
    """Return the nearest passages that people are shown; programs are given them all."""
    return answer.nearest[:_NEAREST_SHOWN]


def quotes_found(count: int) -> str:
    """Return how many quotes an answer has, as announced to screen readers."""
    return "1 quote found" if count == 1 else f"{count} quotes found"


def layer_name(layer: Layer) -> str:
    """Return what stands where a speaker's name would, for text that nobody speaks."""
    return {
        Layer.HEADER: "Header of the document",
        Layer.NOTE: "Footnote of the document",
        Layer.HEADING: "Heading in the document",
    }.get(layer, "Speaker not identified")


REPORTS_SOMEBODY = "{speaker} tells here what {name} said or thinks."
REPORTS_OTHERS = "{speaker} tells here what others said or think."


def reported_line(quote: Quote) -> str:
    """Return whose words the speaker passes on, as a sentence; empty where he speaks himself."""
    return reported_line_in(quote, str)


def reported_line_in(quote: Quote, translated: Callable[[str], str]) -> str:
    """Return :func:`reported_line` with our own words translated."""
    reports = reported_speech(quote)
    if not reports:
        return ""
    if isinstance(reports, str):
        return translated(REPORTS_SOMEBODY).format(speaker=quote.speaker, name=reports)
    return translated(REPORTS_OTHERS).format(speaker=quote.speaker)


def places_found(count: int) -> str:
    """Return how many places a search for words found."""
    if count == 0:
        return "These words stand nowhere in the archive."
    return "1 place found:" if count == 1 else f"{count} places found:"
