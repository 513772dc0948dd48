"""Dates as archives state them, and what a reference makes of them."""

from __future__ import annotations

import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.dates import parse_edtf, read_date


@pytest.mark.parametrize(
    ("edtf", "words", "first", "last"),
    [
        ("1984", "1984", (1984, 1, 1), (1984, 12, 31)),
        ("1984-10", "October 1984", (1984, 10, 1), (1984, 10, 31)),
        ("1984-02-29", "29 February 1984", (1984, 2, 29), (1984, 2, 29)),
        ("1984?", "probably 1984", (1984, 1, 1), (1984, 12, 31)),
        ("1984-10~", "about October 1984", (1984, 10, 1), (1984, 10, 31)),
        ("1984%", "probably about 1984", (1984, 1, 1), (1984, 12, 31)),
        ("198X", "the 1980s", (1980, 1, 1), (1989, 12, 31)),
        ("19XX", "between 1900 and 1999", (1900, 1, 1), (1999, 12, 31)),
        ("1984-XX", "1984", (1984, 1, 1), (1984, 12, 31)),
        ("1984-10-XX", "October 1984", (1984, 10, 1), (1984, 10, 31)),
        ("1984-21", "spring 1984", (1984, 1, 1), (1984, 12, 31)),
        ("1984-24?", "probably winter 1984", (1984, 1, 1), (1984, 12, 31)),
        ("1983/1985", "1983 to 1985", (1983, 1, 1), (1985, 12, 31)),
        ("1983-09/1983-10-03", "September 1983 to 3 October 1983", (1983, 9, 1), (1983, 10, 3)),
        ("1983~/1985?", "about 1983 to probably 1985", (1983, 1, 1), (1985, 12, 31)),
        ("../1990", "1990 or earlier", None, (1990, 12, 31)),
        ("1990/..", "1990 or later", (1990, 1, 1), None),
        ("/1990", "until 1990, beginning unknown", None, (1990, 12, 31)),
        ("1990/", "from 1990, end unknown", (1990, 1, 1), None),
        ("-0043", "44 BC", (-43, 1, 1), (-43, 12, 31)),
        ("Y-12000", "12001 BC", (-12000, 1, 1), (-12000, 12, 31)),
        ("1984-10-05T12:00:00Z", "5 October 1984", (1984, 10, 5), (1984, 10, 5)),
    ],
)
def test_what_is_stated_is_shown_and_no_more(
    edtf: str,
    words: str,
    first: tuple[int, int, int] | None,
    last: tuple[int, int, int] | None,
) -> None:
    date = parse_edtf(edtf)
    assert (date.words, date.first, date.last, str(date)) == (words, first, last, edtf)


@pytest.mark.parametrize(
    "text",
    ["", "84", "spring 1984", "1984-13", "1984-00", "1984-02-30", "1900-02-29", "1984-1-5",
     "1X84", "198X-03", "1984-XX-05", "1990/1980", "../..", "/", "1/2/3", "12/1984", "١٩٨٤",
     "1984-33", "5.10.1984"],
)  # fmt: skip
def test_what_is_no_date_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="“"):
        parse_edtf(text)


@given(st.dates())
def test_a_day_is_the_day_whichever_way_it_is_written(day: datetime.date) -> None:
    wanted = (day.year, day.month, day.day)
    for value in (day, day.isoformat(), datetime.datetime.combine(day, datetime.time(7))):
        date = read_date(value)
        assert date.first == date.last == wanted
        assert date.words == f"{day.day} {day:%B} {day.year}"


@given(st.integers(1, 9999))
def test_a_year_may_be_a_number(year: int) -> None:
    assert read_date(year) == parse_edtf(f"{year:04d}")
    assert read_date(year).words == str(year)


@pytest.mark.parametrize(
    "value", [True, 3.5, [1984], {"year": 1984}, datetime.time(7), 19830919, -1]
)
def test_a_value_that_is_no_date_is_named_in_words(value: object) -> None:
    with pytest.raises(ValueError, match=r"is no date$"):
        read_date(value)


def test_dates_are_sorted_by_when_they_begin() -> None:
    dates = ["1990/..", "1984-10-05", "198X", "../1990", "1984", "1984-10", "-0043"]
    assert [str(date) for date in sorted(map(parse_edtf, dates), key=lambda date: date.order)] == [
        "../1990", "-0043", "198X", "1984", "1984-10", "1984-10-05", "1990/..",
    ]  # fmt: skip
