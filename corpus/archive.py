"""An archive: a folder of transcripts, each ``<id>.txt`` with its record ``<id>.toml``."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from importlib.resources import files
from pathlib import Path

from corpus.aid import FindingAid, aid_path, read_aid
from corpus.changes import CHANGE, finish_change
from corpus.decoding import same_encoding
from corpus.errors import CorpusError, RecordError, TranscriptError
from corpus.files import MAX_BYTES, ON_DISK, regular_bytes
from corpus.importing.placed import parse_imported
from corpus.importing.sidecar import SUFFIX, map_path, read_map
from corpus.manifest import differences
from corpus.parsing import parse
from corpus.record import Record, read_record
from corpus.transcript import Transcript

_READ = (".txt", ".toml", ".aid.jsonl", SUFFIX)
_ATTEMPTS = 5


def shipped_folder() -> Path:
    """Return the folder of the transcripts that come with this package."""
    return Path(str(files("corpus"))) / "transcripts"


@dataclass(frozen=True)
class Archive:
    """The documents of one folder, in the order of their ids, with their finding aids.

    Attributes:
        folder: where they lie.
        transcripts: the documents.
        aids: finding aids by the id of their document.
        sources: SHA-256 of every file that was read, by its name.
    """

    folder: Path
    transcripts: tuple[Transcript, ...]
    aids: Mapping[str, FindingAid] = field(default_factory=dict)
    sources: Mapping[str, str | None] = field(default_factory=dict)

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
        """SHA-256 over all documents: id, text, record, finding aid, and their sentences.

        What of a record is only shown beside answers is left out: see :attr:`Record.searched`.
        """
        digest = hashlib.sha256()
        for transcript in self.transcripts:
            record = transcript.record.searched
            # The sentences too: another version of the parser may cut the same text differently.
            aid = self.aid(transcript.id).model_dump_json()
            cuts = repr(transcript.sentences)
            parts = [transcript.id, transcript.sha256, record, aid, cuts]
            if not same_encoding(transcript.encoding, transcript.record.encoding):
                # Another release of what recognises encodings may read the same bytes otherwise.
                parts.append(transcript.encoding)
            if transcript.source is not None:
                # An imported text does not show by itself who speaks.
                parts.append(repr([(turn.start, turn.speaker) for turn in transcript.turns]))
            for part in parts:
                digest.update(hashlib.sha256(part.encode()).digest())
        return digest.hexdigest()


@dataclass(frozen=True, slots=True)
class Shelf:
    """What a folder holds: the documents that can be used, and what is wrong with others.

    Attributes:
        archive: the documents that can be used; perhaps none.
        faults: why others cannot; each names its file.
        notes: sentences about records and finding aids that differ from the manifest.
    """

    archive: Archive
    faults: tuple[CorpusError, ...]
    notes: tuple[str, ...]


def open_archive(folder: Path) -> Archive:
    """Read every document of ``folder`` and check it against the folder's manifest, if any.

    Raises:
        CorpusError: there is no such folder, no document in it, or one cannot be used.
    """
    shelf = read_shelf(folder)
    if shelf.faults:
        raise shelf.faults[0]
    return shelf.archive


def read_shelf(folder: Path, *, with_manifest: bool = True) -> Shelf:
    """Read every document of ``folder`` that can be used.

    Args:
        folder: of the archive.
        with_manifest: whether to compare the files with the folder's manifest, if any.

    Raises:
        CorpusError: there is no such folder, no document in it, or its manifest cannot be read.
    """
    for _ in range(_ATTEMPTS):
        finish_change(folder)
        before = sources(folder)
        shelf = _read_shelf(folder, before, with_manifest=with_manifest)
        if sources(folder) == before and not (folder / CHANGE).exists():
            return shelf
    raise CorpusError(folder, "changes while it is read; try again when nobody writes to it.")


def sources(folder: Path) -> dict[str, str | None]:
    """Return the SHA-256 of every file an archive is read from, by name; None if unreadable.

    Raises:
        CorpusError: there is no such folder, or it cannot be listed.
    """
    if not folder.is_dir():
        raise CorpusError(folder, "is no folder; name a folder with .txt and .toml files.")
    try:
        names = sorted(path.name for path in folder.iterdir() if path.name.endswith(_READ))
    except OSError as error:
        raise CorpusError(folder, f"cannot be listed ({error.strerror}).") from error
    return {name: ON_DISK.sha256(folder / name) for name in names if not name.startswith(".")}


def _read_shelf(folder: Path, read: Mapping[str, str | None], *, with_manifest: bool) -> Shelf:
    texts = [folder / name for name in read if name.endswith(".txt")]
    if not texts:
        raise CorpusError(folder, "holds no transcript; put a .txt and its .toml there.")
    faults: list[CorpusError] = [
        RecordError(folder / name, f"has no transcript; put {Path(name).stem}.txt beside it.")
        for name in read
        if name.endswith(".toml") and f"{Path(name).stem}.txt" not in read
    ]
    differing = differences(folder) if with_manifest else ()
    changed = {found.path for found in differing if found.is_transcript}
    faults += [found.error for found in differing if found.is_transcript]
    transcripts: list[Transcript] = []
    aids: dict[str, FindingAid] = {}
    for path in (path for path in texts if path not in changed):
        try:
            transcript = read_transcript(path)
            aids[transcript.id] = _read_aid(path, transcript)
            transcripts.append(transcript)
        except CorpusError as error:
            faults.append(error)
    notes = tuple(found.sentence for found in differing if not found.is_transcript)
    return Shelf(Archive(folder, tuple(transcripts), aids, dict(read)), tuple(faults), notes)


def read_transcript(path: Path) -> Transcript:
    """Read the transcript at ``path`` with the record beside it.

    Raises:
        CorpusError: one of the two files is missing or cannot be used.
    """
    record_path = path.with_suffix(".toml")
    _require_name(path)
    if not path.is_file():
        raise TranscriptError(path, "does not exist or is no file; check the name.")
    if not record_path.is_file():
        raise RecordError(record_path, f'is missing; describe {path.name} there (title = "…").')
    try:
        size = path.stat().st_size
        if size > MAX_BYTES:
            raise TranscriptError(path, f"is {size:,} bytes; split it below {MAX_BYTES:,} bytes.")
        parsed = _parsed(regular_bytes(path), read_record(record_path), path)
    except OSError as error:
        raise _unreadable(error, path) from error
    return replace(parsed, path=path.absolute())


def _parsed(data: bytes, record: Record, path: Path) -> Transcript:
    """Parse a text; that of an imported document as its map says."""
    if record.original is None:
        return parse(data, record, path.stem, path)
    source = read_map(map_path(path), data)
    return replace(parse_imported(data, record, path.stem, path, source.stated), source=source)


def _require_name(path: Path) -> None:
    """Refuse a name that no address and no index could hold.

    Raises:
        TranscriptError: it is not UTF-8.
    """
    try:
        path.stem.encode()
    except UnicodeEncodeError as error:
        raise TranscriptError(path, "has a name that is not UTF-8; rename it.") from error


def _read_aid(path: Path, transcript: Transcript) -> FindingAid:
    try:
        return read_aid(aid_path(path), transcript)
    except OSError as error:
        raise _unreadable(error, aid_path(path)) from error


def _unreadable(error: OSError, path: Path) -> CorpusError:
    return CorpusError(error.filename or path, f"cannot be read ({error.strerror or error}).")
