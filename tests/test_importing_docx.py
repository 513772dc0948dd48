"""Word documents as Word writes them: bold names, styles, footnotes; nothing of them is run."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Sequence

import pytest
from docx import Document
from docx.document import Document as Word

from corpus.errors import ImportingError
from corpus.importing.imported import Imported, Kind
from corpus.importing.protocol import read_original
from corpus.importing.sidecar import SourceMap
from corpus.importing.writing import write
from test_importing import require_places, speeches, stored

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"


def packed(document: Word) -> bytes:
    file = io.BytesIO()
    document.save(file)
    return file.getvalue()


def only(data: bytes, name: str = "x.docx") -> Imported:
    (imported,) = read_original(data, name)
    return imported


def labelled(document: Word, name: str, words: str) -> None:
    paragraph = document.add_paragraph()
    paragraph.add_run(name).bold = True
    paragraph.add_run(words)


def interview() -> Word:
    document = Document()
    document.add_heading("The Stony Point Dam", 0)
    document.add_paragraph("Recorded in spring 1984")
    labelled(document, "Anna Reed:", " It was dark and cold.")
    document.add_paragraph("Note: I was at the mill.")
    document.add_heading("The gates", 1)
    labelled(document, "Mr. Polk", ": Who closed the gates?")
    document.add_paragraph("(He laughs.)")
    return document


def with_part(data: bytes, name: str, change: str | None = None, **parts: str) -> bytes:
    """Return a package with parts added and its document changed."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w") as new:
        for one in old.namelist():
            text = old.read(one)
            new.writestr(one, change.encode() if one == name and change else text)
        for inner, text in parts.items():
            new.writestr(f"word/{inner}.xml", text)
    return out.getvalue()


def document_xml(data: bytes) -> str:
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        return package.read("word/document.xml").decode()


def test_bold_names_are_labels_and_a_remark_stays_with_its_speaker() -> None:
    imported = only(packed(interview()))
    assert imported.format == "Word (.docx)"
    assert imported.stated == {"title": "The Stony Point Dam"}
    assert speeches(imported) == [
        ("Anna Reed", " It was dark and cold.\n\nNote: I was at the mill."),
        ("Mr. Polk", " Who closed the gates?"),
    ]
    kinds = [(b.kind, b.text) for b in imported.blocks if b.kind is not Kind.SPEECH]
    assert kinds == [
        (Kind.HEADER, "The Stony Point Dam"),
        (Kind.HEADER, "Recorded in spring 1984"),
        (Kind.HEADING, "The gates"),
        (Kind.DIRECTION, "(He laughs.)"),
    ]
    require_places(imported, write(imported))
    assert [turn.speaker for turn in stored(imported).turns] == ["Anna Reed", "Mr. Polk"]


def test_deletions_and_comments_are_left_out_and_said_so_and_insertions_stand() -> None:
    data = packed(interview())
    xml = document_xml(data)
    changed = xml.replace(
        '<w:t xml:space="preserve"> It was dark and cold.</w:t></w:r>',
        '<w:t xml:space="preserve"> It was </w:t></w:r>'
        '<w:del w:id="1" w:author="x"><w:r><w:delText>not </w:delText></w:r></w:del>'
        '<w:ins w:id="2" w:author="x"><w:r><w:t>very </w:t></w:r></w:ins>'
        '<w:r><w:t>cold.</w:t></w:r><w:r><w:commentReference w:id="0"/></w:r>',
    )
    assert changed != xml
    imported = only(with_part(data, "word/document.xml", changed))
    assert speeches(imported)[0][1].startswith(" It was very cold.")
    assert {(one.what, one.count) for one in imported.left_out} >= {
        ("comments", 1),
        ("tracked deletions", 1),
    }


def test_a_footnote_is_a_note_and_explains_what_its_number_stands_behind() -> None:
    data = packed(interview())
    xml = document_xml(data).replace(
        " It was dark and cold.</w:t></w:r>",
        ' It was dark and cold.</w:t></w:r><w:r><w:footnoteReference w:id="2"/></w:r>',
    )
    notes = (
        f'<w:footnotes xmlns:w="{W}"><w:footnote w:id="2"><w:p><w:r><w:t>In 1983.</w:t></w:r></w:p>'
        "</w:footnote></w:footnotes>"
    )
    imported = only(with_part(data, "word/document.xml", xml, footnotes=notes))
    transcript = stored(imported)
    (note,) = transcript.notes
    assert transcript.text[note.start : note.end] == "In 1983."
    (explained,) = note.explains
    assert transcript.text[explained.start : explained.end] == "It was dark and cold."


