"""What the pages for researchers say in their own words: the chat, the list of places, messages.

As in :mod:`qa.web.words` the English sentences are the keys of the catalogues.
"""

from __future__ import annotations

from collections.abc import Mapping
from urllib.parse import urlencode

from qa.render.languages import NAMES, catalogue
from qa.render.words import (
    ABSENT_HERE,
    APART,
    BY_ITSELF,
    CONNECTED,
    FORMS,
    LABELS,
    LEFT_OUT,
    NOT_IN_DOCUMENT,
    NOT_IN_DOCUMENTS,
    ONLY_DIRECTIONS,
    ONLY_LABELS,
    ONLY_OUTSIDE,
    OUTSIDE,
    OUTSIDE_HEADINGS,
    PLACES,
    PLACES_FOUND,
)
from qa.web.choices import CHOICES
from qa.web.document import NO_SENTENCE, NO_TURN
from qa.web.pages import TOO_LARGE, WAIT

CHAT = (
    "Ask an archive of transcripts a question and get its very words.",
    "Pages",
    "Ask",
    "Read",
    "Find",
    "Language",
    "The chat needs JavaScript.",
    "The documents can be read without it.",
    "What do the documents say?",
    "What this is",
    "Ask in your own words. You get the archive’s, with the speaker and the place to look them up "
    "– passages to judge, or a plain “not found”.",
    "Save this conversation",
    "Print or PDF",
    "This page holds {count} questions. Each further one removes the oldest: save the conversation "
    "first.",
    "In context",
    "Previous",
    "Next",
    "To the reply",
    "Whole page",
    "Close",
    "Close the document, back to the quotes",
    "The document",
    "The archive’s server cannot be reached. This page tries again by itself; your questions are "
    "kept in this tab.",
    "Copy",
    "Your browser does not let this page use the clipboard. Select the text and copy it.",
    "Report an error in the transcript",
    "What is wrong?",
    "This stays on this computer, in a file for the curator. Nothing is sent anywhere else.",
    "Cancel",
    "Save the report",
    "Start over?",
    "All questions and quotes leave this page. Save the conversation first if you need it.",
    "Start over",
)
"""The page around the chat."""

BLOCKS = (
    "Every place with these words",
    "Copy with citation",
    "Cite",
    "What each side says, without a verdict",
    "The next turn begins",
    "Link to this quote",
    "Report an error",
    "Yes, this is it",
    "Not what I asked",
    "Questions and quotes",
    "Your question",
    "Ask the archive a question",
    "Undo last",
    "only {what}",
    "Edit and ask again",
    *CHOICES,
    CONNECTED,
    BY_ITSELF,
    LEFT_OUT,
    NOT_IN_DOCUMENT,
    NOT_IN_DOCUMENTS,
    "Questions the archive does answer",
    "The text of this document has changed since it was quoted here. Please ask again.",
)
"""The parts that Gradio draws, and what stands among the answers."""

SCRIPT = (
    "Searching…",
    "The last question is back in its field.",
    "Started over.",
    "Copied with its citation.",
    "Link copied.",
    "Thank you. This is noted for the curator.",
    "Thank you. The report is saved for the curator.",
    "The report could not be saved: the archive’s server cannot be reached.",
    "No answer has come yet. If none comes, please ask again.",
    "The question could not be asked. Please try again.",
    "The document cannot be reached just now.",
    "The archive has no such document.",
    "Quote {number} of {count}",
    "turn {turn}",
    "outside the turns",
    "Too many questions at once. Please wait a moment.",
    "Many people are asking just now. Please try again in a moment.",
)
"""What its scripts say."""

FINDING = (
    "Every place of some words",
    "Words, in this order; one that ends in * stands for all that begin so",
    FORMS,
    "Capitals, accents and hyphens do not matter; no other form of these words was found.",
    APART,
    "Not part of the document",
    "Places",
)
"""The page that finds words."""

READING = (
    "The documents",
    "Reference, rights and source",
    "SHA-256 of the text",
    "Source of this copy",
    "Made from",
    "Rights",
    "Credits",
    "Find words in this document",
    "Look up a reference",
    "Turn",
    "Sentence",
    "Go there",
    "Download the text as it was quoted from",
    "The text of this document has changed since this link was made. The words it pointed to may "
    "stand elsewhere or differ, so nothing is highlighted.",
    "There is no quote at the place this link names.",
    "The first {count} are marked.",
    "Text of the web page before the document – not part of it",
    "Text of the web page after the document – not part of it",
    "Header of the document",
    "What was said",
    "Notes of the document",
    "Speaker not established",
    "Link to turn {turn}",
    "Please type the numbers of a turn and of a sentence.",
    NO_TURN,
    NO_SENTENCE,
    ABSENT_HERE,
    ONLY_OUTSIDE,
    ONLY_DIRECTIONS,
    OUTSIDE,
    *OUTSIDE_HEADINGS.values(),
)
"""The documents themselves."""

CITING = (
    "Cite this quote",
    "Read it in the document",
    "Full archival reference",
    "Download as {form}",
    "Note",
    "In the text",
    "Bibliography",
    "Made from the catalogue record, in English; styles by the Citation Style Language project, "
    "citationstyles.org.",
)
"""The page that cites a quote."""

EXPORT = (
    "A conversation with the Verbatim Archive",
    "Between the curly marks stand the documents’ own words; their hard line breaks are shown as "
    "spaces.",
    "The text of this document has changed since it was quoted here.",
    "Documents cited (Chicago style)",
    "Receipts",
    "This file carries a receipt of every quote above. Whether the quotes still stand in the "
    "source, and still read here as they do there, says: verbatim verify FILE",
)
"""A conversation that is saved or printed."""

MESSAGES = (
    "Back to the archive",
    "There is no such page.",
    "The archive has no such document.",
    "The archive has no such quote.",
    "This document is no longer in the archive; its words are quoted nowhere.",
    "The file of this document cannot be downloaded here.",
    "This text has changed and is being read anew.",
    "This text cannot be shown until a fault in its files is mended.",
    "This conversation cannot be read; please start over.",
    "The request is not understood.",
    "Something went wrong here. The curator's log says what.",
    "The chat cannot be opened here.",
    "This server is not known under that name.",
    "Another web site may not use this archive through your browser.",
    TOO_LARGE,
    "The request took too long to arrive.",
    "The request did not arrive whole.",
)
"""What a page says where there is nothing else to show."""

TURNS = ("{count} turn", "{count} turns")
DOCUMENTS = ("{count} document", "{count} documents")
PLURALS = (TURNS, DOCUMENTS, WAIT, PLACES, PLACES_FOUND, LABELS, ONLY_LABELS)
"""What is counted, as it is said of one and of several."""

PAGES = (*FINDING, *CHAT, *BLOCKS, *SCRIPT, *READING, *CITING, *EXPORT, *MESSAGES)


def page_words(language: str) -> dict[str, str]:
    """Return what the pages and their scripts say, English to translation."""
    words = catalogue(language)
    return {sentence: words.gettext(sentence) for sentence in PAGES}


def speaking(language: str, query: Mapping[str, str] | None = None) -> dict[str, object]:
    """Return what a page's template needs to speak ``language`` and to offer the others.

    Args:
        language: ISO 639-1 code.
        query: what stands behind the question mark of the page's address, kept in the others.
    """
    kept = dict(query or {})
    return {
        "language": language,
        "languages": tuple(
            (code, name, f"?{urlencode(kept | {'lang': code})}") for code, name in NAMES.items()
        ),
        "words": page_words(language),
    }
