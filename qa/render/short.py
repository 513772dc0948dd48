"""The one line under a quote: who, when, whether translated, where; in a page's language."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from corpus.transcript import Layer
from qa.citation import Place
from qa.render.dates import date_words, language_name
from qa.render.languages import catalogue
from qa.render.shown import Shown
from qa.render.words import layer_name
from qa.standing import Counted
from qa.times import clock

TRANSLATION = "{language} translation"
TURN_SENTENCE = "turn {turn}, sentence {number}"
PAGE = "p. {page}"
TURN_SENTENCES = "turn {turn}, sentences {first}–{last}"
NOTE = "note {number}"
PARAGRAPH = "paragraph {number}"
PARAGRAPHS = "paragraphs {first}–{last}"
LINE = "line {number}"
LINES = "lines {first}–{last}"
QUOTE_NAME = "Quote {number}: {name}, {place}"
PASSAGE_NAME = "Passage {number}: {name}, {place}"


@dataclass(frozen=True, slots=True)
class Said:
    """One thing of the line.

    Attributes:
        what: ``who``, ``role``, ``date``, ``title``, ``translation`` or ``place``.
        text: in words.
        lang: the language these are in.
        own: the record's own text, which pages set apart.
    """

    what: str
    text: str
    lang: str
    own: bool = False


def short_reference(view: Shown, language: str = "en") -> tuple[Said, ...]:
    """Return the line under a quote, its parts in the order in which they stand."""
    words = catalogue(language).gettext
    parts = [_who(view, language, words)]
    if view.role:
        is_given = language in view.roles
        role = view.roles.get(language, view.role)
        parts.append(Said("role", role, language if is_given else view.language, own=True))
    if view.date:
        parts.append(Said("date", *date_words(view.date, language, words)))
    else:
        parts.append(Said("title", view.title, view.language, own=True))
    if view.is_translation:
        translated = words(TRANSLATION).format(language=language_name(view.language, language))
        parts.append(Said("translation", translated, language))
    parts.append(Said("place", short_place(view.place, words), language))
    return tuple(parts)


def _who(view: Shown, language: str, words: Callable[[str], str]) -> Said:
    if view.speaker:
        return Said("who", view.speaker, view.language, own=True)
    return Said("who", words(layer_name(view.layer)), language)


def short_place(place: Place, words: Callable[[str], str] = str) -> str:
    """Return where a quote stands, as short as it can be looked up by; page and time with it."""
    found = [_in_document(place, words)]
    if place.page is not None:
        found.append(words(PAGE).format(page=place.page))
    if place.time is not None:
        found.append(clock(place.time[0]))
    return ", ".join(found)


def _in_document(place: Place, words: Callable[[str], str]) -> str:
    if place.layer is Layer.NOTE and place.note:
        return words(NOTE).format(number=place.note)
    first, last = place.sentences
    if place.turn and first:
        one = words(TURN_SENTENCE).format(turn=place.turn, number=first)
        several = words(TURN_SENTENCES).format(turn=place.turn, first=first, last=last)
        return one if first == last else several
    counted, first, last = place.stands
    one, several = (PARAGRAPH, PARAGRAPHS) if counted is Counted.PARAGRAPH else (LINE, LINES)
    if first == last:
        return words(one).format(number=first)
    return words(several).format(first=first, last=last)


def card_name(
    view: Shown,
    number: int,
    language: str = "en",
    *,
    nearest: bool = False,
    apart: Callable[[str], str] = str,
) -> str:
    """Return the heading of a card, by which it can be told from the others.

    Args:
        view: what is shown of the quote.
        number: of the card in its answer.
        language: ISO 639-1 code of the page.
        nearest: the passage is no answer.
        apart: applied to the speaker's name.
    """
    words = catalogue(language).gettext
    name = apart(view.speaker) if view.speaker else words(layer_name(view.layer))
    form = PASSAGE_NAME if nearest else QUOTE_NAME
    return words(form).format(number=number, name=name, place=short_place(view.place, words))
