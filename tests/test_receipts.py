"""Receipts: what was quoted is known again, and what became of it is said."""

from __future__ import annotations

import hashlib
import itertools
import json
import os
import random
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus.archive import Archive, open_archive, read_transcript, shipped_folder
from corpus.errors import CorpusError
from corpus.parsing import parse
from corpus.transcript import Transcript
from edited import Edited, edits
from generated import transcripts
from qa.answers import Answered, Evidence, Possible, Reason
from qa.cli import run_command
from qa.quotes import Quote
from qa.receipts.diff import Op, difference
from qa.receipts.files import read_bytes
from qa.receipts.judging import judge
from qa.receipts.objects import annotation_object, receipt_object
from qa.receipts.reading import receipts_in
from qa.receipts.receipt import Receipt, receipt_of
from qa.receipts.shelf import ReadShelf
from qa.receipts.short import ShortReceipt
from qa.receipts.source import Source
from qa.receipts.verdict import Differs, Noted, Verdict, Verified
from qa.render.contract import answer_object
from qa.render.receipts import receipts_file, receipts_of
from qa.sides import Said, Side

ROOT = Path(__file__).parent.parent
SHOTS = (8299, 8340)
DOCUMENT = "mielke-kryuchkov-1983-09-19"


class Texts:
    """Documents, and texts that no parser takes any more."""

    def __init__(self, *sources: Source) -> None:
        self.sources = sources

    def get(self, document: str, sha256: str = "") -> Source | None:
        return next((one for one in self.sources if one.name == document), None)

    def others(self, receipt: Receipt) -> Iterator[Source]:
        held = (one for one in self.sources if receipt.text in one.text)
        yield from (one for one in held if one.name != receipt.document)


def source_of(transcript: Transcript, text: str) -> Source:
    """Return a document whose text was replaced, as an archive's folder would give it."""
    data = text.encode()
    try:
        parsed = parse(data, transcript.record, transcript.id, Path(f"{transcript.id}.txt"))
    except CorpusError as error:
        sha256 = hashlib.sha256(data).hexdigest()
        return Source(transcript.id, sha256, text, None, described=False, fault=str(error))
    return Source.of(parsed)


def ranges(transcript: Transcript) -> Iterator[Quote]:
    for _, group in itertools.groupby(transcript.sentences, key=lambda s: s.block):
        sentences = list(group)
        for first, last in itertools.combinations_with_replacement(sentences, 2):
            yield Quote(transcript, first.start, last.end)


def test_every_sentence_range_of_the_shipped_archive_is_intact(archive: Archive) -> None:
    shelf, checked = ReadShelf(archive.transcripts), 0
    for transcript in archive:
        for quote in ranges(transcript):
            receipt = receipt_of(quote, archive.fingerprint)
            found = judge(receipt, shelf)
            assert (found.verdict, found.differs, found.noted) == (Verdict.INTACT, (), ())
            if checked % 20 == 0:
                for written in (receipt_object(receipt), annotation_object(receipt)):
                    read = json.loads(json.dumps(written))
                    assert list(receipts_in(read, "it")) == [("it", receipt)]
            checked += 1
    assert checked > 9000


def check_edited(transcript: Transcript, edited: Edited, count: int) -> None:
    """Verify receipts of some ranges after edits, against where their code points went."""
    source = source_of(transcript, edited.text)
    shelf = Texts(source)
    every = list(ranges(transcript))
    for quote in random.Random(len(edited.text)).sample(every, min(count, len(every))):
        receipt = receipt_of(quote, None)
        check_verdict(receipt, edited, source, judge(receipt, shelf))


