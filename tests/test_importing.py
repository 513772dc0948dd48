"""Files of other formats: what they state about who speaks is kept, and every sign has a place."""

from __future__ import annotations

import html
import importlib
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


def test_a_name_that_stands_once_among_cues_without_names_is_in_doubt() -> None:
    cues = ["Listen to this.", "Look: it was dark.", "And cold.", "So we left."]
    data = "".join(f"{i}\n00:00:0{i},000 --> 00:00:0{i},900\n{c}\n\n" for i, c in enumerate(cues))
    assert {speaker for speaker, _ in speeches(only(data, "x.srt"))} == {None}


@pytest.mark.parametrize("data", [b"", b"\x00\x01\x02\x03", b"PK\x03\x04broken"])
def test_what_is_of_no_format_is_refused_in_one_sentence(data: bytes) -> None:
    with pytest.raises(ImportingError) as refused:
        read_original(data, "x.bin")
    assert str(refused.value).startswith("x.bin")
