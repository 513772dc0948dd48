"""An embedding model without a model: words hashed into vectors, the same on every machine."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from pathlib import Path

import numpy as np

from index.encoder import Embeddings, Progress, normalised

DIM = 32
_FILE = "hashing.json"


def embed(texts: Sequence[str]) -> Embeddings:
    """Return bags of hashed words, float32, shape (n, DIM), rows L2-normalised."""
    vectors = np.zeros((len(texts), DIM), dtype=np.float32)
    for row, text in enumerate(texts):
        for word in text.casefold().split():
            digest = hashlib.sha256(word.encode()).digest()
            vectors[row, digest[0] % DIM] += 1 if digest[1] % 2 else -1
    return normalised(vectors)


class HashingEncoder:
    """Embeds questions; opened from what :class:`HashingPassageEncoder` exported."""

    is_multilingual = False

    def __init__(self, folder: Path) -> None:
        self.dim = int(json.loads((folder / _FILE).read_text())["dim"])

    def encode_queries(self, texts: Sequence[str]) -> Embeddings:
        return embed(texts)


class HashingPassageEncoder:
    """Embeds passages of at most ``max_words`` words."""

    name = "hashing"
    dim = DIM
    is_multilingual = False

    def __init__(self, max_words: int = 40) -> None:
        self.max_words = max_words

    def fits(self, text: str) -> bool:
        return len(text.split()) <= self.max_words

    def encode_passages(self, texts: Sequence[str], progress: Progress) -> Embeddings:
        progress("embedding passages", len(texts), len(texts))
        return embed(texts)

    def export(self, folder: Path) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        (folder / _FILE).write_text(json.dumps({"dim": DIM}))
