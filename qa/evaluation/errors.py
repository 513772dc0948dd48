"""The faults this package raises.

EvaluationError         a qa.errors.UsageError
+-- AnswersError        a file of answers cannot be used
+-- CollectionError     a public question set cannot be read
+-- BaselineError       a gate has no usable baseline
"""

from __future__ import annotations

from pathlib import Path

from qa.errors import UsageError


class EvaluationError(UsageError):
    """Something that cannot be evaluated; the message names file, place and remedy."""

    def __init__(self, path: Path | str, message: str, line: int | None = None) -> None:
        place = f"{path}, line {line}" if line is not None else f"{path}"
        super().__init__(f"{place}: {message}")


class AnswersError(EvaluationError):
    """A file of answers that cannot be used."""


class CollectionError(EvaluationError):
    """A public question set that cannot be read."""


class BaselineError(EvaluationError):
    """A baseline that does not fit what is gated."""
