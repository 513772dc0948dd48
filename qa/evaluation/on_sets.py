"""``verbatim evaluate`` on public sets and on TREC runs: ranking alone."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from pathlib import Path

from rich.console import Console
from rich.table import Table

from qa.evaluation import rankers
from qa.evaluation.collection import Collection, as_sentences
from qa.evaluation.encoders import Say, open_encoders
from qa.evaluation.errors import EvaluationError
from qa.evaluation.output import SCHEMA, estimate_object, write_json
from qa.evaluation.rankers import RankedRun, as_run
from qa.evaluation.ranking import PerQuestion, TrecFiles, calculate, trec_id
from qa.evaluation.readers import read_collection
from qa.evaluation.staging import read_all
from qa.evaluation.statistics import (
    Difference,
    Estimate,
    auroc_interval,
    compare,
    holm,
    mean,
    proportion,
)
from qa.evaluation.terminal import in_figures
from qa.evaluation.trec import read_topics, read_trec
from qa.settings import Settings

LANGUAGE = "en"
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
class SetOptions:
    """How to rank a set and what to write."""

    systems: Sequence[str]
    sentences: bool
    speakers: bool
    json_file: Path | None
    trec: Path | None
    seed: int


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


@dataclass(frozen=True, slots=True)
class Row:
    """A measure of two systems compared."""

    measure: str
    first: str
    other: str
    difference: Difference


def rank_set(path: Path, settings: Settings, options: SetOptions) -> None:
    """Rank a public set by several systems and print, compare and write the figures."""
    console, notes = Console(), Console(stderr=True)
    collection = read_collection(path)
    if options.sentences:
        collection = as_sentences(collection, LANGUAGE)
    names = options.systems or ["bm25", "dense", "fused"]
    strangers = [name for name in names if name not in rankers.SYSTEMS]
    if strangers:
        known = ", ".join(rankers.SYSTEMS)
        raise EvaluationError(strangers[0], f"cannot rank a public set; there are: {known}.")
    runs = _runs(collection, names, settings, options, notes.print)
    scores = [score_run(collection, run, options.seed) for run in runs]
    rows = compare_scores(scores, options.seed)
    answerable = sum(query.answerable for query in collection.queries)
    title = (
        f"{collection.name}: {len(collection.queries)} questions, {answerable} answerable, "
        f"{len(collection.units)} units; 95 % intervals"
    )
    print_scores(console, title, scores, rows)
    _write(collection, runs, scores, rows, options)


def score_runs(
    qrels: Path, paths: Sequence[Path], topics: Path | None, json_file: Path | None, seed: int
) -> None:
    """Score TREC runs against TREC judgments; the first run is the one in question."""
    judged, runs = read_trec(qrels, paths)
    if topics is not None:
        judged = {qid: judged.get(qid, {}) for qid in read_topics(topics)}
    scores = []
    for name, run in runs.items():
        values = _retrieval(TrecFiles(judged, run))
        scores.append(Scores(name, values, _estimates(values, seed)))
    rows = compare_scores(scores, seed)
    print_scores(Console(), f"{qrels.name}: {len(judged)} topics", scores, rows)
    if json_file is not None:
        write_json(json_file, _object(qrels.name, len(judged), scores, rows))


def score_run(collection: Collection, run: RankedRun, seed: int) -> Scores:
    """Score one run; answerable questions without a ranking count as zero."""
    answerable = [query for query in collection.queries if query.answerable]
    trec = trec_files(collection, run)
    values = _retrieval(trec)
    for budget in WORDS:
        values[f"recall_{budget}_words"] = {
            query.qid: _recall_at_words(
                run.ranked.get(query.qid, ()), query.relevant, collection.texts, budget
            )
            for query in answerable
        }
    estimates = _estimates(values, seed)
    confidences = [run.confidence.get(query.qid, 0.0) for query in collection.queries]
    flags = [query.answerable for query in collection.queries]
    return Scores(
        run.name, values, {**estimates, "auroc": auroc_interval(confidences, flags, seed)}
    )


def trec_files(collection: Collection, run: RankedRun) -> TrecFiles:
    """Return judgments and run; a question whose gold is no unit can only be lost."""
    trec = TrecFiles()
    for query in collection.queries:
        if query.answerable:
            trec.qrels[query.qid] = dict(query.relevant) or {"no-unit": 1}
            units = run.ranked.get(query.qid, ())
            trec.run[query.qid] = {u: float(len(units) - rank) for rank, u in enumerate(units)}
    return trec


def compare_scores(scores: Sequence[Scores], seed: int) -> list[Row]:
    """Compare every system with the first; p is Holm-corrected over its measures."""
    rows = []
    for other in scores[1:]:
        found = []
        for name in COMPARED:
            first, second = scores[0].values[name], other.values[name]
            pairs = [(first[qid], second[qid]) for qid in first if qid in second]
            found.append(compare([a for a, _ in pairs], [b for _, b in pairs], seed))
        for name, d, p in zip(COMPARED, found, holm([d.p for d in found]), strict=True):
            rows.append(Row(name, scores[0].name, other.name, replace(d, p=p)))
    return rows


def print_scores(
    console: Console, title: str, scores: Sequence[Scores], rows: Sequence[Row]
) -> None:
    """Print measures as rows and systems as columns, then the comparisons."""
    table = Table(title=title)
    table.add_column("measure")
    for one in scores:
        table.add_column(one.name)
    for measure in scores[0].estimates:
        table.add_row(measure, *(in_figures(one.estimates[measure]) for one in scores))
    console.print(table)
    for row in rows:
        d = row.difference
        console.print(
            f"{row.measure}, {row.first} → {row.other}: {d.value:+.3f} "
            f"({d.low:+.3f} to {d.high:+.3f}), p {d.p:.4f}, detectable {d.detectable:.3f}"
        )


def _runs(
    collection: Collection,
    names: Sequence[str],
    settings: Settings,
    options: SetOptions,
    say: Say,
) -> list[RankedRun]:
    texts = {
        unit.id: f"{unit.speaker}: {unit.text}" if options.speakers and unit.speaker else unit.text
        for unit in collection.units
    }
    made: dict[str, RankedRun] = {}
    words = meaning = None
    if {"bm25", "fused"} & set(names):
        words = rankers.lexical(collection, texts, LANGUAGE)
        made["bm25"] = as_run("bm25", words, words)
    if "plain-bm25" in names:
        plain = rankers.plain(collection, texts)
        made["plain-bm25"] = as_run("plain-bm25", plain, plain)
    if {"dense", "fused", "reader"} & set(names):
        encoder, query_encoder = open_encoders(settings, say)
        if "reader" in names:
            made["reader"] = read_all(collection, settings, encoder, query_encoder, LANGUAGE)
        if {"dense", "fused"} & set(names):
            vectors = rankers.embed(collection, texts, encoder, query_encoder)
            meaning = rankers.dense(collection, *vectors)
            made["dense"] = as_run("dense", meaning, meaning)
    if words is not None and meaning is not None:
        made["fused"] = as_run("fused", rankers.fused(meaning, words), meaning)
    for name in set(names) - set(made):
        scored = rankers.trivial(name, collection, options.seed)
        made[name] = as_run(name, scored, {})
    return [made[name] for name in names]


def _retrieval(trec: TrecFiles) -> PerQuestion:
    values = calculate(trec, list(MEASURES.values()))
    return {name: values[measure] for name, measure in MEASURES.items()}


def _estimates(values: PerQuestion, seed: int) -> dict[str, Estimate]:
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


def _write(
    collection: Collection,
    runs: Sequence[RankedRun],
    scores: Sequence[Scores],
    rows: Sequence[Row],
    options: SetOptions,
) -> None:
    if options.json_file is not None:
        found = _object(collection.name, len(collection.queries), scores, rows)
        write_json(options.json_file, found)
    if options.trec is not None:
        for run in runs:
            name = trec_id(f"{collection.name}.{run.name}").replace("/", "-")
            trec_files(collection, run).write(options.trec, name)


def _object(
    name: str, questions: int, scores: Sequence[Scores], rows: Sequence[Row]
) -> dict[str, object]:
    return {
        "schema": SCHEMA,
        "set": name,
        "questions": {"value": questions, "low": questions, "high": questions, "n": questions},
        "systems": {
            one.name: {key: estimate_object(value) for key, value in one.estimates.items()}
            for one in scores
        },
        "comparisons": [asdict(row) for row in rows],
    }
