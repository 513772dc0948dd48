"""Vectors kept beside an archive: a first index without a run of the model, and the same one."""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np
import pytest

from corpus.archive import open_archive
from hashing_encoder import HashingPassageEncoder
from index.attunement import Attunement
from index.encoder import Embeddings, Progress
from index.errors import SearchIndexError
from index.kept import FILE, read_kept, write_kept
from index.passages import TEXT_VIEWS
from index.reuse import Known, Weights
from index.store import build_index, keep_vectors
from small_index import build, build_with, opened, spec_of

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
    build_with(encoder, root, folder)
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
    vector = np.full(4, 0.5, dtype=np.float32)
    write_kept(path, Weights("one", "tuned"), Known({"a": vector}, {"b": vector}))
    kept = read_kept(path, Weights("other", "tuned"))
    assert kept is not None
    assert "a" not in kept.general
    assert "b" in kept.tuned
    assert (kept.tuned["b"] == vector).all()


@pytest.mark.parametrize("damage", ["cut", "bytes", "empty"])
def test_a_damaged_file_is_said_to_be_damaged(tmp_path: Path, damage: str) -> None:
    path = tmp_path / FILE
    write_kept(path, Weights("one", None), Known({"a": np.full(4, 0.5, dtype=np.float32)}))
    data = path.read_bytes()
    path.write_bytes({"cut": data[:-40], "bytes": b"PK" + bytes(90), "empty": b""}[damage])
    with pytest.raises(SearchIndexError, match="delete it, or make it again"):
        read_kept(path, Weights("one", None))


HALF = np.full((1, 4), 0.5, dtype=np.float16)
DIGESTS = np.zeros((1, 16), dtype=np.uint8)
WEIGHTS = np.array(json.dumps({"general": "one", "tuned": None}))
CORRECTION = np.zeros((4, 2), dtype=np.float32)

HOSTILE = {
    "pickled weights": {"weights": np.array({"general": "one"}, dtype=object)},
    "weights that are a list": {"weights": np.array("[1]")},
    "weights nested too deep": {"weights": np.array("[" * 100_000)},
    "not a number": {"general": HALF * np.float16("nan")},
    "infinite": {"general": HALF * np.float16("inf")},
    "too long": {"general": HALF * np.float16(9)},
    "all zero": {"general": HALF * np.float16(0)},
    "a number each": {"general": HALF[:, 0]},
    "a table each": {"general": HALF[:, :, None]},
    "no digests": {"general_digests": DIGESTS[:0]},
    "an infinite correction": {
        "down": CORRECTION,
        "up": CORRECTION.T + np.inf,
        "learned_from": np.array("these"),
    },
    "half a correction": {"down": CORRECTION, "up": CORRECTION, "learned_from": np.array("these")},
}


def write_hostile(path: Path, changed: dict[str, np.ndarray], *, packed: bool = False) -> None:
    good = {"weights": WEIGHTS, "general": HALF, "general_digests": DIGESTS}
    good |= {"tuned": HALF, "tuned_digests": DIGESTS}
    (np.savez_compressed if packed else np.savez)(path, **(good | changed))


@pytest.mark.parametrize("name", HOSTILE)
def test_what_would_find_wrong_passages_is_refused(tmp_path: Path, name: str) -> None:
    path = tmp_path / FILE
    write_hostile(path, {})
    assert read_kept(path, Weights("one", None)) is not None
    write_hostile(path, HOSTILE[name])
    with pytest.raises(SearchIndexError, match="delete it, or make it again"):
        read_kept(path, Weights("one", None))


def test_what_is_compressed_is_not_unpacked(tmp_path: Path) -> None:
    path = tmp_path / FILE
    write_hostile(path, {"bomb": np.zeros(50_000_000, dtype=np.uint8)}, packed=True)
    with pytest.raises(SearchIndexError, match="delete it, or make it again"):
        read_kept(path, Weights("one", None))


def test_more_than_memory_holds_is_refused(tmp_path: Path) -> None:
    path = tmp_path / FILE
    write_hostile(path, {})
    shape = b"'shape': (1, 4)"
    data = path.read_bytes()
    assert shape in data
    for huge in (b"'shape': (9**9,", b"'shape':(1<<60)", b"'shape':(1,9e9)"):
        path.write_bytes(data.replace(shape, huge))
        with pytest.raises(SearchIndexError, match="delete it, or make it again"):
            read_kept(path, Weights("one", None))


def test_a_pipe_or_folder_in_its_place_is_refused(tmp_path: Path) -> None:
    path = tmp_path / FILE
    path.mkdir()
    with pytest.raises(SearchIndexError, match="delete it, or make it again"):
        read_kept(path, Weights("one", None))
    with pytest.raises(SearchIndexError, match="cannot be written"):
        write_kept(path, Weights("one", None), Known())
    path.rmdir()
    if hasattr(os, "mkfifo"):
        os.mkfifo(path)
        with pytest.raises(SearchIndexError, match="delete it, or make it again"):
            read_kept(path, Weights("one", None))


def test_vectors_of_another_length_are_embedded_anew(
    tiny_archive: Callable[..., Path], tmp_path: Path
) -> None:
    folder = tiny_archive()
    spec = build(tmp_path / "first", folder)
    keep_vectors(tmp_path / "first", open_archive(folder), spec)
    kept = np.load(folder / FILE)
    short = np.zeros((len(kept["general"]), 3), dtype=np.float16)
    short[:, 0] = 1
    np.savez(folder / FILE, **{**kept, "general": short})
    assert index_of(folder, tmp_path / "second").texts
    found = [
        opened(tmp_path / n, spec).search(QUESTION, TEXT_VIEWS, depth=10)
        for n in ("first", "second")
    ]
    assert found[0] == found[1]


def test_what_cannot_be_read_is_made_again_as_it_says(
    tiny_archive: Callable[..., Path], tmp_path: Path
) -> None:
    folder = tiny_archive()
    (folder / FILE).write_bytes(b"no vectors")
    archive = open_archive(folder)
    spec = spec_of(archive)
    with pytest.raises(SearchIndexError, match="index --force --keep"):
        index_of(folder, tmp_path / "index")
    build_index(tmp_path / "index", archive, spec, CountingEncoder, lambda *_: None, force=True)
    keep_vectors(tmp_path / "index", archive, spec)
    assert index_of(folder, tmp_path / "second").texts == []


def test_a_correction_of_another_length_is_not_used() -> None:
    known = Attunement(CORRECTION, CORRECTION.T, "these")
    assert Attunement.of(known.arrays()).learned_from == "these"
    with pytest.raises(ValueError, match="no correction"):
        Attunement.of({**known.arrays(), "down": CORRECTION[:2]})
