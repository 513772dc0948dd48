"""The source view shows a document whole, in its own words, and marks exactly what a link names."""

from __future__ import annotations

import re
from collections.abc import Callable
from html.parser import HTMLParser
from pathlib import Path

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient
from hypothesis import given
from hypothesis import strategies as st

from corpus.archive import Archive, open_archive
from corpus.transcript import Transcript
from qa.citation import citation
from qa.quotes import Quote, SourceChangedError
from qa.render.shown import version
from qa.web.document import document_view, turns_around
from qa.web.inline import Inline, Mark
from qa.web.source import source_page, source_routes
from web_support import SHOTS_PLACE, settings_for, word_site, write_hostile


class Reader(HTMLParser):
    """Collects text by what it stands in."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.article: list[str] = []
        self.marked: list[str] = []
        self.tags: set[str] = set()
        self.attributes: set[str] = set()
        self._open: list[tuple[str, str]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        self.attributes |= {name for name, _ in attrs}
        if tag not in ("meta", "link", "input", "br"):
            self._open.append((tag, dict(attrs).get("class") or ""))

    def handle_endtag(self, tag: str) -> None:
        assert self._open.pop()[0] == tag

    def handle_data(self, data: str) -> None:
        tags = [tag for tag, _ in self._open]
        classes = {name for _, names in self._open for name in names.split()}
        ours = {"va-mark", "va-permalink", "va-part"} & classes
        if "article" in tags and not ours and "summary" not in tags:
            self.article.append(data)
        if "mark" in tags and "va-mark" not in classes:
            self.marked.append(data)


def read(html: str) -> Reader:
    reader = Reader()
    reader.feed(html)
    reader.close()
    return reader


def squeezed(text: str) -> str:
    return re.sub(r"\s+", "", text)


def without_note_numbers(transcript: Transcript) -> str:
    """The text, but for the notes' own numbers, which the page shows as list numbers."""
    text, cut = transcript.text, len(transcript.text)
    for note in reversed(transcript.notes):
        before = text.rfind("\n", 0, note.start) + 1
        if text[before : note.start].strip():
            text = text[:before] + text[note.start :]
            cut = before
    assert cut
    return text


def test_the_page_shows_every_character_of_the_document_in_order(transcript: Transcript) -> None:
    shown = read(source_page(transcript))
    assert squeezed("".join(shown.article)) == squeezed(without_note_numbers(transcript))


def test_small_documents_are_shown_whole(tiny_archive: Callable[..., Path]) -> None:
    for transcript in open_archive(tiny_archive()):
        shown = read(source_page(transcript))
        assert squeezed("".join(shown.article)) == squeezed(transcript.text)


def test_a_link_marks_exactly_its_words(transcript: Transcript) -> None:
    start, end = SHOTS_PLACE
    html = source_page(transcript, f"{start}-{end}", version(transcript))
    shown = read(html)
    assert "".join(shown.marked) == transcript.text[start:end].replace("\n", " ")
    assert html.count('id="hit-1"') == 1
    assert html.count("<mark") == 1, "editor's brackets do not cut a highlight into pieces"


@given(data=st.data())
def test_any_sentences_are_marked_verbatim(transcript: Transcript, data: st.DataObject) -> None:
    first = data.draw(st.integers(0, len(transcript.sentences) - 1))
    sentence = transcript.sentences[first]
    html = source_page(transcript, f"{sentence.start}-{sentence.end}")
    words = "".join(read(html).marked)
    assert words == transcript.text[sentence.start : sentence.end].replace("\n", " ")


def test_a_link_to_a_changed_text_says_so_and_marks_nothing(transcript: Transcript) -> None:
    html = source_page(transcript, "8299-8340", "0" * 12)
    assert "has changed since this link was made" in html
    assert "<mark" not in html


@pytest.mark.parametrize("place", ["8300-8340", "1-2", "x", "9999999-99999999", "8340-8299", "-"])
def test_a_link_to_no_quote_says_so(transcript: Transcript, place: str) -> None:
    html = source_page(transcript, place)
    assert "There is no quote at the place" in html
    assert "<mark" not in html


