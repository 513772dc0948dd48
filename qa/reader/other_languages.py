"""Questions in a language that only the finding aid speaks.

The embedding model knows the documents' language. A visitor who asks in another one is led to
the source's words by the finding aid's questions in that language, by the words they share.
"""

from __future__ import annotations

from dataclasses import replace

from corpus.archive import Archive
from index.analysis import terms
from index.fusion import saturated
from index.hybrid import Hit, HybridIndex
from index.passages import View
from qa.answers import Evidence, Reason
from qa.language import foreign_language, question_language
from qa.reader.calibration import Calibration, Order
from qa.reader.candidates import Candidate, features, ordered
from qa.reader.decide import quote_of
from qa.reader.find import documents_of, is_wanted
from qa.reader.policy import NEVER, NOTHING, Policy, Thresholds
from qa.reader.protocol import Considered, EvidenceReader, Query, Reading, nothing_read
from qa.reader.signals import HALF_BM25, Stretch, stretch_of, without_overlap

ORDER = Order({"key_words": 1.0})
"""Candidates come by BM25 of their questions, best first."""
CAPTIONS = {
    "shared_words": "share of the question's words in its nearest question of the finding aid",
    "shared_margin": "how much greater that is than the share in the nearest known gap",
    "terms": "search terms of the question, in tens",
}
"""What its probabilities rest on besides what every reader's do."""
_OFFERED = Thresholds(NEVER, 0.0)
"""Where no question in any such language was calibrated with, passages are offered at most."""
_MANY_TERMS = 10
_MOST_CONSIDERED = 24


class OtherLanguageReader:
    """Ranks described stretches by the finding aid's questions in the visitor's language."""

    def __init__(
        self,
        archive: Archive,
        search_index: HybridIndex,
        calibration: Calibration | None,
        *,
        depth: int,
        policy: Policy,
    ) -> None:
        self._archive = archive
        self._index = search_index
        self._calibration = calibration
        self._depth = depth
        self._policy = policy

    def read(self, query: Query, language: str) -> Reading:
        """Return candidates best first, with probabilities fitted on questions in any of them."""
        keys = self._in_language(query, View.KEY, language)
        gaps = self._in_language(query, View.GAP, language)
        candidates = self._candidates(query, language, keys, gaps)
        if not candidates:
            return nothing_read(query.asked, Reason.NOTHING_RELEVANT)
        asked = {"terms": min(len(set(terms(query.text, language))) / _MANY_TERMS, 1.0)}
        best_first = ordered(candidates, ORDER)
        found = features(best_first, asked)
        reading = Reading(
            asked=query.asked,
            ranked=tuple(
                Evidence(quote_of(self._archive, one.candidate.stretch), one.score)
                for one in best_first
            ),
            answers=1,
            confidence=0.0,
            support=0.0,
            thresholds=_OFFERED,
            reason=Reason.NOT_CONFIDENT,
            features=found,
            nearest_key=keys[0].passage.text,
            nearest_gap=gaps[0].passage.text if gaps else "",
            considered=Considered(candidates, asked, by_words=True),
        )
        if self._calibration is None:
            return reading
        return replace(
            reading,
            confidence=self._calibration.answers.probability(found),
            support=self._calibration.right.probability(found),
            thresholds=self._policy.thresholds(self._calibration),
        )

    def _candidates(
        self, query: Query, language: str, keys: tuple[Hit, ...], gaps: tuple[Hit, ...]
    ) -> tuple[Candidate, ...]:
        """Return the stretches that share words with the question, each by its best question."""
        best: dict[Stretch, Hit] = {}
        for hit in keys:
            if is_wanted(self._archive, query.asked, stretch_of(hit.passage)):
                best.setdefault(stretch_of(hit.passage), hit)
        gap = _shared_words(query.text, language, gaps[:1])
        found = []
        for stretch in list(without_overlap(best, lambda stretch: stretch))[:_MOST_CONSIDERED]:
            hit = best[stretch]
            words = saturated(hit.score, HALF_BM25)
            shared = _shared_words(query.text, language, (hit,))
            told = {"key_words": words, "shared_words": shared, "shared_margin": shared - gap}
            found.append(Candidate(stretch, {"key_words": words}, told))
        return tuple(found)

    def _in_language(self, query: Query, view: View, language: str) -> tuple[Hit, ...]:
        """Return the hits in one language, best first."""
        found = self._index.search_words(
            query.text,
            view,
            depth=self._depth,
            documents=documents_of(self._archive, query.asked),
        )
        return tuple(hit for hit in found if hit.passage.language == language)


class ReaderByLanguage:
    """Gives each question to the reader for its language; one for no reader is not answered."""

    def __init__(
        self, archive: Archive, usual: EvidenceReader, other: OtherLanguageReader | None
    ) -> None:
        """Read with ``usual``, and with ``other`` what only the finding aid speaks."""
        self._usual = usual
        self._other = other
        documents = {transcript.record.language_code for transcript in archive}
        self._aid_only = aid_languages(archive) - documents if other else frozenset[str]()
        self._known = documents | self._aid_only

    def read(self, query: Query) -> Reading:
        """Read a question whose language is certain with its reader, any other as usual."""
        if foreign_language(query.asked.question, self._known) is not None:
            reading = self._usual.read(query)
            # What the usual reader's probabilities are worth in other languages, nobody fitted.
            return replace(reading, thresholds=NOTHING, reason=Reason.UNSUPPORTED_LANGUAGE)
        language = question_language(query.asked.question, self._known) if self._aid_only else None
        if self._other is not None and language in self._aid_only:
            return self._other.read(query, language)
        return self._usual.read(query)


def aid_languages(archive: Archive) -> frozenset[str]:
    """Return the languages of the finding aids' questions."""
    return frozenset(
        key.lang
        for transcript in archive
        for entry in archive.aid(transcript.id).entries
        for key in entry.questions
    )


def _shared_words(text: str, language: str, best: tuple[Hit, ...]) -> float:
    """Return which share of the question's search terms stands in the best hit."""
    wanted = set(terms(text, language))
    if not best or not wanted:
        return 0.0
    return len(wanted & set(terms(best[0].passage.text, language))) / len(wanted)
