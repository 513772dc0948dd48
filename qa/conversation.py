"""Questions that lean on the one before."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

from qa.errors import QuestionError
from qa.pointing import is_elliptical, pointing

_MOST_BEFORE = 4
"""Questions that may each lean on the one before."""
MOST_CHARS_BEFORE = 400
"""Of what was asked before so much is searched too: more costs time and finds less."""


@dataclass(frozen=True, slots=True)
class Resolved:
    """A question with what it refers back to.

    Attributes:
        text: what to search for.
        because: the words by which the question points at earlier ones that are used, or all of
            it where it asks for nothing by itself; empty where it stands alone.
        is_elliptical: whether nothing in it can be searched for by itself.
    """

    text: str
    because: str
    is_elliptical: bool

    @property
    def leans_back(self) -> bool:
        """Whether earlier questions are used."""
        return bool(self.because)

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing to search for, since nothing was asked before."""
        return self.is_elliptical and not self.leans_back


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
    ("and …"), or asks for nothing by itself ("why?"); however short, any other stands alone. It is
    then searched together with the question before it, and, while that one leans back too, with
    the ones before.

    Args:
        question: as asked, cleaned.
        history: earlier questions of the conversation, oldest first.
        language: of the archive, an ISO 639-1 code.
    """
    elliptical = is_elliptical(question, language)
    before: list[str] = []
    because = pointing(question) or (question.casefold().rstrip("?！？ ") if elliptical else "")
    if because:
        for earlier in reversed(history[-_MOST_BEFORE:]):
            before.insert(0, earlier)
            if not (pointing(earlier) or is_elliptical(earlier, language)):
                break
    words = " ".join(before)[-MOST_CHARS_BEFORE:].strip()
    return Resolved(f"{words} {question}".lstrip(), because if words else "", elliptical)
