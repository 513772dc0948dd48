"""The index on disk: what is stale, damaged or foreign is seen, said, and built again."""

from __future__ import annotations

import errno
import json
import os
import shutil
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from corpus.archive import open_archive
from hashing_encoder import HashingPassageEncoder
from index.errors import (
    IndexDamagedError,
    IndexMissingError,
    IndexStaleError,
    SearchIndexError,
)
from index.generations import current_generation
from index.models import model_fingerprint
from index.store import IndexSpec, build_index
from small_index import build, generations, opened, search, spec_of

AID = (
    '{"start": 73, "end": 109, "questions": [{"text": "When did she arrive?", "lang": "en"}], '
    '"provenance": {"author": "M. Curator", "date": "2026-01-01"}}\n'
)


@pytest.fixture
def folder(tiny_archive: Callable[..., Path]) -> Path:
    return tiny_archive()


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return tmp_path / "index"


@pytest.fixture
def spec(root: Path, folder: Path) -> IndexSpec:
    return build(root, folder)


def current(root: Path, spec: IndexSpec) -> Path:
    return current_generation(root, spec.fingerprint)


def test_an_index_that_was_never_built(root: Path, folder: Path) -> None:
    with pytest.raises(IndexMissingError, match="no index"):
        opened(root, spec_of(open_archive(folder)))


def test_a_good_index_is_not_built_again(root: Path, folder: Path, spec: IndexSpec) -> None:
    before = current(root, spec)

    def never() -> HashingPassageEncoder:
        raise AssertionError("the encoder was loaded")

    archive = open_archive(folder)
    assert build_index(root, archive, spec, never, lambda *_: None, force=False) == before


def test_force_builds_again_and_leaves_one_generation(
    root: Path, folder: Path, spec: IndexSpec
) -> None:
    before = current(root, spec)
    wanted = search(root, spec)
    build(root, folder, force=True)
    after = current(root, spec)
    assert after != before
    assert generations(root) == [after.name]
    assert search(root, spec) == wanted


# Stale


def change_text(folder: Path) -> None:
    path = folder / "ferry.txt"
    path.write_text(path.read_text().replace("Twelve", "Eleven"))


def change_record(folder: Path) -> None:
    path = folder / "ferry.toml"
    path.write_text(path.read_text().replace("1984", "1985"))


def add_aid(folder: Path) -> None:
    start = (folder / "lighthouse.txt").read_text().index("When did you come")
    text = AID.replace("73", str(start)).replace("109", str(start + 36))
    (folder / "lighthouse.aid.jsonl").write_text(text)


def rename_document(folder: Path) -> None:
    for suffix in (".txt", ".toml"):
        (folder / f"ferry{suffix}").rename(folder / f"ferryman{suffix}")


def remove_document(folder: Path) -> None:
    for suffix in (".txt", ".toml"):
        (folder / f"ferry{suffix}").unlink()


@pytest.mark.parametrize(
    "change", [change_text, change_record, add_aid, rename_document, remove_document]
)
def test_a_changed_archive_makes_the_index_stale(
    root: Path, folder: Path, spec: IndexSpec, change: Callable[[Path], None]
) -> None:
    change(folder)
    changed = spec_of(open_archive(folder))
    with pytest.raises(IndexStaleError, match="other documents, settings or model"):
        opened(root, changed)
    opened(root, build(root, folder))


def test_a_changed_aid_makes_the_index_stale(root: Path, folder: Path) -> None:
    add_aid(folder)
    build(root, folder)
    path = folder / "lighthouse.aid.jsonl"
    path.write_text(path.read_text().replace("arrive", "come here"))
    with pytest.raises(IndexStaleError):
        opened(root, spec_of(open_archive(folder)))


@pytest.mark.parametrize(
    "changed", [{"model": "another"}, {"passage_tokens": 61}, {"window": 4}, {"archive": "0" * 64}]
)
def test_changed_settings_make_the_index_stale(
    root: Path, spec: IndexSpec, changed: dict[str, object]
) -> None:
    with pytest.raises(IndexStaleError):
        opened(root, replace(spec, **changed))


def test_a_model_folder_is_known_by_its_files(tmp_path: Path) -> None:
    model = tmp_path / "model"
    model.mkdir()
    (model / "weights").write_bytes(b"one")
    before = model_fingerprint(str(model))
    assert model_fingerprint(str(model)) == before
    (model / "weights").write_bytes(b"other")
    assert model_fingerprint(str(model)) != before


def test_an_index_of_another_version_is_stale(root: Path, spec: IndexSpec) -> None:
    path = current(root, spec) / "manifest.json"
    values = json.loads(path.read_text())
    path.write_text(json.dumps({**values, "format": values["format"] + 1}))
    with pytest.raises(IndexStaleError, match="another version"):
        opened(root, spec)


# Damaged


def flip(path: Path) -> None:
    data = bytearray(path.read_bytes())
    data[len(data) // 2] ^= 1
    path.write_bytes(data)


def truncate(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:-1])


