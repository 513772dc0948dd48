"""A quote is the source's own words, by whoever's turn it is, and cannot be anything else."""

from __future__ import annotations

import re
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.transcript import Layer, Transcript
from generated import Made, transcripts
from qa.answers import Abstained, Answered, Evidence, Reason
from qa.citation import citation
from qa.quotes import Quote, QuoteError, Voice

PARTS = 4


def ranges(transcript: Transcript, part: int) -> list[tuple[int, int]]:
    """Return every ``PARTS``-th sentence with every sentence from it on."""
    last = len(transcript.sentences)
    return [(i, j) for i in range(part, last, PARTS) for j in range(i, last)]


def structure(transcript: Transcript) -> list[int]:
    """Return where labels and headings stand, found in the raw text without the parser."""
    labels = re.finditer(r"^Comrade (?:Mielke|Kryuchkov):$", transcript.text, re.MULTILINE)
    headings = re.finditer(r"^On (?:the Plane|Geneva) .*$", transcript.text, re.MULTILINE)
    return sorted(match.start() for match in (*labels, *headings))


def speaker_before(transcript: Transcript, offset: int) -> str | None:
    """Return who was announced last before ``offset``, found in the raw text."""
    notes = transcript.text.index("[1] Referring")
    labels = re.findall(r"^Comrade (\w+):$", transcript.text[:offset], re.MULTILINE)
    return labels[-1] if labels and offset < notes else None


@pytest.mark.parametrize("part", range(PARTS))
def test_every_range_of_the_shipped_text_is_its_slice_or_refused(
    transcript: Transcript, part: int
) -> None:
    marks = [*structure(transcript), transcript.text.index("[1] Referring")]
    second_note = transcript.text.index("It was actually Congressman")
    accepted = 0
    for first, last in ranges(transcript, part):
        start, end = transcript.sentences[first].start, transcript.sentences[last].end
        crosses = any(start < mark < end for mark in (*marks, second_note))
        if crosses:
            with pytest.raises(QuoteError, match="crosses"):
                Quote(transcript, start, end)
            continue
        quote = Quote.of(transcript, first, last)
        assert (quote.start, quote.end) == (start, end)
        assert quote.text == transcript.text[start:end]
        assert quote.speaker == speaker_before(transcript, start)
        assert quote.speaker == speaker_before(transcript, end - 1)
        assert quote.breaks == tuple(b for b in transcript.breaks if start < b <= end)
        accepted += 1
    assert accepted > 2000


@pytest.mark.parametrize("part", range(PARTS))
def test_every_hole_inside_a_quote_is_marked_where_it_is(transcript: Transcript, part: int) -> None:
    for first, last in ranges(transcript, part):
        if transcript.sentences[first].block != transcript.sentences[last].block:
            continue
        quote = Quote.of(transcript, first, last)
        marks = tuple(piece.start for piece in quote.pieces if piece.voice is Voice.BREAK)
        assert marks == quote.breaks
        joined = "".join(transcript.text[p.start : p.end] for p in quote.pieces)
        assert joined == quote.text


@given(transcripts(), st.data())
def test_generated_ranges_are_exact_or_refused(made: Made, data: st.DataObject) -> None:
    transcript = made.parse()
    first = data.draw(st.integers(0, len(transcript.sentences) - 1))
    last = data.draw(st.integers(first, len(transcript.sentences) - 1))
    start, end = transcript.sentences[first].start, transcript.sentences[last].end
    said = [(offset, who) for offset, word, who in made.words if start <= offset < end]
    labels = [turn.label.start for turn in transcript.turns]
    headings = [heading.start for heading in transcript.headings]
    if any(start < mark < end for mark in (*labels, *headings)):
        with pytest.raises(QuoteError):
            Quote(transcript, start, end)
        return
    quote = Quote(transcript, start, end)
    assert quote.text == made.data.decode()[start:end]
    assert quote.speaker is None or {who for _, who in said} <= {quote.speaker}
    assert all(a.end == b.start for a, b in pairwise(quote.pieces))
    assert "".join(transcript.text[p.start : p.end] for p in quote.pieces) == quote.text


@given(st.data())
def test_no_quote_begins_or_ends_within_a_sentence(
    transcript: Transcript, data: st.DataObject
) -> None:
    length = len(transcript.text)
    start = data.draw(st.integers(-5, length + 5))
    end = data.draw(st.integers(-5, length + 5))
    starts = {sentence.start for sentence in transcript.sentences}
    ends = {sentence.end for sentence in transcript.sentences}
    if start in starts and end in ends:
        return
    with pytest.raises(QuoteError):
        Quote(transcript, start, end)


