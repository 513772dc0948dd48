"""Answers as HTML fragments: every source character escaped, no attribute from a document.

The fragments survive a sanitiser that strips ``data-*`` and ``aria-*`` attributes; the place of
a quote is carried in its link, ``#c=<document>:<start>-<end>@<version of the text>``.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import quote as percent_encode

from markupsafe import Markup

from corpus.transcript import Transcript
from qa.about import CAPTIONS
from qa.answers import Answer, Answered, Evidence
from qa.quotes import Quote
from qa.render.contract import catalogue_of
from qa.render.directions import isolated_html
from qa.render.languages import catalogue
from qa.render.short import Said, card_name, short_reference
from qa.render.shown import Part, Shown, shown, version
from qa.render.templating import written
from qa.render.verbatim import require_source, words_in_html
from qa.render.words import (
    BREAKS_OFF,
    CATALOGUE_HEADING,
    EACH_SIDE,
    REPLIED,
    contradiction_line,
    further_passages,
    more_passages,
    passages_shown,
    quotes_found,
    reported_line,
    sentences,
    sides_of,
)


@dataclass(frozen=True, slots=True)
class SentenceNumber:
    """The number by which references name the sentence that begins here: our own sign.

    Attributes:
        number: within its turn.
        anchor: HTML id, or empty.
    """

    number: int
    anchor: str


@dataclass(frozen=True, slots=True)
class Run:
    """Words of a document in one highlight, or in none.

    Attributes:
        parts: cut by voice, with numbers of sentences between them.
        style: class of the highlight; empty where there is none.
        id: HTML id of the highlight; empty where it has none.
    """

    parts: Sequence[Part | SentenceNumber]
    style: str = ""
    id: str = ""


@dataclass(frozen=True, slots=True)
class Card:
    """What the template of a card is given."""

    view: Shown
    name: Markup
    words: Markup
    reported: Markup
    line: tuple[Said, ...]
    link: str
    cite: str
    nearest: bool


def answer_html(answer: Answer, *, language: str = "en", actions: bool = True) -> str:
    """Return the whole answer: quote cards, passages to judge, or a sentence alone.

    Args:
        answer: what to show.
        language: of our own words, an ISO 639-1 code.
        actions: whether the cards carry links and buttons, which need a page with our script.
    """
    is_quoted = isinstance(answer, Answered)
    cards = [
        _card(one, number, language, nearest=not is_quoted)
        for number, one in enumerate(passages_shown(answer), start=1)
    ]
    more = [
        _card(one, number, language, nearest=True)
        for number, one in enumerate(further_passages(answer) if actions else (), start=1)
    ]
    facts = catalogue_of(answer)
    say = catalogue(language).gettext
    said = (
        (quotes_found(len(cards), language),)
        if isinstance(answer, Answered)
        else sentences(answer, language)
    )
    return _on_one_line(
        "answer.html",
        cards=cards,
        more=more,
        more_passages=more_passages(len(more), language),
        sides=_sides(answer, language),
        each_side=say(EACH_SIDE),
        replied=say(REPLIED),
        is_quoted=is_quoted,
        against=Markup(  # noqa: S704 - escaped there
            contradiction_line(answer, language, isolated_html)
        ),
        sentences=said if cards or not facts else (),
        facts=[(say(CAPTIONS[fact.field]), fact) for fact in facts],
        heading=say(CATALOGUE_HEADING),
        say=say,
        actions=actions,
    )


def _sides(answer: Answer, language: str) -> list[tuple[str, list[tuple[Card, Card | None]]]]:
    """Return what each side says: its name, and its passages with the turn after each."""
    return [
        (
            side.speaker,
            [
                (
                    _card(Evidence(said.quote, 1.0), 1, language, nearest=False),
                    None
                    if said.reply is None
                    else _card(Evidence(said.reply, 1.0), 1, language, nearest=False),
                )
                for said in side.said[:1]
            ],
        )
        for side in sides_of(answer)
    ]


def card_html(
    evidence: Evidence, *, nearest: bool = False, actions: bool = True, language: str = "en"
) -> str:
    """Return one quote with its reference and the notes that explain it.

    Raises:
        QuoteError: the finished HTML does not carry exactly the source's words.
    """
    one = _card(evidence, 1, language, nearest=nearest)
    say = catalogue(language).gettext
    return _on_one_line("one-card.html", one=one, say=say, actions=actions)


def _on_one_line(template: str, **values: object) -> str:
    """Return what a template makes, without its line breaks: a chat would show them as such."""
    return written(template, **values).replace("\n", "")


def _card(evidence: Evidence, number: int, language: str, *, nearest: bool) -> Card:
    quote = evidence.quote
    view = shown(quote)
    say = catalogue(language).gettext
    return Card(
        view=view,
        name=Markup(  # noqa: S704 - escaped there
            card_name(view, number, language, nearest=nearest, apart=isolated_html)
        ),
        words=_words_of(quote, view, say(BREAKS_OFF)),
        reported=Markup(reported_line(view, say, isolated_html)),  # noqa: S704 - escaped there
        line=short_reference(view, language),
        link=link(quote),
        cite=f"/cite/{percent_encode(view.document, safe='')}/{view.start}-{view.end}",
        nearest=nearest,
    )


def quote_html(quote: Quote) -> Markup:
    """Return the quote's words, escaped, with brackets, anchors and lost text marked.

    Raises:
        QuoteError: the finished HTML does not carry exactly the source's words.
    """
    return _words_of(quote, shown(quote), BREAKS_OFF)


def _words_of(quote: Quote, view: Shown, breaks_off: str) -> Markup:
    return words_html(quote.transcript, quote.start, quote.end, [Run(view.parts)], breaks_off)


def words_html(
    transcript: Transcript,
    start: int,
    end: int,
    runs: Sequence[Run],
    breaks_off: str = BREAKS_OFF,
) -> Markup:
    """Return a stretch of a document as HTML.

    Raises:
        QuoteError: the finished HTML does not carry exactly the source's words.
        SourceChangedError: the file has changed since it was read.
    """
    fragment = written("words.html", runs=runs, break_sign=f"⟨{breaks_off}⟩")
    require_source(transcript, start, end, words_in_html(fragment))
    return fragment


def link(quote: Quote) -> str:
    """Return the fragment link that names the quote's document, range and version of the text."""
    document = percent_encode(quote.transcript.id, safe="")
    return f"#c={document}:{quote.start}-{quote.end}@{version(quote.transcript)}"
