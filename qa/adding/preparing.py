"""One file, read as the documents it would become; nothing is written."""

from __future__ import annotations

import hashlib
import re
import tomllib
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path

from pydantic import ValidationError

from corpus.errors import (
    ImportingError,
    RecordError,
    TranscriptError,
    UnknownFormatError,
    UnlabelledError,
)
from corpus.faults import first_fault
from corpus.files import MAX_BYTES, regular_bytes
from corpus.importing.heads import Said, announces, stated_in
from corpus.importing.imported import PARAGRAPH, SPACE, Block, Imported, Kind, LeftOut, Piece
from corpus.importing.placed import parse_imported
from corpus.importing.protocol import MAX_ORIGINAL, read_original
from corpus.importing.sidecar import SourceMap
from corpus.importing.texts import require_lines
from corpus.importing.titles import given_title
from corpus.importing.writing import Written, write
from corpus.labels.evidence import is_catalogue
from corpus.labels.examinations import examination_heading
from corpus.labels.names import folded
from corpus.labels.words import SWORN
from corpus.record import Original, Record
from corpus.transcript import Layer, Transcript
from qa.adding.drafting import draft
from qa.language import WIDESPREAD, question_language

_SAMPLE = 4000
_MAX_TITLE = 160
_TITLE_WITHIN = 6
_SUBTITLED = 2
_SHORT_HEAD = 12
_MAX_ID = 80
_NO_ID = re.compile(r"[\s/\\:*?\"<>|#%&{}$!'@+`=.\x00-\x1f\x7f-\x9f]+")
_LINES = re.compile(r"[^\r\n]+")
_GAP = re.compile(r"(?:\r\n|\r|\n)[ \t]*(?:\r\n|\r|\n)")
UNLABELLED = "no speaker label was found"


@dataclass(frozen=True)
class Source:
    """A file to be added: its name and bytes."""

    name: str
    data: bytes

    @cached_property
    def sha256(self) -> str:
        """Of the bytes, hexadecimal."""
        return hashlib.sha256(self.data).hexdigest()


@dataclass(frozen=True, slots=True)
class Prepared:
    """A document as it would stand in the archive.

    Attributes:
        id: proposed.
        source: the file.
        imported: what the file states.
        record: as TOML.
        transcript: as the archive would read it.
        text: canonical.
        map: of the text.
        said: what the head of the file states, taken for the record or not.
    """

    id: str
    source: Source
    imported: Imported
    record: str
    transcript: Transcript
    text: bytes
    map: SourceMap
    said: tuple[Said, ...]

    @property
    def in_doubt(self) -> bool:
        """Whether who speaks is not certain somewhere."""
        return bool(self.transcript.recognised.doubts)


def read_source(path: Path) -> Source:
    """Read a file whole.

    Raises:
        ImportingError: it is too large or cannot be read.
    """
    try:
        size = path.stat().st_size
        if size > MAX_ORIGINAL:
            raise ImportingError(path, f"is {size:,} bytes; split it below {MAX_ORIGINAL:,}.")
        return Source(path.name, regular_bytes(path))
    except OSError as error:
        raise ImportingError(path, f"cannot be read ({error.strerror}).") from error


def prepare(source: Source, path: Path) -> tuple[Prepared, ...]:
    """Return the documents of a file.

    Args:
        source: the file.
        path: named in errors.

    Raises:
        UnknownFormatError: it is in no format that can be read.
        ImportingError: it cannot be read, or nothing is said in it.
    """
    try:
        documents = read_original(source.data, source.name)
        several = len(documents) > 1
        return tuple(_prepared(source, one, several=several) for one in documents)
    except UnknownFormatError as error:
        raise UnknownFormatError(path, error.message) from error
    except (ImportingError, TranscriptError, RecordError) as error:
        raise ImportingError(path, error.message, error.line) from error


