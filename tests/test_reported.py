"""Words that a speaker only passes on are not left to look like his own."""

from __future__ import annotations

import pytest

from corpus.archive import Archive
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
