"""Search by meaning and by words over all views of an archive."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import numpy as np

from index.attuned import Attuned, AttunedQuestions
from index.attunement import Attunement, learn_attunement
from index.dense import NO_SPREAD, DenseIndex, Spread, write_dense
from index.encoder import (
    Embeddings,
    Encoded,
    Encoder,
    PassageEncoder,
    Progress,
    ReadsPassageTokens,
    ReadsQueryTokens,
    normalised,
)
from index.late import LateInteraction, Place, TokenIndex, write_tokens
from index.lexical import LexicalIndex, write_lexical
from index.passages import AID_VIEWS, Passage, View
from index.reuse import Known, encoded
from index.tuned import Tuned, write_tuned


@dataclass(frozen=True, slots=True)
class Hit:
    """A passage with the score of one ranking: a cosine or a BM25 score."""

    passage: Passage
    score: float


@dataclass(frozen=True, slots=True)
class Rankings:
    """The passages of one view nearest to a question, best first.

    Attributes:
        dense: by cosine of the embeddings.
        lexical: by BM25; passages that share no word with the question are left out.
        spread: of the cosines of all passages, those further down too.
    """

    dense: tuple[Hit, ...]
    lexical: tuple[Hit, ...]
    spread: Spread = NO_SPREAD


_NO_ROWS: Embeddings = np.zeros((0, 0), dtype=np.float32)


class HybridIndex:
    """An archive's passages, searched view by view."""

    def __init__(
        self,
        folder: Path,
        passages: Sequence[Passage],
        encoder: Encoder,
        tuned: Tuned | None = None,
    ) -> None:
        """Open the index in ``folder``, built from exactly these ``passages``."""
        self.encoder = encoder
        self.passages = tuple(passages)
        self._views: dict[View, tuple[tuple[Passage, ...], DenseIndex, LexicalIndex]] = {}
        for view, members in by_view(passages).items():
            place = folder / view.value
            lexical = LexicalIndex(place, [passage.language for passage in members])
            self._views[view] = (members, DenseIndex(place), lexical)
        self._tokens = TokenIndex.read(folder / View.SENTENCE.value)
        self._attunement = Attunement.read(folder)
        self._attuned: AttunedQuestions | None = None
        if self._attunement is not None:
            plain = {
                view: self._views[view][1].vectors() for view in AID_VIEWS & self._views.keys()
            }
            corrected = {view: self._attunement.apply(rows) for view, rows in plain.items()}
            self._attuned = self._questions(corrected)
        self._tuned = tuned
        self._tuned_questions = self._questions(self._tuned.vectors) if self._tuned else None

    def attuned(self, vector: Embeddings) -> Attuned | None:
        """Compare a question with all questions of the finding aids, corrected for the archive.

        Args:
            vector: the question's embedding, float32, shape (1, dim).

        Returns:
            None where the archive has too small a finding aid to learn a correction from.
        """
        if self._attunement is None or self._attuned is None:
            return None
        return self._attuned.compare(self._attunement.apply(vector)[0])

    def tuned(self, texts: Sequence[str]) -> Attuned | None:
        """Compare a question with all questions of the finding aids, by a tuned encoder.

        Args:
            texts: the question; with several, the mean of their embeddings is compared.

        Returns:
            None where none was tuned to the archive.
        """
        if self._tuned is None or self._tuned_questions is None:
            return None
        vectors = self._tuned.encoder.encode_queries(texts)
        question = normalised(vectors.mean(axis=0, keepdims=True))[0]
        return self._tuned_questions.compare(question)

    def _questions(self, vectors: Mapping[View, Embeddings]) -> AttunedQuestions | None:
        """Group the finding aids' questions that have an embedding; None where there is none."""
        if View.KEY not in vectors:
            return None
        rows = {view: np.flatnonzero(found.any(axis=1)) for view, found in vectors.items()}
        keys = [self._views[View.KEY][0][row] for row in rows[View.KEY]]
        gaps = vectors[View.GAP][rows[View.GAP]] if View.GAP in vectors else _NO_ROWS
        return AttunedQuestions(keys, vectors[View.KEY][rows[View.KEY]], gaps) if keys else None

    def search(
        self, question: str, views: Collection[View], *, depth: int
    ) -> Mapping[View, Rankings]:
        """Return for each view the ``depth`` nearest passages by meaning and by words."""
        vector = self.encoder.encode_queries([question])
        return self.search_vector(question, vector, views, depth=depth)

    def search_vector(
        self,
        question: str,
        vector: Embeddings,
        views: Collection[View],
        *,
        depth: int,
        documents: frozenset[str] | None = None,
    ) -> Mapping[View, Rankings]:
        """Search with a question that is embedded already.

        Args:
            question: as asked.
            vector: its embedding, float32, shape (1, dim).
            views: to be searched.
            depth: how many passages of each.
            documents: only passages of these; None for all. Known gaps are of the whole archive.
        """
        found = {}
        for view in self._views.keys() & frozenset(views):
            members, dense, _ = self._views[view]
            among = self._among(view, documents)
            found[view] = Rankings(
                tuple(Hit(members[n], score) for n, score in dense.search(vector, depth, among)),
                self.search_words(question, view, depth=depth, documents=documents),
                dense.spread(vector),
            )
        return found

    def search_words(
        self, question: str, view: View, *, depth: int, documents: frozenset[str] | None = None
    ) -> tuple[Hit, ...]:
        """Return the ``depth`` nearest passages of one view by words alone, best first."""
        if view not in self._views:
            return ()
        members, _, lexical = self._views[view]
        among = self._among(view, documents)
        numbers = None if among is None else frozenset(among)
        return tuple(
            Hit(members[n], score) for n, score in lexical.search(question, depth, numbers)
        )

    def read(self, texts: Sequence[str]) -> Encoded:
        """Embed a question, and its word pieces where the model can."""
        if isinstance(self.encoder, ReadsQueryTokens):
            return self.encoder.read_queries(texts)
        return Encoded(self.encoder.encode_queries(texts))

    def late(self, question: Encoded) -> LateInteraction | None:
        """Return what compares a question with sentences piece by piece; None where none can."""
        if self._tokens is None or not question.tokens:
            return None
        return LateInteraction(self._tokens, self._numbers, tuple(question.tokens.values()))

    @cached_property
    def _numbers(self) -> Mapping[Place, Sequence[int]]:
        """The numbers of the passages of each sentence."""
        found: dict[Place, list[int]] = defaultdict(list)
        for number, passage in enumerate(self._views[View.SENTENCE][0]):
            found[passage.document, passage.first].append(number)
        return dict(found)

    def unknown_terms(self, question: str, view: View) -> int:
        """Return how many terms of a question no passage of a view holds."""
        return self._views[view][2].unknown(question) if view in self._views else 0

    def _among(self, view: View, documents: frozenset[str] | None) -> Sequence[int] | None:
        """Return the numbers of a view's passages that are of some documents; None for all."""
        if documents is None or view is View.GAP:
            return None
        return [n for n, p in enumerate(self._views[view][0]) if p.document in documents]


