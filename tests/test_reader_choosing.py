"""What an archive learned is used for its own texts alone; any other goes by what many taught."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from corpus.archive import open_archive
from corpus.files import CALIBRATION
from index.models import ENGLISH_MODEL, MULTILINGUAL_MODEL
from qa.errors import SettingsError
from qa.reader.calibration import Calibration, Calibrations, Logistic, Order
from qa.reader.choosing import choose, general_file

OWN = Calibration(Order({"words": 1.0}), Logistic({}, 0.0), Logistic({}, 0.0), "own", 20)


@pytest.fixture
def folder(tiny_archive: Callable[..., Path]) -> Path:
    """An archive that learned something for one of its two documents."""
    found = tiny_archive()
    ferry = open_archive(found)["ferry"]
    Calibrations(MULTILINGUAL_MODEL, {"ferry": ferry.sha256}, text_only=OWN).write(
        found / CALIBRATION
    )
    return found


@pytest.mark.parametrize("model", [ENGLISH_MODEL, MULTILINGUAL_MODEL])
def test_each_model_that_comes_along_has_a_calibration_for_any_document(model: str) -> None:
    general = Calibrations.read(general_file(model))
    assert general.model == model
    assert not general.documents
    assert general.described is not None
    assert general.text_only is not None
    assert general.text_only.is_general


def test_only_the_very_text_goes_by_what_was_learned_of_it(folder: Path) -> None:
    archive = open_archive(folder)
    choice, note = choose(None, folder, MULTILINGUAL_MODEL)
    assert not note
    ferry = choice.of(archive["ferry"], is_described=False, is_tuned=False)
    assert ferry == OWN
    other = choice.of(archive["lighthouse"], is_described=False, is_tuned=False)
    assert other == choice.general.text_only
    corrected = replace(archive["ferry"], sha256="0" * 64)
    assert choice.of(corrected, is_described=False, is_tuned=False) == choice.general.text_only


def test_what_was_learned_with_another_model_is_not_used_and_said_so(folder: Path) -> None:
    choice, note = choose(None, folder, ENGLISH_MODEL)
    assert choice.own is None
    assert f"was fitted with the model {MULTILINGUAL_MODEL}" in note


def test_a_model_nothing_was_learned_about_is_said_so(folder: Path) -> None:
    choice, note = choose(None, folder / "none", "some-other-model")
    assert choice.own is None
    assert "Nothing was learned yet about the model some-other-model" in note
    assert choice.of(None, is_described=True, is_tuned=True) == choice.general.described


def test_a_named_calibration_is_for_every_document(folder: Path, tmp_path: Path) -> None:
    named = tmp_path / "named.json"
    Calibrations(MULTILINGUAL_MODEL, {}, text_only=OWN).write(named)
    choice, _ = choose(named, folder, MULTILINGUAL_MODEL)
    lighthouse = open_archive(folder)["lighthouse"]
    assert choice.of(lighthouse, is_described=False, is_tuned=False) == OWN


def test_what_cannot_be_read_is_refused(folder: Path) -> None:
    path = folder / CALIBRATION
    path.write_text(json.dumps({"model": 3}), encoding="utf-8")
    with pytest.raises(SettingsError, match="is no calibration file; fit one again"):
        choose(None, folder, MULTILINGUAL_MODEL)


@pytest.mark.parametrize(
    "changed",
    [
        {"gap_margin": float("nan")},
        {"right": {"weights": {"margin": 1e308}, "intercept": 0.0}},
        {"answers": {"weights": {}, "intercept": float("inf")}},
        {"order": {"weights": {"words": -1e300}}},
        {"left_out": [[float("nan"), True, True, True, 1.0]]},
        {"left_out": [[7.0, True, True, True, 1.0]]},
        {"left_out": [[0.5, True, True, True, float("inf")]]},
        {"left_out": [[0.5, True, True, True, -1.0]]},
    ],
    ids=str,
)
def test_what_gives_no_probability_is_refused(folder: Path, changed: dict[str, object]) -> None:
    path = folder / CALIBRATION
    values = json.loads(path.read_bytes())
    values["text_only"] |= changed
    path.write_text(json.dumps(values), encoding="utf-8")
    with pytest.raises(SettingsError, match="is no calibration file; fit one again"):
        choose(None, folder, MULTILINGUAL_MODEL)


def test_a_folder_in_the_place_of_a_calibration_is_said(folder: Path) -> None:
    (folder / CALIBRATION).unlink()
    (folder / CALIBRATION).mkdir()
    with pytest.raises(SettingsError, match="is no calibration file; fit one again"):
        choose(None, folder, MULTILINGUAL_MODEL)
