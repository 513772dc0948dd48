"""What is imported when: a question is answered quickly because little is loaded."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
HEAVY = {
    "torch", "transformers", "sentence_transformers", "gradio", "faiss", "sklearn", "scipy",
    "ir_measures", "onnx", "fastapi", "uvicorn",
}  # fmt: skip


def loaded_by(code: str) -> set[str]:
    """Return the top-level modules that a new process has loaded after ``code``."""
    report = "\nimport sys; print(*sorted({n.partition('.')[0] for n in sys.modules}), sep='\\n')"
    done = subprocess.run(
        [sys.executable, "-c", code + report],
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        timeout=120,
        check=True,
    )
    return set(done.stdout.split())


def test_the_command_line_loads_nothing_heavy() -> None:
    assert not HEAVY & loaded_by("import qa.cli")


@pytest.mark.parametrize("package", ["corpus.archive", "corpus.lint", "corpus.judgments"])
def test_the_corpus_knows_neither_search_nor_answers(package: str) -> None:
    assert not (HEAVY | {"index", "qa", "tantivy"}) & loaded_by(f"import {package}")


def test_searching_loads_no_training_library() -> None:
    loaded = loaded_by("import index.store, index.hybrid, index.onnx_encoder")
    assert not {"torch", "transformers", "sentence_transformers", "qa"} & loaded


def test_importing_changes_nothing_on_disk(tmp_path: Path) -> None:
    subprocess.run(
        [sys.executable, "-c", "import qa.cli, qa.answering"],
        cwd=tmp_path,
        env={
            **os.environ,
            "PYTHONPATH": str(ROOT),
            "PYTHONDONTWRITEBYTECODE": "1",
            "HOME": str(tmp_path),
            "XDG_CACHE_HOME": str(tmp_path / "cache"),
        },
        timeout=120,
        check=True,
    )
    assert list(tmp_path.iterdir()) == []


def test_imports_point_one_way() -> None:
    done = subprocess.run(
        [Path(sys.executable).with_name("lint-imports"), "--no-logo", "--no-cache"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )
    assert done.returncode == 0, done.stdout
