"""Names and quotes that run from right to left turn nothing round that stands beside them."""

from __future__ import annotations

import xml.etree.ElementTree as ET
from pathlib import Path

import html5lib
import pytest

from corpus.parsing import parse
from corpus.record import Record
from qa.answers import Evidence
from qa.citation import citation
from qa.quotes import Quote
from qa.render.contract import quote_object
from qa.render.directions import isolated
from qa.render.html import card_html
from qa.render.plain import quote_block
from qa.web.cards import quote_card
from qa.web.kiosk import context_fragment
from qa.web.source import source_page

NAMES = {
    "he": ("דוד לוי", "מזכיר", "שיחה על הנמל", "חיפה"),
    "ar": ("ليلى حداد", "أمينة", "حديث عن الميناء", "يافا"),
}
WORDS = {"he": "הפעמון שקל 200 קילו (שבר).", "ar": "كان الجرس يزن 200 كيلو (مكسور)."}


def made(language: str) -> Quote:
    name, role, title, place = NAMES[language]
    record = Record.model_validate(
        {
            "title": title,
            "place": place,
            "language": language,
            "repository": title,
            "participants": [{"name": name, "role": role}],
        }
    )
    text = f"{name}: {WORDS[language]}\n"
    transcript = parse(text.encode(), record, "harbour", Path("harbour.txt"))
    return Quote.around(transcript, text.index(WORDS[language]), len(text) - 2)


def _apart(element: ET.Element, held: str) -> bool:
    """Tell whether ``held`` stands somewhere, and everywhere in an element of its own direction."""
    found = False

    def walk(one: ET.Element, direction: bool) -> bool:
        nonlocal found
        inside = direction or one.tag == "bdi" or one.get("dir") == "auto"
        texts = [(one.text or "", inside), *((child.tail or "", inside) for child in one)]
        for text, is_apart in texts:
            if held in text:
                found = True
                if not is_apart and one.tag != "title":
                    return False
        return all(walk(child, inside) for child in one)

    return walk(element, False) and found


@pytest.mark.parametrize("language", NAMES)
def test_every_page_sets_foreign_directions_apart(language: str) -> None:
    quote = made(language)
    name, role, title, place = NAMES[language]
    pages = {
        "card": (card_html(Evidence(quote, 1.0)), (name, role, title, place)),
        "source": (source_page(quote.transcript), (name, role, title)),
        "context": (context_fragment(quote), (name,)),
    }
    for which, (html, held) in pages.items():
        tree = html5lib.parse(html, namespaceHTMLElements=False)
        for text in (*held, quote.text):
            assert _apart(tree, text), (which, text)


@pytest.mark.parametrize("language", NAMES)
def test_names_in_plain_text_stand_between_isolates_and_quotes_do_not(language: str) -> None:
    quote = made(language)
    shown = quote_block(Evidence(quote, 1.0))
    name, role, title, place = NAMES[language]
    assert f"“{quote.text}”" in shown
    for text in (name, role, title, place):
        assert shown.count(text) == shown.count(f"\u2068{text}\u2069") > 0
    card = quote_card(quote, "en")
    assert f"\u2068{name}\u2069" in card.citation
    assert "".join(piece.text for piece in card.pieces) == quote.text
    # For programs, nothing of ours is put into the record's words.
    assert quote_object(Evidence(quote, 1.0))["citation"] == citation(quote)
    assert "\u2068" not in citation(quote)


def test_what_runs_from_left_to_right_is_left_as_it_is() -> None:
    assert isolated("Ada Hale – Straße, 日本") == "Ada Hale – Straße, 日本"
