"""Names and numbers in a question that documents never mention."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from functools import lru_cache

from corpus.archive import Archive

_WORD = re.compile(r"[^\W_]+(?:-[^\W_]+)*")
_KEPT = 32
"""The words of a long interview take some 300 kB."""
_FEWEST_QUESTIONS = 3
"""A name in so many of the finding aid's questions is another word for something described; in
fewer it may stand only in a question that tests a false premise."""


class KnownWords:
    """The words of documents: of texts, records, and what finding aids call things."""

    def __init__(self, archive: Archive) -> None:
        self._archive = archive
        self._known = lru_cache(maxsize=_KEPT)(self._all_words_of)

    def _all_words_of(self, document: str) -> frozenset[str]:
        return frozenset(self._words_of(document))

    def _words_of(self, document: str) -> Iterator[str]:
        transcript, aid = self._archive[document], self._archive.aid(document)
        yield from _words(transcript.text[s.start : s.end] for s in transcript.sentences)
        yield from _words([transcript.record.searched])
        yield from _words(part for e in aid.entries for part in (e.abstract, *e.subjects))
        asked = Counter(
            word for e in aid.entries for key in e.questions for word in set(_words([key.text]))
        )
        yield from (word for word, n in asked.items() if n >= _FEWEST_QUESTIONS)

    def strange_names(self, question: str, documents: Iterable[str]) -> tuple[str, ...]:
        """Return the names and numbers of a question that stand nowhere in some documents.

        A name is a capitalised word that does not begin the question; where a script has no
        capitals there are none.

        Args:
            question: as asked.
            documents: their ids.
        """
        found = [match[0] for match in _WORD.finditer(question)]
        names = [w for n, w in enumerate(found) if (n and w[0].isupper()) or _has_digit(w)]
        if not names:
            return ()
        known = [self._known(document) for document in documents]
        return tuple(
            name
            for name in names
            if not all(any(w in one for one in known) for w in _words([name]))
        )


def _has_digit(word: str) -> bool:
    return any(char.isdigit() for char in word)


def _words(texts: Iterable[str]) -> Iterator[str]:
    for text in texts:
        for word in _WORD.findall(text.casefold()):
            yield word
            if "-" in word:
                yield from word.split("-")
