"""How words of a language become search terms."""

from __future__ import annotations

import re
from functools import cache
from itertools import groupby, pairwise

import tantivy

from corpus.folding import readable
from corpus.scripts import is_hangul, is_unspaced, is_word
from corpus.spelling import american

_STEMMED = {
    "ar": "arabic", "da": "danish", "de": "german", "el": "greek", "en": "english",
    "es": "spanish", "fi": "finnish", "fr": "french", "hu": "hungarian", "it": "italian",
    "nl": "dutch", "no": "norwegian", "pt": "portuguese", "ro": "romanian", "ru": "russian",
    "sv": "swedish", "ta": "tamil", "tr": "turkish",
}  # fmt: skip
_WITH_STOP_WORDS = frozenset("da de en es fi fr hu it nl no pt ru sv".split())
_MAYBE_JOINED = re.compile(r"[\u0e00-\U0010ffff]+")
# A line end is a space in a passage: two words, or one that was divided there.
_DIVIDED = re.compile(r"([^\W\d_]+)- ([^\W\d_]+)")
ANALYSIS = 4
"""Raised whenever the same text gives other terms: an index built before is stale then."""

_MAX_TERM_BYTES = 60


@cache
def analyzer(language: str) -> tantivy.TextAnalyzer:
    """Return the analyzer of a language, an ISO 639-1 code.

    Words are lower-cased, cleared of stop words, stemmed where there is a Snowball stemmer, and
    stripped of accents last, for stemmers need them. It is to be given :func:`searchable` text.
    """
    words = (
        tantivy.TextAnalyzerBuilder(tantivy.Tokenizer.simple())
        .filter(tantivy.Filter.remove_long(_MAX_TERM_BYTES))
        .filter(tantivy.Filter.lowercase())
    )
    name = _STEMMED.get(language)
    if language in _WITH_STOP_WORDS and name is not None:
        words = words.filter(tantivy.Filter.stopword(name))
    if name is not None:
        words = words.filter(tantivy.Filter.stemmer(name))
    return words.filter(tantivy.Filter.ascii_fold()).build()


def searchable(text: str, language: str) -> str:
    """Return ``text`` as terms are taken from it.

    British and American spellings of English words are alike afterwards, and so are compatibility
    forms, points, hidden signs, hyphens at line ends, jamo and digits. Runs of Korean, and of
    scripts without spaces, become overlapping pairs of characters: in either, what people ask for
    stands inside longer words.
    """
    text = _DIVIDED.sub(r"\1 \2 \1\2", readable(text))
    if language == "en":
        text = american(text)
    return _MAYBE_JOINED.sub(_in_pairs, text)


def _in_pairs(run: re.Match[str]) -> str:
    parts = []
    for joined, group in groupby(run.group(), key=_is_joined):
        letters = "".join(group)
        pairs = ["".join(pair) for pair in pairwise(letters)] or [letters]
        parts.append(f" {' '.join(pairs)} " if joined else letters)
    return "".join(parts)


def _is_joined(char: str) -> bool:
    """Whether words of this character's script are written onto others."""
    return is_word(char) and (is_unspaced(char) or is_hangul(char))


def terms(text: str, language: str) -> list[str]:
    """Return the search terms of ``text`` in order, repeats included."""
    return list(analyzer(language).analyze(searchable(text, language)))
