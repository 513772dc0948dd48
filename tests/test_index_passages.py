"""Passages: everything that can be quoted can be found, and nothing is silently cut off."""

from __future__ import annotations

import json
from collections.abc import Sequence
from functools import cache
from pathlib import Path

import pytest
import tokenizers
from hypothesis import given
from hypothesis import strategies as st

from corpus.aid import Entry as AidEntry
from corpus.aid import FindingAid, Key, Provenance
from corpus.archive import Archive
from corpus.parsing import parse
from corpus.record import Record
from corpus.transcript import Transcript
from generated import Made, transcripts
from index.models import ENGLISH_MODEL, model_source
from index.passages import (
    Passage,
    View,
    aid_passages,
    asked_before,
    budget,
    passages_of,
    speaker_of,
    token_count,
)
from qa.settings import Settings


@cache
def embedder() -> tuple[tokenizers.Tokenizer, int]:
    """Return the default model's own tokenizer, cutting nothing, and how much it reads."""
    folder = Path(model_source(ENGLISH_MODEL))
    tokenizer = tokenizers.Tokenizer.from_file(str(folder / "tokenizer.json"))
    tokenizer.no_truncation()
    tokenizer.no_padding()
    reads = json.loads((folder / "sentence_bert_config.json").read_text())["max_seq_length"]
    return tokenizer, int(reads)


def model_fits(text: str) -> bool:
    tokenizer, reads = embedder()
    return len(tokenizer.encode(text).ids) <= reads


@pytest.fixture(scope="module")
def shipped(archive: Archive) -> list[Passage]:
    """Every passage that the shipped index is made of, under the default settings."""
    settings = Settings()
    fits = budget(settings.passage_tokens, model_fits)
    found: list[Passage] = []
    for transcript in archive:
        found.extend(passages_of(transcript, window=settings.window, fits=fits))
        found.extend(aid_passages(transcript, archive.aid(transcript.id), fits=fits))
    return found


def flat(transcript: Transcript, number: int) -> str:
    sentence = transcript.sentences[number]
    text = transcript.text[sentence.start : sentence.end]
    return text.replace("\r\n", " ").replace("\n", " ").replace("\r", " ")


def named(transcript: Transcript, number: int) -> str:
    speaker = speaker_of(transcript, transcript.sentences[number])
    return f"{speaker}: " if speaker else ""


def check_everything_is_found(transcript: Transcript, passages: Sequence[Passage]) -> None:
    """Assert that both views hold every sentence, word for word."""
    for view in (View.SENTENCE, View.AROUND):
        members = [passage for passage in passages if passage.view is view]
        assert all(passage.first == passage.last for passage in members)
        texts: dict[int, list[str]] = {n: [] for n in range(len(transcript.sentences))}
        for passage in members:
            texts[passage.first].append(passage.text)
        for number, parts in texts.items():
            words, name = flat(transcript, number), named(transcript, number)
            if len(parts) == 1:
                assert words in parts[0]
            else:
                assert name + "".join(part.removeprefix(name) for part in parts) == name + words


def test_the_embedder_reads_every_passage_whole(shipped: list[Passage]) -> None:
    tokenizer, reads = embedder()
    assert reads == 256
    lengths = [len(tokenizer.encode(passage.text).ids) for passage in shipped]
    assert max(lengths) <= reads
    assert max(token_count(p.text) for p in shipped) <= Settings().passage_tokens


def test_every_sentence_is_in_a_passage_of_each_view(
    transcript: Transcript, shipped: list[Passage]
) -> None:
    check_everything_is_found(transcript, shipped)


def test_the_finding_aids_questions_point_at_their_sentences(
    archive: Archive, transcript: Transcript, shipped: list[Passage]
) -> None:
    aid = archive.aid(transcript.id)
    keys = [p for p in shipped if p.view is View.KEY]
    gaps = [p for p in shipped if p.view is View.GAP]
    assert len(keys) == sum(len(entry.questions) for entry in aid.entries) > 1000
    assert [p.text for p in gaps] == [gap.gap for gap in aid.gaps]
    ranges = {(transcript.sentences[p.first].start, transcript.sentences[p.last].end) for p in keys}
    assert ranges == {(entry.start, entry.end) for entry in aid.entries}
    assert {(p.first, p.last) for p in gaps} == {(-1, -1)}


