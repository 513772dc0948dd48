"""The pictures in the docs are taken from the program by a command that works."""

from __future__ import annotations

from pathlib import Path

import pytest
from PIL import Image

from qa.answering import Answerer
from web_screenshots import FOLDER, take


@pytest.mark.browser
@pytest.mark.slow
def test_every_picture_can_be_taken_anew(answerer: Answerer, tmp_path: Path) -> None:
    take(answerer, tmp_path / "state", tmp_path / "pictures")
    taken = {path.name: Image.open(path).size for path in (tmp_path / "pictures").iterdir()}
    shown = {path.name: Image.open(path).size for path in FOLDER.iterdir()}
    assert taken == shown
    assert sum(path.stat().st_size for path in FOLDER.iterdir()) < 1_500_000