@given(st.data())
def test_the_sentences_around_any_words_can_be_quoted(
    transcript: Transcript, data: st.DataObject
) -> None:
    sentence = data.draw(st.sampled_from(transcript.sentences))
    start = data.draw(st.integers(sentence.start, sentence.end - 1))
    end = data.draw(st.integers(start + 1, sentence.end))
    quote = Quote.around(transcript, start, end)
    assert (quote.start, quote.end) == (sentence.start, sentence.end)


@pytest.mark.parametrize(("start", "end"), [(0, 0), (0, 10), (229, 330), (10, 5), (-9, -1)])
def test_nothing_of_the_host_page_can_be_quoted(
    transcript: Transcript, start: int, end: int
) -> None:
    with pytest.raises(QuoteError):
        Quote(transcript, start, end)
    with pytest.raises(QuoteError):
        Quote.around(transcript, start, end)


def test_labels_cannot_be_quoted(transcript: Transcript) -> None:
    for span in (turn.label for turn in transcript.turns):
        with pytest.raises(QuoteError):
            Quote.around(transcript, span.start, span.end)


def test_a_heading_is_quoted_whole_and_as_nobodys(transcript: Transcript) -> None:
    for span in transcript.headings:
        quote = Quote.around(transcript, span.start + 1, span.end - 1)
        assert (quote.start, quote.end) == (span.start, span.end)
        assert (quote.layer, quote.speaker) == (Layer.HEADING, None)
        line = transcript.line_at(span.start)
        assert citation(quote).startswith(f"Heading, line {line};")
        before = transcript.sentences_in(0, span.start)[-1]
        with pytest.raises(QuoteError):
            Quote(transcript, before.start, span.end)


def test_a_quote_that_names_its_senator_brings_the_note(transcript: Transcript) -> None:
    start = transcript.text.index("US Senator [sic]")
    (note,) = Quote.around(transcript, start, start + 1).notes
    assert "Congressman Lawrence P. McDonald" in transcript.text[note.start : note.end]


def test_a_quote_over_a_footnote_number_keeps_it_apart(transcript: Transcript) -> None:
    offset = transcript.text.index("[2] He decided")
    before, after = transcript.sentences_in(offset - 3, offset + 6)
    quote = Quote.of(transcript, before.number, after.number)
    anchors = [transcript.text[p.start : p.end] for p in quote.pieces if p.voice is Voice.ANCHOR]
    assert anchors == ["[2]"]


def test_editorial_words_are_told_from_spoken_ones(transcript: Transcript) -> None:
    start = transcript.text.index("More than 120 [warning]")
    quote = Quote.around(transcript, start, start + 5)
    voices = [(p.voice, transcript.text[p.start : p.end]) for p in quote.pieces]
    assert voices == [
        (Voice.SOURCE, "More than 120 "),
        (Voice.EDITORIAL, "[warning]"),
        (Voice.SOURCE, "\nshots were fired."),
    ]


def test_an_answer_without_a_quote_cannot_exist(transcript: Transcript) -> None:
    with pytest.raises(ValueError, match="at least one quote"):
        Answered("Why?", (), 0.9)
    assert Abstained("Why?", Reason.NOT_CONFIDENT, 0.1).nearest == ()


def test_values_cannot_be_changed_after_they_were_made(transcript: Transcript) -> None:
    quote = Quote.of(transcript, 20, 20)
    for value, name in ((quote, "start"), (quote, "text"), (Evidence(quote, 1.0), "quote")):
        with pytest.raises((AttributeError, TypeError)):
            setattr(value, name, 3)


def test_the_citation_says_where_to_look_it_up(transcript: Transcript) -> None:
    start = transcript.text.index("More than 120 [warning]")
    reference = citation(Quote.around(transcript, start, start + 5))
    for part in (
        "Vladimir Alexandrovich Kryuchkov (Deputy Chairman of the KGB)",
        "turn 4 of 27",
        "lines 116–117",
        "Note about the Talks of Comrade Minister [Erich Mielke]",
        "19 September 1983",
        "Berlin",
        "BStU",
        "MfS, ZAIG 5306",
        "pp. 1–19",
        "translated by Bernd Schaefer",
    ):
        assert part in reference


def test_lines_in_citations_are_those_of_the_file(transcript: Transcript) -> None:
    start = transcript.text.index("More than 120 [warning]")
    line = transcript.text[:start].count("\n") + 1
    assert f"lines {line}–{line + 1}" in citation(Quote.around(transcript, start, start + 5))


def test_nobody_is_credited_with_header_and_notes(transcript: Transcript) -> None:
    for sentence in transcript.sentences:
        if sentence.layer is not Layer.SPEECH:
            quote = Quote.of(transcript, sentence.number, sentence.number)
            assert quote.speaker is None
            reference = citation(quote)
            assert reference.startswith(("Header of the document", "Note "))
