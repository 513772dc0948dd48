"""Names and numbers in a question that the archive never mentions."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from functools import cached_property

from corpus.archive import Archive

_WORD = re.compile(r"[^\W_]+(?:-[^\W_]+)*")
_FEWEST_QUESTIONS = 3
"""A name in so many of the finding aid's questions is another word for something described; in
fewer it may stand only in a question that tests a false premise."""


class KnownWords:
    """The words of an archive: of its texts, its records, and what its finding aids call things."""

    def __init__(self, archive: Archive) -> None:
        self._archive = archive

    @cached_property
    def _known(self) -> frozenset[str]:
        known: set[str] = set()
        asked: Counter[str] = Counter()
        archive = self._archive
        for transcript in archive:
            known.update(_words(transcript.text[s.start : s.end] for s in transcript.sentences))
            known.update(_words([transcript.record.searched]))
            aid = archive.aid(transcript.id)
            known.update(_words(part for e in aid.entries for part in (e.abstract, *e.subjects)))
            for entry in aid.entries:
                for key in entry.questions:
                    asked.update(set(_words([key.text])))
        return frozenset(known) | {word for word, n in asked.items() if n >= _FEWEST_QUESTIONS}

    def strange_names(self, question: str) -> tuple[str, ...]:
        """Return the names and numbers of a question that stand nowhere in the archive.

        A name is a capitalised word that does not begin the question; where a script has no
        capitals there are none.
        """
        found = [match[0] for match in _WORD.finditer(question)]
        names = [w for n, w in enumerate(found) if (n and w[0].isupper()) or _has_digit(w)]
        return tuple(name for name in names if not set(_words([name])) <= self._known)


def _has_digit(word: str) -> bool:
    return any(char.isdigit() for char in word)


def _words(texts: Iterable[str]) -> Iterator[str]:
    for text in texts:
        for word in _WORD.findall(text.casefold()):
            yield word
            if "-" in word:
                yield from word.split("-")
