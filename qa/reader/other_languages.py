"""Questions in a language that only the finding aid speaks.

The embedding model knows the documents' language. A visitor who asks in another one is led to
the source's words by the finding aid's questions in that language, by the words they share.
"""

from __future__ import annotations

import math

from corpus.archive import Archive
from index.analysis import terms
from index.hybrid import Hit, HybridIndex
from index.passages import View
from qa.answers import Evidence, Reason
from qa.language import question_language
from qa.quotes import Quote
from qa.reader.protocol import EvidenceReader, Query, Reading
from qa.reader.signals import Stretch, stretch_of, without_overlap

MOST_WORDS = math.nextafter(0.5, 1.0)
"""More than half of the question's words must stand in the nearest question of the aid. A policy,
not a fit: there are too few gold questions in other languages to fit one."""


class OtherLanguageReader:
    """Ranks described stretches by the finding aid's questions in the visitor's language."""

    def __init__(
        self, archive: Archive, search_index: HybridIndex, *, depth: int, threshold: float
    ) -> None:
        self._archive = archive
        self._index = search_index
        self._depth = depth
        self._threshold = threshold

    def read(self, query: Query, language: str) -> Reading:
        """Return candidates best first; the share of shared words stands in for probability."""
        keys = self._in_language(query.text, View.KEY, language)
        gaps = self._in_language(query.text, View.GAP, language)
        scores = {stretch_of(hit.passage): hit.score for hit in reversed(keys)}
        wanted = (stretch for stretch in scores if self._is_wanted(query, stretch))
        order = sorted(wanted, key=lambda stretch: (-scores[stretch], stretch))
        ranked = tuple(
            Evidence(Quote.of(self._archive[document], first, last), scores[document, first, last])
            for document, first, last in without_overlap(order, lambda stretch: stretch)
        )
        shared = _shared_words(query.text, language, keys[:1])
        gap = _shared_words(query.text, language, gaps[:1])
        support = shared if shared > gap else 0.0
        return Reading(
            ranked=ranked,
            answers=1,
            confidence=support,
            support=support,
            threshold=self._threshold,
            reason=Reason.NOT_CONFIDENT if shared else Reason.NOTHING_RELEVANT,
            features={"shared_words": shared, "gap_words": gap},
            nearest_key=keys[0].passage.text if keys else "",
            nearest_gap=gaps[0].passage.text if gaps else "",
        )

    def _in_language(self, text: str, view: View, language: str) -> tuple[Hit, ...]:
        """Return the hits in one language, best first."""
        found = self._index.search_words(text, view, depth=self._depth)
        return tuple(hit for hit in found if hit.passage.language == language)

    def _is_wanted(self, query: Query, stretch: Stretch) -> bool:
        document, first, _ = stretch
        if not query.admits(document):
            return False
        transcript = self._archive[document]
        return query.speaker is None or query.speaker == transcript.speaker_at(
            transcript.sentences[first].start
        )


class ReaderByLanguage:
    """Gives each question to the reader for its language."""

    def __init__(self, archive: Archive, usual: EvidenceReader, other: OtherLanguageReader) -> None:
        self._usual = usual
        self._other = other
        documents = {transcript.record.language_code for transcript in archive}
        self._aid_only = aid_languages(archive) - documents
        self._known = documents | self._aid_only

    def read(self, query: Query) -> Reading:
        """Read a question whose language is certain with its reader, any other as usual."""
        language = question_language(query.question, self._known) if self._aid_only else None
        if language in self._aid_only:
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
