"""Files of other formats: what they state about who speaks is kept, and every sign has a place."""

from __future__ import annotations

import html
import importlib
import json
import pkgutil

import pytest

from corpus.errors import ImportingError
from corpus.importing import formats
from corpus.importing.imported import Imported, Kind
from corpus.importing.placed import parse_placed
from corpus.importing.protocol import read_original
from corpus.importing.sidecar import SourceMap, map_bytes, read_map
from corpus.importing.writing import Written, write
from corpus.record import Record
from corpus.transcript import Transcript

ZOOM = """WEBVTT

1
00:00:01.000 --> 00:00:04.000
Anna Reed: The dam broke at noon.

2
00:00:04.000 --> 00:00:06.500
Note: I was at the mill.

3
00:00:07.000 --> 00:00:09.000
John Polk: Who closed the gates?
"""
TAGGED = """WEBVTT

NOTE made by hand

00:01.000 --> 00:04.000
<v Anna Reed>It was <i>dark</i> &amp; cold.
John Polk: he called out.

00:04.000 --> 00:06.000
Nobody came.

00:06.000 --> 00:08.000
<v.loud John Polk>Who knew?</v>

00:08.000 --> 00:09.000
[laughter]
"""


def only(data: str | bytes, name: str) -> Imported:
    (imported,) = read_original(data.encode() if isinstance(data, str) else data, name)
    return imported


def speeches(imported: Imported) -> list[tuple[str | None, str]]:
    return [(b.speaker, b.text) for b in imported.blocks if b.kind is Kind.SPEECH]


def stored(imported: Imported, **fields: object) -> Transcript:
    """Return a placed document as the archive reads it."""
    written = write(imported)
    assert written.stated is not None
    record = Record.model_validate({"title": "T", **fields})
    from pathlib import Path

    return parse_placed(written.text.encode(), record, "t", Path("t.txt"), written.stated)


def require_places(imported: Imported, written: Written) -> None:
    """Every sign that the importer did not put there itself stands at its place."""
    for run in written.runs:
        there = imported.units[run.place.unit][run.place.start : run.place.end]
        here = written.text[run.start : run.end]
        flat = [" ".join(text.split()) for text in (there, html.unescape(there))]
        assert " ".join(here.split()) in flat, (run, there, here)


def test_every_format_is_one_module_with_the_three_names() -> None:
    names = [module.name for module in pkgutil.iter_modules(formats.__path__)]
    assert "webvtt" in names
    for name in names:
        module = importlib.import_module(f"{formats.__name__}.{name}")
        assert module.NAME
        assert callable(module.recognise)
        assert callable(module.read)


def test_names_at_the_start_of_cues_are_speakers_and_a_remark_is_none() -> None:
    imported = only(ZOOM, "zoom.vtt")
    assert imported.format == "WebVTT"
    assert speeches(imported) == [
        ("Anna Reed", " The dam broke at noon. Note: I was at the mill."),
        ("John Polk", " Who closed the gates?"),
    ]


def test_a_voice_tag_holds_until_the_next_and_nothing_inside_a_cue_ends_it() -> None:
    imported = only(TAGGED, "tagged.vtt")
    assert speeches(imported) == [
        ("Anna Reed", "It was dark & cold. John Polk: he called out. Nobody came."),
        ("John Polk", "Who knew?"),
    ]
    assert [b.text for b in imported.blocks if b.kind is Kind.DIRECTION] == ["[laughter]"]


@pytest.mark.parametrize("data", [ZOOM, TAGGED], ids=["zoom", "tagged"])
def test_what_is_stored_reads_back_to_the_same_turns(data: str) -> None:
    imported = only(data, "x.vtt")
    transcript = stored(imported)
    assert [(t.speaker, transcript.text[t.start : t.end]) for t in transcript.turns] == [
        (speaker, text.strip()) for speaker, text in speeches(imported)
    ]
    require_places(imported, write(imported))


def test_the_map_tells_the_second_of_every_word() -> None:
    written = write(only(ZOOM, "zoom.vtt"))
    source = SourceMap("WebVTT", "zoom.vtt", "0", "0", written.stated, written.runs)
    mill = written.text.index("mill")
    assert source.time(mill, mill + 4) == (4.0, 6.5)
    assert source.time(0, len(written.text)) == (1.0, 9.0)


