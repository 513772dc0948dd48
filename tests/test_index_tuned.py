"""An encoder that was tuned to an archive takes part there, and only there."""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.archive import Archive, open_archive
from described_archive import write_described
from index.attuned import AttunedQuestions
from index.errors import EncoderError
from index.passages import Passage, View
from index.store import IndexSpec
from index.tuned import Tuned, TunedFacts, write_tuned
from qa.settings import shipped_encoder

MOST_BYTES = 25_000_000


def test_the_shipped_encoder_is_for_the_shipped_archive(archive: Archive) -> None:
    assert TunedFacts.read(shipped_encoder()).fits(archive)


def test_the_shipped_encoder_is_small_and_says_what_it_is() -> None:
    folder = shipped_encoder()
    assert sum(path.stat().st_size for path in folder.iterdir()) <= MOST_BYTES
    card = (folder / "README.md").read_text(encoding="utf-8")
    for words in ("verbatim train", "Apache", "seed", "all-MiniLM-L6-v2", "finding aid"):
        assert words in card


def test_an_encoder_is_not_for_documents_it_was_not_tuned_to(
    archive: Archive, tmp_path: Path
) -> None:
    shipped = TunedFacts.of(archive, shipped_encoder())
    other = open_archive(write_described(tmp_path / "other"))
    assert not shipped.fits(other)
    documents = {**shipped.documents, **TunedFacts.of(other, shipped_encoder()).documents}
    assert TunedFacts(documents, shipped.files).fits(other)


def test_an_archive_without_finding_aids_has_nothing_to_be_tuned_to(
    archive: Archive, tiny_archive: Callable[..., Path]
) -> None:
    facts = TunedFacts.of(archive, shipped_encoder())
    assert not facts.fits(open_archive(tiny_archive()))


def test_the_facts_come_back_as_they_were(archive: Archive, tmp_path: Path) -> None:
    facts = TunedFacts.of(archive, shipped_encoder())
    facts.write(tmp_path)
    assert TunedFacts.read(tmp_path) == facts


@pytest.mark.parametrize(
    "text", [None, "", "[]", '{"documents": 3}', "{", '{"documents": {}, "files": {}}']
)
def test_a_folder_that_is_no_encoder_is_named(tmp_path: Path, text: str | None) -> None:
    if text is not None:
        (tmp_path / "tuned.json").write_text(text, encoding="utf-8")
    with pytest.raises(EncoderError, match="verbatim train"):
        TunedFacts.read(tmp_path)


@pytest.mark.parametrize("name", ["model.onnx", "tokenizer.json", "encoder.json"])
@pytest.mark.parametrize("fault", ["missing", "one bit"])
def test_an_encoder_that_is_not_the_trained_one_is_refused(
    tmp_path: Path, fault: str, name: str
) -> None:
    folder = tmp_path / "encoder"
    shutil.copytree(shipped_encoder(), folder)
    model = folder / name
    if fault == "missing":
        model.unlink()
    else:
        data = bytearray(model.read_bytes())
        data[len(data) // 2] ^= 1
        model.write_bytes(data)
    with pytest.raises(EncoderError, match=re.escape(str(model))):
        write_tuned(tmp_path, folder, {}, frozenset({"en"}), lambda *_: None, {})


@pytest.mark.parametrize("name", ["model.onnx", "tokenizer.json", "encoder.json"])
def test_an_index_is_stale_when_any_file_of_the_encoder_is_another(
    archive: Archive, tmp_path: Path, name: str
) -> None:
    def fingerprint() -> str:
        return IndexSpec(archive.fingerprint, "a model", 60, 3, folder).fingerprint

    folder = tmp_path / "encoder"
    shutil.copytree(shipped_encoder(), folder)
    before = fingerprint()
    (folder / name).write_bytes((folder / name).read_bytes() + b" ")
    TunedFacts.of(archive, folder).write(folder)
    assert fingerprint() != before


def test_an_index_without_a_tuned_encoder_has_none(tmp_path: Path) -> None:
    assert Tuned.read(tmp_path) is None


def two_greatest(values: list[float]) -> tuple[float, float]:
    best = sorted(values, reverse=True)
    return (best[0], best[min(1, len(best) - 1)]) if best else (0.0, 0.0)


@given(st.lists(st.integers(0, 5), min_size=1, max_size=30), st.integers(0, 4), st.integers(0, 99))
def test_each_stretch_has_its_two_nearest_questions(
    places: list[int], gaps: int, seed: int
) -> None:
    """As a plain loop over all questions finds them."""
    random = np.random.default_rng(seed)
    vectors = random.normal(size=(len(places), 8)).astype(np.float32)
    gap_vectors = random.normal(size=(gaps, 8)).astype(np.float32)
    question = random.normal(size=8).astype(np.float32)
    keys = [Passage("document", n, n, View.KEY, "?", "en") for n in places]
    found = AttunedQuestions(keys, vectors, gap_vectors).compare(question)
    cosines = [float(cosine) for cosine in vectors @ question]
    for place in set(places):
        own = [cosine for cosine, p in zip(cosines, places, strict=True) if p == place]
        assert found.keys["document", place, place] == pytest.approx(two_greatest(own), abs=1e-5)
    assert found.nearest == pytest.approx(max(cosines), abs=1e-5)
    near_gaps = [float(cosine) for cosine in gap_vectors @ question]
    assert found.gaps == pytest.approx(two_greatest(near_gaps), abs=1e-5)
