"""Search by meaning and by words over all views of an archive."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from index.dense import DenseIndex, write_dense
from index.encoder import Embeddings, Encoder, PassageEncoder, Progress
from index.lexical import LexicalIndex, write_lexical
from index.passages import Passage, View


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
    """

    dense: tuple[Hit, ...]
    lexical: tuple[Hit, ...]


class HybridIndex:
    """An archive's passages, searched view by view."""

    def __init__(self, folder: Path, passages: Sequence[Passage], encoder: Encoder) -> None:
        """Open the index in ``folder``, built from exactly these ``passages``."""
        self.encoder = encoder
        self.passages = tuple(passages)
        self._views: dict[View, tuple[tuple[Passage, ...], DenseIndex, LexicalIndex]] = {}
        for view, members in _by_view(passages).items():
            place = folder / view.value
            lexical = LexicalIndex(place, [passage.language for passage in members])
            self._views[view] = (members, DenseIndex(place), lexical)

    def search(
        self, question: str, views: Collection[View], *, depth: int
    ) -> Mapping[View, Rankings]:
        """Return for each view the ``depth`` nearest passages by meaning and by words."""
        vector = self.encoder.encode_queries([question])
        return self.search_vector(question, vector, views, depth=depth)

    def search_vector(
        self, question: str, vector: Embeddings, views: Collection[View], *, depth: int
    ) -> Mapping[View, Rankings]:
        """Search with a question that is embedded already; float32, shape (1, dim)."""
        found = {}
        for view in self._views.keys() & frozenset(views):
            members, dense, lexical = self._views[view]
            found[view] = Rankings(
                tuple(Hit(members[n], score) for n, score in dense.search(vector, depth)),
                tuple(Hit(members[n], score) for n, score in lexical.search(question, depth)),
            )
        return found


def write_index(
    folder: Path, passages: Sequence[Passage], encoder: PassageEncoder, progress: Progress
) -> None:
    """Write what :class:`HybridIndex` opens, the query encoder excepted."""
    views = _by_view(passages)
    everything = [passage for members in views.values() for passage in members]
    vectors = encoder.encode_passages([passage.text for passage in everything], progress)
    start = 0
    for view, members in views.items():
        place = folder / view.value
        place.mkdir()
        write_dense(place, vectors[start : start + len(members)])
        write_lexical(
            place, [passage.text for passage in members], [passage.language for passage in members]
        )
        start += len(members)


def _by_view(passages: Sequence[Passage]) -> dict[View, tuple[Passage, ...]]:
    found = {view: tuple(p for p in passages if p.view is view) for view in View}
    return {view: members for view, members in found.items() if members}
