"""A receipt: everything about a quote that is needed to look for it again, in one value.

All offsets are code points of the stored text of the document, end exclusive. For an imported
document that is the text made from it; ``original`` names the file it was made from.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass

from corpus.transcript import Transcript
from qa.citation import participant, place_of
from qa.quotes import Quote, require_current
from qa.settings import program_version

CONTEXT = 64
"""Code points that a receipt holds of what stands before and behind the words."""


@dataclass(frozen=True, slots=True)
class Explanation:
    """A footnote that explains the words; ``text`` is the exact slice."""

    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True)
class Origin:
    """The file that an imported document was made from."""

    name: str
    sha256: str


@dataclass(frozen=True, slots=True)
class Receipt:
    """What was quoted, from where, under whose name.

    Attributes:
        document: its id.
        sha256: of the bytes of its stored text.
        encoding: in which these were read.
        start: first code point of the words in the stored text.
        end: end, exclusive.
        text: the exact slice.
        speaker: short name; None where nobody is established.
        speaker_full: full name; None where the record gives none.
        label: what the document prints to name the speaker; empty where nothing.
        layer: whose voice it is.
        turn: number of the speaker turn; 0 outside of speech.
        editorial: ranges of editor's brackets in the words.
        notes: footnotes that explain them.
        page: of the original; None where it has none.
        time: from which to which second; None where there are no times.
        original: the file the stored text was made from; None where it is the original.
        prefix: what stands before the words, up to :data:`CONTEXT` code points.
        suffix: what stands behind them.
        places: how often the document has exactly these words.
        archive: fingerprint of the archive that was quoted; None where it is not known.
        program: version of the program that wrote the receipt; None where it is not known.
        offered: true where the words were shown for the reader to judge and answered nothing,
            false where an answer stood behind them; None where it is not known.
    """

    document: str
    sha256: str
    encoding: str
    start: int
    end: int
    text: str
    speaker: str | None
    speaker_full: str | None
    label: str
    layer: str
    turn: int
    editorial: tuple[tuple[int, int], ...]
    notes: tuple[Explanation, ...]
    page: str | None
    time: tuple[float, float] | None
    original: Origin | None
    prefix: str
    suffix: str
    places: int
    archive: str | None
    program: str | None
    offered: bool | None

    @property
    def quote_sha256(self) -> str:
        """SHA-256 of the words in UTF-8."""
        return text_sha256(self.text)

    @property
    def has_context(self) -> bool:
        """Whether it says what stands around the words."""
        return bool(self.prefix or self.suffix)


def receipt_of(quote: Quote, archive: str | None, offered: bool | None = None) -> Receipt:
    """Return the receipt of a quote.

    Args:
        quote: what is quoted.
        archive: fingerprint of the archive it comes from.
        offered: whether it was shown for the reader to judge only; None outside of an answer.

    Raises:
        SourceChangedError: the document's file has changed since it was read.
    """
    transcript, record = quote.transcript, quote.transcript.record
    require_current(transcript)
    place, original = place_of(quote), record.original
    person = participant(record, quote.speaker) if quote.speaker else None
    text = transcript.text
    return Receipt(
        document=transcript.id,
        sha256=transcript.sha256,
        encoding=transcript.encoding,
        start=quote.start,
        end=quote.end,
        text=quote.text,
        speaker=quote.speaker,
        speaker_full=(person.full_name or None) if person else None,
        label=label_of(transcript, quote.turn),
        layer=quote.layer.value,
        turn=quote.turn,
        editorial=tuple((span.start, span.end) for span in quote.editorial),
        notes=tuple(Explanation(n.start, n.end, text[n.start : n.end]) for n in quote.notes),
        page=place.page,
        time=place.time,
        original=None if original is None else Origin(original.name, original.sha256),
        prefix=text[max(quote.start - CONTEXT, 0) : quote.start],
        suffix=text[quote.end : quote.end + CONTEXT],
        places=text.count(quote.text),
        archive=archive,
        program=program_version(),
        offered=offered,
    )


def label_of(transcript: Transcript, turn: int) -> str:
    """Return the label of a turn as printed; empty where the document prints none."""
    if not turn:
        return ""
    label = transcript.turns[turn - 1].label
    return transcript.text[label.start : label.end].strip()


def text_sha256(text: str) -> str:
    """Return the SHA-256 of a text in UTF-8, hexadecimal."""
    return hashlib.sha256(text.encode()).hexdigest()
