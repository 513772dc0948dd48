"""The terminal's own words exist in every language it offers, and in one place only."""

from __future__ import annotations

import html
import json
import re
from collections.abc import Iterator
from string import Formatter

import httpx
import polib
import pytest

from qa.answers import Abstained, Answered, Evidence, Reason
from qa.quotes import Quote
from qa.render.languages import LOCALE, NAMES, catalogue
from qa.render.shown import version
from qa.render.words import ABSTENTIONS, FOUND, MORE
from qa.settings import Settings
from qa.web.page_words import EXPORT, PAGES, PLURALS
from qa.web.pages import ASSETS, FOLDER
from qa.web.words import ANSWER, SCREEN, announcement, screen_words
from web_support import DOCUMENT, SHOTS, Server, running, settings_for, word_site

LANGUAGES = [code for code in Settings().kiosk_languages if code != "en"]


def fields(sentence: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(sentence) if name}


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_sentence_is_translated_and_none_is_left_over(language: str) -> None:
    read = polib.pofile(str(LOCALE / f"{language}.po"))
    entries = {entry.msgid: entry for entry in read}
    counted = {one for one, _ in PLURALS}
    assert set(entries) == {*SCREEN, *ANSWER, *PAGES, FOUND[0], MORE[0], *counted}
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


PAGES_OF_DOCUMENTS = (
    "/source",
    f"/source/{DOCUMENT}?find=Strauss",
    f"/source/{DOCUMENT}?find=Patron",
    f"/source/{DOCUMENT}?find=sourdough",
    f"/source/{DOCUMENT}?turn=99",
    f"/source/{DOCUMENT}?at=1-2",
    f"/source/{DOCUMENT}?at=1-2&v=000000000000",
    f"/cite/{DOCUMENT}/8299-8340",
    f"/cite/{DOCUMENT}/1-2",
    f"/kiosk/context/{DOCUMENT}/8299-8340",
    "/find?words=Strauss",
    "/find?words=Patron",
    "/source/none",
    "/nowhere",
    "/source?lang=",
)


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    with running(word_site(settings_for(tmp_path_factory.mktemp("words")))) as started:
        yield started


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("address", PAGES_OF_DOCUMENTS)
def test_every_page_speaks_the_language_of_its_reader(
    server: Server, address: str, language: str
) -> None:
    headers = {"accept": "text/html", "accept-language": language}
    page = httpx.get(server.url + address, headers=headers).text
    if not address.startswith("/kiosk"):
        assert f'<html lang="{language}">' in page
    assert left_in_english(page, language) == []


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("form", ["html", "print", "markdown"])
def test_a_saved_conversation_speaks_it_too(server: Server, form: str, language: str) -> None:
    place = {"document": DOCUMENT, "version": version(server.site.archive[DOCUMENT])}
    places = [place | {"start": 8299, "end": 8340, "score": 1.0}]
    turns = [
        {"question": "q", "status": "answered", "quotes": places, "speaker": "Mielke"},
        {"question": "q", "status": "possible", "reason": "not-confident", "nearest": places},
        {"question": "q", "status": "abstained", "reason": "nothing-relevant"},
        {"question": "q", "status": "changed"},
    ]
    posted = {"conversation": json.dumps(turns)}
    headers = {"cookie": f"verbatim-language={language}", "accept-language": "en"}
    saved = httpx.post(f"{server.url}/export/{form}", data=posted, headers=headers)
    assert saved.status_code == 200
    for sentence in (*EXPORT[:3], *ABSTENTIONS.values(), "only {what}"):
        if sentence.format(what="Mielke") in saved.text:
            assert catalogue(language).gettext(sentence) == sentence
    assert catalogue(language).gettext(EXPORT[0]) in saved.text
    broken = httpx.post(f"{server.url}/export/{form}", data={"conversation": "?"}, headers=headers)
    assert f'<html lang="{language}">' in broken.text
    assert left_in_english(broken.text, language) == []


def test_a_language_is_chosen_without_losing_what_is_looked_for(server: Server) -> None:
    page = httpx.get(server.url + "/find", params={"words": "warning & shots", "page": 1}).text
    chosen = "?words=warning+%26+shots&page=1&lang=ko"
    assert f'href="{html.escape(chosen)}"' in page
    again = httpx.get(f"{server.url}/find{chosen}")
    assert '<html lang="ko">' in again.text
    assert 'value="warning &amp; shots"' in again.text
    quoted = httpx.get(f"{server.url}/source/{DOCUMENT}?at=8299-8340&lang=ru")
    assert 'id="hit-1"' in quoted.text
    assert "verbatim-language=ru" in quoted.headers["set-cookie"]


def left_in_english(page: str, language: str) -> list[str]:
    """Return our own sentences that a page shows in English though they are translated."""
    say = catalogue(language)
    shown = {text.strip() for text in re.findall(r">([^<]+)<", page)}
    shown |= set(re.findall(r'(?:aria-label|title|placeholder)="([^"]*)"', page))
    ours = [one for one in (*PAGES, *ANSWER) if say.gettext(one) != one]
    # One of hardly anything but fields would be found in the documents' own words.
    told = [one for one in ours if not fields(one) or len(re.sub(r"{\w+}", "", one)) > 12]
    escaped = [re.escape(html.escape(one, quote=False)) for one in told]
    patterns = [re.sub(r"\\{\w+\\}", ".*", one) for one in escaped]
    patterns += [re.sub(r"\\{\w+\\}", r"\\d+", re.escape(one)) for pair in PLURALS for one in pair]
    return [text for text in shown for pattern in patterns if re.fullmatch(pattern, text)]


@pytest.mark.parametrize("language", ["zzz", "../../etc", "\0", "zh-Hant", "\u202een", "x" * 35])
def test_a_language_that_no_page_speaks_is_answered_in_english(
    server: Server, language: str
) -> None:
    asked = {"question": SHOTS, "language": language}
    answer = httpx.post(f"{server.url}/kiosk/ask", json=asked)
    assert answer.status_code == 200, answer.text
    assert "19 September 1983" in answer.text
    if language.isalpha() and len(language) <= 3:
        words = httpx.get(f"{server.url}/kiosk/words/{language}").json()
        assert "19 September 1983" in json.dumps(words["about"])
