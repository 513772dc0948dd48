"""One index folder in several hands: what is built again, who waits for whom, and who is told."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import pytest

from corpus.archive import open_archive
from hashing_encoder import HashingPassageEncoder
from index.encoder import Embeddings, Progress
from index.errors import SearchIndexError
from index.generations import current_generation
from index.store import build_index
from small_index import build, opened, search, spec_of

HERE = Path(__file__).parent
BUILDER = """
import sys, time
from pathlib import Path
import index.lock
from index.lock import building_alone
with building_alone(Path(sys.argv[1]), print):
    print("building", flush=True)
    time.sleep(120)
"""


class Counting(HashingPassageEncoder):
    """Remembers what it was given."""

    def __init__(self) -> None:
        super().__init__()
        self.given: list[str] = []

    def encode_passages(self, texts: Sequence[str], progress: Progress) -> Embeddings:
        self.given += texts
        return super().encode_passages(texts, progress)


@pytest.fixture
def folder(tiny_archive: Callable[..., Path]) -> Path:
    return tiny_archive()


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return tmp_path / "index"


def rebuilt(root: Path, folder: Path, *, force: bool = False) -> list[str]:
    """Build the index and return the texts that were embedded."""
    encoder, archive = Counting(), open_archive(folder)
    build_index(root, archive, spec_of(archive), lambda: encoder, lambda *_: None, force=force)
    return encoder.given


def change(path: Path, old: str, new: str) -> None:
    path.write_text(path.read_text().replace(old, new))


def test_only_what_changed_is_embedded_again(root: Path, folder: Path, tmp_path: Path) -> None:
    everything = set(rebuilt(root, folder))
    change(folder / "ferry.txt", "Twelve", "Eleven")
    again = rebuilt(root, folder)
    assert again
    assert all("Eleven" in text for text in again)
    assert len(again) < len(everything) / 2
    archive = open_archive(folder)
    fresh = tmp_path / "fresh"
    build(fresh, folder)
    assert search(root, spec_of(archive)) == search(fresh, spec_of(archive))


def test_a_record_that_names_nobody_else_embeds_nothing(root: Path, folder: Path) -> None:
    rebuilt(root, folder)
    change(folder / "ferry.toml", "1984", "1985")
    assert rebuilt(root, folder) == []
    opened(root, spec_of(open_archive(folder)))


def test_force_embeds_everything_again(root: Path, folder: Path) -> None:
    everything = rebuilt(root, folder)
    assert rebuilt(root, folder, force=True) == everything


@pytest.mark.parametrize("name", ["passages.jsonl", "sentence/dense.faiss", "weights.json"])
def test_damaged_vectors_are_not_taken_over(root: Path, folder: Path, name: str) -> None:
    everything = rebuilt(root, folder)
    path = current_generation(root, spec_of(open_archive(folder)).fingerprint) / name
    data = bytearray(path.read_bytes())
    data[len(data) // 2] ^= 1
    path.write_bytes(data)
    assert rebuilt(root, folder) == everything
    opened(root, spec_of(open_archive(folder)))


def test_opening_while_others_replace_the_index_is_never_a_bare_fault(
    root: Path, folder: Path
) -> None:
    spec = build(root, folder)
    code = (
        "import sys; from pathlib import Path; from small_index import build\n"
        "while True: build(Path(sys.argv[1]), Path(sys.argv[2]), force=True)"
    )
    with process(code, root, folder):
        ends = time.monotonic() + 8
        while time.monotonic() < ends:
            search(root, spec)


@contextmanager
def process(code: str, *arguments: Path) -> Iterator[subprocess.Popen[str]]:
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join([str(HERE.parent), str(HERE)])}
    command = [sys.executable, "-c", code, *map(str, arguments)]
    started = subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, text=True)
    try:
        yield started
    finally:
        started.kill()
        started.wait()


@contextmanager
def builder(root: Path) -> Iterator[subprocess.Popen[str]]:
    """A program that holds the index folder."""
    root.mkdir(parents=True, exist_ok=True)
    with process(BUILDER, root) as holder:
        assert holder.stdout is not None
        assert holder.stdout.readline() == "building\n"
        yield holder


def waiting(root: Path, folder: Path, said: list[str]) -> None:
    archive = open_archive(folder)
    spec = spec_of(archive)
    build_index(
        root,
        archive,
        spec,
        HashingPassageEncoder,
        lambda *_: None,
        force=False,
        say=said.append,
    )


def test_whoever_waits_is_told_for_whom_and_a_killed_builder_is_not_waited_for(
    root: Path, folder: Path
) -> None:
    class Said(list[str]):
        def append(self, sentence: str) -> None:
            super().append(sentence)
            holder.kill()

    said = Said()
    with builder(root) as holder:
        waiting(root, folder, said)
        (sentence,) = said
        assert f"Process {holder.pid}" in sentence
        assert str(root) in sentence
    search(root, spec_of(open_archive(folder)))


@pytest.mark.skipif(not hasattr(signal, "SIGSTOP"), reason="needs SIGSTOP")
def test_a_stopped_builder_is_refused_in_one_sentence(
    root: Path, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("index.lock._STILL_SECONDS", 5.0)
    said: list[str] = []
    with builder(root) as holder:
        holder.send_signal(signal.SIGSTOP)
        with pytest.raises(SearchIndexError, match=f"Process {holder.pid}") as caught:
            waiting(root, folder, said)
    assert "no sign of life" in str(caught.value)
    assert "\n" not in str(caught.value)
    assert len(said) == 1
