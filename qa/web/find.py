"""``/find``: every place where words stand, in all documents, by document and by speaker."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Annotated

from fastapi import APIRouter, Query, Request
from fastapi.responses import HTMLResponse
from markupsafe import Markup

from qa.concordance import Match, Outside
from qa.errors import QuestionError
from qa.render.languages import catalogue
from qa.render.short import short_place
from qa.render.shown import shown, version
from qa.render.verbatim import on_one_line
from qa.render.words import PLACES, layer_name
from qa.web.inline import Inline, Mark
from qa.web.languages import language_of, remembering
from qa.web.page_words import speaking
from qa.web.pages import page
from qa.web.site import Site
from qa.web.turns import client_of
from qa.widening import Widened, find_widely

_LONGEST = 200
_ON_A_PAGE = 50


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
    ) -> HTMLResponse:
        language = language_of(request)
        with site.turns.turn(client_of(request)):
            body = find_page(site, words.strip()[:_LONGEST], number, language, request.query_params)
        return HTMLResponse(body, headers=remembering(request))

    return router


def find_page(
    site: Site, words: str, number: int, language: str, query: Mapping[str, str] | None = None
) -> str:
    """Return the page with the places of ``words``, so many of them as fit on one."""
    found = _found(site, words)
    say = catalogue(language)
    matches = found.found.matches if found else ()
    pages = max(-(-len(matches) // _ON_A_PAGE), 1)
    number = min(number, pages)
    first = (number - 1) * _ON_A_PAGE
    return page(
        "find.html",
        find=words,
        searched=found is not None,
        count=say.ngettext(*PLACES, len(matches)).format(count=len(matches)),
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


def _found(site: Site, words: str) -> Widened | None:
    current = [transcript for transcript in site.archive if transcript.is_current]
    try:
        return find_widely(current, words)
    except QuestionError:
        return None


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
