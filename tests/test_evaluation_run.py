"""``verbatim evaluate`` from files to figures, and what its gate catches and lets pass."""

from __future__ import annotations

import json
import random
import re
import subprocess
import sys
from collections.abc import Callable
from copy import deepcopy
from pathlib import Path
from typing import Any

import pytest

from corpus.archive import Archive
from corpus.judgments import Question, read_questions, shipped_questions
from qa.cli import run_command
from qa.evaluation.evaluation import evaluate
from qa.evaluation.gate import Finding, GateResult
from qa.evaluation.harness import Bench, respond_all
from qa.evaluation.output import evaluation_object, export_failures
from qa.evaluation.report import report_html
from qa.evaluation.responses import as_responses
from qa.evaluation.statistics import Difference
from qa.evaluation.verdicts import Outcome
from qa.settings import Settings

Objects = list[dict[str, Any]]
GOLD = str(shipped_questions())


@pytest.fixture(scope="session")
def questions(archive: Archive) -> tuple[Question, ...]:
    return read_questions(shipped_questions(), archive)


@pytest.fixture(scope="session")
def perfect(archive: Archive, questions: tuple[Question, ...]) -> Objects:
    """What the oracle says: the gold sentences, or nothing where there are none."""
    system = Bench(Settings(), archive, seed=1).open("oracle")
    return [dict(found) for found in respond_all(system, questions, lambda *_: None)]


@pytest.fixture
def answers(tmp_path: Path) -> Callable[..., Path]:
    def write(objects: Objects, name: str = "answers") -> Path:
        path = tmp_path / f"{name}.jsonl"
        path.write_text("\n".join(json.dumps(o) for o in objects), encoding="utf-8")
        return path

    return write


def imperfect(objects: Objects, share: float, seed: int) -> Objects:
    """Decline, by chance, a share of what could be answered."""
    chance = random.Random(seed)
    found = deepcopy(objects)
    for one in found:
        if one["quotes"] and chance.random() < share:
            one |= {"status": "abstained", "quotes": [], "ranking": [], "confidence": 0.0}
    return found


def verdict_of(
    objects: Objects, questions: tuple[Question, ...], archive: Archive, qid: str
) -> Any:
    found = evaluate("x", questions, as_responses(objects), archive, risk=0.1, seed=1)
    return next(v for v in found.verdicts if v.question.qid == qid)


def first_answered(objects: Objects) -> dict[str, Any]:
    return next(one for one in objects if one["quotes"] and one["quotes"][0]["speaker"])


def test_the_oracle_is_right_everywhere(
    perfect: Objects, questions: tuple[Question, ...], archive: Archive
) -> None:
    found = evaluate("oracle", questions, as_responses(perfect), archive, risk=0.1, seed=1)
    for name in ("hit1", "in5", "decisions_right", "unanswerable_refused", "auroc", "quote_f1"):
        assert found.estimates[name].value == 1.0, name
    assert found.estimates["answered_wrong"].value == 0.0
    assert found.estimates["verbatim_rate"].value == 1.0
    assert found.estimates["attribution"].value == 1.0
    assert found.deterministic_failures == ()


def test_scoring_somebody_elses_answers_writes_the_documented_json(
    perfect: Objects, answers: Callable[..., Path], tmp_path: Path
) -> None:
    bare = [
        {
            "qid": one["qid"],
            "status": one["status"],
            "confidence": one["confidence"],
            "quotes": [
                {key: quote[key] for key in ("document", "start", "end", "text", "speaker")}
                for quote in one["quotes"]
            ],
        }
        for one in perfect
    ]
    out = tmp_path / "out.json"
    code = run_command(["evaluate", GOLD, "--answers", str(answers(bare)), "--json", str(out)])
    assert code == 0
    found = json.loads(out.read_text(encoding="utf-8"))
    assert found["questions"]["value"] == 127
    for name in (
        "questions", "hit1", "in5", "decisions_right", "answered_wrong", "unanswerable_refused",
        "auroc", "quote_f1", "verbatim_rate",
    ):  # fmt: skip
        assert {"value", "low", "high"} <= set(found[name]), name
        assert found[name]["low"] <= found[name]["value"] <= found[name]["high"], name
    assert found["hit1"]["value"] == 1.0


