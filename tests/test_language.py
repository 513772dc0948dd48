"""Telling the language of a question: certain or silent, quick, and offline."""

from __future__ import annotations

import subprocess
import sys
import time

import pytest

from corpus.archive import Archive
from corpus.transcript import Transcript
from qa.language import (
    WIDESPREAD,
    answering_language,
    foreign_language,
    question_language,
    warm_up,
)

UNDERSTOOD = ("en", "de", "ko", "ru")


@pytest.mark.parametrize(
    ("question", "language"),
    [
        ("¿Quién dio la orden de derribar el avión coreano?", "es"),
        ("Quand se sont-ils rencontrés à Berlin ?", "fr"),
        ("誰が韓国の飛行機を撃墜したのですか", "ja"),
        ("谁击落了韩国客机？", "zh"),
        ("Хто збив корейський літак?", "uk"),
        ("Ile strzałów ostrzegawczych oddano?", "pl"),
        ("Wer hat den Befehl gegeben?", "de"),
        ("WER HAT DEN BEFEHL GEGEBEN", "de"),
        ("Who gave the order\nto fire?", "en"),
        ("누가 명령을 내렸나요?", "ko"),
        ("비행기", "ko"),
        ("Кто отдал приказ открыть огонь?", "ru"),
    ],
)
def test_a_plain_question_is_recognised(question: str, language: str) -> None:
    assert question_language(question, WIDESPREAD) == language


@pytest.mark.parametrize(
    "question",
    ["", "?", "1983", "KAL 007", "Mielke", "Solidarnosc", "Mielke Kryuchkov", "CSCE Madrid", "no",
     "El Salvador Nicaragua", "\ud800 \udfff x", "🙂 🙂 🙂"],
)  # fmt: skip
def test_names_and_scraps_are_no_language(question: str) -> None:
    assert question_language(question, WIDESPREAD) is None


def test_only_the_languages_considered_are_returned() -> None:
    assert question_language("¿Quién dio la orden de derribar el avión?", ["de", "en"]) != "es"
    assert question_language("Who gave the order to fire?", []) is None


def test_a_question_in_another_language_is_not_answered_in_the_likeliest_of_ours() -> None:
    ours = ("en", "de", "ru", "ko")
    assert answering_language("¿Cuánto ganaba usted en la fábrica?", ours) is None
    assert answering_language("Wie viel haben Sie in der Fabrik verdient?", ours) == "de"
    assert answering_language("Ile pan zarabiał w fabryce po wojnie?", ours) is None


@pytest.mark.parametrize(
    ("question", "language"),
    [
        ("Кто погиб?", "ru"),
        ("Почему?", "ru"),
        ("¿Quién murió?", "es"),
        ("¿Por qué?", "es"),
        ("Ποιος πέθανε;", "el"),
    ],
)
def test_two_words_are_enough_where_the_signs_tell(question: str, language: str) -> None:
    """What knows English alone must not say that nothing was found."""
    assert foreign_language(question, ["en"]) == language


@pytest.mark.parametrize("name", ["Erich Mielke", "KAL 007", "Ogarkov?"])
def test_a_name_is_in_every_language(name: str) -> None:
    assert foreign_language(name, ["en"]) is None


def test_half_a_surrogate_pair_and_a_long_text_do_no_harm() -> None:
    assert question_language("Who gave \ud800 the order to fire on it?", WIDESPREAD) == "en"
    assert question_language("Who gave the order? " * 5000, WIDESPREAD) == "en"
    assert question_language("Who gave\0 the order to fire?", WIDESPREAD) == "en"


def test_questions_of_the_finding_aid_are_hardly_ever_refused(
    archive: Archive, transcript: Transcript
) -> None:
    """A visitor who is sent away wrongly is worse off than one whose language goes unnoticed."""
    aid = archive.aid(transcript.id)
    keys = [(key.text, key.lang) for entry in aid.entries for key in entry.questions]
    keys += [(gap.gap, gap.lang) for gap in aid.gaps]
    keys = [(text, lang) for text, lang in keys if lang in UNDERSTOOD]
    refused = [text for text, _ in keys if foreign_language(text, UNDERSTOOD)]
    assert len(refused) <= len(keys) / 1000, refused
    for language in UNDERSTOOD:
        own = [text for text, lang in keys if lang == language]
        right = sum(question_language(text, WIDESPREAD) == language for text in own)
        assert right >= 0.9 * len(own), language


def test_subjects_typed_as_keywords_are_never_refused(
    archive: Archive, transcript: Transcript
) -> None:
    subjects = {term for entry in archive.aid(transcript.id).entries for term in entry.subjects}
    assert not [term for term in subjects if foreign_language(term, UNDERSTOOD)]


def test_it_costs_a_question_less_than_ten_milliseconds() -> None:
    warm_up()
    started = time.perf_counter()
    for _ in range(100):
        question_language("Who gave the order to fire on the Korean airliner?", WIDESPREAD)
    assert (time.perf_counter() - started) / 100 < 0.010


def test_it_takes_less_than_sixty_megabytes_and_nothing_when_imported() -> None:
    code = (
        "import psutil, sys\n"
        "import qa.language\n"
        "assert 'fasttext' not in sys.modules\n"
        "before = psutil.Process().memory_info().rss\n"
        "qa.language.warm_up()\n"
        "print(psutil.Process().memory_info().rss - before)\n"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert int(done.stdout) < 60_000_000


def test_letters_for_formulas_are_read_as_what_they_say() -> None:
    assert foreign_language("𝔀𝓱𝓪𝓽 𝓭𝓲𝓭 𝓱𝓮 𝓼𝓪𝔂", ["en"]) is None
