"""Receipts as JSON: this program's own form, and the W3C's Web Annotation.

https://www.w3.org/TR/annotation-model/: a TextPositionSelector counts code points, and so do
receipts; a TextQuoteSelector carries the words with what stands before and behind them.
"""

from __future__ import annotations

import base64
from typing import Annotated, Any, NotRequired

from pydantic import Field
from typing_extensions import TypedDict

from qa.receipts.receipt import Receipt

FORMAT = 1
"""Version of a receipt's form; a reader refuses those it does not know."""
UNIT = "code points of the stored text, end exclusive"
CONTEXT_ADDRESS = "http://www.w3.org/ns/anno.jsonld"
OWN_KEY = "verbatim"
_OWN_CONTEXT = {OWN_KEY: {"@id": "urn:verbatim-archive:receipt", "@type": "@json"}}
_FURTHEST = 10**9

Offset = Annotated[int, Field(ge=0, le=_FURTHEST)]
Range = Annotated[list[Offset], Field(min_length=2, max_length=2)]
Hash = Annotated[str, Field(pattern="^[0-9a-f]{64}$")]


class ExplanationObject(TypedDict):
    """A footnote that explains the words."""

    start: Offset
    end: Offset
    text: str


class SecondsObject(TypedDict):
    """From which to which second words are said."""

    start: float
    end: float


class OriginObject(TypedDict):
    """The file that an imported document was made from."""

    name: str
    sha256: str


class ReceiptObject(TypedDict):
    """A receipt of a quote; see docs/receipts.md. Older ones have no ``offered``."""

    receipt: int
    document: str
    sha256: Hash
    encoding: str
    offsets: str
    start: Offset
    end: Offset
    text: str
    quote_sha256: Hash
    speaker: str | None
    speaker_full: str | None
    label: str
    layer: str
    turn: Offset
    editorial: list[Range]
    notes: list[ExplanationObject]
    page: str | None
    time: SecondsObject | None
    original: OriginObject | None
    prefix: str
    suffix: str
    places: Offset
    archive: str | None
    program: str | None
    offered: NotRequired[bool | None]


def receipt_object(receipt: Receipt) -> ReceiptObject:
    """Return a receipt as JSON."""
    time, original = receipt.time, receipt.original
    return ReceiptObject(
        receipt=FORMAT,
        document=receipt.document,
        sha256=receipt.sha256,
        encoding=receipt.encoding,
        offsets=UNIT,
        start=receipt.start,
        end=receipt.end,
        text=receipt.text,
        quote_sha256=receipt.quote_sha256,
        speaker=receipt.speaker,
        speaker_full=receipt.speaker_full,
        label=receipt.label,
        layer=receipt.layer,
        turn=receipt.turn,
        editorial=[[start, end] for start, end in receipt.editorial],
        notes=[ExplanationObject(start=n.start, end=n.end, text=n.text) for n in receipt.notes],
        page=receipt.page,
        time=None if time is None else SecondsObject(start=time[0], end=time[1]),
        original=None
        if original is None
        else OriginObject(name=original.name, sha256=original.sha256),
        prefix=receipt.prefix,
        suffix=receipt.suffix,
        places=receipt.places,
        archive=receipt.archive,
        program=receipt.program,
        offered=receipt.offered,
    )


def annotation_object(receipt: Receipt) -> dict[str, Any]:
    """Return a receipt as a Web Annotation.

    Its source is the stored text, named by its hash (RFC 6920); its selectors are those of the
    W3C. What the vocabulary has no words for is the value of one key, which is JSON for JSON-LD.
    """
    selected = {"start", "end", "text", "prefix", "suffix"}
    own = {key: value for key, value in receipt_object(receipt).items() if key not in selected}
    return {
        "@context": [CONTEXT_ADDRESS, _OWN_CONTEXT],
        "id": f"urn:verbatim-archive:quote:{receipt.sha256}:{receipt.start}-{receipt.end}",
        "type": "Annotation",
        "motivation": "identifying",
        "generator": {"type": "Software", "name": f"Verbatim Archive {receipt.program or ''}"},
        "target": {
            "source": {
                "id": _named_information(receipt.sha256),
                "type": "Text",
                "format": f"text/plain; charset={receipt.encoding}",
            },
            "selector": [
                {"type": "TextPositionSelector", "start": receipt.start, "end": receipt.end},
                {
                    "type": "TextQuoteSelector",
                    "exact": receipt.text,
                    "prefix": receipt.prefix,
                    "suffix": receipt.suffix,
                },
            ],
        },
        OWN_KEY: own,
    }


def annotation_page(receipts: tuple[Receipt, ...]) -> dict[str, Any]:
    """Return receipts as one AnnotationPage."""
    items = [annotation_object(receipt) for receipt in receipts]
    context = [CONTEXT_ADDRESS, _OWN_CONTEXT]
    return {"@context": context, "type": "AnnotationPage", "items": items}


def _named_information(sha256: str) -> str:
    """Return a hash as an address: https://www.rfc-editor.org/rfc/rfc6920#section-3."""
    digest = base64.urlsafe_b64encode(bytes.fromhex(sha256)).decode().rstrip("=")
    return f"ni:///sha-256;{digest}"
