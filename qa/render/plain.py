"""Answers as plain text, for a terminal or a letter.

A line that is too long goes on in the next one: the break stands for one space, words are never
cut. A sign that a terminal would obey is shown by its code, ``⟨U+001B⟩``.
"""

from __future__ import annotations

from collections.abc import Iterable

from rich.cells import cell_len

from qa.about import CAPTIONS, Fact
from qa.answers import Answer, Answered, Evidence
from qa.citation import joined
from qa.quotes import Quote, QuoteError, Voice
from qa.render.contract import catalogue_of
from qa.render.directions import isolated
from qa.render.shown import shown
from qa.render.terminal import WIDEST, unshown, visible
from qa.render.verbatim import on_one_line, require_verbatim
from qa.render.words import (
    BREAK_SIGN,
    CATALOGUE_HEADING,
    EACH_SIDE,
    REPLIED,
    connection,
    contradiction_line,
    further_passages,
    layer_name,
    more_passages,
    passages_shown,
    reported_line,
    sentences,
    sides_of,
)
from qa.sides import Side

_INDENT = "    "
_COLUMN = 2 + max(map(len, CAPTIONS.values()))
_TAB = 8
"""Most columns that a tab takes."""


def answer_text(answer: Answer, width: int = WIDEST) -> str:
    """Return the whole answer as text, wrapped to ``width`` columns."""
    said = () if isinstance(answer, Answered) else sentences(answer)
    lines = [one for one in (contradiction_line(answer), connection(answer), *said) if one]
    parts = [wrapped(_harmless(sentence), width) for sentence in lines]
    if told := sides_of(answer):
        parts += _sides(told, width)
    else:
        parts += [quote_block(evidence, width) for evidence in passages_shown(answer)]
    if facts := catalogue_of(answer):
        parts += [CATALOGUE_HEADING] if isinstance(answer, Answered) else []
        parts.append(facts_text(facts, width))
    return "\n\n".join(parts)


def more_text(answer: Answer, width: int = WIDEST) -> str:
    """Return the passages besides the quotes of an answer; empty where there are none."""
    further = further_passages(answer)
    if not further:
        return ""
    blocks = (quote_block(evidence, width) for evidence in further)
    return "\n\n".join([f"{more_passages(len(further))}:", *blocks])


def _sides(told: Iterable[Side], width: int) -> list[str]:
    """Return each side under its name, the beginning of the next turn below what it says."""
    parts = [EACH_SIDE]
    for side in told:
        parts.append(wrapped(f"{_name(side.speaker)}, {_name(side.document)}", width))
        for number, said in enumerate(side.said, start=1):
            parts.append(quote_block(Evidence(said.quote, 1.0), width))
            again = any(said.reply == later.reply for later in side.said[number:])
            if said.reply is not None and not again:
                parts += [f"{REPLIED}:", quote_block(Evidence(said.reply, 1.0), width)]
    return parts


def facts_text(facts: Iterable[Fact], width: int = WIDEST) -> str:
    """Return statements of the catalogue, a line each and a longer one on several."""
    lines = []
    for fact in facts:
        caption = f"{CAPTIONS[fact.field]}:".ljust(_COLUMN)
        value = wrapped(visible(isolated(fact.value)), max(width - _COLUMN, 1))
        lines.append(caption + value.replace("\n", "\n" + " " * _COLUMN))
    return "\n".join(lines)


def quote_block(evidence: Evidence, width: int = WIDEST) -> str:
    """Return one quote with speaker, notes and reference.

    Raises:
        QuoteError: what would be shown differs from the source.
    """
    view = shown(evidence.quote)
    who = joined(view.who, _name) or layer_name(view.layer)
    parts = [
        wrapped(f"{who}:", width),
        wrapped(f"“{_shown_words(evidence.quote)}”", width, _INDENT),
    ]
    if said := reported_line(view, apart=_name):
        parts.append(wrapped(said, width, _INDENT))
    for note in view.notes:
        words = _harmless(note.text)
        parts.append(wrapped(f"Note {note.number} of the document: {words}", width, _INDENT))
    parts.append(wrapped(f"— {joined(view.reference, _name)}", width, _INDENT))
    return "\n".join(parts)


def quote_text(quote: Quote) -> str:
    """Return the quote's words on one line, with a sign where the source lost text.

    Raises:
        QuoteError: what would be shown differs from the source.
    """
    parts = shown(quote).parts
    require_verbatim(quote, "".join(part.text for part in parts))
    return "".join(f" {BREAK_SIGN}" if p.voice is Voice.BREAK else p.text for p in parts)


def wrapped(text: str, width: int, indent: str = "") -> str:
    """Return one line of text as lines of at most ``width`` columns, where its words allow.

    Each break replaces exactly one space, so that :func:`unwrapped` gives back every character.
    """
    lines: list[str] = []
    line = ""
    for number, word in enumerate(text.split(" ")):
        longer = f"{line} {word}" if number else word
        if number and line.strip() and _columns(indent + longer) > width:
            lines.append(line)
            longer = word
        line = longer
    return "\n".join(indent + part for part in (*lines, line))


def unwrapped(text: str, indent: str = "") -> str:
    """Return the one line that :func:`wrapped` was given."""
    return " ".join(line.removeprefix(indent) for line in text.split("\n"))


def _columns(text: str) -> int:
    return cell_len(text) + (_TAB - 1) * text.count("\t")


def _shown_words(quote: Quote) -> str:
    """Return :func:`quote_text` with signs that a terminal would obey shown by their codes.

    Raises:
        QuoteError: the words cannot be read back from what would be shown.
    """
    words = quote_text(quote)
    shown = visible(words)
    if shown != words and unshown(shown) != words:
        raise QuoteError(
            f"{quote.transcript.id} {quote.start}-{quote.end} holds both control characters and "
            "their codes; ask for it with --json."
        )
    return shown


def _name(text: str) -> str:
    return isolated(visible(text))


def _harmless(text: str) -> str:
    return visible(on_one_line(text))
