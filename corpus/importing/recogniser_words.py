"""Words one by one, as services of speech recognition write them, put together to speeches."""

from __future__ import annotations

import json
import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import groupby
from typing import Any

from corpus.errors import ImportingError
from corpus.importing.cues import NAMELESS
from corpus.importing.imported import SPACE, Block, Kind, Piece, Place
from corpus.importing.texts import decoded
from corpus.labels.unknown import is_unknown
from corpus.languages import read_language

_NAMES_NONE = "the words name no speaker"


@dataclass(frozen=True, slots=True)
class Spoken:
    """A word, or some of one speaker.

    Attributes:
        text: as the file has it.
        unit: where in the file it stands.
        speaker: as the file calls him; None where it calls nobody.
        time: start and end in seconds.
        glued: it follows the word before without a space: a stop, a comma.
    """

    text: str
    unit: str
    speaker: str | None
    time: tuple[float, float] | None
    glued: bool = False


def json_of(data: bytes, name: str) -> tuple[Any, str]:
    """Return what a JSON file holds, and its encoding.

    Raises:
        ImportingError: it is none.
    """
    text, encoding = decoded(data, name, lined=False)
    try:
        return json.loads(text.removeprefix("\ufeff")), encoding
    except (ValueError, RecursionError) as error:
        line, why = None, "nested too deep"
        if isinstance(error, json.JSONDecodeError):
            ended = error.pos >= len(error.doc.rstrip())
            cut_off = ended or error.msg.startswith("Unterminated string")
            line, what = error.lineno, "it is cut off" if cut_off else error.msg
            why = f"{what}, column {error.colno}"
        raise ImportingError(
            name, f"is no JSON that can be read ({why}); export it again.", line
        ) from error


def stated_language(code: object) -> dict[str, str]:
    """Return what a file states of its language; nothing where it states none that is known."""
    try:
        return {"language": read_language(code)} if isinstance(code, str) and code else {}
    except ValueError:
        return {}


def speeches(words: Sequence[Spoken], units: dict[str, str]) -> tuple[Block, ...]:
    """Return a speech for the words of each speaker in a row.

    Args:
        words: in order.
        units: to which the words are added by where they stand.
    """
    words = list(_said(words))
    named = any(word.speaker for word in words)
    return tuple(
        _block(list(found), speaker, units, named=named)
        for speaker, found in groupby(words, lambda word: word.speaker)
    )


def _said(words: Iterable[Spoken]) -> Iterable[Spoken]:
    """Yield the words that are some; a stop is said by whoever said the word before."""
    before: Spoken | None = None
    for word in words:
        if word.text.strip():
            goes_on = word.glued and before is not None
            before = replace(word, speaker=before.speaker) if goes_on and before else word
            yield before


def _block(
    words: Sequence[Spoken], speaker: str | None, units: dict[str, str], *, named: bool
) -> Block:
    pieces: list[Piece] = []
    for word in words:
        if pieces and not word.glued:
            pieces.append(SPACE)
        units[word.unit] = word.text
        place = Place(word.unit, 0, len(word.text), None, None, word.time)
        pieces.append(Piece(word.text, place))
    doubt = "" if speaker else (_NAMES_NONE if named else NAMELESS)
    known = speaker if speaker and not is_unknown(speaker) else None
    return Block(Kind.SPEECH, tuple(pieces), known, doubt=doubt)


def number(value: Any) -> float | None:
    """Return a number that may stand in quotation marks, with "s" for seconds behind it."""
    try:
        found = float(str(value).removesuffix("s"))
    except ValueError:
        return None
    return found if math.isfinite(found) and found >= 0 else None


def span(start: Any, end: Any) -> tuple[float, float] | None:
    """Return two times; None where one of them is none."""
    first, last = number(start), number(end)
    return None if first is None or last is None else (first, max(first, last))


def objects(value: Any) -> list[dict[str, Any]]:
    """Return the objects of a list; nothing where it is none."""
    return [one for one in value if isinstance(one, dict)] if isinstance(value, list) else []