def test_several_quotes_are_marked_and_overlaps_only_once(transcript: Transcript) -> None:
    html = source_page(transcript, "8299-8340,9179-9248,8299-8340")
    assert re.findall(r'id="(hit-\d)"', html) == ["hit-1", "hit-2"]


def test_words_are_found_across_line_breaks_and_brackets(transcript: Transcript) -> None:
    html = source_page(transcript, words="Warning SHOTS")
    assert "1 place found" in html
    assert "".join(read(html).marked) == "warning] shots"


def test_words_that_stand_nowhere_are_reported(transcript: Transcript) -> None:
    assert "stand nowhere in this document" in source_page(transcript, words="sourdough")
    assert "stand nowhere in this document" in source_page(transcript, words="-->")


def test_words_of_the_page_around_are_told_apart(transcript: Transcript) -> None:
    html = source_page(transcript, words="Patron")
    assert "these words stand only in text that is no part of a document" in html
    assert "Not part of the document (web page around it): 1 place:" in html
    assert html.index('<details class="va-host" open>') < html.index('id="outside-1"')
    assert "not part of it" in source_page(transcript)
    assert "<mark" not in source_page(transcript)
    assert 'va-host" open' not in source_page(transcript)


def test_context_is_the_turn_with_its_neighbours(transcript: Transcript) -> None:
    start, end = SHOTS_PLACE
    assert [turn.number for turn in turns_around(transcript, start, end)] == [3, 4, 5]
    sentence = transcript.sentences[-1]
    assert turns_around(transcript, sentence.start, sentence.end) == ()
    view = document_view(transcript, (), transcript.turns[:1])
    assert not view.header
    assert [turn.number for turn in view.turns] == [1]


def test_lines_wrapped_in_the_source_become_paragraphs(transcript: Transcript) -> None:
    texts = [block for block in document_view(transcript).turns[3].blocks if block.kind == "text"]
    shots = next(block for block in texts if "120" in block.html)
    assert "We again undertook" in shots.html
    assert "There were still a few kilometers" not in shots.html


def test_nothing_in_a_document_becomes_markup(tmp_path: Path) -> None:
    archive: Archive = open_archive(write_hostile(tmp_path / "hostile"))
    (transcript,) = archive.transcripts
    place = next(s for s in transcript.sentences if "cost" in transcript.text[s.start : s.end])
    for html in (
        source_page(transcript),
        source_page(transcript, f"{place.start}-{place.end}"),
        source_page(transcript, words="warehouse <b>"),
    ):
        shown = read(html)
        assert not shown.tags & {"img", "svg", "b", "i", "u", "iframe"}
        assert not {name for name in shown.attributes if name.startswith("on")}
        assert html.count("<script") == html.count('<script src="/ui/source.js" defer>')
        assert "49" not in "".join(shown.article), "template braces stay as they are"


def test_marks_may_cross_paragraphs(transcript: Transcript) -> None:
    turn = transcript.turns[3]
    html = "".join(
        block.html
        for block in document_view(transcript, (Mark(turn.start, turn.end, "hit-1"),), (turn,))
        .turns[0]
        .blocks
    )
    assert html.count('id="hit-1"') == 1
    assert squeezed("".join(read(f"<p>{html}</p>").marked)) == squeezed(
        transcript.text[turn.start : turn.end]
    )


@pytest.mark.parametrize(
    ("text", "record"),
    [
        ("The Dam\n\nIt broke at noon.\n\nNobody knew.\n", "narrative = true"),
        (
            "The Dam\n\nReed: At noon.\n\nPolk: I see.\n\nReed: Yes.\n\n"
            "The meeting ended at 11:30 a.m.\n\nPolk: One more word.\n\nReed: No.\n\n"
            "Transcribed by the clerk.\n",
            "",
        ),
        (
            "The Dam\n\nThey met. At noon it broke. Nobody knew.\n",
            '[[voices]]\nspeaker = "Reed"\nfrom = "At noon"\nto = "broke."',
        ),
    ],
)
def test_what_nobody_speaks_is_on_the_page_in_its_place(
    tmp_path: Path, text: str, record: str
) -> None:
    (tmp_path / "dam.txt").write_text(text)
    (tmp_path / "dam.toml").write_text(f'title = "The Dam"\n{record}\n')
    (transcript,) = open_archive(tmp_path)
    html = source_page(transcript)
    assert squeezed("".join(read(html).article)) == squeezed(text)
    for turn in transcript.turns:
        if turn.label.start == turn.label.end:
            assert (turn.speaker or "Speaker not established") in html


