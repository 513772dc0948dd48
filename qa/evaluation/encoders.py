"""The archive's embedding model for baselines and public sets, vectors kept from run to run."""

from __future__ import annotations

import hashlib
import tempfile
from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np
import platformdirs

from index.encoder import Embeddings, PassageEncoder, Progress
from index.onnx_encoder import OnnxEncoder
from index.passage_encoders import open_passage_encoder
from qa.settings import Settings

Say = Callable[[str], None]
_MANY = 500
"""Fewer texts take no time worth a message."""


class RememberingEncoder:
    """Embeds passages once and keeps the vectors in a folder."""

    def __init__(self, encoder: PassageEncoder, folder: Path, say: Say) -> None:
        self._encoder = encoder
        self._folder = folder
        self._say = say
        self.name = encoder.name
        self.dim = encoder.dim
        self.is_multilingual = encoder.is_multilingual
        self.fits = encoder.fits
        self.export = encoder.export

    def encode_passages(self, texts: Sequence[str], progress: Progress) -> Embeddings:
        """Embed passages, or read the vectors of the same texts."""
        digest = hashlib.sha256("\0".join([self.name, *texts]).encode()).hexdigest()
        path = self._folder / f"{digest}.npy"
        if not path.is_file():
            if len(texts) >= _MANY:
                self._say(f"Embedding {len(texts)} texts (once).")
            self._folder.mkdir(parents=True, exist_ok=True)
            # Whole or not at all: a run may be stopped at any time.
            unfinished = path.with_suffix(".tmp.npy")
            np.save(unfinished, self._encoder.encode_passages(texts, progress))
            unfinished.replace(path)
        vectors: Embeddings = np.load(path)
        return vectors


def open_encoders(settings: Settings, say: Say) -> tuple[RememberingEncoder, OnnxEncoder]:
    """Return the encoder of passages and that of questions.

    Args:
        settings: which model.
        say: told when passages are embedded for the first time.
    """
    encoder = open_passage_encoder(settings.model, settings.batch_size)
    folder = Path(platformdirs.user_cache_dir("verbatim-archive")) / "evaluation"
    with tempfile.TemporaryDirectory() as exported:
        encoder.export(Path(exported))
        return RememberingEncoder(encoder, folder, say), OnnxEncoder(Path(exported))
