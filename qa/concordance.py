"""Every place where words stand in an archive: not the best ones, all of them."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass

from corpus.archive import Archive
from corpus.transcript import Layer, Sentence, Span, Transcript
from qa.errors import QuestionError
from qa.quotes import Quote

_FOLDED = {"’": "'", "‘": "'", "“": '"', "”": '"', "„": '"', "–": "-", "—": "-", "\u00ad": ""}


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


def find(archive: Archive, words: str) -> tuple[Match, ...]:
    """Return every place of ``words`` in speech, header and notes, in order.

    Case, line breaks, kinds of quotation marks and dashes, whether accents are characters of
    their own, and the signs ``[`` and ``]`` do not matter: "warning shots" finds
    "[warning] / shots". Whole words are found; a word that ends in ``*`` stands for all words
    beginning so. Labels, headings and host page are not searched.

    Raises:
        QuestionError: there is no letter or digit in ``words``.
    """
    pattern = _pattern(words)
    found: list[Match] = []
    for transcript in archive:
        anchors = _anchors(transcript)
        for first, last in _runs(transcript):
            found.extend(_matches(transcript, first, last, anchors, pattern))
    return tuple(found)


def _runs(transcript: Transcript) -> list[tuple[Sentence, Sentence]]:
    """Return each block's first and last sentence: words may cross a full stop, not a label."""
    runs: dict[int, tuple[Sentence, Sentence]] = {}
    for sentence in transcript.sentences:
        first, _ = runs.get(sentence.block, (sentence, sentence))
        runs[sentence.block] = (first, sentence)
    return list(runs.values())


def _anchors(transcript: Transcript) -> frozenset[int]:
    """Return the offsets of footnote numbers, which count as no words."""
    return frozenset(
        offset
        for region in transcript.regions
        if region.layer is Layer.ANCHOR
        for offset in range(region.start, region.end)
    )


def _matches(
    transcript: Transcript,
    first: Sentence,
    last: Sentence,
    anchors: frozenset[int],
    pattern: re.Pattern[str],
) -> list[Match]:
    folded, offsets = _fold(transcript.text, first.start, last.end, anchors)
    matches = []
    for match in pattern.finditer(folded):
        start, end = offsets[match.start()].start, offsets[match.end() - 1].end
        if transcript.sentences_in(start, end):
            matches.append(Match(Quote.around(transcript, start, end), start, end))
    return matches


def _fold(text: str, start: int, end: int, anchors: frozenset[int]) -> tuple[str, list[Span]]:
    """Return the searchable text of a range, and for each of its characters its source."""
    characters: list[str] = []
    offsets: list[Span] = []
    for span in _letters(text, start, end):
        if span.start in anchors:
            continue
        folded = _folded(text[span.start : span.end])
        if folded == " " and characters[-1:] in ([" "], []):
            continue
        characters.extend(folded)
        offsets.extend([span] * len(folded))
    return "".join(characters), offsets


def _letters(text: str, start: int, end: int) -> Iterator[Span]:
    """Yield each character together with the accents that follow it as characters of their own."""
    while start < end:
        after = start + 1
        while after < end and unicodedata.combining(text[after]):
            after += 1
        yield Span(start, after)
        start = after


def _folded(text: str) -> str:
    return "".join(map(_folded_character, unicodedata.normalize("NFC", text)))


def _folded_character(character: str) -> str:
    if character in "[]":
        return ""
    if character.isspace():
        return " "
    return _FOLDED.get(character, character).casefold()


def _pattern(words: str) -> re.Pattern[str]:
    folded = _folded(words).split()
    if not any(char.isalnum() for char in "".join(folded)):
        raise QuestionError("There is nothing to look for; give at least one word.")
    parts = []
    for word in folded:
        stem = word.rstrip("*")
        if stem:
            parts.append(re.escape(stem) + (r"\w*" if stem != word else ""))
    body = " ".join(parts)
    before = r"(?<!\w)" if body[0].isalnum() else ""
    after = r"(?!\w)" if words.rstrip()[-1].isalnum() else ""
    return re.compile(before + body + after)
