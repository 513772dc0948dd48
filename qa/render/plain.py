"""Answers as plain text, for a terminal or a letter."""

from __future__ import annotations

import textwrap

from qa.answers import Answer, Answered, Evidence
from qa.citation import citation, speaker_line
from qa.quotes import Quote, Voice
from qa.render.verbatim import on_one_line, require_verbatim
from qa.render.words import (
    BREAK_SIGN,
    NEAREST_HEADING,
    abstention_sentence,
    layer_name,
    nearest_shown,
    reported_line,
)

_INDENT = "    "


def answer_text(answer: Answer, width: int = 88) -> str:
    """Return the whole answer as text, wrapped to ``width`` columns."""
    if isinstance(answer, Answered):
        return "\n\n".join(quote_block(evidence, width) for evidence in answer.evidence)
    parts = [abstention_sentence(answer)]
    if nearest := nearest_shown(answer):
        parts.append(f"{NEAREST_HEADING}:")
        parts += [quote_block(evidence, width) for evidence in nearest]
    return "\n\n".join(parts)


def quote_block(evidence: Evidence, width: int = 88) -> str:
    """Return one quote with speaker, notes and reference."""
    quote = evidence.quote
    who = speaker_line(quote) or layer_name(quote.layer)
    lines = [f"{on_one_line(who)}:", _wrapped(f"“{quote_text(quote)}”", width)]
    if said := reported_line(quote):
        lines.append(_wrapped(said, width))
    for note in quote.notes:
        words = on_one_line(quote.transcript.text[note.start : note.end])
        lines.append(_wrapped(f"Note {note.number} of the document: {words}", width))
    lines.append(_wrapped(f"— {on_one_line(citation(quote))}", width))
    return "\n".join(lines)


def quote_text(quote: Quote) -> str:
    """Return the quote's words on one line, with a sign where the source lost text.

    Raises:
        QuoteError: what would be shown differs from the source.
    """
    shown, words = [], []
    for piece in quote.pieces:
        if piece.voice is Voice.BREAK:
            shown.append(f" {BREAK_SIGN}")
        else:
            part = on_one_line(quote.transcript.text[piece.start : piece.end])
            shown.append(part)
            words.append(part)
    require_verbatim(quote, "".join(words))
    return "".join(shown)


def _wrapped(text: str, width: int) -> str:
    return textwrap.fill(
        text,
        width,
        initial_indent=_INDENT,
        subsequent_indent=_INDENT,
        break_long_words=False,
        break_on_hyphens=False,
        drop_whitespace=True,
    )
