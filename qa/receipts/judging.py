"""The verdict on a receipt: are the words still there, and is it still this person who says them?

Words that stand unchanged under another name are not intact, and neither are words that were
speech and are not any more, or that now are part of a longer sentence.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator

from qa.receipts.diff import difference, is_layout_only
from qa.receipts.locating import How, Place, count, known_again, locate
from qa.receipts.receipt import Receipt
from qa.receipts.shelf import Shelf
from qa.receipts.source import Source
from qa.receipts.standing import attribution, standing, surrounding
from qa.receipts.verdict import Differs, Noted, Quoted, Verdict, Verified


def judge(receipt: Receipt, shelf: Shelf, where: str = "") -> Verified:
    """Say what has become of a quote.

    Args:
        receipt: of the quote.
        shelf: where to look.
        where: the receipt was found.

    Raises:
        CorpusError: a document cannot be read at all.
    """
    quoted = Quoted(receipt.document, receipt.start, receipt.end, receipt.text, receipt.speaker)
    source = shelf.get(receipt.document, receipt.sha256)
    place = None if source is None else locate(receipt, source.text)
    if source is not None and place is not None:
        return _verified(receipt, source, place, where)
    for other in shelf.others(receipt):
        moved = _renamed(receipt, other) or known_again(receipt, other.text)
        if moved is not None:
            return _verified(receipt, other, moved, where, Noted.DOCUMENT)
    noted = tuple(_noted_of_gone(receipt, source, shelf))
    fault = source.fault if source is not None else ""
    return Verified(where, quoted, Verdict.GONE, noted=noted, fault=fault)


def _renamed(receipt: Receipt, source: Source) -> Place | None:
    """Return the same place of the same text under another name."""
    if source.sha256 != receipt.sha256:
        return None
    place = locate(receipt, source.text)
    return place if place is not None and place.how is How.AS_IT_WAS else None


def _noted_of_gone(receipt: Receipt, source: Source | None, shelf: Shelf) -> Iterator[Noted]:
    if source is None:
        yield Noted.NO_DOCUMENT
    elif source.fault:
        yield Noted.UNREADABLE
    here = source is not None and count(receipt, source.text) > 0
    if here or next(shelf.others(receipt), None) is not None:
        yield Noted.ELSEWHERE


def _verified(
    receipt: Receipt, source: Source, place: Place, where: str, *noted: Noted
) -> Verified:
    quoted = Quoted(receipt.document, receipt.start, receipt.end, receipt.text, receipt.speaker)
    if place.how is How.OTHER_WORDS:
        place = surrounding(source, place)
    now = standing(source, place)
    differs: list[Differs] = []
    if place.how is How.OTHER_WORDS:
        layout = is_layout_only(receipt.text, now.text)
        differs.append(Differs.LAYOUT if layout else Differs.WORDS)
    found = attribution(receipt, source, place)
    differs += found.differs
    moved = place.how is not How.AS_IT_WAS or Noted.DOCUMENT in noted
    verdict = Verdict.CHANGED if differs else Verdict.MOVED if moved else Verdict.INTACT
    return Verified(
        where=where,
        quoted=quoted,
        verdict=verdict,
        differs=tuple(differs),
        now=now,
        difference=difference(receipt.text, now.text) if now.text != receipt.text else (),
        noted=tuple(dict.fromkeys((*noted, *_noted(receipt, source, place), *found.noted))),
        fault=source.fault,
    )


def _noted(receipt: Receipt, source: Source, place: Place) -> Iterator[Noted]:
    if source.sha256 != receipt.sha256 and not _only_here(receipt, source, place):
        yield Noted.SOURCE
    if source.fault:
        yield Noted.UNREADABLE
    if place.how is How.ALONE and receipt.has_context:
        yield Noted.SURROUNDINGS
    if _notes_differ(receipt, source, place):
        yield Noted.NOTES


def _only_here(receipt: Receipt, source: Source, place: Place) -> bool:
    """Whether the document is the one quoted, but for what stands at this place now.

    With the words of the receipt put back there, its bytes have the hash that the receipt states.
    """
    text = source.text
    places = {(place.start, place.end)}
    if receipt.suffix:
        # The place that was found may hold more or less than was changed.
        places.add((receipt.start, text.find(receipt.suffix, receipt.start)))
    for start, end in places:
        before = f"{text[:start]}{receipt.text}{text[end:]}"
        try:
            written = [f"{mark}{before}".encode(receipt.encoding) for mark in ("", "\ufeff")]
        except (LookupError, ValueError):
            return False  # the receipt names no encoding, or one that lacks these signs
        if start <= end and receipt.sha256 in (hashlib.sha256(d).hexdigest() for d in written):
            return True
    return False


def _notes_differ(receipt: Receipt, source: Source, place: Place) -> bool:
    """Whether the footnotes that explain the words say something else now."""
    if not source.described or source.transcript is None or place.how is How.OTHER_WORDS:
        return False
    notes = source.transcript.notes_for(place.start, place.end)
    now = [source.text[note.start : note.end] for note in notes]
    return now != [note.text for note in receipt.notes]
