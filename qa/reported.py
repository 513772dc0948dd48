"""Reported speech: where a speaker tells what somebody else said or thinks.

A quote is attributed to whoever speaks. Where he passes on others' words, the quote has to say
so, or he is made to hold what he only repeats. English only; elsewhere nothing is marked.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from qa.quotes import Quote

_STEMS = (
    "say|declare|announce|admit|concede|argue|assert|allege|tell|think|believe|explain|maintain|"
    "insist|warn|complain|conclude|reckon|deny|write"
)
"""Without those that are as often nouns, as in "a report"."""

_THIRD = (
    "says|declares|claims|announces|admits|concedes|argues|asserts|alleges|reports|tells|thinks|"
    "believes|explains|maintains|insists|warns|promises|complains|concludes|reckons|doubts|"
    "suspects|demands|denies|writes"
)
_PAST = (
    "said|declared|claimed|announced|admitted|conceded|argued|asserted|alleged|reported|told|"
    "thought|believed|explained|maintained|insisted|warned|promised|complained|concluded|"
    "reckoned|doubted|suspected|demanded|denied|wrote|stated"
)
_GOING_ON = "saying|claiming|announcing|arguing|asserting|alleging|reporting|telling|insisting"
_VERB = re.compile(
    rf"\b(?:(?P<third>{_THIRD})|{_STEMS}|{_PAST}|(?:is|are|was|were) (?:{_GOING_ON}))\b"
)
_BETWEEN = frozenset(
    "is are was were has have had does do did will would not also even again now then already "
    "all both only always never still immediately openly recently repeatedly once therefore".split()
)
"""What may stand between the subject and the verb."""

_SELF = frozenset("i we you one nobody no-one it".split())
_OTHERS = frozenset("he she they who some many others everybody everyone someone somebody".split())
_DETERMINERS = frozenset(
    "the our their his her some many these those several all most other certain a an both".split()
)
_BEFORE_A_CLAUSE = frozenset("and but or that if as since because while when even so then".split())
_NO_SUBJECT = frozenset("to be been being of in for the a an".split())
_MOST_WORDS_OF_A_SUBJECT = 5
_MOST_WORDS_OF_AN_OBJECT = 2
_OPENS_A_CLAUSE = re.compile(r"(?:^that|\bthat|[:,“\"])$")
_WORD = re.compile(r"[^\W\d_][\w’'.-]*|[,;:()“”\"]")
_BRACKETS = re.compile(r"\[[^\]]*\]")
_QUOTED_NAME = re.compile(r"“(?P<name>[^”]{2,40})”\s*$")
_IN_THE_PRESS = re.compile(
    r"\b(?:[Ii]n|[Aa]ccording to) the [\w\s-]{0,30}\b(?:press|media|papers)\b"
)


def reported_speech(quote: Quote) -> str | bool:
    """Return whose words or views the quote passes on.

    Returns:
        The name where exactly one person or paper is named right before a verb of saying or
        thinking; True where others speak who are not named so; False where only the speaker does.
    """
    if quote.speaker is None or quote.transcript.record.language_code != "en":
        return False
    found: set[str | bool] = set()
    for sentence in quote.sentences:
        words = quote.transcript.text[sentence.start : sentence.end]
        found |= set(_reported(" ".join(_BRACKETS.sub(" ", words).split()), quote))
    found -= {False, quote.speaker}
    names = found - {True}
    if len(names) == 1 and len(found) == 1:
        return names.pop()
    return bool(found)


def is_passed_on(left_out: str, words: str, quote: Quote) -> bool:
    """Tell whether words that are left out say that somebody else speaks or thinks what follows.

    Args:
        left_out: from the beginning of the sentence to the words.
        words: what is kept of the sentence.
        quote: the sentences that hold both.
    """
    if quote.speaker is None or quote.transcript.record.language_code != "en":
        return False
    flat = " ".join(_BRACKETS.sub(" ", left_out).split())
    verbs = list(_VERB.finditer(flat))
    if not verbs or not {who for who in _reported(flat, quote)} - {False, quote.speaker}:
        return False
    between = flat[verbs[-1].end() :].strip()
    if _OPENS_A_CLAUSE.search(between) or words.lstrip().casefold().startswith("that "):
        return ";" not in between
    return len(between.split()) <= _MOST_WORDS_OF_AN_OBJECT and "," not in between


def reports_others(words: str, quote: Quote) -> bool:
    """Tell whether words of a quote pass on what somebody else says or thinks."""
    if quote.speaker is None or quote.transcript.record.language_code != "en":
        return False
    flat = " ".join(_BRACKETS.sub(" ", words).split())
    return bool(set(_reported(flat, quote)) - {False, quote.speaker})


def _reported(sentence: str, quote: Quote) -> Iterator[str | bool]:
    if _IN_THE_PRESS.search(sentence):
        yield True
    for verb in _VERB.finditer(sentence):
        before = sentence[: verb.start()]
        if quoted := _QUOTED_NAME.search(before):
            yield quoted["name"]
            continue
        words = _WORD.findall(before)
        while words and words[-1] in _BETWEEN:
            words.pop()
        who = _subject(words, quote)
        yield who if who is not None else verb["third"] is not None and _may_be_subject(words)


def _may_be_subject(words: list[str]) -> bool:
    """Tell whether a verb in the third person can belong to somebody else after these words."""
    return words[-1].casefold() not in _DETERMINERS


def _subject(words: list[str], quote: Quote) -> str | bool | None:
    """Return who a verb's subject is, given the words before it; None where that is unclear."""
    if not words or words[-1].casefold() in _SELF | _NO_SUBJECT:
        return False
    if words[-1].casefold() in _OTHERS:
        return True
    if words[-1][0].isupper():
        return _named(words, quote)
    near = [word.casefold() for word in words[-_MOST_WORDS_OF_A_SUBJECT:-1]]
    if words[-1].isalpha() and _SELF.isdisjoint(near) and not _DETERMINERS.isdisjoint(near):
        return True
    return None


def _named(words: list[str], quote: Quote) -> str | bool:
    """Return the name that ends the words, or True where it may be no name or no subject."""
    first = len(words)
    while (
        first
        and words[first - 1][0].isupper()
        and words[first - 1].casefold() not in (_BEFORE_A_CLAUSE | _DETERMINERS)
    ):
        first -= 1
    before = words[first - 1].casefold() if first else ""
    if before.isalpha() and before not in _BEFORE_A_CLAUSE:
        return True
    name = " ".join(words[first:])
    return name if _is_name(words[-1], quote) else True


def _is_name(word: str, quote: Quote) -> bool:
    """Tell a name from a word that is capitalised because it begins a sentence."""
    text = quote.transcript.text
    inside = re.search(rf"[a-z,]\s+{re.escape(word)}\b", text)
    return inside is not None and re.search(rf"\b{re.escape(word.lower())}\b", text) is None
