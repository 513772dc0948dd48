"""For every format and any talk: speakers and words as they were, and each sign at its place."""

from __future__ import annotations

import csv
import html
import io
import json
import re
import zipfile
from collections.abc import Callable

import openpyxl
import pytest
from docx import Document
from docx.document import Document as DocxDocument
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus.importing.imported import Imported
from corpus.importing.protocol import formats, read_original
from corpus.importing.sidecar import SourceMap
from corpus.importing.writing import write
from printed import pdf
from test_importing import require_places, stored

Talk = list[tuple[str, str]]
"""Speaker and words, turn by turn; nobody speaks twice in a row."""

NAMES = ["Anna Reed", "Mr. Polk", "SPEAKER_01", "Jürgen Weiß", "Ms. O’Hara", "李明"]
STARTS = ["Note: ", "Anna Reed: ", "12. ", "Q. ", "- ", "[sic] ", "", "", "", ""]
WORDS = "the dam broke at noon; “who” knew? 5 & 7 < 9 é ü — no, John: yes. it's (all) done".split()


@st.composite
def talks(draw: st.DrawFn) -> Talk:
    count = draw(st.integers(2, 8))
    talk: Talk = []
    for _ in range(count):
        names = [name for name in NAMES if not talk or name != talk[-1][0]]
        start = draw(st.sampled_from(STARTS))
        words = draw(st.lists(st.sampled_from(WORDS), min_size=2, max_size=12))
        talk.append((draw(st.sampled_from(names)), f"{start}{' '.join(words)}."))
    return talk


def vtt(talk: Talk) -> bytes:
    cues = [
        f"00:{i:02}:00.000 --> 00:{i:02}:30.000\n<v {who}>{html.escape(words, quote=False)}"
        for i, (who, words) in enumerate(talk)
    ]
    return ("WEBVTT\n\n" + "\n\n".join(cues) + "\n").encode()


def otter(talk: Talk) -> bytes:
    return "\n\n".join(f"{w}  {i}:03\n{said}" for i, (w, said) in enumerate(talk)).encode()


def whisperx(talk: Talk) -> bytes:
    segments = [
        {"start": i * 3.0, "end": i * 3.0 + 2.5, "text": f" {words}", "speaker": who}
        for i, (who, words) in enumerate(talk)
    ]
    return json.dumps({"segments": segments}).encode()


def docx(talk: Talk) -> bytes:
    return docx_below(Document(), talk)


def docx_below(document: DocxDocument, talk: Talk) -> bytes:
    """Return a Word file of what a document holds already and a talk with bold names below it."""
    for who, words in talk:
        paragraph = document.add_paragraph()
        paragraph.add_run(f"{who}:").bold = True
        paragraph.add_run(f" {words}")
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def table(talk: Talk) -> bytes:
    out = io.StringIO()
    rows = [[f"0:{i:02}", who, words] for i, (who, words) in enumerate(talk)]
    csv.writer(out).writerows([["time", "speaker", "text"], *rows])
    return out.getvalue().encode()


def workbook(talk: Talk) -> bytes:
    book = openpyxl.Workbook()
    for row in [("time", "speaker", "text"), *((f"0:{i:02}", *t) for i, t in enumerate(talk))]:
        book.active.append(row)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def ohms(talk: Talk) -> bytes:
    inner = html.escape(vtt(talk).decode(), quote=False)
    return (
        '<ROOT xmlns="https://www.weareavp.com/nunncenter/ohms"><record><title>T</title>'
        f"<vtt_transcript>{inner}</vtt_transcript></record></ROOT>"
    ).encode()


def tei(talk: Talk) -> bytes:
    said = "".join(
        f"<sp><speaker>{html.escape(who)}</speaker><p>{html.escape(words)}</p></sp>"
        for who, words in talk
    )
    return (
        f'<TEI xmlns="http://www.tei-c.org/ns/1.0"><text><body>{said}</body></text></TEI>'.encode()
    )


def hansard(talk: Talk) -> bytes:
    said = "".join(
        f'<speech speakername="{html.escape(who)}"><p>{html.escape(words)}</p></speech>'
        for who, words in talk
    )
    return f"<publicwhip>{said}</publicwhip>".encode()


def opened(talk: Talk) -> bytes:
    """Return a table as OpenDocument keeps it, with the empty cells that programs write."""
    rows = [("time", "speaker", "text"), *((f"0:{i:02}", *t) for i, t in enumerate(talk))]
    cells = "".join(
        "<table:table-row>"
        + "".join(
            f'<table:table-cell office:value-type="string"><text:p>{html.escape(cell)}</text:p>'
            "</table:table-cell>"
            for cell in row
        )
        + '<table:table-cell table:number-columns-repeated="1021"/></table:table-row>'
        for row in rows
    )
    kind = "urn:oasis:names:tc:opendocument:xmlns"
    content = (
        f'<office:document-content xmlns:office="{kind}:office:1.0" xmlns:table="{kind}:table:1.0" '
        f'xmlns:text="{kind}:text:1.0"><office:body><office:spreadsheet><table:table>{cells}'
        "</table:table></office:spreadsheet></office:body></office:document-content>"
    )
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as package:
        package.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        package.writestr("content.xml", content)
    return out.getvalue()


