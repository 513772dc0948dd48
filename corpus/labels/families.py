"""Which forms of label are in force in a document."""

from __future__ import annotations

import itertools
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence

from corpus.labels.candidates import FIRM, Candidate, Place
from corpus.labels.examinations import is_witness
from corpus.labels.names import folded, has_title, is_capitals
from corpus.labels.people import People
from corpus.labels.readers import folded_sign
from corpus.labels.shapes import EXAMINATIONS

_HALF = 0.5
_OFTEN = 2
_LEAST_WEAK = 4

SURE_FAMILIES = frozenset({"voice", "stated"})
WEAK_FAMILIES = frozenset(
    {"timed-name", "hash", "bold", "bracket", "stop", "dash", "sign", "column", "kagi", "alone"}
)

MARKED_FAMILIES = frozenset({"hash", "bold", "bracket"})
"""Forms that set a name off by signs."""


def families_in_force(every: Sequence[Candidate], people: People) -> frozenset[str]:
    """Return the families of forms whose candidates are labels in this document."""
    by_family: dict[str, list[Candidate]] = defaultdict(list)
    for c in every:
        by_family[c.shape.family].append(c)
    force = {family for family in by_family if family in SURE_FAMILIES}
    if len(by_family["clock"]) >= _OFTEN or any(
        people.participant(c.name) for c in by_family["clock"]
    ):
        force.add("clock")
    # "Q: Why?" and a sentence that begins with "A" are no question and answer.
    for family in ("examination", "bare-examination"):
        found = by_family[family] + [c for c in by_family["colon"] if is_witness(c.name.printed)]
        if not force & EXAMINATIONS and by_family[family] and _is_examination(found):
            force.add(family)
    colon = _strength(by_family["colon"], people)
    if by_family["colon"] and "stated" not in force:
        force.add("colon")
    force.add("phrase")
    for family in WEAK_FAMILIES:
        if _is_in_force(by_family[family], colon, people, bool(force & EXAMINATIONS)):
            force.add(family)
    if "timed-name" in force:
        # "0:01 ANNA REED" is a whole name; where it is none, "0:01 REED Go." is no name of three.
        force.discard("timed-name" if _are_longer(by_family) else "clock")
    return frozenset(force)


def _are_longer(by_family: Mapping[str, Sequence[Candidate]]) -> bool:
    """Whether names behind times are of several words as a rule."""
    longer = [c for c in by_family["clock"] if c.shape.name == "clock-line"]
    longer += [c for c in by_family["colon"] if c.shape.name == "timed"]
    several = sum(is_capitals(c.name.base) and " " in c.name.base for c in longer)
    return several >= len(by_family["timed-name"]) * _HALF


def _is_examination(found: Sequence[Candidate]) -> bool:
    """Questions and answers that follow each other; "THE WITNESS" answers, too."""
    ordered = sorted(found, key=lambda c: c.start)
    signs = [folded_sign(c.name.printed) or "answer" for c in ordered]
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


def first_of_family(
    starts: Sequence[Sequence[Candidate]], family: str, families: frozenset[str]
) -> list[Candidate]:
    """Return for each line its first candidate of a family, where the family is in force."""
    if family not in families:
        return []
    found = (next((c for c in line if c.shape.family == family), None) for line in starts)
    return [c for c in found if c is not None and c.place in FIRM]


def others_of(starts: Sequence[Sequence[Candidate]], families: frozenset[str]) -> list[Candidate]:
    """Return every candidate of some families that opens a line."""
    return [c for line in starts for c in line if c.shape.family in families and c.place in FIRM]


def is_inline(colon: Sequence[Candidate], inside: Sequence[Candidate]) -> bool:
    """Whether names recur inside lines rather than at their starts."""
    within = Counter(c.key for c in inside if c.place is not Place.MIDST)
    recurring = sum(n for key, n in within.items() if n >= _OFTEN)
    return recurring >= _OFTEN and recurring >= len(colon)