def write_index(
    folder: Path,
    passages: Sequence[Passage],
    encoder: PassageEncoder,
    progress: Progress,
    *,
    tuned: Path | None,
    known: Known,
) -> None:
    """Write what :class:`HybridIndex` opens, the query encoder excepted.

    Args:
        folder: of the index.
        passages: of all views.
        encoder: embeds them.
        progress: told how far it is.
        tuned: the folder of an encoder that was tuned to the archive, if there is one.
        known: vectors of texts that need not be embedded again.
    """
    views = by_view(passages)
    everything = [passage for members in views.values() for passage in members]
    read = _encoded(everything, encoder, progress, known)
    vectors = read.vectors
    start = 0
    for view, members in views.items():
        place = folder / view.value
        place.mkdir()
        write_dense(place, vectors[start : start + len(members)])
        write_lexical(
            place, [passage.text for passage in members], [passage.language for passage in members]
        )
        tokens = [read.tokens[n] for n in range(start, start + len(members)) if n in read.tokens]
        if tokens:
            write_tokens(place, tokens)
        start += len(members)
    attunement = _learn(views, vectors, progress, known.attunement)
    if attunement is not None:
        attunement.write(folder)
    if tuned is not None:
        write_tuned(folder, tuned, views, _languages(passages), progress, known.tuned)


def _encoded(
    passages: Sequence[Passage], encoder: PassageEncoder, progress: Progress, known: Known
) -> Encoded:
    """Embed passages, and the word pieces of single sentences.

    Where the model speaks one language only, a finding aid's questions in others are found by
    their words. Their rows are zero and near nothing.
    """
    languages = _languages(passages)
    spoken = [
        n
        for n, passage in enumerate(passages)
        if encoder.is_multilingual or passage.language in languages
    ]

    def read(texts: list[str], by_token: Collection[int]) -> Encoded:
        if by_token and isinstance(encoder, ReadsPassageTokens):
            return encoder.read_passages(texts, progress, by_token)
        return Encoded(encoder.encode_passages(texts, progress))

    has_tokens = isinstance(encoder, ReadsPassageTokens)
    sentences = [
        row for row, n in enumerate(spoken) if has_tokens and passages[n].view is View.SENTENCE
    ]
    texts = [passages[n].text for n in spoken]
    found = encoded(texts, sentences, known, read, encoder.dim)
    vectors = np.zeros((len(passages), found.vectors.shape[1]), dtype=np.float32)
    vectors[spoken] = found.vectors
    return Encoded(vectors, {spoken[row]: one for row, one in found.tokens.items()})


def _languages(passages: Sequence[Passage]) -> frozenset[str]:
    """Return the languages of the documents themselves."""
    return frozenset(p.language for p in passages if p.view not in AID_VIEWS)


def _learn(
    views: Mapping[View, Sequence[Passage]],
    vectors: Embeddings,
    progress: Progress,
    before: Attunement | None,
) -> Attunement | None:
    """Learn the correction from the questions of the finding aids, where there are enough."""
    members = [passage for passages in views.values() for passage in passages]
    known = _languages(members)

    def of(view: View) -> list[int]:
        return [n for n, p in enumerate(members) if p.view is view and p.language in known]

    progress("learning from the finding aid", 0, 1)
    keys = of(View.KEY)
    stretches = [(members[n].document, members[n].first, members[n].last) for n in keys]
    attunement = learn_attunement(vectors[keys], stretches, vectors[of(View.GAP)], before)
    progress("learning from the finding aid", 1, 1)
    return attunement


def by_view(passages: Sequence[Passage]) -> dict[View, tuple[Passage, ...]]:
    """Return the passages of each view that has any, in order."""
    found = {view: tuple(p for p in passages if p.view is view) for view in View}
    return {view: members for view, members in found.items() if members}
