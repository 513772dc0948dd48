"""Quotations of a manuscript, each with its attribution as printed beside it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from corpus.folding import fold
from corpus.transcript import Span
from qa.quotations.frames import Whose
from qa.quotations.framing import frame_of
from qa.quotations.manuscripts import Paragraph
from qa.quotations.marks import marked_in
from qa.quotations.subjects import PARTICLES
from qa.quotations.tables import LANGUAGES, table
from qa.quotations.words import plain_words

_CAPITAL = r"[^\W\d_a-zà-öø-ÿа-яё][\w.'’-]*"
_NAME = rf"{_CAPITAL}(?:\s+(?:[a-zà-ÿ]{{1,9}}\s+)?{_CAPITAL}){{0,8}}"
_SIGNED = re.compile(rf"\s*[–—]\s*({_NAME})[^“”\"]{{0,80}}$")
_BEHIND = re.compile(rf"\s*\(?[–—-]{{1,2}}\s*({_NAME})|\s*\(({_NAME})[,)]")
"""Of a name behind a quotation that no verb belongs to: "“…” — X", "“…” (X, 1983)"."""


@dataclass(frozen=True, slots=True)
class Quoted:
    """A quotation of a manuscript.

    Attributes:
        where: in the file.
        text: its words, without quotation marks.
        attribution: to whom it is attributed, as printed; None where nobody is named.
    """

    where: str
    text: str
    attribution: str | None


def quotations_of(paragraphs: Sequence[Paragraph]) -> Iterator[Quoted]:
    """Yield every quotation in order: in quotation marks, or set as one."""
    for number, paragraph in enumerate(paragraphs):
        before = paragraphs[number - 1].text if number else ""
        after = paragraphs[number + 1].text if number + 1 < len(paragraphs) else ""
        if paragraph.is_quotation:
            yield from _set_apart(paragraph, before, after)
        else:
            yield from _in_marks(paragraph)


def named_beside(text: str, quoted: Span, low: int, high: int) -> str | None:
    """Return the name of whoever is said to say a quotation; None where nobody is named.

    Args:
        text: that holds it.
        quoted: its place, with quotation marks.
        low: where to look from: the end of the quotation before.
        high: where to look to: the beginning of the next one.
    """
    frame = frame_of(text, quoted.start, quoted.end, LANGUAGES, low, high, fewest=1)
    if frame is None or frame.whose is not Whose.OTHERS or frame.name is None:
        return None
    name = text[frame.name.start : frame.name.end]
    return name if _is_name(name) else None


def _is_name(words: str) -> bool:
    """Whether words are a name, and not "the minister" or "Dent’s deputy"."""
    first, *rest = words.split()
    folded = fold(first).text
    is_particle = folded in PARTICLES and bool(rest)
    if (first[0].islower() and not is_particle) or first[0].isdigit():
        return False
    if rest and rest[-1][0].islower():
        return False
    return is_particle or not any(folded in table(code).articles for code in LANGUAGES)


def _set_apart(paragraph: Paragraph, before: str, after: str) -> Iterator[Quoted]:
    text, who = paragraph.text, None
    if signed := _SIGNED.search(text):
        text, who = text[: signed.start()], signed[1]
    elif signed := _SIGNED.match(after):
        who = signed[1]
    else:
        around = f"{before} “{text}”"
        quoted = Span(len(before) + 1, len(around))
        who = named_beside(around, quoted, 0, len(around))
    if plain_words(text):
        yield Quoted(paragraph.where, text.strip(), who)


def _in_marks(paragraph: Paragraph) -> Iterator[Quoted]:
    text = paragraph.text
    found = [(m, text[m.inner.start : m.inner.end]) for m in marked_in(text)]
    found = [(m, inside) for m, inside in found if plain_words(inside)]
    for at, (one, inside) in enumerate(found):
        low = found[at - 1][0].outer.end if at else 0
        high = found[at + 1][0].outer.start if at + 1 < len(found) else len(text)
        behind = _BEHIND.match(text, one.outer.end, high)
        who = next(filter(None, behind.groups())) if behind else None
        yield Quoted(
            paragraph.where, inside.strip(), who or named_beside(text, one.outer, low, high)
        )
