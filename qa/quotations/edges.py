"""What a quotation leaves out of the sentences it is taken from, and whether that governs it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from corpus.people import is_same_name
from corpus.transcript import Layer, Span, Transcript
from qa.concordance import Match
from qa.quotations.frames import Whose
from qa.quotations.framing import indirect_frame
from qa.quotations.governing import Governor, before, behind
from qa.quotations.inner import Inner, inner_of
from qa.quotations.tables import LANGUAGES, table
from qa.quotations.verdicts import Difference, Flag
from qa.quotes import Quote
from qa.reported import reports_others


@dataclass(frozen=True, slots=True)
class Edges:
    """What bears on a place by what is left out there.

    Attributes:
        cuts: words that are left out and govern the quotation.
        is_reported: the speaker passes on what somebody else says or thinks.
        inner: the quotation marks, or words that stand for them, inside which the words stand in
            the source, where they are not the speaker's own.
    """

    cuts: tuple[Difference, ...]
    is_reported: bool
    inner: Inner | None

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
    inner = inner_around(match)
    crossed = [] if inner is not None else list(_crossed(match))
    passed_on = inner is None and _is_told(quote, left, words)
    if passed_on and governor is None:
        cuts.append(Difference("", transcript, left.start, left.end, Flag.CUT))
    elif crossed and not cuts:
        frame = next((one.frame for one in crossed if one.frame is not None), None)
        if frame is not None:
            cuts.append(Difference("", transcript, frame.start, frame.end, Flag.CUT))
    governor = behind(text[right.start : right.end], words, language)
    if governor is not None:
        cuts.append(_cut(transcript, right, governor))
    reported = passed_on or inner is not None or bool(crossed) or reports_others(match)
    return Edges(tuple(cuts), reported, inner)


def _is_told(quote: Quote, left_out: Span, words: str) -> bool:
    """Whether words left out, such as "the judge said that", tell of somebody else's words."""
    transcript = quote.transcript
    if quote.layer is not Layer.SPEECH or transcript.record.language_code not in LANGUAGES:
        return False
    language = table(transcript.record.language_code)
    frame = indirect_frame(transcript.text, left_out, words, language)
    return frame is not None and frame.whose is Whose.OTHERS


def inner_around(match: Match) -> Inner | None:
    """Return the quotation of somebody else, inside what is said, that holds a place whole.

    What the speaker quotes of himself is his own, and what somebody quoted quotes of himself is
    that person's.
    """
    found = None
    for one in inner_of(match.quote.transcript, match.start):
        if one.start <= match.start and match.end <= one.end and one.whose is not Whose.OWN:
            found = one
    return found


def _crossed(match: Match) -> Iterator[Inner]:
    """Yield what others are quoted as saying, of which a place has a part but not who says it."""
    text = match.quote.transcript.text
    for one in inner_of(match.quote.transcript, match.start):
        begin, end = max(one.start, match.start), min(one.end, match.end)
        if one.whose is not Whose.OTHERS or not any(map(str.isalnum, text[begin:end])):
            continue
        frame = one.frame
        if frame is None or frame.start < match.start or frame.end > match.end + 1:
            yield one


def is_said_to_say(inner: Inner, transcript: Transcript, stated: str) -> bool:
    """Whether a document says of the person stated that these are his or her words.

    "He" may be anybody who was named before in the same speech.
    """
    if inner.name is None:
        speech = transcript.turn_at(inner.start)
        before = transcript.text[speech.start : inner.start] if speech else ""
        return inner.whose is Whose.OTHERS and is_mentioned(stated, before)
    name = " ".join(transcript.text[inner.name.start : inner.name.end].split())
    return is_same_name(stated, name)


def is_mentioned(name: str, text: str) -> bool:
    """Whether a surname stands in a text."""
    words = [word for word in re.findall(r"[^\W\d_]+", name) if len(word) > 1]
    return bool(words) and bool(re.search(rf"\b{re.escape(words[-1])}\b", text, re.IGNORECASE))


def omitted(transcript: Transcript, gap: Span, mark: str) -> Difference:
    """Return the words that a mark leaves out, and whether they govern those beside them."""
    text, language = transcript.text, transcript.record.language_code
    sentences = transcript.sentences_in(gap.start, gap.end)
    touches: Flag | None = None
    if sentences:
        # What ends the sentence before, and what begins the one behind.
        ends = min(gap.end, max(sentences[0].end, gap.start))
        begins = max(gap.start, min(sentences[-1].start, gap.end))
        governors = (
            behind(text[gap.start : ends], text[sentences[0].start : gap.start], language),
            before(text[begins : gap.end], text[gap.end : sentences[-1].end], language),
        )
        # That the source lacks words there is what the mark tells.
        found = [one for one in governors if one not in (None, Governor.OMISSION)]
        if found:
            touches = Flag.NEGATION if found[0] is Governor.NEGATION else Flag.CUT
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
