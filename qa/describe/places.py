"""Where in a document: given as offsets or as words, always widened to whole sentences."""

from __future__ import annotations

import re

from corpus.transcript import Layer, Transcript
from qa.concordance import find
from qa.errors import UsageError
from qa.quotes import Quote, QuoteError

_OFFSETS = re.compile(r"\s*(\d{1,12})\s*[-–]\s*(\d{1,12})\s*")
_SHOWN = 5


def place_of(transcript: Transcript, text: str) -> Quote:
    """Return the whole sentences that ``text`` names.

    Args:
        transcript: the document.
        text: offsets (``8299-8340``, code points, end exclusive), or words of the document.

    Raises:
        UsageError: there is no such place, there are several, or it crosses a label.
    """
    offsets = _OFFSETS.fullmatch(text)
    if offsets is not None:
        return place_at(transcript, int(offsets[1]), int(offsets[2]))
    quotes = [match.quote for match in find((transcript,), text).matches]
    places = {(q.start, q.end): q for q in quotes if q.layer is not Layer.HEADING}
    if not places:
        raise UsageError(
            f"“{text}” stands nowhere in the sentences of {transcript.id} (headings, labels and "
            "the page around it apart); give words of the text, or offsets such as 8299-8340."
        )
    if len(places) > 1:
        shown = ", ".join(f"{start}-{end}" for start, end in list(places)[:_SHOWN])
        raise UsageError(
            f"“{text}” stands in {len(places)} places of {transcript.id} ({shown}…); give more "
            "words, or offsets."
        )
    return next(iter(places.values()))


def place_at(transcript: Transcript, start: int, end: int) -> Quote:
    """Return the whole sentences that hold ``[start, end)``.

    Raises:
        UsageError: no sentence stands there, or a label or heading stands between them.
    """
    if not start < end <= len(transcript.text):
        raise UsageError(
            f"{start}-{end} is no range of {transcript.id}; offsets run from 0 to "
            f"{len(transcript.text)}, the smaller one first."
        )
    try:
        quote = Quote.around(transcript, start, end)
        if quote.layer is Layer.HEADING:
            raise QuoteError(f"{transcript.id} {start}-{end} is a heading.")
        return quote
    except QuoteError as error:
        raise UsageError(f"{error} Name whole sentences of one speaker, header or note.") from error
