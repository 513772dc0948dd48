"""What each candidate is: a label with a speaker, one that names nobody known, or plain words."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from enum import Enum, auto

from corpus.labels.candidates import Candidate, Content, Place
from corpus.labels.evidence import is_aside, is_ordinal
from corpus.labels.families import WEAK_FAMILIES
from corpus.labels.grammar import Grammar
from corpus.labels.names import (
    Likeness,
    begins_with_saying,
    has_initials,
    has_title,
    is_capitals,
    is_cased,
    likeness,
    may_be_somebody,
)
from corpus.labels.shapes import EXAMINATIONS
from corpus.labels.standing import Standing
from corpus.labels.unknown import is_unknown
from corpus.recognised import Doubt

_SHOWN = 60
_SHORT_PHRASE = 5
_FEW = 0.25
_NONE = -2
_PLAIN = frozenset({"colon", "numbered"})
_AMID = "may be a label or the middle of a sentence"
_IN_SENTENCE = "names a speaker inside a sentence, before a colon"
_IN_LINE = "names a speaker inside a line, before a colon"
_MAYBE_IN_LINE = "may be a label inside a line"
_QUOTED = "may be a label or words that the speaker before reads out"
_OF_PLACE = frozenset({_AMID, _IN_SENTENCE, _IN_LINE, _MAYBE_IN_LINE, _QUOTED})
"""Doubts about where a label stands, which a list of the people does not settle."""
_WORD = re.compile(r"\S+")
UNKNOWN_SPEAKS = "says that nobody knows who speaks"
"""Why a label that is one names nobody."""


class Verdict(Enum):
    """What a candidate is."""

    SPEAKER = auto()
    NOBODY = auto()
    """A label, or what might be one: from here on the speaker is not established."""
    CATALOGUE = auto()
    """A line about the talk."""
    WORDS = auto()
    """What the speaker in force says."""


@dataclass(frozen=True, slots=True)
class Decision:
    """A candidate with its verdict; ``reason`` is set where somebody should look."""

    candidate: Candidate
    verdict: Verdict
    reason: str = ""


def decide(
    content: Content,
    starts: Sequence[Sequence[Candidate]],
    inside: Sequence[Candidate],
    grammar: Grammar,
) -> list[Decision]:
    """Judge every line's head and every place inside a line, in the order of the text."""
    found = list(_of_lines(starts, grammar))
    found += [_of_inside(c, grammar) for c in inside]
    kept = [decision for decision in found if decision is not None]
    return sorted(kept, key=lambda decision: decision.candidate.start)


def _of_lines(starts: Sequence[Sequence[Candidate]], grammar: Grammar) -> Iterator[Decision | None]:
    """Before the first label nobody speaks, whose sentence a line could continue."""
    begun = False
    bare = told = _NONE
    for line in starts:
        found = line if begun else [_unbound(c) for c in line if _is_start(c)]
        if found:
            if found[0].index == bare + 1:
                # A label without words introduces nothing.
                found = [replace(c, introduced=False) for c in found]
            if found[0].index == told + 1 and found[0].cites:
                # A dialogue that somebody tells goes on.
                found = [replace(c, introduced=True) for c in found]
            decision = _of_line(found, grammar)
            if decision is not None and decision.reason == _QUOTED:
                told = decision.candidate.index
            if decision is not None and decision.verdict is Verdict.SPEAKER:
                begun = True
                bare = decision.candidate.index if decision.candidate.alone else bare
            yield decision


def _unbound(c: Candidate) -> Candidate:
    return replace(c, place=Place.FRESH) if c.place in (Place.LOOSE, Place.WRAPPED) else c


def _is_start(c: Candidate) -> bool:
    return c.shape.family not in WEAK_FAMILIES or c.place is not Place.WRAPPED


def _of_line(found: Sequence[Candidate], grammar: Grammar) -> Decision | None:
    """Take the most telling form in force; else doubt a form that names somebody known."""
    for c in found:
        if c.shape.family in grammar.families:
            decision = _in_force(c, grammar)
            if decision.verdict is not Verdict.WORDS or decision.reason:
                return decision
    for c in found:
        if c.shape.family not in grammar.families and _names_somebody(c, grammar):
            return Decision(
                c, Verdict.NOBODY, "names a speaker in a form that no other label here has"
            )
    return None


def _names_somebody(c: Candidate, grammar: Grammar) -> bool:
    known = grammar.people.participant(c.name) is not None
    person = known or grammar.standing.get(c.key) is Standing.PERSON
    if c.shape.family in WEAK_FAMILIES:
        return person and c.place in (Place.OPENING, Place.FRESH)
    named = c.shape.sure and likeness(c.name.printed) is Likeness.STRONG
    if c.shape.family == "phrase":
        return False
    return c.place is not Place.WRAPPED and (person or (named and c.place is Place.OPENING))


