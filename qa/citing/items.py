"""A record as CSL-JSON, the form that Zotero, Word plug-ins and citation processors read.

Variables are those of the Citation Style Language 1.0.2, https://docs.citationstyles.org. Only what
the record states is given: a name is split into family and given name where the record's short name
shows where, else it stays whole.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import TypedDict

from corpus.dates import Edtf
from corpus.record import Participant, Record
from corpus.transcript import Transcript
from qa.citation import place_of
from qa.quotes import Quote
from qa.times import clock

INTERVIEWER = re.compile(r"\binterview(?:er|ed by)\b|\binterviewer", re.IGNORECASE)
"""An office in the record that says that its holder asks the questions."""
_ADDRESS = re.compile(r"https?://[^\s<>\"]+[^\s<>\".,;:!?)\]]")
_POINT = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?([?~%]?)")
_MONTHS = 12


class CslName(TypedDict, total=False):
    """A person: family and given name, or the whole name as it is."""

    family: str
    given: str
    literal: str


CslDate = TypedDict(
    "CslDate", {"date-parts": list[list[int]], "circa": bool, "literal": str}, total=False
)
"""Year, month and day, of one day or of two; or words where these cannot say it."""

CslItem = TypedDict(
    "CslItem",
    {
        "id": str,
        "type": str,
        "title": str,
        "author": list[CslName],
        "interviewer": list[CslName],
        "contributor": list[CslName],
        "translator": list[CslName],
        "issued": CslDate,
        "publisher-place": str,
        "genre": str,
        "archive": str,
        "archive_location": str,
        "page": str,
        "collection-title": str,
        "source": str,
        "URL": str,
        "language": str,
        "license": str,
        "note": str,
    },
    total=False,
)
"""A document; what the record does not state is left out."""


@dataclass(frozen=True, slots=True)
class Locator:
    """Where in a document; ``label`` is CSL's: ``page`` or ``timestamp``."""

    label: str
    value: str


def csl_item(transcript: Transcript) -> CslItem:
    """Return a document as CSL-JSON.

    An interview, one of whose participants the record calls the interviewer, has its other
    participants as authors, as the styles expect; the speakers of other documents are contributors,
    and so are those of an interview of which the record does not say where it is kept.
    """
    record = transcript.record
    asking = [who for who in record.participants if INTERVIEWER.search(who.role)]
    others = [who for who in record.participants if who not in asking]
    # One that is kept nowhere would be cited as a private letter, and left out of bibliographies.
    is_kept = bool(record.repository or _ADDRESS.search(record.source))
    is_interview = bool(asking and others and is_kept)
    # Styles call a manuscript of no stated kind "unpublished manuscript", which nobody has said.
    other = "manuscript" if record.kind else "document"
    item = CslItem(id=transcript.id, type="interview" if is_interview else other)
    item["title"] = record.title
    if is_interview:
        item["author"], item["interviewer"] = _names(others), _names(asking)
    elif record.participants:
        item["contributor"] = _names(record.participants)
    if record.translator:
        item["translator"] = [CslName(literal=record.translator)]
    if record.date is not None:
        item["issued"] = csl_date(record.date)
    item["language"] = record.language
    return _with_keeping(item, record)


def _with_keeping(item: CslItem, record: Record) -> CslItem:
    """Add where the document is kept and published, as far as the record says so."""
    address = _ADDRESS.search(record.source)
    stated = {
        "publisher-place": record.place,
        "genre": record.kind,
        "archive": record.repository,
        "archive_location": record.signature,
        "page": record.pages,
        "collection-title": record.collection,
        "source": record.source,
        "URL": address[0] if address else "",
        "license": record.rights,
        "note": record.credits,
    }
    item.update({name: value for name, value in stated.items() if value})  # type: ignore[typeddict-item]
    return item


def csl_date(date: Edtf) -> CslDate:
    """Return a date, in words where CSL would have to say more than the record does."""
    sides = [_POINT.fullmatch(side) for side in date.text.split("/")]
    points = [side for side in sides if side is not None]
    months = [int(side[2] or 1) for side in points]
    marks = {side[4] for side in points}
    if len(points) != len(sides) or max(months) > _MONTHS or len(marks) > 1:
        return CslDate(literal=date.words)
    parts = [[int(part) for part in side.groups()[:3] if part] for side in points]
    stated = CslDate({"date-parts": parts})
    if marks != {""}:
        stated["circa"] = True
    return stated


def locator(quote: Quote) -> Locator | None:
    """Return where a quote stands: its page, else its time code; None where there is neither."""
    place = place_of(quote)
    if place.page is not None:
        return Locator("page", place.page)
    if place.time is not None:
        start, end = map(clock, place.time)
        return Locator("timestamp", start if start == end else f"{start}–{end}")
    return None


def _names(people: Iterable[Participant]) -> list[CslName]:
    return [_name(who) for who in people]


def _name(who: Participant) -> CslName:
    """Split a full name where the short one is its beginning or its end."""
    full, short = who.full_name or who.name, who.name
    before, after = full.removesuffix(f" {short}"), full.removeprefix(f"{short} ")
    given = before if before != full else after
    return CslName(literal=full) if given == full else CslName(family=short, given=given)
