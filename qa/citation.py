"""The full archival reference that stands under every quote."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from corpus.record import Participant, Record
from corpus.transcript import Layer, Sentence, Transcript, Turn
from qa.quotes import Quote
from qa.standing import Stretch, stretch_of
from qa.times import clock

_NOBODYS = {
    Layer.HEADER: "header of the document",
    Layer.HEADING: "heading",
    Layer.NARRATION: "narration",
}

NOT_ESTABLISHED = "Speaker not established"


@dataclass(frozen=True, slots=True)
class Run:
    """Part of a reference; ``own``: the record's own text, which pages set apart."""

    text: str
    own: bool = False


@dataclass(frozen=True, slots=True)
class Place:
    """Where in a document a quote stands.

    Attributes:
        layer: of the document.
        turn: number of the speaker turn; 0 outside of turns.
        turns: how many the document has.
        sentences: numbers of the first and the last one within the turn, from 1; (0, 0) outside.
        stands: in which lines, paragraphs or rows of the file, from 1.
        note: number of the footnote quoted, or None.
        time: from which to which second it is said; None where the document has no times.
        page: of the original, or pages; None where the document has none.
    """

    layer: Layer
    turn: int
    turns: int
    sentences: tuple[int, int]
    stands: Stretch
    note: int | None
    time: tuple[float, float] | None = None
    page: str | None = None


def place_of(quote: Quote) -> Place:
    """Return where in the document the quote stands."""
    transcript = quote.transcript
    source = transcript.source
    sentences = (0, 0)
    if quote.turn and quote.layer is not Layer.HEADING:
        before = numbered(transcript, transcript.turns[quote.turn - 1])[0].number - 1
        sentences = (quote.numbers[0] - before, quote.numbers[1] - before)
    return Place(
        layer=quote.layer,
        turn=quote.turn,
        turns=len(transcript.turns),
        sentences=sentences,
        stands=stretch_of(transcript, quote.start, quote.end),
        note=next((n.number for n in transcript.notes if n.start <= quote.start < n.end), None),
        time=source.time(quote.start, quote.end) if source else None,
        page=source.page(quote.start, quote.end) if source else None,
    )


def numbered(transcript: Transcript, turn: Turn) -> tuple[Sentence, ...]:
    """Return the sentences of a turn in the order that references count them in, from 1."""
    return transcript.sentences_in(turn.label.end, turn.end)


def citation(quote: Quote, apart: Callable[[str], str] = str) -> str:
    """Return speaker, place, title, date, repository, signature, pages and translator.

    Args:
        quote: what is cited.
        apart: applied to every text that is the record's own, never to an empty one; what it
            returns is taken as it is.
    """
    return joined(reference(quote), apart)


def joined(runs: Iterable[Run], apart: Callable[[str], str] = str) -> str:
    """Return a reference as one text, what is the record's own set ``apart``."""
    return "".join(apart(run.text) if run.own else run.text for run in runs)


def reference(quote: Quote) -> tuple[Run, ...]:
    """Return the full reference; what the record does not give is left out, never guessed."""
    record = quote.transcript.record
    who, where = who_runs(quote), place_words(place_of(quote))
    parts = [
        (*who, Run(f", {where}")) if who else (Run(where.capitalize()),),
        (Run("“"), Run(record.title, own=True), Run("”")),
        (Run(record.date.words if record.date else ""),),
        (Run(record.place, own=True),),
        tuple(_kept(record)),
        (Run(record.collection, own=True),),
        (Run("translated by "), Run(record.translator, own=True)) if record.translator else (),
    ]
    given = [part for part in parts if any(run.text for run in part)]
    return (*_between(given, "; "), Run("."))


def _kept(record: Record) -> Iterator[Run]:
    kept = [record.repository, record.signature, pages(record)]
    return _between([(Run(text, own=True),) for text in kept if text], ", ")


def _between(parts: Iterable[tuple[Run, ...]], separator: str) -> Iterator[Run]:
    for number, part in enumerate(parts):
        if number:
            yield Run(separator)
        yield from part


def speaker_line(quote: Quote, apart: Callable[[str], str] = str) -> str:
    """Return the speaker's full name with office, or an empty string where nobody speaks.

    Args:
        quote: what is said.
        apart: applied to name and office, as in :func:`citation`.
    """
    return joined(who_runs(quote), apart)


def who_runs(quote: Quote) -> tuple[Run, ...]:
    """Return full name and office of who speaks; nothing where nobody does."""
    if quote.speaker is None:
        return (Run(NOT_ESTABLISHED),) if quote.layer is Layer.SPEECH else ()
    person = participant(quote.transcript.record, quote.speaker)
    if person is None:
        return (Run(quote.speaker, own=True),)
    name = Run(person.full_name or person.name, own=True)
    return (name, Run(" ("), Run(person.role, own=True), Run(")")) if person.role else (name,)


def participant(record: Record, name: str) -> Participant | None:
    """Return the participant with this short name, if the record lists one."""
    return next((who for who in record.participants if who.name == name), None)


def place_words(place: Place) -> str:
    """Return where in the document a quote stands, in words."""
    line = where_in_file(place)
    if place.layer in _NOBODYS:
        return f"{_NOBODYS[place.layer]}, {line}"
    if place.layer is Layer.NOTE:
        return f"note {place.note}, {line}" if place.note else f"notes, {line}"
    first, last = place.sentences
    which = f"sentence {first}" if first == last else f"sentences {first}–{last}"
    return f"turn {place.turn} of {place.turns}, {which}, {line}"


def where_in_file(place: Place) -> str:
    """Return time code or page of the original, in words, else its lines or paragraphs."""
    found = []
    if place.page is not None:
        found.append(f"{'pp.' if '–' in place.page else 'p.'} {place.page}")
    if place.time is not None:
        start, end = clock(place.time[0]), clock(place.time[1])
        found.append(f"at {start}" if start == end else f"at {start}–{end}")
    return ", ".join(found) or place.stands.words


def pages(record: Record) -> str:
    """Return the pages as printed in references: ``p. 3`` or ``pp. 1–19``."""
    if not record.pages:
        return ""
    several = any(mark in record.pages for mark in "-–,")
    return f"{'pp.' if several else 'p.'} {record.pages.replace('-', '–')}"
