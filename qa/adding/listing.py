"""The catalogue of an archive: what is there, changed and taken out as a whole or not at all."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from pathlib import Path
from typing import Any

from corpus.changes import change_files, finish_change
from corpus.errors import CorpusError, RecordError
from corpus.files import document_names, regular_bytes
from corpus.manifest import MANIFEST, described, manifest_bytes, read_manifest
from corpus.record import TABLES, Record, read_record
from qa.adding.learned import without
from qa.errors import UsageError, require_document

ORIGINALS = "originals"
"""Folder of an archive in which the files lie that documents were made from."""
_FILES = (".txt", ".toml", ".map.json", ".aid.jsonl")
_FIELDS = tuple(name for name in Record.model_fields if name not in TABLES)


def manifest_change(
    archive: Path, write: Mapping[str, bytes], remove: Collection[str]
) -> dict[str, bytes]:
    """Return the archive's manifest brought up to date; nothing where it has none.

    Raises:
        ManifestError: it cannot be read.
    """
    path = archive / MANIFEST
    if not path.exists():
        return {}
    listing = read_manifest(path)
    listed: dict[str, Any] = listing["files"]
    listed |= {
        name: described(data)
        for name, data in write.items()
        if name.endswith(_FILES) and "/" not in name
    }
    listing["files"] = {k: v for k, v in sorted(listed.items()) if k not in remove}
    return {MANIFEST: manifest_bytes(listing)}


def edit(archive: Path, changes: Mapping[str, Mapping[str, str]]) -> None:
    """Change fields of records, all or none; remarks and the rest of them stay as they are.

    Args:
        archive: its folder.
        changes: text by field of the whole record, by document; an empty text takes a field out.

    Raises:
        UsageError: there is no such document or field.
        CorpusError: the record would be malformed or contradict its text; nothing is changed.
    """
    write: dict[str, bytes] = {}
    for document, fields in changes.items():
        path = _path(archive, document)
        read_record(path)
        toml = _edited(regular_bytes(path).decode("utf-8-sig"), fields, path)
        require_right(archive, document, toml)
        write[path.name] = toml.encode()
    change_files(archive, {**write, **manifest_change(archive, write, ())})


def _edited(toml: str, fields: Mapping[str, str], path: Path) -> str:
    import tomlkit

    for name, value in fields.items():
        if name not in _FIELDS:
            raise UsageError(
                f"'{name}' is no field that can be set so; there are: {', '.join(_FIELDS)}. Edit "
                f"{path} for the others."
            )
        values = tomlkit.parse(toml)
        typed: Any = {"true": True, "false": False}.get(value, value)
        if not value:
            values.pop(name, None)
        elif name in values:
            values[name] = typed
        else:
            # Above the first table, or it would belong to that.
            toml = tomlkit.dumps({name: typed}) + toml
            continue
        toml = tomlkit.dumps(values)
    return toml


def require_right(archive: Path, document: str, toml: str) -> None:
    """Read a document with another record, before anything is changed.

    Raises:
        RecordError: it cannot be read so.
    """
    import tempfile

    from corpus.archive import read_transcript

    path = archive / f"{document}.toml"
    with tempfile.TemporaryDirectory() as scratch:
        for suffix in _FILES:
            file = archive / f"{document}{suffix}"
            if file.exists():
                (Path(scratch) / file.name).write_bytes(regular_bytes(file))
        (Path(scratch) / path.name).write_text(toml, "utf-8")
        try:
            read_transcript(Path(scratch) / f"{document}.txt")
        except CorpusError as error:
            raise RecordError(path, f"would not be right: {error.message}", error.line) from error


def remove(archive: Path, documents: Collection[str], *, accept: bool) -> tuple[str, ...]:
    """Take documents out of an archive with everything that belongs to them or was learned of them.

    Args:
        archive: its folder.
        documents: their ids.
        accept: whether to do it; else it is only said what would go.

    Returns:
        The names of the files that are gone, or would be.

    Raises:
        UsageError: there is no such document; nothing is changed.
    """
    gone: list[str] = []
    for document in documents:
        _path(archive, document)
        names = [f"{document}{suffix}" for suffix in _FILES]
        names += [
            f"{ORIGINALS}/{p.name}"
            for p in (archive / ORIGINALS).glob(f"{_plain(document)}.*")
            if p.stem == document
        ]
        gone += [name for name in names if (archive / name).exists()]
    learned, left = without(archive, documents)
    gone = list(dict.fromkeys((*gone, *left)))
    if accept:
        change_files(archive, {**learned, **manifest_change(archive, {}, gone)}, gone)
    return tuple(gone)


def _plain(name: str) -> str:
    """Return a name with nothing in it that a search for files would read as a sign."""
    import glob

    return glob.escape(name)


def _path(archive: Path, document: str) -> Path:
    finish_change(archive)
    require_document(document, document_names(archive))
    return archive / f"{document}.toml"
