"""Questions for everything that is said of something: passages that name it come first.

"Everything said about Strauss", "all mentions of Madrid" and "who mentions Kamchatka?" ask for a
list. No passage of it is the answer, so some are offered, in the order in which they are said; what
does not name it comes after them, however near it is otherwise. What stands nowhere in the
documents' words, a name in another alphabet too, leaves the reading as it is.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace

from corpus.people import is_called
from corpus.transcript import Transcript
from index.analysis import terms
from qa.answers import MOST_OFFERED, Evidence
from qa.asking import Asked
from qa.errors import QuestionError
from qa.quotes import Quote
from qa.reader.protocol import Reading
from qa.widening import find_widely

_WHAT = r"[«“„\"]?(?P<what>.+?)[»”“\"]?"
_PLACES = r"(?:mentions?|passages?|places?|statements?|quotes?|quotations?|references?|remarks?)"
_STELLEN = r"(?:erwähnungen|stellen|aussagen|passagen|zitate|äußerungen)"
_PATTERNS = tuple(
    re.compile(rf"^(?:{pattern})\s*[.?!]*$", re.IGNORECASE)
    for pattern in (
        r"(?:(?:please )?(?:show|tell|give|find|list|quote|read)(?: me| us)? )?"
        r"(?:everything|all|anything and everything)(?: that| which| there)?"
        r"(?: (?:is|was|were|are|has been|have been|they|people|anyone|anybody|somebody|someone))*"
        rf"(?: (?:says?|said|told|tells?|mentions?|mentioned|written|known|stated))? "
        rf"(?:about|on|of|concerning|regarding) {_WHAT}",
        r"(?:(?:please )?(?:show|give|find|list|quote)(?: me| us)? )?"
        rf"(?:all|every)(?: the| single)? {_PLACES}(?: that (?:mention|name))?"
        rf"(?: (?:about|on|of|to|with|concerning|regarding|mentioning|naming))? {_WHAT}",
        rf"who (?:all )?(?:mentions?|mentioned|names?|named) {_WHAT}",
        rf"where (?:is|are|was|were) {_WHAT} (?:mentioned|named|spoken of|talked about)",
        rf"(?:zeige? (?:mir|uns) )?alles(?:,? was)? (?:über|zu|von) {_WHAT}"
        r"(?: (?:gesagt|erwähnt|geäußert)(?: (?:wird|wurde|worden ist))?)?",
        rf"(?:zeige? (?:mir|uns) )?alle {_STELLEN} (?:über|zu|von|mit) {_WHAT}",
        rf"(?:wer erwähnte?|wo wird|wo wurde) {_WHAT}(?: (?:erwähnt|genannt))?",
        rf"{_WHAT}(?:에 대한|에 대해서?|에 관한|에 관해서?) (?:.* )?(?:모든|모두|전부)(?: .*)?",
        rf"(?:покажи(?:те)? )?вс[её],? что (?:было )?(?:сказано|говорится|говорили|известно) "
        rf"(?:об?о?|про) {_WHAT}",
        rf"все (?:упоминания|высказывания|места|цитаты)(?: (?:об?о?|про|с))? {_WHAT}",
        rf"(?:кто упоминает|кто упомянул|где упоминается|где упоминаются) {_WHAT}",
    )
)


def everything_about(question: str) -> str:
    """Return that of which a question asks for everything said; empty where it asks otherwise."""
    text = " ".join(question.split())
    found = (pattern.fullmatch(text) for pattern in _PATTERNS)
    return next((match["what"] for match in found if match), "")


def naming_first(reading: Reading, documents: Iterable[Transcript]) -> Reading:
    """Return a reading with passages first that name what everything is asked of."""
    what = everything_about(reading.asked.question)
    if not what:
        return reading
    near = [one for one in reading.ranked if _names(one.quote, what)]
    admitted = [one for one in documents if reading.asked.admits(one)]
    every = [*near, *_others(admitted, what, reading)]
    if not every:
        return reading
    first = sorted(every[:MOST_OFFERED], key=lambda one: (one.quote.transcript.id, one.quote.start))
    rest = [one for one in reading.ranked if one not in near]
    ranked = (*first, *every[MOST_OFFERED:], *rest)
    return replace(reading, ranked=ranked, named=len(first))


def _names(quote: Quote, what: str) -> bool:
    language = quote.transcript.record.language_code
    wanted = frozenset(terms(what, language))
    return bool(wanted) and wanted <= frozenset(terms(quote.text, language))


def _others(documents: list[Transcript], what: str, reading: Reading) -> list[Evidence]:
    """Return the sentences that hold these words and that the reading has not."""
    try:
        widened = find_widely(documents, what)
    except QuestionError:
        return []
    if widened.apart:
        return []
    seen = [one.quote for one in reading.ranked]
    quotes = {(m.quote.transcript.id, m.quote.start): m.quote for m in widened.found.matches}
    return [
        Evidence(quote, 0.0)
        for quote in quotes.values()
        if _names(quote, what)
        and _is_said(quote, reading.asked)
        and not any(_overlap(quote, other) for other in seen)
    ]


def _is_said(quote: Quote, asked: Asked) -> bool:
    if asked.speaker is None:
        return True
    document = quote.transcript
    return quote.speaker is not None and is_called(document, quote.speaker, asked.speaker)


def _overlap(one: Quote, other: Quote) -> bool:
    same = one.transcript.id == other.transcript.id
    return same and one.start < other.end and other.start < one.end
