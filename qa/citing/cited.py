"""A citation of a document, or of a quote in it, in any form that is offered."""

from __future__ import annotations

import json
from collections.abc import Iterable
from enum import StrEnum

from corpus.transcript import Transcript
from qa.citing.exchange import bibtex, ris
from qa.citing.items import Locator, csl_item, locator
from qa.citing.styles import Rendered, Style, rendered
from qa.errors import UsageError
from qa.quotes import Quote, require_current


class Form(StrEnum):
    """What a citation is written in."""

    CHICAGO = "chicago"
    APA = "apa"
    MLA = "mla"
    BIBTEX = "bibtex"
    RIS = "ris"
    CSL_JSON = "csl-json"

    @property
    def caption(self) -> str:
        """Its name, for people."""
        return _CAPTIONS[self]

    @property
    def is_file(self) -> bool:
        """Whether programs read it."""
        return self not in {Form.CHICAGO, Form.APA, Form.MLA}


_CAPTIONS = {
    Form.CHICAGO: "Chicago (notes and bibliography)",
    Form.APA: "APA",
    Form.MLA: "MLA",
    Form.BIBTEX: "BibTeX",
    Form.RIS: "RIS",
    Form.CSL_JSON: "CSL-JSON",
}


def form_of(name: str) -> Form:
    """Return a form by its name.

    Raises:
        UsageError: there is none.
    """
    try:
        return Form(name.strip().casefold())
    except ValueError as error:
        known = ", ".join(Form)
        raise UsageError(f"There is no style '{name}'; there are: {known}.") from error


def cited(transcript: Transcript, form: Form, place: Locator | None = None) -> Rendered:
    """Return a citation of a document; of what programs read, the note is empty.

    Raises:
        SourceChangedError: the document's file has changed since it was read.
    """
    require_current(transcript)
    item = csl_item(transcript)
    match form:
        case Form.BIBTEX:
            return Rendered("", bibtex(item, place))
        case Form.RIS:
            return Rendered("", ris(item, place))
        case Form.CSL_JSON:
            return Rendered("", json.dumps([item], ensure_ascii=False, indent=2) + "\n")
    return rendered(item, Style(form.value), place)


def cited_quote(quote: Quote, form: Form) -> Rendered:
    """Return a citation of the quote's document that points at its page or time code.

    Raises:
        SourceChangedError: the document's file has changed since it was read.
    """
    return cited(quote.transcript, form, locator(quote))


def cited_all(transcripts: Iterable[Transcript], form: Form) -> str:
    """Return the entries of several documents as one text: a bibliography, or a file.

    Raises:
        SourceChangedError: a document's file has changed since it was read.
    """
    documents = list(transcripts)
    if form is Form.CSL_JSON:
        items = [csl_item(transcript) for transcript in documents]
        return json.dumps(items, ensure_ascii=False, indent=2) + "\n"
    entries = [cited(transcript, form) for transcript in documents]
    return "\n".join((one.entry or one.note).rstrip("\n") + "\n" for one in entries)
