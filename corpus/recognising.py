"""What the parser recognised, told for people and programs."""

from __future__ import annotations

import itertools
from bisect import bisect_left, bisect_right
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence, Set

from corpus.labels import Label, Labelling
from corpus.labels.examinations import is_witness
from corpus.labels.shapes import EXAMINATIONS
from corpus.lines import line_starts
from corpus.painting import blanked
from corpus.recognised import Doubt, Heard, Recognised
from corpus.transcript import Region, Turn
from corpus.turns import Builder

_FIRST_WORDS = 8
_SHOWN = 60


def recognise(
    text: str,
    labels: Sequence[Label],
    builder: Builder,
    labelling: Labelling,
    remarks: Sequence[Region],
) -> Recognised:
    """Count the speakers with their turns and words, ``remarks`` left out; collect the doubts."""
    spoken = blanked(builder.text, remarks)
    turns, record = builder.turns, builder.record
    printed: dict[str, Counter[str]] = defaultdict(Counter)
    for label in labels:
        if label.speaker is not None:
            printed[label.speaker][label.name] += 1
    listed = {who.name for who in record.participants}
    words: dict[str, list[list[str]]] = defaultdict(list)
    for turn in turns:
        if turn.speaker is not None:
            words[turn.speaker].append(spoken[turn.start : turn.end].split())
    speakers = tuple(
        Heard(
            speaker=name,
            labels=tuple(form for form, _ in printed[name].most_common() if form),
            listed=name in listed,
            turns=len(said),
            words=sum(map(len, said)),
            first_words=" ".join(said[0][:_FIRST_WORDS]),
        )
        for name, said in words.items()
    )
    unplaced = sum(turn.speaker is None for turn in turns)
    end = turns[-1].end if turns else 0
    doubts = [doubt for doubt in (*labelling.doubts, *builder.doubts) if doubt.start < end]
    doubts += list(_unexplained(text, turns, doubts, _of_hearing(labels)))
    doubts.sort(key=lambda doubt: doubt.start)
    return Recognised(labelling.grammar, speakers, unplaced, tuple(doubts))


def _of_hearing(labels: Sequence[Label]) -> frozenset[int]:
    """Return the labels that stand for whoever asks or answers, of whom one doubt is enough."""
    return frozenset(
        label.start for label in labels if label.form in EXAMINATIONS or is_witness(label.name)
    )


def _unexplained(
    text: str, turns: Sequence[Turn], doubts: Sequence[Doubt], explained: Set[int]
) -> Iterator[Doubt]:
    """Yield a doubt wherever turns of nobody begin and no other doubt says why."""
    places = sorted(doubt.start for doubt in doubts)
    lines: Sequence[int] = ()
    for speaker, group in itertools.groupby(turns, lambda turn: turn.speaker):
        run = list(group)
        begin = min(run[0].start, run[0].label.start)
        if speaker is not None or bisect_left(places, begin) < bisect_left(places, run[-1].end):
            continue
        if all(turn.label.start in explained and turn.label.end > turn.label.start for turn in run):
            continue
        lines = lines or line_starts(text)
        words = " ".join(text[run[0].start : min(run[0].start + _SHOWN, run[0].end)].split())
        yield Doubt(
            bisect_right(lines, begin),
            begin,
            run[0].end,
            words,
            "nothing says who speaks here; the speaker is not established",
            "If somebody speaks here, put the name and a colon in front, or state who in "
            f"[[voices]]; if nobody does, put “{' '.join(words.split()[:4])}” into "
            "layout.not_speech.",
        )
