"""Questions about a document are answered from its record, and no others are."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient

from corpus.archive import Archive, open_archive
from corpus.transcript import Transcript
from qa.about import dates_of
from qa.answers import Abstained, Answered, Evidence, Possible, Reason, with_catalogue
from qa.asking import Asked
from qa.catalogue import catalogue
from qa.quotes import Quote
from qa.render.contract import answer_object
from qa.render.html import answer_html
from qa.render.languages import catalogue as words_of
from qa.render.plain import answer_text
from qa.web.conversation import Exchange, recall, remember
from qa.web.export import markdown
from qa.web.kiosk import kiosk_routes
from web_support import settings_for, word_site


def fields(question: str, archive: Archive, *before: str) -> set[str]:
    return {fact.field for fact in catalogue(Asked(question, before), archive)}


@pytest.mark.parametrize(
    "question",
    [
        "What is this about?", "what is this", "What is this document?", "What's this all about?",
        "Please tell me what this is about.", "What kind of document is this?",
        "Tell me about this document", "Worum geht es hier?", "Was ist das?",
        "이 문서는 무엇에 관한 것인가요?", "О чём этот документ?",
    ],
)  # fmt: skip
def test_what_it_is(question: str, archive: Archive) -> None:
    assert {"title", "date", "place", "kind", "participant"} <= fields(question, archive)


@pytest.mark.parametrize(
    ("question", "wanted"),
    [
        ("Who took part?", {"participant"}),
        ("who are the speakers?", {"participant"}),
        ("Wer hat an dem Gespräch teilgenommen?", {"participant"}),
        ("누가 참석했나요?", {"participant"}),
        ("Кто участвовал?", {"participant"}),
        ("When was this?", {"date"}),
        ("When did the conversation take place?", {"date"}),
        ("Wann war das?", {"date"}),
        ("Когда это было?", {"date"}),
        ("Where did they meet?", {"place"}),
        ("Who translated this?", {"translator"}),
        ("Where is the original kept?", {"repository", "signature", "collection"}),
    ],
)
def test_one_thing_of_it(question: str, wanted: set[str], archive: Archive) -> None:
    assert fields(question, archive) == wanted


@pytest.mark.parametrize(
    ("question", "name"),
    [
        ("Who is Mielke?", "Erich Mielke"),
        ("who is mielke", "Erich Mielke"),
        ("Who was Comrade Kryuchkov?", "Vladimir Alexandrovich Kryuchkov"),
        ("Who's V. A. Kryuchkov?", "Vladimir Alexandrovich Kryuchkov"),
        ("What was Mielke’s role?", "Erich Mielke"),
        ("Can you tell me who Mielke is?", "Erich Mielke"),
        ("Wer ist Erich Mielke?", "Erich Mielke"),
        ("Mielke는 누구인가요?", "Erich Mielke"),
        ("Кто такой Mielke?", "Erich Mielke"),
    ],
)
def test_who_somebody_is(question: str, name: str, archive: Archive) -> None:
    facts = {fact.field: fact.value for fact in catalogue(Asked(question), archive)}
    assert facts["name"] == name
    assert facts["role"]


@pytest.mark.parametrize(
    "question",
    [
        "Who died?", "Who is Strauss?", "When was the plane shot down?", "What is the KGB?",
        "Where did the plane come down?", "What did Mielke say about this?", "Who shot it down?",
        "When did Mielke meet Andropov?", "Who is Mielke afraid of?", "What is this war about?",
        "Who took part in the exercise?", "Wer ist gestorben?", "Wann wurde geschossen?", "이", "?",
        "Who is behind this?", "Where is the black box kept?", "Кто погиб?", "누가 죽었나요?",
    ],
)  # fmt: skip
def test_questions_about_what_was_said_are_left_to_the_documents(
    question: str, archive: Archive
) -> None:
    assert fields(question, archive) == set()


def test_every_gold_question_about_what_was_said_is_left_alone(archive: Archive) -> None:
    for transcript in archive:
        for suggested in transcript.record.suggested:
            for question in (suggested.question, *suggested.translations.values()):
                assert fields(question, archive) == set(), question


def test_a_bare_this_means_what_was_asked_before(archive: Archive) -> None:
    assert fields("When was this?", archive, "How many shots were fired?") == set()
    assert fields("When was the conversation?", archive, "How many shots?") == {"date"}


@pytest.mark.parametrize(
    "question", ["Was ist das hier?", "what is this here", "что все это такое?"]
)
def test_what_is_here_is_the_document_whatever_was_asked_before(
    question: str, archive: Archive
) -> None:
    assert "title" in fields(question, archive, "How many shots were fired?")


def test_of_several_documents_the_one_asked_for_answers(tiny_archive: Callable[..., Path]) -> None:
    documents = open_archive(tiny_archive())
    whole = catalogue(Asked("What is this?"), documents)
    assert [fact.value for fact in whole if fact.field == "documents"] == ["2"]
    (title,) = [
        fact.value
        for fact in catalogue(Asked("What is this?", document="ferry"), documents)
        if fact.field == "title"
    ]
    assert title == documents["ferry"].record.title
    assert catalogue(Asked("Where was this?"), documents) == ()


def test_a_page_in_another_language_names_offices_and_dates_in_it(archive: Archive) -> None:
    german = catalogue(Asked("Wer hat teilgenommen?"), archive, "de", words_of("de").gettext)
    assert german[0].value == "Erich Mielke, Minister für Staatssicherheit der DDR"
    (date,) = catalogue(Asked("Когда это было?"), archive, "ru", words_of("ru").gettext)
    assert (date.value, date.lang) == ("19 сентября 1983\u202fг.", "ru")


def test_the_record_answers_alone_or_beside_good_quotes(
    archive: Archive, transcript: Transcript
) -> None:
    facts = catalogue(Asked("Who is Mielke?"), archive)
    evidence = (Evidence(Quote.of(transcript, 100, 100), 1.0),)
    sure = Answered("Who is Mielke?", evidence, 0.9, support=0.9)
    beside = with_catalogue(sure, facts)
    assert isinstance(beside, Answered)
    assert beside.catalogue == facts
    for weak in (
        Possible("Who is Mielke?", Reason.NOT_CONFIDENT, 0.4, evidence, 1),
        Abstained("Who is Mielke?", Reason.NOT_CONFIDENT, 0.1),
    ):
        alone = with_catalogue(weak, facts)
        assert isinstance(alone, Abstained)
        assert alone.reason is Reason.CATALOGUE
        assert with_catalogue(weak, ()) is weak
    made = answer_object(alone)
    assert (made["status"], made["reason"], made["quotes"]) == ("abstained", "catalogue", [])
    assert {"field": "name", "value": "Erich Mielke"} in made["catalogue"]
    assert answer_object(sure)["catalogue"] == []


def test_it_is_shown_as_data_of_the_record_and_survives_a_reload(
    archive: Archive, transcript: Transcript
) -> None:
    facts = catalogue(Asked("Who is Mielke?"), archive)
    evidence = (Evidence(Quote.of(transcript, 100, 100), 1.0),)
    for answer in (
        Answered("Who is Mielke?", evidence, 0.9, catalogue=facts),
        Abstained("Who is Mielke?", Reason.CATALOGUE, 0.1, catalogue=facts),
    ):
        exchange = Exchange("Who is Mielke?", None, None, answer)
        for shown in (answer_html(answer), answer_text(answer), markdown((exchange,))):
            office = shown.rindex("Minister for State Security of the GDR")
            assert shown.index("From the catalogue record") < office
        html = answer_html(answer)
        assert "Erich Mielke" not in "".join(html.split("<blockquote")[1:]).split("</blockquote")[0]
        (again,) = recall(remember((exchange,)), archive)
        assert again.answer is not None
        assert not isinstance(again.answer, Possible)
        assert again.answer.catalogue == facts


def test_the_terminal_says_it_in_its_language(tmp_path: Path) -> None:
    app = FastAPI()
    app.include_router(kiosk_routes(word_site(settings_for(tmp_path))))
    with TestClient(app) as client:
        asked = {"question": "Wer ist Mielke?", "language": "de"}
        shown = client.post("/kiosk/ask", json=asked).json()
        about = client.get("/kiosk/words/ru").json()["about"]
    assert (shown["status"], shown["cards"]) == ("abstained", [])
    assert shown["sentence"] == "Aus dem Katalogeintrag – kein Zitat"
    assert [one["caption"] for one in shown["catalogue"]] == [
        "Name",
        "Amt zu jener Zeit",
        "Spricht in",
    ]
    assert shown["catalogue"][1]["text"] == "Minister für Staatssicherheit der DDR"
    assert about[0] == {"caption": "Дата", "text": "19 сентября 1983\u202fг.", "lang": "ru"}


def test_the_dates_of_several_documents_are_told_from_first_to_last(
    tiny_archive: Callable[..., Path],
) -> None:
    documents = open_archive(tiny_archive()).transcripts
    first, last = sorted(str(one.record.date) for one in documents)[:: len(documents) - 1]
    (told,) = dates_of(documents)
    assert told.value.count(" to ") == 1
    begin, end = told.value.split(" to ")
    assert first[:4] in begin
    assert last[:4] in end
    (german,) = dates_of(documents, "de", words_of("de").gettext)
    assert " bis " in german.value
    assert [fact.value for fact in dates_of(documents[:1])] == [documents[0].record.date.words]
