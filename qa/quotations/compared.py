"""Words of a quotation and of a document as they are laid beside one another."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from corpus.scripts import is_hangul
from qa.quotations.aligning import Word
from qa.quotations.forms import forms, is_number
from qa.quotations.table import Table
from qa.quotations.typed import Typed, is_joined
from qa.quotations.words import Wording


def given_words(words: Sequence[Typed], language: Table) -> list[Word]:
    """Return the words of a quotation; brackets put in may stand or not, unless they turn it."""
    fixed = {
        word.bracket
        for word in words
        if word.bracket and (turns(word.key, language) or is_number(word.key, language))
    }
    loose = [0 if word.bracket in fixed else word.bracket for word in words]
    joined = [word.is_joined for word in words]
    return _words([word.key for word in words], joined, loose, language)


def source_words(wording: Wording, first: int, behind: int, language: Table) -> list[Word]:
    """Return words of a document; an editor's brackets may stand or not, unless they turn it."""
    transcript = wording.transcript
    keys = wording.keys[first:behind]
    spans = [wording.place(number, number) for number in range(first, behind)]
    near = [one for one in transcript.brackets if one.overlaps(spans[0].start, spans[-1].end)]
    loose = [
        next((n for n, span in enumerate(near, 1) if span.contains(one.start, one.end)), 0)
        for one in spans
    ]
    fixed = {loose[at] for at, key in enumerate(keys) if loose[at] and turns(key, language)}
    loose = [0 if one in fixed else one for one in loose]
    text = transcript.text
    joined = [False, *(is_joined(text[a.end : b.start]) for a, b in pairwise(spans))]
    return _words(keys, joined, loose, language)


def _words(
    keys: Sequence[str], joined: Sequence[bool], loose: Sequence[int], language: Table
) -> list[Word]:
    """Return words with what lets them be the same as others."""
    shared = forms(keys, joined, language)
    return [
        Word(key, one, _is_guarded(key, language), form, is_number(key, language))
        for key, one, form in zip(keys, loose, shared, strict=True)
    ]


def turns(word: str, language: Table) -> bool:
    """Whether a word turns what is said into its opposite, or makes it hold conditionally."""
    return any(language.has(kind, word) for kind in ("negations", "conditions", "doubts"))


def _is_guarded(word: str, language: Table) -> bool:
    if is_hangul(word[0]):
        return False  # where its words are set apart changes nothing
    if language.has("doubts", word):
        return False  # "tomaybe": no other word comes of it
    return turns(word, language) or word[0].isdecimal()
