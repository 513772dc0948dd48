"""What a generation consists of: every file with its size and SHA-256."""

from __future__ import annotations

import json
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

from index.errors import IndexDamagedError
from index.models import file_sha256

FORMAT = 4
"""Of the files in a generation; raised when their meaning changes."""

_FILE = "manifest.json"
_AT_ONCE = 2


@dataclass(frozen=True, slots=True)
class FileEntry:
    """A file, by its path in the generation with forward slashes."""

    path: str
    size: int
    sha256: str


@dataclass(frozen=True, slots=True)
class Manifest:
    """Written last; a folder without it is no generation.

    Attributes:
        format: version of the layout.
        fingerprint: of everything the index was built from.
        files: all other files.
    """

    format: int
    fingerprint: str
    files: tuple[FileEntry, ...]

    def write(self, folder: Path) -> None:
        """Write the manifest into its generation."""
        values = {
            "format": self.format,
            "fingerprint": self.fingerprint,
            "files": {e.path: {"bytes": e.size, "sha256": e.sha256} for e in self.files},
        }
        (folder / _FILE).write_text(json.dumps(values, indent=1), encoding="utf-8")

    @classmethod
    def read(cls, folder: Path) -> Manifest:
        """Read a generation's manifest.

        Raises:
            IndexDamagedError: it is missing or not a manifest.
        """
        try:
            values = json.loads((folder / _FILE).read_bytes())
            files = tuple(
                FileEntry(str(path), int(entry["bytes"]), str(entry["sha256"]))
                for path, entry in values["files"].items()
            )
            return cls(int(values["format"]), str(values["fingerprint"]), files)
        except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
            raise IndexDamagedError(f"{folder / _FILE} is missing or damaged.") from error


def describe_files(folder: Path) -> tuple[FileEntry, ...]:
    """Return an entry for every file below ``folder``."""
    return tuple(
        FileEntry(path.relative_to(folder).as_posix(), path.stat().st_size, file_sha256(path))
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    )


def check_files(folder: Path, manifest: Manifest) -> None:
    """Compare a generation's files with its manifest.

    Raises:
        IndexDamagedError: one is missing or differs. FAISS itself loads a file with a flipped
            bit without complaint.
    """
    # Other threads run while one computes checksums.
    with ThreadPoolExecutor(_AT_ONCE) as pool:
        for entry, good in zip(
            manifest.files, pool.map(lambda e: _is_good(folder, e), manifest.files), strict=True
        ):
            if not good:
                path = folder / entry.path
                raise IndexDamagedError(f"{path} is missing or differs from its checksum.")


def _is_good(folder: Path, entry: FileEntry) -> bool:
    path = folder / entry.path
    try:
        return path.stat().st_size == entry.size and file_sha256(path) == entry.sha256
    except OSError:
        return False
