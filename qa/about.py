"""What a document or an archive is, as its record says: data of the catalogue, never a quote."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from corpus.archive import Archive
from corpus.dates import Edtf, read_date
from corpus.record import Participant
from corpus.transcript import Transcript
from qa.citation import pages
from qa.render.dates import date_words

TAKES_PART = "takes part in"
CAPTIONS = {
    "title": "Title",
    "date": "Date",
    "place": "Place",
    "kind": "Kind of source",
    "participant": "Who speaks",
    "translator": "Translated by",
    "repository": "Kept by",
    "signature": "Reference",
    "collection": "Collection",
    "documents": "Documents",
    "speakers": "Speakers",
    "name": "Name",
    "role": "Office at the time",
    TAKES_PART: "Speaks in",
}
"""Field of the catalogue to what pages call it."""
_MOST_TITLES = 10
_MOST_PEOPLE = 30

Words = Callable[[str], str]


@dataclass(frozen=True, slots=True)
class Fact:
    """One statement of the catalogue; ``field`` is a key of :data:`CAPTIONS`.

    ``lang`` is the language that ``value`` is in.
    """

    field: str
    value: str
    lang: str = "en"


def about(transcript: Transcript, language: str = "en", words: Words = str) -> tuple[Fact, ...]:
    """Return what the record says of a document; what it does not give is left out.

    Args:
        transcript: the document.
        language: ISO 639-1 code of the page that shows it.
        words: our own words in that language.
    """
    record, tag = transcript.record, transcript.record.language
    date = Fact("date", *date_words(record.date, language, words)) if record.date else None
    kept = ", ".join(part for part in (record.signature, pages(record)) if part)
    facts = [
        Fact("title", record.title, tag),
        date,
        Fact("place", record.place, tag),
        Fact("kind", record.kind, tag),
        *(Fact("participant", *_named(who, tag, language)) for who in _people(transcript)),
        Fact("translator", record.translator, tag),
        Fact("repository", record.repository, tag),
        Fact("signature", kept, tag),
        Fact("collection", record.collection, tag),
    ]
    return tuple(fact for fact in facts if fact and fact.value)


def about_archive(archive: Archive, language: str = "en", words: Words = str) -> tuple[Fact, ...]:
    """Return what an archive holds: of one document what that is, of several how many and which."""
    counts = (
        Fact("documents", str(len(archive)), language),
        Fact("speakers", str(len(archive.speakers)), language),
    )
    if len(archive) == 1:
        return (*about(archive.transcripts[0], language, words), *counts)
    titles = (Fact("title", t.record.title, t.record.language) for t in archive)
    dates = dates_of(archive.transcripts, language, words)
    return (*counts, *dates, *list(titles)[:_MOST_TITLES])


def dates_of(
    transcripts: Sequence[Transcript], language: str = "en", words: Words = str
) -> tuple[Fact, ...]:
    """Return from which date to which some documents are; one date where they are the same."""
    found = sorted((t.record.date for t in transcripts if t.record.date), key=lambda d: d.order)
    ends = list(dict.fromkeys((found[0], found[-1]))) if found else []
    # Side by side they would look like two dates, of two documents.
    span = _span(*ends) if len(ends) > 1 else None
    ends = [span] if span is not None else ends
    return tuple(Fact("date", *date_words(date, language, words)) for date in ends)


def _span(first: Edtf, last: Edtf) -> Edtf | None:
    """Return the time from one date to another; None where one has no end."""
    try:
        return read_date(f"{first.text.partition('/')[0]}/{last.text.rpartition('/')[2]}")
    except ValueError:
        return None


def people_of(transcripts: Sequence[Transcript], language: str = "en") -> tuple[Fact, ...]:
    """Return everybody who speaks in some documents, once."""
    found = [
        Fact("participant", *_named(who, t.record.language, language))
        for t in transcripts
        for who in _people(t)
    ]
    return tuple(dict.fromkeys(found))[:_MOST_PEOPLE]


def about_person(
    is_meant: Callable[[Participant], bool],
    transcripts: Sequence[Transcript],
    language: str = "en",
) -> tuple[Fact, ...]:
    """Return what records say of somebody.

    Args:
        is_meant: tells whether a participant is the one asked for.
        transcripts: where to look.
        language: ISO 639-1 code of the page that shows it.
    """
    facts: list[Fact] = []
    for transcript in transcripts:
        record = transcript.record
        for who in record.participants:
            if is_meant(who):
                role, lang = _role(who, record.language, language)
                facts.append(Fact("name", who.full_name or who.name, record.language))
                facts += [Fact("role", role, lang)] if role else []
                facts.append(Fact(TAKES_PART, record.title, record.language))
    return tuple(dict.fromkeys(facts))[:_MOST_PEOPLE]


def _people(transcript: Transcript) -> tuple[Participant, ...]:
    """Return the record's participants, then speakers of the text that it does not list."""
    listed = transcript.record.participants
    known = {name for who in listed for name in who.names}
    heard = dict.fromkeys(turn.speaker for turn in transcript.turns if turn.speaker)
    return (*listed, *(Participant(name=name) for name in heard if name not in known))


def _named(who: Participant, tag: str, language: str) -> tuple[str, str]:
    role, lang = _role(who, tag, language)
    name = who.full_name or who.name
    return (f"{name}, {role}", lang) if role else (name, tag)


def _role(who: Participant, tag: str, language: str) -> tuple[str, str]:
    return (who.roles[language], language) if language in who.roles else (who.role, tag)
