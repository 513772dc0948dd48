"""Questions that lean on the one before."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

from index.analysis import terms
from qa.errors import QuestionError

_BACKWARD = frozenset(
    "he him his she her hers it its they them their theirs this that these those there then "
    "one ones other others same former latter".split()
)
_OPENERS = ("and ", "but ", "or ", "so ", "what about", "how about", "what else", "anything else")
_QUESTION_WORDS = "what when where who why how which did was were"
_MOST_WORDS_OF_A_FRAGMENT = 3
# From here on stand Chinese, Japanese and Korean, where two characters say about as much as a
# word does elsewhere.
_DENSE_SCRIPTS = "\u2e80"
_WORD = re.compile(r"[^\W_]+(?:[’'][^\W_]+)?")


@dataclass(frozen=True, slots=True)
class Resolved:
    """A question with what it refers back to.

    Attributes:
        text: what to search for.
        leans_back: whether the question depends on earlier ones.
        is_empty: whether nothing in it can be searched for.
    """

    text: str
    leans_back: bool
    is_empty: bool


def clean_question(question: str, max_chars: int) -> str:
    """Return the question without control characters and superfluous white space.

    Raises:
        QuestionError: nothing is left, or it is longer than ``max_chars``.
    """
    if len(question) > max_chars:
        raise QuestionError(
            f"The question has {len(question):,} characters; ask in at most {max_chars:,}."
        )
    kept = "".join(
        " " if unicodedata.category(char) in ("Cc", "Cs", "Co", "Cn") else char for char in question
    )
    kept = " ".join(kept.split())
    if not any(char.isalnum() for char in kept):
        raise QuestionError("The question is empty; write what you would like to know.")
    return kept


def resolve(question: str, history: Sequence[str], language: str) -> Resolved:
    """Add to a question what it leaves unsaid.

    A question leans back if it points at something ("he", "that"), begins like a continuation
    ("and …"), or is a fragment. It is then searched together with the question before it, and,
    while that one leans back too, with the ones before.

    Args:
        question: as asked, cleaned.
        history: earlier questions of the conversation, oldest first.
        language: of the archive, an ISO 639-1 code.
    """
    leans_back = _leans_back(question)
    parts = [question]
    if leans_back:
        for earlier in reversed(history):
            parts.insert(0, earlier)
            if not _leans_back(earlier):
                break
    text = " ".join(parts)
    is_empty = leans_back and len(parts) == 1 and not _content(question, language)
    return Resolved(text, leans_back and len(parts) > 1, is_empty)


def _leans_back(question: str) -> bool:
    lowered = question.casefold()
    words = _WORD.findall(lowered)
    if lowered.startswith(_OPENERS) or sum(map(_weight, words)) <= _MOST_WORDS_OF_A_FRAGMENT:
        return True
    return any(word.split("’")[0].split("'")[0] in _BACKWARD for word in words)


def _weight(word: str) -> float:
    return len(word) / 2 if word[0] >= _DENSE_SCRIPTS else 1


def _content(question: str, language: str) -> list[str]:
    empty = " ".join((_QUESTION_WORDS, *_OPENERS, *_BACKWARD))
    ignored = set(terms(empty, language))
    return [term for term in terms(question, language) if term not in ignored]
