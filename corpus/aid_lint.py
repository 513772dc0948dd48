"""What is valid in a finding aid and would still serve visitors badly."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from corpus.aid import FindingAid
from corpus.counting import counted
from corpus.findings import Finding, Severity
from corpus.transcript import Transcript
from corpus.wording import jaccard, wording

COPIES = 0.6
"""A question that shares this much of its wording with its passage is no visitor's question."""
FEWEST_QUESTIONS = 6
MOST_SENTENCES = 8
_SHOWN = 5


def aid_findings(transcript: Transcript, aid: FindingAid) -> tuple[Finding, ...]:
    """Return what a curator should look at in a finding aid that can be read."""
    return (
        *_copies(transcript, aid),
        *_lengths(transcript, aid),
        *_few_questions(transcript, aid),
        *_missing_languages(transcript, aid),
        *_answered_gaps(transcript, aid),
        *_misplaced_gaps(transcript, aid),
        *_unreviewed(transcript, aid),
    )


def _copies(transcript: Transcript, aid: FindingAid) -> Iterator[Finding]:
    for entry in aid.entries:
        sentences = transcript.sentences_in(entry.start, entry.end)
        passages = [transcript.text[entry.start : entry.end]]
        passages += [transcript.text[sentence.start : sentence.end] for sentence in sentences]
        wordings = [wording(passage) for passage in passages]
        for key in entry.questions:
            asked = wording(key.text)
            if max(jaccard(asked, words) for words in wordings) >= COPIES:
                yield Finding(
                    _file(transcript),
                    Severity.WARNING,
                    f"“{key.text}” repeats the passage's own words, which are searched anyway; "
                    "ask as a visitor who has not read it would.",
                    span=(entry.start, entry.end),
                )


def _lengths(transcript: Transcript, aid: FindingAid) -> Iterator[Finding]:
    for entry in aid.entries:
        count = len(transcript.sentences_in(entry.start, entry.end))
        if count > MOST_SENTENCES:
            yield Finding(
                _file(transcript),
                Severity.WARNING,
                f"covers {counted(count, 'sentence')}; split it into entries of at most "
                f"{MOST_SENTENCES}, so that a question finds the sentence that answers it.",
                span=(entry.start, entry.end),
            )


def _few_questions(transcript: Transcript, aid: FindingAid) -> Iterator[Finding]:
    counts: Counter[tuple[int, int]] = Counter()
    for entry in aid.entries:
        counts[entry.start, entry.end] += len(entry.questions)
    for (start, end), count in counts.items():
        if count < FEWEST_QUESTIONS:
            yield Finding(
                _file(transcript),
                Severity.NOTE,
                f"has {counted(count, 'question')}; {FEWEST_QUESTIONS} or more in different voices "
                "find it more surely.",
                span=(start, end),
            )


def _missing_languages(transcript: Transcript, aid: FindingAid) -> Iterator[Finding]:
    spoken: dict[tuple[int, int], set[str]] = {}
    for entry in aid.entries:
        languages = spoken.setdefault((entry.start, entry.end), set())
        languages.update(key.lang for key in entry.questions)
    for language in sorted(set().union(*spoken.values())):
        without = [place for place, languages in spoken.items() if language not in languages]
        if without:
            shown = ", ".join(f"{start}-{end}" for start, end in without[:_SHOWN])
            more = ", …" if len(without) > _SHOWN else ""
            yield Finding(
                _file(transcript),
                Severity.NOTE,
                f"{len(without)} of {len(spoken)} passages have no question in '{language}': "
                f"{shown}{more}.",
            )


def _answered_gaps(transcript: Transcript, aid: FindingAid) -> Iterator[Finding]:
    keys = {_bare(key.text): entry for entry in aid.entries for key in entry.questions}
    for gap in aid.gaps:
        entry = keys.get(_bare(gap.gap))
        if entry is not None:
            yield Finding(
                _file(transcript),
                Severity.WARNING,
                f"“{gap.gap}” is a question of this entry and a known gap; it can only be one.",
                span=(entry.start, entry.end),
            )


def _misplaced_gaps(transcript: Transcript, aid: FindingAid) -> Iterator[Finding]:
    for gap in aid.gaps:
        if gap.near is not None and not transcript.sentences_in(*gap.near):
            yield Finding(
                _file(transcript),
                Severity.WARNING,
                f"the gap “{gap.gap}” is near {gap.near[0]}-{gap.near[1]}, where no sentence "
                "stands; correct the offsets.",
            )


def _unreviewed(transcript: Transcript, aid: FindingAid) -> Iterator[Finding]:
    for name, parts in (("entries", aid.entries), ("known gaps", aid.gaps)):
        count = sum(part.provenance.reviewed_by is None for part in parts)
        if count:
            yield Finding(
                _file(transcript),
                Severity.NOTE,
                f"{count} of {len(parts)} {name} are reviewed by nobody.",
            )


def _bare(question: str) -> str:
    """Return what two questions share that differ in case and punctuation only."""
    return "".join(char for char in question.casefold() if char.isalnum())


def _file(transcript: Transcript) -> Path:
    name = f"{transcript.id}.aid.jsonl"
    return transcript.path.with_name(name) if transcript.path is not None else Path(name)
