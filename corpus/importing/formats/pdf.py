"""PDF with text in it: pages and lines as printed, without what every page repeats."""

from __future__ import annotations

import io
import itertools
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from corpus.errors import ImportingError
from corpus.importing.imported import Block, Imported, Kind, LeftOut, Piece, Place
from corpus.importing.texts import may_be_name
from corpus.labels.names import Likeness
from corpus.labels.readers import plain_colon
from corpus.lines import Line

NAME = "PDF"
_WITHIN = 1024
_GAP = 1.45
"""Of the distance of lines in a paragraph: what is farther apart is another one."""
_MIDDLE = (0.35, 0.65)
_GUTTER = 9.0
"""Points of white between two columns."""
_BOTH = 0.6
_FEW = 8
_LETTERLESS = 0.02
_SAME_LINE = 3.0
_FEWEST_PAGES = 3
_RETURNS = 0.4
_PAGE_NUMBER = re.compile(
    r"\W*(?:(?:page|p\.|seite|s\.)\s*)?(\d{1,4})(?:\s*(?:of|/|von)\s*\d{1,4})?\W*$", re.I
)
_MAX_PAGES = 5000


_Word = dict[str, Any]


@dataclass(frozen=True, slots=True)
class _Line:
    """A printed line: its words, and how far from the top it stands, in points."""

    text: str
    top: float


def recognise(data: bytes, name: str) -> float:
    """By its first bytes, which other programs may have put something before."""
    del name
    return 1.0 if b"%PDF-" in data[:_WITHIN] else 0.0


def read(data: bytes, name: str) -> tuple[Imported, ...]:
    """Read the pages; those without text are named, columns are read one after the other."""
    pages, images, title, numbered = _pages(data, name)
    if not any(pages):
        raise ImportingError(
            name, "is a scan: there is no text in it; have it recognised (OCR), then add the text."
        )
    words = "".join(line.text for page in pages for line in page)
    if words.count("(cid:") * 6 > _LETTERLESS * len(words):
        raise ImportingError(
            name, "does not say which letters its signs are; export the text anew."
        )
    pages, repeated = without_heads(pages)
    units: dict[str, str] = {}
    pieces = tuple(_pieces(pages, units))
    found = (
        LeftOut("pages without text", images, "they are pictures, or empty"),
        LeftOut("running heads, feet and page numbers", repeated, "they belong to the page"),
        LeftOut("numbers of lines", numbered, "they belong to the page"),
    )
    left = tuple(one for one in found if one.count)
    stated = {"title": title} if title else {}
    return (Imported(NAME, (Block(Kind.TEXT, pieces),), "", stated, left, units=units),)


def _pages(data: bytes, name: str) -> tuple[list[list[_Line]], int, str, int]:
    """Return the lines of each page, how many pages have none, the title, and how
    many lines were numbered.

    Raises:
        ImportingError: the file is encrypted or broken.
    """
    import pdfplumber
    from pdfminer.pdfdocument import PDFEncryptionError, PDFPasswordIncorrect
    from pdfminer.pdfexceptions import PDFException
    from pdfminer.psexceptions import PSException
    from pdfplumber.utils.exceptions import PdfminerException

    locked = ImportingError(name, "is encrypted; save it anew without a password.")
    try:
        with pdfplumber.open(io.BytesIO(data)) as document:
            if len(document.pages) > _MAX_PAGES:
                count = len(document.pages)
                raise ImportingError(name, f"has {count:,} pages; split it below {_MAX_PAGES:,}.")
            pages, numbered = [], 0
            for page in document.pages:
                words, numbers = without_numbers(_rows(_words(page)))
                pages.append(list(_lines(words, float(page.width))))
                numbered += numbers
                page.close()
            title = document.metadata.get("Title")
    except ImportingError:
        raise
    except (PDFPasswordIncorrect, PDFEncryptionError) as error:
        raise locked from error
    except PdfminerException as error:
        if any(isinstance(e, PDFPasswordIncorrect | PDFEncryptionError) for e in error.args):
            raise locked from error
        raise ImportingError(name, "is no PDF that can be read; save it anew.") from error
    except (
        PDFException, PSException, ValueError, KeyError, TypeError, IndexError, AttributeError,
        RecursionError, OverflowError, AssertionError,
    ) as error:  # fmt: skip
        # What pdfminer raises on broken files is not documented.
        raise ImportingError(name, "is no PDF that can be read; save it anew.") from error
    shown = title.strip() if isinstance(title, str) else ""
    named = shown if " " in shown and not shown.lower().startswith("microsoft") else ""
    return pages, sum(not page for page in pages), named, numbered


def _words(page: Any) -> list[_Word]:
    found: list[_Word] = page.extract_words(use_text_flow=False, y_tolerance=_SAME_LINE)
    return found


def without_numbers(rows: list[list[_Word]]) -> tuple[list[_Word], int]:
    """Take off the numbers in front of lines, where most lines of a page have one, counting up."""
    numbers = [int(row[0]["text"]) if row[0]["text"].isdecimal() else None for row in rows]
    counted = [n for n in numbers if n is not None]
    rising = all(b == a + 1 for a, b in itertools.pairwise(counted))
    if len(counted) < _FEW or len(counted) < _BOTH * len(rows) or not rising:
        return [word for row in rows for word in row], 0
    kept = [row if n is None else row[1:] for row, n in zip(rows, numbers, strict=True)]
    return [word for row in kept for word in row], len(counted)


