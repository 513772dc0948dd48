"""``verbatim add``: files in, documents in the archive, all of them or none."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path, PurePath

from corpus.aid import aid_path, parse_aid
from corpus.archive import read_transcript
from corpus.changes import change_files, finish_change
from corpus.errors import AidError, CorpusError, FileError, ImportingError, UnknownFormatError
from corpus.files import document_names, regular_bytes
from corpus.importing.placed import parse_imported
from corpus.importing.sidecar import map_bytes, map_path
from corpus.record import Original, read_record
from qa.adding.drafting import participants, roles
from qa.adding.listing import ORIGINALS, manifest_change
from qa.adding.preparing import Prepared, prepare, read_source, validated
from qa.adding.versions import Change, change_of, is_version
from qa.errors import UsageError

_OURS = (".toml", ".aid.jsonl", ".map.json", "manifest.json")
_SUFFIX_SIGNS = 8


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one document of a file.

    Attributes:
        document: as it would stand, or stands, in the archive.
        state: ``new``, ``changed``, ``same`` (it is there already).
        change: what is different, where it is changed.
    """

    document: Prepared
    state: str
    change: Change | None = None


@dataclass(frozen=True, slots=True)
class Added:
    """What a run did, or would do.

    Attributes:
        archive: the folder.
        outcomes: document by document.
        passed_over: files of folders that are no transcripts, and why.
        refused: files that cannot be read, and why.
        entered: whether the archive was changed.
        dry: nothing was to be changed.
        accepted: doubts were accepted beforehand.
        skipped: files that were left out, in doubt or refused, while the others entered.
    """

    archive: Path
    outcomes: tuple[Outcome, ...]
    passed_over: tuple[str, ...]
    refused: tuple[str, ...]
    entered: bool
    dry: bool
    accepted: bool
    skipped: bool = False

    @property
    def fresh(self) -> tuple[Outcome, ...]:
        """What is not there yet as it is now."""
        return tuple(one for one in self.outcomes if one.state != "same")

    @property
    def doubtful(self) -> tuple[str, ...]:
        """The files in which a speaker is in doubt that nobody accepted."""
        if self.accepted:
            return ()
        names = (one.document.source.name for one in self.fresh if one.document.in_doubt)
        return tuple(dict.fromkeys(names))

    @property
    def in_doubt(self) -> bool:
        """Whether a speaker is in doubt that nobody accepted."""
        return bool(self.doubtful)

    @property
    def entering(self) -> tuple[Outcome, ...]:
        """What enters, where doubtful files are skipped: no file by halves."""
        left = {
            one.document.source.sha256
            for one in self.fresh
            if one.document.in_doubt and not self.accepted
        }
        return tuple(one for one in self.fresh if one.document.source.sha256 not in left)


def add(
    archive: Path, paths: Sequence[Path], *, accept: bool, dry: bool, skip: bool = False
) -> Added:
    """Bring files and folders of files into an archive.

    While a file is refused or a speaker in doubt, nothing enters, unless such files are skipped.

    Args:
        archive: its folder; it is made where there is none.
        paths: files, or folders with files.
        accept: let documents enter where a speaker is in doubt; nobody is named there.
        dry: change nothing.
        skip: leave out files that are refused or in doubt, and let the others enter.

    Raises:
        UsageError: there is nothing to add.
        CorpusError: the archive cannot be read or written.
    """
    if archive.is_dir():
        finish_change(archive)
    found, passed_over, refused = _prepare_all(paths)
    if not (found or refused or passed_over):
        raise UsageError(f"{', '.join(map(str, paths))}: holds no file; name transcripts to add.")
    outcomes = tuple(_outcomes(archive, found, refused))
    added = Added(archive, outcomes, tuple(passed_over), tuple(refused), False, dry, accept, skip)
    stopped = not skip and (refused or added.in_doubt)
    if dry or stopped or not added.entering:
        return added
    _store(archive, added.entering)
    return replace(added, entered=True)


def _prepare_all(paths: Sequence[Path]) -> tuple[list[Prepared], list[str], list[str]]:
    found: list[Prepared] = []
    passed_over: list[str] = []
    refused: list[str] = []
    for path in paths:
        inside = path.is_dir()
        for file in _files(path) if inside else [path]:
            try:
                if inside and file.name.endswith(_OURS):
                    passed_over.append(f"{file}: describes another file, and is no transcript.")
                    continue
                found += prepare(read_source(file), file)
            except UnknownFormatError as error:
                if inside:
                    passed_over.append(f"{file}: is empty, or in no format that can be read.")
                else:
                    refused.append(str(error))
            except CorpusError as error:
                refused.append(str(error))
    return found, passed_over, refused


def _files(folder: Path) -> Iterator[Path]:
    for path in sorted(folder.rglob("*")):
        below = path.relative_to(folder)
        if path.is_file() and not any(part.startswith(".") for part in below.parts):
            yield path