def canada(talk: Talk) -> bytes:
    said = "".join(
        f"<Intervention><PersonSpeaking><Affiliation>{html.escape(who)}</Affiliation>:"
        f"</PersonSpeaking><Content><ParaText>{html.escape(words)}</ParaText></Content>"
        "</Intervention>"
        for who, words in talk
    )
    return f"<Hansard><HansardBody>{said}</HansardBody></Hansard>".encode()


def tagged(talk: Talk) -> bytes:
    said = "".join(
        f"<p><persName>{html.escape(who)}</persName>: {html.escape(words)}</p>"
        for who, words in talk
    )
    return (
        '<TEI xmlns="http://www.tei-c.org/ns/1.0"><text><body><div type="document" xml:id="d1">'
        f"{said}</div></body></text></TEI>"
    ).encode()


def rev(talk: Talk) -> bytes:
    return "\n\n".join(f"{w} (00:0{i}:03):\n{said}" for i, (w, said) in enumerate(talk)).encode()


def descript(talk: Talk) -> bytes:
    return "\n\n".join(f"[00:0{i}:03] {w}: {said}" for i, (w, said) in enumerate(talk)).encode()


def trint(talk: Talk) -> bytes:
    return "\n\n".join(f"[00:0{i}:03] {w}\n{said}" for i, (w, said) in enumerate(talk)).encode()


def uttered(talk: Talk) -> bytes:
    """Return what Deepgram and AssemblyAI write."""
    said = [
        {"start": i * 3.0, "end": i * 3.0 + 2.5, "transcript": words, "speaker": who}
        for i, (who, words) in enumerate(talk)
    ]
    return json.dumps({"results": {"utterances": said}}).encode()


def transcribe(talk: Talk) -> bytes:
    """Return what AWS Transcribe writes: a word an item, the stops apart."""
    items = [
        {
            "type": "punctuation" if word == "." else "pronunciation",
            "alternatives": [{"confidence": "0.9", "content": word}],
            **({} if word == "." else {"start_time": f"{i}.5", "end_time": f"{i}.9"}),
            **({} if word == "." else {"speaker_label": who}),
        }
        for i, (who, words) in enumerate(talk)
        for word in [*words.removesuffix(".").split(), "."]
    ]
    return json.dumps({"jobName": "T", "results": {"transcripts": [], "items": items}}).encode()


def google(talk: Talk) -> bytes:
    """Return what Google writes: results without voices, then all words again with them."""
    plain = [{"alternatives": [{"transcript": words}]} for _, words in talk]
    told = [
        {"word": word, "startTime": f"{i}.5s", "endTime": f"{i}.900s", "speakerLabel": who}
        for i, (who, words) in enumerate(talk)
        for word in words.split()
    ]
    return json.dumps({"results": [*plain, {"alternatives": [{"words": told}]}]}).encode()


def parliament(talk: Talk) -> bytes:
    said = "".join(
        f'<u who="#p{NAMES.index(who)}"><seg>{html.escape(words)}</seg></u>' for who, words in talk
    )
    people = "".join(
        f'<person xml:id="p{i}"><persName>{html.escape(who)}</persName></person>'
        for i, who in enumerate(NAMES)
    )
    return (
        '<TEI xmlns="http://www.tei-c.org/ns/1.0"><teiHeader><profileDesc><particDesc>'
        f"<listPerson>{people}</listPerson></particDesc></profileDesc></teiHeader>"
        f"<text><body>{said}</body></text></TEI>"
    ).encode()


def teams(talk: Talk) -> bytes:
    """Return the Word file of Teams: name and time, a break, the words."""
    document = Document()
    for i, (who, words) in enumerate(talk):
        paragraph = document.add_paragraph()
        paragraph.add_run(who).bold = True
        paragraph.add_run(f"   {i}:03").add_break()
        paragraph.add_run(words)
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def columns(talk: Talk) -> bytes:
    """Return a Word file with a table of time, name and words."""
    document = Document()
    table = document.add_table(rows=len(talk), cols=3)
    for i, (row, (who, words)) in enumerate(zip(table.rows, talk, strict=True)):
        for cell, text in zip(row.cells, (f"0:0{i}", who, words), strict=True):
            cell.text = text
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


PLACED: dict[str, Callable[[Talk], bytes]] = {
    "x.vtt": vtt, "x.txt": otter, "x.json": whisperx, "x.docx": docx, "x.csv": table,
    "x.xlsx": workbook, "ohms.xml": ohms, "tei.xml": tei, "hansard.xml": hansard,
    "x.ods": opened, "canada.xml": canada, "tagged.xml": tagged, "rev.txt": rev,
    "descript.txt": descript, "trint.txt": trint, "uttered.json": uttered, "u.xml": parliament,
    "teams.docx": teams, "columns.docx": columns, "aws.json": transcribe, "google.json": google,
}  # fmt: skip


