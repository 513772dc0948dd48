"""The gate: fails on a broken promise at once, on a worse figure only with evidence."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from pydantic import BaseModel, ConfigDict, ValidationError

from corpus.files import regular_bytes
from qa.evaluation.errors import BaselineError
from qa.evaluation.evaluation import Evaluation
from qa.evaluation.measures import BY_NAME
from qa.evaluation.output import write_json
from qa.evaluation.statistics import LEAST_EFFECT, LEVEL, Difference, compare, holm

GATED = (
    "hit1", "in5", "seen_right", "answered_right", "asserted_right", "abstained_unanswerable",
    "quote_f1",
)  # fmt: skip


class Baseline(BaseModel):
    """Per-question values of an earlier run.

    Attributes:
        gold: SHA-256 of the questions' file; another file cannot be compared.
        system: name of the system.
        values: measure, then qid, then value.
    """

    model_config = ConfigDict(frozen=True)
    gold: str
    system: str
    values: Mapping[str, Mapping[str, float]]


@dataclass(frozen=True, slots=True)
class Finding:
    """One gated measure beside its baseline; p is two-sided and Holm-corrected."""

    measure: str
    before: float
    now: float
    difference: Difference
    p: float

    @property
    def regressed(self) -> bool:
        """Whether there is both an effect and evidence for it."""
        return self.difference.value <= -LEAST_EFFECT and self.p <= 1 - LEVEL


@dataclass(frozen=True, slots=True)
class GateResult:
    """What the gate found.

    Attributes:
        broken: promises that need no statistics; one is enough to fail.
        findings: every gated measure.
    """

    broken: tuple[str, ...]
    findings: tuple[Finding, ...]

    @property
    def passed(self) -> bool:
        """Whether nothing is broken and nothing regressed."""
        return not self.broken and not any(finding.regressed for finding in self.findings)


def write_baseline(path: Path, evaluation: Evaluation, gold: Path) -> None:
    """Keep a run's gated values for :func:`check`."""
    values = {name: BY_NAME[name].values(evaluation.verdicts) for name in GATED}
    write_json(path, {"gold": _sha256(gold), "system": evaluation.name, "values": values})


def read_baseline(path: Path, gold: Path) -> Baseline:
    """Read a baseline made on the same questions.

    Raises:
        BaselineError: it is missing, no baseline, or was made on another file.
    """
    try:
        baseline = Baseline.model_validate(json.loads(regular_bytes(path).decode()))
    except FileNotFoundError:
        raise BaselineError(path, "does not exist; make it with --write-baseline.") from None
    except (OSError, ValueError, RecursionError, ValidationError) as error:
        raise BaselineError(path, "is no baseline; make it with --write-baseline.") from error
    missing = [name for name in GATED if name not in baseline.values]
    if baseline.gold != _sha256(gold) or missing:
        raise BaselineError(path, f"was made on other questions than {gold.name}; make it anew.")
    return baseline


def check(evaluation: Evaluation, baseline: Baseline, seed: int) -> GateResult:
    """Compare a run with its baseline, question by question."""
    rows = []
    for name in GATED:
        before, now = baseline.values[name], BY_NAME[name].values(evaluation.verdicts)
        qids = [qid for qid in before if qid in now]
        old, new = [before[qid] for qid in qids], [now[qid] for qid in qids]
        rows.append((name, _mean(old), _mean(new), compare(old, new, seed)))
    corrected = holm([difference.p for *_, difference in rows])
    findings = tuple(Finding(*row, p) for row, p in zip(rows, corrected, strict=True))
    return GateResult(evaluation.deterministic_failures, findings)


def _mean(values: list[float]) -> float:
    return sum(values) / len(values) if values else 0.0


def _sha256(path: Path) -> str:
    return hashlib.sha256(regular_bytes(path)).hexdigest()
