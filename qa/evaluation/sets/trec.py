"""Judgments, runs and topics: TREC files, and BEIR's judgments of three columns."""

from __future__ import annotations

import math
import re
from collections.abc import Container, Mapping
from pathlib import Path

from qa.evaluation.errors import CollectionError
from qa.evaluation.sets.lines import numbered, read_text

Judged = dict[str, dict[str, int]]
"""Question, then unit, then grade; 0 and less for judged and not relevant."""

_HEADINGS = frozenset({"score", "grade", "relevance", "relevant", "rel", "label"})
_BEIR, _TREC = 3, 4


def read_qrels(
    path: Path, qids: Container[str] | None = None, units: Container[str] | None = None
) -> Judged:
    """Read judgments: question, unit, grade; or question, iteration, unit, grade.

    Columns are separated by tabs, or by white space where a line has no tab. Blank lines are
    skipped, and so is a heading.

    Args:
        path: the file.
        qids: the questions asked; a judgment of another would vanish from every figure.
        units: what can be found; a relevant one besides would only lower every figure.

    Raises:
        CollectionError: a line is no judgment, contradicts another, judges what is not there, or
            there is none.
    """
    judged: Judged = {}
    for number, line in numbered(path):
        fields = [f.strip() for f in line.split("\t")] if "\t" in line else line.split()
        if not judged and fields[-1].casefold() in _HEADINGS:
            continue
        if len(fields) not in (_BEIR, _TREC):
            message = "needs question, unit and grade, or TREC's four columns."
            raise CollectionError(path, message, number)
        qid, unit, grade = fields[0], fields[-2], fields[-1]
        try:
            value = int(grade)
        except ValueError:
            raise CollectionError(path, f"has no whole number as grade: {grade!r}.", number) from (
                None
            )
        if qids is not None and qid not in qids:
            message = f"judges '{qid}', which is not in queries.jsonl."
            raise CollectionError(path, message, number)
        if units is not None and value > 0 and unit not in units:
            raise CollectionError(path, f"judges '{unit}', which is no unit of the set.", number)
        if judged.setdefault(qid, {}).setdefault(unit, value) != value:
            raise CollectionError(path, f"judges '{unit}' for '{qid}' a second time.", number)
    if not judged:
        raise CollectionError(path, "holds no judgment.")
    return judged


def relevant(judged: Judged) -> Judged:
    """Return the judgments without units that are not relevant."""
    return {
        qid: {unit: grade for unit, grade in units.items() if grade > 0}
        for qid, units in judged.items()
    }


_TOPIC = re.compile(r"<top>(.*?)</top>", re.DOTALL | re.IGNORECASE)
_NUMBER = re.compile(r"<num>\s*(?:Number:)?\s*([^\s<]+)", re.IGNORECASE)
_TITLE = re.compile(r"<title>\s*(?:Topic:)?\s*([^<]*)", re.IGNORECASE)

_RUN = 6

Ranked = dict[str, dict[str, float]]
"""Topic, then document, then score."""


def read_trec(qrels: Path, runs: Mapping[str, Path]) -> tuple[Judged, dict[str, Ranked]]:
    """Read judgments, and runs by name.

    Raises:
        CollectionError: a file cannot be read or is not in TREC format, or a run ranks none of
            the judged topics.
    """
    judged = read_qrels(qrels)
    found = {}
    for name, path in runs.items():
        found[name] = read_run(path)
        if not set(found[name]) & set(judged):
            raise CollectionError(path, f"ranks no topic that {qrels.name} judges.")
    return judged, found


def read_run(path: Path) -> Ranked:
    """Read a run: topic, ``Q0``, document, rank, score, name; the score ranks.

    Raises:
        CollectionError: a line is none of a run, or ranks a document twice.
    """
    ranked: Ranked = {}
    for number, line in numbered(path):
        fields = line.split()
        score = _number(fields[4]) if len(fields) == _RUN else None
        if score is None:
            message = "is no line of a TREC run: topic, Q0, document, rank, score, name."
            raise CollectionError(path, message, number)
        topic, _, document, *_ = fields
        if document in ranked.setdefault(topic, {}):
            raise CollectionError(path, f"ranks '{document}' for '{topic}' twice.", number)
        ranked[topic][document] = score
    return ranked


def _number(text: str) -> float | None:
    try:
        value = float(text)
    except ValueError:
        return None
    return value if math.isfinite(value) else None


def read_topics(path: Path) -> dict[str, str]:
    """Read topics: TREC's ``<top>`` blocks, or lines of number, tab and question.

    Raises:
        CollectionError: neither is found.
    """
    text = read_text(path)
    blocks = _TOPIC.findall(text)
    if blocks:
        numbers = [(_NUMBER.search(block), _TITLE.search(block)) for block in blocks]
        topics = {n[1]: " ".join(t[1].split()) if t else "" for n, t in numbers if n}
    else:
        rows = [line.split("\t", 1) for line in text.splitlines() if line.strip()]
        topics = {row[0].strip(): row[1].strip() for row in rows if len(row) > 1}
    if not topics:
        raise CollectionError(path, "holds no topic: neither <top> blocks nor lines with a tab.")
    return topics
