"""The documents of an archive as a list, for people and programs."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from corpus.counting import counted
from corpus.errors import CorpusError
from corpus.transcript import Transcript


def listed_text(documents: Sequence[Transcript], faults: Sequence[CorpusError]) -> str:
    """Return a paragraph a document, then what cannot be used."""
    blocks = ["\n".join(_lines(one)) for one in documents] or ["No such document."]
    if faults:
        blocks.append("\n".join(["Not usable:", *(f"  {fault}" for fault in faults)]))
    blocks.append(f"{counted(len(documents), 'document')}.")
    return "\n\n".join(blocks)


def listed_object(documents: Sequence[Transcript], faults: Sequence[CorpusError]) -> dict[str, Any]:
    """Return the same for programs."""
    return {
        "documents": [_object(one) for one in documents],
        "faults": [str(fault) for fault in faults],
    }


def _lines(one: Transcript) -> list[str]:
    record = one.record
    dated = f", {record.date.words}" if record.date else ""
    lines = [one.id, f"  {record.title}{dated}"]
    if speakers := _speakers(one):
        lines.append(f"  Speakers: {', '.join(speakers)}")
    if record.collection:
        lines.append(f"  Collection: {record.collection}")
    if record.original:
        lines.append(f"  From {record.original.name}, {record.original.format}")
    return lines


def _object(one: Transcript) -> dict[str, Any]:
    record = one.record
    original = record.original
    return {
        "document": one.id,
        "title": record.title,
        "date": str(record.date) if record.date else None,
        "collection": record.collection or None,
        "language": record.language,
        "speakers": _speakers(one),
        "turns": len(one.turns),
        "sha256": one.sha256,
        "original": None
        if original is None
        else {"name": original.name, "sha256": original.sha256, "format": original.format},
    }


def _speakers(one: Transcript) -> list[str]:
    return list(dict.fromkeys(turn.speaker for turn in one.turns if turn.speaker))