def only(data: bytes, name: str) -> Imported:
    (imported,) = read_original(data, name)
    return imported


def test_every_format_goes_this_round() -> None:
    talk = [("Anna Reed", "It was dark."), ("Mr. Polk", "Who knew?")] * 2
    others = {"x.srt": srt, "x.md": markdown, "x.txt": plain, "x.pdf": page}
    read = {
        max(formats(), key=lambda one: one.recognise(made(talk), name)).NAME
        for name, made in [*PLACED.items(), *others.items()]
    }
    assert read == {one.NAME for one in formats()}


def plain(talk: Talk) -> bytes:
    return "\n\n".join(f"{who}: {words}" for who, words in talk).encode()


def page(talk: Talk) -> bytes:
    return pdf([[(60.0, 700.0 - 30 * i, f"{w}: {said}") for i, (w, said) in enumerate(talk)]])


@pytest.mark.parametrize("name", PLACED)
@settings(max_examples=25, deadline=None)
@given(talk=talks())
def test_who_said_what_is_kept_and_each_sign_has_its_place(name: str, talk: Talk) -> None:
    imported = only(PLACED[name](talk), name)
    assert imported.is_placed
    assert not any(block.doubt for block in imported.blocks)
    require_places(imported, write(imported))
    transcript = stored(imported)
    assert [
        (turn.speaker, " ".join(transcript.text[turn.start : turn.end].split()))
        for turn in transcript.turns
    ] == talk


def srt(talk: Talk) -> bytes:
    cues = [
        f"{i + 1}\n00:{i:02}:00,000 --> 00:{i:02}:30,000\n{who}: {words}"
        for i, (who, words) in enumerate(talk)
    ]
    return ("\n\n".join(cues) + "\n").encode()


def markdown(talk: Talk) -> bytes:
    return "\n\n".join(f"**{who}:** {words}" for who, words in talk).encode()


@pytest.mark.parametrize(("name", "made"), [("x.srt", srt), ("x.md", markdown)])
@settings(max_examples=25, deadline=None)
@given(talk=talks())
def test_names_at_the_start_of_cues_and_in_bold(
    name: str, made: Callable[[Talk], bytes], talk: Talk
) -> None:
    # Marks such as "<" and "*" mean something in these formats.
    plain = [(who, re.sub(r"[<&]", "and", words)) for who, words in talk]
    imported = only(made(plain), name)
    require_places(imported, write(imported))
    transcript = stored(imported)
    assert [
        (turn.speaker, " ".join(transcript.text[turn.start : turn.end].split()))
        for turn in transcript.turns
    ] == plain


@settings(max_examples=25, deadline=None)
@given(talk=talks())
def test_a_printed_page_keeps_every_word_in_its_order(talk: Talk) -> None:
    lines = [
        f"{who}: {words}".encode("latin-1", "ignore")
        .decode("latin-1")
        .encode("ascii", "ignore")
        .decode()
        for who, words in talk
    ]
    placed = [(60.0, 700.0 - 30 * i, " ".join(line.split())) for i, line in enumerate(lines)]
    imported = only(pdf([placed]), "x.pdf")
    require_places(imported, write(imported))
    assert write(imported).text.split() == " ".join(lines).split()


@settings(max_examples=25, deadline=None)
@given(talk=talks(), end=st.sampled_from(["\n", "\r\n"]))
def test_plain_text_is_taken_over_sign_by_sign(talk: Talk, end: str) -> None:
    text = f"{end}{end}".join(f"{who}: {words}" for who, words in talk) + end
    imported = only(text.encode(), "plain.txt")
    require_places(imported, write(imported))
    assert write(imported).text == text


@settings(max_examples=25, deadline=None)
@given(talk=talks())
def test_lines_of_ohms_keep_their_words_their_place_and_their_minute(talk: Talk) -> None:
    said = [f"{who}: {words}" for who, words in talk]
    lines = html.escape("\n\n".join(said), quote=False)
    sync = "".join(f"|{2 * i + 1}(1)" for i in range(1, len(talk)))
    data = (
        '<ROOT xmlns="https://www.weareavp.com/nunncenter/ohms"><record><title>T</title>'
        f"<sync>1:{sync}</sync><transcript>{lines}</transcript></record></ROOT>"
    )
    imported = only(data.encode(), "lines.xml")
    written = write(imported)
    require_places(imported, written)
    assert [line for line in written.text.split("\n") if line] == said
    source = SourceMap("", "", "", "", None, written.runs)
    for i, line in enumerate(said):
        start = written.text.index(line)
        time = source.time(start, start + len(line))
        assert time is not None
        assert time[0] == 60.0 * i or said.count(line) > 1