def check_verdict(receipt: Receipt, edited: Edited, source: Source, found: Verified) -> None:
    at = edited.place_of(receipt.start, receipt.end)
    now, words = found.now, receipt.text
    if now is not None:
        assert now.text == edited.text[now.start : now.end]
        if found.difference:
            kept = [part.text for part in found.difference if part.op is not Op.NEW]
            made = [part.text for part in found.difference if part.op is not Op.GONE]
            assert ("".join(kept), "".join(made)) == (words, now.text)
    if found.verdict in (Verdict.INTACT, Verdict.MOVED):
        assert now is not None
        assert now.text == words
        assert (found.verdict is Verdict.INTACT) == (now.start == receipt.start)
        check_speaker(receipt, source, now.start, now.end)
    if at is not None:
        # The words stand there whole: whatever is said of them, never that they do not.
        assert found.verdict is not Verdict.GONE
        assert Differs.WORDS not in found.differs
        assert Differs.LAYOUT not in found.differs
    elif words not in edited.text:
        assert found.verdict in (Verdict.CHANGED, Verdict.GONE)
        left = edited.left_of(receipt.start, receipt.end)
        if found.verdict is Verdict.GONE:
            assert left < 0.7 * len(words) or len(words.split()) < 4


def check_speaker(receipt: Receipt, source: Source, start: int, end: int) -> None:
    """The words are still said by whom the receipt names, by the parser's own account."""
    if source.transcript is None or not source.described:
        return
    for sentence in source.transcript.sentences_in(start, end):
        turn = source.transcript.turns[sentence.turn - 1] if sentence.turn else None
        assert (turn.speaker if turn else None) == receipt.speaker


@given(st.data())
@settings(max_examples=25)
def test_after_random_edits_the_verdict_is_right(
    transcript: Transcript, data: st.DataObject
) -> None:
    check_edited(transcript, data.draw(edits(transcript)), 24)


@pytest.mark.long
@given(st.data())
@settings(max_examples=400)
def test_after_thousands_of_random_edits_the_verdict_is_right(
    transcript: Transcript, data: st.DataObject
) -> None:
    check_edited(transcript, data.draw(edits(transcript)), 40)


def changed(text: str, old: str, new: str) -> str:
    assert text.count(old) == 1
    return text.replace(old, new)


@pytest.fixture
def shots(transcript: Transcript) -> Receipt:
    return receipt_of(Quote(transcript, *SHOTS), "f" * 64)


def verdict_on(receipt: Receipt, transcript: Transcript, text: str) -> Verified:
    return judge(receipt, Texts(source_of(transcript, text)))


def test_a_changed_word_is_shown_as_a_difference(transcript: Transcript, shots: Receipt) -> None:
    found = verdict_on(shots, transcript, changed(transcript.text, "More than 120", "More than 12"))
    assert (found.verdict, found.differs) == (Verdict.CHANGED, (Differs.WORDS,))
    assert [(p.op, p.text) for p in found.difference if p.op is not Op.SAME] == [
        (Op.GONE, "120"),
        (Op.NEW, "12"),
    ]


def test_text_before_it_moves_a_quote_and_nothing_else(
    transcript: Transcript, shots: Receipt
) -> None:
    text = changed(transcript.text, "various signals were given.", "various signals given.")
    found = verdict_on(shots, transcript, text)
    assert (found.verdict, found.noted) == (Verdict.MOVED, (Noted.SOURCE,))
    assert found.now is not None
    assert found.now.start == shots.start - 5


def test_words_that_were_taken_out_are_gone(transcript: Transcript, shots: Receipt) -> None:
    found = verdict_on(shots, transcript, changed(transcript.text, shots.text, ""))
    assert (found.verdict, found.now) == (Verdict.GONE, None)


def test_a_new_line_break_is_no_changed_word(transcript: Transcript, shots: Receipt) -> None:
    other = shots.text.replace("\n", " ")
    found = verdict_on(shots, transcript, changed(transcript.text, shots.text, other))
    assert (found.verdict, found.differs) == (Verdict.CHANGED, (Differs.LAYOUT,))


