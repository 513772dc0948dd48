"""Figures of ranked units: what a run finds of a public set's relevant texts."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from qa.evaluation.comparison import Comparison, in_words
from qa.evaluation.ranking import PerQuestion, TrecFiles, calculate
from qa.evaluation.sets.collection import Collection
from qa.evaluation.sets.rankers import RankedRun
from qa.evaluation.statistics import (
    NONE,
    Estimate,
    auroc_interval,
    compare,
    holm,
    mean,
    proportion,
    with_missing,
)

MEASURES = {
    "hit1": "Success@1",
    "in5": "Success@5",
    "hit10": "Success@10",
    "mrr": "RR@100",
    "p5": "P@5",
    "recall10": "R@10",
    "ndcg10": "nDCG@10",
}
WORDS = (100, 250)
COMPARED = ("hit1", "in5", "mrr")
_SHARES = ("hit1", "in5", "hit10")


@dataclass(frozen=True, slots=True)
class Scores:
    """A system's values.

    Attributes:
        name: of the system.
        values: measure, then qid, then value.
        estimates: measure to mean and interval.
    """

    name: str
    values: PerQuestion
    estimates: Mapping[str, Estimate]


def score_run(collection: Collection, run: RankedRun, seed: int) -> Scores:
    """Score one run; answerable questions without a ranking count as zero."""
    answerable = [query for query in collection.queries if query.answerable]
    trec = trec_files(collection, run)
    values = retrieval_of(trec)
    for budget in WORDS:
        values[f"recall_{budget}_words"] = {
            query.qid: _recall_at_words(
                run.ranked.get(query.qid, ()), query.relevant, collection.texts, budget
            )
            for query in answerable
        }
    estimates = estimates_of(values, seed)
    flags = [query.answerable for query in collection.queries]
    confidences = [run.confidence.get(query.qid) for query in collection.queries]
    known = bool(run.confidence)
    area = auroc_interval(with_missing(confidences, flags), flags, seed) if known else NONE
    return Scores(run.name, values, {**estimates, "auroc": area})


@dataclass(frozen=True, slots=True)
class Part:
    """What a system finds of the questions about one document.

    Attributes:
        document: its id.
        estimates: the measures of :data:`COMPARED` over its answerable questions.
    """

    document: str
    estimates: Mapping[str, Estimate]


def by_document(collection: Collection, scores: Scores, seed: int) -> list[Part]:
    """Return figures for every document that questions are confined to, in order of its name."""
    asked: dict[str, list[str]] = {}
    for query in collection.queries:
        if query.document is not None and query.answerable:
            asked.setdefault(query.document, []).append(query.qid)
    return [
        Part(
            document,
            estimates_of({m: {q: scores.values[m][q] for q in qids} for m in COMPARED}, seed),
        )
        for document, qids in sorted(asked.items())
    ]


def trec_files(collection: Collection, run: RankedRun) -> TrecFiles:
    """Return judgments and run; a question whose gold is no unit can only be lost."""
    trec = TrecFiles()
    for query in collection.queries:
        if query.answerable:
            trec.qrels[query.qid] = dict(query.relevant) or {"no-unit": 1}
            units = run.ranked.get(query.qid, ())
            trec.run[query.qid] = {u: float(len(units) - rank) for rank, u in enumerate(units)}
    return trec


def compare_scores(scores: Sequence[Scores], seed: int) -> list[Comparison]:
    """Compare every system with the first; p is Holm-corrected over its measures."""
    rows = []
    for other in scores[1:]:
        found = []
        for name in COMPARED:
            first, second = scores[0].values[name], other.values[name]
            pairs = [(first[qid], second[qid]) for qid in first if qid in second]
            found.append(compare([a for a, _ in pairs], [b for _, b in pairs], seed))
        for name, d, p in zip(COMPARED, found, holm([d.p for d in found]), strict=True):
            words = in_words(d, p)
            rows.append(Comparison(name, scores[0].name, other.name, replace(d, p=p), words))
    return rows


def retrieval_of(trec: TrecFiles) -> PerQuestion:
    """Return every measure of every judged question."""
    values = calculate(trec, list(MEASURES.values()))
    return {name: values[measure] for name, measure in MEASURES.items()}


def estimates_of(values: PerQuestion, seed: int) -> dict[str, Estimate]:
    """Return the mean of every measure with its interval."""
    return {
        name: proportion([value == 1.0 for value in found.values()])
        if name in _SHARES
        else mean(list(found.values()), seed)
        for name, found in values.items()
    }


def _recall_at_words(
    ranked: Sequence[str], relevant: Mapping[str, int], texts: Mapping[str, str], budget: int
) -> float:
    """Return the share of the relevant units' words among the units that fit into the budget."""
    wanted = sum(len(texts[unit].split()) for unit in relevant)
    read = found = 0
    for unit in ranked:
        words = len(texts[unit].split())
        read += words
        if read > budget:
            break
        found += words if unit in relevant else 0
    return found / wanted if wanted else 0.0
