"""By what a set of questions can be cut, to see where a system is weak."""

from __future__ import annotations

import re
from functools import cache

from corpus.archive import Archive
from corpus.judgments import Question
from corpus.transcript import Layer

DIMENSIONS = ("type", "layer", "speaker", "language", "history", "overlap", "document")

_WORD = re.compile(r"[^\W_]+")
_HALF = 0.5
NO_GOLD = "(unanswerable)"


def slices_of(question: Question, archive: Archive) -> dict[str, str]:
    """Return the question's place in each of :data:`DIMENSIONS`.

    The layer and document are those of the first gold span. ``overlap`` is the share of the
    question's content words that stand in its gold: none, some (less than half) or most.
    """
    turns = len(question.history)
    return {
        "type": question.type,
        "layer": _layer(question, archive),
        "speaker": (question.speaker or "any") if question.answerable else NO_GOLD,
        "language": question.language,
        "history": ("none", "1 question", "2 or more")[min(turns, 2)],
        "overlap": _overlap(question),
        "document": question.spans[0].document if question.spans else NO_GOLD,
    }


def content_words(text: str) -> frozenset[str]:
    """Return the words of a text without case, numbers included, English stop words left out."""
    return frozenset(_WORD.findall(text.casefold())) - _stop_words()


@cache
def _stop_words() -> frozenset[str]:
    from sklearn.feature_extraction.text import ENGLISH_STOP_WORDS

    return frozenset(ENGLISH_STOP_WORDS)


def _layer(question: Question, archive: Archive) -> str:
    if not question.spans:
        return NO_GOLD
    span = question.spans[0]
    held = archive[span.document].sentences_in(span.start, span.end)
    return held[0].layer.value if held else Layer.HEADING.value


def _overlap(question: Question) -> str:
    if not question.spans:
        return NO_GOLD
    asked = content_words(question.question)
    gold = content_words(" ".join(span.text for span in question.spans))
    share = len(asked & gold) / len(asked) if asked else 0.0
    return "none" if share == 0 else "some" if share < _HALF else "most"
