"""Where an archive has the words of a quotation, or the words nearest to it."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import zip_longest

from corpus.transcript import Span, Transcript
from qa.concordance import Match
from qa.quotations.aligning import AS_SAID, Alignment, Step, Stretch, Word, align, is_akin
from qa.quotations.compared import given_words, source_words
from qa.quotations.forms import is_number, other_forms
from qa.quotations.library import Library
from qa.quotations.tables import table
from qa.quotations.typed import Typed, is_joined
from qa.quotations.words import Wording
from qa.quotes import Quote

_MOST_PLACES = 50
_LOOKED_INTO = 24
_LAID_BESIDE = 8
_LONG = 500
_LONG_LAID_BESIDE = 2
"""So many words together point to the right place, and each place costs much."""
_SLACK = 24
"""Words beside a stretch that are looked at too: an editor's brackets may be long."""
_NEAR_SHARE = 0.5
_SURE_SHARE = 0.65
"""Of the words, whatever they weigh."""
_FEWEST_SHARED = 2
_MOST_MISSING = 0.2
_AKIN = 0.5
"""What a number for another, or a form of a word for another, counts of a word in common."""
_PASSING = 0.15
_FEWEST_AROUND = 5
"""Words kept around a hole that are enough to know the sentence again."""
_MOST_OF_A_NUMBER = 8
_COMPOUND = re.compile(
    # letters or digits joined by a hyphen, digits joined by another sign, a digit and its unit
    r"[^\W_][-\u2010\u2011][^\W_]|\d[.,:/'’\u2013\u00ad]\d|\d(?=[^\W\d_])[a-zA-Z]|\d[%‰°]"
    r"|(?<!\S)[-\u2212]\d"
)
_LONGEST_JOINT = 4
"""Code points around a joint that are looked at."""


@dataclass(frozen=True)
class Placed:
    """A quotation, or a part of one, beside a stretch of a document.

    Attributes:
        words: of the quotation.
        wording: of the document.
        base: number of the document's word that the alignment calls 0.
        alignment: of the two; it holds at least one word of the document.
    """

    words: tuple[Typed, ...]
    wording: Wording
    base: int
    alignment: Alignment

    @property
    def transcript(self) -> Transcript:
        """The document."""
        return self.wording.transcript

    @property
    def numbers(self) -> tuple[int, int]:
        """Numbers of the first and the last word in the document."""
        used = [one.source for one in self.alignment.stretches if one.source[0] < one.source[1]]
        return self.base + used[0][0], self.base + used[-1][1] - 1

    @property
    def match(self) -> Match:
        """The place, with the sentences that hold it."""
        place = self.wording.place(*self.numbers)
        return Match(Quote.around(self.transcript, place.start, place.end), place.start, place.end)

    def given_around(self, place: Span) -> tuple[int | None, int | None]:
        """Return which words of the quotation stand before and behind a place of the document.

        The words in that place itself are passed over; None stands for the edges of the quotation.
        """
        before: int | None = None
        after: int | None = None
        for one in self.alignment.stretches:
            for given, number in zip(range(*one.given), range(*one.source), strict=False):
                word = self.wording.place(self.base + number, self.base + number)
                if word.end <= place.start:
                    before = given
                elif word.start >= place.end and after is None:
                    after = given
        return before, after

    def span(self, stretch: Stretch) -> tuple[int, int]:
        """Return where the source's words of a stretch stand; an empty range where it has none."""
        first, behind = (self.base + number for number in stretch.source)
        if first < behind:
            place = self.wording.place(first, behind - 1)
            return place.start, place.end
        low, _ = self.wording.bounds(self.numbers[0])
        if first > low:
            end = self.wording.place(first - 1, first - 1).end
            return end, end
        start = self.wording.place(first, first).start
        return start, start


