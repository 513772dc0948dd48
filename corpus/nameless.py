"""Paragraphs without a label that may be another's words, or the writer's: what tells them."""

from __future__ import annotations

from collections.abc import Sequence

from corpus.habits import Habits, Row
from corpus.labels import scan
from corpus.labels.names import folded, is_capitals
from corpus.labels.words import TITLES
from corpus.lines import is_small
from corpus.narration import is_first_person

_CAPITAL_WORDS = 2
_MAX_ASIDE = 14
_MAX_NAME_WORDS = 4
_LABEL_ENDS = ".;-–—"
_VOTES = 2
VOICE_SIGNS = (">>", "&gt;&gt;")
"""What says that somebody else goes on."""


def may_be_anothers(paragraphs: Sequence[Sequence[Row]], i: int, habits: Habits) -> bool:
    """Whether a paragraph without a label may be somebody else's, or the writer's."""
    paragraph = paragraphs[i]
    first = paragraph[0]
    following = paragraph[1:2] or (paragraphs[i + 1][:1] if i + 1 < len(paragraphs) else [])
    heads = any(not row.opens for row in following)
    before = paragraphs[i - 1][-1].line.text if i > 0 else ""
    if i > 0 and (_goes_on(before, first.line.text) or _reads_out(before, first.line.text)):
        return False
    if i > 0 and first.index in habits.resumed:
        return True
    aside = i > 0 and is_aside(paragraph, beside=True)
    last = paragraph[-1].index + 1 >= habits.last
    if aside and (habits.told or (habits.seldom and (last or _counts(paragraph)))):
        return True
    if i > 0 and habits.seldom and heads and _introduces(first):
        return True
    return by_name(first, habits) or _changes_voice(first, habits)


def _goes_on(before: str, after: str) -> bool:
    """Whether a sentence that was cut by a paragraph goes on behind it, word upon word."""
    return is_small(after[0]) and (before[-1].isalnum() or before[-1] == ",")


def _reads_out(before: str, after: str) -> bool:
    """Whether a colon introduces a quotation: whoever said so reads it out."""
    return before[-1] in scan.COLONS and scan.is_quote(after[0])


def by_name(row: Row, habits: Habits) -> bool:
    """Whether a paragraph begins as a label does that lost its colon."""
    if _names_participant(row, habits) or _begins_in_capitals(row, habits):
        return True
    return row.opens and names_speaker(row.line.text, habits)


def is_aside(paragraph: Sequence[Row], *, beside: bool) -> bool:
    """Whether a paragraph is short, and nobody speaks of himself in it."""
    words = " ".join(row.line.text for row in paragraph)
    return beside and len(words.split()) <= _MAX_ASIDE and not is_first_person(words.casefold())


def _counts(paragraph: Sequence[Row]) -> bool:
    """Whether a short paragraph sets numbers against each other, as the result of a vote does."""
    words = " ".join(row.line.text for row in paragraph).split()
    numbers = [word for word in words if word.strip(".,;:()").isdecimal()]
    return len(numbers) >= _VOTES


def _introduces(row: Row) -> bool:
    """Whether a line that heads others ends with a colon, and nobody speaks of himself in it."""
    return row.line.text[-1] in scan.COLONS and not is_first_person(row.line.text.casefold())


def names_speaker(text: str, habits: Habits) -> bool:
    """Whether a line begins with the name of a label, set off from the words behind it.

    Capitals set a name off where the rest is no capitals; else a capital behind it does, or a
    script without any.
    """
    if habits.lonely or habits.cued:
        return False
    words = text.split(maxsplit=_MAX_NAME_WORDS)
    for count in range(1, len(words)):
        head = " ".join(words[:count]).rstrip(_LABEL_ENDS)
        if head not in habits.printed:
            continue
        if is_capitals(head):
            return habits.capitals and not is_capitals(text)
        if folded(words[count - 1]) not in TITLES and not is_small(words[count][0]):
            return True
    return False


def names_in_capitals(row: Row, before: Row, habits: Habits) -> bool:
    """Whether a line behind a finished sentence begins with a label in capitals, but no colon."""
    if not habits.capital_labels or not before.line.ends_a_sentence:
        return False
    return is_capitals(row.line.text.split()[0]) and names_speaker(row.line.text, habits)


def _begins_in_capitals(row: Row, habits: Habits) -> bool:
    """Whether a paragraph begins with a name in capitals where labels are capitals."""
    words = row.line.text.split(maxsplit=3)
    if not row.opens or not habits.capital_labels or len(words) <= _CAPITAL_WORDS:
        return False
    titled = folded(words[0]) in TITLES
    capitals = all(is_capitals(word) for word in words[titled:_CAPITAL_WORDS])
    return capitals and not is_capitals(row.line.text)


def _names_participant(row: Row, habits: Habits) -> bool:
    """Whether a paragraph begins with a participant's name: a label may have lost its colon."""
    if not row.opens or habits.lonely or habits.cued:
        return False
    words = row.line.text.split(maxsplit=_MAX_NAME_WORDS)
    heads = (" ".join(words[:count]) for count in range(1, _MAX_NAME_WORDS + 1))
    # A comma behind the name calls somebody; it does not name who speaks.
    return any(folded(head) in habits.listed and head[-1] not in ",!?" for head in heads)


def _changes_voice(row: Row, habits: Habits) -> bool:
    """Whether a sign says that somebody else goes on, and not who."""
    text = row.line.text
    if row.index in habits.behind_rule and not habits.lonely:
        return True
    if text.startswith(VOICE_SIGNS):
        return True
    if habits.cued and text[0] in scan.DASHES:
        return True
    return habits.voiced and row.index in habits.behind_cue
