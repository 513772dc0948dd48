"""A receipt of one line, for what has no room for more: ``verbatim:DOCUMENT:START-END:HASH:HASH``.

It holds no words, only digits of two hashes: one of the words, and one of who says them.
"""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass
from urllib.parse import quote as escaped
from urllib.parse import unquote

from qa.quotes import Quote, require_current
from qa.receipts.receipt import text_sha256

_WORDS_DIGITS = 20
_SPEAKER_DIGITS = 8
SHORT = re.compile(
    rf"verbatim:(?P<document>[^\s:]{{1,900}}):(?P<start>\d{{1,9}})-(?P<end>\d{{1,9}})"
    rf":(?P<words>[0-9a-f]{{{_WORDS_DIGITS}}}):(?P<speaker>[0-9a-f]{{{_SPEAKER_DIGITS}}})"
    r"(?![0-9a-f])"
)


@dataclass(frozen=True, slots=True)
class ShortReceipt:
    """Where words stand, and enough of two hashes to know them again.

    Attributes:
        document: its id.
        start: first code point of the words in the stored text.
        end: end, exclusive.
        words: first digits of the SHA-256 of the words.
        speaker: first digits of the SHA-256 of layer and speaker.
    """

    document: str
    start: int
    end: int
    words: str
    speaker: str

    def __str__(self) -> str:
        document = escaped(self.document, safe="")
        return f"verbatim:{document}:{self.start}-{self.end}:{self.words}:{self.speaker}"

    @classmethod
    def of_quote(cls, quote: Quote) -> ShortReceipt:
        """Return the receipt of a quote.

        Raises:
            SourceChangedError: the document's file has changed since it was read.
        """
        require_current(quote.transcript)
        return cls(
            quote.transcript.id,
            quote.start,
            quote.end,
            words_hash(quote.text),
            speaker_hash(quote.speaker, quote.layer.value),
        )

    @classmethod
    def read(cls, found: re.Match[str]) -> ShortReceipt:
        """Return the receipt that :data:`SHORT` has found."""
        return cls(
            unquote(found["document"]),
            int(found["start"]),
            int(found["end"]),
            found["words"],
            found["speaker"],
        )


def words_hash(text: str) -> str:
    """Return the digits by which words are known again."""
    return text_sha256(text)[:_WORDS_DIGITS]


def speaker_hash(speaker: str | None, layer: str) -> str:
    """Return the digits by which it is known who speaks, or that nobody does."""
    stated = f"{layer}\0{speaker}" if speaker is not None else layer
    return hashlib.sha256(stated.encode()).hexdigest()[:_SPEAKER_DIGITS]
