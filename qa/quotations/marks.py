"""Quotation marks of any kind in a text, and the words that stand for them in speech."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from corpus.transcript import Span

_ELIDED = r"(?!(?:\d\ds?[.,;:!?)]|(?:em|twas|tis|till?|cause|bout)\b))"
"""Behind an apostrophe what is cut short, which opens no quotation: "'37", "'em"."""
_QUOTED = re.compile(
    r"“(?P<a>[^“”]*(?:“[^“”]*”[^“”]*)*)(?:”|$)|„(?P<b>[^„“”]+)(?:[“”]|$)|«(?P<c>[^«»]+)(?:»|$)"
    r"|»(?P<d>[^«»]+)«|(?<!\S)»(?P<o>\S[^«»]+)$|(?<!\w)\"(?P<e>[^\"]+)\"(?!\w)|「(?P<f>[^「」]+)」|『(?P<g>[^『』]+)』"
    r"|‹(?P<h>[^‹›]+)›|›(?P<l>[^‹›]+)‹|‚(?P<m>[^‚‘]+)‘(?!\w)|‚(?P<n>[^‚‘’]+)’(?!\w)"
    r"|(?<![\w’])‘(?P<i>[^‘]+?)’(?![^\W가-힣])"
    rf"|(?<!\w)'{_ELIDED}(?P<j>[^'\s](?:[^']|(?<=\w)'(?=\w))*)'(?!\w)"
)
_SPOKEN = re.compile(
    r"\b(?:quote|Zitat|je cite|цитирую|cito)\b\s*[,:.–-]?\s*(?P<k>[^\n]{3,2000}?)\s*[,.:–-]?\s*\b"
    r"(?:unquote|end (?:of )?quote|close quote|Zitat Ende|Ende (?:des )?Zitats?|fin de (?:la )?"
    r"citation|конец цитаты|fin de (?:la )?cita)\b",
    re.IGNORECASE,
)
_LINE = r"(?P<k>[^–—\n“”„«»\"]{2,300}?[^\W_]\s?[!?,…]?)"
_DASHED = re.compile(
    rf"(?:^|(?<=[.!?:…]\s)|(?<=[.!?:…]))[–—]\s?{_LINE}"
    rf"(?=\s?[–—]\s?[^\W\d_]|(?<=[!?,…])\s[^\W\d_])"
    rf"|^{_LINE.replace('<k>', '<l>')}(?=\s?[–—]\s?[^\W\d_])"
)


@dataclass(frozen=True, slots=True)
class Marked:
    """Words in quotation marks.

    Attributes:
        outer: their place with the marks.
        inner: their place without.
        is_dashed: only a dash stands before them, which may be no mark of a dialogue.
    """

    outer: Span
    inner: Span
    is_dashed: bool = False


def marked_in(text: str, start: int = 0, end: int | None = None) -> Iterator[Marked]:
    """Yield what stands in quotation marks in part of a text, in order; only outermost marks."""
    return _found(_QUOTED, text, start, end)


def spoken_in(text: str, start: int, end: int) -> Iterator[Marked]:
    """Yield what stands between "quote" and "unquote" in part of a text."""
    return _found(_SPOKEN, text, start, end)


def dashed_in(text: str, start: int, end: int) -> Iterator[Marked]:
    """Yield what may be said in a dialogue whose parts begin with dashes, in part of a text."""
    return (replace(one, is_dashed=True) for one in _found(_DASHED, text, start, end))


def _found(pattern: re.Pattern[str], text: str, start: int, end: int | None) -> Iterator[Marked]:
    for match in pattern.finditer(text[start:end]):
        (a, b), (c, d) = match.span(), match.span(match.lastgroup or 0)
        yield Marked(Span(start + a, start + b), Span(start + c, start + d))
