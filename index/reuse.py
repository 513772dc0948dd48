"""Embeddings of the generation before: a text that did not change is not embedded again."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
import numpy.typing as npt

from index.attunement import Attunement
from index.encoder import Embeddings

WEIGHTS_FILE = "weights.json"
_Row = npt.NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Weights:
    """Which weights the vectors of a generation come from.

    Attributes:
        general: of the model, with its name.
        tuned: SHA-256 over the files of the encoder that was tuned to the archive, or None.
    """

    general: str
    tuned: str | None

    @classmethod
    def of(cls, model: str, fingerprint: str, tuned: str | None) -> Weights:
        """Name the weights of a model and of a tuned encoder."""
        return cls(hashlib.sha256(f"{model}\0{fingerprint}".encode()).hexdigest(), tuned)

    def write(self, folder: Path) -> None:
        """Write them into a generation."""
        values = {"general": self.general, "tuned": self.tuned}
        (folder / WEIGHTS_FILE).write_text(json.dumps(values), encoding="utf-8")

    @classmethod
    def read(cls, folder: Path) -> Weights | None:
        """Read them back; None where a generation does not say or cannot be read."""
        try:
            values = json.loads((folder / WEIGHTS_FILE).read_text(encoding="utf-8"))
            return cls(str(values["general"]), values["tuned"])
        except (OSError, ValueError, KeyError, TypeError):
            return None


@dataclass(frozen=True, slots=True)
class Known:
    """Vectors by text, float32, shape (dim,), L2-normalised.

    Attributes:
        general: by the model.
        tuned: by the encoder that was tuned to the archive.
        attunement: what was learned from the vectors of a finding aid, or None.
    """

    general: Mapping[str, _Row] = field(default_factory=dict)
    tuned: Mapping[str, _Row] = field(default_factory=dict)
    attunement: Attunement | None = None


def embedded(
    texts: Sequence[str],
    known: Mapping[str, _Row],
    embed: Callable[[list[str]], Embeddings],
    dim: int,
) -> Embeddings:
    """Return the vectors of ``texts``, shape (n, dim); ``embed`` is given those not known, once.

    A known vector of another length is none.
    """
    held = {text: known[text] for text in texts if text in known}
    held = {text: row for text, row in held.items() if row.shape == (dim,)}
    new = list(dict.fromkeys(text for text in texts if text not in held))
    rows = halved(embed(new))
    if not texts:
        return rows
    found = {**held, **dict(zip(new, rows, strict=True))}
    return np.asarray([found[text] for text in texts], dtype=np.float32)


def halved(vectors: Embeddings) -> Embeddings:
    """Return vectors rounded to half precision, as they are kept: all indexes are the same."""
    return np.asarray(vectors.astype(np.float16), dtype=np.float32)


def by_text(texts: Sequence[str], vectors: Embeddings) -> dict[str, _Row]:
    """Return the vectors by their texts; rows of zeros were never embedded."""
    return {text: row for text, row in zip(texts, vectors, strict=True) if row.any()}
