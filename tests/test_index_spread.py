"""Where a cosine stands among those of all passages."""

from __future__ import annotations

import tempfile
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.dense import DenseIndex, write_dense
from index.encoder import Embeddings, normalised


def opened(vectors: Embeddings) -> DenseIndex:
    folder = Path(tempfile.mkdtemp(prefix="spread-"))
    write_dense(folder, vectors)
    return DenseIndex(folder)


@given(st.integers(0, 2**32 - 1), st.integers(2, 60))
def test_the_spread_is_that_of_all_cosines(seed: int, count: int) -> None:
    random = np.random.default_rng(seed)
    vectors = normalised(random.normal(size=(count, 8)).astype(np.float32))
    question = normalised(random.normal(size=(1, 8)).astype(np.float32))
    cosines = vectors @ question[0]
    spread = opened(vectors).spread(question)
    assert spread.mean == pytest.approx(float(cosines.mean()), abs=1e-5)
    assert spread.deviation == pytest.approx(float(cosines.std()), abs=1e-3)


def test_passages_without_an_embedding_do_not_count() -> None:
    vectors = normalised(np.eye(3, 4, dtype=np.float32))
    question = vectors[:1]
    some = opened(np.vstack([vectors, np.zeros((5, 4), dtype=np.float32)]))
    assert some.spread(question) == opened(vectors).spread(question)


@pytest.mark.parametrize("count", [0, 1])
def test_where_nothing_spreads_nothing_stands_out(count: int) -> None:
    vectors = np.eye(count, 4, dtype=np.float32).reshape(count, 4)
    question = np.eye(1, 4, dtype=np.float32)
    assert opened(vectors).spread(question).standing(1.0) == 0.0
