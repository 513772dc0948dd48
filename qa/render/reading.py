"""A document read by programs: sentence by sentence, each with who says it."""

from __future__ import annotations

from itertools import islice

from typing_extensions import TypedDict

from corpus.transcript import Transcript
from qa.quotes import Quote, require_current

MOST_SENTENCES = 200


class SentenceObject(TypedDict):
    """A sentence: ``text`` is the exact slice ``start:end``, in code points, end exclusive."""

    start: int
    end: int
    text: str
    speaker: str | None
    layer: str
    turn: int


class ReadObject(TypedDict):
    """A stretch of a document; ``next`` is where the following one starts, null at the end."""

    document: str
    sha256: str
    title: str
    sentences: list[SentenceObject]
    next: int | None


def read_object(transcript: Transcript, start: int, count: int) -> ReadObject:
    """Return up to ``count`` sentences that end after ``start``.

    What no sentence holds is left out: labels, page furniture, and the web page around a document.

    Raises:
        SourceChangedError: the file has changed since it was read.
    """
    require_current(transcript)
    following = (s for s in transcript.sentences if s.end > start)
    found = tuple(islice(following, count + 1))
    quotes = [Quote(transcript, sentence.start, sentence.end) for sentence in found[:count]]
    return ReadObject(
        document=transcript.id,
        sha256=transcript.sha256,
        title=transcript.record.title,
        sentences=[
            SentenceObject(
                start=quote.start,
                end=quote.end,
                text=quote.text,
                speaker=quote.speaker,
                layer=quote.layer.value,
                turn=quote.turn,
            )
            for quote in quotes
        ],
        next=found[count].start if len(found) > count else None,
    )
