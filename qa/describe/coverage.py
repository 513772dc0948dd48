"""How much of a document its finding aid describes, and what it leaves out."""

from __future__ import annotations

import itertools
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from corpus.aid import MODEL_DRAFTED, Entry, KnownGap, Part
from corpus.transcript import Layer, Sentence, Transcript


@dataclass(frozen=True, slots=True)
class Coverage:
    """What a finding aid describes.

    Attributes:
        document: its id.
        sentences: by layer, all that can be quoted.
        covered: by layer, those that an entry holds.
        left_out: the others, in order.
        entries: how many there are.
        gaps: how many known gaps there are.
        questions: of entries, by language.
        gap_languages: of known gaps, by language.
        drafted: entries and gaps that a model wrote.
        reviewed: entries and gaps by reviewer; what nobody reviewed is not counted.
    """

    document: str
    sentences: Mapping[Layer, int]
    covered: Mapping[Layer, int]
    left_out: tuple[Sentence, ...]
    entries: int
    gaps: int
    questions: Mapping[str, int]
    gap_languages: Mapping[str, int]
    drafted: int
    reviewed: Mapping[str, int]

    @property
    def unreviewed(self) -> int:
        """Entries and gaps that nobody has reviewed."""
        return self.entries + self.gaps - sum(self.reviewed.values())


def coverage(transcript: Transcript, parts: Iterable[Part]) -> Coverage:
    """Measure the finding aid that consists of ``parts``."""
    parts = tuple(parts)
    entries = [part for part in parts if isinstance(part, Entry)]
    gaps = [part for part in parts if isinstance(part, KnownGap)]
    held = {
        sentence.number
        for entry in entries
        for sentence in transcript.sentences_in(entry.start, entry.end)
    }
    reviewers = (part.provenance.reviewed_by for part in parts)
    return Coverage(
        document=transcript.id,
        sentences=Counter(sentence.layer for sentence in transcript.sentences),
        covered=Counter(transcript.sentences[number].layer for number in held),
        left_out=tuple(s for s in transcript.sentences if s.number not in held),
        entries=len(entries),
        gaps=len(gaps),
        questions=Counter(key.lang for entry in entries for key in entry.questions),
        gap_languages=Counter(gap.lang for gap in gaps),
        drafted=sum(part.provenance.author == MODEL_DRAFTED for part in parts),
        reviewed=Counter(name for name in reviewers if name is not None),
    )


def stretches(sentences: Iterable[Sentence], most: int) -> tuple[tuple[Sentence, ...], ...]:
    """Group sentences that follow each other in one block, at most ``most`` together."""
    ordered = enumerate(sentences)
    runs = itertools.groupby(ordered, key=lambda item: (item[1].block, item[1].number - item[0]))
    found: list[tuple[Sentence, ...]] = []
    for _, run in runs:
        together = [sentence for _, sentence in run]
        found += [tuple(together[i : i + most]) for i in range(0, len(together), most)]
    return tuple(found)


def coverage_text(found: Coverage, transcript: Transcript) -> str:
    """Return a coverage as a curator reads it."""
    total, covered = sum(found.sentences.values()), sum(found.covered.values())
    lines = [
        f"{found.document}: {covered} of {total} sentences described "
        f"({', '.join(_layers(found))}).",
        f"{found.entries} entries with {sum(found.questions.values())} questions "
        f"({_tally(found.questions)}); {found.gaps} known gaps ({_tally(found.gap_languages)}).",
        f"{found.drafted} of {found.entries + found.gaps} were drafted by a model; "
        f"{found.unreviewed} are reviewed by nobody{_reviewers(found)}.",
    ]
    if found.left_out:
        lines.append("Not described:")
    for sentence in found.left_out:
        words = " ".join(transcript.text[sentence.start : sentence.end].split())
        line = transcript.line_at(sentence.start)
        lines.append(f"  {sentence.start}-{sentence.end} (line {line}, {sentence.layer}) {words}")
    return "\n".join(lines)


def coverage_object(found: Coverage) -> dict[str, object]:
    """Return a coverage as a JSON object."""
    return {
        "document": found.document,
        "sentences": dict(found.sentences),
        "covered": dict(found.covered),
        "left_out": [[sentence.start, sentence.end] for sentence in found.left_out],
        "entries": found.entries,
        "gaps": found.gaps,
        "questions": dict(found.questions),
        "gap_languages": dict(found.gap_languages),
        "drafted": found.drafted,
        "reviewed": dict(found.reviewed),
        "unreviewed": found.unreviewed,
    }


def _layers(found: Coverage) -> list[str]:
    return [
        f"{layer} {found.covered.get(layer, 0)} of {count}"
        for layer, count in found.sentences.items()
    ]


def _tally(counts: Mapping[str, int]) -> str:
    ranked = sorted(counts.items(), key=lambda item: (-item[1], item[0]))
    return ", ".join(f"{name} {count}" for name, count in ranked) or "none"


def _reviewers(found: Coverage) -> str:
    return f"; reviewed: {_tally(found.reviewed)}" if found.reviewed else ""
