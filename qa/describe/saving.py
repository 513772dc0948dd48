"""Writing a finding aid so that a crash leaves the old one or the new one, never half of each."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from corpus.aid import parse_aid
from corpus.errors import AidError
from corpus.files import regular_bytes, replace_files
from corpus.manifest import MANIFEST, described, manifest_bytes, read_manifest
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
    on_disk = regular_bytes(aid.path) if aid.path.exists() else None
    if on_disk != aid.original:
        raise AidError(aid.path, "was changed by somebody else meanwhile; run the command again.")
    manifest = aid.path.with_name(MANIFEST)
    files: dict[Path, bytes] = {}
    changed = aid.data != (aid.original or b"")
    if changed:
        files[aid.path] = aid.data
    drifted = False
    if manifest.exists() and (changed or aid.original is not None):
        listing = read_manifest(manifest)
        listed = listing["files"].get(aid.path.name)
        drifted = listed != (None if aid.original is None else described(aid.original))
        if listed != described(aid.data):
            listing["files"][aid.path.name] = described(aid.data)
            files[manifest] = manifest_bytes(listing)
    try:
        replace_files(files)
    except OSError as error:
        raise UsageError(
            f"{aid.path.parent}: cannot be written ({error.strerror}); copy the archive to a "
            "folder of your own and name that with --archive."
        ) from error
    return Saved(changed, manifest if manifest in files else None, drifted)
