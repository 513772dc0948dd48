"""Questions that lead on: of the same turn of a document as a quote, or of its record.

A finding aid's questions are for finding; here they are offered to be asked, and what answers is
again the document's own words.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from itertools import chain, islice

from pydantic import BaseModel, ConfigDict

from corpus.aid import Entry, Key, question_id
from corpus.archive import Archive
from corpus.record import Suggested
from corpus.transcript import Turn
from qa.answers import Abstained, Answer, Reason
from qa.pointing import pointing
from qa.quotes import Quote
from qa.render.words import passages_shown
from qa.web.site import Site

_LONGEST = 90
"""Characters of a question that is read at a glance and touched."""
_AROUND = 2000
"""Code points between a quote and what is still near it, where that is another turn."""
_BACK = 2
"""What stands before a quote counts as so many times farther off: reading leads on."""


class Question(BaseModel):
    """A question to touch: as shown, as asked, and the language in which it is shown."""

    model_config = ConfigDict(frozen=True)

    shown: str
    asked: str
    lang: str


def as_question(suggested: Suggested, language: str) -> Question:
    """Return a record's question, shown in ``language`` where it is translated."""
    translated = suggested.translations.get(language)
    return Question(
        shown=translated or suggested.question,
        asked=suggested.question,
        lang=language if translated else "en",
    )


def as_suggested(question: str, suggested: Iterable[Suggested]) -> str:
    """Return a record's question where ``question`` is a translation of it, else ``question``."""
    same = question_id(question)
    for one in suggested:
        if same in map(question_id, one.translations.values()):
            return one.question
    return question


def leading_on(
    site: Site, answer: Answer, history: Iterable[str], language: str, count: int
) -> tuple[Question, ...]:
    """Return questions to ask after an answer, near what it quotes or, refusing, came near to."""
    seen = [evidence.quote for evidence in passages_shown(answer)]
    near = seen or [evidence.quote for evidence in answer.nearest]
    if isinstance(answer, Abstained) and answer.reason is Reason.UNSUPPORTED_LANGUAGE:
        near = []  # near to what, nobody can tell
    asked = (*history, answer.question)
    first = near[0] if near else None
    return next_questions(site.archive, site.suggestions(), first, seen, asked, language, count)


def next_questions(
    archive: Archive,
    suggested: Sequence[Suggested],
    near: Quote | None,
    seen: Sequence[Quote],
    asked: Iterable[str],
    language: str,
    count: int,
) -> tuple[Question, ...]:
    """Return questions that lead on from a place, nearest first, none that was asked before.

    In this order: of the finding aid in the visitor's language; of the record in that language;
    of the aid in the document's language; of the record.

    Args:
        archive: with its finding aids.
        suggested: the questions of the records.
        near: the place; None where nothing is near.
        seen: what is on the screen already: no question that it answers is offered.
        asked: what was asked so far.
        language: of the visitor.
        count: how many at most.
    """
    entries = list(_near(archive, near, seen)) if near else []
    own = near.transcript.record.language_code if near else ""
    records = [as_question(one, language) for one in suggested]
    offered = chain(
        (_offered(keys, language) for keys in entries),
        (one for one in records if one.lang == language),
        (_offered(keys, own) for keys in entries),
        records,
    )
    return tuple(islice(_new(offered, asked), count))


def _new(offered: Iterable[Question | None], asked: Iterable[str]) -> Iterator[Question]:
    known = {question_id(question) for question in asked}
    for one in offered:
        names = {question_id(one.asked), question_id(one.shown)} if one else known
        if one and not names & known:
            known |= names
            yield one


def _near(archive: Archive, near: Quote, seen: Sequence[Quote]) -> Iterator[tuple[Key, ...]]:
    """Yield the keys of the aid's entries near a quote, but for what is on the screen."""
    turn = _turn_of(near)
    entries = archive.aid(near.transcript.id).entries
    distances = [(_distance(near, turn, entry), entry) for entry in entries]
    for distance, entry in sorted(distances, key=lambda pair: (pair[0], pair[1].start)):
        if distance <= _AROUND and not any(_overlap(quote, entry) for quote in seen):
            yield entry.questions


def _turn_of(quote: Quote) -> Turn | None:
    turns = quote.transcript.turns
    return next((turn for turn in turns if turn.start <= quote.start < turn.end), None)


def _distance(quote: Quote, turn: Turn | None, entry: Entry) -> int:
    apart = max(entry.start - quote.end, (quote.start - entry.end) * _BACK, 0)
    same = turn is not None and turn.start <= entry.start < turn.end
    return min(apart, _AROUND) if same else apart


def _overlap(quote: Quote, entry: Entry) -> bool:
    return entry.start < quote.end and quote.start < entry.end


def _offered(keys: Collection[Key], language: str) -> Question | None:
    """Return the shortest question that is written as one and can be asked by itself."""
    written = [
        key.text
        for key in keys
        if key.lang == language
        and len(key.text) <= _LONGEST
        and key.text.endswith(("?", "？"))
        and not key.text[0].islower()
        and not pointing(key.text)
    ]
    if not written:
        return None
    shortest = min(written, key=len)
    return Question(shown=shortest, asked=shortest, lang=language)
