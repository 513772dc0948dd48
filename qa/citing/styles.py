"""Citations in the styles of the Citation Style Language, rendered by citeproc-py.

The styles are the CSL project's own (https://citationstyles.org), unchanged; NOTICE has their
licence. What citeproc-py cannot do is taken out of a style when it is read, see :func:`_style`.
"""

from __future__ import annotations

import warnings
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from importlib.resources import files
from io import BytesIO
from typing import TYPE_CHECKING

from qa.citing.items import CslItem, Locator

if TYPE_CHECKING:
    from citeproc import CitationStylesStyle
    from citeproc.source.json import CiteProcJSON
    from lxml.etree import _Element

_NAMESPACE = {"cs": "http://purl.org/net/xbiblio/csl"}
_UNKNOWN = ("license", "contributor", "source")
"""Variables that no style here prints and citeproc-py does not know."""


class Style(StrEnum):
    """A style that people read."""

    CHICAGO = "chicago"
    """Chicago Manual of Style, 18th edition, notes and bibliography."""
    APA = "apa"
    """Publication Manual of the American Psychological Association, 7th edition."""
    MLA = "mla"
    """MLA Handbook, 9th edition."""


@dataclass(frozen=True, slots=True)
class Rendered:
    """A citation in one style.

    Attributes:
        note: what points at the place: a note in Chicago, the words in brackets in APA and MLA.
        entry: in the bibliography; empty where the style leaves a document out of it.
    """

    note: str
    entry: str


def rendered(item: CslItem, style: Style, place: Locator | None = None) -> Rendered:
    """Return a citation of a document, its note pointing at ``place``.

    The title is printed as the record has it: capitals are not changed.
    """
    from citeproc.source.json import CiteProcJSON

    stated = {name: value for name, value in item.items() if name not in _UNKNOWN}
    stated |= {"id": "document", "title": _as_it_is(item["title"])}
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # it says which variables of CSL 1.0.2 it does not know
        source = CiteProcJSON([stated])
        written = _style(style, has_author="author" in item)
        note, _ = _note_and_entry(written, source, place)
        _, entry = _note_and_entry(written, source, None)
    if style is Style.APA:
        return Rendered(note, entry)
    return Rendered(_american(note, item), _american(entry, item))


def _note_and_entry(
    style: CitationStylesStyle, source: CiteProcJSON, place: Locator | None
) -> tuple[str, str]:
    """Return both as citeproc-py makes them: it prints the place in the entry as well."""
    from citeproc import Citation, CitationItem, CitationStylesBibliography, formatter
    from citeproc import Locator as CslLocator

    made = CitationStylesBibliography(style, source, formatter.plain)
    at = {"locator": CslLocator(place.label, place.value)} if place else {}
    cited = Citation([CitationItem("document", **at)])
    made.register(cited)
    return str(made.cite(cited, str)), next(map(str, made.bibliography()), "")


def _as_it_is(title: str) -> str:
    """Return a title whose capitals no style changes."""
    return title if "</span" in title.casefold() else f'<span class="nocase">{title}</span>'


def _american(text: str, item: CslItem) -> str:
    """Put our own points and commas inside the quotation marks around a title."""
    title = item["title"]
    return text.replace(f"{title}”,", f"{title},”").replace(f"{title}”.", f"{title}.”")


@cache
def _style(style: Style, *, has_author: bool) -> CitationStylesStyle:
    """Read a style without what citeproc-py renders wrongly.

    It knows neither ``initialize="false"``, nor that what has stood in for a missing author
    must not be printed again, nor ``disambiguate``, nor shortened ranges of pages.
    """
    from citeproc import CitationStylesStyle
    from lxml import etree

    source = files("qa.citing") / "styles" / f"{style}.csl"
    root = etree.fromstring(source.read_bytes(), etree.XMLParser(resolve_entities=False))
    root.attrib.pop("page-range-format", None)
    if style is not Style.APA:
        root.attrib.pop("initialize-with", None)
    _drop(root, ".//cs:label[@variable='edition']")
    _drop(root, ".//cs:choose[cs:if[@disambiguate]]")
    if not has_author:
        _without_author(root, style)
    written = BytesIO(etree.tostring(root))
    return CitationStylesStyle(written, validate=False, locale="en-US")


def _without_author(root: _Element, style: Style) -> None:
    """Let the title stand once, where the author would; translators do not stand in for one."""
    _drop(root, ".//cs:substitute/cs:names")
    if style is Style.CHICAGO:
        _drop(root, ".//cs:text[@macro='author-note' or @macro='author-bib']")
    elif style is Style.MLA:
        _drop(root, ".//cs:bibliography//cs:text[@macro='author']")
    else:
        entry = ".//cs:macro[@name='bibliography']//cs:text[@macro='{}']"
        _drop(root, entry.format("title-and-descriptions"))
        for first in root.iterfind(entry.format("author-and-contributors"), _NAMESPACE):
            first.set("macro", "title-and-descriptions")


def _drop(root: _Element, path: str) -> None:
    for found in root.xpath(path, namespaces=_NAMESPACE):
        found.getparent().remove(found)