def test_a_map_is_read_as_it_was_written(tmp_path) -> None:  # type: ignore[no-untyped-def]
    written = write(only(TAGGED, "tagged.vtt"))
    import hashlib

    text = written.text.encode()
    source = SourceMap(
        "WebVTT", "t.vtt", "0", hashlib.sha256(text).hexdigest(), written.stated, written.runs
    )
    path = tmp_path / "t.map.json"
    path.write_bytes(map_bytes(source))
    assert read_map(path, text) == source


def test_a_participant_renames_a_speaker_of_the_file() -> None:
    people = [{"name": "Reed", "full_name": "Anna Reed"}]
    assert [t.speaker for t in stored(only(TAGGED, "t.vtt"), participants=people).turns] == [
        "Reed",
        "John Polk",
    ]


def test_without_names_nobody_speaks_and_that_is_a_doubt() -> None:
    imported = only("1\n00:00:01,000 --> 00:00:02,000\nIt was dark.\n", "x.srt")
    assert speeches(imported) == [(None, "It was dark.")]
    assert imported.blocks[0].doubt


@pytest.mark.parametrize("head", ["Look", "Los Angeles", "Ladies and Gentlemen", "The problem"])
def test_a_name_that_stands_once_among_cues_without_names_is_in_doubt(head: str) -> None:
    cues = ["Listen to this.", f"{head}: it was dark.", "And cold.", "So we left."]
    data = "".join(f"{i}\n00:00:0{i},000 --> 00:00:0{i},900\n{c}\n\n" for i, c in enumerate(cues))
    assert {speaker for speaker, _ in speeches(only(data, "x.srt"))} == {None}


@pytest.mark.parametrize("data", [b"", b"\x00\x01\x02\x03", b"PK\x03\x04broken"])
def test_what_is_of_no_format_is_refused_in_one_sentence(data: bytes) -> None:
    with pytest.raises(ImportingError) as refused:
        read_original(data, "x.bin")
    assert str(refused.value).startswith("x.bin")


OTTER = """Dam interview
Mon, Nov 3, 2025 10:00AM • 32:10

SUMMARY KEYWORDS
dam, mill, gates

SPEAKERS
Anna Reed, Speaker 2

Anna Reed  0:03
The dam broke at noon.
John Polk: so he said.

Note: not a person.

Speaker 2  1:02:15
Who closed the gates?

Transcribed by https://otter.ai
"""


def test_a_line_with_name_and_time_heads_everything_up_to_the_next() -> None:
    imported = only(OTTER, "dam.txt")
    assert imported.format == "text with name and time, as Otter writes it"
    assert speeches(imported) == [
        ("Anna Reed", "The dam broke at noon.\n\nJohn Polk: so he said.\n\nNote: not a person."),
        ("Speaker 2", "Who closed the gates?"),
    ]
    assert imported.stated == {"title": "Dam interview"}
    assert next(b.text for b in imported.blocks if b.kind is Kind.HEADER) == "Dam interview"
    assert not any("dam, mill" in b.text or "otter.ai" in b.text for b in imported.blocks)
    assert {one.what for one in imported.left_out} == {
        "lines of summaries",
        "lines of credit",
    }
    written = write(imported)
    require_places(imported, written)
    source = SourceMap("", "", "", "", written.stated, written.runs)
    gates = written.text.index("Who closed")
    assert source.time(gates, gates + 3) == (3735.0, 3735.0)


@pytest.mark.parametrize(
    ("data", "shape"),
    [
        ("Anna Reed (00:03):\nIt was dark.\n\nJohn Polk (00:09):\nWho knew?\n", "Rev"),
        ("Anna Reed: (00:03)\nIt was dark.\n\nJohn Polk: (00:09)\nWho knew?\n", "Rev or Descript"),
        ("[00:00:03] Anna Reed: It was dark.\n\n[00:00:09] John Polk: Who knew?\n", "Descript"),
        ("[00:00:03] Anna Reed\nIt was dark.\n\n[00:00:09] John Polk\nWho knew?\n", "Trint"),
        ("Anna Reed\t00:03\nIt was dark.\n\nJohn Polk\t00:09\nWho knew?\n", "Otter"),
        ("00:00:03\tAnna Reed\tIt was dark.\n00:00:09\tJohn Polk\tWho knew?\n", "a table"),
    ],
)
def test_exports_are_told_by_their_shape(data: str, shape: str) -> None:
    imported = only(data, "x.txt")
    assert imported.format.split(", as ")[1] == f"{shape} writes it"
    assert speeches(imported) == [("Anna Reed", "It was dark."), ("John Polk", "Who knew?")]
    source = SourceMap("", "", "", "", None, write(imported).runs)
    assert source.time(0, 12) == (3.0, 9.0)


