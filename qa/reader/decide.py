"""Deciding: what a ranking is worth, and why nothing is quoted where nothing is."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from corpus.archive import Archive
from qa.answers import MOST_OFFERED, Evidence, Reason
from qa.quotes import Quote
from qa.reader.calibration import Calibration
from qa.reader.candidates import Candidate, Ordered, features
from qa.reader.find import Found
from qa.reader.names import KnownWords
from qa.reader.policy import NEVER, Policy, Thresholds
from qa.reader.protocol import Considered, Query, Reading, nothing_read
from qa.reader.signals import Stretch
from qa.reader.table import STRANGE_NAMES, UNKNOWN_TERMS
from qa.sides import asks_for_both, other_side

_MOST_STRANGE = 2
_MOST_UNKNOWN = 3


class Decider:
    """Turns ordered candidates into a reading."""

    def __init__(self, archive: Archive, policy: Policy) -> None:
        self._archive = archive
        self._policy = policy
        self._words = KnownWords(archive)
        self._reviewed = reviewed_gaps(archive)

    def decide(
        self, found: Found, best_first: Sequence[Ordered], calibration: Calibration
    ) -> Reading:
        """Return the reading of a question.

        Args:
            found: what the search found.
            best_first: the candidates; there may be none.
            calibration: of the document that comes first.
        """
        asked = found.query.asked
        # What documents mention that nothing was found in tells nothing for those it was found in.
        looked_at = {one.candidate.stretch[0] for one in best_first}
        strange = self._words.strange_names(
            asked.question, looked_at or (transcript.id for transcript in self._archive)
        )
        if not best_first:
            return replace(nothing_read(asked, Reason.NOTHING_RELEVANT), strange_names=strange)
        of_question = {
            STRANGE_NAMES: float(min(len(strange), _MOST_STRANGE)),
            UNKNOWN_TERMS: float(min(found.unknown_terms, _MOST_UNKNOWN)),
        }
        told = features(best_first, of_question)
        confidence = calibration.answers.probability(told)
        support = confidence * calibration.right.probability(told)
        thresholds = self._thresholds(found.query, calibration)
        considered = candidates(best_first)
        if support < thresholds.quote and any(one.has_very_words for one in considered):
            # Whoever asks in the very words is not told that nothing was found.
            best_first = _with_very_words(best_first)
            thresholds = replace(thresholds, offer=min(thresholds.offer, confidence))
        ranked, answers = self._composed(found, best_first)
        reason = _reason(told.get("gap_margin", 0.0), calibration)
        gap = found.gathered.gap_text
        is_reviewed = reason is Reason.KNOWN_GAP and gap in self._reviewed
        return Reading(
            asked=asked,
            ranked=ranked,
            answers=answers,
            confidence=confidence,
            support=support,
            thresholds=thresholds,
            reason=reason,
            features=told,
            nearest_key=found.gathered.key_text,
            nearest_gap=gap,
            strange_names=strange,
            considered=Considered(considered, of_question),
            gap=gap if is_reviewed else None,
        )

    def _thresholds(self, query: Query, calibration: Calibration) -> Thresholds:
        """Return the thresholds; nobody knows what a quote is worth in a language never tried."""
        thresholds = self._policy.thresholds(calibration)
        if query.foreign is None or query.foreign in calibration.languages:
            return thresholds
        return replace(thresholds, quote=NEVER)

    def _composed(
        self, found: Found, best_first: Sequence[Ordered]
    ) -> tuple[tuple[Evidence, ...], int]:
        """Return the candidates and how many answer: two where both sides are asked for."""
        asked = found.query.asked
        ranked = [
            Evidence(quote_of(self._archive, one.candidate.stretch), one.score)
            for one in best_first
        ]
        if asked.speaker is None and asks_for_both(asked.question, self._archive.speakers):
            place = other_side(ranked, lambda e: e.quote.speaker, lambda e: e.score)
            if place is not None:
                ranked.insert(1, ranked.pop(place))
                return tuple(ranked), 2
        return tuple(ranked), 1


def _with_very_words(best_first: Sequence[Ordered]) -> list[Ordered]:
    """Return candidates with one that has the very words among those that would be offered."""
    place = next(n for n, one in enumerate(best_first) if one.candidate.has_very_words)
    found = list(best_first)
    if place >= MOST_OFFERED:
        found.insert(MOST_OFFERED - 1, found.pop(place))
    return found


def reviewed_gaps(archive: Archive) -> frozenset[str]:
    """Return the known gaps that a person reviewed: only these are shown."""
    return frozenset(
        gap.gap
        for transcript in archive
        for gap in archive.aid(transcript.id).gaps
        if gap.provenance.reviewed_by
    )


def candidates(best_first: Sequence[Ordered]) -> tuple[Candidate, ...]:
    """Return ordered candidates without their scores."""
    return tuple(one.candidate for one in best_first)


def quote_of(archive: Archive, stretch: Stretch) -> Quote:
    """Return a stretch as a quote."""
    document, first, last = stretch
    return Quote.of(archive[document], first, last)


def _reason(gap_margin: float, calibration: Calibration) -> Reason:
    """Return why nothing is quoted; a known gap wins by a margin that was fitted."""
    least = calibration.gap_margin
    if least is not None and -gap_margin >= least:
        return Reason.KNOWN_GAP
    return Reason.NOT_CONFIDENT
