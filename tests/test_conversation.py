"""Questions as people type them, and questions that lean on the one before."""

from __future__ import annotations

import time
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qa.conversation import clean_question, resolve
from qa.errors import QuestionError


@pytest.mark.parametrize(
    "question", ["", " ", "\n\t", "?!…", "\0\0", "\u200b", "\ufeff", "[]", "—"]
)
def test_a_question_of_nothing_is_refused(question: str) -> None:
    with pytest.raises(QuestionError, match="empty"):
        clean_question(question, 1000)


def test_ten_megabytes_are_refused_at_once() -> None:
    started = time.perf_counter()
    with pytest.raises(QuestionError) as caught:
        clean_question("why " * 2_621_440, 1000)
    assert time.perf_counter() - started < 0.5
    assert len(str(caught.value)) < 200
    assert "1,000" in str(caught.value)


def test_control_characters_are_dropped() -> None:
    asked = "How\0 many\x1b[31m shots\r\n\twere\x07 fired?\x9b"
    assert clean_question(asked, 100) == "How many [31m shots were fired?"


def test_a_lone_surrogate_is_dropped() -> None:
    clean_question("why \ud800?", 100).encode()


@given(st.text(max_size=200))
def test_a_cleaned_question_is_one_line_that_can_be_encoded(question: str) -> None:
    try:
        cleaned = clean_question(question, 300)
    except QuestionError:
        return
    cleaned.encode()
    assert cleaned == " ".join(cleaned.split())
    assert not any(unicodedata.category(char) == "Cc" for char in cleaned)
    assert clean_question(cleaned, 300) == cleaned


@pytest.mark.parametrize(
    "question",
    [
        "How many warning shots were fired?",
        "Why did Gromyko not travel to New York?",
        "Wie viele Warnschüsse wurden abgegeben?",
        "비행기가 왜 격추되었습니까?",
        "Who died?",
        "warning shots?",
        "Which countries?",
        "the flight recorder",
        "Did Kryuchkov say that the pilots were warned?",
        "Was there any doubt about Geneva?",
        "What did Mielke say about his visit to Moscow?",
        "Did the two look at each other?",
        "Wer ist gestorben?",
        "누가 죽었나요?",
        "Кто погиб?",
    ],
)
def test_a_whole_question_stands_alone(question: str) -> None:
    resolved = resolve(question, ["What did Mielke say about Strauss?"], "en")
    assert resolved.text == question
    assert not resolved.leans_back


@pytest.mark.parametrize(
    "question",
    [
        "Who said that?",
        "And how far away was it?",
        "What about the flight recorder?",
        "Why?",
        "When did he say so?",
        "What happened to them afterwards?",
        "How far?",
        "How come?",
        "And the other?",
        "Was the other one of this opinion?",
        "What was that plane doing?",
        "Warum?",
        "Und der andere?",
        "Wer sagte das?",
        "Wer hat ihm geholfen?",
        "Почему?",
        "А он?",
        "왜요?",
        "그는 어떻게 되었습니까?",
        "Pourquoi ?",
        "¿Por qué?",
    ],
)
def test_a_question_that_points_back_takes_the_one_before_along(question: str) -> None:
    before = "How many warning shots were fired at the plane?"
    resolved = resolve(question, ["What did Mielke say about Strauss?", before], "en")
    assert resolved.leans_back
    assert before in resolved.text
    assert question in resolved.text
    assert "Strauss" not in resolved.text


def test_a_chain_of_such_questions_reaches_back_to_a_whole_one() -> None:
    history = ["Who was the Senator on the downed plane?", "Why?", "And who said that?"]
    resolved = resolve("When?", history, "en")
    assert resolved.text == " ".join((*history, "When?"))


@pytest.mark.parametrize("question", ["Why?", "And then?", "What about him?", "What else?"])
def test_pointing_back_to_nothing_is_noticed(question: str) -> None:
    assert resolve(question, (), "en").is_empty


@pytest.mark.parametrize("question", ["Karpovich?", "flight recorder", "120 shots?"])
def test_a_first_question_of_few_words_is_a_question(question: str) -> None:
    resolved = resolve(question, (), "en")
    assert resolved.text == question
    assert not resolved.is_empty


def test_however_much_was_asked_before_little_of_it_is_searched() -> None:
    resolved = resolve("And he?", ["Why did he say that? " * 40] * 20, "en")
    assert len(resolved.text) <= 420


@given(st.text(min_size=1), st.lists(st.text(min_size=1), max_size=5))
def test_resolving_never_fails_and_never_loses_the_question(
    question: str, history: list[str]
) -> None:
    assert resolve(question, history, "en").text.endswith(question)
