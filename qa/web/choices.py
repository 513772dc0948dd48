"""What pages offer to restrict a question to: a speaker, a document, a collection, a time.

A page offers only what there is a choice of: a collection where documents differ in it, years
where they differ in those.
"""

from __future__ import annotations

from collections.abc import Callable

from corpus.archive import Archive
from qa.render.dates import BETWEEN, date_words
from qa.render.languages import catalogue
from qa.render.verbatim import on_one_line
from qa.within import Within

FROM_ON = "from {date} on"
UNTIL = "until {date}"
CHOICES = (
    "Everyone",
    "All documents",
    "All collections",
    "from the beginning",
    "to the end",
    "Restrict",
    "Speaker",
    "Document",
    "Collection",
    "From",
    "Until",
    FROM_ON,
    UNTIL,
    BETWEEN,
)
_MOST_PERIODS = 6
_DECADE = 10

Choices = list[tuple[str, str]]
"""What is shown, and its value; the first chooses nothing."""


def speaker_choices(archive: Archive, language: str) -> Choices:
    """Return everyone who speaks in the archive."""
    names = {turn.speaker for transcript in archive for turn in transcript.turns if turn.speaker}
    everyone = catalogue(language).gettext("Everyone")
    return [(everyone, ""), *((name, name) for name in sorted(names))]


def document_choices(archive: Archive, language: str) -> Choices:
    """Return the archive's documents."""
    titled = [(on_one_line(transcript.record.title), transcript.id) for transcript in archive]
    return [(catalogue(language).gettext("All documents"), ""), *titled]


def collections_of(archive: Archive) -> tuple[str, ...]:
    """Return the collections to choose from; none where all documents are of the same."""
    found = {transcript.record.collection for transcript in archive}
    return tuple(sorted(found - {""})) if len(found) > 1 else ()


def collection_choices(archive: Archive, language: str) -> Choices:
    """Return the collections to choose from."""
    names = [(on_one_line(name), name) for name in collections_of(archive)]
    return [(catalogue(language).gettext("All collections"), ""), *names]


def years_of(archive: Archive) -> tuple[int, ...]:
    """Return the years in which documents begin or end; none where there is but one."""
    dates = [transcript.record.date for transcript in archive]
    days = [day for date in dates if date for day in (date.first, date.last) if day]
    years = sorted({year for year, _, _ in days if 0 < year < 10**4})
    return tuple(years) if len(years) > 1 else ()


def since_choices(archive: Archive, language: str) -> Choices:
    """Return the years from which on to look."""
    say = catalogue(language).gettext
    years = [(say(FROM_ON).format(date=year), f"{year:04}") for year in years_of(archive)]
    return [(say("from the beginning"), ""), *years]


def until_choices(archive: Archive, language: str) -> Choices:
    """Return the years until which to look."""
    say = catalogue(language).gettext
    years = [(say(UNTIL).format(date=year), f"{year:04}") for year in years_of(archive)]
    return [(say("to the end"), ""), *years]


def offered_filters(archive: Archive) -> tuple[str, ...]:
    """Return the names of what there is a choice of; of speakers there always is."""
    several = ("document",) if len(archive) > 1 else ()
    collection = ("collection",) if collections_of(archive) else ()
    return ("speaker", *several, *collection, *(("since", "until") if years_of(archive) else ()))


def periods_of(archive: Archive) -> tuple[tuple[int, int], ...]:
    """Return the first and last years of a few periods, each with documents, to touch one of.

    They are years where these are few, else decades, else as many decades together as it takes.
    """
    years = years_of(archive)
    if len(years) <= _MOST_PERIODS:
        return tuple((year, year) for year in years)
    span = _DECADE
    while len({year // span for year in years}) > _MOST_PERIODS:
        span += _DECADE
    return tuple(
        (start * span, start * span + span - 1) for start in sorted({y // span for y in years})
    )


def within_chosen(collection: str | None, since: str | None, until: str | None) -> Within:
    """Return what somebody chose; the years in whichever order.

    Raises:
        UsageError: a year is none.
    """
    if since and until and since > until:
        since, until = until, since
    return Within.read(collection, since, until)


def within_words(
    within: Within, language: str, apart: Callable[[str], str] = str
) -> tuple[str, ...]:
    """Return collection and time in words; ``apart`` is applied to the record's own."""
    say = catalogue(language).gettext
    collection = (apart(on_one_line(within.collection)),) if within.collection else ()
    first, last = (
        date_words(date, language, say)[0] if date else "" for date in (within.since, within.until)
    )
    if first and last:
        return *collection, first if first == last else say(BETWEEN).format(first=first, last=last)
    if first:
        return *collection, say(FROM_ON).format(date=first)
    return (*collection, say(UNTIL).format(date=last)) if last else collection