def without_heads(pages: list[list[_Line]]) -> tuple[list[list[_Line]], int]:
    """Leave out what stands apart at the edges of pages and returns on others; page numbers."""
    distance = _usual_distance(pages)
    apart = [_apart(page, distance) for page in pages]
    edges = Counter(
        key
        for page, edge in zip(pages, apart, strict=True)
        for key in {_key(page[i].text) for i in edge}
    )
    often = max(_FEWEST_PAGES, len(pages) * _RETURNS)
    kept, repeated = [], 0
    numbers = _page_numbers(pages)
    for number, (page, edge) in enumerate(zip(pages, apart, strict=True)):
        gone = {i for i in edge if edges[_key(page[i].text)] >= often}
        gone |= {i for i in (0, len(page) - 1) if (number, i) in numbers}
        repeated += len(gone)
        kept.append([line for i, line in enumerate(page) if i not in gone])
    return kept, repeated


def _page_numbers(pages: Sequence[Sequence[_Line]]) -> set[tuple[int, int]]:
    """Return page and line of numbers at the edges that count up with the pages.

    A number alone on the last line may else be the end of a sentence: "in 1984."
    """
    found = {
        (page, i): int(match[1]) - page
        for page, lines in enumerate(pages)
        for i in {0, len(lines) - 1}
        if lines and (match := _PAGE_NUMBER.match(lines[i].text))
    }
    often = Counter(found.values()).most_common(1)
    first, count = often[0] if often else (0, 0)
    return {place for place, offset in found.items() if offset == first and count > 1}


def _apart(page: Sequence[_Line], distance: float) -> set[int]:
    """Return the first or last one or two lines of a page, if white sets them off."""
    found: set[int] = set()
    wide = [b.top - a.top > _GAP * distance for a, b in itertools.pairwise(page)]
    top, bottom = wide[:2], wide[::-1][:2]
    if True in top:
        found |= set(range(top.index(True) + 1))
    if True in bottom:
        found |= {len(page) - 1 - i for i in range(bottom.index(True) + 1)}
    return found


def _key(text: str) -> str:
    return " ".join(re.sub(r"\d+|\b[ivxlcIVXLC]+\b", "#", text).split())


def _lines(words: list[_Word], width: float) -> Iterator[_Line]:
    """Yield the lines of a page; of two columns, the left one first."""
    gutter = _gutter(words, width)
    columns = [words]
    if gutter is not None:
        columns = [
            [word for word in words if word["x1"] <= gutter],
            [word for word in words if word["x1"] > gutter],
        ]
    for column in columns:
        for row in _rows(column):
            yield _Line(_joined(row), row[0]["top"])


def _rows(words: Sequence[_Word]) -> list[list[_Word]]:
    rows: list[list[_Word]] = []
    for word in sorted(words, key=lambda word: (word["bottom"], word["x0"])):
        if rows and abs(rows[-1][0]["bottom"] - word["bottom"]) <= _SAME_LINE:
            rows[-1].append(word)
        else:
            rows.append([word])
    return [sorted(row, key=lambda word: word["x0"]) for row in rows]


def _joined(row: Sequence[_Word]) -> str:
    """Return a line; a wide space in it, as behind a label or a line number, stays wide."""
    text = ""
    for before, word in zip([None, *row], row, strict=False):
        if before is not None:
            text += "  " if word["x0"] - before["x1"] > _GUTTER else " "
        text += word["text"]
    return text


def _gutter(words: Sequence[_Word], width: float) -> float | None:
    """Return where the left column ends, if most lines have words on both sides of white."""
    rows = _rows(words)
    if len(rows) < _FEW:
        return None
    for at in range(int(width * _MIDDLE[0]), int(width * _MIDDLE[1]), 2):
        crossing = sum(
            any(word["x0"] < at + _GUTTER and word["x1"] > at for word in row) for row in rows
        )
        both = sum(row[0]["x1"] <= at and row[-1]["x0"] >= at + _GUTTER for row in rows)
        # A head, a foot or a heading may run across both columns.
        if both >= _BOTH * len(rows) and crossing <= 2:  # noqa: PLR2004
            return float(at)
    return None


def _pieces(pages: Sequence[Sequence[_Line]], units: dict[str, str]) -> Iterator[Piece]:
    distance = _usual_distance(pages)
    last = ""
    for number, page in enumerate(pages, start=1):
        if last and page:
            yield Piece(_between(last, page[0].text))
        above: _Line | None = None
        for count, line in enumerate(page, start=1):
            if above is not None:
                apart = line.top - above.top > _GAP * distance or line.top < above.top
                yield Piece("\n\n" if apart and distance else "\n")
            unit = f"page {number}, line {count}"
            units[unit] = line.text
            yield Piece(line.text, Place(unit, 0, len(line.text), None, f"{number}"))
            above, last = line, line.text


def _usual_distance(pages: Sequence[Sequence[_Line]]) -> float:
    # Most lines of an interview may be paragraphs of their own: the nearest ones tell.
    apart = sorted(
        below.top - above.top
        for page in pages
        for above, below in itertools.pairwise(page)
        if below.top > above.top
    )
    return apart[len(apart) // 10] if apart else 0.0


def _between(last: str, first: str) -> str:
    """Return what stands between two pages: a sentence runs on, a speech may."""
    ended = Line(1, 0, len(last), last).ends_a_sentence
    head = plain_colon(first)
    labelled = head is not None and may_be_name(head.name) is Likeness.STRONG
    runs_on = not ended or Line(1, 0, len(first), first).starts_in_lower_case
    return "\n" if runs_on and not labelled else "\n\n"
