"""Words that a speaker only passes on are not left to look like his own."""

from __future__ import annotations

from pathlib import Path

import pytest

from corpus.archive import Archive
from corpus.parsing import parse
from corpus.record import Record
from qa.answers import Evidence
from qa.quotes import Quote
from qa.render.html import card_html
from qa.render.plain import quote_block
from qa.render.verbatim import words_in_html
from qa.reported import reported_speech


def quote_with(archive: Archive, words: str) -> Quote:
    """Quote the sentence of the shipped transcript that holds ``words``."""
    transcript = next(iter(archive))
    start = transcript.text.replace("\n", " ").index(words)
    return Quote.around(transcript, start, start + 1)


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("Reagan declared that mankind", "Reagan"),
        ("Even Strauss said in his first", "Strauss"),
        ("(West German newspaper", "Die Welt"),
        ("Still, Comrade Fischer does not think", "Comrade Fischer"),
        ("Our pilots said this", True),
        ("There are many who believe", True),
        ("In the Western press you always find", True),
        ("They also say the flight recorder", True),
        ("Honest specialists from the West", True),
        ("Otherwise, the common folks will say", True),
        ("If [CNN Chairman Ted] Turner is saying", True),
        ("I said from the beginning", False),
        ("I just want to say:", False),
        ("You have to declare that the Americans", False),
        ("Some issues have been already explained", False),
        ("We wanted to wait to see what the West had to say", False),
        ("On 3 September they provided a comprehensive report", False),
        ("The saying goes that such events", False),
        ("We fired special tracer bullets", False),
    ],
)
def test_only_what_others_said_is_marked(
    archive: Archive, words: str, expected: str | bool
) -> None:
    assert reported_speech(quote_with(archive, words)) == expected


def test_header_and_notes_report_nobody(archive: Archive) -> None:
    transcript = next(iter(archive))
    silent = [n for n, sentence in enumerate(transcript.sentences) if not sentence.turn]
    assert silent
    assert not any(reported_speech(Quote.of(transcript, n, n)) for n in silent)


def test_a_reader_is_told_who_is_reported(archive: Archive) -> None:
    evidence = Evidence(quote_with(archive, "Reagan declared that mankind"), 1.0)
    said = "Kryuchkov tells here what Reagan said or thinks."
    assert said in words_in_html(card_html(evidence))
    assert said in " ".join(quote_block(evidence).split())


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("Not sixty, as the newspaper wrote, but sixty-five.", False),
        ("The foreman, Mr Dent, told me: “A woman does not understand clay.”", "Mr Dent"),
        ("I told him: “You do not understand women.”", False),
        ("It was the “golden age” of the works, they called it.", False),
        ("I never trusted anybody who told me a different number.", False),
        ("There was a man who told me a different number.", True),
    ],
)
def test_a_witness_who_quotes_and_one_who_only_compares(words: str, expected: str | bool) -> None:
    text = f"HALE: {words} We left.\n\nMORE: Yes.\n\nHALE: No.\n\nMORE: Yes.\n"
    transcript = parse(text.encode(), Record(title="Talk"), "talk", Path("talk.txt"))
    first = next(s for s in transcript.sentences if s.turn)
    last = max(s.number for s in transcript.sentences if s.turn == first.turn)
    assert reported_speech(Quote.of(transcript, first.number, last - 1)) == expected
