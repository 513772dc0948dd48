"""An archive: a folder of transcripts, each ``<id>.txt`` with its record ``<id>.toml``."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from importlib.resources import files
from pathlib import Path

from corpus.aid import FindingAid, aid_path, read_aid
from corpus.errors import CorpusError, ManifestError, RecordError, TranscriptError
from corpus.parsing import parse
from corpus.record import read_record
from corpus.transcript import Transcript

MANIFEST = "manifest.json"
MAX_BYTES = 64 * 1024 * 1024


def shipped_folder() -> Path:
    """Return the folder of the transcripts that come with this package."""
    return Path(str(files("corpus"))) / "transcripts"


@dataclass(frozen=True)
class Archive:
    """The documents of one folder, in the order of their ids, with their finding aids."""

    folder: Path
    transcripts: tuple[Transcript, ...]
    aids: Mapping[str, FindingAid] = field(default_factory=dict)

    def __iter__(self) -> Iterator[Transcript]:
        return iter(self.transcripts)

    def __len__(self) -> int:
        return len(self.transcripts)

    def __getitem__(self, document: str) -> Transcript:
        """Return a document by its id; KeyError where there is none."""
        return self._by_id[document]

    def __contains__(self, document: object) -> bool:
        return document in self._by_id

    def aid(self, document: str) -> FindingAid:
        """Return the finding aid of a document; an empty one where it has none."""
        return self.aids.get(document, FindingAid())

    @cached_property
    def _by_id(self) -> dict[str, Transcript]:
        return {transcript.id: transcript for transcript in self.transcripts}

    @cached_property
    def speakers(self) -> tuple[str, ...]:
        """The short names of everybody who speaks, in order of appearance."""
        names = (turn.speaker for transcript in self for turn in transcript.turns)
        return tuple(dict.fromkeys(name for name in names if name is not None))

    @cached_property
    def fingerprint(self) -> str:
        """SHA-256 over all documents: id, text, record, finding aid, and their sentences."""
        digest = hashlib.sha256()
        for transcript in self.transcripts:
            record = transcript.record.model_dump_json()
            # The sentences too: another version of the parser may cut the same text differently.
            aid = self.aid(transcript.id).model_dump_json()
            cuts = repr(transcript.sentences)
            for part in (transcript.id, transcript.sha256, record, aid, cuts):
                digest.update(hashlib.sha256(part.encode()).digest())
        return digest.hexdigest()


def open_archive(folder: Path) -> Archive:
    """Read every document of ``folder`` and check it against the folder's manifest, if any.

    Raises:
        CorpusError: there is no such folder, no document in it, or one cannot be used.
    """
    if not folder.is_dir():
        raise CorpusError(folder, "is no folder; name a folder with .txt and .toml files.")
    texts = sorted(path for path in folder.glob("*.txt") if not path.name.startswith("."))
    if not texts:
        raise CorpusError(folder, "holds no transcript; put a .txt and its .toml there.")
    for path in sorted(folder.glob("*.toml")):
        if not path.name.startswith(".") and not path.with_suffix(".txt").exists():
            raise RecordError(path, f"has no transcript; put {path.stem}.txt beside it.")
    check_manifest(folder)
    transcripts = tuple(read_transcript(path) for path in texts)
    aids = {
        transcript.id: read_aid(aid_path(path), transcript)
        for path, transcript in zip(texts, transcripts, strict=True)
    }
    return Archive(folder, transcripts, aids)


def read_transcript(path: Path) -> Transcript:
    """Read the transcript at ``path`` with the record beside it.

    Raises:
        CorpusError: one of the two files is missing or cannot be used.
    """
    record_path = path.with_suffix(".toml")
    if not path.is_file():
        raise TranscriptError(path, "does not exist or is no file; check the name.")
    if not record_path.is_file():
        raise RecordError(record_path, f'is missing; describe {path.name} there (title = "…").')
    size = path.stat().st_size
    if size > MAX_BYTES:
        raise TranscriptError(path, f"is {size:,} bytes; split it below {MAX_BYTES:,} bytes.")
    return parse(path.read_bytes(), read_record(record_path), path.stem, path)


def check_manifest(folder: Path) -> None:
    """Compare the folder's files with ``manifest.json``, where there is one."""
    path = folder / MANIFEST
    if not path.exists():
        return
    try:
        entries = {
            str(name): (int(entry["bytes"]), str(entry["sha256"]))
            for name, entry in json.loads(path.read_bytes())["files"].items()
        }
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise ManifestError(path, "is not a manifest; restore it or delete it.") from error
    for name, (size, sha256) in entries.items():
        file = folder / name
        if not file.is_file():
            raise ManifestError(file, f"is listed in {MANIFEST} but missing; restore it.")
        data = file.read_bytes()
        if len(data) != size or hashlib.sha256(data).hexdigest() != sha256:
            raise ManifestError(
                file, f"differs from {MANIFEST} (size or SHA-256); restore the file it describes."
            )
