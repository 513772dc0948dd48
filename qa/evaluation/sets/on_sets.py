"""``verbatim evaluate`` on public sets and on TREC runs: ranking alone."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

from rich.console import Console
from rich.table import Table

from qa.evaluation.comparison import Comparison
from qa.evaluation.encoders import Say, open_encoders
from qa.evaluation.errors import EvaluationError
from qa.evaluation.options import named_file, require_distinct
from qa.evaluation.output import SCHEMA, estimate_object, write_json
from qa.evaluation.ranking import TrecFiles, trec_id
from qa.evaluation.sets import rankers
from qa.evaluation.sets.collection import Collection, as_sentences
from qa.evaluation.sets.rankers import RankedRun, as_run
from qa.evaluation.sets.readers import read_collection
from qa.evaluation.sets.scores import (
    Part,
    Scores,
    by_document,
    compare_scores,
    estimates_of,
    retrieval_of,
    score_run,
    trec_files,
)
from qa.evaluation.sets.staging import read_all
from qa.evaluation.sets.trec import read_topics, read_trec
from qa.evaluation.terminal import (
    COLUMNS,
    TITLES,
    in_figures,
    plain_console,
    print_comparisons,
)
from qa.settings import Settings

LANGUAGE = "en"


@dataclass(frozen=True, slots=True)
class SetOptions:
    """How to rank a set and what to write."""

    systems: Sequence[str]
    sentences: bool
    speakers: bool
    json_file: Path | None
    trec: Path | None
    seed: int


def rank_set(path: Path, settings: Settings, options: SetOptions) -> None:
    """Rank a public set by several systems and print, compare and write the figures."""
    console, notes = plain_console(), plain_console(stderr=True)
    names = options.systems or ["bm25", "dense", "fused"]
    require_distinct(names)
    strangers = [name for name in names if name not in rankers.SYSTEMS]
    if strangers:
        known = ", ".join(rankers.SYSTEMS)
        raise EvaluationError(strangers[0], f"cannot rank a public set; there are: {known}.")
    collection = read_collection(path)
    if options.sentences:
        collection = as_sentences(collection, LANGUAGE)
    runs = _runs(collection, names, settings, options, notes.print)
    scores = [score_run(collection, run, options.seed) for run in runs]
    rows = compare_scores(scores, options.seed)
    answerable = sum(query.answerable for query in collection.queries)
    title = (
        f"{collection.name}: {len(collection.queries)} questions, {answerable} answerable, "
        f"{len(collection.units)} units; 95 % intervals"
    )
    print_scores(console, title, scores, rows)
    parts = {one.name: by_document(collection, one, options.seed) for one in scores}
    _print_spread(console, parts)
    _write(collection, runs, scores, rows, parts, options)


def score_runs(
    qrels: Path, files: Sequence[str], topics: Path | None, json_file: Path | None, seed: int
) -> None:
    """Score TREC runs against TREC judgments; the first run is the one in question.

    Args:
        qrels: the judgments.
        files: runs, ``FILE`` or ``NAME=FILE``.
        topics: every topic that was asked, or None for those that are judged.
        json_file: where to write the figures.
        seed: of the intervals.
    """
    named = [named_file(text) for text in files]
    require_distinct([name for name, _ in named])
    judged, runs = read_trec(qrels, dict(named))
    if topics is not None:
        asked = read_topics(topics)
        strangers = sorted(set(judged) - set(asked))
        if strangers:
            raise EvaluationError(qrels, f"judges '{strangers[0]}', which is no topic of {topics}.")
        judged = {qid: judged.get(qid, {}) for qid in asked}
    scores = []
    for name, run in runs.items():
        values = retrieval_of(TrecFiles(judged, run))
        scores.append(Scores(name, values, estimates_of(values, seed)))
    rows = compare_scores(scores, seed)
    print_scores(plain_console(), f"{qrels.name}: {len(judged)} topics", scores, rows)
    if json_file is not None:
        write_json(json_file, _object(qrels.name, len(judged), scores, rows))


def print_scores(
    console: Console, title: str, scores: Sequence[Scores], rows: Sequence[Comparison]
) -> None:
    """Print measures as rows and systems as columns, then the comparisons."""
    for start in range(0, len(scores), COLUMNS):
        part = scores[start : start + COLUMNS]
        table = Table(title=title)
        table.add_column("measure")
        for one in part:
            table.add_column(one.name, no_wrap=True)
        for measure in scores[0].estimates:
            figures = (in_figures(one.estimates[measure]) for one in part)
            table.add_row(TITLES.get(measure, measure), *figures)
        console.print(table)
    print_comparisons(console, rows)


def _print_spread(console: Console, parts: Mapping[str, Sequence[Part]]) -> None:
    """Say how far documents lie apart; a set has too many of them for a table."""
    for name, of_system in parts.items():
        firsts = sorted((part.estimates["hit1"].value or 0.0, part.document) for part in of_system)
        if len(firsts) > 1:
            (low, worst), (middle, _), (high, best) = (
                firsts[n] for n in (0, (len(firsts) - 1) // 2, -1)
            )
            console.print(
                f"{name}, hit@1 by document ({len(firsts)}): {low:.3f} ({worst}) to {high:.3f} "
                f"({best}), median {middle:.3f}"
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
    if {"dense", "fused", "reader", "recipe"} & set(names):
        encoder, query_encoder = open_encoders(settings, say)
        if "recipe" in names:
            nearest = rankers.recipe(collection, encoder, query_encoder, LANGUAGE)
            made["recipe"] = as_run("recipe", nearest, nearest)
        if "reader" in names:
            made["reader"] = read_all(collection, settings, encoder, query_encoder, LANGUAGE)
        if {"dense", "fused"} & set(names):
            vectors = rankers.embed(collection, texts, encoder, query_encoder)
            meaning = rankers.dense(collection, *vectors)
            made["dense"] = as_run("dense", meaning, meaning)
    if words is not None and meaning is not None:
        both = rankers.fused(meaning, words)
        made["fused"] = as_run("fused", both, both)
    for name in set(names) - set(made):
        scored = rankers.trivial(name, collection, options.seed)
        made[name] = as_run(name, scored, {})
    return [made[name] for name in names]


def _write(
    collection: Collection,
    runs: Sequence[RankedRun],
    scores: Sequence[Scores],
    rows: Sequence[Comparison],
    parts: Mapping[str, Sequence[Part]],
    options: SetOptions,
) -> None:
    if options.json_file is not None:
        found = _object(collection.name, len(collection.queries), scores, rows)
        found["documents"] = {
            name: [
                {"document": part.document}
                | {key: estimate_object(value) for key, value in part.estimates.items()}
                for part in of_system
            ]
            for name, of_system in parts.items()
        }
        write_json(options.json_file, found)
    if options.trec is not None:
        for run in runs:
            name = trec_id(f"{collection.name}.{run.name}").replace("/", "-")
            trec_files(collection, run).write(options.trec, name)


def _object(
    name: str, questions: int, scores: Sequence[Scores], rows: Sequence[Comparison]
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
