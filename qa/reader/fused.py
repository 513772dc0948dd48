"""The reader that joins all rankings: finding aid and text, meaning and words."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, replace
from functools import partial
from itertools import islice

from corpus.archive import Archive
from index.encoder import Embeddings, normalised
from index.hybrid import HybridIndex
from index.passages import AID_VIEWS, TEXT_VIEWS
from qa.answers import Evidence, Reason
from qa.quotes import Quote
from qa.reader.calibration import Calibration, Calibrations, Order
from qa.reader.candidates import Candidate, Ordered, features, first_glance, ordered
from qa.reader.composing import asks_for_both, other_side
from qa.reader.coverage import Coverage
from qa.reader.following import nearness
from qa.reader.judge import Judge, judged_text
from qa.reader.learned import Learned
from qa.reader.names import KnownWords
from qa.reader.policy import Policy
from qa.reader.protocol import Considered, Query, Reading
from qa.reader.signals import Gathered, Signals, Stretch, without_overlap

_NOTHING_BELOW = 0.25
"""A best cosine under this is what unrelated sentences have with this kind of model."""

_MOST_STRANGE = 2
_MOST_JUDGED = 10
"""A judge takes some 10 to 100 ms for each candidate."""
_PLACE = 0.3
"""What the place of a follow-up's answer counts in the order if no calibration saw follow-ups."""
_VERDICT = 0.4
"""What a verdict, in [0, 1], counts in the order as long as no calibration was fitted with it."""
_MOST_CONSIDERED = 24
"""A closer look is taken at so many. More would not do: corrected cosines lie on another scale
than those of sentences that nobody described."""


