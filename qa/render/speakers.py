"""Who speaks in an archive: persons across documents, for people and programs."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from corpus.counting import counted
from corpus.people import Person, perhaps_one


def speakers_text(people: Sequence[Person]) -> str:
    """Return a paragraph a person, then names that may be one person's."""
    blocks = ["\n".join(_lines(one)) for one in people] or ["Nobody speaks."]
    same = [f"  {', '.join(f'“{one.name}”' for one in group)}" for group in perhaps_one(people)]
    if same:
        ask = (
            "Perhaps one person; if so, give all of them one full_name: "
            "verbatim edit --speaker NAME --called NAME."
        )
        blocks.append("\n".join([ask, *same]))
    # Who is asked for by another name is told of "all names": those of one person are several.
    names = len({name for one in people for name in one.names})
    called = f", called by {counted(names, 'name')}" if names != len(people) else ""
    return "\n\n".join([*blocks, f"{counted(len(people), 'speaker')}{called}."])


def speakers_object(people: Sequence[Person]) -> dict[str, Any]:
    """Return the same for programs."""
    return {
        "speakers": [
            {
                "speaker": one.name,
                "names": list(one.names),
                "anonymous": one.is_anonymous,
                "documents": [
                    {"document": part.document, "speaker": part.speaker, "turns": part.turns}
                    for part in one.parts
                ],
            }
            for one in people
        ],
        "perhaps_one_person": [[one.name for one in group] for group in perhaps_one(people)],
    }


def _lines(one: Person) -> list[str]:
    several = one.is_anonymous and len(one.parts) > 1
    lines = [
        f"{one.name} (a label; in each document perhaps somebody else)" if several else one.name
    ]
    if others := [name for name in one.names if name != one.name]:
        lines.append(f"  Also called: {', '.join(others)}")
    for part in one.parts:
        turns = "1 turn" if part.turns == 1 else f"{part.turns} turns"
        as_named = f" as {part.speaker}" if part.speaker != one.name else ""
        lines.append(f"  {part.document}: {turns}{as_named}")
    return lines
