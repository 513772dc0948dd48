"""What ``lint`` tells a curator about a finding aid that is valid and could be better."""

from __future__ import annotations

import datetime
from collections.abc import Callable
from pathlib import Path

import pytest

from corpus.aid import Entry, FindingAid, Key, KnownGap, Provenance
from corpus.aid_lint import aid_findings
from corpus.archive import Archive, read_transcript
from corpus.findings import Finding, Severity
from corpus.transcript import Layer, Transcript
from corpus.wording import jaccard, wording

BY = Provenance(author="Ada", date=datetime.date(2026, 1, 31), reviewed_by="Bo")
SIX = ("Who?", "Why so?", "When was that?", "Where then?", "How much of it?", "Which of them?")


@pytest.fixture
def lighthouse(tiny_archive: Callable[..., Path]) -> Transcript:
    return read_transcript(tiny_archive() / "lighthouse.txt")


def about_the_bell(transcript: Transcript, *questions: str, lang: str = "en") -> Entry:
    bell = next(
        s for s in transcript.sentences if "bell by hand" in transcript.text[s.start : s.end]
    )
    keys = tuple(Key(text=text, lang=lang) for text in questions)
    return Entry(start=bell.start, end=bell.end, questions=keys, provenance=BY)


def found(transcript: Transcript, *parts: Entry | KnownGap) -> tuple[Finding, ...]:
    entries = tuple(part for part in parts if isinstance(part, Entry))
    gaps = tuple(part for part in parts if isinstance(part, KnownGap))
    return aid_findings(transcript, FindingAid(entries=entries, gaps=gaps))


def test_a_good_entry_gives_no_finding(lighthouse: Transcript) -> None:
    assert found(lighthouse, about_the_bell(lighthouse, *SIX)) == ()


def test_a_question_in_the_passages_own_words_is_a_warning(lighthouse: Transcript) -> None:
    parrot = "We lit the lamp every evening at dusk, in the fog we rang the bell by hand?"
    (finding,) = found(lighthouse, about_the_bell(lighthouse, *SIX, parrot))
    assert finding.severity is Severity.WARNING
    assert parrot in finding.message


def test_the_questions_of_one_passage_count_together(lighthouse: Transcript) -> None:
    one, other = about_the_bell(lighthouse, *SIX[:3]), about_the_bell(lighthouse, *SIX[3:])
    assert found(lighthouse, one, other) == ()
    (finding,) = found(lighthouse, one)
    assert finding.severity is Severity.NOTE
    assert "3 question" in finding.message


def test_a_language_that_other_passages_have_is_missed(lighthouse: Transcript) -> None:
    rest = next(s for s in lighthouse.sentences if s.layer is Layer.HEADER)
    keys = tuple(Key(text=f"{text} {text}", lang="de") for text in SIX)
    header = Entry(start=rest.start, end=rest.end, questions=keys, provenance=BY)
    messages = [f.message for f in found(lighthouse, about_the_bell(lighthouse, *SIX), header)]
    assert any("1 of 2 passages have no question in 'de'" in message for message in messages)
    assert any("1 of 2 passages have no question in 'en'" in message for message in messages)


def test_a_gap_that_an_entry_answers_is_a_warning(lighthouse: Transcript) -> None:
    gap = KnownGap(gap="why, so", lang="en", provenance=BY)
    (finding,) = found(lighthouse, about_the_bell(lighthouse, *SIX), gap)
    assert finding.severity is Severity.WARNING
    assert "why, so" in finding.message


def test_a_gap_near_no_sentence_is_a_warning(lighthouse: Transcript) -> None:
    gap = KnownGap(gap="Who paid?", lang="en", near=(10**6, 10**6 + 1), provenance=BY)
    (finding,) = found(lighthouse, gap)
    assert finding.severity is Severity.WARNING


def test_an_entry_over_half_a_page_is_a_warning(transcript: Transcript) -> None:
    first = next(
        s
        for s in transcript.sentences
        if transcript.sentences[min(s.number + 9, len(transcript.sentences) - 1)].block == s.block
        and s.number + 9 < len(transcript.sentences)
    )
    last = transcript.sentences[first.number + 9]
    keys = tuple(Key(text=text, lang="en") for text in SIX)
    entry = Entry(start=first.start, end=last.end, questions=keys, provenance=BY)
    (finding,) = found(transcript, entry)
    assert finding.severity is Severity.WARNING
    assert "10 sentences" in finding.message


def test_what_nobody_reviewed_is_counted(lighthouse: Transcript) -> None:
    drafted = BY.model_copy(update={"author": "model-drafted", "reviewed_by": None})
    gap = KnownGap(gap="Who paid?", lang="en", provenance=drafted)
    (finding,) = found(lighthouse, gap)
    assert finding.severity is Severity.NOTE
    assert "1 of 1 known gaps" in finding.message


def test_the_shipped_aid_has_notes_only(archive: Archive, transcript: Transcript) -> None:
    findings = aid_findings(transcript, archive.aid(transcript.id))
    assert {finding.severity for finding in findings} == {Severity.NOTE}


def test_wording_ignores_case_and_punctuation() -> None:
    assert wording("Who rang it? WHO!") == {"who", "rang", "it"}
    assert jaccard(wording("a b c"), wording("B, c; d")) == 2 / 4
    assert jaccard(wording("?"), wording("!")) == 0
