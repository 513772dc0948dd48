"""When a quote is right, and how much of the gold it covers."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from corpus.judgments import GoldSet, GoldSpan
from qa.evaluation.responses import Cited

MIN_PERCENT = 30
"""Percentage of a quote's characters in one acceptable span: a whole turn is no answer."""

Blanks = Mapping[str, frozenset[int]]
"""Document to the places of its white space, which counts neither for nor against a quote."""


@dataclass(frozen=True, slots=True)
class Coverage:
    """Characters shown against the characters of a gold set, white space left out.

    Attributes:
        precision: share of the shown characters that are gold.
        recall: share of the gold characters that are shown.
        exact: the same characters, none more.
        sufficient: every gold character is shown.
    """

    precision: float
    recall: float
    exact: bool
    sufficient: bool

    @property
    def f1(self) -> float:
        """Harmonic mean of precision and recall; 0 where nothing is shared."""
        total = self.precision + self.recall
        return 2 * self.precision * self.recall / total if total else 0.0


NOTHING = Coverage(0.0, 0.0, exact=False, sufficient=False)


def is_right(quote: Cited, spans: Iterable[GoldSpan]) -> bool:
    """Whether 30 % of the quote's characters, and at least one, lie in one of the spans."""
    return any(_hits(quote, span) for span in spans)


def _hits(quote: Cited, span: GoldSpan) -> bool:
    if quote.document != span.document:
        return False
    shared = min(quote.end, span.end) - max(quote.start, span.start)
    return shared > 0 and 100 * shared >= MIN_PERCENT * (quote.end - quote.start)


def claims(ranked: Sequence[Cited], gold: GoldSet) -> list[frozenset[int]]:
    """Return for each quote the numbers of all spans that it hits and none before it did."""
    taken: frozenset[int] = frozenset()
    found = []
    for cited in ranked:
        new = frozenset(n for n, span in enumerate(gold) if _hits(cited, span)) - taken
        taken |= new
        found.append(new)
    return found


def best_coverage(
    quotes: Sequence[Cited], sets: Sequence[GoldSet], blanks: Blanks | None = None
) -> Coverage:
    """Return the coverage against the set that gives the highest F1, the first of equals.

    As in SQuAD, several acceptable answers count by the best of them; the quotes are sufficient
    if they hold all of any one set.
    """
    found = [coverage(quotes, gold, blanks) for gold in sets]
    best = max(found, key=lambda one: one.f1, default=NOTHING)
    return replace(best, sufficient=any(one.sufficient for one in found))


def coverage(quotes: Sequence[Cited], gold: GoldSet, blanks: Blanks | None = None) -> Coverage:
    """Compare the union of the quotes' characters with the union of the gold characters."""
    shown = _characters(((quote.document, quote.start, quote.end) for quote in quotes), blanks)
    wanted = _characters(((span.document, span.start, span.end) for span in gold), blanks)
    shared = len(shown & wanted)
    if not shared:
        return NOTHING
    return Coverage(
        precision=shared / len(shown),
        recall=shared / len(wanted),
        exact=shown == wanted,
        sufficient=wanted <= shown,
    )


def recall_at_words(
    quotes: Sequence[Cited],
    sets: Sequence[GoldSet],
    budget: int,
    blanks: Blanks | None = None,
) -> float:
    """Return the share of the best set's characters in the quotes that fit into ``budget`` words.

    Quotes are read whole and in order; the first that does not fit ends the reading.
    """
    read, words = [], 0
    for quote in quotes:
        words += len(quote.text.split())
        if words > budget:
            break
        read.append(quote)
    return max((coverage(read, gold, blanks).recall for gold in sets), default=0.0)


def _characters(
    ranges: Iterable[tuple[str, int, int]], blanks: Blanks | None
) -> set[tuple[str, int]]:
    white = blanks or {}
    return {
        (document, i)
        for document, start, end in ranges
        for i in set(range(start, end)) - white.get(document, frozenset())
    }
