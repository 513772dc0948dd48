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
    from qa.quotations.verdicts import Check, Verdict
    from qa.quotes import Quote
    from qa.receipts.receipt import Receipt
    from qa.receipts.verdict import Verified

__all__ = [
    "Abstained",
    "Answer",
    "Answered",
    "Archive",
    "Check",
    "Evidence",
    "Found",
    "Possible",
    "Quote",
    "Reason",
    "Receipt",
    "Rendered",
    "Transcript",
    "VerbatimError",
    "Verdict",
    "Verified",
    "as_json",
]

_HOME = {
    "Abstained": "qa.answers",
    "Answer": "qa.answers",
    "Answered": "qa.answers",
    "Archive": "qa.archive",
    "Check": "qa.quotations.verdicts",
    "Evidence": "qa.answers",
    "Found": "qa.concordance",
    "Possible": "qa.answers",
    "Quote": "qa.quotes",
    "Reason": "qa.answers",
    "Receipt": "qa.receipts.receipt",
    "Rendered": "qa.citing.styles",
    "Transcript": "corpus.transcript",
    "VerbatimError": "corpus.errors",
    "Verdict": "qa.quotations.verdicts",
    "Verified": "qa.receipts.verdict",
    "as_json": "qa.archive",
}

stay_offline()


def __getattr__(name: str) -> object:
    if name not in _HOME:
        raise AttributeError(f"module 'qa' has no attribute '{name}'")
    return getattr(import_module(_HOME[name]), name)
