"""Attuning embeddings to what the finding aid's questions have in common."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from index.attunement import FILE, Attunement, _neighbours, learn_attunement
from index.encoder import Embeddings, normalised
from index.errors import IndexDamagedError

DIM, STRETCHES, ASKED = 48, 200, 5


def voices(seed: int) -> tuple[Embeddings, list[tuple[str, int, int]]]:
    """Questions whose meaning is drowned by the voice they are asked in.

    The first half of the dimensions tells the stretches apart, faintly; the second half is loud
    and says only how a question is worded.
    """
    random = np.random.default_rng(seed)
    meaning = random.normal(size=(STRETCHES, DIM // 2))
    rows = []
    for stretch in range(STRETCHES):
        for _ in range(ASKED):
            voice = 2.0 * random.normal(size=DIM // 2)
            rows.append(np.concatenate([meaning[stretch], voice]))
    stretches = [("doc", 10 * (n // ASKED), 10 * (n // ASKED)) for n in range(len(rows))]
    return normalised(np.array(rows, dtype=np.float32)), stretches


def finds_its_fellows(vectors: Embeddings, stretches: list[tuple[str, int, int]]) -> float:
    """Return how often the nearest other question asks about the same stretch."""
    cosines = vectors @ vectors.T
    np.fill_diagonal(cosines, -1.0)
    return float(np.mean([stretches[n] == stretches[i] for i, n in enumerate(cosines.argmax(1))]))


NO_GAPS = np.empty((0, DIM), dtype=np.float32)


def test_stretches_never_seen_are_found_better_too() -> None:
    known, stretches = voices(1)
    unseen, _ = voices(2)
    attunement = learn_attunement(known, stretches, NO_GAPS)
    assert attunement is not None
    before = finds_its_fellows(unseen, stretches)
    after = finds_its_fellows(attunement.apply(unseen), stretches)
    assert before < 0.3
    assert after > before + 0.2


def test_the_same_aid_gives_the_same_correction() -> None:
    known, stretches = voices(3)
    first = learn_attunement(known, stretches, NO_GAPS)
    second = learn_attunement(known, stretches, NO_GAPS)
    assert first is not None
    assert second is not None
    assert np.array_equal(first.down, second.down)
    assert np.array_equal(first.up, second.up)


def test_vectors_stay_of_length_one() -> None:
    known, stretches = voices(4)
    gaps = normalised(np.random.default_rng(0).normal(size=(20, DIM)).astype(np.float32))
    attunement = learn_attunement(known, stretches, gaps)
    assert attunement is not None
    lengths = np.linalg.norm(attunement.apply(gaps), axis=1)
    assert lengths == pytest.approx(np.ones(20), abs=1e-5)


def test_a_short_aid_changes_nothing() -> None:
    known, stretches = voices(5)
    few = 29 * ASKED
    assert learn_attunement(known[:few], stretches[:few], NO_GAPS) is None


def test_overlapping_and_adjoining_stretches_of_one_document_are_neighbours() -> None:
    close = _neighbours([("a", 0, 1), ("a", 2, 2), ("a", 4, 5), ("a", 5, 6), ("b", 0, 1)])
    pairs = {(int(i), int(j)) for i, j in np.argwhere(close)}
    assert pairs == {(0, 1), (1, 0), (2, 3), (3, 2)}


def test_a_correction_is_read_back_as_it_was_written(tmp_path: Path) -> None:
    random = np.random.default_rng(6)
    down = random.normal(size=(DIM, 4)).astype(np.float32)
    written = Attunement(down, down.T.copy())
    written.write(tmp_path)
    read = Attunement.read(tmp_path)
    assert read is not None
    assert np.array_equal(read.apply(NO_GAPS + 1), written.apply(NO_GAPS + 1))
    assert np.array_equal(read.down, down)


def test_no_correction_and_a_broken_one_are_told_apart(tmp_path: Path) -> None:
    assert Attunement.read(tmp_path) is None
    (tmp_path / FILE).write_bytes(b"PK\x03\x04 torn")
    with pytest.raises(IndexDamagedError, match="build the index again"):
        Attunement.read(tmp_path)
