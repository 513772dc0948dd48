"""What each side says stands by speaker, with the reply beside it and no verdict."""

from __future__ import annotations

import pytest

from corpus.archive import Archive
from corpus.transcript import Layer, Transcript
from qa.answering import Answerer
from qa.answers import Evidence
from qa.asking import Asked
from qa.quotes import Quote
from qa.render.contract import answer_object
from qa.render.html import answer_html
from qa.render.plain import answer_text
from qa.sides import asks_for_sides, reply_to, sides

PEOPLE = ("Mielke", "Kryuchkov")


@pytest.mark.parametrize(
    ("question", "asked"),
    [
        ("What did each side say about the plane?", True),
        ("What do both men think of Reagan?", True),
        ("What did Mielke and Kryuchkov say about Solidarity?", True),
        ("When did Kryuchkov meet Mielke?", False),
        ("What did Mielke say?", False),
        ("Were both wings lit?", False),
    ],
)
def test_sides_are_given_where_they_are_asked_for(question: str, asked: bool) -> None:
    assert asks_for_sides(question, PEOPLE) is asked


def test_a_reply_is_the_beginning_of_the_next_turn_by_somebody_else(
    transcript: Transcript,
) -> None:
    replied = 0
    for sentence in transcript.sentences:
        quote = Quote.of(transcript, sentence.number, sentence.number)
        reply = reply_to(quote)
        if reply is None:
            continue
        replied += 1
        assert reply.turn == quote.turn + 1
        assert reply.speaker not in (None, quote.speaker)
        label = transcript.turns[reply.turn - 1].label
        between = transcript.sentences_in(label.end, reply.start)
        assert not [one for one in between if one.layer is Layer.SPEECH]
    assert replied > 100


def test_two_documents_stand_beside_one_another(archive: Archive, transcript: Transcript) -> None:
    said = [s for s in transcript.sentences if s.turn][:40]
    ranked = [Evidence(Quote.of(transcript, s.number, s.number), 1.0) for s in said]
    told = sides("What does each document say about the plane?", ranked)
    assert {side.document for side in told} == {transcript.id}
    assert {side.speaker for side in told} == set(PEOPLE)
    assert sides("What is said about the plane?", ranked) == ()
    one = [evidence for evidence in ranked if evidence.quote.speaker == "Mielke"]
    assert sides("What did each side say?", one) == ()


def test_an_answer_shows_each_side_in_its_own_words(answerer: Answerer, archive: Archive) -> None:
    answer = answerer.ask(Asked("What did each side say about the passenger plane?"))
    told = answer_object(answer)
    assert told["status"] != "abstained"
    assert {side["speaker"] for side in told["sides"]} == set(PEOPLE)
    for side in told["sides"]:
        for said in side["said"]:
            for quote in (said["quote"], said["reply"]):
                if quote is not None:
                    source = archive[quote["document"]]
                    assert quote["text"] == source.text[quote["start"] : quote["end"]]
            assert said["quote"]["speaker"] == side["speaker"]
            assert said["reply"] is None or said["reply"]["speaker"] != side["speaker"]
    shown = answer_text(answer)
    assert shown.count("What each side says, without a verdict") == 1
    page = answer_html(answer)
    assert page.count("What each side says, without a verdict") == 1
    assert page.count('class="va-side"') == len(told["sides"])
    assert answer_object(answerer.ask(Asked("How many warning shots were fired?")))["sides"] == []
