"""JSON of speech recognisers: Whisper, WhisperX and the like, with times and diarisation.

What is read: ``segments`` (Whisper, WhisperX, the verbose answer of the API; also as a bare
list), ``transcription`` (whisper.cpp), and ``utterances`` (AssemblyAI, Deepgram).
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from typing import Any

from corpus.errors import ImportingError
from corpus.importing.cues import NAMELESS
from corpus.importing.imported import Block, Imported, Kind, LeftOut, Piece, Place, run_together
from corpus.importing.recogniser_words import json_of, stated_language
from corpus.importing.texts import head_of, is_text
from corpus.labels.unknown import is_unknown

NAME = "Whisper or WhisperX (JSON)"
_LISTS = ("segments", "transcription", "utterances")
_WORDS = ("text", "transcript")
_MILLISECONDS = 1000.0


def recognise(data: bytes, name: str) -> float:
    """By an object or list that speaks of segments."""
    del name
    head = head_of(data).lstrip()
    if not is_text(data) or not head.startswith(("{", "[")):
        return 0.0
    if head.startswith("[") and not head[1:].lstrip().startswith("{"):
        return 0.0
    named = any(f'"{key}"'.encode() in data for key in (*_LISTS, "text", "words"))
    return 0.9 if named else 0.15


def read(data: bytes, name: str) -> tuple[Imported, ...]:
    """Read the segments; those of one speaker in a row are one speech."""
    values, encoding = json_of(data, name)
    key, segments = _segments(values, name)
    units: dict[str, str] = {}
    blocks = [b for i, one in enumerate(segments) for b in _blocks(one, f"{key}/{i}", units)]
    if not blocks:
        raise ImportingError(name, "has no segment with words in it.")
    named = any(block.speaker for block in blocks)
    if not named:
        blocks = [Block(b.kind, b.pieces, doubt=NAMELESS) for b in blocks]
    empty = LeftOut(
        "segments without words", _empty(segments), "nothing is said", "segment without words"
    )
    language = values.get("language") if isinstance(values, Mapping) else None
    stated = stated_language(language)
    left = (empty,) if empty.count else ()
    whole = run_together(blocks)
    return (Imported(NAME, whole, encoding, stated, left_out=left, units=units),)


def _segments(values: Any, name: str) -> tuple[str, list[dict[str, Any]]]:
    """Return the list of segments and where it stands."""
    found, key = values, ""
    if isinstance(values, Mapping):
        inner = values.get("results")
        for holder, above in ((values, ""), (inner, "results/")):
            if isinstance(holder, Mapping):
                key = next((k for k in _LISTS if isinstance(holder.get(k), list)), "")
                if key:
                    found, key = holder[key], above + key
                    break
    if not isinstance(found, list) or not all(isinstance(one, dict) for one in found):
        raise ImportingError(name, 'is JSON, but has no list "segments" with text and times in it.')
    return key, found


def _blocks(segment: dict[str, Any], unit: str, units: dict[str, str]) -> Iterator[Block]:
    key = next((k for k in _WORDS if isinstance(segment.get(k), str)), None)
    if key is None or not segment[key].strip():
        return
    text, time = segment[key], _time(segment)
    words, who = f"{unit}/{key}", f"{unit}/speaker"
    units[words] = text
    stated = _speaker(segment)
    parts = _by_word(segment, text, stated, time) or [(stated, 0, len(text), time)]
    for speaker, start, end, when in parts:
        piece = Piece(text[start:end], Place(words, start, end, None, None, when))
        unknown = speaker is None or is_unknown(speaker)
        doubt = "the segment names no speaker" if speaker is None else ""
        label = None
        if speaker is not None and speaker == stated and isinstance(segment.get("speaker"), str):
            units[who] = speaker
            label = Place(who, 0, len(speaker), None, None, when)
        yield Block(Kind.SPEECH, (piece,), None if unknown else speaker, label, doubt)


_Part = tuple[str | None, int, int, tuple[float, float] | None]


def _by_word(
    segment: dict[str, Any], text: str, stated: str | None, time: tuple[float, float] | None
) -> list[_Part]:
    """Cut a segment where its words name another speaker; nothing if they cannot be placed."""
    words = segment.get("words")
    if not isinstance(words, list) or not all(isinstance(word, dict) for word in words):
        return []
    parts: list[_Part] = []
    at = 0
    for word in words:
        sign = word.get("word", word.get("text"))
        sign = sign.strip() if isinstance(sign, str) else ""
        found = text.find(sign, at) if sign else -1
        if found < 0:
            return []
        speaker = _speaker(word) or (parts[-1][0] if parts else stated)
        when = _time(word) or (parts[-1][3] if parts else time)
        start = at if parts else 0
        at = found + len(sign)
        before = parts[-1] if parts else None
        if before is not None and before[0] == speaker:
            span = (before[3][0], when[1]) if before[3] and when else before[3]
            parts[-1] = (speaker, before[1], at, span)
        else:
            parts.append((speaker, start, at, when))
    if not parts or len(parts) == 1:
        return []
    last = parts[-1]
    parts[-1] = (last[0], last[1], len(text), last[3])
    return parts


def _speaker(values: dict[str, Any]) -> str | None:
    speaker = values.get("speaker", values.get("speaker_id"))
    if isinstance(speaker, bool) or speaker is None:
        return None
    if isinstance(speaker, int):
        return f"Speaker {speaker}"
    return " ".join(speaker.split()) or None if isinstance(speaker, str) else None


def _time(values: dict[str, Any]) -> tuple[float, float] | None:
    """Return start and end in seconds, also from whole milliseconds where those are used."""
    offsets = values.get("offsets")
    if isinstance(offsets, dict):
        start, end = _number(offsets.get("from")), _number(offsets.get("to"))
        scale = _MILLISECONDS
    else:
        start, end = _number(values.get("start")), _number(values.get("end"))
        whole = all(isinstance(values.get(k), int) for k in ("start", "end"))
        scale = _MILLISECONDS if whole and "confidence" in values else 1.0
    if start is None or end is None or start < 0 or end < start:
        return None
    return start / scale, end / scale


def _number(value: Any) -> float | None:
    is_number = isinstance(value, int | float) and not isinstance(value, bool)
    return float(value) if is_number and math.isfinite(value) else None


def _empty(segments: list[dict[str, Any]]) -> int:
    return sum(
        not any(isinstance(s.get(k), str) and s[k].strip() for k in _WORDS) for s in segments
    )
