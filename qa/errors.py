"""The faults this package raises about what people hand it.

UsageError          a corpus.errors.VerbatimError; wrong use: a setting, an option, a question
+-- SettingsError   a setting that cannot be used
+-- QuestionError   a question that cannot be asked
"""

from __future__ import annotations

from collections.abc import Iterable

from corpus.errors import VerbatimError


class UsageError(VerbatimError, ValueError):
    """Wrong use or broken input; the message is one sentence for the person who did it."""


class SettingsError(UsageError):
    """A setting that cannot be used."""


class QuestionError(UsageError):
    """A question that cannot be asked."""


def require_document(document: str, known: Iterable[str]) -> None:
    """Check that an archive holds a document.

    Args:
        document: its id.
        known: ids of those that are there.

    Raises:
        UsageError: it is none of them.
    """
    ids = tuple(known)
    if document not in ids:
        raise UsageError(
            f"There is no document '{document}'; there are: {', '.join(ids) or 'none'}."
        )
