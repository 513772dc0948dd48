"""What the terminal says in its own words, and in which languages.

The English sentences are the keys; ``locale/<language>.po`` holds the others. A document's words
are never translated.
"""

from __future__ import annotations

from qa.about import CAPTIONS
from qa.answers import Abstained, Answer, Answered, Reason
from qa.citation import NOT_ESTABLISHED
from qa.render.dates import BETWEEN, QUALIFIED
from qa.render.judged import SENTENCES as CHECKED
from qa.render.languages import catalogue
from qa.render.short import (
    LINE,
    LINES,
    NOTE,
    PAGE,
    PARAGRAPH,
    PARAGRAPHS,
    PASSAGE_NAME,
    QUOTE_NAME,
    TRANSLATION,
    TURN_SENTENCE,
    TURN_SENTENCES,
)
from qa.render.words import (
    ABSTENTIONS,
    BY_ITSELF,
    CONNECTED,
    GAP,
    PERHAPS,
    REPORTS_OTHERS,
    REPORTS_SOMEBODY,
    quotes_found,
    sentences_in,
)

SCREEN = (
    "Ask the archive",
    "Touch the screen to begin",
    "What would you like to know?",
    "You get the document’s own words, and who said them.",
    "Ask your own question",
    "Your question",
    "Ask",
    "Space",
    "Delete",
    "Capital letters",
    "Searching…",
    "Quote {number} of {count}",
    "Next quote",
    "Previous quote",
    "Show in context",
    "Read aloud",
    "Stop reading",
    "Take it with you",
    "Scan this with your phone: the words of this quote and their reference.",
    "Ask something else",
    "Change your question",
    CONNECTED,
    BY_ITSELF,
    "Yes, this is it",
    "Not what I asked",
    "Noted. Thank you.",
    "This could not be saved here.",
    "You could ask next",
    "Home",
    "Back",
    "Up",
    "Down",
    "Text size",
    "Contrast",
    "Language",
    "Questions the archive does answer",
    "In context",
    "Are you still reading?",
    "In {seconds} seconds this screen starts over, and everything you typed is deleted.",
    "I am still reading",
    "Are you still there?",
    "I am still here",
    "One moment, please",
    "The archive is starting again. It will be back by itself.",
    "Quotes stay in the language of the document.",
    "Too many questions at once. Please wait a moment.",
    "This question cannot be asked. Please use fewer words.",
    "Other alphabet",
    "All collections",
    "All years",
    "Collection",
    "Date",
    "only {what}",
)
"""Every sentence the terminal's page and script show."""

FOREIGN = (
    "This archive cannot be searched in your language. "
    "Please touch one of the questions below, or ask in English."
)
ANSWER = (
    *ABSTENTIONS.values(),
    FOREIGN,
    PERHAPS,
    GAP,
    "the text breaks off here",
    "Note {number} of the document:",
    REPORTS_SOMEBODY,
    REPORTS_OTHERS,
    "Header of the document",
    "Footnote of the document",
    "Heading in the document",
    "Narration in the document",
    NOT_ESTABLISHED,
    TRANSLATION,
    TURN_SENTENCE,
    PAGE,
    TURN_SENTENCES,
    NOTE,
    LINE,
    LINES,
    PARAGRAPH,
    PARAGRAPHS,
    QUOTE_NAME,
    PASSAGE_NAME,
    *QUALIFIED.values(),
    BETWEEN,
    *CHECKED,
    *CAPTIONS.values(),
)
"""Sentences that come with an answer."""


def screen_words(language: str) -> dict[str, str]:
    """Return what the terminal's page and script show, English to translation."""
    words = catalogue(language)
    return {sentence: words.gettext(sentence) for sentence in SCREEN}


def announcement(answer: Answer, language: str) -> str:
    """Return how many quotes were found, or what is said instead."""
    words = catalogue(language)
    if isinstance(answer, Answered):
        return quotes_found(len(answer.evidence), language)
    if isinstance(answer, Abstained) and answer.reason is Reason.UNSUPPORTED_LANGUAGE:
        return words.gettext(FOREIGN)
    return " ".join(sentences_in(answer, words.gettext))
