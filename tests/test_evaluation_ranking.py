"""Ranking measures: by hand, by ir-measures on the files written, and what must not be dropped."""

from __future__ import annotations

from math import log, log2
from pathlib import Path

import ir_measures
import pytest

from corpus.judgments import GoldSpan, Question
from qa.evaluation.baselines import reciprocal_rank_fusion
from qa.evaluation.ranking import claimed, pooled, retrieval, trec_id
from qa.evaluation.responses import Response, as_responses
from qa.evaluation.sets.collection import Collection, GoldRange, Query, Unit, as_sentences
from qa.evaluation.sets.rankers import PlainBM25, RankedRun, lexical
from qa.evaluation.sets.scores import score_run


def gold(*starts: int) -> tuple[GoldSpan, ...]:
    return tuple(GoldSpan("d", start, start + 10, "x" * 10) for start in starts)


def question(qid: str, *sets: tuple[GoldSpan, ...], answerable: bool = True) -> Question:
    return Question(
        qid=qid,
        question="?",
        type="",
        history=(),
        language="en",
        answerable=answerable,
        spans=sets[0] if sets else (),
        alternatives=sets[1:],
        speaker=None,
        note="",
    )


def ranking(qid: str, *starts: int) -> dict[str, object]:
    quotes = [
        {"document": "d", "start": start, "end": start + 10, "text": "x" * 10} for start in starts
    ]
    return {"qid": qid, "status": "abstained", "ranking": quotes}


def responses(*objects: dict[str, object]) -> dict[str, Response]:
    return as_responses(objects)


def test_measures_of_one_ranking_by_hand() -> None:
    found = retrieval([question("a", gold(100, 200))], responses(ranking("a", 0, 100, 50, 200)))
    assert {name: values["a"] for name, values in found.items()} == pytest.approx(
        {
            "Success@1": 0,
            "Success@3": 1,
            "Success@5": 1,
            "Success@10": 1,
            "RR": 1 / 2,
            "P@1": 0,
            "P@5": 2 / 5,
            "R@1": 0,
            "R@2": 1 / 2,
            "R@3": 1 / 2,
            **{f"R@{k}": 2 / 2 for k in range(4, 11)},
            "nDCG@10": (1 / log2(3) + 1 / log2(5)) / (1 / log2(2) + 1 / log2(3)),
        }
    )


def test_finding_one_span_twice_earns_nothing_in_recall() -> None:
    overlapping = responses(ranking("a", 100, 103, 0))
    found = retrieval([question("a", gold(100, 200))], overlapping)
    assert found["P@5"]["a"] == 2 / 5
    assert found["R@5"]["a"] == 1 / 2
    # the first span at the first rank, the second never: 1 of 1 + 1 / log2(3)
    assert found["nDCG@10"]["a"] == pytest.approx(1 / (1 + 1 / log2(3)))


def test_a_quote_claims_every_span_that_it_hits() -> None:
    # 100-110 and 115-125 with one quote of 25 characters: 40 % of it in each
    quotes = [
        {"document": "d", "start": start, "end": end, "text": ""}
        for start, end in ((100, 125), (115, 125), (300, 310))
    ]
    said = responses({"qid": "a", "status": "abstained", "ranking": quotes})
    found = retrieval([question("a", gold(100, 115, 300))], said)
    assert [found[f"R@{k}"]["a"] for k in (1, 2, 3)] == [2 / 3, 2 / 3, 1]
    # gains 2, 0, 1 in this order; ideally 2, 1
    assert found["nDCG@10"]["a"] == pytest.approx((2 + 1 / log2(4)) / (2 + 1 / log2(3)))


def test_a_passage_ranked_twice_keeps_its_first_place() -> None:
    said = responses(ranking("a", 100, 0, 100))
    assert [cited.start for cited in said["a"].ranked] == [100, 0]
    assert retrieval([question("a", gold(100))], said)["RR"]["a"] == 1


@pytest.mark.parametrize(
    "sets", [(gold(100, 200, 300), gold(400)), (gold(400), gold(100, 200, 300))]
)
def test_the_best_acceptable_set_counts(sets: tuple[tuple[GoldSpan, ...], ...]) -> None:
    found = retrieval([question("a", *sets)], responses(ranking("a", 400)))
    assert found["R@1"]["a"] == 1.0
    assert found["nDCG@10"]["a"] == 1.0


def test_unanswered_and_missing_questions_count_as_zero() -> None:
    questions = [question(qid, gold(100)) for qid in ("found", "lost", "empty", "missing")]
    said = responses(ranking("found", 100), ranking("lost", 0), ranking("empty"))
    found = retrieval(questions, said)
    for judged in pooled(questions, said).qrels.values():
        assert any(judged.values())  # else the question would be missing in a file
    for values in found.values():
        assert set(values) == {"found", "lost", "empty", "missing"}
        assert [values[qid] for qid in ("lost", "empty", "missing")] == [0, 0, 0]
    assert found["Success@1"]["found"] == 1


