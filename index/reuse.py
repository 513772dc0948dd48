"""Embeddings of the generation before: a text that did not change is not embedded again."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
import numpy.typing as npt

from index.attunement import Attunement
from index.encoder import Embeddings, Encoded, Tokens

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
        tokens: word pieces of the sentences, by the model.
    """

    general: Mapping[str, _Row] = field(default_factory=dict)
    tuned: Mapping[str, _Row] = field(default_factory=dict)
    attunement: Attunement | None = None
    tokens: Mapping[str, Tokens] = field(default_factory=dict)


def embedded(
    texts: Sequence[str],
    known: Mapping[str, _Row],
    embed: Callable[[list[str]], Embeddings],
    dim: int,
) -> Embeddings:
    """Return the vectors of ``texts``, shape (n, dim); ``embed`` is given those not known, once.

    A known vector of another length is none.
    """

    def read(new: list[str], _: Collection[int]) -> Encoded:
        return Encoded(embed(new))

    return encoded(texts, (), Known(known), read, dim).vectors


def encoded(
    texts: Sequence[str],
    by_token: Collection[int],
    known: Known,
    read: Callable[[list[str], Collection[int]], Encoded],
    dim: int,
) -> Encoded:
    """Return the vectors of ``texts``, and the word pieces of those with some numbers.

    Args:
        texts: one may stand there more than once.
        by_token: numbers of those whose word pieces are wanted.
        known: what need not be read again; a vector of another length is none.
        read: given the texts that are not known, once each, and which of them piece by piece.
        dim: length of a vector.
    """
    wanted = {texts[n] for n in by_token}
    held = {
        text: known.general[text]
        for text in texts
        if text in known.general and (text not in wanted or text in known.tokens)
    }
    held = {text: row for text, row in held.items() if row.shape == (dim,)}
    new = list(dict.fromkeys(text for text in texts if text not in held))
    found = read(new, [n for n, text in enumerate(new) if text in wanted])
    rows = halved(found.vectors)
    if not texts:
        return Encoded(rows)
    vectors = {**held, **dict(zip(new, rows, strict=True))}
    tokens = {text: known.tokens[text] for text in wanted & held.keys()}
    tokens |= {new[n]: one for n, one in found.tokens.items()}
    return Encoded(
        np.asarray([vectors[text] for text in texts], dtype=np.float32),
        {n: tokens[texts[n]] for n in by_token if texts[n] in tokens},
    )


def halved(vectors: Embeddings) -> Embeddings:
    """Return vectors rounded to half precision, as they are kept: all indexes are the same."""
    return np.asarray(vectors.astype(np.float16), dtype=np.float32)


def by_text(texts: Sequence[str], vectors: Embeddings) -> dict[str, _Row]:
    """Return the vectors by their texts; rows of zeros were never embedded."""
    return {text: row for text, row in zip(texts, vectors, strict=True) if row.any()}
