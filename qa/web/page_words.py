"""What the pages for researchers say in their own words: the chat, the list of places, messages.

As in :mod:`qa.web.words` the English sentences are the keys of the catalogues.
"""

from __future__ import annotations

from qa.render.languages import NAMES, catalogue
from qa.render.words import (
    APART,
    BY_ITSELF,
    CONNECTED,
    FORMS,
    LEFT_OUT,
    NOT_IN_DOCUMENT,
    NOT_IN_DOCUMENTS,
)

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
    "Speaker",
    "Document",
    "Undo last",
    "Everyone",
    "All documents",
    "only {what}",
    "Edit and ask again",
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

PAGES = (*FINDING, *CHAT, *BLOCKS, *SCRIPT)


def page_words(language: str) -> dict[str, str]:
    """Return what the pages and their scripts say, English to translation."""
    words = catalogue(language)
    return {sentence: words.gettext(sentence) for sentence in PAGES}


def speaking(language: str) -> dict[str, object]:
    """Return what a page's template needs to speak ``language`` and to offer the others."""
    return {
        "language": language,
        "languages": tuple(NAMES.items()),
        "words": page_words(language),
    }
