"""A text in which the words of receipts are looked for."""

from __future__ import annotations

from dataclasses import dataclass

from corpus.transcript import Transcript


@dataclass(frozen=True, slots=True)
class Source:
    """A text in which words are looked for.

    Attributes:
        name: id of the document, or name of the copy.
        sha256: of the bytes of the stored text.
        text: decoded, unchanged.
        transcript: whose words they are; None where that cannot be told.
        described: whether the record is known, and with it who the speakers are.
        fault: why the document cannot be used whole; or empty.
    """

    name: str
    sha256: str
    text: str
    transcript: Transcript | None
    described: bool
    fault: str = ""

    @classmethod
    def of(cls, transcript: Transcript) -> Source:
        """Return a document of an archive as a source."""
        return cls(transcript.id, transcript.sha256, transcript.text, transcript, described=True)
