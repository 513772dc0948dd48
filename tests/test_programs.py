"""The Python API does what the README and the docs show, and costs nothing until it is used."""

from __future__ import annotations

import doctest
from pathlib import Path

import pytest

import qa
from test_imports import HEAVY, loaded_by

ROOT = Path(__file__).parent.parent
PAGES = ("README.md", "docs/programs.md")


@pytest.mark.parametrize("page", PAGES)
def test_the_python_that_is_shown_prints_what_is_shown(
    page: str, shipped_index: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("VERBATIM_INDEX_FOLDER", str(shipped_index))
    blocks = (ROOT / page).read_text(encoding="utf-8").split("```python\n")[1:]
    shown = "\n".join(block.partition("```")[0] for block in blocks)
    test = doctest.DocTestParser().get_doctest(shown, {}, page, page, 0)
    assert len(test.examples) >= 5
    said: list[str] = []
    doctest.DocTestRunner(optionflags=doctest.ELLIPSIS).run(test, out=said.append)
    assert not said, "".join(said)


def test_importing_the_package_loads_nothing() -> None:
    assert not (HEAVY | {"pydantic", "numpy", "corpus", "lxml"}) & loaded_by("import qa")


def test_the_archive_loads_nothing_heavy_before_it_is_asked() -> None:
    assert not HEAVY & loaded_by("from qa import Archive; Archive.open().find('shots')")


def test_every_name_is_there_and_explained() -> None:
    page = (ROOT / "docs/programs.md").read_text(encoding="utf-8")
    for name in qa.__all__:
        assert getattr(qa, name) is not None
        assert f"`{name}`" in page
    with pytest.raises(AttributeError, match="has no attribute 'Nothing'"):
        _ = qa.Nothing  # type: ignore[attr-defined]
    assert list(qa.__all__) == list(qa._HOME)
