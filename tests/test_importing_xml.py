"""XML of archives and parliaments, and tables: speakers, pages and times as they state them."""

from __future__ import annotations

import io
from pathlib import Path

import openpyxl
import pytest

from corpus.errors import ImportingError
from corpus.importing.imported import Imported, Kind
from corpus.importing.protocol import read_original
from corpus.importing.sidecar import SourceMap
from corpus.importing.writing import write
from corpus.parsing import parse
from corpus.record import Record
from corpus.transcript import Transcript
from test_importing import require_places, speeches, stored

OHMS = """<?xml version="1.0" encoding="UTF-8"?>
<ROOT xmlns="https://www.weareavp.com/nunncenter/ohms"><record id="1" dt="2020-01-01">
<date value="1984-05-03" format="yyyy-mm-dd"/><title>Interview with Anna Reed</title>
<accession>OH1</accession><repository>County Archive</repository><rights/>{sync}
<index><point><time>60</time><title>The dam</title><synopsis>How it broke.</synopsis></point>
</index>
{words}</record></ROOT>"""
VTT = """<vtt_transcript>WEBVTT

00:00:04.000 --> 00:00:09.000
&lt;v REED&gt;It was dark.

00:00:09.000 --> 00:00:12.000
Polk: he called.
</vtt_transcript><transcript>No transcript.</transcript>"""
LINES = """<transcript>REED: It was dark.[[footnote]]1[[/footnote]]
POLK: Who closed the gates?
REED: Nobody.
POLK: And then?
REED: We left.
[[footnotes]][[note]]In 1983.[[/note]][[/footnotes]]</transcript>"""
TEI = """<TEI xmlns="http://www.tei-c.org/ns/1.0" xml:lang="en"><teiHeader><fileDesc><titleStmt>
<title>The Dam Papers</title></titleStmt></fileDesc></teiHeader><text><body>{body}</body></text>
</TEI>"""
FRUS = """<div type="document" xml:id="d1"><head>1. Talk<note n="1">Source: archive.</note></head>
<dateline><date when="1984-05-03">May 3, 1984</date></dateline>
<p><persName>Reed</persName>: It was dark<note n="2">In 1983.</note> that
 night.</p><p>President: Why?</p><pb n="12"/>
<p>Mr. <persName>Polk</persName> (to <persName>Reed</persName>): Note: who <pb n="13"/>knew?</p>
<p>President: I did.</p>
<p>12. For the Hall from <persName>Reed</persName>. Subj: the dam.</p></div>"""
UK = """<?xml version="1.0" encoding="ISO-8859-1"?><!DOCTYPE publicwhip [<!ENTITY pound "&#163;">]>
<publicwhip><major-heading>The Dam</major-heading>
<speech speakername="Anna Reed" colnum="225" time="19:43:00"><p>It cost &pound;5.</p>
<p>Mr. Polk: that is what he said.</p></speech>
<speech nospeaker="true" colnum="226"><p>Question put and agreed to.</p></speech></publicwhip>"""
CANADA = """<Hansard><ExtractedInformation>
<ExtractedItem Name="InstitutionDebate">Dams</ExtractedItem>
<ExtractedItem Name="MetaDateNumYear">2023</ExtractedItem>
<ExtractedItem Name="MetaDateNumMonth">9</ExtractedItem>
<ExtractedItem Name="MetaDateNumDay">20</ExtractedItem>
</ExtractedInformation>
<HansardBody><Intervention>
<PersonSpeaking><Affiliation>The Chair (Hon. A. Reed)</Affiliation>:
</PersonSpeaking><Content><ParaText> Welcome.</ParaText>
<ParaText>Note: be <I>brief</I>.</ParaText></Content></Intervention>
</HansardBody></Hansard>"""


def only(data: str | bytes, name: str = "x.xml") -> Imported:
    (imported,) = read_original(data.encode() if isinstance(data, str) else data, name)
    require_places(imported, write(imported))
    return imported


def by_labels(imported: Imported) -> Transcript:
    """Read what states no speakers as the archive would."""
    return parse(write(imported).text.encode(), Record(title="x"), "x", Path("x.txt"))


def timed(imported: Imported) -> SourceMap:
    return SourceMap("", "", "", "", None, write(imported).runs)


def test_ohms_with_webvtt_inside() -> None:
    imported = only(OHMS.format(sync="<sync/>", words=VTT))
    assert imported.stated == {
        "title": "Interview with Anna Reed", "signature": "OH1", "repository": "County Archive",
        "date": "1984-05-03",
    }  # fmt: skip
    assert speeches(imported) == [("REED", "It was dark. Polk: he called.")]
    told = [(b.kind, b.text) for b in imported.blocks if b.kind is not Kind.SPEECH]
    assert told == [(Kind.HEADING, "The dam"), (Kind.NARRATION, "How it broke.")]
    assert stored(imported).turns[0].speaker == "REED"


