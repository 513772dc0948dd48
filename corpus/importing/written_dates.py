"""Dates as people write them, in many languages: read where they can mean one day only."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from corpus.dates import read_date

_LANGUAGES = (
    "en de fr ru es it pt nl pl cs sk uk sv da nb fi et lv lt hu ro bg hr sl tr el he ar ko id vi"
).split()
_CJK = re.compile(r"(\d{4})\s*[年년]\s*(?:(\d{1,2})\s*[月월]\s*(?:(\d{1,2})\s*[日일号號]?)?)?")
_YEAR_FIRST = re.compile(r"(\d{4})([-/.])(\d{1,2})(?:\2(\d{1,2}))?")
_YEAR_LAST = re.compile(r"(\d{1,2})(\s?[-/.]\s?)(\d{1,2})\2(\d{4})")
_CLOCK = re.compile(
    r"\b\d{1,2}[:.h]\d\d(?:[:.]\d\d)?\s*(?:[ap]\.?m\.?\b|uhr\b|h\b)?|\b\d{1,2}\s*(?:[ap]\.?m\.?|uhr)\b"
    r"|\b(?:utc|gmt|[ce]est|[ecmp]s?t)\b",
    re.I,
)
_TOKEN = re.compile(r"(\d+)(?:\s?(?:st|nd|rd|th|er|ère|ª|º|°)\b)?|([^\W\d_]+)\.?|(\S)")
_SMALL = frozenset(
    """
    the of on in at le la el del de den der dem am vom an o em os à г год года году р року roku rok
    year anno and an year's día dia dne den
    """.split()
)
"""Words beside a date that say nothing of it."""
_ABOUT = frozenset("c ca circa about um etwa vers environ около ок hacia cerca".split())
_CENTURY = re.compile(r"\d{4}\Z")


@dataclass(frozen=True, slots=True)
class Written:
    """A date as somebody wrote it.

    Attributes:
        edtf: as the record holds it; empty where it may mean two days.
        timed: whether a time of day stands beside it.
    """

    edtf: str
    timed: bool = False


def read_written_date(text: str) -> Written | None:
    """Return the date that a text is, from its first sign to its last.

    Returns:
        None where it is no date, or more than that.
    """
    words = " ".join(text.strip(" .,;()[]").casefold().split())
    if not any(char.isdigit() for char in words):
        return None
    edtf = _numbered(words)
    if edtf is not None:
        return Written(edtf)
    bare = " ".join(_CLOCK.sub(" ", words).split()).strip(" ,.;")
    edtf = _numbered(bare)
    edtf = _named(bare) if edtf is None else edtf
    return None if edtf is None else Written(edtf, bare != words)


def _numbered(text: str) -> str | None:
    if found := _CJK.fullmatch(text):
        return _valid(found[1], found[2], found[3])
    if found := _YEAR_FIRST.fullmatch(text):
        return _valid(found[1], found[3], found[4])
    if found := _YEAR_LAST.fullmatch(text):
        first, second, year = int(found[1]), int(found[3]), found[4]
        if "." in found[2] or first == second or first > 12:  # noqa: PLR2004
            return _valid(year, found[3], found[1])
        if second > 12:  # noqa: PLR2004
            return _valid(year, found[1], found[3])
        # 3/4 is one day in Boston and another one in London.
        return ""
    return _valid(text, None, None) if _CENTURY.match(text) else None


def _named(text: str) -> str | None:
    """Read ``12 March 1974``, ``March 12, 1974``, ``March 1974``, in whatever language."""
    months, days = _names()
    numbers: list[str] = []
    month = 0
    order = ""
    about = False
    for number, word, sign in _tokens(text):
        if number:
            numbers.append(number)
            order += "y" if _CENTURY.match(number) else "d"
        elif word in months and not month:
            month, order = months[word], order + "m"
        elif word in _ABOUT and not order:
            about = True
        elif (word and word not in _SMALL | days) or (sign and sign not in ",.-–'’"):
            return None
    if order not in ("dmy", "mdy", "my", "ymd", "ydm", "ym", "y"):
        return None
    year = numbers[order.replace("m", "").index("y")]
    day = numbers[order.replace("m", "").index("d")] if "d" in order else None
    return _valid(year, f"{month}" if month else None, day, "~" if about else "")


def _tokens(text: str) -> Iterator[tuple[str, str, str]]:
    for match in _TOKEN.finditer(text):
        yield match[1] or "", match[2] or "", match[3] or ""


def _valid(year: str, month: str | None, day: str | None, mark: str = "") -> str | None:
    text = year + "".join(f"-{int(part):02}" for part in (month, day) if part) + mark
    try:
        return read_date(text).text
    except ValueError:
        return None


@cache
def _names() -> tuple[dict[str, int], frozenset[str]]:
    """Return the numbers of months by their names, and the names of days."""
    from babel import Locale

    found: dict[str, set[int]] = {}
    days: set[str] = set()
    for language in _LANGUAGES:
        locale = Locale(language)
        for use in ("format", "stand-alone"):
            for width in ("wide", "abbreviated"):
                for number, name in locale.months[use][width].items():
                    found.setdefault(str(name).casefold().strip(". "), set()).add(number)
                for name in locale.days[use][width].values():
                    days.update(re.findall(r"[^\W\d_]+", str(name).casefold()))
    for name, number in (("sept", 9), ("jänner", 1), ("mrz", 3)):
        found.setdefault(name, set()).add(number)
    # "Listopad" is October in Zagreb and November in Prague.
    months = {n: min(m) for n, m in found.items() if len(m) == 1 and n.isalpha()}
    return months, frozenset(days - found.keys())
