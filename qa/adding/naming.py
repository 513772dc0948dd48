"""One name for somebody in all documents, as a proposal or done as a whole."""

from __future__ import annotations

from pathlib import Path

from corpus.archive import open_archive
from corpus.changes import change_files
from corpus.files import regular_bytes
from corpus.people import is_exactly, names_of_speakers, speakers_of
from qa.adding.listing import manifest_change, require_right
from qa.errors import require_speaker


def name_alike(archive: Path, speaker: str, full_name: str, *, accept: bool) -> tuple[str, ...]:
    """Give somebody one full name in every record whose document he speaks in.

    The short name that quotes carry and every name that labels print stay: no turn changes hands.

    Args:
        archive: its folder.
        speaker: a name by which he is called; capitals do not matter.
        full_name: the new one.
        accept: whether to change the records.

    Returns:
        What changes, or would, one sentence a document.

    Raises:
        UsageError: nobody is called so.
        CorpusError: a record would be wrong; nothing is changed.
    """
    documents = open_archive(archive)
    require_speaker(speaker, names_of_speakers(documents))
    write: dict[str, bytes] = {}
    said: list[str] = []
    for document in documents:
        for heard in speakers_of(document):
            if not is_exactly(document.record, heard, speaker):
                continue
            path = archive / f"{document.id}.toml"
            toml = _named(regular_bytes(path).decode("utf-8-sig"), heard, full_name)
            require_right(archive, document.id, toml)
            write[path.name] = toml.encode()
            said.append(f"{path.name}: “{heard}” is called “{full_name}”.")
    if accept:
        change_files(archive, {**write, **manifest_change(archive, write, ())})
    return tuple(said)


def _named(toml: str, speaker: str, full_name: str) -> str:
    """Return a record in which a speaker has a full name; the one before becomes an alias."""
    import tomlkit

    values = tomlkit.parse(toml)
    listed = values.get("participants")
    if listed is None:
        listed = values["participants"] = tomlkit.aot()
    who = next((one for one in listed if one["name"] == speaker), None)
    if who is None:
        who = tomlkit.table()
        who["name"] = speaker
        listed.append(who)
    before = str(who.get("full_name", ""))
    kept = [str(one) for one in who.get("aliases", [])]
    known = {name.casefold() for name in (speaker, full_name, *kept)}
    if before and before.casefold() not in known:
        kept.append(before)
    if full_name.casefold() != speaker.casefold():
        who["full_name"] = full_name
    others = [one for one in kept if one.casefold() != full_name.casefold()]
    if others:
        who["aliases"] = others
    elif "aliases" in who:
        del who["aliases"]
    return tomlkit.dumps(values)