@given(transcripts(), st.integers(1, 6), st.integers(2, 30))
def test_nothing_is_lost_however_small_the_budget(made: Made, window: int, words: int) -> None:
    transcript = made.parse()
    longest_name = max(len((turn.speaker or "").split()) for turn in transcript.turns)
    limit = longest_name + words

    def fits(text: str) -> bool:
        return len(text.split()) <= limit

    found = passages_of(transcript, window=window, fits=fits)
    assert all(fits(passage.text) for passage in found)
    check_everything_is_found(transcript, found)


@pytest.mark.parametrize(
    "sentence",
    [
        "word " * 2000 + "end.",
        "xyzq" * 600,
        "北" * 3000,
        "😀" * 800,
        "a" * 700 + " short " + "b" * 700,
    ],
)
def test_an_overlong_sentence_is_cut_and_kept(sentence: str) -> None:
    text = f"Ann: {sentence}\n\nBea: I see.\n\nAnn: Good.\n\nBea: So it is.\n"
    transcript = parse(text.encode(), Record(title="T"), "t", Path("t.txt"))
    fits = budget(200, model_fits)
    found = passages_of(transcript, window=3, fits=fits)
    assert all(fits(passage.text) for passage in found)
    assert len(found) > 2
    check_everything_is_found(transcript, found)


def test_an_overlong_question_of_a_finding_aid_is_cut_and_kept() -> None:
    transcript = parse(b"A: One. Two.\n", Record(title="T"), "t", Path("t.txt"))
    sentence = transcript.sentences[0]
    question = "why " * 900
    entry = AidEntry(
        start=sentence.start,
        end=sentence.end,
        questions=(Key(text=question, lang="en"),),
        provenance=Provenance(author="M. Curator", date="2026-01-01"),
    )
    fits = budget(200, model_fits)
    found = aid_passages(transcript, FindingAid(entries=(entry,)), fits=fits)
    assert len(found) > 1
    assert all(fits(passage.text) for passage in found)
    assert "".join(p.text for p in found).split() == question.split()


INTERVIEW = """ANNA: We met in Oslo. When did you leave? And how?

BORIS: In May. By boat. It was cold. Nobody slept. We ate bread.

ANNA: I see.

BORIS: Yes.
"""


def interview() -> tuple[Transcript, list[Passage]]:
    transcript = parse(INTERVIEW.encode(), Record(title="T"), "t", Path("t.txt"))
    return transcript, list(passages_of(transcript, window=5, fits=lambda _: True))


def test_a_reply_is_found_by_the_question_before_it() -> None:
    _, passages = interview()
    texts = [p.text for p in passages if p.view is View.SENTENCE]
    assert "When did you leave? And how? BORIS: In May." in texts
    assert "When did you leave? And how? BORIS: Nobody slept." in texts
    assert "BORIS: We ate bread." in texts
    assert "ANNA: I see." in texts
    assert "BORIS: Yes." in texts


def test_a_sentence_is_found_by_the_dialogue_around_it() -> None:
    transcript, passages = interview()
    around = {
        transcript.sentences[p.first].number: p.text for p in passages if p.view is View.AROUND
    }
    boat = next(
        s.number for s in transcript.sentences if "boat" in transcript.text[s.start : s.end]
    )
    assert around[boat] == "ANNA: And how? BORIS: In May. By boat. It was cold. Nobody slept."


@given(transcripts())
def test_questions_before_a_reply_are_somebody_elses(made: Made) -> None:
    transcript = made.parse()
    for sentence, asked in zip(transcript.sentences, asked_before(transcript), strict=True):
        speakers = {speaker_of(transcript, transcript.sentences[n]) for n in asked}
        assert speaker_of(transcript, sentence) not in speakers
        assert all(n < sentence.number for n in asked)


@given(transcripts())
def test_the_same_transcript_gives_the_same_passages(made: Made) -> None:
    transcript = made.parse()
    fits = budget(50, lambda text: len(text.split()) <= 30)
    assert passages_of(transcript, window=3, fits=fits) == passages_of(
        made.parse(), window=3, fits=fits
    )


@pytest.mark.parametrize("window", [0, -1])
def test_a_window_of_nothing_is_refused(transcript: Transcript, window: int) -> None:
    with pytest.raises(ValueError, match="at least one sentence"):
        passages_of(transcript, window=window, fits=lambda _: True)
