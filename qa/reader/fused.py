"""The reader that joins all rankings: finding aid and text, meaning and words."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from itertools import islice
from operator import attrgetter

from corpus.archive import Archive
from index.analysis import terms
from index.encoder import Embeddings, normalised
from index.hybrid import Attuned, HybridIndex
from index.passages import AID_VIEWS, TEXT_VIEWS
from qa.answers import Evidence, Reason
from qa.quotes import Quote
from qa.reader.calibration import Calibration, Calibrations
from qa.reader.candidates import Candidate, best_first, joined
from qa.reader.composing import asks_for_both, other_side
from qa.reader.following import nearness
from qa.reader.judge import Judge, judged_text
from qa.reader.names import KnownWords
from qa.reader.policy import Policy
from qa.reader.protocol import Query, Reading
from qa.reader.signals import Gathered, Signals, Stretch, without_overlap

_NOTHING_BELOW = 0.25
"""A best cosine under this is what unrelated sentences have with this kind of model."""

_SAME_QUESTION = 0.75
"""From this cosine on two questions of this length ask for the same thing, more often than not."""
_MOST_STRANGE = 2
_MOST_JUDGED = 10
"""A judge takes some 10 to 100 ms for each candidate."""
_MOST_RANKED = 24
"""So many candidates are ordered anew. More would not do: corrected cosines lie on another scale
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
        policy: Policy,
        judge: Judge | None,
    ) -> None:
        self._archive = archive
        self._index = search_index
        self._calibrations = calibrations
        self._depth = depth
        self._use_aid = use_aid
        self._policy = policy
        self._judge = judge
        self._words = KnownWords(archive)

    def read(self, query: Query) -> Reading:
        """Return candidates best first, with the probability that there is an answer."""
        views = TEXT_VIEWS | AID_VIEWS if self._use_aid else TEXT_VIEWS
        vector = self._vector(query)
        rankings = self._index.search_vector(query.text, vector, views, depth=self._depth)
        gathered = Gathered.of(rankings)
        attuned = self._index.attuned(vector) if self._use_aid else None
        candidates = without_overlap(self._candidates(query, gathered), attrgetter("stretch"))
        chosen = list(islice(candidates, _MOST_RANKED))
        if attuned is not None:
            chosen = self._reranked(query, chosen, attuned)
        verdict: dict[str, float] = {}
        if self._judge is not None and chosen:
            chosen, verdict["judge"] = self._judged(self._judge, query, chosen)
        ranked, answers = self._composed(
            query, [Evidence(self._quote(c.stretch), c.score) for c in chosen]
        )
        strange = self._words.strange_names(query.question)
        features = self._features(query, gathered, chosen, attuned, len(strange)) | verdict
        calibration = self._calibration(chosen)
        confidence = calibration.answers.probability(features) if chosen else 0.0
        nothing = not chosen or features["nearest"] < _NOTHING_BELOW
        return Reading(
            ranked=ranked,
            answers=answers,
            confidence=confidence,
            support=calibration.right.probability(features) if chosen else 0.0,
            threshold=self._policy.threshold(calibration, confidence),
            reason=Reason.NOTHING_RELEVANT if nothing else _reason(gathered, features),
            features=features,
            nearest_key=gathered.key_text,
            nearest_gap=gathered.gap_text,
            strange_names=strange,
        )

    def _judged(
        self, judge: Judge, query: Query, candidates: list[Candidate]
    ) -> tuple[list[Candidate], float]:
        """Order the best candidates anew by a judge; return them and the first one's verdict."""
        heard, rest = candidates[:_MOST_JUDGED], candidates[_MOST_JUDGED:]
        quotes = [self._quote(candidate.stretch) for candidate in heard]
        verdicts = judge.verdicts(query.text, [judged_text(q.speaker, q.text) for q in quotes])
        scored = [
            (replace(candidate, score=candidate.score + verdict), verdict)
            for candidate, verdict in zip(heard, verdicts, strict=True)
        ]
        scored.sort(key=lambda pair: best_first(pair[0]))
        return [candidate for candidate, _ in scored] + rest, scored[0][1]

    def _vector(self, query: Query) -> Embeddings:
        """Embed a question; one that leans back half alone and half with what it leans on.

        The words before would otherwise outweigh its own: it would find what was found before.
        """
        if query.text == query.question:
            return self._index.encoder.encode_queries([query.question])
        both = self._index.encoder.encode_queries([query.question, query.text])
        return normalised(both.mean(axis=0, keepdims=True))

    def _calibration(self, chosen: list[Candidate]) -> Calibration:
        is_described = self._use_aid and chosen and self._archive.aid(chosen[0].stretch[0]).entries
        return self._calibrations.described if is_described else self._calibrations.text_only

    def _composed(self, query: Query, ranked: list[Evidence]) -> tuple[tuple[Evidence, ...], int]:
        """Return the candidates and how many answer: two where both sides are asked for."""
        if query.speaker is None and asks_for_both(query.question, self._archive.speakers):
            place = other_side(ranked, lambda e: e.quote.speaker, attrgetter("score"))
            if place is not None:
                ranked.insert(1, ranked.pop(place))
                return tuple(ranked), 2
        return tuple(ranked), 1

    def _candidates(self, query: Query, gathered: Gathered) -> list[Candidate]:
        stretches = set(gathered.keys) | set(gathered.key_words)
        stretches |= {(document, number, number) for document, number in gathered.places}
        found = []
        for stretch in stretches:
            if self._is_wanted(query, stretch):
                found.append(self._candidate(query, stretch, gathered.signals(stretch)))
        return sorted(found, key=best_first)

    def _candidate(self, query: Query, stretch: Stretch, signals: Signals) -> Candidate:
        score = joined(signals)
        if query.before is not None and query.before.transcript.id == stretch[0]:
            score += nearness(query.before, query.question, stretch)
        return Candidate(stretch, score, signals)

    def _reranked(
        self, query: Query, candidates: list[Candidate], attuned: Attuned
    ) -> list[Candidate]:
        """Order the first candidates anew, by the mean of plain and corrected cosines."""
        found = []
        for candidate in candidates:
            cosines = attuned.keys.get(candidate.stretch)
            if cosines is None:
                found.append(candidate)
                continue
            signals = replace(
                candidate.signals,
                key=(candidate.signals.key + cosines[0]) / 2,
                second_key=(candidate.signals.second_key + cosines[1]) / 2,
            )
            found.append(self._candidate(query, candidate.stretch, signals))
        return sorted(found, key=best_first)

    def _is_wanted(self, query: Query, stretch: Stretch) -> bool:
        document, first, _ = stretch
        if query.document is not None and document != query.document:
            return False
        if query.speaker is None:
            return True
        transcript = self._archive[document]
        turn = transcript.sentences[first].turn
        return bool(turn) and transcript.turns[turn - 1].speaker == query.speaker

    def _features(
        self,
        query: Query,
        gathered: Gathered,
        chosen: list[Candidate],
        attuned: Attuned | None,
        strange: int,
    ) -> dict[str, float]:
        if not chosen:
            return {"nearest": 0.0}
        best = chosen[0]
        found = gathered.signals(best.stretch)
        return {
            "nearest": max(found.key, found.dense),
            "margin": best.score - (chosen[1].score if len(chosen) > 1 else 0.0),
            "gap_margin": self._gap_margin(best, gathered, attuned),
            "key_words": found.key_words,
            "words": self._coverage(query, best.stretch),
            "strange_names": min(strange, _MOST_STRANGE),
        }

    def _gap_margin(self, best: Candidate, gathered: Gathered, attuned: Attuned | None) -> float:
        """Return by how much the best candidate is nearer than the nearest known gap."""
        if not gathered.gap_text:
            return 0.0
        if attuned is None:
            return best.signals.key - gathered.gap
        return attuned.keys.get(best.stretch, (best.signals.key, 0.0))[0] - attuned.gap

    def _coverage(self, query: Query, stretch: Stretch) -> float:
        """Return which share of the question's words stands in or beside the stretch."""
        document, first, last = stretch
        transcript = self._archive[document]
        language = transcript.record.language
        wanted = set(terms(query.text, language))
        sentences = transcript.sentences
        start = sentences[max(first - 1, 0)].start
        end = sentences[min(last + 1, len(sentences) - 1)].end
        there = set(terms(transcript.text[start:end], language))
        return len(wanted & there) / len(wanted) if wanted else 0.0

    def _quote(self, stretch: Stretch) -> Quote:
        document, first, last = stretch
        return Quote.of(self._archive[document], first, last)


def _reason(gathered: Gathered, features: Mapping[str, float]) -> Reason:
    if gathered.gap >= _SAME_QUESTION and features["gap_margin"] < 0:
        return Reason.KNOWN_GAP
    return Reason.NOT_CONFIDENT
