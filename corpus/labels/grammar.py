"""Which forms of label a document uses, and which names in these forms are people."""

from __future__ import annotations

import itertools
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import Enum, auto

from corpus.labels.candidates import AT_START, FIRM, Candidate, Content, Place
from corpus.labels.names import (
    Likeness,
    folded,
    has_title,
    is_capitals,
    likeness,
    may_be_somebody,
    name_words,
    without_titles,
)
from corpus.labels.people import People
from corpus.labels.shapes import folded_sign
from corpus.labels.words import ASIDES, CATALOGUE, CLOSINGS, NOTES, TITLES

_HALF = 0.5
_FEW = 0.25
_MOST = 0.75
_OFTEN = 2
_TWO_PIECES = 2
_LEAST_WEAK = 4
_NEARLY = 0.85
_ALL = 0.97
_SHORT_WORD = 3

SURE_FAMILIES = frozenset({"voice", "stated"})
WEAK_FAMILIES = frozenset(
    {"hash", "bold", "bracket", "stop", "dash", "sign", "column", "kagi", "alone"}
)

MARKED_FAMILIES = frozenset({"hash", "bold", "bracket"})
"""Forms that set a name off by signs."""


class Standing(Enum):
    """What a name before a colon is in this document."""

    PERSON = auto()
    MAYBE = auto()
    """Might be a person: ends the turn, and nobody is named."""
    ASIDE = auto()
    """A word such as "Note": part of what the speaker says."""
    CATALOGUE = auto()
    """A word such as "Date": a line about the talk, nobody's speech."""


@dataclass(frozen=True, slots=True)
class Grammar:
    """How a document labels its speakers.

    Attributes:
        families: forms of label in force.
        standing: of each folded name that stands in one of these forms.
        people: who is who.
        recurring: keys of phrases that stand where labels stand, twice or more.
        beside: whether words stand beside labels.
        placed: how many labels at the starts of lines name somebody for sure.
        small: behind how many of them the words begin small.
        loose: how many of them stand where a sentence may go on.
        opening: whether labels open paragraphs.
        inline: whether labels stand inside lines as a rule.
        labelled: what share of the paragraphs begins with a label, or what may be one.
    """

    families: frozenset[str]
    standing: dict[str, Standing]
    people: People
    recurring: frozenset[str]
    beside: bool
    placed: int
    small: int
    loose: int
    opening: bool
    inline: bool
    labelled: float

    @property
    def regular(self) -> bool:
        """Whether paragraphs begin with a label as a rule."""
        return self.labelled >= _NEARLY

    @property
    def throughout(self) -> bool:
        """Whether every paragraph begins with a label."""
        return self.labelled >= _ALL

    def is_small(self, c: Candidate) -> bool:
        """Whether words go on small behind ``c``, and behind no other label as a rule."""
        return c.small and self.small - 1 <= _FEW * self.placed

    def is_loose(self, c: Candidate) -> bool:
        """Whether ``c`` stands where a sentence may go on, and no other label as a rule."""
        return c.place is Place.LOOSE and self.loose - 1 <= _FEW * (self.placed - 1)


