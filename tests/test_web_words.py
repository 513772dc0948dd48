"""The terminal's own words exist in every language it offers, and in one place only."""

from __future__ import annotations

import re
from string import Formatter

import polib
import pytest

from qa.answers import Abstained, Answered, Evidence, Reason
from qa.quotes import Quote
from qa.render.languages import LOCALE, NAMES
from qa.render.words import FOUND, MORE
from qa.settings import Settings
from qa.web.find import PLACES
from qa.web.page_words import PAGES
from qa.web.pages import ASSETS, FOLDER
from qa.web.words import ANSWER, SCREEN, announcement, screen_words

LANGUAGES = [code for code in Settings().kiosk_languages if code != "en"]


def fields(sentence: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(sentence) if name}


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_sentence_is_translated_and_none_is_left_over(language: str) -> None:
    catalogue = polib.pofile(str(LOCALE / f"{language}.po"))
    entries = {entry.msgid: entry for entry in catalogue}
    assert set(entries) == {*SCREEN, *ANSWER, *PAGES, FOUND[0], MORE[0], PLACES[0]}
    for sentence, entry in entries.items():
        shown = entry.msgstr_plural.values() if entry.msgid_plural else [entry.msgstr]
        for words in shown:
            assert words.strip()
            assert fields(words) == fields(sentence), words
            assert not entry.fuzzy
    assert language in NAMES


def test_the_page_and_its_script_say_nothing_else() -> None:
    page = (FOLDER / "templates" / "kiosk.html").read_text()
    script = (ASSETS / "kiosk.js").read_text() + (ASSETS / "kiosk-keyboard.js").read_text()
    used = set(re.findall(r'w\("([^"]+)"\)', page)) | set(re.findall(r'words\["([^"]+)"\]', page))
    used |= set(re.findall(r'said\["([^"]+)"\]', page))
    used |= set(re.findall(r'words\("([^"]+)"\)', script))
    used |= set(re.findall(r'readLabel\("([^"]+)"\)', script))
    assert used == set(SCREEN)


def test_the_chat_and_its_scripts_say_nothing_else() -> None:
    page = (FOLDER / "templates" / "chat.html").read_text()
    page += (FOLDER / "templates" / "masthead.html").read_text()
    scripts = "".join((ASSETS / f"{name}.js").read_text() for name in ("chat", "panel"))
    used = set(re.findall(r'w\("([^"]+)"\)', page)) | set(re.findall(r'words\["([^"]+)"\]', page))
    used |= set(re.findall(r'said\.get\("([^"]+)"', page))
    used |= set(re.findall(r'words\("([^"]+)"\)', scripts))
    assert used <= set(PAGES)
    visible = re.sub(r"{[{%].*?[%}]}", " ", page[page.index("{% block page %}") :])
    visible = re.sub(r"<[^>]*>", " ", visible)
    assert set(visible.split()) <= {"Verbatim", "Archive", "Markdown", "HTML", ":", "·"}


@pytest.mark.parametrize(
    ("language", "count", "sentence"),
    [
        ("en", 1, "1 quote found"),
        ("en", 2, "2 quotes found"),
        ("de", 1, "1 Zitat gefunden"),
        ("de", 2, "2 Zitate gefunden"),
        ("ko", 3, "인용 3개를 찾았습니다"),
        ("ru", 1, "Найдена 1 цитата"),
        ("ru", 3, "Найдено 3 цитаты"),
        ("ru", 5, "Найдено 5 цитат"),
    ],
)
def test_quotes_are_counted_as_the_language_counts(
    shots: Quote, language: str, count: int, sentence: str
) -> None:
    answer = Answered("?", (Evidence(shots, 1.0),) * count, 0.9)
    assert announcement(answer, language) == sentence


@pytest.mark.parametrize("reason", list(Reason))
@pytest.mark.parametrize("language", LANGUAGES)
def test_every_reason_is_said_in_the_language(language: str, reason: Reason) -> None:
    abstained = Abstained("?", reason, 0.1)
    assert announcement(abstained, language) != announcement(abstained, "en")


def test_an_unknown_language_gets_english() -> None:
    assert screen_words("xx")["Home"] == "Home"


@pytest.fixture
def shots(transcript) -> Quote:  # type: ignore[no-untyped-def]
    return Quote.around(transcript, 8299, 8340)


@pytest.mark.parametrize("name", ["../locale/de", "xx", "/etc/passwd", "de.po", "\0", "x" * 99_999])
def test_an_unknown_language_is_english_and_leaves_nothing_behind(name: str) -> None:
    from qa.render import languages

    assert screen_words(name) == {sentence: sentence for sentence in SCREEN}
    kept = languages._catalogues()
    assert set(kept) == set(NAMES) - {"en"}
    assert languages._catalogues() is kept
