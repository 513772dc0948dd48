"""What the archive has of a quotation that a question asks about, above the answer."""

from __future__ import annotations

from qa.answers import Abstained, Answer, Evidence
from qa.errors import QuestionError
from qa.quotations.asked import asked_about
from qa.quotations.judging import check
from qa.quotations.verdicts import Check, Verdict
from qa.quotes import Quote
from qa.render.directions import isolated
from qa.render.html import answer_html, card_html
from qa.render.judged import check_lines
from qa.render.languages import catalogue
from qa.render.templating import written
from qa.render.words import passages_shown
from qa.web.site import Site

_MOST = 3


def checked(site: Site, question: str) -> Check | None:
    """Return what the archive has of the quotation in a question; None where it asks about none.

    Words without quotation marks may be a paraphrase: where they stand nowhere, nothing is said.
    """
    asked = asked_about(question)
    if asked is None:
        return None
    current = [transcript for transcript in site.archive if transcript.is_current]
    try:
        found = check(current, asked.quotation, asked.speaker)
    except QuestionError:
        return None
    return found if asked.is_marked or found.verdict is not Verdict.ABSENT else None


def sentences_of(found: Check, language: str) -> tuple[str, ...]:
    """Return what is said of a check in the language of a page."""
    return tuple(check_lines(found, catalogue(language).gettext, isolated))


def places_beside(found: Check, answer: Answer) -> tuple[Quote, ...]:
    """Return the places of a check that an answer does not show, a few of them."""
    shown = {(e.quote.transcript.id, e.quote.start) for e in passages_shown(answer)}
    places = {(p.quote.transcript.id, p.quote.start): p.quote for p in found.places[:_MOST]}
    return tuple(quote for at, quote in places.items() if at not in shown)


def judged_html(site: Site, question: str, answer: Answer, language: str) -> str:
    """Return an answer; above it, where the question asks about a quotation, what is had of it.

    Where the archive has a place, "not found" is not said of it. Of a question there is one
    element of the class ``va-answer``: the page's script counts them.
    """
    found = checked(site, question)
    if found is None:
        return str(answer_html(answer, language=language))
    cards = [card_html(Evidence(q, 1.0), language=language) for q in places_beside(found, answer)]
    alone = bool(found.places) and isinstance(answer, Abstained)
    sentences = sentences_of(found, language)
    above = written("check.html", sentences=sentences, cards=cards, alone=alone).replace("\n", "")
    return str(above if alone else above + answer_html(answer, language=language))
