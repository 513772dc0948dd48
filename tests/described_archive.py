"""An archive whose one document is described well enough to learn from."""

from __future__ import annotations

import json
from pathlib import Path

from corpus.archive import read_transcript

THINGS = (
    "lamp bell boat engine ladder anchor rope chart clock stove barrel window door roof pump well "
    "garden goat hen kettle letter radio flag drum lantern shovel axe net oar sail mast keel"
).split()
_BY = {"author": "Ada", "date": "2026-01-31", "reviewed_by": None}


def write_described(folder: Path) -> Path:
    """Write the archive, with two questions for each of 32 sentences and a few known gaps."""
    folder.mkdir()
    lines = [f"We mended the {thing} in the year {1900 + n}." for n, thing in enumerate(THINGS)]
    text = "The Keeper\nMrs. Hale:\n" + "\n".join(lines) + "\n"
    (folder / "keeper.txt").write_bytes(text.encode())
    record = 'title = "The Keeper"\n\n[[participants]]\nname = "Hale"\naliases = ["Mrs. Hale"]\n'
    (folder / "keeper.toml").write_text(record, encoding="utf-8")
    transcript = read_transcript(folder / "keeper.txt")
    rows: list[dict[str, object]] = []
    for thing in THINGS:
        start = text.index(f"We mended the {thing} ")
        sentence = transcript.sentences_in(start, start + 1)[0]
        asked = (f"when was the {thing} repaired", f"{thing} broken?")
        rows.append(
            {
                "start": sentence.start,
                "end": sentence.end,
                "questions": [{"text": words, "lang": "en"} for words in asked],
                "provenance": _BY,
            }
        )
    for thing in THINGS[:5]:
        start = text.index(f"We mended the {thing} ")
        gap = {"gap": f"who paid for the {thing}", "lang": "en", "near": [start, start + 10]}
        rows.append({**gap, "provenance": _BY})
    rows.append({"gap": "what is a horse", "lang": "en", "provenance": _BY})
    aid = "\n".join(json.dumps(row) for row in rows) + "\n"
    (folder / "keeper.aid.jsonl").write_text(aid, encoding="utf-8")
    return folder