def _outcomes(archive: Path, found: Sequence[Prepared], refused: list[str]) -> Iterator[Outcome]:
    """Give each document its id: that of the one it replaces, or one that is free."""
    taken = set(document_names(archive))
    files = {key for one in found for key in (one.source.sha256, one.source.name)}
    # The map of a document is long: it is read only where the record says that it may be one.
    stored = {
        name: (original, read_part(archive, name))
        for name in taken
        if (original := _original(archive, name)) and {original.sha256, original.name} & files
    }
    folded = {name.casefold() for name in taken}
    by_hash = {(original.sha256, part): name for name, (original, part) in stored.items()}
    for one in found:
        hashed = (one.source.sha256, one.map.part)
        named = [
            name
            for name, (original, part) in sorted(stored.items())
            if (original.name, part) == (one.source.name, one.map.part)
        ]
        earlier = next((name for name in named if is_version(archive, name, one)), None)
        if hashed in by_hash:
            yield Outcome(replace(one, id=by_hash[hashed]), "same")
        elif earlier is not None:
            try:
                yield _replaced(archive, replace(one, id=earlier))
            except CorpusError as error:
                refused.append(str(error))
        else:
            name = _free(one.id, folded)
            folded.add(name.casefold())
            by_hash[hashed] = name
            yield Outcome(replace(one, id=name), "new")


def read_part(archive: Path, name: str) -> str:
    """Return which part of its file an imported document is; empty for the only one."""
    path = map_path(archive / f"{name}.txt")
    try:
        return str(json.loads(regular_bytes(path)).get("part", ""))
    except (OSError, ValueError, AttributeError, RecursionError):
        return ""


def _original(archive: Path, name: str) -> Original | None:
    try:
        return read_record(archive / f"{name}.toml").original
    except (CorpusError, OSError):
        return None


def _free(name: str, folded: set[str]) -> str:
    number, free = 1, name
    while free.casefold() in folded:
        number += 1
        free = f"{name}-{number}"
    return free


def _replaced(archive: Path, one: Prepared) -> Outcome:
    """Return what a corrected file changes in a document that is there; its record is kept.

    Raises:
        CorpusError: the record or the finding aid that is there does not fit the new text.
    """
    import tomlkit

    path = archive / f"{one.id}.txt"
    listed_before = read_record(archive / f"{one.id}.toml").participants
    toml = tomlkit.parse((archive / f"{one.id}.toml").read_text("utf-8"))
    original = toml["original"]
    original["sha256"], original["format"] = one.source.sha256, one.imported.format  # type: ignore[index]
    kept = tomlkit.dumps(toml)
    listed = {name.casefold() for who in listed_before for name in who.names}
    heard = [
        h
        for h in one.transcript.recognised.speakers
        if not {h.speaker.casefold(), *(x.casefold() for x in h.labels)} & listed
    ]
    new = (
        list(participants(heard, one.imported.spoken_names, roles(one.said)))
        if listed_before
        else []
    )
    record = kept.rstrip("\n") + "\n\n" + "\n\n".join(new) + "\n" if new else kept
    read = validated(record, archive / f"{one.id}.toml")
    parsed = parse_imported(one.text, read, one.id, Path(f"{one.id}.txt"), one.map.stated)
    transcript = replace(parsed, source=one.map)
    aid = aid_path(path)
    if aid.exists():
        try:
            parse_aid(regular_bytes(aid), aid, transcript)
        except AidError as error:
            raise ImportingError(
                one.source.name,
                f"does not fit the finding aid of {one.id} any more ({error}); correct that first.",
            ) from error
    document = replace(one, record=record, transcript=transcript)
    try:
        before = read_transcript(path)
    except CorpusError:
        # What cannot be read as it is there is mended by this.
        return Outcome(document, "changed")
    return Outcome(document, "changed", change_of(before, transcript))


def original_name(document: str, name: str) -> str:
    """Return where the original of a document lies, relative to the archive."""
    suffix = "".join(c for c in PurePath(name).suffix.lower() if c.isascii() and c.isalnum())
    return f"{ORIGINALS}/{document}.{suffix[:_SUFFIX_SIGNS] or 'original'}"


def _store(archive: Path, outcomes: Sequence[Outcome]) -> None:
    try:
        archive.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise FileError(archive, f"cannot be made ({error.strerror}).") from error
    write: dict[str, bytes] = {}
    for one in (outcome.document for outcome in outcomes):
        write[f"{one.id}.txt"] = one.text
        write[f"{one.id}.map.json"] = map_bytes(one.map)
        write[f"{one.id}.toml"] = one.record.encode()
        write[original_name(one.id, one.source.name)] = one.source.data
    change_files(archive, {**write, **manifest_change(archive, write, ())})