@dataclass(frozen=True)
class Places:
    """Where parts of one quotation stand in a library; each is looked for once.

    Attributes:
        library: the documents.
    """

    library: Library
    _same: dict[tuple[Typed, ...], list[Placed]] = field(default_factory=dict)
    _near: dict[tuple[Typed, ...], list[Placed]] = field(default_factory=dict)

    def same(self, words: tuple[Typed, ...]) -> list[Placed]:
        """Return all places of these words in a row; where none is, those that differ in none.

        See :class:`qa.quotations.aligning.Step` for what counts as no difference.
        """
        if words not in self._same:
            runs = self.library.runs([word.key for word in words])[:_MOST_PLACES]
            laid = [_with_whole_words(_whole(self.library, start, words)) for start in runs]
            found = [one for one in laid if one.alignment.is_same]
            self._same[words] = found or [one for one in self.near(words) if one.alignment.is_same]
        return self._same[words]

    def near(self, words: tuple[Typed, ...]) -> list[Placed]:
        """Return places that share most of the words, the nearest first."""
        if words not in self._near:
            self._near[words] = _near_places(self.library, words)
        return self._near[words]


def _near_places(library: Library, words: tuple[Typed, ...]) -> list[Placed]:
    best, weights = _best_begins(library, words)
    found = [one for one in (_beside(*begin, words) for begin in best) if one is not None]
    chosen = [one for one in found if _is_near(one, weights)]
    chosen = chosen or [one for one in found if _has_them_all(one)]
    near = [_with_whole_words(one) for one in chosen]
    # Several stretches may lead to one place.
    once: dict[tuple[int, int, int], Placed] = {}
    for one in sorted(near, key=lambda one: (not one.alignment.is_same, one.alignment.cost)):
        once.setdefault((id(one.wording), *one.numbers), one)
    return sorted(once.values(), key=lambda one: one.alignment.cost)


def places_with_hole(library: Library, words: tuple[Typed, ...]) -> list[Placed]:
    """Return places whose sentence has all the words in order and some more in the middle.

    Where what is left out is nearly as long as what follows it, :meth:`Places.near` drops that.
    """
    best, _ = _best_begins(library, words)
    found = (_beside(*begin, words, passing=_PASSING) for begin in best)
    holed = [_with_whole_words(one) for one in found if one is not None and _has_hole(one)]
    return sorted(holed, key=lambda one: one.alignment.cost)


def spanning(words: tuple[Typed, ...], passages: Sequence[Placed]) -> Placed:
    """Return words beside all from the first to the last of some passages of one speech."""
    wording, first = passages[0].wording, passages[0].numbers[0]
    language = table(wording.transcript.record.language_code)
    source = source_words(wording, first, passages[-1].numbers[1] + 1, language)
    alignment = align(given_words(words, language), source, whole=True, passing=_PASSING)
    return Placed(words, wording, first, alignment)


def _best_begins(
    library: Library, words: tuple[Typed, ...]
) -> tuple[list[tuple[Wording, int]], dict[str, float]]:
    """Return the words of documents to lay a quotation beside, and what its words weigh."""
    keys = [word.key for word in words]
    weights = library.weights(keys)
    begins = [
        one
        for start in library.near(keys, _LOOKED_INTO, other_forms(keys))
        for one in _begins(library, start, len(words))
    ]

    def shared(one: tuple[Wording, int]) -> float:
        first, behind = _around(*one, len(words))
        return -sum(map(weights.__getitem__, weights.keys() & set(one[0].keys[first:behind])))

    most = _LAID_BESIDE if len(words) < _LONG else _LONG_LAID_BESIDE
    return sorted(begins, key=shared)[:most], weights


def _with_whole_words(placed: Placed) -> Placed:
    """Return a place whose edges cut no compound and no number.

    "Sixty" is another word than "sixty-five", "10" another than "10.5": where a quotation begins or
    ends inside of such a one, its word differs from the whole.
    """
    wording = placed.wording
    first, last = placed.numbers
    low, high = wording.bounds(first)
    begin, end = first, last
    while begin > low and _goes_on(wording, begin - 1):
        begin -= 1
    while end + 1 < high and _goes_on(wording, end):
        end += 1
    begin, end = _number_around(wording, begin)[0], _number_around(wording, end)[1]
    if (begin, end) == (first, last):
        return placed
    stretches = list(placed.alignment.stretches)
    for at, more in ((0, first - begin), (-1, end - last)):
        if more:
            stretches[at : at + 1 or None] = _widened(stretches[at], more, at_start=at == 0)
    base, shift = placed.base, max(placed.base - begin, 0)
    moved = [
        Stretch(one.step, one.given, (one.source[0] + shift, one.source[1] + shift))
        for one in stretches
    ]
    cost = placed.alignment.cost + 1.0
    return Placed(placed.words, wording, base - shift, Alignment(cost, tuple(moved)))


