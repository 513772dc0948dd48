"""Who asks for everything said about something is shown passages that name it, and those first."""

from __future__ import annotations

import pytest

from qa.answering import Answerer
from qa.answers import Possible
from qa.asking import Asked
from qa.everything import everything_about


@pytest.mark.parametrize(
    ("question", "what"),
    [
        ("Everything said about Strauss", "Strauss"),
        ("everything that was said about the arms race?", "the arms race"),
        ("Tell me everything about Honecker.", "Honecker"),
        ("Show me all mentions of “Kamchatka”", "Kamchatka"),
        ("every passage about Madrid", "Madrid"),
        ("Who mentions Wolf?", "Wolf"),
        ("where is Andropov mentioned", "Andropov"),
        ("Alles, was über Strauß gesagt wurde", "Strauß"),
        ("Alle Stellen zu Madrid", "Madrid"),
        ("Wo wird Honecker erwähnt?", "Honecker"),
        ("마드리드에 대한 모든 발언", "마드리드"),
        ("Всё, что сказано о Штраусе", "Штраусе"),
        ("Где упоминается Мадрид?", "Мадрид"),
    ],
)
def test_a_question_for_everything_is_known(question: str, what: str) -> None:
    assert everything_about(question) == what


@pytest.mark.parametrize(
    "question",
    [
        "What did Mielke really think of Franz Josef Strauss?",
        "How many warning shots were fired?",
        "Was everything published?",
        "Who said hollow sanctions?",
        "Is that all?",
        "Everything",
        "What is this about?",
        "Wer ist Strauß?",
        "",
    ],
)
def test_other_questions_are_not(question: str) -> None:
    assert everything_about(question) == ""


@pytest.mark.parametrize(
    ("question", "name"),
    [
        ("Everything said about Strauss", "Strauss"),
        ("Alles über Strauß", "Strauss"),
        ("all mentions of Kamchatka", "Kamchatka"),
        ("Tell me everything about Honecker", "Honecker"),
        ("who mentioned Madrid?", "Madrid"),
        ("everything on the missile", "missile"),
    ],
)
def test_what_is_shown_names_it_in_the_order_in_which_it_is_said(
    answerer: Answerer, question: str, name: str
) -> None:
    answer = answerer.ask(Asked(question))
    assert isinstance(answer, Possible)
    assert answer.offered
    for evidence in answer.offered:
        assert name.casefold() in evidence.quote.text.casefold()
    places = [evidence.quote.start for evidence in answer.offered]
    assert places == sorted(places)


def test_only_words_of_whom_is_asked_for_are_shown(answerer: Answerer) -> None:
    answer = answerer.ask(Asked("Everything said about Strauss", speaker="Kryuchkov"))
    assert isinstance(answer, Possible)
    assert [e.quote.speaker for e in answer.offered] == ["Kryuchkov"]


@pytest.mark.parametrize("question", ["Everything about sourdough bread", "all mentions of Kohl"])
def test_what_is_named_nowhere_is_read_like_any_question(answerer: Answerer, question: str) -> None:
    reading = answerer.read(Asked(question))
    assert reading.named == 0
