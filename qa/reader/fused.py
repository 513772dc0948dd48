"""The reader that joins all rankings: find, gather, order, decide."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from corpus.archive import Archive
from index.hybrid import HybridIndex
from qa.reader.calibration import Calibration, Order
from qa.reader.candidates import Candidate, Ordered, ordered
from qa.reader.choosing import Choice
from qa.reader.decide import Decider, candidates, quote_of
from qa.reader.find import Finder, Found
from qa.reader.gather import Gatherer
from qa.reader.judge import Judge, judged_text
from qa.reader.policy import Policy
from qa.reader.protocol import Query, Reading
from qa.reader.table import JUDGE

_MOST_JUDGED = 10
"""A judge takes some 10 to 100 ms for each candidate."""
_PLACE = 0.3
"""What the place of a follow-up's answer counts in the order if no calibration saw follow-ups."""
_VERDICT = 0.4
"""What a verdict, in [0, 1], counts in the order as long as no calibration was fitted with it."""


class FusedReader:
    """Ranks described stretches and single sentences by all signals together."""

    def __init__(
        self,
        archive: Archive,
        search_index: HybridIndex,
        choice: Choice,
        *,
        depth: int,
        use_aid: bool,
        use_tuned: bool,
        policy: Policy,
        judge: Judge | None,
    ) -> None:
        self._archive = archive
        self._choice = choice
        self._judge = judge
        self._finder = Finder(
            archive, search_index, depth=depth, use_aid=use_aid, use_tuned=use_tuned
        )
        self._gatherer = Gatherer(archive)
        self._decider = Decider(archive, policy)

    def read(self, query: Query) -> Reading:
        """Return candidates best first, with the probability that there is an answer."""
        found = self._finder.find(query)
        readings = [
            self._decider.decide(found, *self._order(found, gathered, is_described=is_described))
            for is_described in (True, False)
            if (gathered := self._gatherer.gather(found, is_described=is_described))
        ]
        if not readings:
            nobody = self._choice.of(None, is_described=False, is_tuned=False)
            return self._decider.decide(found, (), nobody)
        return _together(readings)

    def _order(
        self, found: Found, gathered: Sequence[Candidate], *, is_described: bool
    ) -> tuple[tuple[Ordered, ...], Calibration]:
        """Put candidates in order, by the calibration of the document that comes first."""

        def calibration(best: Sequence[Candidate]) -> Calibration:
            return self._choice.of(
                self._archive[best[0].stretch[0]],
                is_described=is_described,
                is_tuned=found.learned.tuned is not None,
            )

        best_first = _ordered(gathered, calibration(gathered))
        if self._judge is not None:
            judged = self._judged(self._judge, found.query, candidates(best_first))
            best_first = _ordered(judged, calibration(judged))
        # Which document comes first is known only now.
        last = calibration(candidates(best_first))
        return _ordered(candidates(best_first), last), last

    def _judged(
        self, judge: Judge, query: Query, best: Sequence[Candidate]
    ) -> tuple[Candidate, ...]:
        """Add a judge's verdicts to the best candidates."""
        heard, rest = best[:_MOST_JUDGED], best[_MOST_JUDGED:]
        quotes = [quote_of(self._archive, candidate.stretch) for candidate in heard]
        verdicts = judge.verdicts(query.text, [judged_text(q.speaker, q.text) for q in quotes])
        judged = [
            replace(
                candidate,
                signals={**candidate.signals, JUDGE: verdict},
                told={**candidate.told, JUDGE: verdict},
            )
            for candidate, verdict in zip(heard, verdicts, strict=True)
        ]
        return (*judged, *rest)


def _together(readings: Sequence[Reading]) -> Reading:
    """Join the readings of documents that were described and of others.

    Scores of the two are on different scales; the probabilities, each fitted on questions about
    its own kind, are on one. What is quoted comes before what is offered, then what is likelier;
    the first passage of the other comes next where it would be shown by itself.
    """
    first, *others = sorted(
        readings, key=lambda one: (one.is_answer, one.is_offer, one.support), reverse=True
    )
    ranked = list(first.ranked)
    for other in others:
        shown = 1 if other.is_answer or other.is_offer else 0
        ranked[first.answers : first.answers] = other.ranked[:shown]
        ranked += other.ranked[shown:]
    strange = [n for n in first.strange_names if all(n in other.strange_names for other in others)]
    return replace(first, ranked=tuple(ranked), strange_names=tuple(strange))


def _ordered(found: Sequence[Candidate], calibration: Calibration) -> tuple[Ordered, ...]:
    return ordered(found, _order_of(calibration))


def _order_of(calibration: Calibration) -> Order:
    """Return the order, minding signals too that the gold questions had none of."""
    return calibration.order.minding("place", _PLACE).minding(JUDGE, _VERDICT)