@pytest.mark.parametrize("apart", ["\t", "  ", " "])
def test_a_name_with_the_words_behind_it_is_nobodys_name(apart: str) -> None:
    rows = ("Ida", "Are we on?"), ("Bert", "We are, in a way."), ("Ida", "Not yet"), ("Bert", "Go.")
    data = "".join(
        apart.join((f"00:00:0{i}", name, f"{words}\n")) for i, (name, words) in enumerate(rows)
    )
    imported = only(data, "x.txt")
    assert {block.speaker for block in imported.blocks} <= {"Ida", "Bert", None}
    held = "".join(block.text for block in imported.blocks if block.kind is not Kind.HEADER)
    assert all(words in held for _, words in rows)


def test_two_turns_are_enough_and_an_unknown_speaker_is_nobody() -> None:
    imported = only("Anna Reed  0:03\nIt was dark.\n\nUnknown Speaker  0:09\nWho?\n", "x.txt")
    assert speeches(imported) == [("Anna Reed", "It was dark."), (None, "Who?")]
    assert not any(block.doubt for block in imported.blocks)


def test_brackets_on_a_line_of_their_own_are_nobodys_below_a_name_and_time() -> None:
    data = (
        "[00:00:03] Anna Reed: It was dark.\n[00:00:05] [advertisement]\nWe went on.\n"
        "[00:00:09] John Polk: [laughs] Who knew?\n[outro music]\n"
    )
    imported = only(data, "x.txt")
    assert speeches(imported) == [
        ("Anna Reed", "It was dark."),
        ("Anna Reed", "We went on."),
        ("John Polk", "[laughs] Who knew?"),
    ]
    heard = [block.text for block in imported.blocks if block.kind is Kind.DIRECTION]
    assert heard == ["[00:00:05] [advertisement]", "[outro music]"]


def test_a_text_with_labels_of_its_own_is_left_to_the_grammar() -> None:
    data = "Anna Reed: We met at ten.\n\nJohn Polk: We met.\n\nAnna Reed 10:15\nshe said.\n"
    assert only(data, "x.txt").format == "plain text"


@pytest.mark.parametrize(
    "data",
    [
        "Session  10:15\n\nAnna Reed: We met.\n\nJohn Polk: We did.\n",
        "Session  10:15\n\nWe met that day at the mill.\n",
        "Anna Reed: Yes.\n\nJohn Polk  0:03\nWho?\n\nAnna Reed: You.\n\nJohn Polk: Me.\n",
    ],
)
def test_a_line_with_a_time_is_no_head_in_a_text_of_other_labels(data: str) -> None:
    assert only(data, "x.txt").format == "plain text"


WHISPERX = """{"segments": [
 {"start": 0.5, "end": 2.0, "text": " It was dark.", "speaker": "SPEAKER_00"},
 {"start": 2.0, "end": 4.0, "text": " And cold. Who knew?", "speaker": "SPEAKER_00",
  "words": [{"word": "And", "start": 2.0, "end": 2.2, "speaker": "SPEAKER_00"},
            {"word": "cold.", "start": 2.2, "end": 2.5, "speaker": "SPEAKER_00"},
            {"word": "Who", "start": 3.0, "end": 3.2, "speaker": "SPEAKER_01"},
            {"word": "knew?", "start": 3.2, "end": 3.9, "speaker": "SPEAKER_01"}]}],
 "language": "en"}"""


