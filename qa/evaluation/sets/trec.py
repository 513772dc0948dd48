"""TREC files: judgments, runs and topics."""

from __future__ import annotations

import math
import re
from collections.abc import Mapping
from pathlib import Path

from qa.evaluation.errors import CollectionError
from qa.evaluation.sets.lines import numbered, read_text
from qa.evaluation.sets.qrels import Judged, read_qrels

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
