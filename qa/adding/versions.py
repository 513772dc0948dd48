"""Versions of one file: whether two texts are the same talk, and what is different."""

from __future__ import annotations

import difflib
from dataclasses import dataclass
from pathlib import Path

from corpus.files import regular_bytes
from corpus.transcript import Transcript
from qa.adding.preparing import Prepared

_PHRASE = 4
_SAME_TALK = 0.3
_LONG = 20_000


@dataclass(frozen=True, slots=True)
class Change:
    """How a document that is there differs from its file added again.

    Attributes:
        turns: how many there were and are.
        added: words that are new.
        removed: words that are gone.
        speakers: who speaks now and did not, then who did and does not.
    """

    turns: tuple[int, int]
    added: int
    removed: int
    speakers: tuple[tuple[str, ...], tuple[str, ...]]


def is_version(archive: Path, name: str, one: Prepared) -> bool:
    """Whether a file of the same name holds the same talk, and not another one's transcript."""
    try:
        before = regular_bytes(archive / f"{name}.txt").decode("utf-8", "replace")
    except OSError:
        return False
    old, new = _phrases(before), _phrases(one.transcript.text)
    return len(old & new) >= _SAME_TALK * min(len(old), len(new))


def _phrases(text: str) -> set[tuple[str, ...]]:
    """Return all runs of a few words."""
    words = text.casefold().split()
    return set(zip(*(words[i:] for i in range(_PHRASE)), strict=False)) or {tuple(words)}


def change_of(before: Transcript, after: Transcript) -> Change:
    """Say what is different in the words, turns and speakers of two versions."""
    old, new = before.text.split(), after.text.split()
    matcher = difflib.SequenceMatcher(None, old, new, autojunk=len(old) + len(new) > _LONG)
    added = removed = 0
    for tag, a, b, c, d in matcher.get_opcodes():
        if tag != "equal":
            removed, added = removed + b - a, added + d - c
    were = dict.fromkeys(turn.speaker for turn in before.turns if turn.speaker)
    are = dict.fromkeys(turn.speaker for turn in after.turns if turn.speaker)
    speakers = (tuple(s for s in are if s not in were), tuple(s for s in were if s not in are))
    return Change((len(before.turns), len(after.turns)), added, removed, speakers)