def test_diarisation_is_taken_as_it_is_word_by_word() -> None:
    imported = only(WHISPERX, "x.json")
    assert [(s, t.strip()) for s, t in speeches(imported)] == [
        ("SPEAKER_00", "It was dark.  And cold."),
        ("SPEAKER_01", "Who knew?"),
    ]
    assert imported.stated == {"language": "en"}
    assert not any(block.doubt for block in imported.blocks)
    written = write(imported)
    require_places(imported, written)
    source = SourceMap("", "", "", "", written.stated, written.runs)
    knew = written.text.index("Who knew?")
    assert source.time(knew, knew + 9) == (3.0, 3.9)


def test_whisper_without_speakers_names_nobody() -> None:
    imported = only(
        '{"text": "Hi.", "segments": [{"start": 0, "end": 1, "text": "Hi."}]}', "x.json"
    )
    assert [(b.speaker, bool(b.doubt)) for b in imported.blocks] == [(None, True)]


def test_a_segment_without_speaker_between_others_is_in_doubt() -> None:
    data = (
        '{"segments": [{"start": 0, "end": 1, "text": "Hi.", "speaker": "A"},'
        '{"start": 1, "end": 2, "text": "Ho."}]}'
    )
    assert [(b.speaker, bool(b.doubt)) for b in only(data, "x.json").blocks] == [
        ("A", False),
        (None, True),
    ]


MARKDOWN = """---
title: The dam
date: 1984-05-03
---

# Interview

**Anna Reed:** It was *dark* and 5 * 3 cold.

John Polk said so.

**John Polk:** Who knew?

*(laughs)*

Secretary Hale: I knew.
"""


def test_bold_names_state_who_speaks_and_a_plain_one_among_them_is_in_doubt() -> None:
    imported = only(MARKDOWN, "x.md")
    assert imported.stated == {"title": "The dam", "date": "1984-05-03"}
    assert speeches(imported) == [
        ("Anna Reed", "It was dark and 5 * 3 cold.\n\nJohn Polk said so."),
        ("John Polk", "Who knew?"),
        (None, "Secretary Hale: I knew."),
    ]
    assert [b.text for b in imported.blocks if b.kind is Kind.DIRECTION] == ["(laughs)"]
    require_places(imported, write(imported))


def test_markdown_without_bold_names_is_left_to_the_grammar() -> None:
    imported = only("# T\n\nAnna Reed: It was *dark*.\n\nJohn Polk: Who knew?\n", "x.md")
    assert not imported.is_placed
    assert write(imported).text == "# T\n\nAnna Reed: It was dark.\n\nJohn Polk: Who knew?\n"


def test_marks_without_end_are_words_and_take_no_time() -> None:
    words = "*a " * 100_000
    imported = only(f"**Anna:** {words}\n\n**Anna:** b\n", "x.md")
    assert speeches(imported) == [("Anna", f"{words.strip()}\n\nb")]


TALKS = "**Anna Reed:** It was dark.\n\n**John Polk:** Who knew?\n\n**Anna Reed:** I did.\n\n"


def test_a_heading_set_like_a_name_is_nobodys_and_what_it_heads_is_told() -> None:
    only_told = "**Key findings:**\n\n- The gate was open.\n\nNobody was warned.\n\n"
    imported = only(f"{TALKS}{only_told}**John Polk:** That is all.\n", "x.md")
    assert [name for name, _ in speeches(imported)] == [
        "Anna Reed", "John Polk", "Anna Reed", "John Polk",
    ]  # fmt: skip
    assert [(b.kind, b.text) for b in imported.blocks if b.kind is not Kind.SPEECH] == [
        (Kind.HEADING, "Key findings"),
        (Kind.NARRATION, "- The gate was open."),
        (Kind.NARRATION, "Nobody was warned."),
    ]
    assert not any(block.doubt for block in imported.blocks)
    require_places(imported, write(imported))


def test_what_may_be_a_heading_or_a_name_credits_nobody() -> None:
    imported = only(f"{TALKS}**Mary Hale:**\n\nI saw it too.\n", "x.md")
    last = imported.blocks[-1]
    assert (last.speaker, last.text) == (None, "Mary Hale\n\nI saw it too.")
    assert last.doubt == "a name or a heading stands alone on its line, once"


def test_names_alone_on_their_lines_are_names_even_if_they_stand_once() -> None:
    data = "".join(
        f"**{name}:**\n\n{words}\n\n"
        for name, words in (("Reed", "Dark."), ("Polk", "Who?"), ("Reed", "I."), ("Hale", "Me."))
    )
    assert [name for name, _ in speeches(only(data, "x.md"))] == ["Reed", "Polk", "Reed", "Hale"]


