"""What is written: an evaluation as JSON, and failures as gold to correct and evaluate again.

``docs/evaluation.md`` documents the keys.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Sequence
from dataclasses import asdict, replace
from pathlib import Path

import numpy as np

from corpus.files import regular_bytes
from corpus.judgments import Question, question_object
from qa.evaluation.comparison import Comparison
from qa.evaluation.evaluation import Cost, Evaluation
from qa.evaluation.statistics import Estimate
from qa.evaluation.verdicts import Verdict

SCHEMA = 1
_DIGITS = 6


def evaluation_object(
    evaluation: Evaluation, gold: Path, comparisons: Sequence[Comparison] = ()
) -> dict[str, object]:
    """Return everything measured as JSON values.

    Args:
        evaluation: of the system in question.
        gold: the questions' file; its name and hash are stated, not its folder.
        comparisons: with other systems.
    """
    n = len(evaluation.verdicts)
    return {
        "schema": SCHEMA,
        "system": evaluation.name,
        "gold": {"file": gold.name, "sha256": hashlib.sha256(regular_bytes(gold)).hexdigest()},
        "seed": evaluation.seed,
        "questions": {"value": n, "low": n, "high": n, "n": n},
        **measures_object(evaluation),
        "risk": evaluation.risk,
        "curve": [
            {"coverage": _short(p.coverage), "risk": _short(p.risk), "confidence": p.confidence}
            for p in evaluation.curve
        ],
        "slices": slices_object(evaluation),
        "cost": cost_object(evaluation.cost),
        "failures": list(evaluation.deterministic_failures),
        "notes": list(evaluation.notes),
        "comparisons": [asdict(comparison) for comparison in comparisons],
        "items": [_item(verdict) for verdict in evaluation.verdicts],
    }


def measures_object(evaluation: Evaluation) -> dict[str, object]:
    """Return the measures of a run by name."""
    return {name: estimate_object(e) for name, e in evaluation.estimates.items()}


def slices_object(evaluation: Evaluation) -> list[dict[str, object]]:
    """Return the measures of every part of the questions."""
    return [
        {
            "dimension": part.dimension,
            "value": part.value,
            "questions": part.questions,
            **{name: estimate_object(e) for name, e in part.estimates.items()},
        }
        for part in evaluation.slices
    ]


def estimate_object(estimate: Estimate) -> dict[str, float | int | None]:
    """Return value, interval and count; null where there was nothing to measure."""
    return {
        "value": _short(estimate.value),
        "low": _short(estimate.low),
        "high": _short(estimate.high),
        "n": estimate.n,
    }


def cost_object(cost: Cost) -> dict[str, object]:
    """Return percentiles of every stage and the whole run in seconds, peak memory in bytes."""
    return {
        "stages": {
            stage: {"p50": percentile(times, 50), "p95": percentile(times, 95), "n": len(times)}
            for stage, times in cost.stages.items()
        },
        "peak_bytes": cost.peak_bytes,
        "seconds": _short(cost.seconds),
    }


def percentile(values: Sequence[float], share: float) -> float:
    """Return a percentile, interpolated between neighbours."""
    return round(float(np.percentile(values, share)), _DIGITS)


def write_json(path: Path, value: object) -> None:
    """Write JSON that a person can read and a diff can show."""
    path.parent.mkdir(parents=True, exist_ok=True)
    text = json.dumps(value, ensure_ascii=False, indent=1, allow_nan=False)
    path.write_text(text + "\n", encoding="utf-8")


def _item(verdict: Verdict) -> dict[str, object]:
    return {
        "qid": verdict.question.qid,
        "outcome": verdict.outcome.value,
        "right": verdict.outcome.right,
        "confidence": verdict.confidence,
        "hit1": verdict.retrieval.get("Success@1"),
        "in5": verdict.retrieval.get("Success@5"),
        "reciprocal_rank": verdict.retrieval.get("RR"),
        "quote_f1": verdict.coverage.f1 if verdict.coverage else None,
    }


def _short(value: float | None) -> float | None:
    return None if value is None else round(value, _DIGITS)


_SAID = re.compile(r"\s*\[The system: .*\]", re.DOTALL)
"""What an earlier export has added to a note."""


def export_failures(path: Path, verdicts: Sequence[Verdict]) -> int:
    """Write every question that went wrong in the gold format and return how many there are.

    Nothing is written where nothing went wrong: a file without questions is no gold. The gold
    stays as it is; the note says what the system did, so that a curator can see whether the
    answer or the gold is at fault.
    """
    failed = [_noted(verdict) for verdict in verdicts if not verdict.outcome.right]
    if failed:
        write_questions(path, failed)
    return len(failed)


def write_questions(path: Path, questions: Sequence[Question]) -> None:
    """Write questions in the gold format, one object a line."""
    path.parent.mkdir(parents=True, exist_ok=True)
    lines = [json.dumps(question_object(q), ensure_ascii=False) + "\n" for q in questions]
    path.write_text("".join(lines), encoding="utf-8")


def _noted(verdict: Verdict) -> Question:
    said = f"The system: {verdict.outcome.value}"
    response = verdict.response
    if response is not None:
        if response.confidence is not None:
            said += f", confidence {response.confidence:.2f}"
        for quote in response.quotes if response.answered else response.ranked[:1]:
            place = f"{quote.document} {quote.start}-{quote.end}"
            said += f"; {'quoted' if response.answered else 'nearest'} {place}: {quote.text!r}"
    note = f"{_SAID.sub('', verdict.question.note)} [{said}]".strip()
    return replace(verdict.question, note=note)
