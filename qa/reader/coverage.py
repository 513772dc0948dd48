"""How many of a question's words stand where an answer may be."""

from __future__ import annotations

from collections.abc import Set

from corpus.archive import Archive
from index.analysis import terms
from qa.reader.signals import Stretch


class Coverage:
    """The search terms in and beside each stretch, remembered from question to question."""

    def __init__(self, archive: Archive) -> None:
        self._archive = archive
        self._known: dict[Stretch, frozenset[str]] = {}

    def share(self, question: str, stretch: Stretch) -> float:
        """Return which share of the question's terms stands in or beside the stretch."""
        language = self._archive[stretch[0]].record.language_code
        wanted = frozenset(terms(question, language))
        return len(wanted & self._there(stretch)) / len(wanted) if wanted else 0.0

    def _there(self, stretch: Stretch) -> Set[str]:
        if stretch not in self._known:
            document, first, last = stretch
            transcript = self._archive[document]
            sentences = transcript.sentences
            start = sentences[max(first - 1, 0)].start
            end = sentences[min(last + 1, len(sentences) - 1)].end
            found = terms(transcript.text[start:end], transcript.record.language_code)
            self._known[stretch] = frozenset(found)
        return self._known[stretch]
