"""Running ``verbatim describe`` in tests, on an archive that can be spoilt."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path

import pytest

from corpus.manifest import MANIFEST
from qa.describe.commands import app

Told = pytest.CaptureFixture[str]


class Describe:
    """An archive folder and the command on it; ``said`` is what the last call printed."""

    def __init__(self, folder: Path, told: Told) -> None:
        self.folder = folder
        self.said = ""
        self.warned = ""
        self._told = told

    def __call__(self, *arguments: object) -> Describe:
        self._told.readouterr()
        words = [str(argument) for argument in arguments]
        try:
            app([*words, "--archive", str(self.folder)], standalone_mode=False)
        finally:
            told = self._told.readouterr()
            self.said, self.warned = told.out, told.err
        return self

    def aid(self, document: str) -> Path:
        return self.folder / f"{document}.aid.jsonl"

    def lines(self, document: str) -> list[dict[str, object]]:
        text = self.aid(document).read_text(encoding="utf-8")
        return [json.loads(line) for line in text.split("\n") if line]

    def write_manifest(self) -> Path:
        """List every file, as the shipped archive does."""
        files = {
            path.name: {
                "bytes": path.stat().st_size,
                "sha256": hashlib.sha256(path.read_bytes()).hexdigest(),
            }
            for path in sorted(self.folder.iterdir())
            if path.name != MANIFEST
        }
        manifest = self.folder / MANIFEST
        manifest.write_text(json.dumps({"files": files}, indent=2) + "\n")
        return manifest