def _prepared(source: Source, imported: Imported, *, several: bool) -> Prepared:
    stem = source.name.rpartition(".")[0] or source.name
    document = identifier(f"{stem}-{imported.part}" if several and imported.part else stem)
    original = Original(name=source.name, sha256=source.sha256, format=imported.format)
    written = write(imported)
    try:
        data = written.text.encode()
    except UnicodeEncodeError as error:
        half = f"U+{ord(written.text[error.start]):04X}"
        raise ImportingError(
            source.name, f"holds half of a sign ({half}), which is no text; export it again."
        ) from error
    if len(data) > MAX_BYTES:
        raise ImportingError(
            source.name, f"is {len(data):,} bytes of text; split it below {MAX_BYTES:,}."
        )
    require_lines(written.text, source.name, numbered=not imported.is_placed)
    try:
        first = _parsed(
            data,
            written,
            Record(title=stem, language=_stated(imported), original=original),
            document,
        )
    except UnlabelledError:
        imported = nameless(imported)
        written = write(imported)
        data = written.text.encode()
        first = _parsed(
            data,
            written,
            Record(title=stem, language=_stated(imported), original=original),
            document,
        )
    said = _said(imported, first)
    title, language = _title(imported, first, said, stem), _language(first)
    said = tuple(one for one in said if not _is_title(one, title, first))
    imported = replace(imported, left_out=tuple(_left_out(imported, said, title)))
    heard = first.recognised.speakers
    record = draft(imported, title, language, heard, original, said)
    final = _parsed(data, written, validated(record, Path(f"{document}.toml")), document)
    if _cut(final) != _cut(first):
        # Listing who speaks must not change whose words they are.
        record = draft(imported, title, language, (), original, said)
        final = _parsed(data, written, validated(record, Path(f"{document}.toml")), document)
    sha256 = hashlib.sha256(data).hexdigest()
    source_map = SourceMap(
        imported.format, source.name, source.sha256, sha256, written.stated, written.runs,
        imported.part if several else "",
    )  # fmt: skip
    return Prepared(
        document, source, imported, record, replace(final, source=source_map), data, source_map,
        said,
    )  # fmt: skip


def _parsed(data: bytes, written: Written, record: Record, document: str) -> Transcript:
    return parse_imported(data, record, document, Path(f"{document}.txt"), written.stated)


def _cut(transcript: Transcript) -> list[tuple[int, int, str | None]]:
    return [(turn.start, turn.end, turn.speaker) for turn in transcript.turns]


def validated(toml: str, path: Path) -> Record:
    """Return a record from its TOML.

    Raises:
        RecordError: it is malformed.
    """
    try:
        return Record.model_validate(tomllib.loads(toml))
    except ValidationError as error:
        raise RecordError(
            path, first_fault(error, example=_nothing, known=_none, belongs=_nowhere).sentence
        ) from error
    except ValueError as error:
        raise RecordError(path, f"is not TOML ({error}).") from error


def _nothing(field: str) -> str:
    del field
    return ""


def _none(where: tuple[int | str, ...]) -> tuple[str, ...]:
    del where
    return ()


def _nowhere(where: tuple[int | str, ...]) -> str:
    del where
    return ""


def identifier(stem: str) -> str:
    """Return an id from a file's name: what any file name and any address can hold."""
    plain = _NO_ID.sub("-", unicodedata.normalize("NFC", stem))
    kept = "".join(c for c in plain if unicodedata.category(c) not in ("Cf", "Cs", "Co", "Cn"))
    return kept[:_MAX_ID].strip("-_ ") or "document"


def _stated(imported: Imported) -> str:
    return imported.stated.get("language", "en")


def _said(imported: Imported, transcript: Transcript) -> tuple[Said, ...]:
    """Return what the head of a file states; what its format states as well is said already."""
    said = stated_in(
        [*_head(imported, transcript), *imported.remarks], by_program=imported.by_program
    )
    settled = []
    for one in said:
        known = imported.stated.get(one.field)
        if known is not None and known.casefold() == one.value.casefold():
            continue
        agreed = known is None or bool(one.why)
        settled.append(one if agreed else replace(one, why=f"the file says {known} elsewhere"))
    return (*settled, *_unplaced(_head(imported, transcript), said))


def _unplaced(head: Sequence[str], said: Sequence[Said]) -> Iterator[Said]:
    """Yield the other lines of a short head below its first: what a title page says."""
    lines = [flat for line in head if (flat := _flat(line))]
    told = {_flat(one.words) for one in said}
    if len(lines) <= _SHORT_HEAD:
        for line in lines[1:]:
            if line not in told:
                yield Said(line, "", "", "stays in the head only")


def _head(imported: Imported, transcript: Transcript) -> list[str]:
    """Return the lines of the head, as the original has them."""
    if imported.is_placed:
        return [
            line
            for block in imported.blocks
            if block.kind is Kind.HEADER
            for line in _lines_of(block)
        ]
    regions = [region for region in transcript.regions if region.layer is Layer.HEADER]
    return [
        line
        for region in regions
        for line in transcript.text[region.start : region.end].splitlines()
    ]


