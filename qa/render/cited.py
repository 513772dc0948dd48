"""Citations of the quotes that an answer shows, for the terminal and for programs."""

from __future__ import annotations

from collections.abc import Iterator

from typing_extensions import TypedDict

from qa.answers import Answer
from qa.citing.cited import Form, cited_quote
from qa.citing.styles import Rendered
from qa.quotes import Quote
from qa.render.plain import wrapped
from qa.render.terminal import WIDEST, visible
from qa.render.words import passages_shown

_INDENT = "    "


class QuoteCitationObject(TypedDict):
    """The citation of one quote, named by its document and offsets."""

    document: str
    start: int
    end: int
    style: str
    note: str
    entry: str


def citation_objects(answer: Answer, form: Form) -> list[QuoteCitationObject]:
    """Return the citations of the quotes that people are shown, in their order.

    Raises:
        SourceChangedError: a document's file has changed since it was read.
    """
    return [
        QuoteCitationObject(
            document=quote.transcript.id,
            start=quote.start,
            end=quote.end,
            style=form.value,
            note=made.note,
            entry=made.entry,
        )
        for quote, made in _cited(answer, form)
    ]


def citations_text(answer: Answer, form: Form, width: int = WIDEST) -> str:
    """Return the same as text, each citation once; nothing where nothing is shown.

    Raises:
        SourceChangedError: a document's file has changed since it was read.
    """
    every = dict.fromkeys(made for _, made in _cited(answer, form))
    if form.is_file:
        return "\n".join(visible(made.entry).rstrip("\n") for made in every)
    lines = []
    for made in every:
        for caption, text in (("Note", made.note), ("Bibliography", made.entry)):
            if text:
                lines += [f"{caption} ({form.caption}):", wrapped(visible(text), width, _INDENT)]
    return "\n".join(lines)


def _cited(answer: Answer, form: Form) -> Iterator[tuple[Quote, Rendered]]:
    for evidence in passages_shown(answer):
        yield evidence.quote, cited_quote(evidence.quote, form)
