"""The development set of documents that nobody described: what it holds, and where it is not."""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path

import pytest

from corpus.archive import Archive, open_archive, shipped_folder
from corpus.judgments import Question, read_questions, shipped_questions
from corpus.manifest import differences

ROOT = Path(__file__).parent.parent
FOLDER = ROOT / "corpus" / "undescribed"
GOLD = ROOT / "corpus" / "questions" / "undescribed.jsonl"
IDS = ("kissinger-historians-1976", "kissinger-richard-rhodesia-1976", "tang-oneteamgov-2018")


@pytest.fixture(scope="module")
def archive() -> Archive:
    return open_archive(FOLDER)


@pytest.fixture(scope="module")
def questions(archive: Archive) -> tuple[Question, ...]:
    return read_questions(GOLD, archive)


def test_it_holds_three_documents_as_they_were_published(archive: Archive) -> None:
    assert tuple(transcript.id for transcript in archive) == IDS
    assert differences(FOLDER) == ()
    assert not list(FOLDER.glob("*.aid.jsonl"))
    for transcript in archive:
        assert transcript.record.rights in ("CC0", "CC0 1.0", "Public domain")


def test_it_holds_thirty_questions_a_document(questions: tuple[Question, ...]) -> None:
    assert Counter(q.document for q in questions) == dict.fromkeys(IDS, 30)
    assert Counter(q.answerable for q in questions) == {True: 63, False: 27}
    assert Counter(q.style for q in questions) == {"plain": 56, "hard": 34}
    assert {q.qid[:3] for q in questions} == {"kr-", "kh-", "at-"}
    assert set(Counter(q.language for q in questions)) == {"en", "de", "es", "fr", "ko", "ru"}


def test_its_gold_is_said_by_whom_it_says(
    archive: Archive, questions: tuple[Question, ...]
) -> None:
    for question in questions:
        for span in question.spans:
            if question.speaker is not None:
                assert archive[span.document].speaker_at(span.start) == question.speaker


def test_visitors_never_ask_it() -> None:
    names = {path.stem for path in shipped_folder().iterdir()}
    assert not names & set(IDS)
    assert shipped_questions() != GOLD


def test_its_licences_stand_where_licences_stand() -> None:
    notice = (ROOT / "NOTICE").read_text(encoding="utf-8")
    for name in IDS:
        assert f"{name}.txt" in notice
    assert "CC0-1.0" in (ROOT / "pyproject.toml").read_text(encoding="utf-8")


def test_nothing_of_the_interview_is_in_it() -> None:
    for path in (GOLD, *FOLDER.iterdir()):
        assert "smyth" not in path.read_text(encoding="utf-8").casefold()
    assert all("document" in json.loads(line) for line in GOLD.read_text("utf-8").splitlines())
