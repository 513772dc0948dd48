"""What the parser recognised, told for people and programs."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence

from corpus.labels import Label, Labelling
from corpus.recognised import Heard, Recognised
from corpus.turns import Builder

_FIRST_WORDS = 8


def recognise(
    text: str,
    labels: Sequence[Label],
    builder: Builder,
    labelling: Labelling,
) -> Recognised:
    """Count the speakers with their turns and words; collect the doubts."""
    turns, record = builder.turns, builder.record
    printed: dict[str, Counter[str]] = defaultdict(Counter)
    for label in labels:
        if label.speaker is not None:
            printed[label.speaker][label.name] += 1
    listed = {who.name for who in record.participants}
    words: dict[str, list[list[str]]] = defaultdict(list)
    for turn in turns:
        if turn.speaker is not None:
            words[turn.speaker].append(text[turn.start : turn.end].split())
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
    doubts.sort(key=lambda doubt: doubt.start)
    return Recognised(labelling.grammar, speakers, unplaced, tuple(doubts))
