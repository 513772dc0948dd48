"""Speaker labels: which forms a document uses, where each label stands, and whom it names.

Candidates are collected in every form (:mod:`~corpus.labels.shapes`), weighed for the document
as a whole (:mod:`~corpus.labels.grammar`) and judged one by one (:mod:`~corpus.labels.deciding`).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from corpus.labels.candidates import (
    AT_START,
    Candidate,
    Content,
    at_line_starts,
    inside_lines,
)
from corpus.labels.deciding import UNKNOWN_SPEAKS, Decision, Verdict, decide, doubt
from corpus.labels.examinations import (
    Hearing,
    deponent,
    examiner_beside,
    has_witness,
    is_witness,
    stages,
)
from corpus.labels.grammar import weigh
from corpus.labels.names import Likeness, Name, folded, likeness
from corpus.labels.people import People, are_shared_initials, merged, most_printed
from corpus.labels.shapes import BY_NAME, EXAMINATIONS
from corpus.labels.unknown import is_unknown
from corpus.recognised import Doubt, Form
from corpus.record import Participant, Record

__all__ = ["Content", "Label", "Labelling", "find_labels"]


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
    inside = [] if record.layout.speaker_label else inside_lines(content, starts, record.layout)
    every = [c for line in starts for c in line if c.shape.family == "colon"] + inside
    every += [
        c for line in starts for c in line if c.shape.family not in ("colon", "alone", "phrase")
    ]
    people = People.read(every, record.participants)
    grammar = weigh(content, starts, inside, people)
    decisions = _without_cast(decide(content, starts, inside, grammar), content)
    decisions = [_without_unknown(d, people) for d in decisions]
    begins = [i for i, d in enumerate(decisions) if _begins(d)]
    begins = begins or [i for i, d in enumerate(decisions) if _is_shared(d, record.participants)]
    first = begins[0] if begins else len(decisions)
    decisions = decisions[first:]
    names = _Names.read(decisions, people)
    hearing = _hearing(content, text, decisions, names, record.participants)
    labels = tuple(_labels(decisions, names, hearing))
    doubts = [*(doubt(d, text) for d in decisions if d.reason), *hearing.doubts]
    return Labelling(
        labels=labels,
        doubts=tuple(sorted(doubts, key=lambda one: one.start)),
        catalogue=frozenset(
            [d.candidate.start for d in decisions if d.verdict is Verdict.CATALOGUE]
            + [stage.start for stage in hearing.stages]
        ),
        grammar=_forms(decisions),
    )


def _without_unknown(decision: Decision, people: People) -> Decision:
    """Put nobody under a name such as "UNKNOWN", unless the record lists it: it may be several."""
    name = decision.candidate.name
    known = people.participant(name) is not None or not is_unknown(name.printed)
    if known or decision.verdict not in (Verdict.SPEAKER, Verdict.NOBODY):
        return decision
    return replace(decision, verdict=Verdict.NOBODY, reason=UNKNOWN_SPEAKS)


def _begins(decision: Decision) -> bool:
    return decision.verdict is Verdict.SPEAKER or decision.reason == UNKNOWN_SPEAKS


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
        printed = [_printed(c.name) for c in placed]
        ties = merged([(_printed(c.name), c.start) for c in placed if not c.name.inside])
        return cls(people, most_printed(printed), ties)

    def called(self, name: Name) -> str:
        listed = self.people.participant(name)
        if listed is not None:
            return listed
        key = folded(_printed(name))
        key = self.merged.get(key, key)
        return self.shown.get(key, _printed(name))


def _printed(name: Name) -> str:
    return name.base if name.is_remark else name.printed


def _hearing(
    content: Content,
    text: str,
    decisions: Sequence[Decision],
    names: _Names,
    participants: Sequence[Participant],
) -> Hearing:
    """Return who asks and answers, as the text and its record say."""
    shapes = {d.candidate.shape.name for d in decisions if d.verdict is Verdict.SPEAKER}
    listed = [who.name for who in participants if has_witness(who.role)]
    labelled = {
        names.called(d.candidate.name)
        for d in decisions
        if d.verdict is Verdict.SPEAKER and has_witness(d.candidate.name.printed)
    }
    spoken = {d.candidate.index for d in decisions if d.verdict is Verdict.SPEAKER}
    found = stages(content, spoken) if labelled or shapes & EXAMINATIONS else ()
    single = listed if len(listed) == 1 else list(labelled) if len(labelled) == 1 else []
    sworn = {stage.name for stage in found if stage.name}
    examined = "examiner" in shapes or any(
        examiner_beside(text, d.candidate.end)
        for d in decisions
        if d.candidate.shape.name in EXAMINATIONS
    )
    return Hearing(
        stages=found,
        called=names.called,
        examined=examined,
        sworn=any(stage.calls for stage in found),
        witness=single[0] if single and (listed == single or not listed) else None,
        steady=len(listed) == 1 and len(sworn) <= 1,
        text=text,
        proposed=deponent(content),
    )


def _labels(decisions: Sequence[Decision], names: _Names, hearing: Hearing) -> Iterable[Label]:
    for d in decisions:
        c = d.candidate
        if d.verdict not in (Verdict.SPEAKER, Verdict.NOBODY):
            continue
        hearing.advance(c.start)
        speaker = names.called(c.name) if d.verdict is Verdict.SPEAKER else None
        end = c.end
        if c.shape.name == "examiner":
            hearing.examiner = speaker
            yield Label(c.line, c.name.printed, c.start, end, None, c.shape.name, silent=True)
            continue
        listed = names.people.participant(c.name) is not None
        signed = c.shape.name in EXAMINATIONS
        beside = examiner_beside(hearing.text, end) if signed else None
        if beside is not None:
            hearing.examiner, end = names.called(Name.read(beside[0])), beside[1]
        if speaker is not None and not listed and (signed or is_witness(c.name.printed)):
            speaker = hearing.speaker(c, speaker)
        yield Label(c.line, c.name.printed, c.start, end, speaker, c.shape.name)


def _forms(decisions: Sequence[Decision]) -> tuple[Form, ...]:
    counts = Counter(d.candidate.shape.name for d in decisions if d.verdict is Verdict.SPEAKER)
    return tuple(Form(name, BY_NAME[name].caption, n) for name, n in counts.most_common())
