"""What a quotation leaves out of the sentences it is taken from, and whether that governs it."""

from __future__ import annotations

from dataclasses import dataclass

from corpus.transcript import Span, Transcript
from qa.concordance import Match
from qa.quotations.governing import Governor, before, behind
from qa.quotations.verdicts import Difference, Flag
from qa.reported import is_passed_on, reports_others


@dataclass(frozen=True, slots=True)
class Edges:
    """What bears on a place by what is left out there.

    Attributes:
        cuts: words that are left out and govern the quotation.
        is_reported: the speaker passes on what somebody else says or thinks.
        is_passed_on: and the words that say so are left out.
    """

    cuts: tuple[Difference, ...]
    is_reported: bool
    is_passed_on: bool

    @property
    def is_cut(self) -> bool:
        """Whether words that govern the quotation are left out."""
        return bool(self.cuts)


def edges_of(match: Match) -> Edges:
    """Return what a quotation leaves out of the sentences that hold it."""
    transcript, quote = match.quote.transcript, match.quote
    text, language = transcript.text, transcript.record.language_code
    left = Span(quote.start, match.start)
    right = Span(match.end, quote.end)
    words = text[match.start : match.end]
    cuts = []
    governor = before(text[left.start : left.end], words, language)
    if governor is not None:
        cuts.append(_cut(transcript, left, governor))
    passed_on = is_passed_on(text[left.start : left.end], words, quote)
    if passed_on and governor is None:
        cuts.append(Difference("", transcript, left.start, left.end, Flag.CUT))
    governor = behind(text[right.start : right.end], words, language)
    if governor is not None:
        cuts.append(_cut(transcript, right, governor))
    return Edges(tuple(cuts), passed_on or reports_others(words, quote), passed_on)


def omitted(transcript: Transcript, gap: Span, mark: str) -> Difference:
    """Return the words that a mark leaves out, and whether they govern those beside them."""
    text, language = transcript.text, transcript.record.language_code
    sentences = transcript.sentences_in(gap.start, gap.end)
    touches: Flag | None = None
    if sentences:
        # What ends the sentence before, and what begins the one behind.
        ends = min(gap.end, max(sentences[0].end, gap.start))
        begins = max(gap.start, min(sentences[-1].start, gap.end))
        found = behind(text[gap.start : ends], text[sentences[0].start : gap.start], language)
        found = found or before(text[begins : gap.end], text[gap.end : sentences[-1].end], language)
        if found is not None:
            touches = Flag.NEGATION if found is Governor.NEGATION else Flag.CUT
    return Difference(mark, transcript, gap.start, gap.end, touches)


def _cut(transcript: Transcript, left_out: Span, governor: Governor) -> Difference:
    text = transcript.text
    start, end = left_out.start, left_out.end
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    touches = Flag.NEGATION if governor is Governor.NEGATION else Flag.CUT
    return Difference("", transcript, start, end, touches)
