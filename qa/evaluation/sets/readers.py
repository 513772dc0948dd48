"""Public question sets in the formats they come in, and as a folder of dialogues. No network."""

from __future__ import annotations

import json
from collections.abc import Callable, Container, Iterable, Mapping
from pathlib import Path

from pydantic import Field

from qa.evaluation.errors import CollectionError
from qa.evaluation.sets.collection import Collection, GoldRange, Query, Unit
from qa.evaluation.sets.lines import R, Record, numbered, records
from qa.evaluation.sets.published import read_file
from qa.evaluation.sets.spoken import is_meetings, read_meetings
from qa.evaluation.sets.trec import read_qrels, relevant


class _BeirUnit(Record):
    id: str = Field(alias="_id")
    title: str | None = None
    text: str


class _BeirQuery(Record):
    id: str = Field(alias="_id")
    text: str


class _Turn(Record):
    doc_id: str
    turn: int
    text: str
    speaker: str | None = None


class _Asked(Record):
    qid: str
    text: str
    doc_id: str | None = None
    answerable: bool = True
    history: tuple[str, ...] | None = None


class _Place(Record):
    doc_id: str | None = None
    turn: int | None = None
    start: int | None = None
    end: int | None = None
    text: str | None = None


class _Answers(Record):
    qid: str
    spans: tuple[_Place, ...]


def read_collection(path: Path) -> Collection:
    """Read a question set, telling its format from its files.

    Args:
        path: a folder with ``corpus.jsonl`` and ``queries.jsonl`` (dialogue or BEIR format), or
            what :mod:`qa.evaluation.sets.published` reads.

    Raises:
        CollectionError: it is none of these, or a line of it cannot be used.
    """
    if not path.is_dir():
        return read_file(path)
    if is_meetings(path):
        return read_meetings(path)
    for name in ("corpus.jsonl", "queries.jsonl"):
        if not (path / name).is_file():
            raise CollectionError(path, f"holds no {name}; name a folder with such a file.")
    first = next(numbered(path / "corpus.jsonl"), (0, ""))[1]
    read = read_beir if '"_id"' in first else read_dialogues
    return read(path)


def read_dialogues(folder: Path) -> Collection:
    """Read turns and questions: the simple format that ``docs/evaluation.md`` describes."""
    turns = _unique(folder / "corpus.jsonl", _Turn, lambda row: f"{row.doc_id}:{row.turn}")
    asked = _unique(folder / "queries.jsonl", _Asked, lambda row: row.qid)
    units = tuple(Unit(name, row.doc_id, row.text, row.speaker) for name, row in turns.items())
    judged = relevant(read_qrels(folder / "qrels.tsv", asked, turns))
    ranges = _ranges(folder / "answers.jsonl", {unit.id: unit.text for unit in units}, asked)
    queries = tuple(
        Query(
            qid=row.qid,
            text=row.text,
            document=row.doc_id,
            answerable=row.answerable,
            relevant=judged.get(row.qid, {}),
            history=row.history or (),
            ranges=ranges.get(row.qid, ()),
        )
        for row in asked.values()
    )
    return Collection(_name(folder), units, queries)


def read_beir(folder: Path) -> Collection:
    """Read a BEIR folder: ``_id``, ``title``, ``text``; ``qrels/test.tsv`` or the only file there.

    Questions that are not judged are left out. N. Thakur et al., "BEIR: A Heterogeneous Benchmark
    for Zero-shot Evaluation of Information Retrieval Models", NeurIPS Datasets and Benchmarks
    2021.
    """
    files = sorted((folder / "qrels").glob("*.tsv"))
    chosen = [f for f in files if f.stem == "test"] or files
    if not chosen:
        raise CollectionError(folder, "has no judgments; put qrels/test.tsv there.")
    if len(chosen) > 1:
        names = ", ".join(file.name for file in chosen)
        message = f"holds several judgments ({names}); name the one to use test.tsv."
        raise CollectionError(folder / "qrels", message)
    texts = _unique(folder / "corpus.jsonl", _BeirUnit, lambda row: row.id)
    asked = _unique(folder / "queries.jsonl", _BeirQuery, lambda row: row.id)
    units = tuple(
        Unit(name, name, f"{row.title or ''} {row.text}".strip()) for name, row in texts.items()
    )
    judged = relevant(read_qrels(chosen[0], asked, texts))
    queries = tuple(
        Query(qid, row.text, None, True, judged[qid]) for qid, row in asked.items() if qid in judged
    )
    return Collection(_name(folder), units, queries)