def weigh(
    content: Content,
    starts: Sequence[Sequence[Candidate]],
    inside: Sequence[Candidate],
    people: People,
) -> Grammar:
    """Choose the forms in force and tell people from other words before a colon."""
    starts = [[c for c in found if not c.quoted] for found in starts]
    every = [c for found in starts for c in found if c.place in FIRM]
    families = _families(every, people)
    colon = _first_of_family(starts, "colon", families)
    inline = _is_inline(colon, inside)
    within = [c for c in inside if c.place is not Place.MIDST]
    at_start = {c.key for c in colon}
    names = colon + [c for c in within if inline or c.key in at_start]
    names.sort(key=lambda c: c.start)
    elsewhere = Counter(c.key for c in every if c.shape.family in WEAK_FAMILIES - {"alone"})
    standing = _standings(content, names, people, elsewhere)
    for c in _others(starts, families - {"colon", "phrase", "examination"}):
        standing.setdefault(c.key, Standing.MAYBE)
    for key in _in_other_forms(content, starts, families, people):
        standing[key] = Standing.PERSON
    placed = [c for c in names if standing[c.key] is Standing.PERSON]
    placed += [
        c
        for c in _others(starts, families - {"colon", "phrase"})
        if c.shape.name == "examination" or standing.get(c.key) is Standing.PERSON
    ]
    return Grammar(
        families=families,
        standing=standing,
        people=people,
        recurring=_recurring_phrases(starts),
        beside=_share(not c.alone for c in placed) > _FEW,
        placed=len(placed),
        small=sum(c.small for c in placed),
        loose=sum(c.place is Place.LOOSE for c in placed),
        opening=_share(c.place is Place.OPENING for c in placed if c.place in AT_START) > _MOST,
        inline=inline,
        labelled=_labelled(content, placed + _heads(starts)),
    )


def _in_other_forms(
    content: Content,
    starts: Sequence[Sequence[Candidate]],
    families: frozenset[str],
    people: People,
) -> frozenset[str]:
    """Return the keys of people in forms without a colon: they recur, or are set in capitals.

    Where every paragraph is labelled, or labels are capitals, whoever speaks once is one of them.
    """
    found = _others(starts, families - {"colon", "phrase", "examination"})
    bases = Counter(folded(c.name.base) for c in found)
    capitals = _share(is_capitals(c.name.base) for c in found) > _MOST
    throughout = _labelled(content, found) >= _NEARLY
    keys = set[str]()
    for c in found:
        recurs = bases[folded(c.name.base)] >= _OFTEN
        strong = likeness(c.name.printed) is Likeness.STRONG
        set_off = not people.participants and (
            throughout or (capitals and is_capitals(c.name.base))
        )
        if recurs or c.shape.sure or people.participant(c.name) or (strong and set_off):
            keys.add(c.key)
    return frozenset(keys)


def _recurring_phrases(starts: Sequence[Sequence[Candidate]]) -> frozenset[str]:
    counts = Counter(c.key for c in _phrases(starts))
    return frozenset(key for key, count in counts.items() if count >= _OFTEN)


def _heads(starts: Sequence[Sequence[Candidate]]) -> list[Candidate]:
    """Return what stands before a colon at the starts of lines, names or not."""
    heads = [line[0] for line in starts if line]
    colon = ("phrase", "colon")
    return [c for c in heads if c.shape.family in colon and c.place in FIRM and not c.introduced]


def _phrases(starts: Sequence[Sequence[Candidate]]) -> list[Candidate]:
    heads = [line[0] for line in starts if line]
    return [
        c
        for c in heads
        if c.shape.family == "phrase" and c.place in FIRM and may_be_somebody(c.name.printed)
    ]


def _share(facts: Iterable[bool]) -> float:
    found = list(facts)
    return sum(found) / len(found) if found else 0.0


def _families(every: Sequence[Candidate], people: People) -> frozenset[str]:
    by_family: dict[str, list[Candidate]] = defaultdict(list)
    for c in every:
        by_family[c.shape.family].append(c)
    force = {family for family in by_family if family in SURE_FAMILIES}
    if len(by_family["clock"]) >= _OFTEN or any(
        people.participant(c.name) for c in by_family["clock"]
    ):
        force.add("clock")
    if _is_examination(by_family["examination"]):
        force.add("examination")
    colon = _strength(by_family["colon"], people)
    if by_family["colon"] and "stated" not in force:
        force.add("colon")
    force.add("phrase")
    for family in WEAK_FAMILIES:
        if _is_in_force(by_family[family], colon, people, "examination" in force):
            force.add(family)
    return frozenset(force)