def test_a_paragraph_is_named_as_word_numbers_it_and_counted_else() -> None:
    data = packed(interview())
    w14 = "http://schemas.microsoft.com/office/word/2010/wordml"
    xml = document_xml(data).replace("<w:p>", f'<w:p xmlns:w14="{w14}" w14:paraId="1A2B3C4D">', 2)
    units = list(only(with_part(data, "word/document.xml", xml)).units)
    assert sum("(1A2B3C4D)" in unit for unit in units) == 1
    assert len(units) == len(set(units))
    assert units[-1].startswith(f"paragraph {len(units)}")


def test_questions_in_bold_from_end_to_end_have_their_speaker_where_the_name_returns() -> None:
    document = Document()
    document.add_paragraph().add_run("Chapter: the dam").bold = True
    for question, answer in (("Who knew?", "I did."), ("And then?", "Note: we left.")):
        document.add_paragraph().add_run(f"Interviewer: {question}").bold = True
        labelled(document, "Reed:", f" {answer}")
    assert [(s, t.strip()) for s, t in speeches(only(packed(document)))] == [
        ("Interviewer", "Who knew?"),
        ("Reed", "I did."),
        ("Interviewer", "And then?"),
        ("Reed", "Note: we left."),
    ]


def test_without_bold_names_the_grammar_finds_the_labels() -> None:
    document = Document()
    for words in ("Anna Reed: It was dark.", "John Polk: Who knew?"):
        document.add_paragraph(words)
    imported = only(packed(document))
    assert not imported.is_placed
    assert write(imported).text == "Anna Reed: It was dark.\n\nJohn Polk: Who knew?\n"


def test_a_table_of_time_speaker_and_words_is_read_by_its_columns() -> None:
    document = Document()
    table = document.add_table(rows=0, cols=3)
    for time, who, words in (("0:03", "Reed", "It was dark."), ("0:09", "Polk", "Note: who knew?")):
        for cell, text in zip(table.add_row().cells, (time, who, words), strict=True):
            cell.text = text
    imported = only(packed(document))
    assert speeches(imported) == [("Reed", "It was dark."), ("Polk", "Note: who knew?")]
    places = [piece.place for block in imported.blocks for piece in block.pieces if piece.place]
    assert [place.time for place in places] == [(3.0, 3.0), (9.0, 9.0)]


def bomb() -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr("word/document.xml", b"<a/>")
        for number in range(9):
            package.writestr(f"word/{number}", bytes(64 * 1024 * 1024))
    return out.getvalue()


def entities() -> bytes:
    xml = (
        '<?xml version="1.0"?><!DOCTYPE d [<!ENTITY a "aaaaaaaaaa">'
        + "".join(
            f'<!ENTITY {y} "{f"&{x};" * 10}">' for x, y in zip("abcdefgh", "bcdefghi", strict=True)
        )
        + f']><w:document xmlns:w="{W}"><w:body><w:p><w:r><w:t>&i;</w:t></w:r></w:p></w:body>'
        "</w:document>"
    )
    return with_part(packed(interview()), "word/document.xml", xml)


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (bomb(), "unpacks to"),
        (entities(), "entities that grow"),
        (b"PK\x03\x04 broken", "broken"),
        (b"\xd0\xcf\x11\xe0" + bytes(512), "encrypted"),
        (with_part(packed(interview()), "word/document.xml", "<w:broken"), "no XML"),
    ],
    ids=["zip bomb", "entity bomb", "broken", "encrypted", "no xml"],
)
def test_hostile_files_are_refused_in_one_sentence(data: bytes, says: str) -> None:
    with pytest.raises(ImportingError, match=says):
        read_original(data, "x.docx")


def saved(*paragraphs: Sequence[tuple[str, bool]]) -> bytes:
    """Return a Word file; each run is words, in bold or not, "\\n" a break inside the paragraph."""
    document = Document()
    for runs in paragraphs:
        paragraph = document.add_paragraph()
        for words, bold in runs:
            if words == "\n":
                paragraph.add_run().add_break()
            else:
                paragraph.add_run(words).bold = bold
    return packed(document)


