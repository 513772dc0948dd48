"""Bad input: one clear sentence that names the file, the line where there is one, and the cure."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from corpus.archive import open_archive, read_transcript
from corpus.errors import AidError, CorpusError, RecordError, TranscriptError

GOOD = "Ada:\nWe left at nine.\nBo:\nYes.\n"
RECORD = 'title = "A Talk"\n[[participants]]\nname = "Ada"\n[[participants]]\nname = "Bo"\n'


@pytest.fixture
def document(tmp_path: Path) -> Callable[..., Path]:
    """Return a function that writes one document and returns its path."""

    def write(data: bytes = GOOD.encode(), record: str | bytes | None = RECORD) -> Path:
        path = tmp_path / "talk.txt"
        path.write_bytes(data)
        if record is not None:
            raw = record.encode() if isinstance(record, str) else record
            path.with_suffix(".toml").write_bytes(raw)
        return path

    return write


def refusal(path: Path, kind: type[CorpusError]) -> str:
    """Return the message with which reading ``path`` is refused, after checking its form."""
    with pytest.raises(kind) as caught:
        open_archive(path.parent)
    message = str(caught.value)
    assert "\n" not in message
    assert str(path.parent) in message
    assert message.endswith((".", "…"))
    return message


def test_a_good_document_is_read(document: Callable[..., Path]) -> None:
    assert len(read_transcript(document()).turns) == 2


@pytest.mark.parametrize("data", [b"", b" \n\t\r\n "])
def test_an_empty_transcript(document: Callable[..., Path], data: bytes) -> None:
    assert "is empty" in refusal(document(data), TranscriptError)


@pytest.mark.parametrize("data", [b"\xef\xbb\xbf", b"\xef\xbb\xbf \n", "\u200b\n".encode()])
def test_a_transcript_of_nothing_visible(document: Callable[..., Path], data: bytes) -> None:
    refusal(document(data), TranscriptError)


@pytest.mark.parametrize(
    "data",
    [
        bytes(range(32)) * 20,
        b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR" * 9,
        GOOD.encode() + b"\0",
        b"Ada:\n\0We left.\n",
    ],
)
def test_binary_data(document: Callable[..., Path], data: bytes) -> None:
    refusal(document(data), TranscriptError)


def test_a_latin_1_file_is_read_when_the_record_says_so(document: Callable[..., Path]) -> None:
    path = document(
        GOOD.replace("nine", "Müller").encode("latin-1"), 'encoding = "latin-1"\n' + RECORD
    )
    assert "Müller" in read_transcript(path).text


@pytest.mark.parametrize("code", ["\x1b", "\x07", "\x7f", "\x9b"])
def test_control_characters_are_named_with_their_line(
    document: Callable[..., Path], code: str
) -> None:
    text = GOOD * 30 + f"Ada:\nA {code}[31m red word.\n"
    message = refusal(document(text.encode()), TranscriptError)
    assert f"U+{ord(code):04X}" in message
    assert "line 122" in message


def test_no_labels_at_all(document: Callable[..., Path]) -> None:
    message = refusal(document(b"We left at nine.\nNobody is named.\n"), TranscriptError)
    assert "no speaker label" in message
    assert "'Ada:'" in message


def test_no_labels_and_no_participants(document: Callable[..., Path]) -> None:
    message = refusal(document(b"We left at nine.\n", 'title = "A"\n'), TranscriptError)
    assert "Name:" in message


@pytest.mark.parametrize("data", [b"Ada:", b"Ada:\n", b"Ada:\n\n\nBo:\n", b"Ada:\n\xef\xbb\xbf"])
def test_labels_without_words(document: Callable[..., Path], data: bytes) -> None:
    assert "no speech" in refusal(document(data), TranscriptError)


def test_crlf_and_a_byte_order_mark_are_kept(document: Callable[..., Path]) -> None:
    data = b"\xef\xbb\xbf" + GOOD.replace("\n", "\r\n").encode()
    transcript = read_transcript(document(data))
    assert transcript.text == data.decode()
    assert [turn.speaker for turn in transcript.turns] == ["Ada", "Bo"]


def test_a_huge_file_is_refused_before_it_is_read(document: Callable[..., Path]) -> None:
    path = document()
    with path.open("r+b") as file:
        file.truncate(65 * 1024 * 1024)
    assert "split it" in refusal(path, TranscriptError)


def test_a_missing_record(document: Callable[..., Path]) -> None:
    message = refusal(document(record=None), RecordError)
    assert "talk.toml" in message
    assert "talk.txt" in message


def test_a_record_without_transcript(document: Callable[..., Path]) -> None:
    path = document()
    (path.parent / "other.toml").write_text(RECORD)
    assert "other.txt" in refusal(path, RecordError)


@pytest.mark.parametrize(
    ("record", "says"),
    [
        ("", "'title' is missing"),
        ('title = ""', "'title'"),
        ("title = 3", "'title'"),
        ('title = "A"\nauthor = "B"', "'author' is not known"),
        ('title = "A"\n[layout]\nhead = "x"', "'layout.head' is not known"),
        (
            'title = "A"\n[[participants]]\nname = "B"\nplace = "C"',
            "'place' belongs to the whole record: write it near the top",
        ),
        ('title = "A"\nnot_labels = ["Note:"]', "'not_labels' belongs under [layout]"),
        ("title = ", "cannot be read"),
        ("not toml at all", "cannot be read"),
        (b'title = "M\xfcller"', "not UTF-8"),
        ('title = "A"\ndate = "yesterday"', "'date'"),
        ('title = "A"\nlanguage = "English"', "'language'"),
        ('title = "A"\nencoding = "klingon"', "encoding"),
        ('title = "A"\n[layout]\nspeaker_label = "("', "regular expression"),
        ('title = "A"\n[layout]\nspeaker_label = "x"', r"(?P<name>"),
        (
            'title="A"\n[[participants]]\nname="Ada"\naliases=["X"]\n'
            '[[participants]]\nname="Bo"\naliases=["x"]',
            "to both Ada and Bo",
        ),
        (
            'title="A"\n[[participants]]\nname="Ada"\n[[participants]]\nname="Ada"',
            "Ada",
        ),
    ],
)
def test_records_that_cannot_be_used(
    document: Callable[..., Path], record: str | bytes, says: str
) -> None:
    message = refusal(document(record=record), RecordError)
    assert says in message
    assert "talk.toml" in message


@pytest.mark.parametrize(
    ("layout", "says"),
    [
        ('header_from = "Nowhere"', "layout.header_from"),
        ('notes_from = "Nowhere"', "layout.notes_from"),
        ('speech_from = "Nowhere"', "layout.speech_from"),
        ('ends_with = "Nowhere"', "layout.ends_with"),
        ('header_from = "Yes."', "wrong order"),
        ('notes_from = "Ada:"', "wrong order"),
        ('notes = [{number = 3, explains = "nine"}]', "note 3"),
        ('breaks = ["Nowhere"]', "layout.breaks"),
        ('not_breaks = ["Nowhere"]', "layout.not_breaks"),
        ('headings = ["Nowhere"]', "layout.headings"),
        ('not_headings = ["Nowhere"]', "layout.not_headings"),
        ('not_labels = ["Nowhere"]', "layout.not_labels"),
    ],
)
def test_a_layout_that_contradicts_the_text(
    document: Callable[..., Path], layout: str, says: str
) -> None:
    record = RECORD.replace("[[", f"[layout]\n{layout}\n[[", 1)
    assert says in refusal(document(record=record), RecordError)


def test_participants_that_no_label_names(document: Callable[..., Path]) -> None:
    record = 'title = "A"\n[[participants]]\nname = "Cy"\n'
    message = refusal(document(GOOD.encode() * 2, record), RecordError)
    assert "Cy" in message
    assert "Ada" in message


def test_a_note_explained_by_words_that_stand_twice(document: Callable[..., Path]) -> None:
    text = GOOD * 2 + "[1] Explained.\n"
    record = RECORD.replace("[[", '[layout]\nnotes = [{number = 1, explains = "We left"}]\n[[', 1)
    assert "2 times" in refusal(document(text.encode(), record), RecordError)


@pytest.mark.parametrize(
    ("line", "says"),
    [
        ("{", "not JSON"),
        ("3", "no JSON object"),
        ('{"start": 5, "end": 21}', "questions"),
        ('{"gap": "Why?"}', "'lang'"),
    ],
)
def test_a_finding_aid_that_cannot_be_used(
    document: Callable[..., Path], line: str, says: str
) -> None:
    path = document()
    path.with_name("talk.aid.jsonl").write_text(f"\n{line}\n")
    message = refusal(path, AidError)
    assert says in message
    assert "line 2" in message


@pytest.mark.parametrize("span", [(6, 21), (5, 20), (5, 30), (0, 3), (90, 99)])
def test_a_finding_aid_must_point_at_whole_sentences(
    document: Callable[..., Path], span: tuple[int, int]
) -> None:
    path = document()
    entry = (
        '{"start": %d, "end": %d, "questions": [{"text": "When?", "lang": "en"}], '
        '"provenance": {"author": "M. Curator", "date": "2026-01-01"}}'
    )
    aid = path.with_name("talk.aid.jsonl")
    aid.write_text(entry % (5, 21))
    assert len(open_archive(path.parent).aid("talk").entries) == 1
    aid.write_text(entry % span)
    assert "line 1" in refusal(path, AidError)


def test_a_folder_that_is_none(tmp_path: Path) -> None:
    with pytest.raises(CorpusError, match="is no folder"):
        open_archive(tmp_path / "nowhere")


def test_a_folder_without_transcripts(tmp_path: Path) -> None:
    with pytest.raises(CorpusError, match="holds no transcript"):
        open_archive(tmp_path)


def test_one_bad_document_is_named_among_good_ones(tiny_archive: Callable[..., Path]) -> None:
    folder = tiny_archive()
    (folder / "bad.txt").write_bytes(b"")
    (folder / "bad.toml").write_text('title = "Bad"')
    with pytest.raises(TranscriptError, match=r"bad\.txt"):
        open_archive(folder)


def test_a_fault_of_a_file_whose_name_is_no_text_can_be_written_down(tmp_path: Path) -> None:
    odd = Path(os.fsdecode(os.fsencode(tmp_path) + b"/o\xffd.txt"))
    odd.write_bytes(GOOD.encode())
    with pytest.raises(CorpusError) as caught:
        read_transcript(odd)
    assert "o\\udcffd.txt" in str(caught.value)
    str(caught.value).encode()
