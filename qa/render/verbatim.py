"""The last check before anything is shown: does the rendering carry exactly the source's words?"""

from __future__ import annotations

import re
from html.parser import HTMLParser

from corpus.transcript import Transcript
from qa.quotes import Quote, QuoteError, require_current

MARK_CLASS = "va-mark"
"""Elements of this class hold our own signs inside a quote, never source text."""

_LINE_BREAK = re.compile(r"\r\n|\n|\r")


def on_one_line(text: str) -> str:
    """Return ``text`` with each hard line break as one space: the only permitted change."""
    return _LINE_BREAK.sub(" ", text)


def require_verbatim(quote: Quote, shown: str) -> None:
    """Compare what is about to be shown of a quote with a fresh slice of the source.

    Raises:
        QuoteError: they differ; nothing may be shown.
        SourceChangedError: the file has changed since it was read.
    """
    require_source(quote.transcript, quote.start, quote.end, shown)


def require_source(transcript: Transcript, start: int, end: int, shown: str) -> None:
    """Compare what is about to be shown of ``[start, end)`` with the source and its file.

    Raises:
        QuoteError: they differ; nothing may be shown.
        SourceChangedError: the file has changed since it was read.
    """
    require_current(transcript)
    if shown != on_one_line(transcript.text[start:end]):
        raise QuoteError(
            f"The rendering of {transcript.id} {start}-{end} differs from the source and is not "
            "shown."
        )


def words_in_html(fragment: str) -> str:
    """Return the text of an HTML fragment without our own marks, entities resolved."""
    reader = _Words()
    reader.feed(fragment)
    reader.close()
    return "".join(reader.words)


class _Words(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.words: list[str] = []
        self._open: list[bool] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        classes = dict(attrs).get("class") or ""
        self._open.append(MARK_CLASS in classes.split())

    def handle_endtag(self, tag: str) -> None:
        self._open.pop()

    def handle_data(self, data: str) -> None:
        if not any(self._open):
            self.words.append(data)