class FusedReader:
    """Ranks described stretches and single sentences by all signals together."""

    def __init__(
        self,
        archive: Archive,
        search_index: HybridIndex,
        calibrations: Calibrations,
        *,
        depth: int,
        use_aid: bool,
        use_tuned: bool,
        policy: Policy,
        judge: Judge | None,
    ) -> None:
        self._archive = archive
        self._index = search_index
        self._calibrations = calibrations
        self._depth = depth
        self._use_aid = use_aid
        self._use_tuned = use_aid and use_tuned
        self._policy = policy
        self._judge = judge
        self._words = KnownWords(archive)
        self._coverage = Coverage(archive)

    def read(self, query: Query) -> Reading:
        """Return candidates best first, with the probability that there is an answer."""
        views = TEXT_VIEWS | AID_VIEWS if self._use_aid else TEXT_VIEWS
        vector = self._vector(query)
        rankings = self._index.search_vector(query.text, vector, views, depth=self._depth)
        gathered = Gathered.of(rankings)
        learned = self._learned(query, vector)
        strange = self._words.strange_names(query.question)
        candidates = self._candidates(query, gathered, learned)
        calibration = self._calibration(candidates, learned)
        if self._judge is not None:
            candidates = self._judged(self._judge, query, candidates, calibration.order)
        # Whether the document that comes first is described is known only now.
        calibration = self._calibration(_firsts(candidates, calibration), learned)
        asked = {"strange_names": float(min(len(strange), _MOST_STRANGE))}
        reading = self._decided(query, candidates, calibration, asked)
        return replace(
            reading,
            reason=_reason(reading, calibration),
            nearest_key=gathered.key_text,
            nearest_gap=gathered.gap_text,
            strange_names=strange,
        )

    def _decided(
        self,
        query: Query,
        candidates: tuple[Candidate, ...],
        calibration: Calibration,
        asked: Mapping[str, float],
    ) -> Reading:
        if not candidates:
            threshold = self._policy.threshold(calibration, 0.0)
            return Reading((), 1, 0.0, 0.0, threshold, Reason.NOTHING_RELEVANT, {})
        best_first = ordered(candidates, _order(calibration))
        found = features(best_first, asked)
        confidence = calibration.answers.probability(found)
        ranked, answers = self._composed(query, best_first)
        return Reading(
            ranked=ranked,
            answers=answers,
            confidence=confidence,
            support=calibration.right.probability(found),
            threshold=self._policy.threshold(calibration, confidence),
            reason=Reason.NOT_CONFIDENT,
            features=found,
            considered=Considered(candidates, asked),
        )

    def _judged(
        self,
        judge: Judge,
        query: Query,
        candidates: tuple[Candidate, ...],
        order: Order,
    ) -> tuple[Candidate, ...]:
        """Add a judge's verdicts to the best candidates."""
        best = [one.candidate for one in ordered(candidates, order)]
        heard, rest = best[:_MOST_JUDGED], best[_MOST_JUDGED:]
        quotes = [self._quote(candidate.stretch) for candidate in heard]
        verdicts = judge.verdicts(query.text, [judged_text(q.speaker, q.text) for q in quotes])
        judged = [
            replace(
                candidate,
                signals={**candidate.signals, "judge": verdict},
                told={**candidate.told, "judge": verdict},
            )
            for candidate, verdict in zip(heard, verdicts, strict=True)
        ]
        return (*judged, *rest)

    def _vector(self, query: Query) -> Embeddings:
        """Embed a question; one that leans back half alone and half with what it leans on.

        The words before would otherwise outweigh its own: it would find what was found before.
        """
        vectors = self._index.encoder.encode_queries(query.texts)
        return normalised(vectors.mean(axis=0, keepdims=True))

    def _learned(self, query: Query, vector: Embeddings) -> Learned:
        if not self._use_aid:
            return Learned(None, None)
        corrected = self._index.attuned(vector)
        tuned = self._index.tuned(query.texts) if self._use_tuned else None
        if query.speaker is None and query.document is None and not query.without:
            return Learned(corrected, tuned)
        # What others say, or other documents, must not count where they were not asked.
        found = [one and one.within(partial(self._is_wanted, query)) for one in (corrected, tuned)]
        return Learned(*found)

    def _calibration(self, candidates: tuple[Candidate, ...], learned: Learned) -> Calibration:
        aid = self._archive.aid(candidates[0].stretch[0]) if candidates else None
        is_described = self._use_aid and aid is not None and bool(aid.entries)
        return self._calibrations.chosen(
            is_described=is_described, is_tuned=learned.tuned is not None
        )

    def _composed(
        self, query: Query, best_first: tuple[Ordered, ...]
    ) -> tuple[tuple[Evidence, ...], int]:
        """Return the candidates and how many answer: two where both sides are asked for."""
        ranked = [Evidence(self._quote(one.candidate.stretch), one.score) for one in best_first]
        if query.speaker is None and asks_for_both(query.question, self._archive.speakers):
            place = other_side(ranked, lambda e: e.quote.speaker, lambda e: e.score)
            if place is not None:
                ranked.insert(1, ranked.pop(place))
                return tuple(ranked), 2
        return tuple(ranked), 1

    def _candidates(
        self, query: Query, gathered: Gathered, learned: Learned
    ) -> tuple[Candidate, ...]:
        """Return the candidates worth a closer look, the likeliest at first glance first."""
        stretches = set(gathered.keys) | set(gathered.key_words)
        stretches |= {(document, number, number) for document, number in gathered.places}
        glanced = []
        for stretch in stretches:
            if self._is_wanted(query, stretch):
                signals = gathered.signals(stretch)
                score = first_glance(signals) + self._nearness(query, stretch)
                glanced.append((-score, stretch, signals))
        glanced.sort(key=lambda one: one[:2])
        chosen = islice(without_overlap(glanced, lambda one: one[1]), _MOST_CONSIDERED)
        return tuple(
            self._candidate(query, stretch, signals, gathered, learned)
            for _, stretch, signals in chosen
        )

    def _candidate(
        self,
        query: Query,
        stretch: Stretch,
        plain: Signals,
        gathered: Gathered,
        learned: Learned,
    ) -> Candidate:
        told = {
            "nearest": max(plain.key, plain.dense),
            "window": plain.window,
            "key_words": plain.key_words,
            "words": self._coverage.share(query.text, stretch),
            **learned.margins(stretch, plain, gathered.gaps),
        }
        values = asdict(learned.joined(stretch, plain))
        del values["is_described"]
        return Candidate(stretch, {**values, "place": self._nearness(query, stretch)}, told)

    def _nearness(self, query: Query, stretch: Stretch) -> float:
        if query.before is None or query.before.transcript.id != stretch[0]:
            return 0.0
        return nearness(query.before, query.question, stretch)

    def _is_wanted(self, query: Query, stretch: Stretch) -> bool:
        document, first, _ = stretch
        if not query.admits(document):
            return False
        if query.speaker is None:
            return True
        transcript = self._archive[document]
        turn = transcript.sentences[first].turn
        return bool(turn) and transcript.turns[turn - 1].speaker == query.speaker

    def _quote(self, stretch: Stretch) -> Quote:
        document, first, last = stretch
        return Quote.of(self._archive[document], first, last)


def _order(calibration: Calibration) -> Order:
    """Return the order, minding signals too that the gold questions had none of."""
    return calibration.order.minding("place", _PLACE).minding("judge", _VERDICT)


def _firsts(candidates: tuple[Candidate, ...], calibration: Calibration) -> tuple[Candidate, ...]:
    """Return the candidate that comes first, if there is any."""
    return tuple(one.candidate for one in ordered(candidates, _order(calibration))[:1])


def _reason(reading: Reading, calibration: Calibration) -> Reason:
    """Return why nothing is quoted; a known gap wins by a margin that was fitted."""
    if not reading.ranked or reading.features["nearest"] < _NOTHING_BELOW:
        return Reason.NOTHING_RELEVANT
    least = calibration.gap_margin
    if least is not None and -reading.features["gap_margin"] >= least:
        return Reason.KNOWN_GAP
    return Reason.NOT_CONFIDENT
