"""One view of a quote: everything that any format shows of it. Formats only format it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from corpus.dates import Edtf
from corpus.record import Original
from corpus.transcript import Layer, Transcript
from qa.citation import Place, Run, participant, place_of, reference, who_runs
from qa.quotes import Quote, Voice
from qa.render.verbatim import on_one_line, require_verbatim
from qa.reported import reported_speech


@dataclass(frozen=True, slots=True)
class Part:
    """Words in one voice, each hard line break as a space; none where the source lost text."""

    voice: Voice
    text: str


@dataclass(frozen=True, slots=True)
class Explained:
    """A footnote that explains words of the quote; ``text`` is the exact slice."""

    number: int
    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True)
class Shown:
    """A quote as it is shown.

    Attributes:
        document: its id.
        sha256: of the document's bytes.
        version: of its text, as links name it.
        start: first code point.
        end: end, exclusive.
        text: the exact slice, hard line breaks included.
        parts: the same cut by voice, in order, line breaks as spaces.
        language: of the document, a BCP 47 tag.
        layer: whose voice it is.
        speaker: short name; None where nobody speaks, or who does is not established.
        speaker_full: full name; None where the record gives none.
        role: office, in the words of the record; None where it gives none.
        roles: office by interface language.
        reports: whose words the speaker passes on, as :func:`reported_speech` says.
        notes: footnotes that explain it.
        place: in the document.
        original: name and SHA-256 of the file the document was made from; None where it is that.
        title: of the document.
        date: of the document.
        kind: what the document is.
        is_translation: the record names a translator.
        who: full name and office, as references begin.
        reference: full archival reference.
    """

    document: str
    sha256: str
    version: str
    start: int
    end: int
    text: str
    parts: tuple[Part, ...]
    language: str
    layer: Layer
    speaker: str | None
    speaker_full: str | None
    role: str | None
    roles: Mapping[str, str]
    reports: str | bool
    notes: tuple[Explained, ...]
    place: Place
    original: Original | None
    title: str
    date: Edtf | None
    kind: str
    is_translation: bool
    who: tuple[Run, ...]
    reference: tuple[Run, ...]


def shown(quote: Quote) -> Shown:
    """Return what is shown of a quote.

    Raises:
        QuoteError: its pieces do not carry exactly the source's words.
        SourceChangedError: its file has changed since it was read.
    """
    transcript, record = quote.transcript, quote.transcript.record
    person = participant(record, quote.speaker) if quote.speaker else None
    parts = _parts(quote)
    require_verbatim(quote, "".join(part.text for part in parts))
    return Shown(
        document=transcript.id,
        sha256=transcript.sha256,
        version=version(transcript),
        start=quote.start,
        end=quote.end,
        text=quote.text,
        parts=parts,
        language=record.language,
        layer=quote.layer,
        speaker=quote.speaker,
        speaker_full=(person.full_name or None) if person else None,
        role=(person.role or None) if person else None,
        roles=person.roles if person else {},
        reports=reported_speech(quote),
        notes=tuple(
            Explained(n.number, n.start, n.end, transcript.text[n.start : n.end])
            for n in quote.notes
        ),
        place=place_of(quote),
        original=record.original,
        title=record.title,
        date=record.date,
        kind=record.kind,
        is_translation=bool(record.translator),
        who=who_runs(quote),
        reference=reference(quote),
    )


def version(transcript: Transcript) -> str:
    """Return the first digits of the text's hash: another text under the same id has others."""
    return transcript.sha256[:12]


def _parts(quote: Quote) -> tuple[Part, ...]:
    source = quote.transcript.text
    return tuple(
        Part(piece.voice, "")
        if piece.voice is Voice.BREAK
        else Part(piece.voice, on_one_line(source[piece.start : piece.end]))
        for piece in quote.pieces
    )
