"""Who is said to speak, by the words around a quotation."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum, auto

from corpus.transcript import Span


class Whose(Enum):
    """Whose words stand in quotation marks."""

    OWN = auto()
    """The speaker's or writer's own."""
    OTHERS = auto()
    UNKNOWN = auto()


@dataclass(frozen=True, slots=True)
class Frame:
    """Who is said to speak.

    Attributes:
        whose: the words are.
        name: where whoever speaks is called, by name or "the newspaper"; None for a pronoun.
        start: of the words that say so.
        end: of them, exclusive.
    """

    whose: Whose
    name: Span | None
    start: int
    end: int
