"""What an encoder learns from a finding aid: which questions ask for the same thing.

And which ask for what nobody told.
"""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TypeVar

from corpus.archive import Archive
from corpus.transcript import Transcript
from qa.errors import UsageError
from qa.quotes import Quote
from qa.reader.judge import judged_text

_ANCHORS = 144
_GAPS = 48
_TEXTS = 32
NO_STRETCH = -1
"""In place of a stretch's number: what a known gap asks for stands nowhere."""
_FEWEST_STRETCHES = 30

Item = TypeVar("Item")


@dataclass(frozen=True, slots=True)
class Described:
    """A described stretch.

    Attributes:
        document: id.
        first: number of its first sentence.
        last: of its last.
        text: who says it, and what.
        questions: that it answers, in the document's language.
    """

    document: str
    first: int
    last: int
    text: str
    questions: tuple[str, ...]

    def adjoins(self, other: Described) -> bool:
        """Tell whether the two overlap or follow each other: what one says may answer the other."""
        return (
            self.document == other.document
            and self.first <= other.last + 1
            and other.first <= self.last + 1
        )


@dataclass(frozen=True, slots=True)
class Gap:
    """A known gap, and the numbers of the stretches that tempt one to answer it."""

    question: str
    tempting: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Lesson:
    """One step: anchors are compared with candidates.

    Attributes:
        anchors: questions, gaps last.
        anchor_of: the stretch of each anchor; ``NO_STRETCH`` for gaps.
        candidates: other questions of these stretches and of those near the gaps, and texts.
        candidate_of: the stretch of each candidate.
    """

    anchors: tuple[str, ...]
    anchor_of: tuple[int, ...]
    candidates: tuple[str, ...]
    candidate_of: tuple[int, ...]


@dataclass(frozen=True)
class Exercises:
    """Everything there is to learn from."""

    stretches: tuple[Described, ...]
    gaps: tuple[Gap, ...]

    @classmethod
    def of(cls, archive: Archive) -> Exercises:
        """Read the finding aids of an archive.

        Raises:
            UsageError: fewer than thirty stretches are described by two questions.
        """
        stretches: list[Described] = []
        gaps: list[Gap] = []
        for transcript in archive:
            start = len(stretches)
            stretches += _described(transcript, archive)
            gaps += _gaps(transcript, archive, stretches[start:], start)
        if len(stretches) < _FEWEST_STRETCHES:
            raise UsageError(
                f"{archive.folder}: the finding aids describe {len(stretches)} stretches by two "
                f"questions or more; training needs {_FEWEST_STRETCHES}."
            )
        return cls(tuple(stretches), tuple(gaps))

    @property
    def questions(self) -> int:
        """How many questions have an answer."""
        return sum(len(stretch.questions) for stretch in self.stretches)

    def lessons(self, seed: int) -> Iterator[Lesson]:
        """Yield lessons without end; the same seed yields the same ones.

        In each, every question is an anchor at most once before all others were.
        """
        chance = random.Random(seed)  # noqa: S311 - no secret
        keys = [(n, q) for n, one in enumerate(self.stretches) for q in one.questions]
        anchors, gaps = _rounds(keys, chance), _rounds(self.gaps, chance)
        while True:
            asked = [next(anchors) for _ in range(min(_ANCHORS, len(keys)))]
            lacking = [next(gaps) for _ in range(min(_GAPS, len(self.gaps)))]
            yield self._lesson(asked, lacking, chance)

    def _lesson(
        self, asked: Sequence[tuple[int, str]], lacking: Sequence[Gap], chance: random.Random
    ) -> Lesson:
        found = [(n, self._other(n, question, chance)) for n, question in asked]
        for gap in lacking:
            if gap.tempting:
                n = chance.choice(gap.tempting)
                found.append((n, chance.choice(self.stretches[n].questions)))
        places = sorted({n for n, _ in asked})
        for n in chance.sample(places, min(_TEXTS, len(places))):
            found.append((n, self.stretches[n].text))
        return Lesson(
            anchors=(*(question for _, question in asked), *(gap.question for gap in lacking)),
            anchor_of=(*(n for n, _ in asked), *(NO_STRETCH for _ in lacking)),
            candidates=tuple(text for _, text in found),
            candidate_of=tuple(n for n, _ in found),
        )

    def _other(self, number: int, question: str, chance: random.Random) -> str:
        others = [other for other in self.stretches[number].questions if other != question]
        return chance.choice(others)


def _rounds(items: Sequence[Item], chance: random.Random) -> Iterator[Item]:
    """Yield all items in random order, again and again."""
    while items:
        yield from chance.sample(items, len(items))


def _described(transcript: Transcript, archive: Archive) -> Iterator[Described]:
    for entry in archive.aid(transcript.id).entries:
        language = transcript.record.language_code
        questions = tuple(key.text for key in entry.questions if key.lang == language)
        held = transcript.sentences_in(entry.start, entry.end)
        quote = Quote.of(transcript, held[0].number, held[-1].number)
        if len(questions) > 1:
            yield Described(
                transcript.id,
                held[0].number,
                held[-1].number,
                judged_text(quote.speaker, quote.text),
                questions,
            )


def _gaps(
    transcript: Transcript, archive: Archive, stretches: Sequence[Described], start: int
) -> Iterator[Gap]:
    for gap in archive.aid(transcript.id).gaps:
        if gap.lang != transcript.record.language_code:
            continue
        held = transcript.sentences_in(*gap.near) if gap.near else ()
        tempting = tuple(
            start + n
            for n, one in enumerate(stretches)
            if held and one.first <= held[-1].number and one.last >= held[0].number
        )
        yield Gap(gap.gap, tempting)
