"""What differs between a quotation and a place, and what each difference touches."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache

from corpus.folding import JOINED, fold
from corpus.transcript import Transcript
from qa.quotations.aligning import Step, Stretch
from qa.quotations.forms import is_number
from qa.quotations.placing import Placed
from qa.quotations.table import Table
from qa.quotations.tables import table
from qa.quotations.typed import Quotation, Typed
from qa.quotations.verdicts import Difference, Flag
from qa.quotations.words import plain_words

_ORDER = (Flag.NEGATION, Flag.NUMBER, Flag.NAME, Flag.CUT, Flag.QUESTION, None)
_LINE_HYPHEN = re.compile(r"[-\u00ad\u2010]\s*[\r\n]")
_SENTENCE_END = re.compile(r"[.!?…:][\s”\"’»)\]]*$|^\s*[“\"‘«„(\[]*$")
_ALL_NOUNS = frozenset({"de", "lb"})
"""Languages that write every noun with a capital, which so tells no name."""
_AROUND_A_BREAK = 3
_BESIDE = 40
"""Words beside a place among which moved ones are looked for."""


def differences_of(quotation: Quotation, placed: Placed) -> Iterator[Difference]:
    """Yield what differs, in the order of the quotation; what was only moved, once."""
    found = list(_differences(quotation, placed))
    elsewhere = {
        _keys(placed, one): number
        for number, (one, diff) in enumerate(found)
        if diff.source and not diff.given
    }
    moved = {
        number: elsewhere[keys]
        for number, (one, diff) in enumerate(found)
        if diff.given and (keys := _typed_keys(placed, one)) in elsewhere
    }
    for number, (_, one) in enumerate(found):
        if number in moved:
            other = found[moved[number]][1]
            yield _moved(one, other.start, other.end)
        elif number not in moved.values():
            yield one if one.source else _found_beside(placed, found[number][0], one)


def _found_beside(placed: Placed, one: Stretch, difference: Difference) -> Difference:
    """Return a difference; words that stand beside the place, in its sentences, are only moved."""
    wording, keys = placed.wording, list(_typed_keys(placed, one))
    low, high = wording.bounds(placed.numbers[0])
    first, last = placed.numbers
    quote = placed.match.quote
    starts = [*range(max(low, first - _BESIDE), first), *range(last + 1, min(high, last + _BESIDE))]
    for start in starts:
        end = start + len(keys) - 1
        if end >= high or start <= first <= end or list(wording.keys[start : end + 1]) != keys:
            continue
        place = wording.place(start, end)
        if quote.start <= place.start and place.end <= quote.end:
            return _moved(difference, place.start, place.end)
    return difference


def _moved(one: Difference, start: int, end: int) -> Difference:
    """Return a difference of words that the source has elsewhere; a moved "not" is a difference."""
    touches = None if one.touches is Flag.NAME else one.touches
    return Difference(one.given, one.transcript, start, end, touches, is_moved=True)


def _keys(placed: Placed, one: Stretch) -> tuple[str, ...]:
    first, behind = (placed.base + number for number in one.source)
    return tuple(placed.wording.keys[first:behind])


def _typed_keys(placed: Placed, one: Stretch) -> tuple[str, ...]:
    return tuple(word.key for word in placed.words[slice(*one.given)])


def _differences(quotation: Quotation, placed: Placed) -> Iterator[tuple[Stretch, Difference]]:
    for one in placed.alignment.stretches:
        is_misread = one.step is Step.GLYPH and _is_misread(placed, one)
        is_put_in = one.step is Step.BRACKET and one.given[0] < one.given[1]
        if one.step in (Step.OTHER, Step.FORM) or is_misread or is_put_in:
            yield one, _difference(quotation, placed, one)


def in_order(differences: Sequence[Difference]) -> tuple[Difference, ...]:
    """Return differences with those first that touch a negation, a number or a name."""
    return tuple(sorted(differences, key=lambda one: _ORDER.index(one.touches)))


def is_damaged(placed: Placed, quotation: Quotation) -> bool:
    """Whether a break, a hyphen or a glyph may hide what the source had where they differ."""
    transcript = placed.transcript
    for one in placed.alignment.stretches:
        start, end = placed.span(one)
        source = transcript.text[start:end]
        if one.step is Step.APART:
            given = _given_text(quotation, placed.words[slice(*one.given)])
            if not re.search(r"[-\u00ad\u2010-\u2015\r\n]", source + given):
                return True
        if one.step is Step.GLYPH and _is_misread(placed, one):
            return True
        if one.step is Step.OTHER and _may_be_hidden(transcript, start, end, source):
            return True
    return False


def _may_be_hidden(transcript: Transcript, start: int, end: int, source: str) -> bool:
    if "\ufffd" in source or _LINE_HYPHEN.search(source) or JOINED in fold(source).text:
        return True
    low, high = start - _AROUND_A_BREAK, end + _AROUND_A_BREAK
    return any(low <= at <= high for at in transcript.breaks)


def _is_misread(placed: Placed, one: Stretch) -> bool:
    """Whether letters differ, and not an apostrophe alone."""
    given = [word.key.replace("'", "") for word in placed.words[slice(*one.given)]]
    first, behind = (placed.base + number for number in one.source)
    return given != [key.replace("'", "") for key in placed.wording.keys[first:behind]]


def _given_text(quotation: Quotation, words: Sequence[Typed]) -> str:
    return quotation.text[words[0].start : words[-1].end] if words else ""


def _difference(quotation: Quotation, placed: Placed, one: Stretch) -> Difference:
    words = placed.words[slice(*one.given)]
    given = _given_text(quotation, words)
    start, end = placed.span(one)
    first, behind = (placed.base + number for number in one.source)
    keys = {word.key for word in words} | set(placed.wording.keys[first:behind])
    transcript = placed.transcript
    language = table(transcript.record.language_code)
    touches = None if one.step is Step.FORM else _touches(keys, language)
    if (
        one.step is not Step.FORM
        and touches is None
        and (
            any(_is_name(quotation.text, word.start, word.end, transcript) for word in words)
            or any(
                _is_name(transcript.text, place.start, place.end, transcript)
                for place in (placed.wording.place(n, n) for n in range(first, behind))
            )
        )
    ):
        touches = Flag.NAME
    return Difference(given, transcript, start, end, touches)


def _touches(keys: set[str], language: Table) -> Flag | None:
    if any(language.has("negations", key) for key in keys):
        return Flag.NEGATION
    if any(is_number(key, language) for key in keys):
        return Flag.NUMBER
    return None


def _is_name(text: str, start: int, end: int, transcript: Transcript) -> bool:
    word = text[start:end]
    if fold(word).text in _known_names(transcript):
        return True
    if not word[:1].isupper() or word == "I" or transcript.record.language_code in _ALL_NOUNS:
        return False
    return _SENTENCE_END.search(text[max(start - 12, 0) : start]) is None


@lru_cache(maxsize=64)
def _names(names: tuple[str, ...]) -> frozenset[str]:
    return frozenset(word for name in names for word in plain_words(name) if len(word) > 1)


def _known_names(transcript: Transcript) -> frozenset[str]:
    people = transcript.record.participants
    return _names(tuple(name for who in people for name in (who.name, who.full_name) if name))
