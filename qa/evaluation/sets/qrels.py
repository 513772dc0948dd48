"""Relevance judgments: BEIR's three columns with a heading, or TREC's four without."""

from __future__ import annotations

from collections.abc import Container
from pathlib import Path

from qa.evaluation.errors import CollectionError
from qa.evaluation.sets.lines import numbered

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
