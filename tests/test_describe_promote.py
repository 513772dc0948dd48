"""Unanswered and failed questions become entries and known gaps."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from corpus.archive import open_archive
from describing import Describe, Told
from qa.answers import Abstained, Reason
from qa.errors import UsageError
from qa.web.curator import QUESTIONS, UnansweredLog


@pytest.fixture
def describe(tiny_archive: Callable[..., Path], capsys: Told) -> Describe:
    return Describe(tiny_archive(), capsys)


def log(folder: Path, *rows: dict[str, object]) -> Path:
    """Write a log as the server does, and then into it what a curator decided."""
    kept = UnansweredLog(folder, count=True, keep_questions=True, days=30)
    for row in rows:
        kept.add(Abstained(str(row["question"]), Reason.NOT_CONFIDENT, 0.1))
    path = folder / QUESTIONS
    written = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    lines = [json.dumps(old | new) for old, new in zip(written, rows, strict=True)]
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path


def test_decisions_in_the_log_are_carried_out(describe: Describe, tmp_path: Path) -> None:
    path = log(
        tmp_path,
        {"question": "Were they frightened?", "words": "storm of 1938", "document": "lighthouse"},
        {"question": "Who built the tower?", "gap": True, "document": "lighthouse", "why": "No."},
        {"question": "How many in July?", "range": [45, 46], "document": "ferry"},
        {"question": "What about trains?"},
    )
    text = open_archive(describe.folder)["ferry"].text
    summer = text.index("Twelve trips")
    path.write_text(path.read_text().replace("[45, 46]", f'"{summer}-{summer + 3}"'))
    describe("promote", path, "--author", "Ada")
    archive = open_archive(describe.folder)
    (entry,), (gap,) = archive.aid("lighthouse").entries, archive.aid("lighthouse").gaps
    assert "In the storm of 1938" in archive["lighthouse"].text[entry.start : entry.end]
    assert [key.text for key in entry.questions] == ["Were they frightened?"]
    assert (gap.gap, gap.why) == ("Who built the tower?", "No.")
    assert archive.aid("ferry").entries[0].start == summer
    assert {entry.provenance.author, gap.provenance.author} == {"Ada"}
    assert "line 1: “Were they frightened?” is now an entry for lighthouse" in describe.said
    assert "3 promoted, 0 left out, 1 undecided." in describe.said


def test_promoting_twice_changes_nothing_more(describe: Describe, tmp_path: Path) -> None:
    path = log(tmp_path, {"question": "Who built it?", "gap": True, "document": "ferry"})
    describe("promote", path, "--author", "Ada")
    before = describe.aid("ferry").read_bytes()
    describe("promote", path, "--author", "Ada")
    assert describe.aid("ferry").read_bytes() == before
    assert "was left out" in describe.said
    assert "0 promoted, 1 left out, 0 undecided." in describe.said


def test_what_cannot_be_carried_out_is_told_and_the_rest_is_done(
    describe: Describe, tmp_path: Path
) -> None:
    path = log(
        tmp_path,
        {"question": "One?", "words": "submarine", "document": "ferry"},
        {"question": "Two?", "words": "a lottery", "document": "boat"},
        {"question": "Three?", "words": "a lottery"},
        {"question": "Four?", "words": "a lottery", "document": "ferry"},
    )
    describe("promote", path, "--author", "Ada")
    assert [key.text for e in open_archive(describe.folder).aid("ferry").entries
            for key in e.questions] == ["Four?"]  # fmt: skip
    for sentence in ("line 1: “One?” was left out", "no document 'boat'", "Say which document"):
        assert sentence in describe.said


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("{", "line 1: is not JSON"),
        ("[1]", "line 1: is no JSON object"),
        ('{"date": "2026-01-01"}', "line 1: 'question'"),
        ('{"question": "Who?", "rang": "1-2"}', "line 1: 'rang'"),
        ('{"question": "Who?", "gap": "perhaps"}', "line 1: 'gap'"),
    ],
)
def test_a_line_that_cannot_be_read_stops_everything(
    describe: Describe, tmp_path: Path, line: str, said: str
) -> None:
    path = tmp_path / "log.jsonl"
    path.write_text(line)
    with pytest.raises(UsageError, match=rf"log\.jsonl, {said}"):
        describe("promote", path, "--author", "Ada")
    with pytest.raises(UsageError, match="cannot be read"):
        describe("promote", tmp_path / "none.jsonl", "--author", "Ada")


def gold(document: str, text: str, words: str, **values: object) -> dict[str, object]:
    start = text.index(words)
    span = {"document": document, "start": start, "end": start + len(words), "text": words}
    return {"qid": f"q{start}", "answerable": True, "spans": [span]} | values


def test_failed_gold_questions_become_entries_and_gaps(describe: Describe, tmp_path: Path) -> None:
    text = open_archive(describe.folder)["ferry"].text
    near = gold("ferry", text, "The town paid half of it.")["spans"]
    rows = [
        gold("ferry", text, "came from a lottery", question="Was it won by chance?", lang="en"),
        {"qid": "n1", "question": "What did it cost?", "answerable": False, "alt_spans": [near]},
        gold("ferry", text, "last boat", question="And then?", history=["When?"]),
    ]
    path = tmp_path / "failures.jsonl"
    path.write_text("\n".join(map(json.dumps, rows)))
    describe("promote", path, "--author", "Ada")
    archive = open_archive(describe.folder)
    (entry,), (gap,) = archive.aid("ferry").entries, archive.aid("ferry").gaps
    assert text[entry.start : entry.end] == "The other half came from a lottery."
    assert gap.near is not None
    assert text[slice(*gap.near)] == "The town paid half of it."
    assert "line 3: “And then?” was left out: It follows on earlier questions" in describe.said
    assert "leave it out of gold questions" in describe.said
