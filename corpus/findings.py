"""What a check of a document found, for the person who keeps it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path


class Severity(StrEnum):
    """How much a finding matters."""

    ERROR = "error"
    """The document cannot be used, or would be quoted wrongly."""
    WARNING = "warning"
    """Somebody should look: the program had to guess or leave something out."""
    NOTE = "note"
    """Worth knowing; nothing to do."""


@dataclass(frozen=True, slots=True)
class Finding:
    """One finding.

    Attributes:
        file: that it is about.
        severity: how much it matters.
        message: one sentence: what is the matter and, where no remedy is given, what to do.
        line: 1-based line of the file, where there is one.
        span: code points of the transcript, end exclusive, where it is about a passage.
        remedy: what to write and where; a sentence, or nothing.
    """

    file: Path
    severity: Severity
    message: str
    line: int | None = None
    span: tuple[int, int] | None = None
    remedy: str = ""

    @property
    def place(self) -> str:
        """File and place in it, in words."""
        if self.line is not None:
            return f"{self.file}, line {self.line}"
        return f"{self.file}, {self.span[0]}-{self.span[1]}" if self.span else str(self.file)

    @property
    def sentence(self) -> str:
        """What is the matter, and what to do."""
        return " ".join(part for part in (self.message, self.remedy) if part)

    def __str__(self) -> str:
        return f"{self.place}: {self.severity}: {self.sentence}"