def _widened(one: Stretch, more: int, *, at_start: bool) -> list[Stretch]:
    """Return a stretch whose word at the edge stands beside that word and some more."""
    (a, b), (c, d) = one.given, one.source
    if one.step is not Step.SAME or b - a == 1:
        wide = (c - more, d) if at_start else (c, d + more)
        return [Stretch(Step.OTHER, one.given, wide)]
    if at_start:
        edge = Stretch(Step.OTHER, (a, a + 1), (c - more, c + 1))
        return [edge, Stretch(Step.SAME, (a + 1, b), (c + 1, d))]
    edge = Stretch(Step.OTHER, (b - 1, b), (d - 1, d + more))
    return [Stretch(Step.SAME, (a, b - 1), (c, d - 1)), edge]


def _goes_on(wording: Wording, number: int) -> bool:
    """Whether a word of a document and the next are parts of one compound or number."""
    text, one, other = wording.transcript.text, *(wording.place(n, n) for n in (number, number + 1))
    language = table(wording.transcript.record.language_code)
    counted = all(is_number(wording.keys[n], language) for n in (number, number + 1))
    if counted and is_joined(text[one.end : other.start]):
        return True
    return _is_inside(text, one.end) or _is_inside(text, other.start)


def _number_around(wording: Wording, number: int) -> tuple[int, int]:
    """Return the words of the number that a word is part of: "a hundred and five"; else itself."""
    language = table(wording.transcript.record.language_code)
    if not is_number(wording.keys[number], language):
        return number, number
    low, high = wording.bounds(number)
    first, behind = max(low, number - _MOST_OF_A_NUMBER), min(high, number + _MOST_OF_A_NUMBER)
    for at, word in enumerate(source_words(wording, first, behind, language), start=first):
        count = next((count for count, form in word.forms if form.isdecimal()), 1)
        if at - count < number <= at:
            return at - count + 1, at
    return number, number


def _is_inside(text: str, at: int) -> bool:
    """Whether a place lies between two parts of one compound or number."""
    found = _COMPOUND.search(text, max(at - _LONGEST_JOINT, 0), at + _LONGEST_JOINT)
    while found is not None:
        if found.start() < at < found.end():
            return not _is_stutter(text, at)
        found = _COMPOUND.search(text, found.start() + 1, at + _LONGEST_JOINT)
    return False


def _is_stutter(text: str, at: int) -> bool:
    """Whether the parts beside a hyphen are one word begun twice: "I-I did", "th-that"."""
    before = re.search(r"([^\W\d_]+)[-\u2010\u2011]*$", text[max(at - 40, 0) : at])
    after = re.match(r"[-\u2010\u2011]*([^\W\d_]+)", text[at : at + 40])
    if before is None or after is None:
        return False
    return after[1].casefold().startswith(before[1].casefold())


def laid_open(placed: Placed) -> Placed:
    """Return a place as it is shown: every word beside the one of its sentences it stands for.

    What is left out may be long, as long as words behind it stand in the same sentences; and a word
    at an edge stands beside the word that the source has there.
    """
    wording, (first, last) = placed.wording, _sentence_numbers(placed)
    language = table(placed.transcript.record.language_code)
    source = source_words(wording, first, last + 1, language)
    alignment = align(given_words(placed.words, language), source, passing=_PASSING)
    stretches = _paired(alignment.stretches, len(source))
    if not any(one.source[0] < one.source[1] for one in stretches):
        return placed
    open_ = Placed(placed.words, wording, first, Alignment(placed.alignment.cost, stretches))
    return _with_whole_words(open_)


def _sentence_numbers(placed: Placed) -> tuple[int, int]:
    """Return the numbers of the first and the last word of the sentences that hold a place."""
    wording, quote = placed.wording, placed.match.quote
    low, high = wording.bounds(placed.numbers[0])
    first, last = placed.numbers
    while first > low and wording.place(first - 1, first - 1).start >= quote.start:
        first -= 1
    while last + 1 < high and wording.place(last + 1, last + 1).end <= quote.end:
        last += 1
    return first, last


