"""Receipts read from JSON that anybody may have written.

Accepted are receipts, Web Annotations with one inside, quotes as :mod:`qa.render.contract`
writes them, and whatever holds these: lists, answers, places of words, pages of annotations.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, Field, FiniteFloat, StrictInt, ValidationError

from corpus.faults import first_fault
from qa.errors import UsageError
from qa.receipts.objects import FORMAT, OWN_KEY, Hash, Offset, Range
from qa.receipts.receipt import Explanation, Origin, Receipt, text_sha256

LONGEST = 1_000_000
"""Code points of the words of a receipt, at most."""
_LISTS = ("receipts", "matches")
_QUOTE = frozenset({"document", "sha256", "start", "end", "text", "layer"})
_RENAMED = {"exact": "text"}
_DEEPEST = 8


class ReceiptError(UsageError):
    """Something given as a receipt that is none, or was altered."""


class _Part(BaseModel):
    model_config = ConfigDict(frozen=True, extra="ignore", strict=True)


class _Explanation(_Part):
    start: Offset
    end: Offset
    text: str


class _Seconds(_Part):
    start: FiniteFloat
    end: FiniteFloat


class _Origin(_Part):
    name: str
    sha256: str


class _Written(_Part):
    """What a receipt states, and a quote, which states less."""

    document: Annotated[str, Field(min_length=1, max_length=1000)]
    sha256: Hash
    encoding: str = "utf-8"
    start: Offset
    end: Offset
    text: Annotated[str, Field(min_length=1, max_length=LONGEST)]
    quote_sha256: Hash | None = None
    speaker: str | None = None
    speaker_full: str | None = None
    label: str = ""
    layer: str
    turn: Offset = 0
    editorial: list[Range] = []
    notes: list[_Explanation] = []
    page: str | None = None
    time: _Seconds | None = None
    original: _Origin | None = None
    prefix: str = ""
    suffix: str = ""
    places: Offset = 1
    archive: str | None = None
    program: str | None = None
    offered: bool | None = None


class _Versioned(_Part):
    receipt: Annotated[StrictInt, Field(ge=FORMAT, le=FORMAT)]
    quote_sha256: Hash
    speaker: str | None


def receipts_in(value: object, where: str, depth: int = 0) -> Iterator[tuple[str, Receipt]]:
    """Yield the receipts that a JSON value holds, each with where it stands.

    Args:
        value: as :func:`json.loads` returns it.
        where: the place of the value, named in errors.
        depth: how many lists and objects it stands in.

    Raises:
        ReceiptError: it is no receipt and holds none.
    """
    if depth > _DEEPEST:
        raise ReceiptError(f"{where}: holds lists in lists; give the receipts as one list.")
    if isinstance(value, list):
        for number, one in enumerate(value, start=1):
            yield from receipts_in(one, _inside(where, number), depth + 1)
    elif not isinstance(value, Mapping):
        raise ReceiptError(f"{where}: is no receipt; give what the archive wrote, unchanged.")
    elif isinstance(value.get("items"), list):
        yield from receipts_in(value["items"], where, depth + 1)
    elif any(key in value for key in ("receipt", OWN_KEY, "@context", "target")):
        yield where, _receipt(value, where)
    elif value.keys() >= _QUOTE:
        yield where, _read(value, where)
    elif "question" in value and "quotes" in value:
        yield from _of_answer(value, where, depth)
    elif listed := [key for key in _LISTS if isinstance(value.get(key), list)]:
        for key in listed:
            yield from receipts_in(value[key], where, depth + 1)
    else:
        raise ReceiptError(f"{where}: is no receipt; give what the archive wrote, unchanged.")


def _inside(where: str, number: int) -> str:
    return f"{where}, {'number' if ', number ' not in where else 'part'} {number}"


def _of_answer(value: Mapping[str, Any], where: str, depth: int) -> Iterator[tuple[str, Receipt]]:
    """Yield the receipts of an answer, and its quotes wherever they say anything else.

    An answer's words may have been altered while its receipts were not.
    """
    seen = set()
    listed = value.get("receipts")
    for place, one in receipts_in(listed if isinstance(listed, list) else [], where, depth + 1):
        seen.add(_stated(one))
        yield place, one
    shown = value.get("shown")
    nearest, quotes = value.get("nearest"), value["quotes"]
    judged = nearest[: shown if isinstance(shown, int) and shown > 0 else 0] if nearest else []
    if not isinstance(quotes, list) or not isinstance(judged, list):
        raise ReceiptError(f"{where}: is no answer; give what the archive wrote, unchanged.")
    for quoted, offered in ((quotes, False), (judged, True)):
        for place, one in receipts_in(quoted, f"{where}, quotes", depth + 1):
            if _stated(one) not in seen:
                yield place, replace(one, offered=offered)


def _stated(receipt: Receipt) -> tuple[object, ...]:
    place = (receipt.document, receipt.sha256, receipt.start, receipt.end)
    return (*place, receipt.text, receipt.speaker, receipt.layer)


def _receipt(value: Mapping[str, Any], where: str) -> Receipt:
    if "receipt" not in value:
        value = _of_annotation(value, where)
    version = value.get("receipt")
    if isinstance(version, int) and not isinstance(version, bool) and version > FORMAT:
        raise ReceiptError(f"{where}: was written by a later program; update this one.")
    try:
        _Versioned.model_validate(value)
    except ValidationError as error:
        raise _refusal(error, where) from error
    return _read(value, where)


def _of_annotation(value: Mapping[str, Any], where: str) -> dict[str, Any]:
    """Return the receipt inside a Web Annotation; its selectors say where and which words."""
    own, target = value.get(OWN_KEY), value.get("target")
    selectors = target.get("selector") if isinstance(target, Mapping) else None
    if not isinstance(own, Mapping) or not isinstance(selectors, list):
        raise ReceiptError(
            f"{where}: is an annotation without a receipt of this archive; give one that it wrote."
        )
    found: dict[str, Any] = {str(key): part for key, part in own.items()}
    for selector in selectors:
        if isinstance(selector, Mapping):
            found |= {_RENAMED.get(str(key), str(key)): part for key, part in selector.items()}
    return found


def _read(value: Mapping[str, Any], where: str) -> Receipt:
    try:
        written = _Written.model_validate(value)
    except ValidationError as error:
        raise _refusal(error, where) from error
    _require_consistent(written, where)
    time, original = written.time, written.original
    return Receipt(
        document=written.document,
        sha256=written.sha256,
        encoding=written.encoding,
        start=written.start,
        end=written.end,
        text=written.text,
        speaker=written.speaker,
        speaker_full=written.speaker_full,
        label=written.label,
        layer=written.layer,
        turn=written.turn,
        editorial=tuple((start, end) for start, end in written.editorial),
        notes=tuple(Explanation(note.start, note.end, note.text) for note in written.notes),
        page=written.page,
        time=None if time is None else (time.start, time.end),
        original=None if original is None else Origin(original.name, original.sha256),
        prefix=written.prefix,
        suffix=written.suffix,
        places=max(written.places, 1),
        archive=written.archive,
        program=written.program,
        offered=written.offered,
    )


def _require_consistent(written: _Written, where: str) -> None:
    texts = (written.text, written.document, written.prefix, written.suffix, written.label)
    named = (written.speaker or "", written.speaker_full or "")
    if any(_is_torn(text) for text in (*texts, *named, *(n.text for n in written.notes))):
        raise ReceiptError(f"{where}: holds half of a character; give the receipt unchanged.")
    if written.end - written.start != len(written.text):
        raise ReceiptError(
            f"{where}: has {len(written.text)} code points of words between 'start' "
            f"{written.start} and 'end' {written.end}; give the receipt unchanged."
        )
    if written.quote_sha256 not in (None, text_sha256(written.text)):
        raise ReceiptError(
            f"{where}: its words are not those it was made of ('quote_sha256'); it was altered."
        )


def _is_torn(text: str) -> bool:
    return any("\ud800" <= char <= "\udfff" for char in text)


def _refusal(error: ValidationError, where: str) -> ReceiptError:
    return ReceiptError(f"{where}: {first_fault(error).sentence}")
