"""Questions made from the archive's own data, without a model and without a curator.

They are hypotheses: a swapped name may by chance be answered elsewhere. They show where to look
before there are gold questions, and how robust a system is once there are.
"""

from __future__ import annotations

import random
import re
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import TypeVar

from corpus.archive import Archive
from corpus.judgments import GoldSpan, Question
from corpus.transcript import Layer, Sentence, Transcript
from qa.evaluation.verdicts import content_words

T = TypeVar("T")

KINDS = ("base", "keywords", "typo", "swapped", "other document", "duplicate")
"""``base`` are the questions the others were made from."""

STRANGERS = (
    "Alvarez", "Bergström", "Castellani", "Dhillon", "Eriksen", "Fontaine", "Grunwald",
    "Havel", "Ishikawa", "Jankauskas", "Kimathi", "Lindholm", "Montoya", "Nakamura", "Okafor",
    "Petrescu",
)  # fmt: skip
"""Names put in place of others; those that stand in the archive are left out."""

_NAME = re.compile(r"(?<=[a-z,’'] )[A-Z][\w’-]+(?: [A-Z][\w’-]+)*")
_NUMBER = re.compile(r"\d+")
_WORD = re.compile(r"[^\W\d_]{5,}")
_KEYWORDS = 4


@dataclass(frozen=True, slots=True)
class Probe:
    """A made question; ``scope`` confines it to one document."""

    question: Question
    scope: str | None = None


def make_probes(
    archive: Archive, gold: Sequence[Question], *, limit: int, seed: int
) -> tuple[Probe, ...]:
    """Make probes of every kind that the data allow.

    Args:
        archive: the documents.
        gold: questions to derive probes from; if empty, sentences of the archive serve.
        limit: most probes of one kind.
        seed: the same seed makes the same probes.
    """
    chance = random.Random(seed)  # noqa: S311 - no secret
    base = [q for q in gold if q.answerable and not q.history] or _from_sentences(archive, chance)
    base = [_named(q, "base") for q in base]
    text = " ".join(transcript.text for transcript in archive).casefold()
    strangers = [name for name in STRANGERS if name.casefold() not in text]
    chosen = _some(base, limit, chance)
    found = [Probe(question) for question in chosen]
    # Of the same questions, so that what they lose can be told from how hard they are.
    found += _made(chosen, _keywords)
    found += _made(chosen, lambda q: _typo(q, chance))
    swapped = _made(base, lambda q: _swapped(q, strangers, text, chance))
    elsewhere = _made(base, lambda q: _elsewhere(q, archive, chance))
    for made in (swapped, elsewhere, list(_duplicates(archive))):
        found += _some(made, limit, chance)
    return tuple(found)


def _some(items: Sequence[T], limit: int, chance: random.Random) -> list[T]:
    """Return at most ``limit`` of the items by chance, in their order."""
    places = chance.sample(range(len(items)), min(limit, len(items)))
    return [items[place] for place in sorted(places)]


def _made(base: Sequence[Question], maker: Callable[[Question], Probe | None]) -> list[Probe]:
    return [probe for question in base if (probe := maker(question)) is not None]


def _named(question: Question, kind: str) -> Question:
    return replace(question, type=kind, qid=f"{question.qid}/{kind.replace(' ', '-')}")


def _variant(question: Question, kind: str, text: str) -> Question:
    root = question.qid.rpartition("/")[0]
    return replace(question, type=kind, question=text, qid=f"{root}/{kind.replace(' ', '-')}")


def _unanswerable(question: Question, kind: str, text: str) -> Question:
    made = _variant(question, kind, text)
    return replace(made, answerable=False, spans=(), alternatives=(), speaker=None)


def _keywords(question: Question) -> Probe | None:
    """Leave only the content words, as people type who are used to search engines."""
    wanted = content_words(question.question)
    words = [w for w in re.findall(r"[\w’'-]+", question.question) if w.casefold() in wanted]
    text = " ".join(words)
    if len(words) < 2 or text == question.question:  # noqa: PLR2004 - one word asks nothing
        return None
    return Probe(_variant(question, "keywords", text))


