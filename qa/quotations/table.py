"""The form of the tables of words: what one language has, each word folded.

A word stands for itself; one that ends in ``*`` for all that begin so, one that begins with ``*``
for all that end so.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True, eq=False)
class Table:
    """Words of one language.

    Attributes:
        code: ISO 639-1; empty for all languages together.
        negations: turn what they govern into its opposite.
        before: negate only what comes after them.
        behind: negate what comes before them, where no auxiliary stands between.
        conditions: make what they govern hold only under a condition, or leave it open.
        doubts: leave it open: "perhaps", "allegedly".
        opening: leave open what follows them behind "that": "I hope that", "the claim that".
        beliefs: leave open the clause that follows, or the one before that they are put behind: "I
            think", "probably"; here and below, words of a phrase are joined by "_".
        no_beliefs: behind those they leave nothing open: "I think about".
        unreal: a pattern of what, before a "|", makes unreal the verb behind it: "would have |".
        exceptions: right behind, a comma between or not, restrict what is said: "except".
        limits: likewise, but without a comma: "only".
        until: likewise, where a clause follows, or what is said is negated.
        when: likewise, where one word alone follows: "when sober".
        no_conditions: words before a condition that make it none: "even if", "as if".
        asking: words before a condition that make it a question passed on: "asked if".
        nouns: words that look like conditions by their ending and are none.
        inverted: begin a sentence that is a condition: "Had we known".
        auxiliaries: verbs to which a negation behind them belongs.
        that: open a clause that depends on the one before.
        turning: open a clause of its own, which a negation before them does not reach.
        joining: do so where a pronoun follows.
        pronouns: subjects.
        numbers: words for numbers, with the number; -1 where it is none or not certain.
        says: verbs of saying.
        own_forms: of these, and of those below, that are the speaker's own: "dije".
        reads: verbs of hearing, reading and quoting.
        mine: subjects that are the speaker.
        others: subjects that are somebody else, named nowhere here.
        between: what may stand between a verb of saying and its subject.
        articles: begin a noun.
        passives: before a verb of saying, the subject is spoken to.
        stops: end what may be a subject.
        according: a pattern of the words before whoever is quoted.
        nouns_are_large: every noun has a capital.
    """

    code: str = ""
    negations: frozenset[str] = frozenset()
    before: frozenset[str] = frozenset()
    behind: frozenset[str] = frozenset()
    conditions: frozenset[str] = frozenset()
    doubts: frozenset[str] = frozenset()
    opening: frozenset[str] = frozenset()
    beliefs: frozenset[str] = frozenset()
    no_beliefs: frozenset[str] = frozenset()
    exceptions: frozenset[str] = frozenset()
    limits: frozenset[str] = frozenset()
    until: frozenset[str] = frozenset()
    when: frozenset[str] = frozenset()
    no_conditions: frozenset[str] = frozenset()
    asking: frozenset[str] = frozenset()
    nouns: frozenset[str] = frozenset()
    inverted: frozenset[str] = frozenset()
    auxiliaries: frozenset[str] = frozenset()
    that: frozenset[str] = frozenset()
    turning: frozenset[str] = frozenset()
    joining: frozenset[str] = frozenset()
    pronouns: frozenset[str] = frozenset()
    numbers: Mapping[str, int] = field(default_factory=dict)
    says: frozenset[str] = frozenset()
    own_forms: frozenset[str] = frozenset()
    reads: frozenset[str] = frozenset()
    mine: frozenset[str] = frozenset()
    others: frozenset[str] = frozenset()
    between: frozenset[str] = frozenset()
    articles: frozenset[str] = frozenset()
    passives: frozenset[str] = frozenset()
    stops: frozenset[str] = frozenset()
    according: str = "(?!)"
    unreal: str = "(?!)"
    nouns_are_large: bool = False
    _known: dict[tuple[str, str], bool] = field(
        default_factory=dict, init=False, compare=False, repr=False
    )

    def has(self, kind: str, word: str) -> bool:
        """Whether a folded word is in the set of that name."""
        key = (kind, word)
        if key not in self._known:
            self._known[key] = _holds(getattr(self, kind), word)
        return self._known[key]

    def is_saying(self, word: str) -> bool:
        """Whether a folded word is a verb of saying, hearing or reading."""
        return any(self.has(kind, word) for kind in ("says", "reads", "own_forms"))


def _holds(words: Collection[str], word: str) -> bool:
    if word in words:
        return True
    return any(
        word.startswith(one[:-1]) if one.endswith("*") else word.endswith(one[1:])
        for one in words
        if one.startswith("*") or one.endswith("*")
    )