def test_a_label_behind_a_break_inside_a_paragraph_begins_another_speech() -> None:
    data = saved(
        [
            ("John Polk:", True), (" Who closed the gates?", False), ("\n", False),
            ("Anna Reed:", True), (" Nobody.", False), ("\n", False), ("They were closed.", False),
            ("\n", False), ("John Polk:", True), (" Since when?", False),
        ]
    )  # fmt: skip
    imported = only(data)
    require_places(imported, write(imported))
    assert [(name, " ".join(words.split())) for name, words in speeches(imported)] == [
        ("John Polk", "Who closed the gates?"),
        ("Anna Reed", "Nobody. They were closed."),
        ("John Polk", "Since when?"),
    ]


@pytest.mark.parametrize("together", [True, False], ids=["Teams", "Otter"])
def test_a_line_with_name_and_time_heads_a_speech_in_word_too(together: bool) -> None:
    heads = [("John Polk", "0:03", "Who closed the gates?"), ("Anna Reed", "1:02:03", "Nobody.")]
    paragraphs: list[list[tuple[str, bool]]] = [[("The dam", False)]]
    for name, time, words in heads:
        head, said = [(name, True), (f"   {time}", False)], [(words, False)]
        paragraphs += [[*head, ("\n", False), *said]] if together else [head, said]
    imported = only(saved(*paragraphs))
    written = write(imported)
    require_places(imported, written)
    assert speeches(imported) == [(name, words) for name, _, words in heads]
    source = SourceMap("", "", "", "", written.stated, written.runs)
    assert source.time(written.text.index("Nobody"), len(written.text)) == (3723.0, 3723.0)
    place = source.runs_in(written.text.index("Nobody"), len(written.text) - 1)[0].place
    assert place.unit == f"paragraph {3 if together else 5}"


def test_what_stands_in_heads_of_pages_is_shown() -> None:
    document = Document()
    document.sections[0].header.paragraphs[0].text = "Stony Point Oral History"
    for words in (" Who?", " Nobody."):
        paragraph = document.add_paragraph()
        paragraph.add_run("Anna Reed:").bold = True
        paragraph.add_run(words)
    imported = only(packed(document))
    (left,) = imported.left_out
    assert (left.counted, left.words) == ("1 head or foot of pages", ("Stony Point Oral History",))


def tabled(rows: Sequence[Sequence[str]], below: str = "") -> bytes:
    document = Document()
    table = document.add_table(rows=len(rows), cols=len(rows[0]))
    for row, cells in zip(table.rows, rows, strict=True):
        for cell, words in zip(row.cells, cells, strict=True):
            cell.text = words
    if below:
        document.add_paragraph(below)
    return packed(document)


@pytest.mark.parametrize("head", [True, False])
def test_notes_in_a_third_column_are_nobodys_and_so_is_what_stands_below(head: bool) -> None:
    rows = [
        ("John Polk", "Who closed the gates?", "he coughs"),
        ("Anna Reed", "Nobody. They were closed.", ""),
        ("John Polk", "Since when was that?", ""),
    ]
    named = [("Speaker", "Text", "Remarks")] if head else []
    imported = only(tabled([*named, *rows], below="Typed by Mary Hale in May."))
    assert speeches(imported) == [(who, words) for who, words, _ in rows]
    assert [b.text for b in imported.blocks if b.kind is Kind.NARRATION] == [
        "Typed by Mary Hale in May."
    ]
    (left,) = imported.left_out
    assert left.words[-1] == "he coughs"


def test_a_time_beside_a_bold_name_is_a_time() -> None:
    imported = only(
        saved(
            [("Anna Reed [00:01:02]:", True), (" Dark.", False)],
            [("John Polk [00:01:09]:", True), (" Who?", False)],
        )
    )
    written = write(imported)
    assert speeches(imported) == [("Anna Reed", " Dark."), ("John Polk", " Who?")]
    source = SourceMap("", "", "", "", written.stated, written.runs)
    assert source.time(written.text.index("Who?"), len(written.text)) == (69.0, 69.0)


def test_questions_in_bold_leave_the_labels_to_the_grammar() -> None:
    talk = [("Q: Who closed the gates?", True), ("A: Nobody did.", False)] * 3
    imported = only(saved(*[[one] for one in talk]))
    assert not imported.is_placed
    assert write(imported).text.split("\n\n")[1] == "A: Nobody did."