def test_footnotes_that_look_like_labels_are_footnotes() -> None:
    noted = LINES.replace("We left.", "We left.[[footnote]]2[[/footnote]]").replace(
        "[[/footnotes]]", "[[note]]Anna Reed, Journal of Dams, 44 (1922): 9.[[/note]][[/footnotes]]"
    )
    transcript = by_labels(only(OHMS.format(sync="<sync/>", words=noted)))
    assert [turn.speaker for turn in transcript.turns] == ["REED", "POLK", "REED", "POLK", "REED"]
    assert [transcript.text[n.start : n.end] for n in transcript.notes] == [
        "In 1983.",
        "Anna Reed, Journal of Dams, 44 (1922): 9.",
    ]


def test_ohms_with_a_time_a_minute() -> None:
    imported = only(OHMS.format(sync="<sync>1:|2(1)|4(1)</sync>", words=LINES))
    written = write(imported)
    assert written.text.startswith("REED: It was dark.[1]\nPOLK: Who")
    assert "footnote" not in written.text
    transcript = by_labels(imported)
    (note,) = transcript.notes
    assert transcript.text[note.start : note.end] == "In 1983."
    assert transcript.text[transcript.turns[-1].start : transcript.turns[-1].end].strip() == (
        "We left."
    )
    (explained,) = note.explains
    assert transcript.text[explained.start : explained.end] == "It was dark."
    gates, left = written.text.index("gates"), written.text.index("We left")
    assert timed(imported).time(gates, gates + 5) == (60.0, 120.0)
    assert timed(imported).time(left, left + 7) == (120.0, 180.0)


def test_an_edition_with_tagged_names_pages_and_notes() -> None:
    imported = only(TEI.format(body=FRUS))
    assert imported.stated["date"] == "1984-05-03"
    assert [(s, " ".join(t.split())) for s, t in speeches(imported)] == [
        ("Reed", "It was dark[2] that night."),
        ("President", "Why?"),
        ("Mr. Polk", "Note: who knew?"),
        ("President", "I did. 12. For the Hall from Reed. Subj: the dam."),
    ]
    transcript = stored(imported)
    assert [n.number for n in transcript.notes] == [1, 2]
    assert [(one.what, one.count) for one in imported.left_out] == [("remarks beside names", 1)]
    knew = write(imported).text.index("knew")
    assert timed(imported).page(knew - 6, knew + 4) == "12–13"


def test_a_memorandum_of_an_edition_is_nobodys_speech() -> None:
    said = "".join(f"<p>{x}</p>" for x in ("Recommendation: build it.", "It is old.", "It leaks."))
    imported = only(
        TEI.format(body=f"<div><head>Memo</head>{said}{said.replace('build', 'do')}</div>")
    )
    assert not speeches(imported)
    assert {b.kind for b in imported.blocks} == {Kind.HEADER, Kind.NARRATION}
    assert stored(imported).turns == ()


def test_speeches_of_plays_and_parliaments() -> None:
    body = (
        "<sp><speaker>REED.</speaker><p>It was dark.</p><stage>Aside</stage><p>Polk: so.</p></sp>"
        '<note type="speaker">President Ann Polk</note><u who="#P1"><seg>Who knew?</seg></u>'
    )
    imported = only(TEI.format(body=body))
    assert speeches(imported) == [
        ("REED", "It was dark."),
        ("REED", "Polk: so."),
        ("P1", "Who knew?"),
    ]
    assert imported.spoken_names == {"P1": "President Ann Polk"}


def test_westminster_with_its_entities_and_columns() -> None:
    imported = only(UK.encode("latin-1"))
    assert speeches(imported) == [("Anna Reed", "It cost £5.\n\nMr. Polk: that is what he said.")]
    assert [b.text for b in imported.blocks if b.kind is Kind.NARRATION] == [
        "Question put and agreed to."
    ]
    cost = write(imported).text.index("cost")
    assert timed(imported).page(cost, cost + 4) == "col. 225"


def test_canada() -> None:
    imported = only(CANADA)
    assert imported.stated == {"title": "Dams", "date": "2023-09-20"}
    assert [(s, t.strip()) for s, t in speeches(imported)] == [
        ("The Chair (Hon. A. Reed)", "Welcome.\n\nNote: be brief.")
    ]


ROWS = [
    ["Timecode", "Speaker", "Transcript", "Checked"],
    ["00:00:03", "Reed", "It was dark.", "yes"],
    ["00:00:09", "Polk", "Note: who knew?", ""],
    ["00:01:00", "", "Nobody.", ""],
]


