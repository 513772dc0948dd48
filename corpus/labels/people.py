"""Who is meant by a printed name: a participant of the record, or the name as printed."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from corpus.labels.candidates import Candidate
from corpus.labels.names import (
    Name,
    folded,
    has_title,
    is_capitals,
    is_cased,
    name_words,
    without_titles,
)
from corpus.labels.unknown import is_unknown
from corpus.labels.words import GENDERED, ROLES, TITLES
from corpus.record import Participant

_FULL = (2, 4)
_LEAST_INITIALS = 2


@dataclass(frozen=True, slots=True)
class People:
    """The people of one document.

    Attributes:
        participants: of the record.
        several: folded names that stand for more than one person, told apart in brackets.
        genders: for each surname, the titles of men and women that stand before it.
        firsts: for each surname, the given names that stand before it.
    """

    participants: Sequence[Participant]
    several: frozenset[str] = frozenset()
    genders: dict[str, frozenset[int]] = field(default_factory=dict)
    firsts: dict[str, frozenset[tuple[str, ...]]] = field(default_factory=dict)
    _found: dict[Name, str | None] = field(default_factory=dict, repr=False, compare=False)

    @classmethod
    def read(cls, candidates: Iterable[Candidate], participants: Sequence[Participant]) -> People:
        """Learn from all candidates which names are ambiguous."""
        inside: dict[str, set[str]] = defaultdict(set)
        genders: dict[str, set[int]] = defaultdict(set)
        firsts: dict[str, set[tuple[str, ...]]] = defaultdict(set)
        for name in {candidate.name for candidate in candidates}:
            if name.inside and not name.is_remark:
                inside[folded(name.base)].add(folded(name.inside))
            words = name_words(name.base)
            rest = without_titles(words)
            if not rest:
                continue
            if words[0] in GENDERED and len(words) > len(rest):
                genders[rest[-1]].add(GENDERED[words[0]])
            if len(rest) > 1:
                firsts[rest[-1]].add(tuple(rest[:-1]))
        return cls(
            participants,
            frozenset(base for base, found in inside.items() if len(found) > 1),
            {surname: frozenset(found) for surname, found in genders.items()},
            {surname: frozenset(found) for surname, found in firsts.items()},
        )

    def participant(self, name: Name) -> str | None:
        """Return the participant whom a printed name means, if it can mean only one."""
        if name not in self._found:
            self._found[name] = self._participant(name)
        return self._found[name]

    def _participant(self, name: Name) -> str | None:
        exact = self._exact(name.printed) or (self._exact(name.base) if self._same(name) else None)
        if exact is not None:
            return exact
        if (name.inside and not self._same(name)) or is_unknown(name.printed):
            return None
        head = name.base.split(",")[0]
        found = {who.name for who in self.participants if self._fits(head, who)}
        found = found or {who.name for who in self.participants if _are_initials(head, who)}
        return found.pop() if len(found) == 1 else None

    def _exact(self, printed: str) -> str | None:
        key = folded(printed)
        for who in self.participants:
            if any(folded(name) == key for name in who.names):
                return who.name
        return None

    def _same(self, name: Name) -> bool:
        """Whether the brackets of a name leave the person the same."""
        return not name.inside or name.is_remark or folded(name.base) not in self.several

    def _fits(self, printed: str, who: Participant) -> bool:
        words = name_words(printed)
        rest = without_titles(words)
        if not rest or not is_cased(printed) or rest[-1] in TITLES:
            return False
        titled = words[0] in GENDERED and len(rest) < len(words)
        if titled and len(self.genders.get(rest[-1], ())) > 1:
            return False
        names = [without_titles(name_words(name)) for name in who.names]
        full = [name for name in names if len(name) > 1 and name[-1] == rest[-1]]
        # Where the given name is known, another one is another person.
        return any(self._agree(rest, name) for name in full or names)

    def _agree(self, printed: Sequence[str], name: Sequence[str]) -> bool:
        """Whether two names without titles share the surname and no given name contradicts."""
        if not name or printed[-1] != name[-1]:
            return False
        firsts = self.firsts.get(printed[-1], frozenset())
        if len(name) == 1:
            return len(firsts) <= 1
        if len(printed) == 1:
            return all(_given_agree(first, name[:-1]) for first in firsts)
        return _given_agree(printed[:-1], name[:-1])

    def is_ambiguous(self, name: Name) -> bool:
        """Whether a name without brackets stands for several people told apart by them."""
        if name.inside:
            return False
        shared = are_shared_initials(name.base, self.participants)
        return shared or folded(name.base) in self.several


def are_shared_initials(printed: str, participants: Sequence[Participant]) -> bool:
    """Whether initials stand for several participants."""
    return sum(_are_initials(printed, who) for who in participants) > 1


def _are_initials(printed: str, who: Participant) -> bool:
    """Whether letters in capitals begin the given names and the surname of a participant."""
    letters = "".join(char for char in printed if char not in ". ")
    if len(letters) < _LEAST_INITIALS or not is_capitals(letters):
        return False
    names = [without_titles(name_words(name)) for name in who.names]
    return any("".join(word[0] for word in name) == letters.casefold() for name in names)


def _given_agree(printed: Sequence[str], name: Sequence[str]) -> bool:
    """Whether given names are the same, or initials of them."""
    return all(
        any(given.startswith(word) or word.startswith(given) for given in name) for word in printed
    )


def merged(names: Sequence[tuple[str, int]]) -> dict[str, str]:
    """Tie a first turn under the full name to later ones under the surname.

    Args:
        names: each accepted name without brackets as printed, and the offset of its label, in
            order; none is a participant of the record.

    Returns:
        the folded full name to the folded surname, for people who can be told without doubt.
    """
    first: dict[str, int] = {}
    last: dict[str, int] = {}
    printed: dict[str, str] = {}
    for name, offset in names:
        key = folded(name)
        first.setdefault(key, offset)
        last[key] = offset
        printed.setdefault(key, name)
    full: dict[str, list[str]] = defaultdict(list)
    for key in first:
        words = key.split()
        if _is_full_name(printed[key], words):
            full[words[-1]].append(key)
    return {
        keys[0]: surname
        for surname, keys in full.items()
        if len(keys) == 1 and surname in first and last[keys[0]] < first[surname]
    }


def _is_full_name(printed: str, words: Sequence[str]) -> bool:
    """Given name and surname: capitals, no title, no office, no number."""
    least, most = _FULL
    if not least <= len(words) <= most or has_title(printed) or not is_cased(printed):
        return False
    ends = (words[0], words[-1])
    plain = all(word.replace("-", "").replace("'", "").isalpha() for word in ends)
    return plain and words[-1] not in TITLES | ROLES and words[0] not in ROLES


def most_printed(names: Iterable[str]) -> dict[str, str]:
    """Return for each folded name the writing that stands most often, the first among equals."""
    counts: dict[str, Counter[str]] = defaultdict(Counter)
    for name in names:
        counts[folded(name)][name] += 1
    return {key: found.most_common(1)[0][0] for key, found in counts.items()}