def test_outcomes_are_counted_once_and_the_missing_with_them(
    perfect: Objects, questions: tuple[Question, ...], archive: Archive
) -> None:
    unanswerable = next(q for q in questions if not q.answerable and q.alternatives)
    other = next(q for q in questions if not q.answerable and not q.alternatives)
    span = unanswerable.tolerated[0][0]
    fragment = {"document": span.document, "start": span.start, "end": span.end}
    quote = {
        **fragment,
        "text": span.text,
        "speaker": archive[span.document].speaker_at(span.start),
    }
    objects = {one["qid"]: one for one in deepcopy(perfect)}
    objects[unanswerable.qid] |= {"status": "answered", "quotes": [quote]}
    objects[other.qid] |= {"status": "answered", "quotes": [quote]}
    missed, wrong, unread = [q.qid for q in questions if q.answerable][:3]
    objects[missed] |= {"status": "abstained", "quotes": []}
    objects[wrong]["quotes"] = [quote]
    del objects[unread]
    found = evaluate("x", questions, as_responses(objects.values()), archive, risk=0.1, seed=1)
    outcomes = {v.question.qid: v.outcome for v in found.verdicts}
    assert outcomes[unanswerable.qid] is Outcome.TOLERATED
    assert outcomes[other.qid] is Outcome.FALSE_ANSWER
    assert outcomes[missed] is Outcome.MISSED
    assert outcomes[wrong] is Outcome.ANSWERED_WRONG
    assert outcomes[unread] is Outcome.UNREAD
    estimates = found.estimates
    assert estimates["decisions_right"].value == pytest.approx(122 / 127)
    assert estimates["answered_wrong"].value == pytest.approx(1 / 92)
    assert estimates["unanswerable_refused"].value == pytest.approx(33 / 35)
    assert estimates["unanswerable_tolerated"].value == pytest.approx(1 / 35)
    assert estimates["wrong_quote_rate"].value == pytest.approx(2 / (92 - 2 + 2))


def test_the_three_states_are_measured_as_they_are_defined(
    perfect: Objects, questions: tuple[Question, ...], archive: Archive
) -> None:
    """Of 92 answerable questions two are offered, one is denied, one answered wrong."""
    objects = {one["qid"]: one for one in deepcopy(perfect)}
    right, vain, missed, wrong = [q.qid for q in questions if q.answerable][:4]
    claimed, offered = [q.qid for q in questions if not q.answerable and not q.alternatives][:2]
    gold = [objects[qid]["quotes"][0] for qid in (right, vain)]
    header = next(one for one in perfect if one["quotes"] and one["quotes"][0]["layer"] == "header")
    other = header["quotes"][0]
    offer = {"status": "possible", "quotes": [], "reason": "not-confident"}
    objects[right] |= {**offer, "nearest": [other, gold[0], other], "shown": 2}
    objects[vain] |= {**offer, "nearest": [other, gold[1]], "shown": 1}
    objects[missed] |= {"status": "abstained", "quotes": [], "nearest": [other], "shown": 0}
    objects[wrong]["quotes"] = [other]
    objects[claimed] |= {"status": "answered", "quotes": [other]}
    objects[offered] |= {**offer, "nearest": [other], "shown": 1}
    found = evaluate("x", questions, as_responses(objects.values()), archive, risk=0.1, seed=1)
    outcomes = {v.question.qid: v.outcome for v in found.verdicts}
    assert outcomes[right] is Outcome.OFFERED_RIGHT
    assert outcomes[vain] is Outcome.OFFERED_WRONG
    assert outcomes[offered] is Outcome.OFFERED_IN_VAIN
    expected = {
        "seen_right": 89 / 92,
        "answered_right": 88 / 92,
        "denied_falsely": 1 / 92,
        "asserted_right": 88 / 90,
        "asserted_wrong": 2 / 127,
        "asserted_unanswerable": 1 / 35,
        "abstained_unanswerable": 33 / 35,
        "decisions_right": (89 + 33) / 127,
    }
    figures = {name: found.estimates[name].value for name in expected}
    assert figures == pytest.approx(expected)


