"""Finding: everything the index can say about one question."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import partial

from corpus.archive import Archive
from corpus.people import is_called
from index.attuned import Attuned
from index.encoder import Embeddings, normalised
from index.hybrid import HybridIndex
from index.late import LateInteraction
from index.passages import AID_VIEWS, TEXT_VIEWS, View
from qa.asking import Asked
from qa.reader.protocol import Query
from qa.reader.signals import Gathered, Signals, Stretch


@dataclass(frozen=True, slots=True)
class Margins:
    """How a stretch stands to known gaps and to other stretches, as differences of cosines.

    Attributes:
        gap: by how much its nearest question is nearer than the nearest known gap.
        gaps: the same for the two nearest of each, on average.
        behind: by how much the nearest question of all is nearer than its own.
    """

    gap: float
    gaps: float
    behind: float


@dataclass(frozen=True, slots=True)
class Learned:
    """The comparisons of one question; either may be missing.

    Attributes:
        corrected: by a correction of the general embeddings.
        tuned: by an encoder that was tuned to the archive.
    """

    corrected: Attuned | None
    tuned: Attuned | None

    def joined(self, stretch: Stretch, plain: Signals) -> Signals:
        """Return signals whose cosines of questions are the mean over all embeddings."""
        cosines = [(plain.key, plain.second_key)]
        cosines += [
            _cosines(one, stretch, plain)
            for one in (self.corrected, self.tuned)
            if one is not None and plain.is_described
        ]
        first, second = (sum(values) / len(cosines) for values in zip(*cosines, strict=True))
        return replace(plain, key=first, second_key=second)

    def margins(self, stretch: Stretch, plain: Signals, plain_gaps: tuple[float, float]) -> Margins:
        """Return how a stretch stands to known gaps and to other stretches.

        Args:
            stretch: the one in question.
            plain: its signals by the general model.
            plain_gaps: cosines of the two nearest known gaps by the general model, or 0.
        """
        best = self.tuned or self.corrected
        first, second = _cosines(best, stretch, plain) if best else (plain.key, plain.second_key)
        gaps = best.gaps if best else plain_gaps
        has_gaps = any(gaps)
        return Margins(
            gap=first - gaps[0] if has_gaps else 0.0,
            gaps=(first + second - gaps[0] - gaps[1]) / 2 if has_gaps else 0.0,
            behind=best.nearest - first if best else 0.0,
        )


def _cosines(learned: Attuned, stretch: Stretch, plain: Signals) -> tuple[float, float]:
    """Return how near the two nearest questions of a stretch are by learned embeddings.

    They know the questions of finding aids alone. A sentence nobody asked about gets what stands
    as high among them as it does among the sentences: cosines of two models, on scales of their
    own, must not be compared.
    """
    own = learned.keys.get(stretch)
    if own is not None:
        return own
    carried = learned.carried(plain.dense_standing)
    return carried, carried


@dataclass(frozen=True, slots=True)
class Found:
    """What was found for one question.

    Attributes:
        query: the question.
        gathered: the scores of the general model and of the words.
        learned: the comparisons by embeddings that were learned.
        unknown_terms: how many of the question's own terms no sentence of the archive holds; 0
            where it is in another language than the documents.
        late: compares the question with sentences word piece by word piece; None where the model
            cannot.
    """

    query: Query
    gathered: Gathered
    learned: Learned
    unknown_terms: int
    late: LateInteraction | None


class Finder:
    """Searches an archive for one question, every way there is."""

    def __init__(
        self,
        archive: Archive,
        search_index: HybridIndex,
        *,
        depth: int,
        use_aid: bool,
        use_tuned: bool,
    ) -> None:
        self._archive = archive
        self._index = search_index
        self._depth = depth
        self._use_aid = use_aid
        self._use_tuned = use_aid and use_tuned

    def find(self, query: Query) -> Found:
        """Return everything that any ranking finds for a question."""
        views = TEXT_VIEWS | AID_VIEWS if self._use_aid else TEXT_VIEWS
        read = self._index.read(query.texts)
        vector = _together(read.vectors)
        rankings = self._index.search_vector(
            query.text,
            vector,
            views,
            depth=self._depth,
            documents=documents_of(self._archive, query.asked),
        )
        own_words = query.asked.question if query.foreign is None else ""
        unknown = self._index.unknown_terms(own_words, View.SENTENCE)
        return Found(
            query,
            Gathered.of(rankings),
            self._learned(query, vector),
            unknown,
            self._index.late(read),
        )

    def _learned(self, query: Query, vector: Embeddings) -> Learned:
        if not self._use_aid:
            return Learned(None, None)
        corrected = self._index.attuned(vector)
        # The tuned encoder knows the documents' languages alone.
        is_tuned = self._use_tuned and query.foreign is None
        tuned = self._index.tuned(query.texts) if is_tuned else None
        if query.asked.is_about_all:
            return Learned(corrected, tuned)
        # What others say, or other documents, must not count where they were not asked.
        wanted = partial(is_wanted, self._archive, query.asked)
        found = [one and one.within(wanted) for one in (corrected, tuned)]
        return Learned(*found)


def _together(vectors: Embeddings) -> Embeddings:
    """Return the mean of a question that leans back alone and with what it leans on.

    The words before would otherwise outweigh its own: it would find what was found before.
    """
    return normalised(vectors.mean(axis=0, keepdims=True))


def is_wanted(archive: Archive, asked: Asked, stretch: Stretch) -> bool:
    """Tell whether a stretch is of the speaker and the document that were asked for."""
    document, first, _ = stretch
    transcript = archive[document]
    if not asked.admits(transcript):
        return False
    if asked.speaker is None:
        return True
    speaker = transcript.speaker_at(transcript.sentences[first].start)
    return speaker is not None and is_called(transcript, speaker, asked.speaker)


def documents_of(archive: Archive, asked: Asked) -> frozenset[str] | None:
    """Return which documents may be quoted; None for all of them.

    They are searched as if there were no others: nothing that is nearer stands before them.
    """
    if asked.is_of_all:
        return None
    found = frozenset(transcript.id for transcript in archive if asked.admits(transcript))
    return None if len(found) == len(archive) else found
