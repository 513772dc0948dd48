"""Words in quotation marks inside what is said, and whose they are.

A witness who says ‘Mr Dent told me: “…”’ does not say what stands in the marks herself.
"""

from __future__ import annotations

import re
import weakref
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from corpus.transcript import Span, Transcript
from qa.quotations.frames import Frame, Whose
from qa.quotations.framing import FEWEST, frame_of
from qa.quotations.marks import Marked, dashed_in, marked_in, spoken_in
from qa.quotations.tables import LANGUAGES

_PARAGRAPH = re.compile(r"\n[ \t]*\n")
_FEW = 3
"""Words between two quotations of one person."""


@dataclass(frozen=True, slots=True)
class Inner:
    """Words in quotation marks.

    Attributes:
        start: of the words, without the marks.
        end: of them, exclusive.
        whose: they are.
        name: of whoever is said to say them; None where nobody is named.
        frame: the words that say so; None where none do.
    """

    start: int
    end: int
    whose: Whose
    name: Span | None
    frame: Span | None


_known: dict[int, dict[int, tuple[Inner, ...]]] = {}


def inner_of(transcript: Transcript, start: int) -> tuple[Inner, ...]:
    """Return what stands in quotation marks in the speech, or the other block, around a place.

    Terms and titles in marks are left out. Outer ones come before those inside them.
    """
    blocks = _known.get(id(transcript))
    if blocks is None:
        blocks = _known[id(transcript)] = {}
        weakref.finalize(transcript, _known.pop, id(transcript), None)
    held = transcript.sentences_in(start, start + 1)
    if not held:
        return ()
    block = held[0].block
    if block not in blocks:
        sentences = _of_block(transcript, held[0].number)
        blocks[block] = tuple(_inner(transcript, *sentences))
    return blocks[block]


def _of_block(transcript: Transcript, number: int) -> tuple[int, int]:
    sentences = transcript.sentences
    first = last = number
    while first and sentences[first - 1].block == sentences[number].block:
        first -= 1
    while last + 1 < len(sentences) and sentences[last + 1].block == sentences[number].block:
        last += 1
    return sentences[first].start, sentences[last].end


def _inner(transcript: Transcript, start: int, end: int) -> Iterator[Inner]:
    code = transcript.record.language_code
    languages = (code,) if code in LANGUAGES else LANGUAGES
    text, at, last = transcript.text, start, None
    while at < end:
        found = _PARAGRAPH.search(text, at, end)
        stop = found.start() if found else end
        for inner in _of_part(text, Span(at, stop), languages, last):
            last = inner
            yield inner
        at = found.end() if found else end


def _of_part(
    text: str, part: Span, languages: tuple[str, ...], last: Inner | None
) -> Iterator[Inner]:
    """Yield what is quoted in a paragraph, or in words quoted there, each before those in it."""
    bounds = (part.start, part.end)
    marked = [*marked_in(text, *bounds), *spoken_in(text, *bounds)]
    sure = [one.outer for one in marked]
    places = [*marked, *dashed_in(text, *bounds)]
    for one in sorted(places, key=lambda one: one.outer):
        low = max((span.end for span in sure if span.end <= one.outer.start), default=part.start)
        high = min((span.start for span in sure if span.start >= one.outer.end), default=part.end)
        frame = frame_of(text, one.outer.start, one.outer.end, languages, low, high)
        inside = one.inner
        if one.is_dashed and not _is_dialogue(one, frame, sure):
            continue
        if frame is not None:
            place = Span(frame.start, frame.end)
            last = Inner(inside.start, inside.end, frame.whose, frame.name, place)
        elif last is not None and not _says_more(text, last, one.outer):
            last = Inner(inside.start, inside.end, last.whose, last.name, last.frame)
        elif _is_saying(text, one):
            last = Inner(inside.start, inside.end, Whose.UNKNOWN, None, None)
        else:
            continue
        yield last
        yield from _of_part(text, inside, languages, None)


def _is_dialogue(one: Marked, frame: Frame | None, sure: Sequence[Span]) -> bool:
    """Whether a verb of saying stands behind words that only a dash stands before."""
    inside = any(span.overlaps(one.outer.start, one.outer.end) for span in sure)
    return frame is not None and frame.start >= one.outer.end and not inside


def _is_saying(text: str, one: Marked) -> bool:
    """Whether words in marks, with nobody named, are a saying and no term or title."""
    words = text[one.inner.start : one.inner.end].split()
    is_led = text[: one.outer.start].rstrip().endswith(":")
    return text[one.outer.start] not in "'‘" and (len(words) >= FEWEST or is_led)


def _says_more(text: str, last: Inner, outer: Span) -> bool:
    """Whether anything but who speaks stands between one quotation and the next."""
    frame = last.frame
    if frame is None or frame.end <= last.end:
        return True
    between = text[frame.end : outer.start]
    return bool(re.search(r"\w", between)) and len(between.split()) > _FEW
