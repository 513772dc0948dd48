"""Signs of the source that say more than a word, and that a quotation drops.

"They did [inaudible] shoot him" may have a "not" where nobody could hear it; "I killed him?" does
not say "I killed him."
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from corpus.lost import lost_words
from corpus.sentences import is_question
from corpus.transcript import Span
from qa.quotations.placing import Placed
from qa.quotations.typed import OMISSION, Quotation
from qa.quotations.verdicts import Difference, Flag

_ASKS = re.compile(r"[?\uff1f\u061f\u2047\u2048\u2049]")
_ASKED_AT_ONCE = re.compile(rf"[\s\"'”’»)\].!…–—-]*?({_ASKS.pattern})")
_STATES = re.compile(r"[.,;:!。，、]+")
_OTHER_CLAUSE = re.compile(r"[.;:!¿\"“„«]")
_CLAUSE = re.compile(r"(?:^|[.,;:!?…¿\"'“”„«‘–—-])\s*$")


@dataclass(frozen=True)
class Asked:
    """What of a quotation the source asks, where the quotation has no question mark.

    Attributes:
        turned: signs of a statement in place of the question mark.
        is_open: other places, where the quotation has no sign, or only begins the question.
    """

    turned: tuple[Difference, ...]
    is_open: bool

    @property
    def is_any(self) -> bool:
        """Whether there is any."""
        return bool(self.turned) or self.is_open


def asked(quotation: Quotation, parts: Sequence[Placed]) -> Asked:
    """Return where parts of a quotation drop that the source asks."""
    found = [one for part in parts for one in _asked_between(quotation, part)]
    found += _asked_at_end(quotation, parts[-1])
    turned = tuple(one for one in found if one is not None)
    return Asked(turned, len(turned) < len(found))


def _asked_between(quotation: Quotation, placed: Placed) -> Iterator[Difference | None]:
    """Yield each question mark between words that is dropped; None where no sign replaces it."""
    transcript, match = placed.transcript, placed.match
    for mark in _ASKS.finditer(transcript.text, match.start, match.end):
        place = Span(*mark.span())
        if any(one.contains(place.start, place.end) for one in match.quote.editorial):
            continue  # "[?]" is a doubt of whoever wrote it down
        given = _typed_at(quotation, placed, place)
        if given is not None and not _ASKS.search(given) and not OMISSION.search(given):
            sign = _STATES.search(given)
            yield _turned(placed, sign[0], place) if sign else None


def _asked_at_end(quotation: Quotation, placed: Placed) -> Iterator[Difference | None]:
    """Yield the question mark that the sentence ends with, likewise."""
    transcript, match = placed.transcript, placed.match
    words = quotation.words
    ahead, after = quotation.text[: words[0].start], quotation.text[words[-1].end :]
    last = match.quote.sentences[-1]
    tail = transcript.text[match.end : last.end]
    if _ASKS.search(after) or "¿" in ahead or not match.end <= last.end:
        return
    mark = _ASKED_AT_ONCE.match(tail)
    if mark is None:
        whole = transcript.text[last.start : last.end]
        if is_question(whole) and not _OTHER_CLAUSE.search(tail):
            yield None
        return
    sign = _STATES.search(OMISSION.sub("", after))
    if sign is None or not _is_clause(quotation, placed):
        yield None
    else:
        yield _turned(placed, sign[0], Span(match.end + mark.start(1), match.end + mark.end(1)))


def _is_clause(quotation: Quotation, placed: Placed) -> bool:
    """Whether words stand as a clause, and not as a few words of one set into another sentence."""
    match, first = placed.match, quotation.words[0]
    if quotation.text[first.start].isupper() or match.start == match.quote.start:
        return True
    text = placed.transcript.text[match.quote.start : match.start]
    return _CLAUSE.search(text) is not None


def _turned(placed: Placed, sign: str, place: Span) -> Difference:
    return Difference(sign, placed.transcript, place.start, place.end, Flag.QUESTION)


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
