"""What a name before a colon is in a document: somebody, perhaps somebody, or no person."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from enum import Enum, auto

from corpus.labels.candidates import Candidate, Content, Place
from corpus.labels.evidence import (
    Tally,
    against,
    is_aside,
    is_catalogue,
    is_no_person,
    is_note,
    is_ordinal,
)
from corpus.labels.names import (
    Likeness,
    folded,
    has_title,
    is_capitals,
    likeness,
    name_words,
    without_titles,
)
from corpus.labels.people import People
from corpus.labels.regularity import NEARLY, followed, share_labelled
from corpus.labels.words import ANSWERING, TITLES

_HALF = 0.5
_OFTEN = 2
_FEW_WORDS = 4
_MANY = 4
_TWO_PIECES = 2
_FIFTH = 5


class Standing(Enum):
    """What a name before a colon is in this document."""

    PERSON = auto()
    MAYBE = auto()
    """Might be a person: ends the turn, and nobody is named."""
    ASIDE = auto()
    """A word such as "Quote": part of what the speaker says."""
    CATALOGUE = auto()
    """A word such as "Date": a line about the talk, nobody's speech."""


@dataclass(frozen=True, slots=True)
class Facts:
    """What a document shows of the names that stand before colons.

    Attributes:
        by_key: the candidates of each name.
        pieces: what speaks against each.
        listed: names of the record's participants.
        follows: whether another label follows the paragraph of each, by offset.
        regular: every paragraph begins with a label, as a rule.
        nothing_recurs: the record lists nobody, and no name stands twice.
        bases: how often each name stands, brackets left out.
        elsewhere: how often each stands in forms without a colon.
        people: who is who.
    """

    by_key: Mapping[str, list[Candidate]]
    pieces: Mapping[str, frozenset[str]]
    listed: frozenset[str]
    follows: Mapping[int, bool]
    regular: bool
    nothing_recurs: bool
    bases: Counter[str]
    elsewhere: Counter[str]
    people: People

    @classmethod
    def read(
        cls,
        content: Content,
        names: Sequence[Candidate],
        people: People,
        elsewhere: Counter[str],
    ) -> Facts:
        """Collect the facts of all candidates with a colon."""
        by_key: dict[str, list[Candidate]] = defaultdict(list)
        for c in _without_bare_introductions(names):
            by_key[c.key].append(c)
        names = sorted((c for found in by_key.values() for c in found), key=lambda c: c.start)
        listed = {key for key, found in by_key.items() if people.participant(found[0].name)}
        whole = Tally.of(names)
        pieces = {key: against(key, found, whole) for key, found in by_key.items()}
        rest = [c for c in names if c.key in listed or len(pieces[c.key]) < _TWO_PIECES]
        single = all(len(found) == 1 for found in by_key.values())
        unobjected = sum(not found for found in pieces.values())
        return cls(
            by_key=by_key,
            pieces=pieces,
            listed=frozenset(listed),
            follows=followed(content, rest),
            regular=share_labelled(content, rest) >= NEARLY,
            nothing_recurs=not people.participants
            and single
            and (unobjected > 1 or _begins_text(names)),
            bases=Counter(folded(c.name.base) for c in names),
            elsewhere=elsewhere,
            people=people,
        )

    def is_followed(self, key: str) -> bool:
        """Whether another label follows at least half of the paragraphs of a name."""
        found = self.by_key[key]
        return sum(self.follows.get(c.start, False) for c in found) >= _HALF * len(found)


def standings(facts: Facts) -> dict[str, Standing]:
    """Say of each name what it is."""
    standing = {key: _alone(key, facts) for key in facts.by_key}
    _add_guests(standing, facts)
    _add_surnames(standing, facts)
    _add_alike(standing, facts)
    return standing


def _alone(key: str, facts: Facts) -> Standing:
    """Judge a name by its own candidates."""
    name = facts.by_key[key][0].name
    if key in facts.listed or _takes_turns(key, facts):
        return Standing.PERSON
    counts = is_ordinal(key) and not is_capitals(name.base)
    if counts and sum(map(is_ordinal, facts.by_key)) > 1:
        # One alone may be a name, such as Segundo; several count the points of a speech.
        return Standing.ASIDE
    if is_no_person(facts.pieces[key]):
        about = is_catalogue(key) or is_note(key)
        return Standing.CATALOGUE if about else Standing.ASIDE
    if is_note(key):
        return Standing.CATALOGUE
    if facts.pieces[key] or facts.people.is_ambiguous(name):
        return Standing.MAYBE
    return Standing.PERSON if _is_person(key, facts) else Standing.MAYBE