def test_one_changed_character_is_no_verbatim_quote(
    perfect: Objects, questions: tuple[Question, ...], archive: Archive
) -> None:
    objects = deepcopy(perfect)
    one = first_answered(objects)
    one["quotes"][0]["text"] = one["quotes"][0]["text"].replace("\n", " ") + " "
    assert False in verdict_of(objects, questions, archive, one["qid"]).verbatim.values()


@pytest.mark.parametrize(
    "changes",
    [
        {"sha256": "0" * 64},
        {"document": "nothing"},
        {"document": "../transcripts/mielke-kryuchkov-1983-09-19"},
        {"start": 10**6, "end": 10**6 + 1, "text": ""},
    ],
)
def test_a_quote_of_another_source_is_not_verbatim(
    perfect: Objects, questions: tuple[Question, ...], archive: Archive, changes: dict[str, Any]
) -> None:
    objects = deepcopy(perfect)
    one = first_answered(objects)
    one["quotes"][0] |= changes
    assert False in verdict_of(objects, questions, archive, one["qid"]).verbatim.values()


@pytest.fixture
def baseline(perfect: Objects, answers: Callable[..., Path], tmp_path: Path) -> str:
    path = tmp_path / "baseline.json"
    file = answers(imperfect(perfect, 0.2, seed=1), "before")
    assert run_command(["evaluate", "--answers", str(file), "--write-baseline", str(path)]) == 0
    return str(path)


def gate(file: Path, baseline: str, *more: str) -> int:
    return run_command(["evaluate", "--answers", str(file), "--gate", baseline, *more])


def test_the_gate_lets_noise_pass(
    perfect: Objects, answers: Callable[..., Path], baseline: str
) -> None:
    same = answers(imperfect(perfect, 0.2, seed=1), "same")
    assert gate(same, baseline) == 0
    assert gate(same, baseline, "--seed", "99") == 0
    assert gate(answers(imperfect(perfect, 0.2, seed=2), "noise"), baseline) == 0


def test_the_gate_stops_a_threshold_that_declines_everything(
    perfect: Objects, answers: Callable[..., Path], baseline: str
) -> None:
    declined = imperfect(perfect, 0.2, seed=1)
    for one in declined:
        one |= {"status": "abstained", "quotes": []}
    assert gate(answers(declined, "now"), baseline) == 4


def test_the_gate_stops_a_threshold_that_declines_nothing(
    perfect: Objects, answers: Callable[..., Path], baseline: str
) -> None:
    bold = imperfect(perfect, 0.2, seed=1)
    quote = first_answered(perfect)["quotes"][0]
    for one in bold:
        one |= {"status": "answered", "quotes": one["quotes"] or [quote]}
    assert gate(answers(bold, "now"), baseline) == 4


def test_the_gate_stops_a_system_without_a_reader(
    archive: Archive, questions: tuple[Question, ...], answers: Callable[..., Path], baseline: str
) -> None:
    system = Bench(Settings(), archive, seed=1).open("random")
    objects = [dict(found) for found in respond_all(system, questions, lambda *_: None)]
    assert gate(answers(objects, "now"), baseline) == 4


def test_one_swapped_speaker_breaks_the_gate(
    perfect: Objects,
    answers: Callable[..., Path],
    baseline: str,
    capsys: pytest.CaptureFixture[str],
) -> None:
    objects = imperfect(perfect, 0.2, seed=1)
    one = first_answered(objects)
    one["quotes"][0]["speaker"] = "Andropov"
    assert gate(answers(objects, "now"), baseline) == 4
    said = "".join(capsys.readouterr().out.split("\n"))
    assert re.search(rf"{one['qid']}: the quote .* is given the wrong speaker", said)


