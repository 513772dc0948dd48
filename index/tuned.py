"""An encoder that was tuned to an archive by its finding aids, beside the general one.

A finding aid's questions and known gaps are embedded a second time by an encoder that learned,
from these very questions, which of them ask for the same thing. It is for the documents that it
was tuned to; for others it knows too much of these.
"""

from __future__ import annotations

import json
import shutil
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from zipfile import BadZipFile

import numpy as np

from corpus.archive import Archive
from corpus.files import regular_bytes
from index.encoder import Embeddings, Encoder, Progress
from index.errors import EncoderError, IndexDamagedError
from index.models import digest, file_sha256
from index.onnx_encoder import CONFIG_FILE, MODEL_FILE, TOKENIZER_FILE, OnnxEncoder
from index.passages import AID_VIEWS, Passage, View
from index.reuse import embedded

FOLDER = "tuned"
FACTS_FILE = "tuned.json"
VECTORS_FILE = "vectors.npz"
_FILES = (MODEL_FILE, TOKENIZER_FILE, CONFIG_FILE)


@dataclass(frozen=True, slots=True)
class TunedFacts:
    """What a tuned encoder is for.

    Attributes:
        documents: id to SHA-256 of the source file, of the documents it was tuned to.
        files: name to SHA-256 of the encoder's files: with one wrong bit of the graph or two
            exchanged entries of the tokenizer it would load and embed all the same.
    """

    documents: Mapping[str, str]
    files: Mapping[str, str]

    @property
    def fingerprint(self) -> str:
        """SHA-256 over the encoder's files, hexadecimal."""
        return digest(self.files)

    @classmethod
    def of(cls, archive: Archive, folder: Path) -> TunedFacts:
        """Return the facts of the encoder in ``folder``, tuned to the described documents."""
        documents = {t.id: t.sha256 for t in archive if archive.aid(t.id).entries}
        return cls(documents, {name: file_sha256(folder / name) for name in _FILES})

    def fits(self, archive: Archive) -> bool:
        """Tell whether it was tuned to every described document of an archive, and there is one."""
        described = {t.sha256 for t in archive if archive.aid(t.id).entries}
        return bool(described) and described <= set(self.documents.values())

    def write(self, folder: Path) -> None:
        """Write the facts beside the encoder."""
        text = json.dumps(asdict(self), indent=2) + "\n"
        (folder / FACTS_FILE).write_text(text, encoding="utf-8")

    @classmethod
    def read(cls, folder: Path) -> TunedFacts:
        """Read them back.

        Raises:
            EncoderError: the folder holds no tuned encoder.
        """
        path = folder / FACTS_FILE
        try:
            values = json.loads(regular_bytes(path).decode())
            documents = {str(name): str(sha) for name, sha in values["documents"].items()}
            return cls(documents, {name: str(values["files"][name]) for name in _FILES})
        except (OSError, ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
            raise EncoderError(
                f"{folder} holds no tuned encoder ({FACTS_FILE} cannot be read); name a folder "
                "that 'verbatim train' wrote."
            ) from error


@dataclass(frozen=True)
class Tuned:
    """The encoder and the finding aids' questions embedded by it.

    Attributes:
        encoder: embeds visitors' questions.
        vectors: float32, shape (n passages of the view, dim), rows L2-normalised, those in
            other languages zero.
    """

    encoder: Encoder
    vectors: Mapping[View, Embeddings]

    @classmethod
    def read(cls, index: Path) -> Tuned | None:
        """Read what :func:`write_tuned` wrote into an index; None where there is none.

        Raises:
            IndexDamagedError: it cannot be read.
        """
        folder = index / FOLDER
        if not folder.is_dir():
            return None
        return cls(OnnxEncoder(folder), read_vectors(index))


def read_vectors(index: Path) -> dict[View, Embeddings]:
    """Return the finding aids' questions of an index as its tuned encoder embedded them.

    Raises:
        IndexDamagedError: they cannot be read.
    """
    folder = index / FOLDER
    try:
        with np.load(folder / VECTORS_FILE, allow_pickle=False) as values:
            return {View(name): values[name] for name in values.files}
    except (OSError, ValueError, EOFError, BadZipFile) as error:
        raise IndexDamagedError(f"{folder} cannot be read; build the index again.") from error


def write_tuned(
    index: Path,
    model: Path,
    views: Mapping[View, Sequence[Passage]],
    languages: frozenset[str],
    progress: Progress,
    known: Mapping[str, Embeddings],
) -> None:
    """Copy a tuned encoder into an index and embed the finding aids' questions with it.

    Args:
        index: the folder of the index.
        model: the folder of the tuned encoder.
        views: all passages.
        languages: that the encoder knows; rows of others stay zero and near nothing.
        progress: told how far it is.
        known: vectors of this very encoder by text, which need not be computed again.

    Raises:
        EncoderError: a file of the encoder is missing or not the one that was trained.
    """
    folder = index / FOLDER
    folder.mkdir()
    trained = TunedFacts.read(model).files
    for name in _FILES:
        if not (model / name).is_file():
            raise EncoderError(f"{model / name} is missing; train or install the encoder again.")
        shutil.copyfile(model / name, folder / name)
        if file_sha256(folder / name) != trained[name]:
            raise EncoderError(
                f"{model / name} is not the file that was trained (SHA-256); train or install "
                "the encoder again."
            )
    encoder = OnnxEncoder(folder)
    found: dict[str, Embeddings] = {}
    for view in sorted(AID_VIEWS & views.keys()):
        members = views[view]
        vectors = np.zeros((len(members), encoder.dim), dtype=np.float32)
        for row, passage in enumerate(members):
            if passage.language in languages:
                vectors[row] = embedded([passage.text], known, encoder.encode, encoder.dim)[0]
            if (row + 1) % 500 == 0 or row + 1 == len(members):
                progress("embedding the finding aid's questions", row + 1, len(members))
        found[view.value] = vectors
    np.savez(folder / VECTORS_FILE, allow_pickle=False, **found)
