"""How words of a language become search terms."""

from __future__ import annotations

from functools import cache

import tantivy

_STEMMED = {
    "ar": "arabic", "da": "danish", "de": "german", "el": "greek", "en": "english",
    "es": "spanish", "fi": "finnish", "fr": "french", "hu": "hungarian", "it": "italian",
    "nl": "dutch", "no": "norwegian", "pt": "portuguese", "ro": "romanian", "ru": "russian",
    "sv": "swedish", "ta": "tamil", "tr": "turkish",
}  # fmt: skip
_WITH_STOP_WORDS = frozenset("da de en es fi fr hu it nl no pt ru sv".split())
_WITHOUT_SPACES = frozenset("ja ko th zh".split())
_MAX_TERM_BYTES = 60


@cache
def analyzer(language: str) -> tantivy.TextAnalyzer:
    """Return the analyzer of a language, an ISO 639-1 code.

    Words are lower-cased, cleared of stop words and stemmed where there is a Snowball stemmer.
    Languages that join words or do without spaces are cut into pairs of characters.
    """
    if language in _WITHOUT_SPACES:
        pairs = tantivy.TextAnalyzerBuilder(tantivy.Tokenizer.ngram(2, 2, False))
        return pairs.filter(tantivy.Filter.lowercase()).build()
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
    return words.build()


def terms(text: str, language: str) -> list[str]:
    """Return the search terms of ``text`` in order, repeats included."""
    return list(analyzer(language).analyze(text))
