"""Every place where words stand in an archive: not the best ones, all of them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from corpus.transcript import Span, Transcript
from qa.phrase import Phrase
from qa.quotes import Quote
from qa.searchable import LABEL, NUMBER, OUTSIDE, Stretch, stretches

_AROUND = 100
"""Most characters shown on either side of words outside the document."""


@dataclass(frozen=True, slots=True)
class Match:
    """One place where the words stand.

    Attributes:
        quote: the sentences that hold them.
        start: first code point of the words.
        end: end, exclusive.
    """

    quote: Quote
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Outside:
    """One place of the words in text that is no part of the document's own.

    Attributes:
        transcript: the file that holds it.
        start: first code point of what is shown: the line, or the part of it around the words.
        end: end, exclusive.
        words: the place of the words themselves.
        layer: ``host``, ``furniture``, ``direction``, ``cue`` or ``markup``.
    """

    transcript: Transcript
    start: int
    end: int
    words: Span
    layer: str

    @property
    def text(self) -> str:
        """What is shown, exactly as the source has it."""
        return self.transcript.text[self.start : self.end]


@dataclass(frozen=True, slots=True)
class Found:
    """All places of some words, in the order of documents and text.

    Attributes:
        matches: in speech, header, narration, notes and headings, editor's brackets included.
        outside: in the web page around a document, and in furniture, directions, cues and
            markup; a footnote's number is markup.
        labels: how many labels of speakers hold the words; they name people and are no places.
    """

    matches: tuple[Match, ...]
    outside: tuple[Outside, ...]
    labels: int


def find(archive: Iterable[Transcript], words: str) -> Found:
    """Return every place of ``words``.

    Everything that :mod:`corpus.folding` takes for alike is alike: "etats" finds "États", and
    "warning shots" finds "[warning] / shots". What counts as a word is said in
    :mod:`qa.phrase`; one that ends in ``*`` stands for all words beginning so. Signs without
    any letter or digit are looked for as they are. No match crosses a label.

    Raises:
        QuestionError: ``words`` are empty.
    """
    phrase = Phrase.of(words)
    matches: list[Match] = []
    outside: list[Outside] = []
    labels = 0
    for transcript in archive:
        for stretch in stretches(transcript):
            places = _places(phrase, transcript, stretch)
            if stretch.layer == LABEL:
                labels += any(True for _ in places)
                continue
            for place in places:
                if stretch.layer in OUTSIDE or not _is_quotable(transcript, place):
                    outside.append(_outside(transcript, stretch, place))
                else:
                    matches.append(_match(transcript, place))
    return Found(tuple(matches), tuple(outside), labels)


def _places(phrase: Phrase, transcript: Transcript, stretch: Stretch) -> Iterator[Span]:
    if not phrase.is_literal:
        yield from map(stretch.source, phrase.in_folded(stretch.folded))
        return
    for part in stretch.parts:
        yield from phrase.in_source(transcript.text, part.start, part.end)


def _is_quotable(transcript: Transcript, place: Span) -> bool:
    """Whether a sentence or heading holds it: the number of a footnote stands in neither."""
    return bool(
        transcript.sentences_in(place.start, place.end)
        or transcript.headings_in(place.start, place.end)
    )


def _match(transcript: Transcript, place: Span) -> Match:
    return Match(Quote.around(transcript, place.start, place.end), place.start, place.end)


def _outside(transcript: Transcript, stretch: Stretch, place: Span) -> Outside:
    """Show the line that holds the words; of a long one, the words around them."""
    text = transcript.text
    start = max(stretch.start, place.start - _AROUND)
    end = min(stretch.end, place.end + _AROUND)
    start = max(start, *(text.rfind(sign, start, place.start) + 1 for sign in "\n\r"))
    end = min([end, *(at for sign in "\n\r" if (at := text.find(sign, place.end, end)) >= 0)])
    while start < place.start and text[start].isspace():
        start += 1
    while end > place.end and text[end - 1].isspace():
        end -= 1
    layer = stretch.layer if stretch.layer in OUTSIDE else NUMBER
    return Outside(transcript, start, end, place, layer)
