"""What a check of a document found, for the person who keeps it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


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
        place: file and line.
        severity: how much it matters.
        message: one sentence: what, and what to do.
    """

    place: str
    severity: Severity
    message: str

    def __str__(self) -> str:
        return f"{self.place}: {self.severity}: {self.message}"
