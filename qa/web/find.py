"""``/find``: every place where words stand, in all documents, by document and by speaker."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass
from itertools import groupby
from typing import Annotated
from urllib.parse import urlencode

from fastapi import APIRouter, Query, Request
from fastapi.responses import HTMLResponse
from markupsafe import Markup

from corpus.archive import Archive
from qa.concordance import Match, Outside
from qa.errors import QuestionError
from qa.render.languages import catalogue
from qa.render.short import short_place
from qa.render.shown import shown, version
from qa.render.verbatim import on_one_line
from qa.render.words import LABELS, PLACES, layer_name, places_found
from qa.web.choices import (
    Choices,
    collection_choices,
    collections_of,
    since_choices,
    until_choices,
    within_chosen,
)
from qa.web.inline import Inline, Mark
from qa.web.languages import language_of, remembering
from qa.web.page_words import speaking
from qa.web.pages import page
from qa.web.site import Site
from qa.web.turns import client_of
from qa.widening import Widened, find_widely

_LONGEST = 200
_Chosen = Annotated[str, Query(max_length=300)]
_ON_A_PAGE = 50


@dataclass(frozen=True, slots=True)
class Wanted:
    """What somebody looks for, and where; empty where it does not matter."""

    words: str
    collection: str = ""
    since: str = ""
    until: str = ""

    def offered(self, archive: Archive) -> Wanted:
        """Return this without what the archive does not, or no longer, offer."""
        years = {value for _, value in since_choices(archive, "en")}
        return Wanted(
            self.words,
            self.collection if self.collection in collections_of(archive) else "",
            self.since if self.since in years else "",
            self.until if self.until in years else "",
        )

    @property
    def query(self) -> dict[str, str]:
        """What stands for it in an address."""
        return {name: value for name, value in asdict(self).items() if value}


@dataclass(frozen=True, slots=True)
class Filter:
    """A list to choose from: its name in the address, its caption, and what is chosen."""

    name: str
    caption: str
    value: str
    choices: Callable[[Archive, str], Choices]


@dataclass(frozen=True, slots=True)
class Line:
    """The sentences around words, where they stand, and the address of the place."""

    html: Markup
    place: str
    address: str


@dataclass(frozen=True, slots=True)
class Voice:
    """Who says some of the lines; empty where nobody speaks, then ``own`` says what it is."""

    name: str
    own: str
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class Group:
    """A document and the lines of it; ``count`` is of all places, those on other pages too."""

    document: str
    title: str
    language: str
    count: str
    voices: tuple[Voice, ...]


@dataclass(frozen=True, slots=True)
class Beside:
    """A line that is no part of a document."""

    title: str
    text: str
    language: str


def find_routes(site: Site) -> APIRouter:
    """Return the page that finds words."""
    router = APIRouter()

    @router.get("/find", response_class=HTMLResponse)
    def places(
        request: Request,
        words: Annotated[str, Query(max_length=2 * _LONGEST)] = "",
        number: Annotated[int, Query(alias="page", ge=1, le=100_000)] = 1,
        collection: _Chosen = "",
        since: _Chosen = "",
        until: _Chosen = "",
    ) -> HTMLResponse:
        language = language_of(request)
        wanted = Wanted(words.strip()[:_LONGEST], collection, since, until)
        with site.turns.turn(client_of(request)):
            body = find_page(site, wanted, number, language, request.query_params)
        return HTMLResponse(body, headers=remembering(request))

    return router


def find_page(
    site: Site, wanted: Wanted, number: int, language: str, query: Mapping[str, str] | None = None
) -> str:
    """Return the page with the places of words, so many of them as fit on one."""
    offered = wanted.offered(site.archive)
    found = _found(site, offered)
    say = catalogue(language)
    matches = found.found.matches if found else ()
    pages = max(-(-len(matches) // _ON_A_PAGE), 1)
    number = min(number, pages)
    first = (number - 1) * _ON_A_PAGE
    labels = found.found.labels if found else 0
    count = say.ngettext(*PLACES, len(matches)).format(count=len(matches))
    if found and labels and not matches:
        # Whoever speaks is named by labels alone, perhaps: that is not "0 places" and no more.
        count = places_found(found.found, language=language)
    return page(
        "find.html",
        find=offered.words,
        filters=[
            (one, one.choices(site.archive, language))
            for one in _filters(site.archive, offered, language)
        ],
        more=f"?{urlencode(offered.query)}&page=",
        searched=found is not None,
        count=count,
        labels=say.ngettext(*LABELS, labels).format(count=labels) if labels and matches else "",
        is_only_label=bool(labels) and not matches,
        besides=found.besides if found else (),
        apart=found.apart if found else (),
        groups=_groups(matches, first, language),
        outside=_beside(found.found.outside) if found else (),
        number=number,
        pages=pages,
        first=first + 1,
        last=min(first + _ON_A_PAGE, len(matches)),
        **speaking(language, query),
    )


def _found(site: Site, wanted: Wanted) -> Widened | None:
    within = within_chosen(wanted.collection, wanted.since, wanted.until)
    current = [one for one in site.archive if one.is_current and within.admits(one)]
    try:
        return find_widely(current, wanted.words)
    except QuestionError:
        return None


def _filters(archive: Archive, wanted: Wanted, language: str) -> tuple[Filter, ...]:
    """Return what there is a choice of."""
    every = (
        Filter("collection", "Collection", wanted.collection, collection_choices),
        Filter("since", "From", wanted.since, since_choices),
        Filter("until", "Until", wanted.until, until_choices),
    )
    return tuple(one for one in every if len(one.choices(archive, language)) > 1)


def _groups(matches: Sequence[Match], first: int, language: str) -> tuple[Group, ...]:
    """Return the groups of one page, whose first place is number ``first``."""
    counts = Counter(map(_document, matches))
    on_page = matches[first : first + _ON_A_PAGE]
    return tuple(
        _group(list(some), counts[document], language)
        for document, some in groupby(on_page, key=_document)
    )


def _document(match: Match) -> str:
    return match.quote.transcript.id


def _group(matches: list[Match], count: int, language: str) -> Group:
    transcript = matches[0].quote.transcript
    say = catalogue(language)
    lines: dict[tuple[str, str], list[Line]] = {}
    for match in matches:
        view = shown(match.quote)
        own = "" if view.speaker else say.gettext(layer_name(view.layer))
        lines.setdefault((view.speaker or "", own), []).append(_line(match, language))
    voices = tuple(Voice(name, own, tuple(some)) for (name, own), some in lines.items())
    title = on_one_line(transcript.record.title)
    places = say.ngettext(*PLACES, count).format(count=count)
    return Group(transcript.id, title, transcript.record.language, places, voices)


def _line(match: Match, language: str) -> Line:
    quote = match.quote
    mark = Mark(match.start, match.end, "", "va-found")
    place = short_place(shown(quote).place, catalogue(language).gettext)
    at = f"at={quote.start}-{quote.end}&v={version(quote.transcript)}#hit-1"
    html = Inline(quote.transcript, (mark,)).html(quote.start, quote.end)
    return Line(html, place, at)


def _beside(outside: Sequence[Outside]) -> tuple[Beside, ...]:
    return tuple(
        Beside(
            on_one_line(place.transcript.record.title),
            on_one_line(place.text),
            place.transcript.record.language,
        )
        for place in outside[:_ON_A_PAGE]
    )
