"""What is asked: one value, from whoever asks to whoever reads."""

from __future__ import annotations

from dataclasses import dataclass

from corpus.transcript import Transcript
from qa.within import EVERYTHING, Within


@dataclass(frozen=True, slots=True)
class Asked:
    """A question with all that bears on it.

    Attributes:
        question: as typed.
        history: earlier questions of the conversation, oldest first.
        speaker: quote only this participant, or None for anybody.
        document: quote only this document, or None for any.
        without: documents that must not be quoted, since their files have changed.
        within: quote only documents of a collection, or of some time.
    """

    question: str
    history: tuple[str, ...] = ()
    speaker: str | None = None
    document: str | None = None
    without: frozenset[str] = frozenset()
    within: Within = EVERYTHING

    def admits(self, document: Transcript) -> bool:
        """Whether a document may be quoted."""
        return (
            document.id not in self.without
            and self.document in (None, document.id)
            and self.within.admits(document)
        )

    @property
    def is_about_all(self) -> bool:
        """Whether anybody's words in any document are asked for."""
        return self.speaker is None and self.is_of_all

    @property
    def is_of_all(self) -> bool:
        """Whether any document may be quoted."""
        return self.document is None and not self.without and self.within.is_everything
