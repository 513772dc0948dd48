"""JSON of AWS Transcribe: ``results`` with ``items``, a word each, and labels of speakers."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from corpus.errors import ImportingError
from corpus.importing.imported import Imported
from corpus.importing.recogniser_words import (
    Spoken,
    json_of,
    objects,
    span,
    speeches,
    stated_language,
)
from corpus.importing.texts import head_of, is_text

NAME = "AWS Transcribe (JSON)"


def recognise(data: bytes, name: str) -> float:
    """By an object that speaks of items and alternatives."""
    del name
    found = is_text(data) and head_of(data).lstrip("\ufeff \r\n\t").startswith("{")
    keys = (b'"results"', b'"items"', b'"alternatives"', b'"content"')
    return 0.95 if found and all(key in data for key in keys) else 0.0


def read(data: bytes, name: str) -> tuple[Imported, ...]:
    """Read the words; those of one speaker in a row are one speech."""
    values, encoding = json_of(data, name)
    results = values.get("results") if isinstance(values, dict) else None
    if not isinstance(results, dict):
        raise ImportingError(name, 'is JSON, but has no "results" with "items" in it.')
    units: dict[str, str] = {}
    blocks = speeches(list(_words(results)), units)
    if not blocks:
        raise ImportingError(name, "has no word in it.")
    stated = stated_language(results.get("language_code"))
    return (Imported(NAME, blocks, encoding, stated, units=units, by_program=True),)


def _words(results: dict[str, Any]) -> Iterator[Spoken]:
    labels = dict(_labels(results))
    for i, item in enumerate(objects(results.get("items"))):
        best = next(iter(objects(item.get("alternatives"))), {})
        text = best.get("content")
        if not isinstance(text, str):
            continue
        speaker = item.get("speaker_label", labels.get(str(item.get("start_time"))))
        yield Spoken(
            text,
            f"results/items/{i}/content",
            speaker if isinstance(speaker, str) else None,
            span(item.get("start_time"), item.get("end_time")),
            glued=item.get("type") == "punctuation",
        )


def _labels(results: dict[str, Any]) -> Iterator[tuple[str, str]]:
    """Yield who speaks at which second, as a list beside the words has it."""
    for key, inner in (("speaker_labels", "segments"), ("channel_labels", "channels")):
        held = results.get(key)
        for one in objects(held.get(inner) if isinstance(held, dict) else None):
            for item in objects(one.get("items")):
                label = item.get(
                    "speaker_label", one.get("speaker_label", one.get("channel_label"))
                )
                if isinstance(label, str) and "start_time" in item:
                    yield str(item["start_time"]), label
