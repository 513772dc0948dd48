"""Writing a finding aid so that a crash leaves the old one or the new one, never half of each."""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from corpus.aid import parse_aid
from corpus.archive import MANIFEST
from corpus.errors import AidError, ManifestError
from qa.describe.aid_file import AidFile
from qa.errors import UsageError


@dataclass(frozen=True, slots=True)
class Saved:
    """What was written.

    Attributes:
        changed: whether the aid differs from what was read.
        manifest: the manifest that was brought up to date, if the archive has one that needed it.
        had_drifted: the aid had been changed before, and the manifest had not.
    """

    changed: bool
    manifest: Path | None
    had_drifted: bool

    @property
    def sentences(self) -> tuple[str, ...]:
        """What a curator should know about it."""
        said = []
        if self.had_drifted:
            said.append("The finding aid had been changed before, without its manifest.")
        if self.manifest is not None:
            said.append(f"Brought {self.manifest} up to date.")
        if self.changed:
            said.append("The next question, or 'verbatim index', builds the index anew.")
        return tuple(said) or ("Nothing changed.",)


def save(aid: AidFile) -> Saved:
    """Check and write a finding aid, and bring the archive's manifest up to date.

    Raises:
        AidError: the aid is not valid, or somebody else changed the file meanwhile.
        ManifestError: the manifest cannot be read.
        UsageError: the folder cannot be written.
    """
    parse_aid(aid.data, aid.path, aid.transcript)
    on_disk = aid.path.read_bytes() if aid.path.exists() else None
    if on_disk != aid.original:
        raise AidError(aid.path, "was changed by somebody else meanwhile; run the command again.")
    manifest = aid.path.with_name(MANIFEST)
    files: dict[Path, bytes] = {}
    changed = aid.data != (aid.original or b"")
    if changed:
        files[aid.path] = aid.data
    drifted = False
    if manifest.exists() and (changed or aid.original is not None):
        listing = _read_manifest(manifest)
        listed = listing["files"].get(aid.path.name)
        drifted = listed != (None if aid.original is None else _described(aid.original))
        if listed != _described(aid.data):
            listing["files"][aid.path.name] = _described(aid.data)
            files[manifest] = (json.dumps(listing, indent=2, ensure_ascii=False) + "\n").encode()
    try:
        replace_files(files)
    except OSError as error:
        raise UsageError(
            f"{aid.path.parent}: cannot be written ({error.strerror}); copy the archive to a "
            "folder of your own and name that with --archive."
        ) from error
    return Saved(changed, manifest if manifest in files else None, drifted)


def replace_files(files: Mapping[Path, bytes]) -> None:
    """Write several files of one folder: all of them to disk first, then each into its place.

    Raises:
        OSError: the folder cannot be written.
    """
    temporaries: dict[Path, Path] = {}
    try:
        for path, data in files.items():
            temporaries[path] = _written_beside(path, data)
        for path, temporary in temporaries.items():
            temporary.replace(path)
        for folder in {path.parent for path in files}:
            _sync(folder)
    finally:
        for temporary in temporaries.values():
            temporary.unlink(missing_ok=True)


def _written_beside(path: Path, data: bytes) -> Path:
    """Write and sync a temporary file that may do what ``path`` may do."""
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    temporary = Path(name)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        if path.exists():
            shutil.copymode(path, temporary)
        else:
            temporary.chmod(0o644)
    except OSError:
        temporary.unlink(missing_ok=True)
        raise
    return temporary


def _sync(folder: Path) -> None:
    """Make the renames in a folder last; a folder cannot be opened on every system."""
    if os.name == "posix":
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


def _described(data: bytes) -> dict[str, int | str]:
    return {"bytes": len(data), "sha256": hashlib.sha256(data).hexdigest()}


def _read_manifest(path: Path) -> dict[str, Any]:
    try:
        listing: dict[str, Any] = json.loads(path.read_bytes())
        listing["files"].get("")
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise ManifestError(path, "is not a manifest; restore it or delete it.") from error
    return listing
