"""What each side says stands by speaker, with the reply beside it and no verdict."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from corpus.archive import Archive, open_archive
from corpus.transcript import Layer, Transcript
from qa.answering import Answerer
from qa.answers import Evidence
from qa.asking import Asked
from qa.quotes import Quote
from qa.render.contract import answer_object
from qa.render.html import answer_html
from qa.render.plain import answer_text
from qa.sides import asks_for_both, asks_for_sides, other_side, reply_to, sides

PEOPLE = ("Mielke", "Kryuchkov")
MakeArchive = Callable[..., Path]
Item = tuple[str | None, float]


@pytest.mark.parametrize(
    ("question", "asked"),
    [
        ("What did each side say about the plane?", True),
        ("What do both men think of Reagan?", True),
        ("What did Mielke and Kryuchkov say about Solidarity?", True),
        ("When did Kryuchkov meet Mielke?", False),
        ("What did Mielke say?", False),
        ("Were both wings lit?", False),
        ("what did mielke and kryuchkov say about solidarity?", True),
        ("What did Mielke say about the Kryuchkovs?", False),
    ],
)
def test_sides_are_given_where_they_are_asked_for(question: str, asked: bool) -> None:
    assert asks_for_sides(question, PEOPLE) is asked


@pytest.mark.parametrize(
    ("question", "asked"),
    [
        ("What did Hale say on the telephone?", False),
        ("What more did Hale say?", False),
        ("what did hale say on the telephone?", False),
        ("What did Hale and More say?", True),
        ("What did Hale and Hone say?", True),
    ],
)
def test_a_name_inside_another_word_names_nobody(question: str, asked: bool) -> None:
    assert asks_for_sides(question, ("HALE", "MORE", "Hone")) is asked


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


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("In short, where did the two men differ over Madrid?", True),
        ("What did Mielke and Kryuchkov each think of Strauss?", True),
        ("Did they disagree about the sanctions?", True),
        ("What did both sides say about Geneva?", True),
        ("What did Mielke say about Strauss?", False),
        ("How many different signals were given?", False),
        ("Were both missiles fired?", False),
    ],
)
def test_only_such_questions_ask_for_both(question: str, expected: bool) -> None:
    assert asks_for_both(question, PEOPLE) is expected


def place(*ranked: Item) -> int | None:
    return other_side(ranked, lambda item: item[0], lambda item: item[1])


def test_the_other_side_is_the_best_of_another_speaker() -> None:
    assert place(("Mielke", 1.0), ("Mielke", 0.95), (None, 0.9), ("Kryuchkov", 0.9)) == 3


def test_words_that_hardly_bear_on_the_question_are_no_other_side() -> None:
    assert place(("Mielke", 1.0), ("Kryuchkov", 0.2)) is None
    assert place(("Mielke", 1.0)) is None
    assert place((None, 1.0), ("Mielke", 0.99)) is None
    assert place() is None


@pytest.mark.parametrize(
    "question",
    [
        "What did Mielke say about Kryuchkov?",
        "what did mielke say about kryuchkov?",
        "What did Mielke say about the talks with Comrade Kryuchkov?",
        "What did Mielke think of Kryuchkov?",
        "What did Mielke tell Kryuchkov?",
        "What did Mielke say to Comrade Kryuchkov about Strauss?",
        "Was sagt Mielke über Kryuchkov?",
        "What is said about Mielke and Kryuchkov?",
    ],
)
def test_one_persons_words_about_or_to_another_are_no_two_sides(question: str) -> None:
    assert not asks_for_both(question, PEOPLE)


@pytest.mark.parametrize(
    "question",
    [
        "What did Mielke say about Strauss, and what did Kryuchkov say?",
        "What did Mielke say about Strauss and what did Kryuchkov say?",
        "I write about the manoeuvre and want to know how Mielke and Kryuchkov judged it.",
        "Tell me what Mielke and Kryuchkov said of Reagan.",
        "What did each man say about Mielke?",
    ],
)
def test_the_words_of_two_are_asked_for_beside_what_they_are_about(question: str) -> None:
    assert asks_for_both(question, PEOPLE)


def test_one_person_of_two_names_is_no_two_sides() -> None:
    names = ("SECRETARY REED", "Reed", "Polk")
    assert not asks_for_sides("What did Secretary Reed say about the dam?", names)
    assert asks_for_sides("What did Secretary Reed and Polk say about the dam?", names)


def test_of_two_who_are_named_nobody_elses_words_are_a_side(tiny_archive: MakeArchive) -> None:
    documents = open_archive(tiny_archive())
    said = [
        Evidence(Quote.of(one, s.number, s.number), 1.0)
        for one in documents
        for s in one.sentences
        if s.turn
    ]
    speakers = {one.quote.speaker for one in said if one.quote.speaker}
    first, second, *_ = sorted(speakers)
    told = sides(f"What did {first} and {second} say?", said)
    assert {side.speaker for side in told} == {first, second}
    assert len(speakers) > 2
