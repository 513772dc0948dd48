"""Signs of the source that say more than a word, and that a quotation drops.

"They did [inaudible] shoot him" may have a "not" where nobody could hear it.
"""

from __future__ import annotations

from collections.abc import Iterator

from corpus.lost import lost_words
from corpus.transcript import Span
from qa.quotations.placing import Placed
from qa.quotations.typed import OMISSION, Quotation
from qa.quotations.verdicts import Difference, Flag


def passed_over(quotation: Quotation, placed: Placed) -> Iterator[Difference]:
    """Yield where the source lacks words between those of a quotation that does not say so."""
    transcript, match = placed.transcript, placed.match
    for lost in lost_words(transcript.text, match.start, match.end):
        given = _typed_at(quotation, placed, lost)
        if given is not None and not _says_so(given):
            yield Difference("", transcript, lost.start, lost.end, Flag.CUT, is_lost=True)


def has_break(placed: Placed) -> bool:
    """Whether the source breaks off between words of a place, as far as its layout tells."""
    match = placed.match
    return any(match.start < at < match.end for at in placed.transcript.breaks)


def _typed_at(quotation: Quotation, placed: Placed, place: Span) -> str | None:
    """Return what is typed where the source has a place; None where it is not between words."""
    before, after = placed.given_around(place)
    if before is None or after is None:
        return None
    return quotation.text[placed.words[before].end : placed.words[after].start]


def _says_so(given: str) -> bool:
    return OMISSION.search(given) is not None or any(lost_words(given))
