"""BibTeX and RIS: a document for Zotero, JabRef, EndNote and Citavi.

RIS: the tags and reference types of the Research Information Systems format of 2011, as Zotero
reads them (DB archive, CN call number, A4 translator). BibTeX: an entry ``@misc`` with fields of
BibTeX and BibLaTeX.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from qa.citing.items import CslDate, CslItem, CslName, Locator

_RIS_TYPES = {"interview": "PCOMM", "manuscript": "MANSCPT", "document": "GEN"}
_MONTHS = "jan feb mar apr may jun jul aug sep oct nov dec".split()
_LATEX = {
    "\\": r"\textbackslash{}",
    "~": r"\textasciitilde{}",
    "^": r"\textasciicircum{}",
    **{sign: f"\\{sign}" for sign in "&%$#_{}"},
}
_NO_KEY = re.compile(r"[^A-Za-z0-9_:-]+")


def ris(item: CslItem, place: Locator | None = None) -> str:
    """Return a document as one RIS record, with what it is quoted at among the notes."""
    lines = [("TY", _RIS_TYPES[item["type"]]), *_ris_fields(item)]
    lines += [("N1", note) for note in _notes(item, place)]
    return "".join(f"{tag}  - {_one_line(value)}\n" for tag, value in (*lines, ("ER", "")))


def _ris_fields(item: CslItem) -> Iterator[tuple[str, str]]:
    yield "ID", item["id"]
    yield "TI", item["title"]
    for tag, people in (
        ("AU", item.get("author", [])),
        ("A2", item.get("interviewer", [])),
        ("A4", item.get("translator", [])),
    ):
        for who in people:
            yield tag, sorted_name(who)
    yield from _ris_dates(item.get("issued", {}))
    first, _, last = item.get("page", "").replace("–", "-").partition("-")
    for tag, value in (
        ("CY", item.get("publisher-place")),
        ("M3", item.get("genre")),
        ("DB", item.get("archive")),
        ("CN", item.get("archive_location")),
        ("SP", first),
        ("EP", last),
        ("T3", item.get("collection-title")),
        ("UR", item.get("URL")),
        ("LA", item.get("language")),
    ):
        if value:
            yield tag, value


def _ris_dates(date: CslDate) -> Iterator[tuple[str, str]]:
    """Yield the year, and the date as ``1983/09/19/`` followed by the words that qualify it."""
    if "literal" in date:
        yield "DA", f"///{date['literal']}"
    for first in date.get("date-parts", [])[:1]:
        year, month, day = (*(f"{part:02d}" for part in first), "", "")[:3]
        yield "PY", f"{first[0]:04d}"
        yield "DA", f"{year}/{month}/{day}/{_qualified(date)}"


def _qualified(date: CslDate) -> str:
    until = "".join(f"to {_iso(last)}" for last in date.get("date-parts", [])[1:])
    return " ".join(part for part in ("circa" if date.get("circa") else "", until) if part)


def bibtex(item: CslItem, place: Locator | None = None) -> str:
    """Return a document as one BibTeX entry, with what it is quoted at in its note."""
    lines = [f"  {name} = {{{value}}}," for name, value in _bibtex_fields(item, place)]
    key = _NO_KEY.sub("-", item["id"]).strip("-") or "document"
    return "\n".join([f"@misc{{{key},", *lines, "}"]) + "\n"


def _bibtex_fields(item: CslItem, place: Locator | None) -> Iterator[tuple[str, str]]:
    yield "title", f"{{{_latex(item['title'])}}}"  # a second pair keeps its capitals
    for field, people in (
        ("author", item.get("author", [])),
        ("editor", item.get("interviewer", [])),
        ("translator", item.get("translator", [])),
    ):
        if people:
            yield field, " and ".join(map(_bibtex_name, people))
    if item.get("interviewer"):
        yield "editortype", "interviewer"
    yield from _bibtex_dates(item.get("issued", {}))
    for field, value in (
        ("address", item.get("publisher-place")),
        ("howpublished", item.get("genre")),
        ("organization", item.get("archive")),
        ("number", item.get("archive_location")),
        ("pages", item.get("page", "").replace("–", "-").replace("-", "--")),
        ("series", item.get("collection-title")),
        ("language", item.get("language")),
        ("note", "; ".join(_notes(item, place))),
    ):
        if value:
            yield field, _latex(value)
    if "URL" in item:
        yield "url", item["URL"].replace("{", "%7B").replace("}", "%7D")


def _bibtex_dates(date: CslDate) -> Iterator[tuple[str, str]]:
    if "literal" in date:
        yield "year", _latex(date["literal"])
    if parts := date.get("date-parts"):
        circa = "\\textasciitilde{}" if date.get("circa") else ""
        yield "date", "/".join(f"{_iso(part)}{circa}" for part in parts)
        yield "year", f"{parts[0][0]:04d}"
        if parts[0][1:] and len(parts) == 1:
            yield "month", _MONTHS[parts[0][1] - 1]


def _notes(item: CslItem, place: Locator | None) -> Iterator[str]:
    """Yield what neither format has a field for, each under its name."""
    for caption, value in (
        ("Quoted at", place.value if place else ""),
        ("Speakers", "; ".join(map(_plain_name, item.get("contributor", [])))),
        ("Source of this copy", item.get("source")),
        ("Rights", item.get("license")),
        ("Credits", item.get("note")),
    ):
        if value:
            yield f"{caption}: {value}"


def _iso(parts: Iterable[int]) -> str:
    year, *rest = parts
    return "-".join([f"{year:04d}", *(f"{part:02d}" for part in rest)])


def _plain_name(who: CslName) -> str:
    return who.get("literal") or f"{who.get('given', '')} {who.get('family', '')}".strip()


def sorted_name(who: CslName) -> str:
    """Return a name as lists sort it: family name first where it is known, else as it is."""
    return who.get("literal") or f"{who.get('family', '')}, {who.get('given', '')}"


def _bibtex_name(who: CslName) -> str:
    """Return a name; one that is not split stays whole in braces, however many words it has."""
    if "literal" in who:
        return f"{{{_latex(who['literal'])}}}"
    return _latex(sorted_name(who))


def _latex(text: str) -> str:
    return "".join(_LATEX.get(sign, sign) for sign in _one_line(text))


def _one_line(text: str) -> str:
    return " ".join(text.split())
