"""Which forms of label a document uses, and which names in these forms are people."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from corpus.labels.candidates import AT_START, FIRM, Candidate, Content, Place
from corpus.labels.examinations import is_witness
from corpus.labels.families import (
    WEAK_FAMILIES,
    families_in_force,
    first_of_family,
    is_inline,
    others_of,
)
from corpus.labels.names import Likeness, folded, is_capitals, likeness
from corpus.labels.people import People
from corpus.labels.readers import behind_time
from corpus.labels.regularity import (
    NEARLY,
    heads_of,
    insistent_phrases,
    recurring_phrases,
    share_labelled,
)
from corpus.labels.shapes import EXAMINATIONS
from corpus.labels.standing import Facts, Standing, standings
from corpus.lines import is_small

_FEW = 0.25
_MOST = 0.75
_OFTEN = 2
_ALL = 0.97


@dataclass(frozen=True, slots=True)
class Grammar:
    """How a document labels its speakers.

    Attributes:
        families: forms of label in force.
        standing: of each folded name that stands in one of these forms.
        people: who is who.
        recurring: keys of phrases that stand where labels stand, twice or more.
        insistent: keys of words that look like no name and yet open many paragraphs.
        beside: whether words stand beside labels.
        placed: how many labels at the starts of lines name somebody for sure.
        small: behind how many of them the words begin small.
        citing: behind how many of them the words begin with a quotation mark.
        loose: how many of them stand where a sentence may go on.
        unstopped: whether many stand behind lines that end no sentence, so that such a line tells
            nothing.
        opening: whether labels open paragraphs.
        inline: whether labels stand inside lines as a rule.
        labelled: what share of the paragraphs begins with a label, or what may be one.
    """

    families: frozenset[str]
    standing: dict[str, Standing]
    people: People
    recurring: frozenset[str]
    insistent: frozenset[str]
    beside: bool
    placed: int
    small: int
    citing: int
    loose: int
    unstopped: bool
    opening: bool
    inline: bool
    labelled: float

    @property
    def regular(self) -> bool:
        """Whether paragraphs begin with a label as a rule."""
        return self.labelled >= NEARLY

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
    families = families_in_force(every, people)
    if not _names_every_time(content, every):
        families -= {"timed-name"}
    colon = first_of_family(starts, "colon", families)
    inline = is_inline(colon, inside)
    within = [c for c in inside if c.place is not Place.MIDST]
    at_start = {c.key for c in colon}
    names = colon + [c for c in within if inline or c.key in at_start]
    names.sort(key=lambda c: c.start)
    elsewhere = Counter(c.key for c in every if c.shape.family in WEAK_FAMILIES - {"alone"})
    standing = standings(Facts.read(content, names, people, elsewhere))
    for c in others_of(starts, families - {"colon", "phrase"} - EXAMINATIONS):
        standing.setdefault(c.key, Standing.MAYBE)
    if families & EXAMINATIONS:
        # Where questions and answers are told apart, "THE WITNESS:" is somebody, even once.
        standing.update({c.key: Standing.PERSON for c in colon if is_witness(c.name.printed)})
    for key in _in_other_forms(content, starts, families, people):
        standing[key] = Standing.PERSON
    placed = [c for c in names if standing[c.key] is Standing.PERSON]
    placed += [
        c
        for c in others_of(starts, families - {"colon", "phrase"})
        if c.shape.name in EXAMINATIONS or standing.get(c.key) is Standing.PERSON
    ]
    return Grammar(
        families=families,
        standing=standing,
        people=people,
        recurring=recurring_phrases(starts),
        insistent=insistent_phrases(content, starts),
        beside=_share(not c.alone for c in placed) > _FEW,
        placed=len(placed),
        small=sum(_goes_on_small(c, content) for c in placed),
        citing=sum(c.cites for c in placed),
        loose=sum(c.place is Place.LOOSE for c in placed),
        unstopped=_share(c.place in (Place.LOOSE, Place.WRAPPED) for c in placed) > _FEW,
        opening=_opens_paragraphs(placed),
        inline=inline,
        labelled=share_labelled(content, placed + heads_of(starts)),
    )


def _goes_on_small(c: Candidate, content: Content) -> bool:
    """Whether words begin small behind a label, on the line below where it stands alone."""
    below = content.lines[c.index + 1 : c.index + 2] if c.alone else ()
    return c.small or any(is_small(line.text.lstrip("\"'“„«")[:1]) for line in below)


def _opens_paragraphs(placed: Sequence[Candidate]) -> bool:
    """Whether labels open paragraphs; the first one does whatever the habit is."""
    later = sorted((c for c in placed if c.place in AT_START), key=lambda c: c.start)[1:]
    return _share(c.place is Place.OPENING for c in later) > _MOST


def _names_every_time(content: Content, every: Sequence[Candidate]) -> bool:
    """Whether lines that begin with a time go on with a word in capitals as a rule."""
    named = sum(c.shape.name == "timed-name" for c in every)
    timed = sum(behind_time(line.text) is not None for line in content.lines)
    return named > _MOST * timed


def _in_other_forms(
    content: Content,
    starts: Sequence[Sequence[Candidate]],
    families: frozenset[str],
    people: People,
) -> frozenset[str]:
    """Return the keys of people in forms without a colon: they recur, or are set in capitals.

    Where every paragraph is labelled, or labels are capitals, whoever speaks once is one of them.
    """
    found = others_of(starts, families - {"colon", "phrase"} - EXAMINATIONS)
    bases = Counter(folded(c.name.base) for c in found)
    capitals = _share(is_capitals(c.name.base) for c in found) > _MOST
    throughout = share_labelled(content, found) >= NEARLY
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


def _share(facts: Iterable[bool]) -> float:
    found = list(facts)
    return sum(found) / len(found) if found else 0.0
