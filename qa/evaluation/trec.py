"""TREC files: judgments and runs by ``ir-measures``, topics here."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path

from qa.evaluation.errors import CollectionError

_TOPIC = re.compile(r"<top>(.*?)</top>", re.DOTALL | re.IGNORECASE)
_NUMBER = re.compile(r"<num>\s*(?:Number:)?\s*([^\s<]+)", re.IGNORECASE)
_TITLE = re.compile(r"<title>\s*(?:Topic:)?\s*([^<]*)", re.IGNORECASE)

Judged = dict[str, dict[str, int]]
Ranked = dict[str, dict[str, float]]


def read_trec(qrels: Path, runs: Sequence[Path]) -> tuple[Judged, dict[str, Ranked]]:
    """Read judgments and runs; a run is named after its file.

    Raises:
        CollectionError: a file cannot be read or is not in TREC format, or a run ranks none of
            the judged topics.
    """
    import ir_measures

    judged: Judged = {}
    try:
        for judgment in ir_measures.read_trec_qrels(  # type: ignore[no-untyped-call]
            str(qrels)
        ):
            judged.setdefault(judgment.query_id, {})[judgment.doc_id] = judgment.relevance
    except (OSError, ValueError) as error:
        raise CollectionError(qrels, f"holds no TREC judgments ({error}).") from error
    found: dict[str, Ranked] = {}
    for path in runs:
        ranked: Ranked = {}
        try:
            for scored in ir_measures.read_trec_run(  # type: ignore[no-untyped-call]
                str(path)
            ):
                ranked.setdefault(scored.query_id, {})[scored.doc_id] = scored.score
        except (OSError, ValueError) as error:
            raise CollectionError(path, f"holds no TREC run ({error}).") from error
        if not set(ranked) & set(judged):
            raise CollectionError(path, f"ranks no topic that {qrels.name} judges.")
        found[path.stem] = ranked
    return judged, found


def read_topics(path: Path) -> dict[str, str]:
    """Read topics: TREC's ``<top>`` blocks, or lines of number, tab and question.

    Raises:
        CollectionError: neither is found.
    """
    try:
        text = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise CollectionError(path, f"cannot be read ({error}).") from error
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
