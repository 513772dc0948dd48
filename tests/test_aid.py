"""The finding aid: what may stand in it, and what the shipped one promises."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from corpus.aid import Entry, FindingAid, KnownGap, aid_path, read_aid
from corpus.archive import Archive, read_transcript, shipped_folder
from corpus.errors import AidError
from corpus.judgments import shipped_questions
from corpus.transcript import Layer, Transcript
from corpus.wording import jaccard, wording
from qa.describe.aid_file import dumped

BY = {"author": "Ada", "date": "2026-01-31", "reviewed_by": None}
BELL = {"text": "What was rung?", "lang": "en"}


@pytest.fixture
def lighthouse(tiny_archive: Callable[..., Path]) -> Transcript:
    return read_transcript(tiny_archive() / "lighthouse.txt")


@pytest.fixture
def shipped_aid(archive: Archive, transcript: Transcript) -> FindingAid:
    return archive.aid(transcript.id)


def entry(transcript: Transcript, **changes: object) -> dict[str, object]:
    sentence = next(s for s in transcript.sentences if s.layer is Layer.SPEECH)
    values: dict[str, object] = {"start": sentence.start, "end": sentence.end}
    return values | {"questions": [BELL], "provenance": BY} | changes


def read(transcript: Transcript, folder: Path, *rows: object) -> FindingAid:
    path = folder / "x.aid.jsonl"
    lines = [row if isinstance(row, str) else json.dumps(row) for row in rows]
    path.write_text("\n".join(lines), encoding="utf-8")
    return read_aid(path, transcript)


def test_a_document_without_an_aid_has_an_empty_one(lighthouse: Transcript, tmp_path: Path) -> None:
    assert read_aid(tmp_path / "none.aid.jsonl", lighthouse) == FindingAid()


def test_entries_and_gaps_are_read(lighthouse: Transcript, tmp_path: Path) -> None:
    gap = {"gap": "Who built it?", "lang": "en", "provenance": BY}
    aid = read(lighthouse, tmp_path, entry(lighthouse), "", gap)
    assert [key.text for e in aid.entries for key in e.questions] == ["What was rung?"]
    assert [g.gap for g in aid.gaps] == ["Who built it?"]


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"start": 1}, "sentence boundaries"),
        ({"end": 10**9}, "sentence boundaries"),
        ({"start": -1}, "'start'"),
        ({"questions": []}, "'questions'"),
        ({"questions": [{"text": " ", "lang": "en"}]}, "'questions.text'"),
        ({"questions": [{"text": "Why?", "lang": "English"}]}, "'questions.lang'"),
        ({"questions": [BELL, BELL]}, "again"),
        ({"provenance": {"author": "Ada", "date": "soon"}}, "'provenance.date'"),
        ({"mood": "grim"}, "'mood'"),
    ],
)
def test_a_faulty_entry_is_refused_with_its_line(
    lighthouse: Transcript, tmp_path: Path, change: dict[str, object], said: str
) -> None:
    with pytest.raises(AidError, match=r"x\.aid\.jsonl, line 2: .*" + said) as caught:
        read(lighthouse, tmp_path, "", entry(lighthouse, **change))
    assert caught.value.line == 2


@pytest.mark.parametrize("line", ["{", "[]", "3", "[" * 100_000, '{"gap": 1}', '{"near": [2, 1]}'])
def test_a_line_that_is_no_object_of_an_aid_is_refused(
    lighthouse: Transcript, tmp_path: Path, line: str
) -> None:
    with pytest.raises(AidError, match="line 1"):
        read(lighthouse, tmp_path, line)


def test_an_entry_never_spans_two_speakers(lighthouse: Transcript, tmp_path: Path) -> None:
    spoken = [s for s in lighthouse.sentences if s.layer is Layer.SPEECH]
    both = entry(lighthouse, start=spoken[0].start, end=spoken[1].end)
    with pytest.raises(AidError, match="crosses a label"):
        read(lighthouse, tmp_path, both)


def test_a_question_stands_once_whatever_its_case(lighthouse: Transcript, tmp_path: Path) -> None:
    again = {"gap": "what  WAS rung?", "lang": "en", "provenance": BY}
    with pytest.raises(AidError, match=r"line 2: asks .* as line 1 does"):
        read(lighthouse, tmp_path, entry(lighthouse), again)


def test_bytes_that_are_no_utf8_are_refused(lighthouse: Transcript, tmp_path: Path) -> None:
    path = tmp_path / "x.aid.jsonl"
    path.write_bytes('{"gap": "Müller?"}'.encode("latin-1"))
    with pytest.raises(AidError, match="not UTF-8"):
        read_aid(path, lighthouse)


def test_the_shipped_aid_describes_nearly_every_sentence(
    shipped_aid: FindingAid, transcript: Transcript
) -> None:
    held = {
        sentence.number
        for e in shipped_aid.entries
        for sentence in transcript.sentences_in(e.start, e.end)
    }
    assert len(held) >= 0.95 * len(transcript.sentences)
    assert {Layer.HEADER, Layer.NOTE} <= {transcript.sentences[n].layer for n in held}
    assert len(shipped_aid.gaps) >= 150


def test_every_shipped_entry_has_six_questions_in_different_voices(
    shipped_aid: FindingAid,
) -> None:
    for e in shipped_aid.entries:
        assert len(e.questions) >= 6, e
        assert len({key.voice for key in e.questions}) >= 4, e


def test_the_shipped_aid_says_of_each_line_that_a_model_drafted_it(
    shipped_aid: FindingAid,
) -> None:
    """Until a person has reviewed it; then this test names what was reviewed."""
    parts: tuple[Entry | KnownGap, ...] = (*shipped_aid.entries, *shipped_aid.gaps)
    assert {part.provenance.author for part in parts} == {"model-drafted"}
    assert {part.provenance.reviewed_by for part in parts} == {None}


def test_shipped_lines_are_written_as_the_tools_write_them() -> None:
    path = aid_path(next(shipped_folder().glob("*.txt")))
    for number, line in enumerate(path.read_bytes().splitlines(), start=1):
        model = KnownGap if b'"gap":' in line[:8] else Entry
        assert dumped(model.model_validate_json(line)) == line, f"line {number}"


@pytest.mark.parametrize("name", ["mielke-kryuchkov-dev.jsonl", "mielke-kryuchkov-blind.jsonl"])
def test_no_question_of_the_shipped_aid_is_a_gold_question(
    shipped_aid: FindingAid, name: str
) -> None:
    """The aid was written without sight of them; else they would measure nothing."""
    lines = shipped_questions().with_name(name).read_text(encoding="utf-8").splitlines()
    gold = {row["qid"]: wording(row["question"]) for row in map(json.loads, lines)}
    keys = [key.text for e in shipped_aid.entries for key in e.questions]
    keys += [gap.gap for gap in shipped_aid.gaps]
    worded = [wording(key) for key in keys]
    near = [
        (qid, number)
        for qid, words in gold.items()
        for number, key in enumerate(worded)
        if jaccard(words, key) >= 0.6
    ]
    assert not near


def test_the_examples_of_the_curators_guide_are_valid(
    transcript: Transcript, tmp_path: Path
) -> None:
    guide = Path(__file__).parents[1] / "docs" / "finding-aid.md"
    block = guide.read_text(encoding="utf-8").split("```json\n")[1].split("```")[0]
    aid = read(transcript, tmp_path, block.strip())
    assert "warning" in transcript.text[aid.entries[0].start : aid.entries[0].end]


def test_the_curators_guide_names_every_command() -> None:
    from qa.describe.commands import app

    guide = (Path(__file__).parents[1] / "docs" / "finding-aid.md").read_text(encoding="utf-8")
    names = [command.name or command.callback.__name__ for command in app.registered_commands]
    assert len(names) == 9
    for name in names:
        assert f"`verbatim describe {name} " in guide