def test_the_same_words_under_another_name_are_not_intact(
    transcript: Transcript, shots: Receipt
) -> None:
    label = transcript.turns[shots.turn - 1].label
    text = transcript.text[: label.start] + "Comrade Mielke:" + transcript.text[label.end :]
    found = verdict_on(shots, transcript, text)
    assert found.verdict is Verdict.CHANGED
    assert found.differs == (Differs.SPEAKER,)
    assert found.now is not None
    assert (found.now.text, found.now.speaker) == (shots.text, "Mielke")


def test_a_receipt_with_a_false_name_is_found_out(transcript: Transcript, shots: Receipt) -> None:
    found = verdict_on(replace(shots, speaker="Mielke"), transcript, transcript.text)
    assert (found.verdict, found.differs) == (Verdict.CHANGED, (Differs.SPEAKER,))


def test_a_person_whom_the_record_names_otherwise_is_the_same(
    transcript: Transcript, shots: Receipt
) -> None:
    record = transcript.record
    people = tuple(
        who.model_copy(update={"name": "W. Krjutschkow", "aliases": (*who.aliases, "Kryuchkov")})
        if who.name == "Kryuchkov"
        else who
        for who in record.participants
    )
    renamed = replace(transcript, record=record.model_copy(update={"participants": people}))
    found = judge(shots, Texts(source_of(renamed, transcript.text)))
    assert found.verdict is Verdict.INTACT


def test_a_sentence_that_has_grown_is_not_intact(transcript: Transcript, shots: Receipt) -> None:
    grown = "It is not true that: " + shots.text
    found = verdict_on(shots, transcript, changed(transcript.text, shots.text, grown))
    assert (found.verdict, found.differs) == (Verdict.CHANGED, (Differs.EDGES,))


def test_words_put_into_an_editors_bracket_are_not_intact(
    transcript: Transcript, shots: Receipt
) -> None:
    sentence = transcript.sentences_in(shots.start, shots.end)[0]
    following = transcript.sentences[sentence.number + 1]
    receipt = receipt_of(Quote(transcript, following.start, following.end), None)
    text = transcript.text[: following.start] + "[" + receipt.text + "]"
    text += transcript.text[following.end :]
    found = verdict_on(receipt, transcript, text)
    assert found.verdict is Verdict.CHANGED


def test_a_short_answer_taken_out_is_not_another_one(tiny_archive: Callable[..., Path]) -> None:
    lines = ["Interviewer:\nWere you there in the spring of that year?\nHale:\nNo.\n"]
    lines.append("Interviewer:\nAnd was the lamp still burning every evening then?\nHale:\nNo.\n")
    folder = tiny_archive()
    (folder / "lighthouse.txt").write_text("".join(lines))
    before = read_transcript(folder / "lighthouse.txt")
    at = before.text.index("No.")
    receipt = receipt_of(Quote(before, at, at + 3), None)
    assert receipt.places == 2
    text = before.text[:at] + "Yes." + before.text[at + 3 :]
    found = judge(receipt, Texts(source_of(before, text)))
    assert (found.verdict, found.now) == (Verdict.GONE, None)
    assert Noted.ELSEWHERE in found.noted


@given(transcripts(), st.data())
def test_receipts_of_any_transcript_are_read_back_and_intact(
    made: Any, data: st.DataObject
) -> None:
    transcript = made.parse()
    sentence = data.draw(st.sampled_from(transcript.sentences))
    receipt = receipt_of(Quote(transcript, sentence.start, sentence.end), None)
    for written in (receipt_object(receipt), annotation_object(receipt)):
        ((_, read),) = receipts_in(json.loads(json.dumps(written, ensure_ascii=False)), "it")
        assert read == receipt
        assert judge(read, ReadShelf((transcript,))).is_intact


@given(st.text(max_size=60), st.text(max_size=60))
def test_a_difference_gives_back_both_texts(one: str, other: str) -> None:
    found = difference(one, other)
    assert "".join(part.text for part in found if part.op is not Op.NEW) == one
    assert "".join(part.text for part in found if part.op is not Op.GONE) == other
    assert all(part.text for part in found)


