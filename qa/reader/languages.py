"""Questions in a language that no document is in."""

from __future__ import annotations

from dataclasses import replace

from corpus.archive import Archive
from qa.answers import Reason
from qa.language import foreign_language
from qa.reader.policy import NOTHING
from qa.reader.protocol import EvidenceReader, Query, Reading


class ReaderByLanguage:
    """Tells a reader in which language a question is, if in none of the documents'."""

    def __init__(
        self, archive: Archive, reader: EvidenceReader, *, is_multilingual: bool, use_aid: bool
    ) -> None:
        """Wrap a reader.

        Args:
            archive: what is searched.
            reader: reads the questions.
            is_multilingual: whether its embeddings are near across languages.
            use_aid: whether the finding aids are searched, in all their languages.
        """
        self._reader = reader
        self._documents = {transcript.record.language_code for transcript in archive}
        self._is_multilingual = is_multilingual
        self._aid = aid_languages(archive) if use_aid else frozenset[str]()

    def read(self, query: Query) -> Reading:
        """Read a question; where the language is not certain, as one in the documents' own."""
        language = foreign_language(query.asked.question, self._documents)
        reading = self._reader.read(replace(query, foreign=language))
        if language is None or self._is_multilingual or language in self._aid:
            return reading
        # No embedding and no word leads from this language to the documents.
        return replace(reading, thresholds=NOTHING, reason=Reason.UNSUPPORTED_LANGUAGE)


def aid_languages(archive: Archive) -> frozenset[str]:
    """Return the languages of the finding aids' questions."""
    return frozenset(
        key.lang
        for transcript in archive
        for entry in archive.aid(transcript.id).entries
        for key in entry.questions
    )
