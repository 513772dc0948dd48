"""Speaker labels: which forms a document uses, where each label stands, and whom it names.

Candidates are collected in every form (:mod:`~corpus.labels.shapes`), weighed for the document
as a whole (:mod:`~corpus.labels.grammar`) and judged one by one (:mod:`~corpus.labels.deciding`).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from corpus.labels.candidates import (
    AT_START,
    Candidate,
    Content,
    at_line_starts,
    inside_lines,
)
from corpus.labels.deciding import Decision, Verdict, decide, doubt
from corpus.labels.grammar import weigh
from corpus.labels.names import Likeness, folded, likeness
from corpus.labels.people import People, are_shared_initials, merged, most_printed
from corpus.labels.readers import folded_sign
from corpus.labels.shapes import BY_NAME, EXAMINATIONS
from corpus.recognised import Doubt, Form
from corpus.record import Participant, Record

__all__ = ["Content", "Label", "Labelling", "find_labels"]

_WITNESSES = frozenset(
    "witness zeuge zeugin témoin testigo testemunha teste getuige свидетель свидетельница свідок "
    "świadek svědek tanık 증인 証人 证人 證人 الشاهد העד".split()
)


@dataclass(frozen=True, slots=True)
class Label:
    """Words that name a speaker, or may.

    Attributes:
        line: 1-based line of the file.
        name: as printed.
        start: offset of the label's first sign.
        end: offset behind the label.
        speaker: the participant's short name, the printed name of somebody the record does not
            list, or None where nobody is established.
        form: name of its form.
        silent: it begins no turn: it says who asks the questions that follow.
    """

    line: int
    name: str
    start: int
    end: int
    speaker: str | None
    form: str
    silent: bool = False

    @property
    def is_stated(self) -> bool:
        """Whether the record says who speaks from here on, so that nothing in the text ends it."""
        return self.form == "stated"


@dataclass(frozen=True, slots=True)
class Labelling:
    """The labels of a document.

    Attributes:
        labels: in order; the first one begins the speech.
        doubts: in order.
        catalogue: offsets of lines about the talk, such as ``Date: 3 May``.
        grammar: the forms of the labels, the most frequent first.
    """

    labels: tuple[Label, ...]
    doubts: tuple[Doubt, ...]
    catalogue: frozenset[int]
    grammar: tuple[Form, ...]


def find_labels(content: Content, text: str, record: Record) -> Labelling:
    """Find the labels of a document.

    Before the first label with a speaker lies the header, whatever looks like a label there.

    Args:
        content: its lines, page furniture left out.
        text: the whole text.
        record: its participants and the corrections of its layout come first.
    """
    starts = at_line_starts(content, record.layout)
    inside = [] if record.layout.speaker_label else inside_lines(content, starts)
    every = [c for line in starts for c in line if c.shape.family == "colon"] + inside
    every += [
        c for line in starts for c in line if c.shape.family not in ("colon", "alone", "phrase")
    ]
    people = People.read(every, record.participants)
    grammar = weigh(content, starts, inside, people)
    decisions = _without_cast(decide(content, starts, inside, grammar), content)
    begins = [i for i, d in enumerate(decisions) if _begins(d)]
    begins = begins or [i for i, d in enumerate(decisions) if _is_shared(d, record.participants)]
    first = begins[0] if begins else len(decisions)
    decisions = decisions[first:]
    names = _Names.read(decisions, people)
    labels = tuple(_labels(decisions, names, record.participants))
    return Labelling(
        labels=labels,
        doubts=tuple(doubt(d, text) for d in decisions if d.reason),
        catalogue=frozenset(d.candidate.start for d in decisions if d.verdict is Verdict.CATALOGUE),
        grammar=_forms(decisions),
    )


def _begins(decision: Decision) -> bool:
    return decision.verdict is Verdict.SPEAKER


def _is_shared(decision: Decision, participants: Sequence[Participant]) -> bool:
    """Whether a label is the initials of several participants: it begins a talk of nobody."""
    printed = decision.candidate.name.printed
    return decision.verdict is Verdict.NOBODY and are_shared_initials(printed, participants)


def _without_cast(decisions: list[Decision], content: Content) -> list[Decision]:
    """Drop a list of people before the talk: "Reed: mayor", one line each, nothing said."""
    cast: list[Decision] = []
    lead = next((i for i, d in enumerate(decisions) if not d.candidate.alone), 0)
    for decision in decisions[lead:]:
        c = decision.candidate
        follows = not cast or (
            c.index == cast[-1].candidate.index + 1 and not content.opens[c.index]
        )
        fresh = c.key not in {d.candidate.key for d in cast}
        if not (c.value and follows and fresh and c.place in AT_START):
            break
        cast.append(decision)
    later = {d.candidate.key for d in decisions[lead + len(cast) :]}
    again = sum(d.candidate.key in later for d in cast)
    behind = cast[-1].candidate.index + 1 if cast else 0
    closed = behind < len(content.lines) and content.opens[behind]
    named = bool(again) and all(_are_names(d.candidate, content) for d in cast)
    if len(cast) > 1 and (again * 2 >= len(cast) or named) and closed:
        return decisions[lead + len(cast) :]
    return decisions


def _are_names(c: Candidate, content: Content) -> bool:
    """Whether nothing but names stands behind a label: "Members: Oddie, Tansy"."""
    line = content.lines[c.index]
    names = line.text[c.end - line.start :].split(",")
    return all(likeness(name.strip()) is Likeness.STRONG for name in names)


@dataclass(frozen=True, slots=True)
class _Names:
    """How the people whom the record does not list are called."""

    people: People
    shown: dict[str, str]
    merged: dict[str, str]

    @classmethod
    def read(cls, decisions: Sequence[Decision], people: People) -> _Names:
        placed = [
            d.candidate
            for d in decisions
            if d.verdict is Verdict.SPEAKER and people.participant(d.candidate.name) is None
        ]
        printed = [_printed(c) for c in placed]
        ties = merged([(_printed(c), c.start) for c in placed if not c.name.inside])
        return cls(people, most_printed(printed), ties)

    def speaker(self, c: Candidate) -> str:
        listed = self.people.participant(c.name)
        if listed is not None:
            return listed
        key = folded(_printed(c))
        return self.shown[self.merged.get(key, key)]


def _printed(c: Candidate) -> str:
    return c.name.base if c.name.is_remark else c.name.printed


def _labels(
    decisions: Sequence[Decision], names: _Names, participants: Sequence[Participant]
) -> Iterable[Label]:
    examined = any(d.candidate.shape.name == "examiner" for d in decisions)
    witness = _witness(decisions, names, participants)
    examiner: str | None = None
    for d in decisions:
        c = d.candidate
        if d.verdict not in (Verdict.SPEAKER, Verdict.NOBODY):
            continue
        speaker = names.speaker(c) if d.verdict is Verdict.SPEAKER else None
        if c.shape.name == "examiner":
            examiner = speaker
            yield Label(c.line, c.name.printed, c.start, c.end, None, c.shape.name, silent=True)
            continue
        if c.shape.name in EXAMINATIONS and names.people.participant(c.name) is None:
            is_question = folded_sign(c.name.printed) == "question"
            if examined:
                speaker = examiner if is_question else witness
        yield Label(c.line, c.name.printed, c.start, c.end, speaker, c.shape.name)


def _witness(
    decisions: Sequence[Decision], names: _Names, participants: Sequence[Participant]
) -> str | None:
    """Who answers in an examination, where the document or its record says so."""
    listed = [who.name for who in participants if _is_witness(who.role)]
    if len(listed) == 1:
        return listed[0]
    labelled = {
        names.speaker(d.candidate)
        for d in decisions
        if d.verdict is Verdict.SPEAKER and _is_witness(d.candidate.name.printed)
    }
    return labelled.pop() if len(labelled) == 1 and not listed else None


def _is_witness(text: str) -> bool:
    words = folded(text).replace(",", " ").split()
    return any(word in _WITNESSES for word in words)


def _forms(decisions: Sequence[Decision]) -> tuple[Form, ...]:
    counts = Counter(d.candidate.shape.name for d in decisions if d.verdict is Verdict.SPEAKER)
    return tuple(Form(name, BY_NAME[name].caption, n) for name, n in counts.most_common())