def test_unanswerable_questions_are_not_ranked() -> None:
    found = retrieval([question("a", answerable=False)], responses(ranking("a", 100)))
    assert found["Success@1"] == {}


def test_without_a_ranking_the_quotes_and_then_the_nearest_count() -> None:
    quotes = ranking("a", 0, 100)["ranking"]
    assert isinstance(quotes, list)
    said = responses(
        {"qid": "a", "status": "answered", "quotes": quotes[:1], "nearest": quotes[1:]}
    )
    assert retrieval([question("a", gold(100))], said)["RR"]["a"] == 1 / 2


def test_written_files_give_the_same_figures_in_ir_measures(tmp_path: Path) -> None:
    questions = [question("a b", gold(100, 200)), question("c", gold(5), gold(300))]
    said = responses(ranking("a b", 0, 100, 200), ranking("c", 300, 7))
    pooled(questions, said).write(tmp_path, "quotes")
    claimed(questions, said).write(tmp_path, "spans")
    ours = retrieval(questions, said)
    for name, measures in (("quotes", ("RR", "P@5")), ("spans", ("R@5", "nDCG@10"))):
        qrels = list(ir_measures.read_trec_qrels(str(tmp_path / f"{name}.qrels")))
        run = list(ir_measures.read_trec_run(str(tmp_path / f"{name}.run")))
        parsed = [ir_measures.parse_measure(measure) for measure in measures]
        theirs: dict[tuple[str, str], float] = {}
        for metric in ir_measures.iter_calc(parsed, qrels, run):
            key = (metric.query_id.partition("#")[0], str(metric.measure))
            theirs[key] = max(metric.value, theirs.get(key, 0.0))
        for measure in measures:
            for qid, value in ours[measure].items():
                assert theirs[trec_id(qid), measure] == pytest.approx(value)


def test_reciprocal_rank_fusion_by_hand() -> None:
    found = reciprocal_rank_fusion([["a", "b"], ["b", "c"]])
    assert list(found) == ["b", "a", "c"]
    assert found["b"] == 1 / (60 + 2) + 1 / (60 + 1)


def test_plain_bm25_by_its_formula() -> None:
    found = PlainBM25(["bell fog bell", "fog", "boat"]).scores("The Bell?")
    mean = (3 + 1 + 1) / 3
    inverse = log(1 + (3 - 1 + 0.5) / (1 + 0.5))
    weight = 2 * (0.9 + 1) / (2 + 0.9 * (1 - 0.4 + 0.4 * 3 / mean))
    assert list(found) == pytest.approx([inverse * weight, 0, 0])


UNITS = (
    Unit("d:0", "d", "The bell rang in the fog. Nobody heard it."),
    Unit("d:1", "d", "We had a small boat."),
    Unit("e:0", "e", "A bell, a boat and a lamp."),
)


def test_a_question_is_ranked_within_its_document() -> None:
    asked = (
        Query("here", "bell boat", "d", True, {"d:1": 1}),
        Query("anywhere", "lamp", None, True, {"e:0": 1}),
    )
    collection = Collection("c", UNITS, asked)
    found = lexical(collection, collection.texts, "en")
    assert {unit for unit, _ in found["here"]} == {"d:0", "d:1"}
    assert [unit for unit, _ in found["anywhere"]] == ["e:0"]


def test_sentences_that_hold_the_answer_become_the_gold() -> None:
    asked = Query("q", "?", "d", True, {"d:0": 1}, ranges=(GoldRange("d:0", 26, 32),))
    found = as_sentences(Collection("c", UNITS, (asked,)), "en")
    assert [unit.text for unit in found.units[:2]] == [
        "The bell rang in the fog.",
        "Nobody heard it.",
    ]
    assert dict(found.queries[0].relevant) == {"d:0.1": 1}


def test_a_set_counts_every_answerable_question() -> None:
    asked = (
        Query("right", "?", "d", True, {"d:0": 1}),
        Query("lost", "?", "d", True, {"d:0": 1}),
        Query("no unit", "?", "d", True, {}),
        Query("declined", "?", "d", False, {}),
    )
    run = RankedRun("r", {"right": ("d:0",)}, {"right": 0.9, "declined": 0.1})
    scores = score_run(Collection("c", UNITS, asked), run, seed=1)
    assert scores.values["hit1"] == {"right": 1, "lost": 0, "no unit": 0}
    assert scores.estimates["hit1"].value == pytest.approx(1 / 3)
    assert scores.values["recall_100_words"] == {"right": 1, "lost": 0, "no unit": 0}
    # confidences of the answerable: 0.9, 0, 0; of the unanswerable: 0.1
    assert scores.estimates["auroc"].value == pytest.approx(1 / 3)