# A reference can be looked up.


@given(data=st.data())
def test_whatever_a_reference_names_is_found_by_its_numbers(
    transcript: Transcript, data: st.DataObject
) -> None:
    spoken = [s for s in transcript.sentences if s.turn]
    sentence = data.draw(st.sampled_from(spoken))
    reference = citation(Quote.of(transcript, sentence.number, sentence.number))
    named = re.search(r"turn (\d+) of \d+, sentence (\d+), line", reference)
    assert named
    html = source_page(transcript, turn=named[1], sentence=named[2])
    words = "".join(read(html).marked)
    assert words == transcript.text[sentence.start : sentence.end].replace("\n", " ")
    assert f'id="t{named[1]}s{named[2]}" data-number="{named[2]}"' in html


@pytest.mark.parametrize(
    ("turn", "sentence", "says"),
    [
        ("28", "1", "There is no turn 28; the last one is turn 27."),
        ("0", "1", "There is no turn 0"),
        ("4", "9999", "There is no sentence 9999 in turn 4; its last one is sentence"),
        ("4", "<b>", "Please type the numbers of a turn and of a sentence."),
        ("", "2", "Please type the numbers"),
    ],
)
def test_a_reference_to_nothing_is_told_in_a_sentence(
    transcript: Transcript, turn: str, sentence: str, says: str
) -> None:
    html = source_page(transcript, turn=turn, sentence=sentence)
    assert says in html
    assert "<mark" not in html
    assert f'name="turn" inputmode="numeric" autocomplete="off" value="{turn}"' in html
    assert "<b>" not in html


def test_every_sentence_of_a_turn_has_its_number_once(transcript: Transcript) -> None:
    numbers = re.findall(r'id="t(\d+)s(\d+)"', source_page(transcript))
    assert len(numbers) == len(set(numbers)) == sum(1 for s in transcript.sentences if s.turn)
    view = document_view(transcript, (), transcript.turns[:2])
    assert not any("va-number" in block.html for turn in view.turns for block in turn.blocks)


def test_a_changed_file_is_not_read_on(tmp_path: Path, tiny_archive: Callable[..., Path]) -> None:
    """Each stretch of the reading view is compared with the file, as each card is."""
    del tmp_path
    folder = tiny_archive()
    first, second, *_ = open_archive(folder)
    inline = Inline(first)
    inline.html(0, 10)
    path = folder / f"{first.id}.txt"
    path.write_text(path.read_text() + "more", encoding="utf-8")
    with pytest.raises(SourceChangedError):
        inline.html(0, 10)
    assert source_page(second)


def test_a_file_is_given_only_where_the_record_allows_it(
    tmp_path: Path, tiny_archive: Callable[..., Path]
) -> None:
    folder = tiny_archive()
    record = folder / "ferry.toml"
    record.write_text("download = true\n" + record.read_text(), encoding="utf-8")
    app = FastAPI()
    app.include_router(source_routes(word_site(settings_for(tmp_path / "state", archive=folder))))
    with TestClient(app) as client:
        given = client.get("/source/ferry/file")
        assert given.content == (folder / "ferry.txt").read_bytes()
        assert "ferry.txt" in given.headers["content-disposition"]
        assert given.headers["content-type"].startswith("text/plain")
        refused = client.get("/source/lighthouse/file")
        assert (refused.status_code, "cannot be downloaded" in refused.text) == (404, True)
        assert client.get("/source/nowhere/file").status_code == 404
        assert "/source/ferry/file" in client.get("/source/ferry").text
        assert "/source/lighthouse/file" not in client.get("/source/lighthouse").text
