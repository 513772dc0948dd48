"""Putting down that somebody has read an entry against the document and stands by it."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from corpus.aid import MODEL_DRAFTED, Entry, Part
from qa.describe.aid_file import AidFile
from qa.errors import UsageError
from qa.quotes import Quote


@dataclass(frozen=True, slots=True)
class Review:
    """What a review touched.

    Attributes:
        reviewed: lines that bear the reviewer's name now and bore none before.
        before: lines chosen that somebody had reviewed already; they keep that name.
    """

    reviewed: int
    before: int


def reviewed(
    aid: AidFile, name: str, places: Collection[Quote] | None, lines: Collection[int]
) -> tuple[AidFile, Review]:
    """Return the aid with a reviewer's name on some of its lines.

    Args:
        aid: the finding aid.
        name: of the reviewer, a person.
        places: entries and gaps inside these are chosen; None for all there are.
        lines: numbers of further lines to choose.

    Raises:
        UsageError: nothing is chosen, or the reviewer has no name.
    """
    name = name.strip()
    if not name or name == MODEL_DRAFTED:
        raise UsageError("A review needs the name of a person; give it with --by.")
    missing = set(lines) - {number for number, _ in aid.lines}
    if missing:
        raise UsageError(f"{aid.path}: has no entry or gap in line {min(missing)}.")
    chosen = {
        number: part
        for number, part in aid.lines
        if number in lines or places is None or any(_lies_in(part, place) for place in places)
    }
    if not chosen:
        raise UsageError(
            f"{aid.path}: has no entry or gap there; see 'verbatim describe coverage'."
        )
    marked: dict[int, Part | None] = {
        number: _marked(part, name)
        for number, part in chosen.items()
        if part.provenance.reviewed_by is None
    }
    return aid.with_parts(marked), Review(len(marked), len(chosen) - len(marked))


def _lies_in(part: Part, place: Quote) -> bool:
    span = (part.start, part.end) if isinstance(part, Entry) else part.near
    return span is not None and place.start <= span[0] and span[1] <= place.end


def _marked(part: Part, name: str) -> Part:
    about = part.provenance.model_copy(update={"reviewed_by": name})
    return part.model_copy(update={"provenance": about})
