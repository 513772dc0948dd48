"""Vectors kept beside an archive: a first index without a run of the model, and the same one."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np
import pytest

from corpus.archive import open_archive
from hashing_encoder import HashingPassageEncoder
from index.encoder import Embeddings, Progress
from index.errors import SearchIndexError
from index.kept import FILE, read_kept, write_kept
from index.passages import TEXT_VIEWS
from index.reuse import Known, Weights
from index.store import build_index, keep_vectors
from small_index import build, opened, spec_of

QUESTION = "When was the boat lost in the storm?"


class CountingEncoder(HashingPassageEncoder):
    """Counts the texts that it embeds."""

    def __init__(self) -> None:
        super().__init__()
        self.texts: list[str] = []

    def encode_passages(self, texts: Sequence[str], progress: Progress) -> Embeddings:
        self.texts += texts
        return super().encode_passages(texts, progress)


def index_of(folder: Path, root: Path) -> CountingEncoder:
    encoder = CountingEncoder()
    archive = open_archive(folder)
    build_index(root, archive, spec_of(archive), lambda: encoder, lambda *_: None, force=False)
    return encoder


def test_what_is_kept_is_not_embedded_again(
    tiny_archive: Callable[..., Path], tmp_path: Path
) -> None:
    folder = tiny_archive()
    first, second = tmp_path / "first", tmp_path / "second"
    spec = build(first, folder)
    assert "vectors kept in" in keep_vectors(first, open_archive(folder), spec)
    assert index_of(folder, second).texts == []
    found = [opened(root, spec).search(QUESTION, TEXT_VIEWS, depth=10) for root in (first, second)]
    assert found[0] == found[1]


def test_only_what_changed_is_embedded(tiny_archive: Callable[..., Path], tmp_path: Path) -> None:
    folder = tiny_archive()
    keep_vectors(tmp_path / "first", open_archive(folder), build(tmp_path / "first", folder))
    ferry = folder / "ferry.txt"
    ferry.write_text(ferry.read_text().replace("lottery", "raffle"), encoding="utf-8")
    new = index_of(folder, tmp_path / "second").texts
    assert new
    assert all("raffle" in text for text in new)


def test_vectors_of_another_model_are_not_used(tmp_path: Path) -> None:
    path = tmp_path / FILE
    vector = np.ones(4, dtype=np.float32)
    write_kept(path, Weights("one", "tuned"), Known({"a": vector}, {"b": vector}))
    kept = read_kept(path, Weights("other", "tuned"))
    assert kept is not None
    assert "a" not in kept.general
    assert "b" in kept.tuned
    assert (kept.tuned["b"] == 1).all()


@pytest.mark.parametrize("damage", ["cut", "bytes", "empty"])
def test_a_damaged_file_is_said_to_be_damaged(tmp_path: Path, damage: str) -> None:
    path = tmp_path / FILE
    write_kept(path, Weights("one", None), Known({"a": np.ones(4, dtype=np.float32)}))
    data = path.read_bytes()
    path.write_bytes({"cut": data[:-40], "bytes": b"PK" + bytes(90), "empty": b""}[damage])
    with pytest.raises(SearchIndexError, match="delete it, or make it again"):
        read_kept(path, Weights("one", None))
