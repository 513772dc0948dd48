"""What turns texts into vectors: the protocols, and what every implementation keeps."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Protocol

import numpy as np
import numpy.typing as npt

from corpus.scripts import word_count

Embeddings = npt.NDArray[np.float32]
"""float32, shape (n texts, dim), rows L2-normalised: a dot product is a cosine."""

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


def normalised(vectors: npt.NDArray[np.float32]) -> Embeddings:
    """Return the rows scaled to length one; a row of zeros stays."""
    lengths = np.linalg.norm(vectors, axis=1, keepdims=True)
    return np.asarray(vectors / np.maximum(lengths, 1e-12), dtype=np.float32)