def _is_examination(found: Sequence[Candidate]) -> bool:
    """Questions and answers that follow each other."""
    signs = [folded_sign(c.name.printed) for c in found if c.shape.name == "examination"]
    changes = sum(a != b for a, b in itertools.pairwise(signs))
    return {"question", "answer"} <= set(signs) and changes >= (len(signs) - 1) * _HALF


def _strength(found: Sequence[Candidate], people: People) -> dict[str, int]:
    """How often each name stands that recurs or that the record lists."""
    counts = Counter(folded(c.name.base) for c in found)
    listed = {folded(c.name.base) for c in found if people.participant(c.name)}
    return {key: n for key, n in counts.items() if n >= _OFTEN or key in listed}


def _is_in_force(
    found: Sequence[Candidate], colon: dict[str, int], people: People, examination: bool
) -> bool:
    """Whether a form that prose has, too, is one of labels here."""
    strength = _strength(found, people)
    if found and found[0].shape.family == "stop" and examination and strength:
        return True
    titled = [c for c in found if has_title(c.name.base)]
    if strength and not colon and len(titled) >= _LEAST_WEAK and found[0].shape.family == "stop":
        return True
    if found and found[0].shape.family in MARKED_FAMILIES and not colon and strength:
        return len(found) > _OFTEN
    if len(strength) < _OFTEN or sum(strength.values()) < _LEAST_WEAK:
        return False
    return sum(strength.values()) * _OFTEN >= sum(colon.values())


def _first_of_family(
    starts: Sequence[Sequence[Candidate]], family: str, families: frozenset[str]
) -> list[Candidate]:
    if family not in families:
        return []
    found = (next((c for c in line if c.shape.family == family), None) for line in starts)
    return [c for c in found if c is not None and c.place in FIRM]


def _others(starts: Sequence[Sequence[Candidate]], families: frozenset[str]) -> list[Candidate]:
    return [c for line in starts for c in line if c.shape.family in families and c.place in FIRM]


def _is_inline(colon: Sequence[Candidate], inside: Sequence[Candidate]) -> bool:
    """Whether names recur inside lines rather than at their starts."""
    within = Counter(c.key for c in inside if c.place is not Place.MIDST)
    recurring = sum(n for key, n in within.items() if n >= _OFTEN)
    return recurring >= _OFTEN and recurring >= len(colon)


def _standings(
    content: Content, names: Sequence[Candidate], people: People, elsewhere: Counter[str]
) -> dict[str, Standing]:
    by_key: dict[str, list[Candidate]] = defaultdict(list)
    for c in names:
        by_key[c.key].append(c)
    listed = {key for key, found in by_key.items() if people.participant(found[0].name)}
    whole = Tally.of(names)
    against = {key: _against(key, found, whole) for key, found in by_key.items()}
    rest = [c for c in names if c.key in listed or len(against[c.key]) < _TWO_PIECES]
    followed = _followed(content, rest)
    labelled = _labelled(content, rest) >= _NEARLY
    listed_any = bool(people.participants)
    nothing = not listed_any and all(len(found) == 1 for found in by_key.values())
    unobjected = sum(not pieces for pieces in against.values())
    nothing = nothing and (unobjected > 1 or _begins_text(names))
    bases = Counter(folded(c.name.base) for c in names)
    guests: list[str] = []
    standing: dict[str, Standing] = {}
    for key, found in by_key.items():
        if key in listed:
            standing[key] = Standing.PERSON
        elif _is_no_person(against[key]):
            about = _is_catalogue(key) or _is_note(key)
            standing[key] = Standing.CATALOGUE if about else Standing.ASIDE
        elif _is_note(key) and key not in listed:
            standing[key] = Standing.CATALOGUE
        elif against[key] or people.is_ambiguous(found[0].name):
            standing[key] = Standing.MAYBE
        else:
            share = _share(followed.get(c.start, False) for c in found)
            alike = bases[folded(found[0].name.base)]
            count = len(found) + elsewhere[key]
            sure = _is_person(found, share, alike, count, nothing=nothing, listed=listed_any)
            standing[key] = Standing.PERSON if sure else Standing.MAYBE
            if not sure and not listed_any and labelled and share > _HALF:
                guests.append(key)
    first = min(
        (x[0].start for k, x in by_key.items() if standing[k] is Standing.PERSON), default=0
    )
    for key in guests:
        # Somebody who speaks once, among others whose every paragraph is labelled.
        found = by_key[key]
        if (
            found[0].start > first
            and not found[0].value
            and likeness(found[0].name.printed) is Likeness.STRONG
        ):
            standing[key] = Standing.PERSON
    surnames = _surnames(standing, by_key, against)
    for key, found in by_key.items():
        # A first turn under the full name, later ones under the surname.
        doubtful = standing[key] is Standing.MAYBE and not against[key]
        strong = likeness(found[0].name.printed) is Likeness.STRONG
        if doubtful and strong and _surname(key) in surnames:
            standing[key] = Standing.PERSON
    return standing