def _lines_of(block: Block) -> Iterator[str]:
    """Yield the lines of the original that were run together to a paragraph."""
    lines = [""]
    before: int | None = None
    for piece in block.pieces:
        here = piece.place.line if piece.place is not None else before
        if here != before and before is not None:
            lines.append("")
        before = here
        lines[-1] += piece.text
    return (part for line in lines for part in line.split("\n"))


def _title(imported: Imported, transcript: Transcript, said: Sequence[Said], stem: str) -> str:
    """Return what the file calls itself, else the first line of its head that is a title.

    What stands in the properties of a file comes behind what it shows, and its name last.
    """
    announced = next((one.value for one in said if one.field == "title" and not one.why), "")
    stated = given_title(imported.stated.get("title", ""))
    if stated or announced:
        return stated or announced
    told = {_flat(one.words) for one in said if one.is_whole and (one.field or one.value)}
    flat = [_flat(line) for line in _head(imported, transcript)]
    heads = [
        (line, i == 0) for i, line in enumerate(flat) if not _of_hearing(" ".join(flat[i : i + 2]))
    ]
    heads = heads[:_TITLE_WITHIN] + [(_flat(line), i == 0) for i, line in enumerate(imported.above)]
    for line, is_first in heads:
        shown = given_title(line)
        plain = line not in told and ":" not in shown
        if shown and len(shown) <= _MAX_TITLE and (plain or (is_first and _has_subtitle(shown))):
            return shown
    return given_title(imported.property_title) or " ".join(stem.replace("_", " ").split()) or stem


def _is_title(said: Said, title: str, transcript: Transcript) -> bool:
    """Whether a line says nothing but the title, and perhaps the name of somebody who speaks."""
    heard = {
        folded(name)
        for one in transcript.recognised.speakers
        for name in (one.speaker, *one.labels)
    }
    known = said.is_person and not said.is_whole and folded(said.value) in heard
    return known or (not said.field and _flat(said.words) == title)


def _of_hearing(words: str) -> bool:
    """Whether lines of the head say who is sworn, or that an examination begins."""
    sworn = any(phrase in words.casefold() for phrase in SWORN)
    return sworn or examination_heading(words) is not None


def _has_subtitle(line: str) -> bool:
    """Whether a line is a title with another behind a colon, and no field with its value."""
    title, _, rest = (part.strip() for part in line.partition(":"))
    short = min(len(title.split()), len(rest.split())) < _SUBTITLED
    return not (short or announces(title) or is_catalogue(folded(title)) or ":" in rest)


def _left_out(imported: Imported, said: Sequence[Said], title: str) -> Iterator[LeftOut]:
    """Yield what is left out and is not reported as said in the head, or taken from it."""
    told = {title, *(_flat(one.words) for one in said)}
    for left in imported.left_out:
        words = tuple(one for one in left.words if _flat(one) not in told)
        gone = len(left.words) - len(words)
        if not gone or left.count != len(left.words):
            yield left
        elif words:
            yield replace(left, count=len(words), words=words)


def _flat(line: str) -> str:
    return " ".join(line.split())


def _language(transcript: Transcript) -> str | None:
    sample = ""
    for sentence in transcript.sentences:
        sample += f"{transcript.text[sentence.start : sentence.end]} "
        if len(sample) > _SAMPLE:
            break
    return question_language(sample, WIDESPREAD)


def nameless(imported: Imported) -> Imported:
    """Return a text without labels as speech of nobody who is established."""
    pieces: list[Piece] = []
    for block in imported.blocks:
        pieces += [PARAGRAPH] if pieces else []
        for piece in block.pieces:
            pieces += _cut_lines(piece)
    whole = Block(Kind.SPEECH, tuple(pieces), doubt=UNLABELLED)
    return replace(imported, blocks=(whole,))


def _cut_lines(piece: Piece) -> Iterator[Piece]:
    place = piece.place
    if place is None or place.end - place.start != len(piece.text):
        yield piece
        return
    before: int | None = None
    for line in _LINES.finditer(piece.text):
        if before is not None:
            yield PARAGRAPH if _GAP.search(piece.text, before, line.start()) else SPACE
        before = line.end()
        start = place.start + line.start()
        number = (
            None if place.line is None else place.line + piece.text.count("\n", 0, line.start())
        )
        yield Piece(line[0], replace(place, start=start, end=start + len(line[0]), line=number))