# The command line, where nobody but the receipt knows what was quoted.


def verify(capsys: pytest.CaptureFixture[str], *arguments: object) -> tuple[int, dict[str, Any]]:
    code = run_command(["verify", *map(str, arguments), "--json"])
    out = capsys.readouterr()
    assert out.err == ""
    return code, json.loads(out.out)


@pytest.fixture
def ferry(tiny_archive: Callable[..., Path], tmp_path: Path) -> tuple[Path, Path]:
    """An archive and a file with the receipt of a quote from it."""
    folder = tiny_archive()
    transcript = read_transcript(folder / "ferry.txt")
    at = transcript.text.index("The last boat")
    quote = Quote.around(transcript, at, at + 5)
    path = tmp_path / "receipt.json"
    path.write_text(json.dumps(receipt_object(receipt_of(quote, None))))
    return folder, path


def test_a_receipt_outlives_edits_of_other_documents_and_the_index(
    ferry: tuple[Path, Path], capsys: pytest.CaptureFixture[str]
) -> None:
    folder, path = ferry
    code, found = verify(capsys, path, "--archive", folder)
    assert (code, found["intact"], found["counts"]["intact"]) == (0, True, 1)
    (folder / "lighthouse.txt").write_text("Interviewer:\nOther words.\nMrs. Hale:\nQuite.\n")
    assert verify(capsys, path, "--archive", folder)[0] == 0
    (folder / "lighthouse.txt").unlink()
    assert verify(capsys, path, "--archive", folder)[0] == 0


def test_every_verdict_has_its_exit_code(
    ferry: tuple[Path, Path], capsys: pytest.CaptureFixture[str]
) -> None:
    folder, path = ferry
    text = (folder / "ferry.txt").read_text()
    for other, verdict in (
        (text.replace("Twelve trips", "Thirteen trips"), "moved"),
        (text.replace("at nine", "at ten"), "changed"),
        (text.replace("MR. ODUYA: Twelve", "QUESTION: Twelve"), "changed"),
        (text.replace(" The last boat left at nine.", ""), "gone"),
    ):
        (folder / "ferry.txt").write_text(other)
        code, found = verify(capsys, path, "--archive", folder)
        assert (code, found["receipts"][0]["verdict"]) == (4, verdict)
    (folder / "ferry.txt").rename(folder / "boat.txt")
    (folder / "ferry.toml").rename(folder / "boat.toml")
    (folder / "boat.txt").write_text(text)
    code, found = verify(capsys, path, "--archive", folder)
    (one,) = found["receipts"]
    assert (code, one["verdict"], one["now"]["document"]) == (4, "moved", "boat")


