"""What the package's metadata say about rights is what it holds."""

from __future__ import annotations

import re
import subprocess
import sys
import zipfile
from email.message import Message
from email.parser import Parser
from pathlib import Path

import pytest
from packaging.licenses import canonicalize_license_expression

from corpus.archive import shipped_folder
from qa.settings import shipped_encoder

ROOT = Path(__file__).parent.parent
NOTICE = (ROOT / "NOTICE").read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> zipfile.ZipFile:
    out = tmp_path_factory.mktemp("dist")
    command = ["-m", "build", "--wheel", "--no-isolation", "--outdir", str(out), str(ROOT)]
    subprocess.run([sys.executable, *command], check=True, capture_output=True, timeout=300)
    return zipfile.ZipFile(next(out.glob("*.whl")))


def metadata(wheel: zipfile.ZipFile) -> Message:
    name = next(name for name in wheel.namelist() if name.endswith(".dist-info/METADATA"))
    return Parser().parsestr(wheel.read(name).decode())


def test_the_wheel_names_a_licence_for_each_part(wheel: zipfile.ZipFile) -> None:
    expression = metadata(wheel)["License-Expression"]
    assert canonicalize_license_expression(expression) == expression
    parts = expression.split(" AND ")
    assert parts == ["Apache-2.0", "MIT", "CC-BY-SA-3.0", "CC0-1.0", "LicenseRef-Transcript"]
    for part in parts:
        assert re.search(rf"^  {re.escape(part)} +the \w", NOTICE, re.MULTILINE), part


def test_the_wheel_brings_the_texts(wheel: zipfile.ZipFile) -> None:
    files = metadata(wheel).get_all("License-File")
    assert files == ["LICENSE", "NOTICE"]
    brought = {name.rpartition("/")[2]: name for name in wheel.namelist() if "/licenses/" in name}
    assert wheel.read(brought["NOTICE"]).decode() == NOTICE
    assert "Copyright (c) Microsoft Corporation" in NOTICE


def test_every_shipped_transcript_and_model_is_in_the_notice() -> None:
    for transcript in shipped_folder().glob("*.txt"):
        assert transcript.name in NOTICE
    assert shipped_encoder().relative_to(ROOT).as_posix() in NOTICE
    for ancestor in (
        "all-MiniLM-L6-v2",
        "nreimers/MiniLM-L6-H384-uncased",
        "microsoft/MiniLM-L12-H384-uncased",
    ):
        assert ancestor in NOTICE


def test_the_styles_of_citations_ship_unchanged_and_are_in_the_notice() -> None:
    styles = sorted((ROOT / "qa" / "citing" / "styles").iterdir())
    assert [style.name for style in styles] == ["apa.csl", "chicago.csl", "mla.csl"]
    for style in styles:
        text = style.read_text(encoding="utf-8")
        assert style.name in NOTICE
        assert "http://creativecommons.org/licenses/by-sa/3.0/" in text
        assert re.search(r"<author>\s*<name>\w", text)
    assert "https://citationstyles.org" in NOTICE