def _surnames(
    standing: dict[str, Standing],
    by_key: dict[str, list[Candidate]],
    against: dict[str, frozenset[str]],
) -> frozenset[str]:
    """Return the surnames that stand twice or more, in whatever form."""
    counts: Counter[str] = Counter()
    for key, found in by_key.items():
        if standing[key] is Standing.PERSON:
            counts[_surname(key)] += _OFTEN
        elif standing[key] is Standing.MAYBE and not against[key]:
            counts[_surname(key)] += len(found)
    return frozenset(surname for surname, count in counts.items() if count >= _OFTEN)


def _surname(key: str) -> str:
    words = without_titles(name_words(key))
    return words[-1] if words and words[-1] not in TITLES and words[-1].isalpha() else key


def _begins_text(names: Sequence[Candidate]) -> bool:
    """Whether the only label stands where a talk begins, and is no phrase."""
    return bool(names) and names[0].index < _OFTEN and len(names[0].name.base.split()) < _LEAST_WEAK


def _is_no_person(pieces: frozenset[str]) -> bool:
    told = pieces & {"word", "introduced", "small"}
    return len(pieces) >= _TWO_PIECES and bool(told)


@dataclass(frozen=True, slots=True)
class Tally:
    """How often each trait stands among some candidates."""

    count: int
    small: int
    beside: int
    value: int
    starts: int
    opening: int

    @classmethod
    def of(cls, found: Sequence[Candidate]) -> Tally:
        """Count the traits of some candidates."""
        return cls(
            len(found),
            sum(c.small for c in found),
            sum(not c.alone for c in found),
            sum(c.value for c in found),
            # The first line opens whatever the habit is.
            sum(c.place in AT_START and c.index > 0 for c in found),
            sum(c.place is Place.OPENING and c.index > 0 for c in found),
        )

    def without(self, other: Tally) -> Tally:
        """Return the counts of all but some."""
        return Tally(
            self.count - other.count,
            self.small - other.small,
            self.beside - other.beside,
            self.value - other.value,
            self.starts - other.starts,
            self.opening - other.opening,
        )


def _against(key: str, found: Sequence[Candidate], whole: Tally) -> frozenset[str]:
    """Collect what speaks against a person; one piece of evidence is doubt, two are enough."""
    own = Tally.of(found)
    others = whole.without(own)
    introduced = sum(c.introduced for c in found) / own.count
    pieces = set()
    if _is_aside(key) or _is_catalogue(key) or _is_note(key):
        pieces.add("word")
    if introduced > _HALF or (introduced == _HALF and "word" in pieces):
        pieces.add("introduced")
    if own.small >= _HALF * own.count and others.small < _FEW * max(others.count, 1):
        pieces.add("small")
    if own.beside and own.value > _HALF * own.beside and others.value < _FEW * others.beside:
        pieces.add("value")
    if own.starts and own.opening < _HALF * own.starts and others.opening > _MOST * others.starts:
        pieces.add("place")
    if has_title(found[0].name.base) and len(name_words(found[0].name.base)) > 1:
        pieces -= {"value", "place", "introduced"}
    return frozenset(pieces)


