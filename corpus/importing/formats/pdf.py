"""PDF with text in it: pages and lines as printed, without what every page repeats."""

from __future__ import annotations

import io
from collections.abc import Iterator, Sequence
from typing import Any

from corpus.errors import ImportingError
from corpus.importing.imported import Block, Imported, Kind, LeftOut, Piece, Place
from corpus.importing.printed import (
    GAP,
    SAME_LINE,
    PrintedLine,
    Word,
    in_columns,
    rows_of,
    said_by,
    usual_distance,
    without_heads,
    without_numbers,
)
from corpus.importing.texts import may_be_name
from corpus.labels.names import Likeness
from corpus.labels.readers import plain_colon
from corpus.lines import Line

NAME = "PDF"
_WITHIN = 1024
_LETTERLESS = 0.02
_MAX_PAGES = 5000


def recognise(data: bytes, name: str) -> float:
    """By its first bytes, which other programs may have put something before."""
    del name
    return 1.0 if b"%PDF-" in data[:_WITHIN] else 0.0


def read(data: bytes, name: str) -> tuple[Imported, ...]:
    """Read the pages; those without text are named, columns are read one after the other."""
    pages, widths, title, numbered = _pages(data, name)
    if not any(pages):
        raise ImportingError(
            name, "is a scan: there is no text in it; have it recognised (OCR), then add the text."
        )
    words = "".join(line.text for page in pages for line in page)
    if words.count("(cid:") * 6 > _LETTERLESS * len(words):
        raise ImportingError(
            name, "does not say which letters its signs are; export the text anew."
        )
    bare, repeated = without_heads(pages)
    heads = said_by(repeated)
    units: dict[str, str] = {}
    ordered = [list(in_columns(page, width)) for page, width in zip(bare, widths, strict=True)]
    pieces = tuple(_pieces(ordered, units))
    found = (
        LeftOut("pages without text", pages.count([]), "pictures, or empty", "page without text"),
        LeftOut(
            "running heads, feet and page numbers", len(repeated), "of the page",
            "running head, foot or page number", heads,
        ),
        LeftOut("numbers of lines", numbered, "of the page", "number of a line"),
    )  # fmt: skip
    left = tuple(one for one in found if one.count)
    return (
        Imported(
            NAME, (Block(Kind.TEXT, pieces),), left_out=left, units=units, remarks=heads,
            property_title=title,
        ),
    )  # fmt: skip


def _pages(data: bytes, name: str) -> tuple[list[list[PrintedLine]], list[float], str, int]:
    """Return the lines of each page across all columns, how wide the pages are, the title, and how
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
            pages: list[list[PrintedLine]] = []
            widths: list[float] = []
            numbered = 0
            for page in document.pages:
                rows, numbers = without_numbers(rows_of(_words(page)))
                pages.append([PrintedLine.of(row) for row in rows])
                widths.append(float(page.width))
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
    named = " ".join(title.split()) if isinstance(title, str) else ""
    return pages, widths, named, numbered


def _words(page: Any) -> list[Word]:
    found: list[Word] = page.extract_words(use_text_flow=False, y_tolerance=SAME_LINE)
    return found


def _pieces(pages: Sequence[Sequence[PrintedLine]], units: dict[str, str]) -> Iterator[Piece]:
    distance = usual_distance(pages)
    last = ""
    for number, page in enumerate(pages, start=1):
        if last and page:
            yield Piece(_between(last, page[0].text))
        above: PrintedLine | None = None
        for count, line in enumerate(page, start=1):
            if above is not None:
                apart = line.top - above.top > GAP * distance or line.top < above.top
                yield Piece("\n\n" if apart and distance else "\n")
            unit = f"page {number}, line {count}"
            units[unit] = line.text
            yield Piece(line.text, Place(unit, 0, len(line.text), None, f"{number}"))
            above, last = line, line.text


def _between(last: str, first: str) -> str:
    """Return what stands between two pages: a sentence runs on, a speech may."""
    ended = Line(1, 0, len(last), last).ends_a_sentence
    head = plain_colon(first)
    labelled = head is not None and may_be_name(head.name) is Likeness.STRONG
    runs_on = not ended or Line(1, 0, len(first), first).starts_in_lower_case
    return "\n" if runs_on and not labelled else "\n\n"
