"""Retrieval measures by ``ir-measures``, and the TREC files it reads.

Passages of an answer are not known beforehand, so judgments are made from what was ranked
(*pooled*): a quote is a document of its own, relevant if right. For recall and nDCG a quote
claims all gold spans that it is the first to hit, so that finding one span twice earns nothing
and finding two with one quote earns both.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import quote as percent_encode

from corpus.judgments import GoldSet, Question
from qa.evaluation.matching import claims, is_right
from qa.evaluation.responses import Cited, Responses

HITS = ("Success@1", "Success@3", "Success@5", "Success@10", "RR", "P@1", "P@5")
GAIN = "nDCG@10"
DEPTHS = range(1, 11)
"""After how many quotes recall is measured."""
UNFOUND = "unfound"
"""Relevant and never ranked: keeps a question in the judgments when no right quote was found."""

PerQuestion = dict[str, dict[str, float]]
"""Measure, then qid, then value."""


@dataclass
class TrecFiles:
    """Judgments and a run as TREC has them: query, document, relevance or score."""

    qrels: dict[str, dict[str, int]] = field(default_factory=dict)
    run: dict[str, dict[str, float]] = field(default_factory=dict)

    def write(self, folder: Path, name: str) -> None:
        """Write ``<name>.qrels`` and ``<name>.run``; spaces in ids are percent-encoded."""
        folder.mkdir(parents=True, exist_ok=True)
        judged = [
            f"{trec_id(qid)} 0 {trec_id(doc)} {relevance}"
            for qid, docs in self.qrels.items()
            for doc, relevance in docs.items()
        ]
        ranked = [
            f"{trec_id(qid)} Q0 {trec_id(doc)} {rank} {score:.6f} {trec_id(name)}"
            for qid, docs in self.run.items()
            for rank, (doc, score) in enumerate(sorted(docs.items(), key=lambda d: -d[1]), 1)
        ]
        (folder / f"{name}.qrels").write_text("\n".join(judged) + "\n", encoding="utf-8")
        (folder / f"{name}.run").write_text("\n".join(ranked) + "\n", encoding="utf-8")


def trec_id(text: str) -> str:
    """Return an id that can stand in a TREC file, whose fields are separated by white space."""
    return percent_encode(text, safe=":/#-_.~") or "-"


def calculate(trec: TrecFiles, measures: Sequence[str]) -> PerQuestion:
    """Return every measure of every judged question; one that was not ranked counts as zero."""
    import ir_measures

    values: PerQuestion = {name: {} for name in measures}
    if not any(trec.qrels.values()):
        return values
    parsed = [ir_measures.parse_measure(name) for name in measures]
    names = dict(zip(parsed, measures, strict=True))
    for found in ir_measures.iter_calc(parsed, trec.qrels, trec.run):
        values[names[found.measure]][found.query_id] = float(found.value)
    return values


def pooled(questions: Iterable[Question], responses: Responses) -> TrecFiles:
    """Return the answerable questions with each ranked quote as a document, relevant if right."""
    trec = TrecFiles()
    for question in questions:
        if not question.answerable:
            continue
        ranked = _ranked(responses, question.qid)
        spans = [span for gold in question.acceptable for span in gold]
        judged = {_name(cited): int(is_right(cited, spans)) for cited in ranked}
        trec.qrels[question.qid] = judged if any(judged.values()) else {**judged, UNFOUND: 1}
        trec.run[question.qid] = _scored(_name(cited) for cited in ranked)
    return trec


def claimed(questions: Iterable[Question], responses: Responses) -> TrecFiles:
    """Return one query for each acceptable set.

    A quote's relevance is the number of spans that it claims; a span that none claims is a
    document of its own, never ranked. The query of the n-th set is ``<qid>#<n>``;
    :func:`best_of_sets` joins them again.
    """
    trec = TrecFiles()
    for question in questions:
        ranked = _ranked(responses, question.qid)
        for number, gold in enumerate(question.acceptable):
            qid = f"{question.qid}#{number}"
            new = claims(ranked, gold)
            lost = set(range(len(gold))).difference(*new)
            found = {_name(cited): len(spans) for cited, spans in zip(ranked, new, strict=True)}
            trec.qrels[qid] = found | {f"span-{n}": 1 for n in sorted(lost)}
            trec.run[qid] = _scored(found)
    return trec


def best_of_sets(values: Mapping[str, float]) -> dict[str, float]:
    """Return the best value over the acceptable sets of each question."""
    best: dict[str, float] = {}
    for query, value in values.items():
        qid = query.rpartition("#")[0]
        best[qid] = max(value, best.get(qid, 0.0))
    return best


def retrieval(questions: Sequence[Question], responses: Responses) -> PerQuestion:
    """Return all retrieval measures of the answerable questions."""
    values = calculate(pooled(questions, responses), HITS)
    values[GAIN] = best_of_sets(calculate(claimed(questions, responses), [GAIN])[GAIN])
    for depth in DEPTHS:
        values[f"R@{depth}"] = {
            q.qid: recall(_ranked(responses, q.qid)[:depth], q.acceptable)
            for q in questions
            if q.answerable
        }
    return values


def recall(ranked: Sequence[Cited], sets: Sequence[GoldSet]) -> float:
    """Return the share of a set's spans that the quotes hit; that of the best set."""
    return max(
        (len(frozenset().union(*claims(ranked, gold))) / len(gold) for gold in sets), default=0.0
    )


def _ranked(responses: Responses, qid: str) -> tuple[Cited, ...]:
    return responses[qid].ranked if qid in responses else ()


def _name(cited: Cited) -> str:
    return f"{cited.document}:{cited.start}-{cited.end}"


def _scored(names: Iterable[str]) -> dict[str, float]:
    """Give descending scores without ties: trec_eval breaks ties by document id, not by rank."""
    listed = list(names)
    return {name: float(len(listed) - rank) for rank, name in enumerate(listed)}
