"""One name for somebody in all documents, as a proposal or done as a whole."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from corpus.archive import open_archive
from corpus.changes import change_files
from corpus.files import regular_bytes
from corpus.labels.anonymous import is_anonymous
from corpus.people import is_exactly, names_of_speakers, speakers_of
from corpus.transcript import Transcript
from qa.adding.listing import manifest_change, require_right
from qa.errors import UsageError, require_document, require_speaker

_MOST_NAMED = 5


def name_alike(
    archive: Path, speaker: str, full_name: str, document: str | None, *, accept: bool
) -> tuple[str, ...]:
    """Give somebody one full name in every record whose document he speaks in.

    The short name that quotes carry and every name that labels print stay. Where somebody else of
    the document is called by the new name already, the two become one, under that name.

    Args:
        archive: its folder.
        speaker: a name by which he is called; capitals do not matter.
        full_name: the new one.
        document: id of the only one to change; None for all.
        accept: whether to change the records.

    Returns:
        What changes, or would, one sentence a document.

    Raises:
        UsageError: nobody is called so, or a label such as "A" may be another in each document.
        CorpusError: a record would be wrong; nothing is changed.
    """
    documents: Sequence[Transcript] = tuple(open_archive(archive))
    if document is not None:
        require_document(document, [one.id for one in documents])
        documents = [one for one in documents if one.id == document]
    require_speaker(speaker, names_of_speakers(documents))
    found = [(one, heard) for one in documents for heard in _called(one, speaker)]
    _require_one(speaker, full_name, [one.id for one, _ in found])
    write: dict[str, bytes] = {}
    said: list[str] = []
    for one, heard in found:
        path = archive / f"{one.id}.toml"
        before = write.get(path.name, b"") or regular_bytes(path)
        other = next((who for who in _called(one, full_name) if who != heard), None)
        toml = _named(before.decode("utf-8-sig"), heard, full_name, other)
        require_right(archive, one.id, toml)
        write[path.name] = toml.encode()
        joined = f"“{heard}” and “{other}” become one, called “{other}”."
        named = f"“{heard}” is called “{full_name}”."
        said.append(f"{path.name}: {joined if other else named}")
    if accept:
        change_files(archive, {**write, **manifest_change(archive, write, ())})
    return tuple(said)


def _called(document: Transcript, name: str) -> list[str]:
    return [who for who in speakers_of(document) if is_exactly(document.record, who, name)]


def _require_one(speaker: str, full_name: str, documents: Sequence[str]) -> None:
    """Refuse to name alike whoever goes by one label in several documents."""
    several = tuple(dict.fromkeys(documents))
    if len(several) > 1 and is_anonymous(speaker):
        shown = ", ".join(several[:_MOST_NAMED])
        more = f" and {len(several) - _MOST_NAMED} more" if len(several) > _MOST_NAMED else ""
        raise UsageError(
            f"“{speaker}” is a label, perhaps somebody else's in each of {len(several)} documents "
            f"({shown}{more}). Say which is “{full_name}”: add --document {several[0]}."
        )


def _named(toml: str, speaker: str, full_name: str, other: str | None) -> str:
    """Return a record in which a speaker has a full name; the one before becomes an alias.

    Args:
        toml: the record.
        speaker: whose name it is to be.
        full_name: the new name.
        other: whoever is called so already, and is the same person.
    """
    import tomlkit

    values = tomlkit.parse(toml)
    listed = values.get("participants")
    if listed is None:
        listed = values["participants"] = tomlkit.aot()
    who = _entry(listed, other or speaker)
    others = [str(one) for one in who.get("aliases", [])]
    if other is not None:
        same = _entry(listed, speaker)
        others += [speaker, str(same.get("full_name", "")), *map(str, same.get("aliases", []))]
        if not who.get("role") and same.get("role"):
            who["role"] = same["role"]
        listed.remove(same)
    else:
        others.append(str(who.get("full_name", "")))
        if full_name.casefold() != speaker.casefold():
            who["full_name"] = full_name
    taken = {str(who["name"]).casefold(), str(who.get("full_name", "")).casefold(), ""}
    kept = list({one.casefold(): one for one in others if one.casefold() not in taken}.values())
    if kept:
        who["aliases"] = kept
    elif "aliases" in who:
        del who["aliases"]
    return tomlkit.dumps(values)


def _entry(listed: Any, name: str) -> Any:
    """Return the entry of a participant; a new one where there is none."""
    import tomlkit

    who = next((one for one in listed if one["name"] == name), None)
    if who is None:
        who = tomlkit.table()
        who["name"] = name
        listed.append(who)
    return who
