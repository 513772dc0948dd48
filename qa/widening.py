"""Other ways in which the words that somebody looks for are written in an archive.

An inflected form shares the stem of a word; where a word stands nowhere, those that are spelled
most like it are taken. What was looked for besides the words themselves is always told.
"""

from __future__ import annotations

import difflib
import re
import weakref
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import product

from corpus.folding import fold
from corpus.transcript import Transcript
from index.analysis import terms
from qa.concordance import Found, Match, Outside, find
from qa.searchable import OUTSIDE, stretches

_ALIKE = 0.8
"""Share of letters, as difflib counts them, from which a spelling is taken for a word's own."""
_MOST_SPELLINGS = 3
_MOST_FORMS = 8
_MOST_APART = 8
_FEWEST_APART = 2
_MOST_PHRASES = 16
_WORD = re.compile(r"[^\W\d_]{2,}")
_known: dict[int, frozenset[str]] = {}


@dataclass(frozen=True, slots=True)
class Widened:
    """All places of some words, and of other forms of them.

    Attributes:
        found: the places, those of the words as they were given included.
        besides: what was looked for besides, in the archive's own spelling, folded.
        apart: words that were looked for each by itself, since together they stand nowhere;
            ``found`` then has the sentences that hold the most of them.
    """

    found: Found
    besides: tuple[str, ...]
    apart: tuple[str, ...] = ()


def find_widely(archive: Iterable[Transcript], words: str) -> Widened:
    """Return every place of ``words`` and of their other forms.

    Raises:
        QuestionError: ``words`` are empty.
    """
    documents = tuple(archive)
    together = _in_order(documents, words)
    if together.found.matches or together.found.outside:
        return together
    return _apart(documents, words, together.found.labels) or together


def _apart(documents: tuple[Transcript, ...], words: str, labels: int) -> Widened | None:
    """Return the sentences that hold the most of the words, in whatever order they stand."""
    languages = {transcript.record.language_code for transcript in documents}
    asked = [w for w in _WORD.findall(fold(words).text) if any(terms(w, one) for one in languages)]
    asked = list(dict.fromkeys(asked))[:_MOST_APART]
    if len(asked) < _FEWEST_APART:
        return None
    each = [_in_order(documents, word) for word in asked]
    held: dict[tuple[str, int, int], list[Match]] = {}
    for one in each:
        sentences = {
            (m.quote.transcript.id, m.quote.start, m.quote.end): m for m in one.found.matches
        }
        for key, match in sentences.items():
            held.setdefault(key, []).append(match)
    most = max(map(len, held.values()), default=0)
    if most < min(len(asked), _FEWEST_APART):
        return None
    order = {transcript.id: number for number, transcript in enumerate(documents)}
    best = [min(some, key=lambda m: m.start) for some in held.values() if len(some) == most]
    best.sort(key=lambda match: (order[match.quote.transcript.id], match.start))
    besides = tuple(dict.fromkeys(form for one in each for form in one.besides))
    return Widened(Found(tuple(best), (), labels), besides, tuple(asked))


def _in_order(documents: tuple[Transcript, ...], words: str) -> Widened:
    exact = find(documents, words)
    phrases = list(_others(documents, words))
    parts = [exact, *(find(documents, phrase) for phrase in phrases)]
    besides = tuple(
        phrase
        for phrase, part in zip(phrases, parts[1:], strict=True)
        if part.matches or part.outside
    )
    order = {transcript.id: number for number, transcript in enumerate(documents)}
    return Widened(_together(parts, order), besides)


def _together(parts: list[Found], order: dict[str, int]) -> Found:
    matches: dict[tuple[int, int, int], Match] = {}
    outside: dict[tuple[int, int, int], Outside] = {}
    for part in parts:
        for match in part.matches:
            key = (order[match.quote.transcript.id], match.start, match.end)
            matches.setdefault(key, match)
        for place in part.outside:
            name = order[place.transcript.id]
            outside.setdefault((name, place.words.start, place.words.end), place)
    labels = sum(part.labels for part in parts)
    in_order = tuple(matches[key] for key in sorted(matches))
    return Found(in_order, tuple(outside[key] for key in sorted(outside)), labels)


def _others(documents: tuple[Transcript, ...], words: str) -> Iterator[str]:
    """Yield the words with some of them in another form, the words themselves left out."""
    if "*" in words:
        return
    asked = fold(words).text.split()
    known: set[str] = set()
    languages = set()
    for transcript in documents:
        known |= _vocabulary(transcript)
        languages.add(transcript.record.language_code)
    choices = [[word, *_forms(word, known, languages)] for word in asked]
    for number, chosen in enumerate(product(*choices)):
        if number > _MOST_PHRASES:
            return
        if list(chosen) != asked:
            yield " ".join(chosen)


def _forms(word: str, known: set[str], languages: set[str]) -> list[str]:
    if not _WORD.fullmatch(word):
        return []
    stems = {language: terms(word, language) for language in languages}
    same = sorted(
        other
        for other in known
        if other != word
        and other[:2] == word[:2]
        and any(stem and terms(other, language) == stem for language, stem in stems.items())
    )
    if same or word in known:
        return same[:_MOST_FORMS]
    return difflib.get_close_matches(word, known, _MOST_SPELLINGS, _ALIKE)


def _vocabulary(transcript: Transcript) -> frozenset[str]:
    """Return the folded words of a transcript; they are remembered as long as it lives."""
    found = _known.get(id(transcript))
    if found is None:
        own = (s for s in stretches(transcript) if s.layer not in OUTSIDE)
        found = frozenset(word for s in own for word in _WORD.findall(s.folded.text))
        _known[id(transcript)] = found
        weakref.finalize(transcript, _known.pop, id(transcript), None)
    return found
