"""Questions, quotes and answers, and the Python API: ``from qa import Archive``.

Importing this package loads nothing else of it: each name below is loaded when it is first used.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

from index.offline import stay_offline

if TYPE_CHECKING:
    from corpus.errors import VerbatimError
    from corpus.transcript import Transcript
    from qa.answers import Abstained, Answer, Answered, Evidence, Possible, Reason
    from qa.archive import Archive, as_json
    from qa.citing.styles import Rendered
    from qa.concordance import Found
    from qa.quotes import Quote

__all__ = [
    "Abstained",
    "Answer",
    "Answered",
    "Archive",
    "Evidence",
    "Found",
    "Possible",
    "Quote",
    "Reason",
    "Rendered",
    "Transcript",
    "VerbatimError",
    "as_json",
]

_HOME = {
    "Abstained": "qa.answers",
    "Answer": "qa.answers",
    "Answered": "qa.answers",
    "Archive": "qa.archive",
    "Evidence": "qa.answers",
    "Found": "qa.concordance",
    "Possible": "qa.answers",
    "Quote": "qa.quotes",
    "Reason": "qa.answers",
    "Rendered": "qa.citing.styles",
    "Transcript": "corpus.transcript",
    "VerbatimError": "corpus.errors",
    "as_json": "qa.archive",
}

stay_offline()


def __getattr__(name: str) -> object:
    if name not in _HOME:
        raise AttributeError(f"module 'qa' has no attribute '{name}'")
    return getattr(import_module(_HOME[name]), name)