def _in_force(c: Candidate, grammar: Grammar) -> Decision:
    if c.shape.family == "phrase":
        return _phrase(c, grammar)
    if c.shape.family != "colon":
        return _other_form(c, grammar)
    standing = grammar.standing.get(c.key)
    if c.quoted and standing is not Standing.PERSON:
        # Somebody tells of a dialogue.
        return Decision(c, Verdict.WORDS)
    if c.place is Place.WRAPPED:
        return _wrapped(c, standing, grammar)
    if standing is Standing.PERSON:
        return _person(c, grammar)
    if standing is Standing.ASIDE:
        return Decision(c, Verdict.WORDS)
    if standing is Standing.CATALOGUE:
        return Decision(c, Verdict.CATALOGUE)
    return _perhaps(c, grammar)


def _other_form(c: Candidate, grammar: Grammar) -> Decision:
    if c.shape.name in EXAMINATIONS or c.shape.sure:
        return Decision(c, Verdict.SPEAKER)
    if c.place is Place.WRAPPED and c.shape.family != "timed-name":
        return Decision(c, Verdict.WORDS)
    if c.shape.family == "stop" and _is_quoted(c, grammar):
        return Decision(c, Verdict.NOBODY, _QUOTED)
    if grammar.is_loose(c) and not c.alone and c.shape.family != "timed-name":
        return Decision(c, Verdict.NOBODY, _AMID)
    if grammar.people.participant(c.name) or grammar.standing.get(c.key) is Standing.PERSON:
        return Decision(c, Verdict.SPEAKER)
    if likeness(c.name.printed) is Likeness.STRONG:
        listed = bool(grammar.people.participants)
        if has_title(c.name.base) and len(c.name.base.split()) > 1 and not listed:
            return Decision(c, Verdict.SPEAKER)
        return Decision(c, Verdict.NOBODY, "stands where the labels stand, but names nobody known")
    if c.place is Place.OPENING and (has_title(c.name.base) or has_initials(c.name.base)):
        return Decision(c, Verdict.NOBODY, "stands where the labels stand, but names nobody known")
    return Decision(c, Verdict.WORDS)


def _phrase(c: Candidate, grammar: Grammar) -> Decision:
    """Words before a colon that open a paragraph where another label could."""
    if grammar.people.participant(c.name):
        return _person(c, grammar)
    opens = c.place is Place.OPENING or (grammar.regular and c.place is Place.FRESH)
    if not opens or c.introduced or not grammar.beside or grammar.is_small(c):
        return Decision(c, Verdict.WORDS)
    if begins_with_saying(c.name.base):
        return Decision(c, Verdict.WORDS)
    if c.key in grammar.insistent and grammar.placed:
        return Decision(c, Verdict.NOBODY, "stands where the labels stand, again and again")
    called = may_be_somebody(c.name.printed)
    if grammar.regular and called and c.key in grammar.recurring:
        return Decision(c, Verdict.SPEAKER)
    short = len(c.name.base.split()) <= _SHORT_PHRASE
    if grammar.throughout or (called and (grammar.regular or short)):
        return Decision(c, Verdict.NOBODY, "may be a label, though it is no name")
    return Decision(c, Verdict.WORDS)


def _wrapped(c: Candidate, standing: Standing | None, grammar: Grammar) -> Decision:
    """A name at the start of a line that was wrapped in mid-sentence is no label."""
    known = standing is Standing.PERSON or grammar.people.participant(c.name) is not None
    if not known:
        # A full line before a name tells nothing where turns end without a stop, and little where
        # the name fills its line alone, as labels do.
        apart = grammar.unstopped or (c.alone and not grammar.beside)
        strong = likeness(c.name.printed) is Likeness.STRONG
        return _perhaps(c, grammar) if apart and strong else Decision(c, Verdict.WORDS)
    if (c.alone and not grammar.beside) or (is_capitals(c.name.base) and not c.small):
        return _person(c, grammar)
    if grammar.opening:
        return Decision(c, Verdict.WORDS, "begins a line that was wrapped in mid-sentence")
    return Decision(c, Verdict.NOBODY, _AMID)


def _person(c: Candidate, grammar: Grammar) -> Decision:
    if (
        grammar.is_loose(c)
        and not c.alone
        and (grammar.is_small(c) or not is_capitals(c.name.base))
    ):
        return Decision(c, Verdict.NOBODY, _AMID)
    if grammar.people.is_ambiguous(c.name) and not grammar.people.participant(c.name):
        return Decision(c, Verdict.NOBODY, "may be either of two people of that name")
    if c.shape.name in _PLAIN and _is_quoted(c, grammar):
        return Decision(c, Verdict.NOBODY, _QUOTED)
    return Decision(c, Verdict.SPEAKER)


