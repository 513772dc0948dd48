"""Dates as archives state them: EDTF levels 0 and 1, with no precision that was not stated.

Library of Congress, "Extended Date/Time Format (EDTF) Specification" (2019), now part of
ISO 8601-2:2019. A year alone is a date; so are ``1984-10``, ``1984?`` (uncertain), ``1984~``
(about), ``198X`` (some year of that decade), ``1984-21`` (spring; 22 summer, 23 autumn, 24 winter)
and intervals such as ``1983/1985`` or ``../1990``.
"""

from __future__ import annotations

import calendar
import datetime
import re
from dataclasses import dataclass, field

from corpus.faults import quoted

_MONTHS = (
    "January February March April May June July August September October November December"
).split()
_SEASONS = {21: "spring", 22: "summer", 23: "autumn", 24: "winter"}
_QUALIFIED = {"": "", "?": "probably ", "~": "about ", "%": "probably about "}
_OPEN, _UNKNOWN = "..", ""
_POINT = re.compile(
    r"(?P<year>-?[0-9][0-9X]{3}|Y-?[0-9]{5,9})"
    r"(?:-(?P<month>[0-9]{2}|XX))?(?:-(?P<day>[0-9]{2}|XX))?"
)
_TIME = re.compile(r"T[0-9]{2}:[0-9]{2}:[0-9]{2}(?:Z|[+-][0-9]{2}(?::[0-9]{2})?)?$")
_LAST_YEAR = 9999

Day = tuple[int, int, int]
"""Year, month, day: years before 1 and after 9999 have no :class:`datetime.date`."""

EXAMPLES = '"1984", "1984-10", "1984-10-05", "1984~" for about 1984, "198X" or "1983/1985"'


@dataclass(frozen=True, slots=True)
class Edtf:
    """A date of the catalogue.

    Attributes:
        text: as the record states it, in EDTF.
        first: the earliest day it may mean; None where the beginning is open or unknown.
        last: the latest day it may mean; None where the end is open or unknown.
        words: as a reference shows it, in English.
    """

    text: str
    first: Day | None = field(compare=False)
    last: Day | None = field(compare=False)
    words: str = field(compare=False)

    def __str__(self) -> str:
        return self.text

    @property
    def order(self) -> tuple[Day, Day, str]:
        """What dates are sorted by; an open beginning comes first, an open end last."""
        return self.first or (-(10**9), 1, 1), self.last or (10**9, 12, 31), self.text


def parse_edtf(text: str) -> Edtf:
    """Read a date.

    Raises:
        ValueError: it is no date of EDTF level 0 or 1, or an interval that ends before it begins.
    """
    text = text.strip()
    sides = text.split("/")
    if len(sides) == 1:
        point = _point(text)
        return Edtf(text, *point)
    if len(sides) != 2:  # noqa: PLR2004
        raise ValueError(f"“{text}” has more than one “/”")
    return _interval(text, *sides)


def read_date(value: object) -> Edtf:
    """Read a date as TOML may hold it: a date, a date with time, a year, or EDTF as text.

    Raises:
        ValueError: it is none of these.
    """
    if isinstance(value, Edtf):
        return value
    if isinstance(value, datetime.datetime):
        value = value.date()
    if isinstance(value, datetime.date):
        return parse_edtf(value.isoformat())
    if type(value) is int and 0 <= value <= _LAST_YEAR:
        return parse_edtf(f"{value:04d}")
    if isinstance(value, str):
        return parse_edtf(value)
    raise ValueError(f"{quoted(value)} is no date")


def _interval(text: str, begins: str, ends: str) -> Edtf:
    vague = (_OPEN, _UNKNOWN)
    if begins in vague and ends in vague:
        raise ValueError(f"“{text}” names neither a beginning nor an end")
    if begins in vague:
        _, last, words = _point(ends)
        shown = f"{words} or earlier" if begins == _OPEN else f"until {words}, beginning unknown"
        return Edtf(text, None, last, shown)
    first, last, words = _point(begins)
    if ends in vague:
        shown = f"{words} or later" if ends == _OPEN else f"from {words}, end unknown"
        return Edtf(text, first, None, shown)
    _, last, end_words = _point(ends)
    if last < first:
        raise ValueError(f"“{text}” ends before it begins")
    return Edtf(text, first, last, f"{words} to {end_words}")


def _point(text: str) -> tuple[Day, Day, str]:
    """Return the earliest and latest day of one date, and the date in words."""
    mark = text[-1:] if text[-1:] in ("?", "~", "%") else ""
    found = _POINT.fullmatch(_TIME.sub("", text.removesuffix(mark)))
    if found is None or "00" in (found["month"], found["day"]):
        raise ValueError(f"“{text}” is no date")
    year, month, day = found["year"], _number(found["month"]), _number(found["day"])
    if "X" in year.rstrip("X") or ("X" in year and (month or day)) or (day and not month):
        raise ValueError(f"“{text}” is no date; X may only stand at its end")
    earliest, latest, year_words = _year(year)
    if not month:
        return (earliest, 1, 1), (latest, 12, 31), _QUALIFIED[mark] + year_words
    if month in _SEASONS and not day:
        words = f"{_SEASONS[month]} {year_words}"
        # Seasons depend on the hemisphere; the year is all that is certain.
        return (earliest, 1, 1), (latest, 12, 31), _QUALIFIED[mark] + words
    if not 1 <= month <= 12:  # noqa: PLR2004
        raise ValueError(f"“{text}” is no date; there is no month {month}")
    length = _month_length(earliest, month)
    if day > length:
        raise ValueError(f"“{text}” is no date; {_MONTHS[month - 1]} has {length} days")
    words = f"{_MONTHS[month - 1]} {year_words}"
    if not day:
        return (earliest, month, 1), (latest, month, length), _QUALIFIED[mark] + words
    return (earliest, month, day), (latest, month, day), _QUALIFIED[mark] + f"{day} {words}"


def _number(part: str | None) -> int:
    """Return a month or day; 0 where it is not stated."""
    return 0 if part in (None, "XX") else int(part)


def _year(text: str) -> tuple[int, int, str]:
    """Return the first and last year that ``text`` may mean, and the year in words."""
    digits = text.removeprefix("Y")
    first, last = int(digits.replace("X", "0")), int(digits.replace("X", "9"))
    first, last = min(first, last), max(first, last)
    if first == last:
        return first, last, str(first) if first > 0 else f"{1 - first} BC"
    if last - first == 9 and first > 0:  # noqa: PLR2004
        return first, last, f"the {first}s"
    return first, last, f"between {first} and {last}"


def _month_length(year: int, month: int) -> int:
    # The Gregorian calendar repeats after 400 years.
    return calendar.monthrange(year % 400 + 400, month)[1]
