"""Gathering: the candidates worth a closer look, each with its signals."""

from __future__ import annotations

from collections.abc import Set
from itertools import islice

from corpus.archive import Archive
from index.analysis import terms
from index.fusion import weighted_sum
from qa.reader.candidates import Candidate
from qa.reader.find import Found, is_wanted
from qa.reader.following import nearness
from qa.reader.protocol import Query
from qa.reader.signals import Signals, Stretch, without_overlap
from qa.reader.table import Seen, orders, tells

_MOST_CONSIDERED = 24
"""A closer look is taken at so many. More would not do: corrected cosines lie on another scale
than those of sentences that nobody described."""


class Gatherer:
    """Chooses candidates; remembers from question to question which words stand where."""

    def __init__(self, archive: Archive) -> None:
        self._archive = archive
        self._terms: dict[Stretch, frozenset[str]] = {}

    def gather(self, found: Found) -> tuple[Candidate, ...]:
        """Return the candidates worth a closer look, the likeliest at first glance first."""
        query, gathered = found.query, found.gathered
        stretches = set(gathered.keys) | set(gathered.key_words)
        stretches |= {(document, number, number) for document, number in gathered.places}
        glanced = []
        for stretch in stretches:
            if is_wanted(self._archive, query.asked, stretch):
                signals = gathered.signals(stretch)
                score = first_glance(signals) + _nearness(query, stretch)
                glanced.append((-score, stretch, signals))
        glanced.sort(key=lambda one: one[:2])
        chosen = islice(without_overlap(glanced, lambda one: one[1]), _MOST_CONSIDERED)
        return tuple(self._candidate(found, stretch, signals) for _, stretch, signals in chosen)

    def _candidate(self, found: Found, stretch: Stretch, plain: Signals) -> Candidate:
        seen = Seen(
            plain=plain,
            joined=found.learned.joined(stretch, plain),
            margins=found.learned.margins(stretch, plain, found.gathered.gaps),
            coverage=self._share(found.query.text, stretch),
            place=_nearness(found.query, stretch),
        )
        return Candidate(stretch, orders(seen), tells(seen))

    def _share(self, question: str, stretch: Stretch) -> float:
        """Return which share of the question's terms stands in or beside the stretch."""
        language = self._archive[stretch[0]].record.language_code
        wanted = frozenset(terms(question, language))
        return len(wanted & self._there(stretch)) / len(wanted) if wanted else 0.0

    def _there(self, stretch: Stretch) -> Set[str]:
        if stretch not in self._terms:
            document, first, last = stretch
            transcript = self._archive[document]
            sentences = transcript.sentences
            start = sentences[max(first - 1, 0)].start
            end = sentences[min(last + 1, len(sentences) - 1)].end
            found = terms(transcript.text[start:end], transcript.record.language_code)
            self._terms[stretch] = frozenset(found)
        return self._terms[stretch]


def _nearness(query: Query, stretch: Stretch) -> float:
    if query.before is None or query.before.transcript.id != stretch[0]:
        return 0.0
    return nearness(query.before, query.asked.question, stretch)


def first_glance(signals: Signals) -> float:
    """Return the score by which the candidates worth a closer look are chosen.

    The weights are round numbers, chosen by looking at the development questions; the order of
    those that are chosen is learned.
    """
    if not signals.is_described:
        return weighted_sum(
            (
                (1.0, signals.dense),
                (0.8, signals.window),
                (0.2, signals.words),
                (0.2, signals.window_words),
            )
        )
    return weighted_sum(
        (
            (0.5, signals.key),
            (0.5, signals.second_key),
            (0.3, signals.key_words),
            (0.5, signals.dense),
            (0.3, signals.window),
            (0.1, signals.words),
            (0.1, signals.window_words),
        )
    )
