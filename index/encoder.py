"""What turns texts into vectors: the protocols, and what every implementation keeps."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Protocol, runtime_checkable

import numpy as np
import numpy.typing as npt

from corpus.scripts import word_count

Embeddings = npt.NDArray[np.float32]
"""float32, shape (n texts, dim), rows L2-normalised: a dot product is a cosine."""


@dataclass(frozen=True, slots=True)
class Tokens:
    """The word pieces of one text, each embedded in its context.

    Attributes:
        pieces: numbers in the model's vocabulary, int32, shape (n pieces,).
        vectors: int8, shape (n pieces, dim); only their directions count.
    """

    pieces: npt.NDArray[np.int32]
    vectors: npt.NDArray[np.int8]


@dataclass(frozen=True, slots=True)
class Encoded:
    """Texts as a whole and, where a model can tell and was asked, piece by piece.

    Attributes:
        vectors: float32, shape (n texts, dim), rows L2-normalised.
        tokens: by the number of the text; a text may be missing.
    """

    vectors: Embeddings
    tokens: Mapping[int, Tokens] = field(default_factory=dict)


Progress = Callable[[str, int, int], None]
"""Called with what is being done, how much is done, and how much there is to do."""


class WordsRead:
    """Tells how many words of passages have been embedded, since passages differ in length."""

    def __init__(self, texts: Sequence[str], progress: Progress) -> None:
        """Count the words of ``texts``."""
        self._counts = [word_count(text) for text in texts]
        self._total = sum(self._counts)
        self._progress = progress
        self._read = 0

    def tell(self, batch: Sequence[int]) -> None:
        """Tell that the texts with these numbers have been embedded too."""
        self._read += sum(self._counts[n] for n in batch)
        self._progress("embedding words", self._read, self._total)


class Encoder(Protocol):
    """Embeds questions; what a search needs at query time."""

    @property
    def dim(self) -> int:
        """Length of a vector."""

    @property
    def is_multilingual(self) -> bool:
        """Whether texts of one meaning in different languages are near each other."""

    def encode_queries(self, texts: Sequence[str]) -> Embeddings:
        """Embed questions."""


class PassageEncoder(Protocol):
    """Embeds passages and leaves behind what :class:`Encoder` needs; used while building."""

    @property
    def name(self) -> str:
        """The model's name, as in the settings."""

    @property
    def dim(self) -> int:
        """Length of a vector."""

    @property
    def is_multilingual(self) -> bool:
        """Whether texts of one meaning in different languages are near each other."""

    def fits(self, text: str) -> bool:
        """Whether the model reads ``text`` whole."""

    def encode_passages(self, texts: Sequence[str], progress: Progress) -> Embeddings:
        """Embed passages."""

    def export(self, folder: Path) -> None:
        """Write the query encoder to ``folder``.

        Raises:
            EncoderError: what was written does not embed as the model does.
        """


@runtime_checkable
class ReadsQueryTokens(Protocol):
    """An encoder of questions that may embed their word pieces too."""

    def read_queries(self, texts: Sequence[str]) -> Encoded:
        """Embed questions, and their word pieces where the model can."""


@runtime_checkable
class ReadsPassageTokens(Protocol):
    """An encoder of passages that embeds their word pieces too."""

    def read_passages(
        self, texts: Sequence[str], progress: Progress, by_token: Collection[int]
    ) -> Encoded:
        """Embed passages, and the word pieces of those with the numbers ``by_token``."""


def normalised(vectors: npt.NDArray[np.float32]) -> Embeddings:
    """Return the rows scaled to length one; a row of zeros stays."""
    lengths = np.linalg.norm(vectors, axis=1, keepdims=True)
    return np.asarray(vectors / np.maximum(lengths, 1e-12), dtype=np.float32)


def rounded(states: npt.NDArray[np.float32]) -> npt.NDArray[np.int8]:
    """Return the directions of vectors in a byte a number; float32 and int8, shape (n, dim)."""
    greatest = np.abs(states).max(axis=1, keepdims=True)
    return np.asarray(np.rint(states / np.maximum(greatest, 1e-12) * 127), dtype=np.int8)