def test_one_changed_byte_breaks_the_gate(
    perfect: Objects,
    answers: Callable[..., Path],
    baseline: str,
    capsys: pytest.CaptureFixture[str],
) -> None:
    objects = imperfect(perfect, 0.2, seed=1)
    one = first_answered(objects)
    text = one["quotes"][0]["text"]
    one["quotes"][0]["text"] = text[:-1] + ("!" if text[-1] != "!" else "?")
    assert gate(answers(objects, "now"), baseline) == 4
    said = "".join(capsys.readouterr().out.split("\n"))
    assert re.search(rf"{one['qid']}: the quote .* is not verbatim", said)


def test_a_baseline_of_other_questions_is_refused(
    baseline: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    other = tmp_path / "other.jsonl"
    lines = shipped_questions().read_text(encoding="utf-8").splitlines()
    other.write_text("\n".join(lines[1:]), encoding="utf-8")
    assert run_command(["evaluate", str(other), "--system", "never", "--gate", baseline]) == 1
    assert "made on other questions" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["nothing.jsonl"], "nothing.jsonl: cannot be read"),
        (["--system", "wishful"], "wishful: is no system"),
        (["--answers", "nothing.jsonl"], "nothing.jsonl: cannot be read"),
        (["--gate", "nothing.json"], "nothing.json: does not exist"),
        (["nothing.json"], "nothing.json: is no file of gold questions"),
    ],
)
def test_wrong_use_is_one_sentence_and_exit_code_1(
    arguments: list[str], words: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run_command(["evaluate", *arguments]) == 1
    assert words in capsys.readouterr().err


def test_answers_to_questions_nobody_asked_are_refused(
    perfect: Objects, answers: Callable[..., Path], capsys: pytest.CaptureFixture[str]
) -> None:
    file = answers([*perfect, {"qid": "invented", "status": "abstained"}])
    assert run_command(["evaluate", "--answers", str(file)]) == 1
    assert "answers 'invented'" in capsys.readouterr().err


def test_exported_failures_are_gold_questions_again(
    perfect: Objects, questions: tuple[Question, ...], archive: Archive, tmp_path: Path
) -> None:
    found = evaluate(
        "x", questions, as_responses(imperfect(perfect, 0.5, 3)), archive, risk=0.1, seed=1
    )
    failed = [v for v in found.verdicts if not v.outcome.right]
    path = tmp_path / "failures.jsonl"
    assert export_failures(path, found.verdicts) == len(failed) > 0
    read = read_questions(path, archive)
    assert [q.qid for q in read] == [v.question.qid for v in failed]
    assert [q.spans for q in read] == [v.question.spans for v in failed]
    assert all("The system: declined though answerable" in q.note for q in read)


def test_systems_are_compared_on_the_same_questions(tmp_path: Path) -> None:
    out = tmp_path / "out.json"
    names = [part for name in ("oracle", "never", "random") for part in ("--system", name)]
    assert run_command(["evaluate", *names, "--json", str(out), "--trec", str(tmp_path)]) == 0
    found = json.loads(out.read_text(encoding="utf-8"))
    rows = {(c["measure"], c["other"]): c for c in found["comparisons"]}
    assert rows["decisions_right", "never"]["verdict"] == "worse"
    assert rows["decisions_right", "never"]["difference"]["value"] == pytest.approx(-92 / 127)
    assert set(found["others"]) == {"never", "random"}
    assert (tmp_path / "oracle.quotes.run").is_file()


def test_a_kept_run_scores_the_same_again(tmp_path: Path) -> None:
    kept, first, second = tmp_path / "k.jsonl", tmp_path / "1.json", tmp_path / "2.json"
    run = ["evaluate", "--system", "random", "--keep-answers", str(kept), "--json", str(first)]
    assert run_command(run) == 0
    again = ["evaluate", "--answers", f"random={kept}", "--json", str(second)]
    assert run_command(again) == 0
    one, other = (json.loads(path.read_text(encoding="utf-8")) for path in (first, second))
    for key in ("cost",):
        one.pop(key), other.pop(key)
    assert one == other


def test_trec_files_are_scored_without_an_archive(tmp_path: Path) -> None:
    (tmp_path / "a.qrels").write_text("1 0 x 1\n2 0 y 1\n", encoding="utf-8")
    (tmp_path / "a.run").write_text("1 Q0 z 1 2.0 a\n1 Q0 x 2 1.0 a\n", encoding="utf-8")
    (tmp_path / "topics.tsv").write_text("1\tone\n2\ttwo\n", encoding="utf-8")
    out = tmp_path / "out.json"
    arguments = ["trec", str(tmp_path / "a.qrels"), str(tmp_path / "a.run")]
    arguments += ["--topics", str(tmp_path / "topics.tsv"), "--json", str(out)]
    assert run_command(arguments) == 0
    found = json.loads(out.read_text(encoding="utf-8"))["systems"]["a"]
    assert found["mrr"]["value"] == pytest.approx((1 / 2 + 0) / 2)
    assert found["hit1"]["value"] == 0.0


def test_the_command_line_loads_nothing_heavy_for_it() -> None:
    code = (
        "import sys, qa.cli; "
        "print([m for m in ('numpy', 'scipy', 'sklearn', 'ir_measures', 'jinja2', 'faiss', "
        "'torch') if m in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_the_report_is_one_page_that_asks_for_nothing(
    perfect: Objects, answers: Callable[..., Path], tmp_path: Path
) -> None:
    file = answers(imperfect(perfect, 0.5, seed=1))
    arguments = ["--answers", str(file), "--system", "oracle", "--html", str(tmp_path)]
    assert run_command(["evaluate", *arguments]) == 0
    page = (tmp_path / "report.html").read_text(encoding="utf-8")
    addresses = set(re.findall(r"https?://[^\s\"'<>]+", page)) - {"http://www.w3.org/2000/svg"}
    assert addresses == set()
    assert not re.search(r"<(link|img|iframe)\b|@import|url\(|\bsrc=", page)
    assert page.count('<svg class="plot"') >= 5
    assert page.count('<details class="item') == 127
    first_good = page.index('class="item good"')
    assert 'class="item bad"' not in page[first_good:]


def test_the_report_shows_foreign_text_as_text(
    perfect: Objects, questions: tuple[Question, ...], archive: Archive
) -> None:
    objects = deepcopy(perfect)
    objects[0]["quotes"][0] |= {"text": "<script>alert(1)</script>", "speaker": "<b>x</b>"}
    found = evaluate("<i>n</i>", questions, as_responses(objects), archive, risk=0.1, seed=1)
    page = report_html([found], [], "gold")
    assert "<script>alert(1)" not in page
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in page
    assert "<b>x</b>" not in page
    assert "<i>n</i>" not in page
    assert "not verbatim" in page


@pytest.mark.parametrize(
    ("change", "p", "regressed"),
    [(-0.05, 0.01, True), (-0.05, 0.2, False), (-0.02, 0.0001, False), (0.05, 0.01, False)],
)
def test_a_regression_needs_an_effect_and_evidence(
    change: float, p: float, regressed: bool
) -> None:
    difference = Difference(change, change, change, p, 0.1, 100)
    finding = Finding("hit1", 0.5, 0.5 + change, difference, p)
    assert finding.regressed is regressed
    assert GateResult((), (finding,)).passed is not regressed
    assert not GateResult(("a quote is not verbatim",), ()).passed


def test_every_figure_is_documented(
    perfect: Objects, questions: tuple[Question, ...], archive: Archive
) -> None:
    page = (Path(__file__).parent.parent / "docs" / "evaluation.md").read_text(encoding="utf-8")
    found = evaluate("x", questions, as_responses(perfect), archive, risk=0.1, seed=1)
    written = evaluation_object(found, shipped_questions())
    for key in written:
        if not re.fullmatch(r"recall_\d+_words", key):
            assert f"`{key}`" in page, key
    assert "`recall_50_words`" in page
    for option in ("--answers", "--gate", "--write-baseline", "--export-failures", "--html"):
        assert option in page
