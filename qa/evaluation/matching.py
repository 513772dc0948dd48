"""When a quote is right, and how much of the gold it covers."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from corpus.judgments import GoldSet, GoldSpan
from qa.evaluation.responses import Cited

MIN_PERCENT = 30
"""Percentage of a quote's characters in one acceptable span: a whole turn is no answer."""


@dataclass(frozen=True, slots=True)
class Coverage:
    """Characters shown against the characters of one gold set, all in [0, 1].

    Attributes:
        precision: share of the shown characters that are gold.
        recall: share of the gold characters that are shown.
        exact: the same characters, none more.
    """

    precision: float
    recall: float
    exact: bool

    @property
    def f1(self) -> float:
        """Harmonic mean of precision and recall; 0 where nothing is shared."""
        total = self.precision + self.recall
        return 2 * self.precision * self.recall / total if total else 0.0

    @property
    def sufficient(self) -> bool:
        """Whether every gold character is shown."""
        return self.recall == 1.0


NOTHING = Coverage(0.0, 0.0, False)


def is_right(quote: Cited, spans: Iterable[GoldSpan]) -> bool:
    """Whether 30 % of the quote's characters, and at least one, lie in one of the spans."""
    return any(_hits(quote, span) for span in spans)


def _hits(quote: Cited, span: GoldSpan) -> bool:
    if quote.document != span.document:
        return False
    shared = min(quote.end, span.end) - max(quote.start, span.start)
    return shared > 0 and 100 * shared >= MIN_PERCENT * (quote.end - quote.start)


def first_unclaimed(quote: Cited, gold: GoldSet, claimed: set[int]) -> int | None:
    """Return the number of the first span of ``gold`` that the quote hits and none did before."""
    for number, span in enumerate(gold):
        if number not in claimed and _hits(quote, span):
            return number
    return None


def best_coverage(quotes: Sequence[Cited], sets: Sequence[GoldSet]) -> Coverage:
    """Return the coverage against the set that gives the highest F1, the first of equals.

    As in SQuAD, several acceptable answers count by the best of them.
    """
    found = [coverage(quotes, gold) for gold in sets]
    return max(found, key=lambda one: one.f1, default=NOTHING)


def coverage(quotes: Sequence[Cited], gold: GoldSet) -> Coverage:
    """Compare the union of the quotes' characters with the union of the gold characters."""
    shown = _characters((quote.document, quote.start, quote.end) for quote in quotes)
    wanted = _characters((span.document, span.start, span.end) for span in gold)
    shared = len(shown & wanted)
    if not shared:
        return NOTHING
    return Coverage(shared / len(shown), shared / len(wanted), shown == wanted)


def recall_at_words(quotes: Sequence[Cited], sets: Sequence[GoldSet], budget: int) -> float:
    """Return the share of the best set's characters in the quotes that fit into ``budget`` words.

    Quotes are read whole and in order; the first that does not fit ends the reading.
    """
    read, words = [], 0
    for quote in quotes:
        words += len(quote.text.split())
        if words > budget:
            break
        read.append(quote)
    return max((coverage(read, gold).recall for gold in sets), default=0.0)


def _characters(ranges: Iterable[tuple[str, int, int]]) -> set[tuple[str, int]]:
    return {(document, i) for document, start, end in ranges for i in range(start, end)}
