"""Indexes of small archives, built with the hashing encoder."""

from __future__ import annotations

from pathlib import Path

from corpus.archive import Archive, open_archive
from hashing_encoder import HashingEncoder, HashingPassageEncoder
from index.encoder import PassageEncoder
from index.hybrid import HybridIndex
from index.passages import View
from index.store import IndexSpec, build_index, open_index


def spec_of(archive: Archive, *, window: int = 3, tokens: int = 60) -> IndexSpec:
    """Return what an index of ``archive`` is built from."""
    return IndexSpec(archive.fingerprint, "hashing", tokens, window, None)


def build(
    root: Path, folder: Path, *, window: int = 3, tokens: int = 60, force: bool = False
) -> IndexSpec:
    """Build the index of the archive in ``folder`` and return its specification."""
    archive = open_archive(folder)
    spec = spec_of(archive, window=window, tokens=tokens)
    build_index(root, archive, spec, HashingPassageEncoder, lambda *_: None, force=force)
    return spec


def build_with(encoder: PassageEncoder, root: Path, folder: Path) -> None:
    """Build the index of the archive in ``folder`` with an encoder that is watched."""
    archive = open_archive(folder)
    build_index(root, archive, spec_of(archive), lambda: encoder, lambda *_: None, force=False)


def search(root: Path, spec: IndexSpec, question: str = "When was the boat lost?") -> object:
    """Open the index and return everything it finds."""
    return opened(root, spec).search(question, tuple(View), depth=50)


def opened(root: Path, spec: IndexSpec) -> HybridIndex:
    """Open the index in ``root``."""
    return open_index(root, spec, HashingEncoder)


def generations(root: Path) -> list[str]:
    """Return the names of everything in an index folder that a build made and left."""
    return sorted(p.name for p in root.iterdir() if p.name.startswith(("gen-", ".building-")))
