"""Answers as HTML fragments: every source character escaped, no attribute from a document.

The fragments survive a sanitiser that strips ``data-*`` and ``aria-*`` attributes; the place of
a quote is carried in its link, ``#c=<document>:<start>-<end>@<version of the text>``.
"""

from __future__ import annotations

from html import escape
from urllib.parse import quote as percent_encode

from corpus.transcript import Note, Transcript
from qa.answers import Answer, Answered, Evidence
from qa.citation import citation, participant, speaker_line
from qa.quotes import Quote, Voice
from qa.render.directions import isolated_html
from qa.render.verbatim import MARK_CLASS, on_one_line, require_verbatim, words_in_html
from qa.render.words import (
    BREAK_SIGN,
    layer_name,
    passages_shown,
    quotes_found,
    reported_line,
    sentences,
)


def answer_html(answer: Answer, *, actions: bool = True) -> str:
    """Return the whole answer: quote cards, passages to judge, or a sentence alone.

    Args:
        answer: what to show.
        actions: whether the cards carry links and buttons, which need a page with our script.
    """
    if isinstance(answer, Answered):
        cards = "".join(card_html(evidence, actions=actions) for evidence in answer.evidence)
        count = escape(quotes_found(len(answer.evidence)))
        return f'<div class="va-answer"><p class="va-count">{count}</p>{cards}</div>'
    said = "".join(f'<p class="va-abstained">{escape(s)}</p>' for s in sentences(answer))
    offered = "".join(card_html(e, nearest=True, actions=actions) for e in passages_shown(answer))
    return f'<div class="va-answer va-none">{said}{offered}</div>'


def card_html(evidence: Evidence, *, nearest: bool = False, actions: bool = True) -> str:
    """Return one quote with speaker, reference and the notes that explain it."""
    quote = evidence.quote
    kind = " va-near" if nearest else ""
    language = escape(quote.transcript.record.language)
    notes = "".join(_note_html(quote, note) for note in quote.notes)
    return (
        f'<figure class="va-card{kind}">{_speaker_html(quote)}'
        f'<blockquote class="va-quote" lang="{language}" dir="auto"><p>'
        f'<span class="{MARK_CLASS}">“</span>'
        f'{quote_html(quote)}<span class="{MARK_CLASS}">”</span></p></blockquote>'
        f"{_reported_html(quote)}{notes}"
        f'<figcaption class="va-citation"><cite>{citation(quote, isolated_html)}</cite>'
        "</figcaption>"
        f"{_actions_html(quote) if actions else ''}</figure>"
    )


def _speaker_html(quote: Quote) -> str:
    """Name and office; where nobody speaks, what the text is."""
    who = participant(quote.transcript.record, quote.speaker) if quote.speaker else None
    if who is None:
        return (
            f'<p class="va-speaker">'
            f"{speaker_line(quote, isolated_html) or escape(layer_name(quote.layer))}</p>"
        )
    role = f'<span class="va-role">, {isolated_html(who.role)}</span>' if who.role else ""
    return f'<p class="va-speaker">{isolated_html(who.full_name or who.name)}{role}</p>'


def _reported_html(quote: Quote) -> str:
    said = reported_line(quote, isolated_html)
    return f'<p class="va-reported">{said}</p>' if said else ""


def _actions_html(quote: Quote) -> str:
    buttons = "".join(
        f'<button type="button" class="{name}">{label}</button>'
        for name, label in (
            ("va-copy", "Copy with citation"),
            ("va-share", "Link to this quote"),
            ("va-report", "Report an error"),
        )
    )
    context = f'<a class="va-link" href="{link(quote)}">Show in context</a>'
    return f'<p class="va-actions">{context}{buttons}</p>'


def quote_html(quote: Quote) -> str:
    """Return the quote's words, escaped, with brackets, anchors and lost text marked.

    Raises:
        QuoteError: the finished HTML does not carry exactly the source's words.
    """
    parts = []
    for piece in quote.pieces:
        words = escape(on_one_line(quote.transcript.text[piece.start : piece.end]))
        words = words.replace("\t", "&#9;")  # as a character, a chat's own clean-up expands it
        if piece.voice is Voice.BREAK:
            parts.append(f'<span class="{MARK_CLASS} va-break"> {BREAK_SIGN}</span>')
        elif piece.voice is Voice.SOURCE:
            parts.append(words)
        else:
            parts.append(f'<span class="va-{piece.voice}">{words}</span>')
    fragment = "".join(parts)
    require_verbatim(quote, words_in_html(fragment))
    return fragment


def link(quote: Quote) -> str:
    """Return the fragment link that names the quote's document, range and version of the text."""
    document = percent_encode(quote.transcript.id, safe="")
    return f"#c={document}:{quote.start}-{quote.end}@{version(quote.transcript)}"


def version(transcript: Transcript) -> str:
    """Return the first digits of the text's hash: another text under the same id has others."""
    return transcript.sha256[:12]


def _note_html(quote: Quote, note: Note) -> str:
    language = escape(quote.transcript.record.language)
    words = _escaped(quote.transcript.text[note.start : note.end])
    return (
        f'<p class="va-note">Note {note.number} of the document: '
        f'<span lang="{language}" dir="auto">{words}</span></p>'
    )


def _escaped(text: str) -> str:
    return escape(on_one_line(text))
