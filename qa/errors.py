"""The faults this package raises about what people hand it.

UsageError          a corpus.errors.VerbatimError; wrong use: a setting, an option, a question
+-- SettingsError   a setting that cannot be used
+-- QuestionError   a question that cannot be asked
"""

from __future__ import annotations

import difflib
from collections.abc import Collection, Iterable, Sequence

from corpus.errors import VerbatimError

_MOST_NAMES = 12
_MOST_NEAR = 5


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
        shown = shown_names(document, ids, "'verbatim list'")
        raise UsageError(f"There is no document '{document}'; {shown}.")


def require_speaker(speaker: str, known: Iterable[str]) -> None:
    """Check that somebody called so speaks in an archive; capitals do not matter.

    Args:
        speaker: a name.
        known: every name of everybody who speaks.

    Raises:
        UsageError: nobody is called so.
    """
    names = tuple(dict.fromkeys(known))
    if speaker.casefold() not in {name.casefold() for name in names}:
        shown = shown_names(speaker, names, "'verbatim list --speakers'")
        raise UsageError(f"There is no speaker '{speaker}'; {shown}.")


def require_one(speaker: str, perhaps: Collection[str]) -> None:
    """Refuse a name that may be that of several people.

    Raises:
        UsageError: it may, or that of one of whom it is not sure.
    """
    if perhaps:
        which = "say which" if len(perhaps) > 1 else "if so, say it like that"
        raise UsageError(f"'{speaker}' may be {' or '.join(sorted(perhaps))}; {which}.")


def shown_names(wanted: str, names: Sequence[str], command: str) -> str:
    """Return the end of a sentence: which names there are or, of many, which are near."""
    if len(names) <= _MOST_NAMES:
        return f"there are: {', '.join(names) or 'none'}"
    folded = wanted.casefold()
    near = [name for name in names if folded in name.casefold() or name.casefold() in folded]
    near += difflib.get_close_matches(wanted, names, _MOST_NEAR)
    shown = ", ".join(list(dict.fromkeys(near))[:_MOST_NEAR])
    perhaps = f"perhaps {shown}? " if shown else ""
    return f"{perhaps}{command} shows all {len(names)}"