def extend(path: Path) -> None:
    path.write_bytes(path.read_bytes() + b"\0")


def empty(path: Path) -> None:
    path.write_bytes(b"")


def replace_by_folder(path: Path) -> None:
    path.unlink()
    path.mkdir()


@pytest.mark.parametrize("damage", [flip, truncate, extend, empty, Path.unlink, replace_by_folder])
def test_damage_to_any_file_is_seen_and_mended(
    root: Path, folder: Path, spec: IndexSpec, damage: Callable[[Path], None], tmp_path: Path
) -> None:
    wanted = search(root, spec)
    generation = current(root, spec)
    files = [path for path in sorted(generation.rglob("*")) if path.stat().st_size]
    files = [path for path in files if path.is_file() and path.name != "manifest.json"]
    assert len(files) >= 8
    for path in files:
        broken = tmp_path / "broken"
        shutil.copytree(root, broken)
        damage(broken / path.relative_to(root))
        with pytest.raises(IndexDamagedError, match="differs from its checksum"):
            opened(broken, spec)
        build(broken, folder)
        assert search(broken, spec) == wanted
        assert len(generations(broken)) == 1
        shutil.rmtree(broken)


def test_every_flipped_bit_of_the_manifest_is_seen(root: Path, spec: IndexSpec) -> None:
    path = current(root, spec) / "manifest.json"
    good = path.read_bytes()
    for offset in range(0, len(good), 3):
        data = bytearray(good)
        data[offset] ^= 1 << (offset % 8)
        path.write_bytes(data)
        with pytest.raises((IndexDamagedError, IndexStaleError)):
            current(root, spec)
    path.write_bytes(good)
    opened(root, spec)


@pytest.mark.parametrize(
    "name",
    [
        b"", b"\n", b"\xff\xfe", b"gen-", b"gen-0123456789abcdef-1", b"..", b".", b"/", b"/etc",
        b"gen-../..", b"gen-0123456789abcdef-1/../../x", b"archive", b"\0", b"gen-" + b"9" * 5000,
    ],
)  # fmt: skip
def test_a_pointer_of_garbage_is_seen_and_mended(
    root: Path, folder: Path, spec: IndexSpec, name: bytes
) -> None:
    wanted = search(root, spec)
    (root / "CURRENT").write_bytes(name)
    with pytest.raises(IndexDamagedError):
        opened(root, spec)
    build(root, folder)
    assert search(root, spec) == wanted


def test_a_pointer_to_somebody_elses_folder_is_seen(
    root: Path, folder: Path, spec: IndexSpec
) -> None:
    name = "gen-0123456789abcdef-7"
    (root / name).mkdir()
    (root / name / "letters.txt").write_text("not an index")
    (root / "CURRENT").write_text(f"{name}\n")
    with pytest.raises(IndexDamagedError, match="manifest"):
        opened(root, spec)


def test_nothing_of_somebody_elses_is_removed(root: Path, folder: Path) -> None:
    kept = []
    for name in ("gen-ealogy", "gen-1", ".building-plans", "notes", "encoder"):
        (root / name).mkdir(parents=True)
        kept.append(root / name / "mine.txt")
        kept[-1].write_text("mine")
    build(root, folder)
    build(root, folder, force=True)
    assert [path.read_text() for path in kept] == ["mine"] * len(kept)


def test_remains_of_killed_builds_are_cleared(root: Path, folder: Path, spec: IndexSpec) -> None:
    for name in (".building-0123abcd", "gen-0123456789abcdef-3"):
        (root / name / "deep").mkdir(parents=True)
        (root / name / "deep" / "half").write_bytes(b"x")
    (root / ".building-CURRENT").write_text("gen-0123456789abcdef-3\n")
    build(root, folder, force=True)
    assert generations(root) == [current(root, spec).name]


# What cannot be written


def test_an_index_folder_that_is_a_file(root: Path, folder: Path) -> None:
    root.write_text("a file")
    with pytest.raises(SearchIndexError, match=str(root)) as caught:
        build(root, folder)
    assert "\n" not in str(caught.value)
    assert root.read_text() == "a file"


def test_a_build_that_fails_leaves_the_old_index(root: Path, folder: Path, spec: IndexSpec) -> None:
    wanted = search(root, spec)

    class Failing(HashingPassageEncoder):
        def export(self, folder: Path) -> None:
            super().export(folder)
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    archive = open_archive(folder)
    with pytest.raises(SearchIndexError, match="is full") as caught:
        build_index(root, archive, spec, Failing, lambda *_: None, force=True)
    assert "\n" not in str(caught.value)
    assert search(root, spec) == wanted
    assert generations(root) == [current(root, spec).name]


def test_opening_writes_nothing_that_a_later_check_minds(root: Path, spec: IndexSpec) -> None:
    for _ in range(3):
        search(root, spec)
    current(root, spec)
