"""Dates of the catalogue in the languages that pages speak."""

from __future__ import annotations

import datetime
import re
from collections.abc import Callable
from functools import cache

from corpus.dates import Edtf
from qa.render.languages import NAMES

ENGLISH = "en"
QUALIFIED = {"?": "probably {date}", "~": "about {date}", "%": "probably about {date}"}
BETWEEN = "{first} to {last}"
_POINT = re.compile(r"(\d{4})(?:-(0[1-9]|1[0-2])(?:-(\d\d))?)?")


def date_words(
    date: Edtf, language: str, translated: Callable[[str], str] = str
) -> tuple[str, str]:
    """Return a date as a page in ``language`` shows it, and the language that it is in.

    Years, months, days and intervals of them are written as is usual there; what has no usual
    form in every language (seasons, decades, open ends) stays in English.

    Args:
        date: of the catalogue.
        language: as asked for; English stands for one that no page speaks.
        translated: our own words in that language.
    """
    if language == ENGLISH or language not in NAMES:
        return date.words, ENGLISH
    sides = [_point(side, language, translated) for side in date.text.split("/")]
    if not all(sides):
        return date.words, ENGLISH
    if len(sides) == 1:
        return sides[0], language
    return translated(BETWEEN).format(first=sides[0], last=sides[1]), language


def _point(text: str, language: str, translated: Callable[[str], str]) -> str:
    """Return one date in words; an empty string where it has no usual form."""
    from babel.dates import format_date, format_skeleton

    mark = text[-1:] if text[-1:] in QUALIFIED else ""
    found = _POINT.fullmatch(text.removesuffix(mark))
    if found is None or int(found[1]) < datetime.MINYEAR:
        return ""
    day = datetime.date(int(found[1]), int(found[2] or 1), int(found[3] or 1))
    if found[3]:
        words = format_date(day, "long", locale=language)
    else:
        words = format_skeleton("yMMMM" if found[2] else "y", day, locale=language)
    return translated(QUALIFIED[mark]).format(date=words) if mark else words


def language_name(tag: str, language: str) -> str:
    """Return what a language is called in another; the tag itself where it has no name there.

    English stands for a language that no page speaks.
    """
    return _language_name(tag, language if language in NAMES else ENGLISH)


@cache
def _language_name(tag: str, language: str) -> str:
    from babel import Locale

    name = Locale.parse(language).languages.get(tag.partition("-")[0].casefold(), tag)
    return str(name)