def _takes_turns(key: str, facts: Facts) -> bool:
    """Whether a word such as "CC" or "Interviewee", called by which somebody speaks, alternates.

    No line about the talk makes up a fifth of its labels, goes on for sentences and is answered.
    """
    found = facts.by_key[key]
    if facts.pieces[key] != {"word"} or not is_catalogue(key) or not facts.regular:
        return False
    count = sum(len(other) for other in facts.by_key.values())
    sentences = sum(not c.value and not c.alone for c in found)
    alternates = facts.is_followed(key) and sentences > _HALF * len(found)
    if len(found) * _FIFTH < count or not alternates:
        return False
    answers = key in ANSWERING and len(found) >= _OFTEN
    return answers or (is_capitals(found[0].name.base) and len(found) > _MANY)


def _is_person(key: str, facts: Facts) -> bool:
    """Whether a name without anything against it is established as somebody's."""
    found = facts.by_key[key]
    name = found[0].name
    strong = likeness(name.printed) is Likeness.STRONG
    words = name_words(name.base)
    if facts.nothing_recurs and strong and (len(words) < _FEW_WORDS or has_title(name.base)):
        return True
    if len(found) + facts.elsewhere[key] < _OFTEN:
        # Somebody told apart by brackets from another speaker of that name, or with a title.
        told_apart = bool(name.inside) and facts.bases[folded(name.base)] > 1
        titled = has_title(name.base) and len(words) > 1 and not facts.people.participants
        return strong and (told_apart or titled)
    if facts.is_followed(key):
        return True
    return strong and (len(words) > 1 or is_capitals(name.base) or len(found) > _MANY)


def _add_guests(standing: dict[str, Standing], facts: Facts) -> None:
    """Hear whoever speaks once among others, where every paragraph is labelled."""
    if facts.people.participants or not facts.regular:
        return
    people = [key for key, found in standing.items() if found is Standing.PERSON]
    first = min((facts.by_key[key][0].start for key in people), default=0)
    for key, found in facts.by_key.items():
        c = found[0]
        objected = facts.pieces[key] or facts.people.is_ambiguous(c.name)
        if standing[key] is not Standing.MAYBE or objected or not facts.is_followed(key):
            continue
        if c.start > first and not c.value and likeness(c.name.printed) is Likeness.STRONG:
            standing[key] = Standing.PERSON


def _add_surnames(standing: dict[str, Standing], facts: Facts) -> None:
    """Hear somebody whose first turn stands under the full name, later ones under the surname."""
    counts: Counter[str] = Counter()
    for key, found in facts.by_key.items():
        if standing[key] is Standing.PERSON:
            counts[_surname(key)] += _OFTEN
        elif standing[key] is Standing.MAYBE and not facts.pieces[key]:
            counts[_surname(key)] += len(found)
    for key, found in facts.by_key.items():
        doubtful = standing[key] is Standing.MAYBE and not facts.pieces[key]
        strong = likeness(found[0].name.printed) is Likeness.STRONG
        if doubtful and strong and counts[_surname(key)] >= _OFTEN:
            standing[key] = Standing.PERSON


def _add_alike(standing: dict[str, Standing], facts: Facts) -> None:
    """Hear a name of several words with brackets, such as a party, where others carry them, too."""
    if facts.people.participants:
        return
    told = [k for k, found in standing.items() if found is Standing.PERSON and _is_told(k, facts)]
    if not told:
        return
    for key, found in facts.by_key.items():
        objected = facts.pieces[key] or facts.people.is_ambiguous(found[0].name)
        if standing[key] is not Standing.MAYBE or objected or not _is_told(key, facts):
            continue
        if likeness(found[0].name.printed) is Likeness.STRONG and facts.is_followed(key):
            standing[key] = Standing.PERSON


def _is_told(key: str, facts: Facts) -> bool:
    """Whether a label that opens paragraphs holds several words, and brackets that say who."""
    found = facts.by_key[key]
    name = found[0].name
    several = len(name_words(name.base)) > 1 and bool(name.inside) and not name.is_remark
    return several and all(c.place is Place.OPENING for c in found)


def _surname(key: str) -> str:
    words = without_titles(name_words(key))
    return words[-1] if words and words[-1] not in TITLES and words[-1].isalpha() else key


def _without_bare_introductions(names: Sequence[Candidate]) -> list[Candidate]:
    """Behind a label without words, such as "Break:" again and again, nobody is quoted."""
    counts = Counter(c.key for c in names)
    bare = {c.index for c in names if c.alone and counts[c.key] > _OFTEN and not is_aside(c.key)}
    return [
        replace(c, introduced=False) if c.introduced and c.index - 1 in bare else c for c in names
    ]


def _begins_text(names: Sequence[Candidate]) -> bool:
    """Whether the only label stands where a talk begins, and is no phrase."""
    short = bool(names) and len(names[0].name.base.split()) < _FEW_WORDS
    return short and names[0].index < _OFTEN
