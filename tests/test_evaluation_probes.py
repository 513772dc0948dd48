"""Probes: questions from the archive's own data."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

from corpus.archive import Archive, open_archive
from corpus.judgments import Question, read_questions, shipped_questions
from qa.evaluation.output import write_questions
from qa.evaluation.probes import KINDS, Probe, make_probes


def by_kind(probes: tuple[Probe, ...]) -> dict[str, list[Question]]:
    return {kind: [p.question for p in probes if p.question.type == kind] for kind in KINDS}


def test_probes_of_gold_questions_change_the_question_and_keep_or_drop_its_gold(
    archive: Archive,
) -> None:
    gold = read_questions(shipped_questions(), archive)
    found = by_kind(make_probes(archive, gold, limit=1000, seed=1))
    originals = {q.qid: q for q in gold}
    assert len(found["base"]) == sum(q.answerable and not q.history for q in gold)
    for kind in ("typo", "keywords"):
        assert found[kind]
        for question in found[kind]:
            original = originals[question.qid.rpartition("/")[0]]
            assert question.question != original.question
            assert question.spans == original.spans
    for question in found["typo"]:
        original = originals[question.qid.rpartition("/")[0]]
        assert sorted(question.question) == sorted(original.question)
    assert found["swapped"]
    text = " ".join(t.text for t in archive)
    numbers = re.findall(r"\d+", text)
    for question in found["swapped"]:
        original = originals[question.qid.rpartition("/")[0]]
        new = [w for w in question.question.split() if w not in original.question.split()]
        assert new
        assert not question.answerable
        assert not any(word.strip("?.,’s") in text.split() for word in new)
        assert not any(n in numbers for word in new for n in re.findall(r"\d+", word))


def test_a_sentence_that_stands_twice_may_be_quoted_from_either_place(archive: Archive) -> None:
    found = by_kind(make_probes(archive, (), limit=40, seed=1))["duplicate"]
    (thanks,) = [q for q in found if q.question == "Many thanks."]
    assert len(thanks.acceptable) == 2
    assert {gold[0].text for gold in thanks.acceptable} == {"Many thanks."}


def test_without_gold_the_sentences_themselves_are_asked_for(
    tiny_archive: Callable[..., Path], tmp_path: Path
) -> None:
    archive = open_archive(tiny_archive())
    probes = make_probes(archive, (), limit=5, seed=1)
    found = by_kind(probes)
    assert 0 < len(found["base"]) <= 5
    for question in found["base"]:
        (span,) = question.spans
        assert archive[span.document].text[span.start : span.end] == span.text
        assert all(word in span.text for word in question.question.split())
    assert all(not q.answerable for q in found["other document"])
    scopes = {p.scope for p in probes if p.question.type == "other document"}
    assert scopes <= {"ferry", "lighthouse"}
    path = tmp_path / "probes.jsonl"
    write_questions(path, [probe.question for probe in probes])
    assert len(read_questions(path, archive)) == len(probes)


def test_misspelt_questions_are_those_of_the_base(archive: Archive) -> None:
    gold = read_questions(shipped_questions(), archive)
    found = by_kind(make_probes(archive, gold, limit=10, seed=1))
    assert len(found["base"]) == 10
    roots = {kind: {q.qid.rpartition("/")[0] for q in found[kind]} for kind in found}
    assert roots["typo"] <= roots["base"]
    assert roots["keywords"] <= roots["base"]


def test_the_same_seed_makes_the_same_probes(archive: Archive) -> None:
    one, other = (make_probes(archive, (), limit=10, seed=3) for _ in range(2))
    assert one == other
    assert one != make_probes(archive, (), limit=10, seed=4)
