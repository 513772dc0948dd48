"""Late interaction: a question and a sentence compared word piece by word piece.

Each piece of the question is met by the piece of the sentence that is nearest to it; what the
pieces are worth together is told by how rare they are. After O. Khattab and M. Zaharia, "ColBERT"
(SIGIR 2020), with the embeddings that a model of whole texts has of their pieces.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import fmean

import numpy as np
import numpy.typing as npt

from index.encoder import Tokens, normalised

_VECTORS = "tokens.npy"
_PIECES = "pieces.npz"
_Floats = npt.NDArray[np.float32]

Place = tuple[str, int]
"""A document and a sentence number in it."""


def write_tokens(folder: Path, passages: Sequence[Tokens]) -> None:
    """Write the word pieces of all passages of a view, in their order; at least one."""
    lengths = [len(one.pieces) for one in passages]
    pieces = np.concatenate([one.pieces for one in passages])
    owner = np.repeat(np.arange(len(passages), dtype=np.int64), lengths)
    of_passages = np.unique(np.stack([pieces.astype(np.int64), owner]), axis=1)[0]
    known, counts = np.unique(of_passages, return_counts=True)
    np.save(folder / _VECTORS, np.concatenate([one.vectors for one in passages]))
    np.savez(
        folder / _PIECES,
        pieces=pieces,
        starts=np.concatenate([[0], np.cumsum(lengths)]).astype(np.int64),
        known=known,
        counts=counts,
    )


class TokenIndex:
    """The word pieces of the passages of one view, mapped into memory."""

    def __init__(self, folder: Path) -> None:
        """Open what :func:`write_tokens` wrote."""
        self._vectors: npt.NDArray[np.int8] = np.load(folder / _VECTORS, mmap_mode="r")
        with np.load(folder / _PIECES) as values:
            self._pieces = values["pieces"]
            self._starts = values["starts"]
            self._known = values["known"]
            self._counts = values["counts"]

    @classmethod
    def read(cls, folder: Path) -> TokenIndex | None:
        """Open them; None where the model embeds no word pieces."""
        return cls(folder) if (folder / _VECTORS).is_file() else None

    def __len__(self) -> int:
        return len(self._starts) - 1

    def of(self, number: int) -> Tokens:
        """Return the word pieces of a passage."""
        own = slice(self._starts[number], self._starts[number + 1])
        return Tokens(self._pieces[own], np.asarray(self._vectors[own]))

    def rarity(self, pieces: npt.NDArray[np.int32]) -> _Floats:
        """Return what each piece of a question is worth, shape (n pieces,), 1 together.

        It is the inverse document frequency over the passages (K. Sparck Jones, 1972).
        """
        places = np.minimum(np.searchsorted(self._known, pieces), len(self._known) - 1)
        counts = np.where(self._known[places] == pieces, self._counts[places], 0)
        worth = np.log1p(len(self) / (1 + counts))
        return np.asarray(worth / max(worth.sum(), 1e-12), dtype=np.float32)

    def met(self, questions: Sequence[Tokens], numbers: Sequence[int]) -> list[_Floats]:
        """Return for each question how well passages meet its pieces.

        Returns:
            The greatest cosine of a piece of the passage, shape (n numbers, n pieces) each.
        """
        starts, ends = self._starts[list(numbers)], self._starts[[n + 1 for n in numbers]]
        rows = np.concatenate([np.arange(a, b) for a, b in zip(starts, ends, strict=True)])
        there = self._vectors[rows].astype(np.float32)
        asked = normalised(np.concatenate([one.vectors for one in questions]).astype(np.float32))
        cosines = there @ asked.T
        # A row has as many products as a question has pieces, far fewer than numbers of its own.
        cosines /= np.maximum(np.sqrt(np.einsum("ij,ij->i", there, there)), 1e-12)[:, None]
        offsets = np.concatenate([[0], np.cumsum(ends - starts)[:-1]])
        best = np.maximum.reduceat(cosines, offsets, axis=0)
        return np.split(best, np.cumsum([len(one.pieces) for one in questions])[:-1], axis=1)


@dataclass(frozen=True, slots=True)
class Met:
    """How well a sentence meets a question's word pieces, each by its rarity; about [0, 1].

    Attributes:
        alone: the sentence by itself.
        around: together with the two before it and the two after it.
    """

    alone: float
    around: float


_REACH = 2


@dataclass(frozen=True, slots=True)
class LateInteraction:
    """Compares one question with sentences.

    Attributes:
        tokens: of all passages.
        numbers: of the passages of each sentence.
        questions: the question, and with what it leans on; their scores are averaged.
    """

    tokens: TokenIndex
    numbers: Mapping[Place, Sequence[int]]
    questions: Sequence[Tokens]

    def met(self, places: Sequence[Place]) -> dict[Place, Met]:
        """Return how well sentences meet the question; those that are nowhere are left out."""
        reach = range(-_REACH, _REACH + 1)
        wanted = {(document, n + far) for document, n in places for far in reach}
        there = sorted(wanted & self.numbers.keys())
        if not there:
            return {}
        numbers = [number for place in there for number in self.numbers[place]]
        starts = np.cumsum([0, *(len(self.numbers[place]) for place in there)])[:-1]
        by_question = self.tokens.met(self.questions, numbers)
        found = [
            self._met(
                self.tokens.rarity(question.pieces),
                dict(zip(there, np.maximum.reduceat(by_passage, starts, axis=0), strict=True)),
                places,
            )
            for question, by_passage in zip(self.questions, by_question, strict=True)
        ]
        return {
            place: Met(
                fmean(one[place].alone for one in found), fmean(one[place].around for one in found)
            )
            for place in found[0]
        }

    def _met(
        self, worth: _Floats, best: Mapping[Place, _Floats], places: Sequence[Place]
    ) -> dict[Place, Met]:
        found = {}
        for document, n in best.keys() & set(places):
            near = [(document, n + far) for far in range(-_REACH, _REACH + 1)]
            around = np.max([best[place] for place in near if place in best], axis=0)
            found[document, n] = Met(float(best[document, n] @ worth), float(around @ worth))
        return found
