"""The full archival reference that stands under every quote."""

from __future__ import annotations

import datetime
from collections.abc import Callable

from corpus.record import Participant, Record
from corpus.transcript import Layer
from qa.quotes import Quote

_MONTHS = (
    "January February March April May June July August September October November December"
).split()

_NOBODYS = {
    Layer.HEADER: "header of the document",
    Layer.HEADING: "heading",
    Layer.NARRATION: "narration",
}


def citation(quote: Quote, apart: Callable[[str], str] = str) -> str:
    """Return speaker, place, title, date, repository, signature, pages and translator.

    Parts that the catalogue record does not give are left out, never guessed.

    Args:
        quote: what is cited.
        apart: applied to every text that is the record's own, never to an empty one; what it
            returns is taken as it is.
    """
    record = quote.transcript.record
    who = speaker_line(quote, apart)
    kept = [apart(part) for part in (record.repository, record.signature) if part]
    parts = [
        f"{who}, {place(quote)}" if who else place(quote).capitalize(),
        f"“{apart(record.title)}”",
        record.date.words if record.date else "",
        apart(record.place) if record.place else "",
        ", ".join((*kept, *([apart(pages(record))] if record.pages else []))),
        apart(record.collection) if record.collection else "",
        f"translated by {apart(record.translator)}" if record.translator else "",
    ]
    return "; ".join(part for part in parts if part) + "."


def speaker_line(quote: Quote, apart: Callable[[str], str] = str) -> str:
    """Return the speaker's full name with office, or an empty string where nobody speaks.

    Args:
        quote: what is said.
        apart: applied to name and office, as in :func:`citation`.
    """
    if quote.speaker is None:
        return "Speaker not identified" if quote.layer is Layer.SPEECH else ""
    person = participant(quote.transcript.record, quote.speaker)
    if person is None:
        return apart(quote.speaker)
    name = apart(person.full_name or person.name)
    return f"{name} ({apart(person.role)})" if person.role else name


def participant(record: Record, name: str) -> Participant | None:
    """Return the participant with this short name, if the record lists one."""
    return next((who for who in record.participants if who.name == name), None)


def place(quote: Quote) -> str:
    """Return where in the document the quote stands, in words."""
    first, last = quote.sentences[0].number, quote.sentences[-1].number
    lines = (
        quote.transcript.line_at(quote.start),
        quote.transcript.line_at(quote.end - 1),
    )
    line = f"line {lines[0]}" if lines[0] == lines[1] else f"lines {lines[0]}–{lines[1]}"
    if quote.layer in _NOBODYS:
        return f"{_NOBODYS[quote.layer]}, {line}"
    if quote.layer is Layer.NOTE:
        number = next(
            (n.number for n in quote.transcript.notes if n.start <= quote.start < n.end), None
        )
        return f"note {number}, {line}" if number else f"notes, {line}"
    turn = quote.transcript.turns[quote.turn - 1]
    start = quote.transcript.sentences_in(turn.label.end, turn.end)[0].number
    which = (
        f"sentence {first - start + 1}"
        if first == last
        else f"sentences {first - start + 1}–{last - start + 1}"
    )
    return f"turn {quote.turn} of {len(quote.transcript.turns)}, {which}, {line}"


def pages(record: Record) -> str:
    """Return the pages as printed in references: ``p. 3`` or ``pp. 1–19``."""
    if not record.pages:
        return ""
    several = any(mark in record.pages for mark in "-–,")
    return f"{'pp.' if several else 'p.'} {record.pages.replace('-', '–')}"


def long_date(date: datetime.date) -> str:
    """Return a date as ``19 September 1983``."""
    return f"{date.day} {_MONTHS[date.month - 1]} {date.year}"