@pytest.mark.parametrize(
    ("name", "data", "said"),
    [
        ("x.csv", b'speaker,text\nA,"never closed\nB,He knew.\nA,Who?\n', "is no table"),
        ("x.csv", b'speaker,text\nA,"never closed\nB,"He knew."\n', "is no table"),
        ("x.md", b"**Anna:** " + b"*word* " * 400_000, "in one paragraph without a line break"),
        ("x.vtt", b"WEBVTT\n\n00:01.000 --> 00:02.000\n<v A>" + b"word " * 500_000, "line 4"),
        (
            "x.xml",
            b'<TEI xmlns="http://www.tei-c.org/ns/1.0"><text><body>' + b"<div>" * 400,
            "nested deeper",
        ),
        ("x.docx", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "save it anew as .docx"),
    ],
)
def test_what_would_credit_or_cost_too_much_is_refused_in_one_sentence(
    name: str, data: bytes, said: str
) -> None:
    with pytest.raises(ImportingError) as refused:
        read_original(data, name)
    assert str(refused.value).startswith(name)
    assert said in str(refused.value)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "utf8"])
def test_xml_is_read_in_the_encoding_it_declares(encoding: str) -> None:
    data = f'<?xml version="1.0" encoding="{encoding}"?><publicwhip><speech speakername="Reed">'
    data += "<p>A café.</p></speech></publicwhip>"
    assert speeches(only(data.encode(encoding), "x.xml")) == [("Reed", "A café.")]


def test_an_entity_that_leads_elsewhere_is_left_out_and_said_so() -> None:
    data = '<!DOCTYPE r [<!ENTITY x SYSTEM "file:///etc/passwd">]><publicwhip>'
    data += '<speech speakername="Reed"><p>So &x; it was.</p></speech></publicwhip>'
    imported = only(data, "x.xml")
    assert speeches(imported) == [("Reed", "So it was.")]
    assert [(one.counted, one.words) for one in imported.left_out] == [("1 entity", ("&x;",))]


@pytest.mark.parametrize("name", ["x.srt", "x.vtt"])
def test_two_who_speak_in_one_cue_are_told_apart(name: str) -> None:
    cues = [
        "JOHN: Who closed the gates?\nMARY: Nobody did,\nas far as I know.",
        "JOHN: Since when?\nMARY: Since Friday.",
        "MARY: That was the problem:\nthe river rose.",
    ]
    sign = "," if name == "x.srt" else "."
    body = "\n\n".join(
        f"{i}\n00:00:0{i}{sign}000 --> 00:00:0{i}{sign}900\n{cue}" for i, cue in enumerate(cues)
    )
    imported = only(f"WEBVTT\n\n{body}\n" if name == "x.vtt" else f"{body}\n", name)
    assert [(who, words.strip()) for who, words in speeches(imported)] == [
        ("JOHN", "Who closed the gates?"),
        ("MARY", "Nobody did, as far as I know."),
        ("JOHN", "Since when?"),
        ("MARY", "Since Friday.  That was the problem: the river rose."),
    ]
    require_places(imported, write(imported))


def test_a_dash_on_a_line_of_a_cue_is_somebody_else() -> None:
    cues = ["JOHN: Who knew?", "MARY: Nobody.\n- Why not?", "JOHN: Who knows.", "MARY: So."]
    body = "\n\n".join(f"{i}\n00:00:0{i},000 --> 00:00:0{i},900\n{c}" for i, c in enumerate(cues))
    found = [(who, words.strip()) for who, words in speeches(only(body, "x.srt"))]
    assert found[1:3] == [("MARY", "Nobody."), (None, "- Why not?")]


def test_captions_that_roll_up_say_each_line_once() -> None:
    lines = [f"and on day {chr(97 + i)} it rained" for i in range(8)]
    body = ""
    for i, line in enumerate(lines):
        above = f"{lines[i - 1]}\n" if i else ""
        body += f"00:00:0{i}.000 --> 00:00:0{i}.900\n{above}{line}\n\n"
        body += f"00:00:0{i}.900 --> 00:00:0{i}.910\n{line}\n\n"
    assert [words for _, words in speeches(only(f"WEBVTT\n\n{body}", "x.vtt"))] == [" ".join(lines)]


