"""JSON of Google's speech recognition: ``results`` with ``alternatives`` and their words."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from corpus.errors import ImportingError
from corpus.importing.imported import Imported
from corpus.importing.recogniser_words import (
    Spoken,
    json_of,
    number,
    objects,
    span,
    speeches,
    stated_language,
)
from corpus.importing.texts import head_of, is_text

NAME = "Google Speech-to-Text (JSON)"
_OTHERS = (b'"channels"', b'"utterances"', b'"items"', b'"segments"')
_BILLIONTH = 1e-9


def recognise(data: bytes, name: str) -> float:
    """By an object that speaks of results and alternatives, and of no other program's lists."""
    del name
    found = is_text(data) and head_of(data).lstrip("\ufeff \r\n\t").startswith("{")
    keys = (b'"results"', b'"alternatives"')
    others = any(key in data for key in _OTHERS)
    return 0.95 if found and not others and all(key in data for key in keys) else 0.0


def read(data: bytes, name: str) -> tuple[Imported, ...]:
    """Read the words; those of one speaker in a row are one speech."""
    values, encoding = json_of(data, name)
    holder = values.get("response", values) if isinstance(values, dict) else None
    results = objects(holder.get("results")) if isinstance(holder, dict) else []
    if not results:
        raise ImportingError(name, 'is JSON, but has no list "results" with words in it.')
    heard = [list(_words(one, f"results/{i}")) for i, one in enumerate(results)]
    labelled = [words for words in heard if any(word.speaker for word in words)]
    # Told apart by voices, all words are written once more, in the last result.
    again = labelled[-1:] == heard[-1:] and len(labelled) == 1 and len(heard) > 1
    units: dict[str, str] = {}
    said = heard[-1] if again else [word for words in heard for word in words]
    blocks = speeches(said, units)
    if not blocks:
        raise ImportingError(name, "has no word in it.")
    code = next((one["languageCode"] for one in results if "languageCode" in one), None)
    stated = stated_language(code)
    return (Imported(NAME, blocks, encoding, stated, units=units, by_program=True),)


def _words(result: dict[str, Any], unit: str) -> Iterator[Spoken]:
    best = next(iter(objects(result.get("alternatives"))), {})
    words = objects(best.get("words"))
    for i, word in enumerate(words):
        if isinstance(word.get("word"), str):
            yield Spoken(
                word["word"],
                f"{unit}/words/{i}/word",
                _speaker(word),
                span(
                    _second(word.get("startTime", word.get("startOffset"))),
                    _second(word.get("endTime", word.get("endOffset"))),
                ),
            )
    if not words and isinstance(best.get("transcript"), str):
        yield Spoken(best["transcript"].strip(), f"{unit}/transcript", None, None)


def _speaker(word: dict[str, Any]) -> str | None:
    """Return the label or the number of a voice; 0 stands for none."""
    label = word.get("speakerLabel", word.get("speakerTag"))
    if isinstance(label, bool) or not isinstance(label, str | int) or not label:
        return None
    return f"Speaker {label}" if str(label).isdecimal() else str(label)


def _second(value: Any) -> Any:
    """Return a time of whole seconds and their billionths as a number."""
    if not isinstance(value, dict):
        return value
    return (number(value.get("seconds", 0)) or 0.0) + (number(value.get("nanos", 0)) or 0.0) * (
        _BILLIONTH
    )