def _is_quoted(c: Candidate, grammar: Grammar) -> bool:
    """Whether the speaker before may read a name out: behind a colon, or before small letters."""
    if c.alone or not grammar.beside or c.place not in (Place.OPENING, Place.FRESH):
        return False
    opens = c.place is Place.OPENING
    small = c.small and grammar.small <= _FEW * grammar.placed
    cites = c.cites and grammar.citing <= _FEW * grammar.placed
    return (c.introduced and (small or cites or not opens)) or (
        small and not opens and grammar.opening
    )


def _perhaps(c: Candidate, grammar: Grammar) -> Decision:
    """A name that nothing establishes ends the turn where it could be somebody's."""
    weak = likeness(c.name.printed) is not Likeness.STRONG
    if c.alone and grammar.beside and (weak or not is_capitals(c.name.base)):
        # Where words stand beside labels, a line that ends with a colon introduces what follows.
        return Decision(c, Verdict.WORDS)
    if not c.alone and not grammar.beside and (weak or _is_of_speech(c)):
        return Decision(c, Verdict.WORDS)
    if grammar.is_small(c) and (weak or _is_word(c)):
        return Decision(c, Verdict.WORDS)
    if grammar.is_loose(c) and weak:
        return Decision(c, Verdict.WORDS)
    return Decision(c, Verdict.NOBODY, "looks like a label and names nobody known")


def _is_of_speech(c: Candidate) -> bool:
    """Whether a single word before a colon is one of a speech, as "Example" and "First" are."""
    return _is_word(c) and (is_aside(c.key) or is_ordinal(c.key) or c.introduced)


def _is_word(c: Candidate) -> bool:
    return len(c.name.base.split()) == 1 and not is_capitals(c.name.base)


def _of_inside(c: Candidate, grammar: Grammar) -> Decision | None:
    """A label inside a line: what names somebody there is never passed over."""
    if "colon" not in grammar.families:
        return None
    known = grammar.people.participant(c.name) is not None
    person = known or grammar.standing.get(c.key) is Standing.PERSON
    capitals = is_capitals(c.name.base)
    if c.place is Place.MIDST:
        reason = _IN_SENTENCE
        return Decision(c, Verdict.NOBODY, reason) if person else None
    if person and (grammar.inline or c.place is Place.GLUED or capitals) and not c.small:
        return _person(c, grammar)
    if person:
        reason = _IN_LINE
        return Decision(c, Verdict.NOBODY, reason)
    strong = likeness(c.name.printed) is Likeness.STRONG
    standing = grammar.standing.get(c.key)
    if standing in (Standing.ASIDE, Standing.CATALOGUE) or is_aside(c.key) or is_ordinal(c.key):
        return None
    # Capitals tell a name from other words behind a stop; without them any words are as like one.
    told = c.place is Place.GLUED or is_cased(c.name.base)
    if strong and (grammar.inline or (told and not c.small)):
        return Decision(c, Verdict.NOBODY, _MAYBE_IN_LINE)
    return None


def doubt(decision: Decision, text: str) -> Doubt:
    """Say what is doubtful about a candidate, and what the record can settle."""
    c = decision.candidate
    end = min(c.end + _SHOWN, len(text))
    line_end = next((i for i in range(c.end, end) if text[i] in "\r\n"), end)
    words = " ".join(text[c.start : line_end].split())
    if decision.verdict is Verdict.NOBODY and is_unknown(c.name.printed):
        what = "the speaker is not established"
        remedy = (
            "If it is known who speaks, put the name there, or state who in [[voices]]; if it is "
            f"one person throughout, list {c.name.printed} under [[participants]]."
        )
    elif decision.verdict is Verdict.NOBODY:
        what = "from here on the speaker is not established"
        settle = (
            "begin the paragraph with the label, or state where in [[voices]]"
            if decision.reason in _OF_PLACE
            else "list that name under [[participants]]"
        )
        label = text[c.start : c.end].rstrip()
        if decision.reason in _OF_PLACE:
            label = _only_here(text, c, line_end)
        remedy = (
            f"If {c.name.printed} speaks here, {settle}; if nobody is named, put “{label}” into "
            "layout.not_labels."
        )
    else:
        what = "it was taken for words of the speaker before"
        remedy = (
            f"If {c.name.printed} speaks here, begin the paragraph with the label, or state where "
            "in [[voices]]."
        )
    return Doubt(c.line, c.start, c.end, words, f"{decision.reason}; {what}", remedy)


def _only_here(text: str, c: Candidate, end: int) -> str:
    """Return a label with as many of the words behind it as stand nowhere else.

    As a correction, the label alone would take every turn of somebody who speaks again.
    """
    for behind in (c.end, *(c.end + m.end() for m in _WORD.finditer(text[c.end : end]))):
        words = text[c.start : behind].rstrip()
        if text.count(words) == 1:
            break
    return words
