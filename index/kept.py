"""Vectors kept beside an archive's texts: a first index then needs no run of the model.

Each text is known by its SHA-256, so a file that was made for other texts does no harm: what it
does not hold is embedded.
"""

from __future__ import annotations

import hashlib
import io
import json
import zipfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from itertools import accumulate
from pathlib import Path
from typing import Any, TypeVar

import numpy as np
import numpy.typing as npt

from corpus.files import regular_bytes, replace_files
from index.attunement import Attunement
from index.encoder import Embeddings, Tokens
from index.errors import SearchIndexError
from index.reuse import Known, Weights

FILE = "vectors.npz"
"""In the folder of an archive."""
_DIGEST = 16
_ROUNDED = 1e-2
"""By how much the length of a vector in half precision may differ from 1."""
_UNREADABLE = (
    OSError,
    ValueError,
    LookupError,
    TypeError,
    AttributeError,
    EOFError,
    SyntaxError,
    RuntimeError,
    MemoryError,
    zipfile.BadZipFile,
)
"""What numpy, zipfile and json raise over files that somebody else may have made."""

_Digests = npt.NDArray[np.uint8]
_Halves = npt.NDArray[np.float16]
_Value = TypeVar("_Value")


@dataclass(frozen=True)
class Kept(Mapping[str, _Value]):
    """Values by text, found by the text's digest; iterating would need the texts themselves."""

    places: Mapping[bytes, slice]
    at: Callable[[slice], _Value]

    def __getitem__(self, text: str) -> _Value:
        return self.at(self.places[_digest(text)])

    def __contains__(self, text: object) -> bool:
        return isinstance(text, str) and _digest(text) in self.places

    def __iter__(self) -> Iterator[str]:
        raise TypeError("the texts are not kept")

    def __len__(self) -> int:
        return len(self.places)


def read_kept(path: Path, weights: Weights) -> Known | None:
    """Read the vectors that the same weights would make; None where there are none.

    Raises:
        SearchIndexError: the file cannot be read.
    """
    try:
        with np.load(_stored(path), allow_pickle=False) as values:
            made_by = Weights(**json.loads(str(values["weights"])))
            general = _kept(values["general_digests"], values["general"])
            tuned = _kept(values["tuned_digests"], values["tuned"])
            attunement = Attunement.of(values) if "learned_from" in values else None
            tokens = _kept_tokens(values) if "piece_digests" in values else {}
    except FileNotFoundError:
        return None
    except _UNREADABLE as error:
        raise SearchIndexError(
            f"{path} cannot be read; delete it, or make it again with "
            "'verbatim index --force --keep'."
        ) from error
    is_ours = made_by.general == weights.general
    return Known(
        general if is_ours else {},
        tuned if made_by.tuned is not None and made_by.tuned == weights.tuned else {},
        attunement,
        tokens if is_ours else {},
    )


def write_kept(path: Path, weights: Weights, known: Known) -> int:
    """Write vectors by their texts, in half precision, whole or not at all; return how many.

    Raises:
        SearchIndexError: the file cannot be written.
    """
    general_digests, general = _packed(known.general)
    tuned_digests, tuned = _packed(known.tuned)
    file = io.BytesIO()
    np.savez(
        file,
        allow_pickle=False,
        weights=np.array(json.dumps(asdict(weights))),
        general_digests=general_digests,
        general=general,
        tuned_digests=tuned_digests,
        tuned=tuned,
        **(known.attunement.arrays() if known.attunement is not None else {}),
        **_packed_tokens(known.tokens),
    )
    try:
        replace_files({path: file.getvalue()})
    except OSError as error:
        raise SearchIndexError(f"{path} cannot be written ({error.strerror or error}).") from error
    return len(general) + len(tuned)


def _stored(path: Path) -> io.BytesIO:
    """Return a file whose members are as large as they say: a compressed one may fill any memory.

    Raises:
        OSError: it cannot be read, or is no regular file.
        BadZipFile: it is not what :func:`write_kept` writes.
    """
    file = io.BytesIO(regular_bytes(path))
    with zipfile.ZipFile(file) as members:
        if any(member.compress_type != zipfile.ZIP_STORED for member in members.infolist()):
            raise zipfile.BadZipFile("a member is compressed")
    file.seek(0)
    return file


def _by_digest(values: Mapping[str, _Value]) -> tuple[_Digests, list[_Value]]:
    """Return the texts' digests in their order, shape (n, 16), and their values."""
    ordered = sorted((_digest(text), text) for text in values)
    digests = np.frombuffer(b"".join(digest for digest, _ in ordered), dtype=np.uint8)
    return digests.reshape(-1, _DIGEST), [values[text] for _, text in ordered]


def _places(digests: _Digests, counts: Sequence[int]) -> dict[bytes, slice]:
    """Return by digest which rows are a text's, the texts in a row with so many each."""
    ends = accumulate(counts)
    rows = zip(digests, counts, ends, strict=True)
    return {digest.tobytes(): slice(end - count, end) for digest, count, end in rows}


def _packed(vectors: Mapping[str, Embeddings]) -> tuple[_Digests, _Halves]:
    """Return digests in their order, shape (n, 16), and their vectors, shape (n, dim)."""
    digests, rows = _by_digest(vectors)
    return digests, np.asarray(rows, dtype=np.float16)


def _kept(digests: _Digests, vectors: _Halves) -> Kept[Embeddings]:
    if digests.shape != (len(vectors), _DIGEST) or vectors.dtype != np.float16:
        raise ValueError("digests and vectors do not belong together")
    if len(vectors):
        lengths = np.linalg.norm(vectors.astype(np.float32), axis=1)
        # Not a number is near nothing, and so is refused as well.
        if lengths.ndim != 1 or not (abs(lengths - 1) < _ROUNDED).all():
            raise ValueError("a vector is not of length one")
    return Kept(
        _places(digests, [1] * len(vectors)),
        lambda own: np.asarray(vectors[own][0], dtype=np.float32),
    )


def _packed_tokens(tokens: Mapping[str, Tokens]) -> dict[str, npt.NDArray[Any]]:
    """Return the arrays of all word pieces, in the order of their texts' digests."""
    if not tokens:
        return {}
    digests, found = _by_digest(tokens)
    return {
        "piece_digests": digests,
        "piece_counts": np.array([len(one.pieces) for one in found], dtype=np.int64),
        "pieces": np.concatenate([one.pieces for one in found]),
        "piece_vectors": np.concatenate([one.vectors for one in found]),
    }


def _kept_tokens(values: Mapping[str, npt.NDArray[Any]]) -> Kept[Tokens]:
    digests, counts = values["piece_digests"], values["piece_counts"]
    pieces, vectors = values["pieces"], values["piece_vectors"]
    belong = digests.shape == (len(counts), _DIGEST) and counts.sum() == len(pieces) == len(vectors)
    if not belong or (counts < 1).any() or pieces.dtype != np.int32 or vectors.dtype != np.int8:
        raise ValueError("word pieces and their texts do not belong together")
    places = _places(digests, counts.tolist())
    return Kept(places, lambda own: Tokens(pieces[own], vectors[own]))


def _digest(text: str) -> bytes:
    return hashlib.sha256(text.encode()).digest()[:_DIGEST]
