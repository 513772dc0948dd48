"""Readers of public question sets: dialogue folders, BEIR folders, SQuAD files. No network."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from qa.evaluation.collection import Collection, GoldRange, Query, Unit
from qa.evaluation.errors import CollectionError

Row = dict[str, Any]


def read_collection(path: Path) -> Collection:
    """Read a question set, telling its format from its files.

    Args:
        path: a folder with ``corpus.jsonl`` and ``queries.jsonl`` (dialogue or BEIR format), or
            a SQuAD file, version 1 or 2.

    Raises:
        CollectionError: it is none of these, or a line of it cannot be used.
    """
    if not path.is_dir():
        return read_squad(path)
    if not (path / "corpus.jsonl").is_file() or not (path / "queries.jsonl").is_file():
        raise CollectionError(path, "holds no corpus.jsonl and queries.jsonl; name such a folder.")
    first = next(_rows(path / "corpus.jsonl"), (0, {}))[1]
    return read_beir(path) if "_id" in first else read_dialogues(path)


def read_dialogues(folder: Path) -> Collection:
    """Read turns and questions: the simple format that ``docs/evaluation.md`` describes."""
    try:
        units = tuple(
            Unit(f"{row['doc_id']}:{row['turn']}", row["doc_id"], row["text"], row.get("speaker"))
            for _, row in _rows(folder / "corpus.jsonl")
        )
        relevant = _qrels(folder / "qrels.tsv")
        ranges = _ranges(folder / "answers.jsonl")
        queries = tuple(
            Query(
                qid=row["qid"],
                text=row["text"],
                document=row.get("doc_id"),
                answerable=row.get("answerable", True),
                relevant=relevant.get(row["qid"], {}),
                history=tuple(row.get("history") or ()),
                ranges=ranges.get(row["qid"], ()),
            )
            for _, row in _rows(folder / "queries.jsonl")
        )
    except KeyError as error:
        raise CollectionError(folder, f"has a line without {error}.") from error
    return _checked(Collection(_name(folder), units, queries), folder)


def read_beir(folder: Path) -> Collection:
    """Read a BEIR folder: ``_id``, ``title``, ``text``; ``qrels/test.tsv`` or the only file there.

    N. Thakur et al., "BEIR: A Heterogeneous Benchmark for Zero-shot Evaluation of Information
    Retrieval Models", NeurIPS Datasets and Benchmarks 2021.
    """
    files = sorted((folder / "qrels").glob("*.tsv"))
    chosen = [f for f in files if f.stem == "test"] or files
    if not chosen:
        raise CollectionError(folder, "has no judgments; put qrels/test.tsv there.")
    relevant = _qrels(chosen[0])
    try:
        units = tuple(
            Unit(row["_id"], row["_id"], f"{row.get('title') or ''} {row['text']}".strip())
            for _, row in _rows(folder / "corpus.jsonl")
        )
        queries = tuple(
            Query(row["_id"], row["text"], None, True, relevant[row["_id"]])
            for _, row in _rows(folder / "queries.jsonl")
            if row["_id"] in relevant
        )
    except KeyError as error:
        raise CollectionError(folder, f"has a line without {error}.") from error
    return _checked(Collection(_name(folder), units, queries), folder)


def read_squad(path: Path) -> Collection:
    """Read a SQuAD file: paragraphs are units, a question is confined to its article.

    P. Rajpurkar, R. Jia and P. Liang, "Know What You Don't Know: Unanswerable Questions for
    SQuAD", ACL 2018.
    """
    try:
        articles = json.loads(path.read_text(encoding="utf-8"))["data"]
        units: list[Unit] = []
        queries: list[Query] = []
        for article in articles:
            for number, paragraph in enumerate(article["paragraphs"]):
                unit = Unit(f"{article['title']}:{number}", article["title"], paragraph["context"])
                units.append(unit)
                queries += [_squad_query(row, unit) for row in paragraph["qas"]]
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise CollectionError(path, "is no SQuAD file; name one, or a folder.") from error
    return _checked(Collection(path.stem, tuple(units), tuple(queries)), path)


def _squad_query(row: Row, unit: Unit) -> Query:
    possible = not row.get("is_impossible", False)
    found = {(a["answer_start"], a["answer_start"] + len(a["text"])) for a in row["answers"]}
    return Query(
        qid=row["id"],
        text=row["question"],
        document=unit.document,
        answerable=possible,
        relevant={unit.id: 1} if possible else {},
        ranges=tuple(GoldRange(unit.id, *span) for span in sorted(found)) if possible else (),
    )


def _qrels(path: Path) -> dict[str, dict[str, int]]:
    """Read ``qid, unit, grade`` separated by tabs, with or without a heading."""
    relevant: dict[str, dict[str, int]] = {}
    try:
        with path.open(encoding="utf-8", newline="") as file:
            for number, row in enumerate(csv.reader(file, delimiter="\t"), start=1):
                if number == 1 and not row[-1].strip().lstrip("-").isdigit():
                    continue
                qid, unit, grade = row
                if int(grade) > 0:
                    relevant.setdefault(qid, {})[unit] = int(grade)
    except OSError as error:
        raise CollectionError(path, f"cannot be read ({error.strerror}).") from error
    except ValueError as error:
        raise CollectionError(path, "needs question, unit and grade by tabs.", number) from error
    return relevant


def _ranges(path: Path) -> dict[str, tuple[GoldRange, ...]]:
    """Read the answering characters; spans without offsets (names of speakers) are left out."""
    if not path.is_file():
        return {}
    return {
        row["qid"]: tuple(
            GoldRange(f"{span['doc_id']}:{span['turn']}", span["start"], span["end"])
            for span in row["spans"]
            if span.get("start") is not None
        )
        for _, row in _rows(path)
    }


def _rows(path: Path) -> Iterator[tuple[int, Row]]:
    try:
        with path.open(encoding="utf-8") as file:
            for number, line in enumerate(file, start=1):
                if line.strip():
                    yield number, _row(line, path, number)
    except OSError as error:
        raise CollectionError(path, f"cannot be read ({error.strerror}).") from error


def _row(line: str, path: Path, number: int) -> Row:
    try:
        row = json.loads(line)
    except ValueError as error:
        raise CollectionError(path, f"is not JSON: {error}.", number) from error
    if not isinstance(row, dict):
        raise CollectionError(path, "is no JSON object.", number)
    return row


def _checked(collection: Collection, path: Path) -> Collection:
    """Refuse judgments of units that do not exist, which would only lower every figure."""
    if len(collection.texts) != len(collection.units):
        raise CollectionError(path, "has a unit id twice; ids must be unique.")
    for query in collection.queries:
        strangers = [unit for unit in query.relevant if unit not in collection.texts]
        if strangers:
            raise CollectionError(path, f"judges '{strangers[0]}', which is no unit of it.")
    return collection


def _name(folder: Path) -> str:
    return "/".join(folder.resolve().parts[-2:])