def _is_aside(key: str) -> bool:
    return _word_of(key) in ASIDES or key.replace(" ", "_") in ASIDES


def _is_catalogue(key: str) -> bool:
    first, _, rest = key.partition(" ")
    phrase = bool(rest) and len(first) > _SHORT_WORD and first in CATALOGUE
    phrase = phrase or key.startswith(CLOSINGS)
    return phrase or _word_of(key) in CATALOGUE or key.replace(" ", "_") in CATALOGUE


def _is_note(key: str) -> bool:
    return _word_of(key) in NOTES or key.replace(" ", "_") in NOTES


def _word_of(key: str) -> str:
    """The word of a label such as "note 2"."""
    first, _, rest = key.partition(" ")
    return first.strip(".") if not rest or rest.strip("().#").isdigit() else key


def _followed(content: Content, names: Sequence[Candidate]) -> dict[int, bool]:
    """Whether the paragraph behind each label begins with another one's."""
    labelled = {c.index: c.key for c in names if c.place in AT_START}
    found: dict[int, bool] = {}
    ordered = sorted(names, key=lambda c: c.start)
    by_index = {c.index: c for c in ordered}
    blanks = any(content.opens[1:])
    opening = _next_opening(content)
    for i, c in enumerate(ordered):
        following = ordered[i + 1] if i + 1 < len(ordered) else None
        if following is not None and following.index == c.index:
            found[c.start] = following.key != c.key
            continue
        after = opening[c.index]
        if after is not None and c.alone and after not in labelled:
            after = opening[after]
        if not blanks and following is not None:
            after = following.index
        if after is None:
            found[c.start] = True
        elif after in labelled:
            found[c.start] = labelled[after] != c.key
        else:
            found[c.start] = after in by_index
    return found


def _labelled(content: Content, names: Sequence[Candidate]) -> float:
    """Return what share of the paragraphs from the first label to the last begins with one."""
    starts = {c.index for c in names if c.place in AT_START}
    if len(starts) <= _OFTEN:
        return 0.0
    # Subtitles go on from cue to cue without naming the speaker again.
    if content.cued:
        return 1.0
    between = range(min(starts), max(starts) + 1)
    blanks = any(content.opens[i] for i in between if i > min(starts))
    opening = [
        i for i in between if (content.opens[i] or not blanks) and not _is_set_off(content, i)
    ]
    labelled = sum(i in starts for i in opening)
    return labelled / len(opening) if opening else 0.0


def _is_set_off(content: Content, i: int) -> bool:
    """Whether a line is a heading, as far as capitals tell."""
    text = content.lines[i].text
    return is_capitals(text) and not content.lines[i].ends_a_sentence


def _next_opening(content: Content) -> list[int | None]:
    """For each line, the next one that opens a paragraph."""
    count = len(content.lines)
    following: list[int | None] = [None] * count
    behind: int | None = None
    for i in range(count - 1, -1, -1):
        following[i] = behind
        if content.opens[i]:
            behind = i
    return following


def _is_person(
    found: Sequence[Candidate],
    followed: float,
    base: int,
    count: int,
    *,
    nothing: bool,
    listed: bool,
) -> bool:
    """Whether a name without anything against it is established as somebody's."""
    name = found[0].name
    strong = likeness(name.printed) is Likeness.STRONG
    words = name_words(name.base)
    if nothing and strong and (len(words) < _LEAST_WEAK or has_title(name.base)):
        return True
    if count < _OFTEN:
        # Somebody told apart by brackets from another speaker of that name, or with a title.
        told_apart = bool(name.inside) and base > 1
        titled = has_title(name.base) and len(words) > 1 and not listed
        return strong and (told_apart or titled)
    if followed >= _HALF:
        return True
    telling = len(words) > 1 or is_capitals(name.base) or len(found) > _LEAST_WEAK
    return strong and telling
