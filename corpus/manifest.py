"""An archive's manifest: which bytes its transcripts were published with.

A transcript that differs from it is not quoted until somebody accepts the change. Records and
finding aids are a curator's own work: a change to them is told and used.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from corpus.errors import CorpusError, ManifestError
from corpus.files import regular_bytes, replace_files

MANIFEST = "manifest.json"
ACCEPT = "'verbatim index --accept'"
_MALFORMED = (
    ValueError, KeyError, TypeError, AttributeError, OverflowError, RecursionError,
)  # fmt: skip
_SUFFIXES = (".txt", ".toml", ".aid.jsonl", ".map.json")


@dataclass(frozen=True, slots=True)
class Difference:
    """A file that is not what the manifest lists.

    Attributes:
        path: the file.
        missing: whether it is gone.
        bytes_listed: its size according to the manifest.
        bytes_found: its size now; 0 where it is gone.
    """

    path: Path
    missing: bool
    bytes_listed: int
    bytes_found: int

    @property
    def is_transcript(self) -> bool:
        """Whether the words themselves are concerned."""
        return self.path.suffix == ".txt"

    @property
    def what(self) -> str:
        """What is the matter, as the rest of a sentence that begins with the file's name."""
        if self.missing:
            return f"is listed in {MANIFEST} but missing"
        return (
            f"differs from {MANIFEST} (SHA-256; {self.bytes_listed:,} bytes listed, "
            f"{self.bytes_found:,} found)"
        )

    @property
    def error(self) -> ManifestError:
        """The refusal of a changed transcript, with the ways out."""
        return ManifestError(
            self.path,
            f"{self.what}; restore it, or run {ACCEPT} if this is as it should be.",
        )

    @property
    def sentence(self) -> str:
        """What is said of a changed record or finding aid, which is used all the same."""
        used = "the archive goes without it" if self.missing else "it is used as it is now"
        return f"{self.path}: {self.what}; {used}. To put it down there: {ACCEPT}."


def differences(folder: Path) -> tuple[Difference, ...]:
    """Compare a folder's files with its ``manifest.json``, where there is one.

    Raises:
        ManifestError: the manifest cannot be read.
    """
    path = folder / MANIFEST
    if not path.exists():
        return ()
    found = []
    for name, entry in read_manifest(path)["files"].items():
        file = folder / name
        data = _bytes(file)
        if data is None or described(data) != entry:
            found.append(Difference(file, data is None, entry["bytes"], len(data or b"")))
    return tuple(found)


def accept(folder: Path) -> tuple[str, ...]:
    """Put the folder's files down in its manifest as they are now; say what was changed.

    Raises:
        ManifestError: there is no manifest, or it cannot be read or written.
    """
    path = folder / MANIFEST
    if not path.exists():
        raise ManifestError(path, "does not exist; without it, every change is accepted anyway.")
    listing = read_manifest(path)
    files: dict[str, object] = listing["files"]
    said = []
    for name in sorted({*files, *(file.name for file in _files(folder))}):
        data = _bytes(folder / name)
        if data is None:
            del files[name]
            said.append(f"{name}: is gone; taken out of {MANIFEST}.")
        elif described(data) != files.get(name):
            said.append(f"{name}: {'changed' if name in files else 'new'}; accepted.")
            files[name] = described(data)
    listing["files"] = dict(sorted(files.items()))
    if said:
        try:
            replace_files({path: manifest_bytes(listing)})
        except OSError as error:
            raise ManifestError(path, f"cannot be written ({error.strerror}).") from error
    return tuple(said)


def described(data: bytes) -> dict[str, int | str]:
    """Return a file's entry in a manifest."""
    return {"bytes": len(data), "sha256": hashlib.sha256(data).hexdigest()}


def manifest_bytes(listing: dict[str, Any]) -> bytes:
    """Return a manifest as it is written."""
    return (json.dumps(listing, indent=2, ensure_ascii=False) + "\n").encode()


def read_manifest(path: Path) -> dict[str, Any]:
    """Read a manifest; its ``files`` are entries of ``bytes`` and ``sha256`` by name.

    Raises:
        ManifestError: it is none.
    """
    try:
        listing: dict[str, Any] = json.loads(regular_bytes(path))
        listing["files"] = {
            str(name): {"bytes": int(entry["bytes"]), "sha256": str(entry["sha256"])}
            for name, entry in listing["files"].items()
        }
    except OSError as error:
        raise ManifestError(path, f"cannot be read ({error.strerror}).") from error
    except _MALFORMED as error:
        raise ManifestError(path, "is not a manifest; restore it or delete it.") from error
    return listing


def _files(folder: Path) -> list[Path]:
    found = (path for path in folder.iterdir() if path.name.endswith(_SUFFIXES))
    return [path for path in found if not path.name.startswith(".")]


def _bytes(path: Path) -> bytes | None:
    """Return a file's bytes, or None where there is no such file."""
    if not path.is_file():
        return None
    try:
        return regular_bytes(path)
    except OSError as error:
        raise CorpusError(path, f"cannot be read ({error.strerror}).") from error