def _typo(question: Question, chance: random.Random) -> Probe | None:
    """Exchange two neighbouring letters inside one of the longest words."""
    words = sorted(_WORD.finditer(question.question), key=lambda match: -len(match[0]))
    if not words:
        return None
    match = words[0]
    at = match.start() + chance.randrange(1, len(match[0]) - 2)
    text = question.question
    text = text[:at] + text[at + 1] + text[at] + text[at + 2 :]
    return Probe(_variant(question, "typo", text)) if text != question.question else None


def _swapped(
    question: Question, strangers: Sequence[str], text: str, chance: random.Random
) -> Probe | None:
    """Put a name or number that the archive does not hold in place of one that it does."""
    names = [m for m in _NAME.finditer(question.question) if m[0].casefold() in text]
    numbers = [m for m in _NUMBER.finditer(question.question) if m[0] in _NUMBER.findall(text)]
    if names and strangers:
        match, new = chance.choice(names), chance.choice(strangers)
    elif numbers:
        match = chance.choice(numbers)
        new = _other_number(match[0], text, chance)
    else:
        return None
    asked = question.question[: match.start()] + new + question.question[match.end() :]
    return Probe(_unanswerable(question, "swapped", asked))


def _other_number(number: str, text: str, chance: random.Random) -> str:
    """Return a number that does not stand in the text, of as many digits or of one more."""
    known = set(_NUMBER.findall(text))
    while True:
        for _ in range(100):
            other = "".join(chance.choice("123456789") for _ in number)
            if other not in known:
                return other
        number += "0"


def _elsewhere(question: Question, archive: Archive, chance: random.Random) -> Probe | None:
    """Ask of another document what only this one answers."""
    own = {span.document for gold in question.acceptable for span in gold}
    others = [transcript.id for transcript in archive if transcript.id not in own]
    if not others:
        return None
    scope = chance.choice(others)
    made = _unanswerable(question, "other document", question.question)
    return Probe(made, scope)


def _duplicates(archive: Archive) -> Iterator[Probe]:
    """Quote a sentence that stands more than once: any of its places is right."""
    places: dict[str, list[GoldSpan]] = {}
    for transcript in archive:
        for sentence in transcript.sentences:
            span = _span(transcript, sentence)
            places.setdefault(" ".join(span.text.split()), []).append(span)
    for number, (text, spans) in enumerate(places.items()):
        if len(spans) > 1 and _is_speech(archive, spans[0]):
            first, *rest = ((span,) for span in spans)
            qid = f"duplicate-{number}/duplicate"
            yield Probe(_question(qid, "duplicate", text, first, tuple(rest)))


def _is_speech(archive: Archive, span: GoldSpan) -> bool:
    """Whether somebody says it, as opposed to the lines of a header."""
    return archive[span.document].layer_at(span.start) is Layer.SPEECH


def _from_sentences(archive: Archive, chance: random.Random) -> list[Question]:
    """Make a question of the rarest words of each sentence that has enough of them."""
    counts: Counter[str] = Counter()
    sentences = [(t, s) for t in archive for s in t.sentences if s.layer is Layer.SPEECH]
    words = [content_words(_span(t, s).text) for t, s in sentences]
    for found in words:
        counts.update(found)
    made = []
    for (transcript, sentence), found in zip(sentences, words, strict=True):
        rare = sorted(found, key=lambda word: (counts[word], word))[:_KEYWORDS]
        if len(rare) == _KEYWORDS:
            span = _span(transcript, sentence)
            asked = [w for w in re.findall(r"[^\W_]+", span.text) if w.casefold() in rare]
            qid = f"{transcript.id}-{sentence.number}"
            text = " ".join(dict.fromkeys(asked))
            made.append(_question(qid, "base", text, (span,), ()))
    chance.shuffle(made)
    return made


def _question(
    qid: str,
    kind: str,
    text: str,
    spans: tuple[GoldSpan, ...],
    alternatives: tuple[tuple[GoldSpan, ...], ...],
) -> Question:
    return Question(
        qid=qid,
        question=text,
        type=kind,
        history=(),
        language="en",
        answerable=True,
        spans=spans,
        alternatives=alternatives,
        speaker=None,
        note="made by verbatim probe",
    )


def _span(transcript: Transcript, sentence: Sentence) -> GoldSpan:
    text = transcript.text[sentence.start : sentence.end]
    return GoldSpan(transcript.id, sentence.start, sentence.end, text)