def test_a_bare_copy_is_enough(
    ferry: tuple[Path, Path], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder, path = ferry
    copy = tmp_path / "some copy.txt"
    copy.write_bytes((folder / "ferry.txt").read_bytes())
    code, found = verify(capsys, path, "--source", copy)
    assert (code, found["receipts"][0]["noted"]) == (0, [])
    copy.write_text(copy.read_text().replace("MR. ODUYA: Twelve", "QUESTION: Twelve"))
    code, found = verify(capsys, path, "--source", copy)
    assert code == 4
    assert "speaker" in found["receipts"][0]["differs"]


def test_receipts_are_looked_for_in_every_document_of_a_file(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    said = ("The dam broke at noon.", "Nobody rang the bell.", "The mayor was away.")
    parts = "".join(
        f'<div type="document" xml:id="d{number}"><head>Talk {number}</head>'
        f'<u who="#reed">{words}</u><u who="#hale">I see it now.</u></div>'
        for number, words in enumerate(said)
    )
    original = tmp_path / "papers.xml"
    original.write_text(
        '<TEI xmlns="http://www.tei-c.org/ns/1.0"><teiHeader><fileDesc><titleStmt><title>Papers'
        f"</title></titleStmt></fileDesc></teiHeader><text><body>{parts}</body></text></TEI>"
    )
    folder = tmp_path / "papers"
    assert run_command(["add", str(original), "--archive", str(folder), "--accept"]) in (0, 4)
    capsys.readouterr()
    shorts = []
    for document, words in zip(open_archive(folder), said, strict=True):
        at = document.text.index(words)
        quote = Quote.around(document, at, at + 5)
        shorts.append(str(ShortReceipt.of_quote(quote)))
    _, found = verify(capsys, *shorts, "--source", original)
    assert [one["verdict"] for one in found["receipts"]] == ["intact"] * len(said)
    original.write_text(original.read_text().replace("rang", "tolled"))
    _, found = verify(capsys, *shorts, "--source", original)
    assert [one["verdict"] for one in found["receipts"]] == ["intact", "gone", "intact"]


def test_an_archive_with_a_broken_record_still_says_whether_words_stand_there(
    ferry: tuple[Path, Path], capsys: pytest.CaptureFixture[str]
) -> None:
    folder, path = ferry
    (folder / "ferry.toml").write_text("title = ")
    code, found = verify(capsys, path, "--archive", folder)
    assert code == 0
    assert "unreadable" in found["receipts"][0]["noted"]


def test_verifying_loads_neither_index_nor_model(ferry: tuple[Path, Path]) -> None:
    folder, path = ferry
    code = (
        "import sys; from qa.cli import run_command\n"
        f"assert run_command(['verify', {str(path)!r}, '--archive', {str(folder)!r}]) == 0\n"
        "heavy = 'torch onnxruntime faiss sentence_transformers transformers tantivy gradio'\n"
        "assert not set(heavy.split()) & set(sys.modules)"
    )
    done = subprocess.run(  # noqa: PLW1510 - asserted below
        [sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, env=os.environ
    )
    assert (done.returncode, done.stderr) == (0, "")


def test_the_terminal_is_told_in_words(
    ferry: tuple[Path, Path], capsys: pytest.CaptureFixture[str]
) -> None:
    folder, path = ferry
    (folder / "ferry.txt").write_text((folder / "ferry.txt").read_text().replace("nine", "ten"))
    assert run_command(["verify", str(path), "--archive", str(folder)]) == 4
    said = " ".join(capsys.readouterr().out.split())
    assert "changed; other words stand there now" in said
    assert "“The last boat left at [-nine-]{+ten+}.”" in said
    assert said.endswith("1 receipt: 1 changed.")


def altered(shots: Receipt, **values: Any) -> bytes:
    return json.dumps({**receipt_object(shots), **values}).encode()


def test_hostile_receipts_get_one_sentence_each(
    shots: Receipt, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    hostile = {
        "no json": b'{"receipt": 1,',
        "nothing": b"",
        "binary": b"\xff\xfe\x00",
        "a number": b"[7]",
        "another object": b'{"a": 1}',
        "deep": b"[" * 100_000,
        "deeper than it may": b"[" * 20 + b"]" * 20,
        "negative": altered(shots, start=-1),
        "huge": altered(shots, end=10**30),
        "not finite": altered(shots, time={"start": float("nan"), "end": 1.0}),
        "text as number": altered(shots, start="8299"),
        "true as number": altered(shots, receipt=True),
        "list as words": altered(shots, text=["More"]),
        "other length": altered(shots, end=9000),
        "other words": altered(shots, text=shots.text.replace("120", "121")),
        "no hash": altered(shots, sha256="../../etc/passwd"),
        "half a character": altered(shots, speaker="\ud800"),
        "later version": altered(shots, receipt=2),
        "annotation of others": b'{"@context": "http://www.w3.org/ns/anno.jsonld"}',
        "markdown": b"```json verbatim-receipts\n{]\n```\n",
        "page": b'<pre id="verbatim-receipts">no</pre>',
    }
    for name, data in hostile.items():
        path = tmp_path / "hostile.json"
        path.write_bytes(data)
        assert run_command(["verify", str(path)]) == 1, name
        out = capsys.readouterr()
        assert out.out == ""
        assert out.err.count("\n") == 1, (name, out.err)
        assert out.err.startswith("verbatim: ")
        assert len(out.err) < 500, name
    assert run_command(["verify", str(tmp_path / "missing.json")]) == 1
    assert run_command(["verify", "verbatim:half"]) == 1


def test_a_path_as_document_is_only_a_name(
    shots: Receipt, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "secret.txt").write_text("Nobody reads this.")
    for document in ("../../secret", str(tmp_path / "secret"), "a\x00b", "other archive's"):
        (tmp_path / "r.json").write_bytes(altered(shots, document=document, text="x", start=0))
        path = tmp_path / "r.json"
        receipt = replace(shots, document=document)
        path.write_text(json.dumps(receipt_object(receipt)))
        code, found = verify(capsys, path, "--archive", shipped_folder())
        assert code == 4
        (one,) = found["receipts"]
        # The text itself is known by its hash, whatever the receipt calls it.
        assert (one["verdict"], one["now"]["document"]) == ("moved", DOCUMENT)


def test_a_receipt_of_another_archive_is_gone_and_says_so(
    ferry: tuple[Path, Path], capsys: pytest.CaptureFixture[str]
) -> None:
    code, found = verify(capsys, ferry[1], "--archive", shipped_folder())
    assert (code, found["receipts"][0]["noted"]) == (4, ["no-document"])


def test_altered_words_beside_a_true_receipt_are_found_out(
    shots: Receipt, transcript: Transcript
) -> None:
    quote = {
        "document": shots.document, "sha256": shots.sha256, "layer": "speech",
        "start": shots.start, "end": shots.end, "text": shots.text.replace("120", "190"),
        "speaker": shots.speaker,
    }  # fmt: skip
    answer = {"question": "How many?", "quotes": [quote], "receipts": [receipt_object(shots)]}
    read = read_bytes((json.dumps(answer) + "\n" + json.dumps(answer)).encode(), "a.jsonl")
    verdicts = [judge(one.receipt, ReadShelf((transcript,))).verdict for one in read[:2]]  # type: ignore[arg-type]
    assert verdicts == [Verdict.INTACT, Verdict.CHANGED]
    assert [one.where for one in read] == [
        "a.jsonl, line 1, number 1",
        "a.jsonl, line 1, quotes, number 1",
        "a.jsonl, line 2, number 1",
        "a.jsonl, line 2, quotes, number 1",
    ]


def test_short_receipts(
    transcript: Transcript, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    quote = Quote(transcript, *SHOTS)
    short = str(ShortReceipt.of_quote(quote))
    assert len(short) < 90
    assert verify(capsys, short)[0] == 0
    for other, verdict in (
        (short.replace("8299-8340", "8300-8341"), "moved"),
        (short[:-8] + "0" * 8, "changed"),
        (short.replace(":8299-8340:", ":8299-8341:"), "gone"),
    ):
        code, found = verify(capsys, other)
        assert (code, found["receipts"][0]["verdict"]) == (4, verdict)
    scanned = tmp_path / "scanned.txt"
    scanned.write_text(f"“{quote.text}”\nSomebody, somewhere.\n{short}\nhttps://x.example/y")
    assert verify(capsys, scanned)[0] == 0


@pytest.mark.parametrize(
    ("old", "new", "noted"),
    [("120", "500", ()), ("were fired", "were fired that night", ()), ("", "", (Noted.SOURCE,))],
)
def test_changed_elsewhere_is_said_only_of_what_was(
    transcript: Transcript, old: str, new: str, noted: tuple[Noted, ...]
) -> None:
    start, end = SHOTS
    receipt = receipt_of(Quote(transcript, start, end), None)
    text = transcript.text
    words = text[start:end].replace(old, new) if old else text[start:end].replace("120", "500")
    behind = text[end:] if old else text[end:].replace("passenger", "cargo", 1)
    found = judge(receipt, Texts(source_of(transcript, f"{text[:start]}{words}{behind}")))
    assert (found.verdict, found.differs) == (Verdict.CHANGED, (Differs.WORDS,))
    assert found.noted == noted


@cache
def _shipped() -> Transcript:
    return read_transcript(shipped_folder() / f"{DOCUMENT}.txt")


@given(st.data())
@settings(max_examples=25, deadline=None)
def test_edits_of_another_document_change_no_receipt(data: st.DataObject) -> None:
    one = _shipped()
    text = data.draw(edits(one)).text
    beside = Source("other", hashlib.sha256(text.encode()).hexdigest(), text, None, described=False)
    sentence = data.draw(st.sampled_from([s for s in one.sentences if s.turn]))
    receipt = receipt_of(Quote.of(one, sentence.number, sentence.number), None)
    found = judge(receipt, Texts(beside, Source.of(one)))
    assert (found.verdict, found.noted) == (Verdict.INTACT, ())


# Passages that were only offered for the reader to judge.


@pytest.fixture
def offered(transcript: Transcript) -> Possible:
    evidence = Evidence(Quote(transcript, *SHOTS), 1.0)
    return Possible("How many?", Reason.NOT_CONFIDENT, 0.4, (evidence,), 1)


ONLY_OFFERED = "These words were only offered for the reader to judge, not given as an answer."


@pytest.mark.parametrize("name", ["r.json", "r.jsonld"])
def test_a_receipt_of_a_passage_to_judge_says_so_and_of_an_answer_does_not(
    offered: Possible, tmp_path: Path, capsys: pytest.CaptureFixture[str], name: str
) -> None:
    answered = Answered("How many?", offered.nearest, 0.9)
    for answer, marked in ((offered, True), (answered, False)):
        path = tmp_path / f"{marked} {name}"
        path.write_text(receipts_file(receipts_of(answer, None), path))
        code, found = verify(capsys, path)
        assert (code, found["receipts"][0]["noted"]) == (0, ["offered"] if marked else [])
        assert run_command(["verify", str(path)]) == 0
        said = " ".join(capsys.readouterr().out.split())
        assert (ONLY_OFFERED in said) is marked
        assert said.endswith("1 receipt: 1 intact.")


def test_a_receipt_that_does_not_say_whether_it_was_offered_still_verifies(
    shots: Receipt, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    older = {key: value for key, value in receipt_object(shots).items() if key != "offered"}
    (tmp_path / "older.json").write_text(json.dumps(older))
    code, found = verify(capsys, tmp_path / "older.json")
    assert (code, found["receipts"][0]["noted"]) == (0, [])
    for wrong in ("yes", 1):
        (tmp_path / "wrong.json").write_bytes(altered(shots, offered=wrong))
        assert run_command(["verify", str(tmp_path / "wrong.json")]) == 1
        assert capsys.readouterr().err.count("\n") == 1


def test_an_offered_passage_set_among_the_quotes_is_still_offered(offered: Possible) -> None:
    answer: dict[str, Any] = {**answer_object(offered)}
    forged = {**answer, "status": "answered", "quotes": answer["nearest"], "nearest": []}
    unreceipted = {**answer, "receipts": []}
    for written in (answer, forged, unreceipted):
        ((_, receipt),) = receipts_in(json.loads(json.dumps(written)), "it")
        assert receipt.offered


def test_what_each_side_says_beside_an_answer_is_no_answer(
    transcript: Transcript, offered: Possible
) -> None:
    sentence = transcript.sentences_in(*SHOTS)[0]
    beside = Quote.of(transcript, sentence.number + 1, sentence.number + 1)
    told = Side(transcript.id, "Kryuchkov", (Said(beside, None),))
    answered = Answered("How many?", offered.nearest, 0.9, sides=(told,))
    assert [one.offered for one in receipts_of(answered, None)] == [False, True]
