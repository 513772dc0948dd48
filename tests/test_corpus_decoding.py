"""Text comes in whatever encoding it was saved in, and the record may name another."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from corpus.archive import Archive, read_transcript
from corpus.decoding import decode, same_encoding
from corpus.errors import TranscriptError
from corpus.parsing import parse
from corpus.record import Record
from corpus.transcript import Transcript
from generated import Made, transcripts

TALKS = {
    "en": "Ada: I didn’t see it – really.\nBo: “No”, said the café’s owner.\n",
    "de": "Ada: Wir trafen Müller. Die Straße war schön.\nBo: Ja, natürlich.\n",
    "fr": "Ada : Je suis allé à l’école où l’élève était.\nBo : Ça va très bien.\n",
    "sv": "Åsa: Dammen brast. Så är det här.\nÖrjan: När då?\n",
    "pl": "Jan: Źle się dzieje, powiedział wójt.\nNowak: Łódź jest piękna.\n",
    "ru": "Иванов: Плотина прорвалась в полдень.\nПетров: Когда это было?\n",
    "el": "Νίκου: Το φράγμα έσπασε το μεσημέρι.\nΆννα: Πότε ήταν αυτό;\n",
    "tr": "Yılmaz: Baraj öğlen yıkıldı, şimdi çok üzgünüm.\nDemir: Ne zaman?\n",
    "he": "כהן: הסכר נפרץ בצהריים ולא ידענו דבר.\nלוי: מתי זה היה?\n",
    "ar": "أحمد: انهار السد عند الظهر ولم نكن نعرف.\nمحمد: متى كان ذلك؟\n",
    "ja": "田中：ダムは正午に決壊しました。何も知りませんでした。\n鈴木：いつですか。\n",
    "zh": "王：大坝在中午决堤了。我们什么都不知道。\n李：那是什么时候？\n",
    "ko": "김철수: 댐은 정오에 무너졌습니다.\n이영희: 그게 언제였습니까?\n",
}
LEGACY = {
    "en": ("cp1252", "mac-roman"), "de": ("cp1252", "mac-roman"), "fr": ("cp1252", "mac-roman"),
    "sv": ("cp1252",), "pl": ("cp1250", "iso8859-2"), "ru": ("cp1251", "koi8-r", "cp866"),
    "el": ("cp1253",), "tr": ("cp1254",), "he": ("cp1255",), "ar": ("cp1256",),
    "ja": ("cp932", "euc-jp"), "zh": ("gb18030",), "ko": ("cp949",),
}  # fmt: skip
UNICODE = ("utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "utf-32-be")


def read(data: bytes, *, language: str = "en", stated: str = "utf-8") -> str:
    record = Record(title="A Talk", language=language, encoding=stated)
    decoded = decode(data, record, Path("talk.txt"))
    assert decoded.text == data.decode(decoded.encoding)
    return decoded.text


@pytest.mark.parametrize(
    ("language", "encoding"), [(code, name) for code, names in LEGACY.items() for name in names]
)
def test_a_file_without_a_stated_encoding(language: str, encoding: str) -> None:
    text = TALKS[language]
    assert read(text.encode(encoding), language=language) == text


@pytest.mark.parametrize("stated", ["utf-8", "utf8", "latin-1", "cp1252", "utf-16", "ascii"])
@pytest.mark.parametrize("encoding", UNICODE)
@pytest.mark.parametrize("text", TALKS.values(), ids=TALKS)
def test_unicode_under_any_name(text: str, encoding: str, stated: str) -> None:
    assert read(text.encode(encoding), stated=stated).removeprefix("\ufeff") == text


@pytest.mark.parametrize("stated", ["latin-1", "ISO-8859-1", "ascii", "utf-8", "utf-16"])
@pytest.mark.parametrize("line_end", ["\n", "\r\n", "\r"])
def test_windows_1252_under_another_name(stated: str, line_end: str) -> None:
    text = TALKS["en"].replace("\n", line_end)
    assert read(text.encode("cp1252"), stated=stated) == text


def test_windows_1250_under_the_name_of_latin_2() -> None:
    assert read("Ada: „Łódź”.\n".encode("cp1250"), language="pl", stated="iso-8859-2").endswith(
        "„Łódź”.\n"
    )


def test_what_is_stated_and_gives_text_is_used() -> None:
    text = TALKS["ru"]
    assert read(text.encode("mac-cyrillic"), language="ru", stated="mac-cyrillic") == text
    assert read(text.encode("cp866"), language="de", stated="cp866") == text


def test_the_encoding_used_is_known_and_the_bytes_are_hashed_as_they_are() -> None:
    data = TALKS["de"].encode("cp1252")
    transcript = parse(data, Record(title="T", language="de"), "t", Path("t.txt"))
    assert transcript.encoding == "cp1252"
    assert transcript.text.encode("cp1252") == data
    assert not same_encoding(transcript.encoding, transcript.record.encoding)
    assert same_encoding("utf8", "UTF-8-sig")


def _parsed(data: bytes, record: Record) -> Transcript | None:
    """Return the transcript, or None where it is refused for want of a label."""
    try:
        return parse(data, record, "made", Path("made.txt"))
    except TranscriptError as error:
        if "no speaker label" not in str(error):
            raise
        return None


@given(made=transcripts(), encoding=st.sampled_from(UNICODE))
def test_offsets_count_code_points_of_the_decoded_file(made: Made, encoding: str) -> None:
    text = made.data.decode().removeprefix("\ufeff")
    data = text.encode(encoding)
    transcript = _parsed(data, made.record)
    # A text may hold nothing that is certainly a label, whatever its encoding.
    assume(transcript is not None)
    assert transcript is not None
    assert transcript.text == data.decode(transcript.encoding)
    assert transcript.text.removeprefix("\ufeff") == text


@pytest.mark.parametrize("stated", ["utf-8", "latin-1"])
def test_utf_8_with_one_broken_letter_is_not_read_as_something_else(stated: str) -> None:
    good = TALKS["de"].encode()
    broken = good * 3 + b"Ada: M\xfcller.\n" + good
    with pytest.raises(TranscriptError, match=r"line 7: is UTF-8 but for 1 place"):
        read(broken, stated=stated)


@pytest.mark.parametrize("stated", ["utf-8", "latin-1", "utf-16", "utf-32"])
@pytest.mark.parametrize(
    "data",
    [
        bytes(range(256)) * 8,
        bytes(range(32)) * 20,
        b"\x7fELF\x02\x01\x01\0\0\0\0\0\0\0\0\0\x03\0>\0" * 9,
        b"\xff\xd8\xff\xe0\0\x10JFIF\0\x01\x01\0\0\x01\0\x01" * 9,
        b"Ada: We left.\n\0",
    ],
)
def test_what_is_no_text_is_refused_in_one_sentence(data: bytes, stated: str) -> None:
    with pytest.raises(TranscriptError, match=r"is not plain text but binary data; [^.]*\.$"):
        read(data, stated=stated)


def test_an_archive_is_another_one_where_its_bytes_are_read_otherwise(tmp_path: Path) -> None:
    path = tmp_path / "talk.txt"
    path.write_bytes(TALKS["de"].encode("cp1252"))
    path.with_suffix(".toml").write_text('title = "T"\nlanguage = "de"\n')
    read_as = read_transcript(path)
    path.with_suffix(".toml").write_text('title = "T"\nlanguage = "de"\nencoding="cp1252"\n')
    stated = read_transcript(path)
    assert Archive(tmp_path, (read_as,)).fingerprint != Archive(tmp_path, (stated,)).fingerprint
