"""Two or more runs on the same questions: is the difference real?"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from qa.evaluation.evaluation import Evaluation
from qa.evaluation.measures import BY_NAME, Measure
from qa.evaluation.statistics import LEAST_EFFECT, LEVEL, Difference, compare, holm

COMPARED = ("hit1", "in5", "mrr", "decisions_right", "quote_f1")
"""Few, since correcting for many comparisons costs power."""


@dataclass(frozen=True, slots=True)
class Comparison:
    """One measure of two runs.

    Attributes:
        measure: its name.
        first: name of the run compared with.
        other: name of the run whose gain or loss is stated.
        difference: other minus first; its p is Holm-corrected over the measures.
        verdict: in words.
    """

    measure: str
    first: str
    other: str
    difference: Difference
    verdict: str


def compare_runs(
    first: Evaluation, other: Evaluation, seed: int, measures: Sequence[str] = COMPARED
) -> tuple[Comparison, ...]:
    """Compare two runs measure by measure.

    Raises:
        ValueError: they were not made on the same questions.
    """
    if [v.question.qid for v in first.verdicts] != [v.question.qid for v in other.verdicts]:
        raise ValueError("Only runs on the same questions can be compared.")
    chosen = [BY_NAME[name] for name in measures]
    found = [_difference(measure, first, other, seed) for measure in chosen]
    corrected = holm([difference.p for difference in found])
    return tuple(
        Comparison(
            m.name, first.name, other.name, replace(d, p=p), in_words(d, p, m.higher_is_better)
        )
        for m, d, p in zip(chosen, found, corrected, strict=True)
    )


def in_words(difference: Difference, p: float, higher_is_better: bool = True) -> str:
    """Return what the difference means for the other run.

    Args:
        difference: other minus first.
        p: corrected for the number of comparisons.
        higher_is_better: direction of improvement.
    """
    if not difference.n:
        return "nothing to compare"
    if p <= 1 - LEVEL:
        return "better" if (difference.value > 0) is higher_is_better else "worse"
    if difference.value == 0 and not difference.detectable:
        return "the same on every question"
    if difference.detectable is None or difference.detectable > LEAST_EFFECT:
        return "too few questions to tell"
    return "no difference"


def _difference(measure: Measure, first: Evaluation, other: Evaluation, seed: int) -> Difference:
    values = measure.values(first.verdicts)
    others = measure.values(other.verdicts)
    shared = [qid for qid in values if qid in others]
    return compare([values[q] for q in shared], [others[q] for q in shared], seed)
