"""The archive's own reader on a public set: its texts staged as transcripts, its index and all."""

from __future__ import annotations

import hashlib
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path

from corpus.archive import Archive
from corpus.record import Record
from corpus.sentences import split_sentences
from corpus.transcript import Layer, Sentence, Span, Transcript, Turn
from index.encoder import Encoder, PassageEncoder
from index.hybrid import HybridIndex, write_index
from index.passages import budget, passages_of
from index.reuse import Known
from qa.answering import policy_of
from qa.asking import Asked
from qa.conversation import resolve
from qa.evaluation.sets.collection import Collection, Query, Unit
from qa.evaluation.sets.rankers import RankedRun
from qa.reader.choosing import choose
from qa.reader.fused import FusedReader
from qa.reader.judge import open_judge
from qa.reader.protocol import Query as Sought
from qa.reader.protocol import Reading
from qa.settings import Settings


@dataclass(frozen=True, slots=True)
class Staged:
    """A document of a set as a transcript; ``units`` has the unit id of each sentence."""

    transcript: Transcript
    units: tuple[str, ...]


def stage(document: str, units: Sequence[Unit], language: str) -> Staged:
    """Write a document's units one below the other and cut them into sentences.

    A unit with a speaker is a turn of its own; neighbours without one run on, as prose does.
    """
    turns: list[Turn] = []
    sentences: list[Sentence] = []
    names: list[str] = []
    text = ""
    alone = groupby(
        enumerate(units), key=lambda pair: (pair[1].speaker, pair[1].speaker and pair[0])
    )
    for (speaker, _), group in alone:
        start = len(text)
        number = len(turns) + 1
        for _, unit in group:
            begin = len(text)
            text += unit.text + "\n"
            for span in split_sentences(text, begin, len(text), language):
                sentences.append(
                    Sentence(len(sentences), span.start, span.end, Layer.SPEECH, number, number)
                )
                names.append(unit.id)
        turns.append(Turn(number, speaker, Span(start, start), start, len(text)))
    transcript = Transcript(
        id=document,
        text=text,
        sha256=hashlib.sha256(text.encode()).hexdigest(),
        record=Record(title=document or "untitled", language=language),
        regions=(),
        turns=tuple(turns),
        sentences=tuple(sentences),
        headings=(),
        brackets=(),
        breaks=(),
        notes=(),
    )
    return Staged(transcript, tuple(names))


def read_all(
    collection: Collection,
    settings: Settings,
    encoder: PassageEncoder,
    query_encoder: Encoder,
    language: str,
) -> RankedRun:
    """Let the reader rank what each question is confined to; it declines nothing here.

    Args:
        collection: the set.
        settings: of passages and reader, as for the archive itself.
        encoder: embeds passages.
        query_encoder: embeds questions.
        language: of the set, an ISO 639-1 code.
    """
    ranked: dict[str, tuple[str, ...]] = {}
    confidence: dict[str, float] = {}
    scopes: dict[str | None, list[Query]] = {}
    for query in collection.queries:
        scopes.setdefault(query.document, []).append(query)
    for scope, queries in scopes.items():
        documents = list(collection.by_document) if scope is None else [scope]
        staged = [stage(d, collection.by_document.get(d, ()), language) for d in documents]
        staged = [one for one in staged if one.transcript.sentences]
        if not staged:
            continue
        with tempfile.TemporaryDirectory() as folder:
            reader = _reader(staged, settings, encoder, query_encoder, Path(folder))
            for query in queries:
                found = resolve(query.text, query.history, language).text
                reading = reader.read(Sought(Asked(query.text), found))
                ranked[query.qid] = _units(reading, staged)
                confidence[query.qid] = reading.confidence
    return RankedRun("reader", ranked, confidence)


def _reader(
    staged: Sequence[Staged],
    settings: Settings,
    encoder: PassageEncoder,
    query_encoder: Encoder,
    folder: Path,
) -> FusedReader:
    archive = Archive(folder, tuple(one.transcript for one in staged))
    fits = budget(settings.passage_tokens, encoder.fits)
    passages = [
        passage
        for transcript in archive
        for passage in passages_of(transcript, window=settings.window, fits=fits)
    ]
    write_index(folder, passages, encoder, lambda *_: None, tuned=None, known=Known())
    choice, _ = choose(settings.calibration, folder, settings.model)
    search_index = HybridIndex(folder, passages, query_encoder)
    return FusedReader(
        archive,
        search_index,
        choice,
        depth=settings.depth,
        use_aid=False,
        use_tuned=False,
        policy=policy_of(settings.model_copy(update={"risk": None})),
        judge=open_judge(settings.judge),
    )


def _units(reading: Reading, staged: Sequence[Staged]) -> tuple[str, ...]:
    names = {one.transcript.id: one.units for one in staged}
    found = [
        names[evidence.quote.transcript.id][sentence.number]
        for evidence in reading.ranked
        for sentence in evidence.quote.sentences
    ]
    return tuple(dict.fromkeys(found))