@pytest.mark.parametrize(
    "line", ["**Anna Reed [00:01:02]:** Dark.", "- **Anna Reed:** Dark.", "> **Anna Reed:** Dark."]
)
def test_a_bold_name_keeps_no_time_and_no_mark_of_a_list(line: str) -> None:
    imported = only(f"{line}\n{line.replace('Dark', 'Cold').replace('02', '09')}\n", "x.md")
    assert speeches(imported) == [("Anna Reed", "Dark.\n\nCold.")]
    require_places(imported, write(imported))


def test_what_follows_a_heading_without_a_name_is_nobodys() -> None:
    imported = only(f"{TALKS}## The flood\n\nTape two.\n\n**John Polk:** So.\n\nYes.\n", "x.md")
    assert speeches(imported)[-2:] == [(None, "Tape two."), ("John Polk", "So.\n\nYes.")]
    assert imported.blocks[-2].doubt == "follows a heading, and names nobody"


def test_what_stands_behind_the_end_of_a_voice_is_in_doubt() -> None:
    data = "WEBVTT\n\n00:01.000 --> 00:02.000\n<v Anna Reed>Dark.</v> And who knew?\n\n"
    data += "00:02.000 --> 00:03.000\n<v John Polk>I did.</v>\n\n00:03.000 --> 00:04.000\nSo.\n"
    imported = only(data, "x.vtt")
    assert [(who, words.strip()) for who, words in speeches(imported)] == [
        ("Anna Reed", "Dark."), (None, "And who knew?"), ("John Polk", "I did. So."),
    ]  # fmt: skip


def test_a_line_that_somebody_reads_with_a_time_is_no_head() -> None:
    talk = [("Anna Reed", "0:03", "He wrote:"), ("Dear Anna", "10:15", "The dam broke.")]
    talk += [("John Polk", "0:20", "Who?"), ("Anna Reed", "0:24", "He.")]
    data = "\n\n".join(f"{who}  {time}\n{words}" for who, time, words in talk)
    assert [who for who, _ in speeches(only(data, "x.txt"))] == [
        "Anna Reed", None, "John Polk", "Anna Reed",
    ]  # fmt: skip


def test_voices_of_aws_are_told_by_the_second_where_words_do_not_name_them() -> None:
    items = [
        {"type": "pronunciation", "start_time": f"{i}.0", "end_time": f"{i}.5",
         "alternatives": [{"content": word}]}
        for i, word in enumerate(("Who", "knew", "Nobody"))
    ]  # fmt: skip
    labels = [
        {"speaker_label": who, "items": [{"start_time": f"{i}.0", "speaker_label": who}]}
        for i, who in enumerate(("spk_0", "spk_0", "spk_1"))
    ]
    results = {"items": items, "speaker_labels": {"segments": labels}, "language_code": "en-US"}
    (read,) = read_original(json.dumps({"results": results}).encode(), "talk.json")
    assert [(b.speaker, b.text) for b in read.blocks] == [
        ("spk_0", "Who knew"),
        ("spk_1", "Nobody"),
    ]
    assert read.stated == {"language": "en-US"}
    del results["speaker_labels"]
    (read,) = read_original(json.dumps({"results": results}).encode(), "talk.json")
    assert [b.doubt for b in read.blocks] == ["the file names no speakers"]


def test_google_numbers_voices_and_counts_billionths_of_seconds() -> None:
    words = [
        {"word": "Who", "speakerTag": 1, "startTime": {"seconds": "1", "nanos": 500000000},
         "endTime": {"seconds": "2"}},
        {"word": "me", "speakerTag": 2, "startTime": "2.5s", "endTime": "3s"},
    ]  # fmt: skip
    talk = {"response": {"results": [{"alternatives": [{"transcript": "Who me", "words": words}]}]}}
    (read,) = read_original(json.dumps(talk).encode(), "talk.json")
    assert [(b.speaker, b.text) for b in read.blocks] == [("Speaker 1", "Who"), ("Speaker 2", "me")]
    assert [b.pieces[0].place.time for b in read.blocks if b.pieces[0].place] == [
        (1.5, 2.0),
        (2.5, 3.0),
    ]