def _unique(path: Path, kind: type[R], name_of: Callable[[R], str]) -> dict[str, R]:
    """Read records by name, refusing a name that stands twice and a file without any."""
    found: dict[str, R] = {}
    for number, row in records(path, kind):
        name = name_of(row)
        if name in found:
            raise CollectionError(path, f"has '{name}' twice; ids must be unique.", number)
        found[name] = row
    if not found:
        raise CollectionError(path, "is empty; there is nothing to measure.")
    return found


def _ranges(
    path: Path, texts: Mapping[str, str], qids: Container[str]
) -> dict[str, tuple[GoldRange, ...]]:
    """Read the answering characters; spans without offsets (names of speakers) are left out."""
    if not path.is_file():
        return {}
    found: dict[str, tuple[GoldRange, ...]] = {}
    for number, row in records(path, _Answers):
        if row.qid not in qids:
            message = f"answers '{row.qid}', which is not in queries.jsonl."
            raise CollectionError(path, message, number)
        if row.qid in found:
            raise CollectionError(path, f"answers '{row.qid}' twice; keep one.", number)
        places = [place for place in row.spans if place.start is not None]
        found[row.qid] = tuple(_range(place, texts, path, number) for place in places)
    return found


def _range(place: _Place, texts: Mapping[str, str], path: Path, number: int) -> GoldRange:
    unit = f"{place.doc_id}:{place.turn}"
    start, end = place.start or 0, place.end or 0
    if unit not in texts:
        raise CollectionError(path, f"has an answer in '{unit}', which is no turn.", number)
    held = texts[unit][start:end] if 0 <= start < end <= len(texts[unit]) else ""
    if not held or place.text not in (None, held):
        message = f"has {place.text!r} at {start}-{end} of '{unit}', where the text is {held!r}."
        raise CollectionError(path, message, number)
    return GoldRange(unit, start, end)


def _name(folder: Path) -> str:
    return "/".join(folder.resolve().parts[-2:])


def write_dialogues(collection: Collection, folder: Path) -> None:
    """Write a set for :func:`read_dialogues`.

    Args:
        collection: every unit's id is its document, a colon and its number.
        folder: made if it does not exist; files of the same names are replaced.
    """
    folder.mkdir(parents=True, exist_ok=True)
    texts = collection.texts
    _write_lines(
        folder / "corpus.jsonl",
        (
            {"doc_id": u.document, "turn": _turn(u.id), "speaker": u.speaker, "text": u.text}
            for u in collection.units
        ),
    )
    _write_lines(
        folder / "queries.jsonl",
        (
            {
                "qid": q.qid,
                "doc_id": q.document,
                "text": q.text,
                "history": list(q.history),
                "answerable": q.answerable,
            }
            for q in collection.queries
        ),
    )
    _write_lines(
        folder / "answers.jsonl",
        (
            {
                "qid": query.qid,
                "spans": [
                    {
                        "doc_id": gold.unit.rpartition(":")[0],
                        "turn": _turn(gold.unit),
                        "start": gold.start,
                        "end": gold.end,
                        "text": texts[gold.unit][gold.start : gold.end],
                    }
                    for gold in query.ranges
                ],
            }
            for query in collection.queries
        ),
    )
    judged = [
        f"{query.qid}\t{unit}\t{grade}\n"
        for query in collection.queries
        for unit, grade in query.relevant.items()
    ]
    (folder / "qrels.tsv").write_text("".join(judged), encoding="utf-8")


def _turn(unit: str) -> int:
    return int(unit.rpartition(":")[2])


def _write_lines(path: Path, rows: Iterable[dict[str, object]]) -> None:
    lines = [json.dumps(row, ensure_ascii=False) + "\n" for row in rows]
    path.write_text("".join(lines), encoding="utf-8")