def _paired(stretches: Sequence[Stretch], count: int) -> tuple[Stretch, ...]:
    """Return stretches; words at the edges without any of the source have those beside them."""
    found = list(stretches)
    one = found[-1]
    if one.step is Step.OTHER and one.source[0] == one.source[1]:
        end = min(count, one.source[1] + one.given[1] - one.given[0])
        found[-1] = Stretch(one.step, one.given, (one.source[0], end))
    one = found[0]
    if one.step is Step.OTHER and one.source[0] == one.source[1]:
        start = max(0, one.source[0] - one.given[1] + one.given[0])
        found[0] = Stretch(one.step, one.given, (start, one.source[1]))
    return tuple(found)


def _whole(library: Library, start: int, words: tuple[Typed, ...]) -> Placed:
    wording, number = library.at(start)
    stretch = Stretch(Step.SAME, (0, len(words)), (0, len(words)))
    return Placed(words, wording, number, Alignment(0.0, (stretch,)))


def _begins(library: Library, start: int, count: int) -> Iterator[tuple[Wording, int]]:
    """Yield the first word of every stretch, or part of one, among so many words."""
    end = min(start + count, len(library.hashes))
    number = start
    while number < end:
        wording, at = library.at(number)
        _, behind = wording.bounds(at)
        if at < behind:
            yield wording, at
        number += behind - at + 1


def _around(wording: Wording, number: int, count: int) -> tuple[int, int]:
    """Return the numbers of the words around so many from a word on, within its stretch."""
    low, high = wording.bounds(number)
    slack = _SLACK + count // 2
    return max(low, number - slack), min(high, number + count + slack)


def _has_hole(placed: Placed) -> bool:
    """Whether one sentence has all the words in order, and fewer words more than they are."""
    left_out = 0
    for one in placed.alignment.stretches:
        if one.step is Step.OTHER:
            if one.given[0] < one.given[1]:
                return False
            left_out += one.source[1] - one.source[0]
    match, count = placed.match, len(placed.words)
    held = placed.transcript.sentences_in(match.start, match.end)
    return count >= _FEWEST_AROUND and left_out < count and len(held) == 1


def _beside(
    wording: Wording, number: int, words: tuple[Typed, ...], *, passing: float = 1.0
) -> Placed | None:
    """Lay words beside those around a word of a document."""
    first, behind = _around(wording, number, len(words))
    language = table(wording.transcript.record.language_code)
    given = given_words(words, language)
    source = source_words(wording, first, behind, language)
    alignment = align(given, source, passing=passing)
    if not any(one.source[0] < one.source[1] for one in alignment.stretches):
        return None
    return Placed(words, wording, first, alignment)


def _is_near(placed: Placed, weights: dict[str, float]) -> bool:
    """Whether a place has at least half of the words, rare ones counting more."""
    language = table(placed.transcript.record.language_code)
    total = sum(weights[word.key] for word in placed.words)
    count = shared = 0.0
    for one in placed.alignment.stretches:
        for word, number in zip_longest(placed.words[slice(*one.given)], range(*one.source)):
            if word is None:
                break
            part = 1.0 if one.step in AS_SAID else 0.0
            if one.step is Step.OTHER and number is not None:
                key = placed.wording.keys[placed.base + number]
                part = _AKIN * is_akin(
                    *(Word(k, is_number=is_number(k, language)) for k in (word.key, key))
                )
            count, shared = count + part, shared + part * weights[word.key]
    share = count / len(placed.words)
    few = count < min(_FEWEST_SHARED, len(placed.words))
    heavy = shared >= _NEAR_SHARE * total or share >= _SURE_SHARE
    return not few and share >= _NEAR_SHARE and heavy


def _has_them_all(placed: Placed) -> bool:
    """Whether the sentences at a place have nearly all the words, in whatever order."""
    place = placed.wording.place(*placed.numbers)
    if not placed.transcript.sentences_in(place.start, place.end):
        return False  # on the web page around
    first, last = _sentence_numbers(placed)
    left = Counter(placed.wording.keys[first : last + 1])
    left.subtract(word.key for word in placed.words)
    missing = -sum(count for count in left.values() if count < 0)
    count = len(placed.words)
    return count >= _FEWEST_AROUND and missing <= _MOST_MISSING * count
