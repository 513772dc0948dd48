"""The curator's loop: failures as a gold file, ready to be corrected and evaluated again."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from corpus.judgments import Question, question_object
from qa.evaluation.verdicts import Verdict

_SAID = re.compile(r"\s*\[The system: .*\]", re.DOTALL)
"""What an earlier export has added to a note."""


def export_failures(path: Path, verdicts: Sequence[Verdict]) -> int:
    """Write every question that went wrong in the gold format and return how many there are.

    Nothing is written where nothing went wrong: a file without questions is no gold. The gold
    stays as it is; the note says what the system did, so that a curator can see whether the
    answer or the gold is at fault.
    """
    failed = [_noted(verdict) for verdict in verdicts if not verdict.outcome.right]
    if failed:
        write_questions(path, failed)
    return len(failed)


def write_questions(path: Path, questions: Sequence[Question]) -> None:
    """Write questions in the gold format, one object a line."""
    path.parent.mkdir(parents=True, exist_ok=True)
    lines = [json.dumps(question_object(q), ensure_ascii=False) + "\n" for q in questions]
    path.write_text("".join(lines), encoding="utf-8")


def _noted(verdict: Verdict) -> Question:
    said = f"The system: {verdict.outcome.value}"
    response = verdict.response
    if response is not None:
        if response.confidence is not None:
            said += f", confidence {response.confidence:.2f}"
        for quote in response.quotes if response.answered else response.ranked[:1]:
            place = f"{quote.document} {quote.start}-{quote.end}"
            said += f"; {'quoted' if response.answered else 'nearest'} {place}: {quote.text!r}"
    note = f"{_SAID.sub('', verdict.question.note)} [{said}]".strip()
    return replace(verdict.question, note=note)