def workbook() -> bytes:
    book = openpyxl.Workbook()
    for row in ROWS:
        book.active.append(row)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


@pytest.mark.parametrize(
    ("data", "name"),
    [
        ("\n".join(";".join(row) for row in ROWS).encode(), "x.csv"),
        ("\ufeff" + "\r\n".join("\t".join(row) for row in ROWS), "x.tsv"),
        (workbook(), "x.xlsx"),
    ],
)
def test_a_table_states_time_and_speaker(data: bytes | str, name: str) -> None:
    imported = only(data, name)
    assert [(b.speaker, b.text, bool(b.doubt)) for b in imported.blocks] == [
        ("Reed", "It was dark.", False),
        ("Polk", "Note: who knew?", False),
        (None, "Nobody.", True),
    ]
    dark = write(imported).text.index("dark")
    assert timed(imported).time(dark, dark + 4) == (3.0, 3.0)


@pytest.mark.parametrize(
    "data", ["<TEI><broken>", "<?xml version='1.0'?><html/>", TEI.format(body="")]
)
def test_other_xml_is_refused(data: str) -> None:
    with pytest.raises(ImportingError):
        read_original(data.encode(), "x.xml")


def test_remarks_inside_an_utterance_are_named_and_nobodys() -> None:
    data = (
        '<TEI xmlns="http://www.tei-c.org/ns/1.0"><text><body><u who="#reed">It was dark '
        "<vocal><desc>laughs</desc></vocal> and cold.</u></body></text></TEI>"
    )
    imported = only(data, "x.xml")
    assert speeches(imported) == [("reed", "It was dark and cold.")]
    (left,) = imported.left_out
    assert (left.counted, left.words) == ("1 remark amid words", ("laughs",))


def test_ohms_says_who_asked() -> None:
    data = (
        '<ROOT xmlns="https://www.weareavp.com/nunncenter/ohms"><record><title>T</title>'
        "<interviewer>John Polk</interviewer><transcript>POLK: Who?\n\nREED: I did.</transcript>"
        "</record></ROOT>"
    )
    assert only(data, "x.xml").remarks == ("interviewer: John Polk",)


def test_a_quotation_inside_a_paragraph_of_the_canadian_hansard_stands_there_once() -> None:
    data = (
        "<Hansard><HansardBody><Intervention><PersonSpeaking><Affiliation>Ms. Reed</Affiliation>:"
        '</PersonSpeaking><Content><Timestamp Hr="16">(1640)</Timestamp><FloorLanguage>[English]'
        "</FloorLanguage><ParaText>She wrote: <Quote><QuotePara>It was dark.</QuotePara></Quote>"
        "</ParaText><ParaText>So it was.</ParaText></Content></Intervention></HansardBody>"
        "</Hansard>"
    )
    imported = only(data, "x.xml")
    assert speeches(imported) == [("Ms. Reed", "She wrote: It was dark.\n\nSo it was.")]
    assert [(one.counted, one.words) for one in imported.left_out] == [
        ("1 time of day", ("(1640)",)),
        ("1 mark of a language", ("[English]",)),
    ]


def test_a_sitting_is_dated_and_a_speech_is_no_title() -> None:
    data = (
        '<publicwhip><speech id="uk.org.publicwhip/debate/2009-10-27a.225.1" speakername="Reed">'
        "<p>Just give me a moment.</p></speech></publicwhip>"
    )
    assert only(data, "x.xml").stated == {"date": "2009-10-27"}


def test_a_title_above_a_table_and_other_sheets_are_named() -> None:
    book = openpyxl.Workbook()
    for row in (["Interview with Anna Reed"], [], ["Speaker", "Text"], ["Reed", "It was dark."]):
        book.active.append(row)
    book.create_sheet("Part 2").append(["Speaker", "Text"])
    out = io.BytesIO()
    book.save(out)
    imported = only(out.getvalue(), "x.xlsx")
    assert speeches(imported) == [("Reed", "It was dark.")]
    assert [(one.counted, one.words) for one in imported.left_out] == [
        ("1 row above the table", ("Interview with Anna Reed",)),
        ("1 other sheet", ("Part 2",)),
    ]


def test_mark_up_inside_a_transcript_of_ohms_ends_nothing() -> None:
    data = (
        '<ROOT xmlns="https://www.weareavp.com/nunncenter/ohms"><record><title>T</title>'
        "<transcript>REED: It was <i>very</i> dark.\n\nPOLK: Who knew?</transcript></record></ROOT>"
    )
    (block,) = only(data, "x.xml").blocks
    assert block.text == "REED: It was very dark.\n\nPOLK: Who knew?"
