"""Reported speech: where a speaker tells what somebody else said or thinks.

A quote is attributed to whoever speaks. Where he passes on others' words, the quote has to say
so, or he is made to hold what he only repeats. What stands in
quotation marks is told in six languages, other reported speech in English only.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from corpus.transcript import Span
from qa.concordance import Match
from qa.quotations.frames import Whose
from qa.quotations.inner import Inner, inner_of
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
_ANYBODY = frozenset("anybody anyone nobody no-one whoever".split())
"""Who "who" may stand for without anybody's having said anything."""
_DETERMINERS = frozenset(
    "the our their his her some many these those several all most other certain a an both".split()
)
_BEFORE_A_CLAUSE = frozenset("and but or that if as since because while when even so then".split())
_NO_SUBJECT = frozenset("to be been being of in for the a an".split())
_MOST_WORDS_OF_A_SUBJECT = 5
_WORD = re.compile(r"[^\W\d_][\w’'.-]*|[,;:()“”\"]")
_BRACKETS = re.compile(r"\[[^\]]*\]")
_COMPARES = re.compile(
    r"(?:[^\s,] |, )(?:as|like|than|what|whatever)(?: [\w’'.-]+){1,4}$"
    r"|^(?:what|whatever)(?: [\w’'.-]+){1,3}$",
    re.IGNORECASE,
)
"""Before a verb: what is said is compared with one's own words, or not told at all."""
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
    if quote.speaker is None:
        return False
    text = quote.transcript.text
    quoted = [
        one
        for one in inner_of(quote.transcript, quote.start)
        if one.start < quote.end and one.end > quote.start
    ]
    found: set[str | bool] = {_name(text, one) for one in quoted if one.whose is Whose.OTHERS}
    if quote.transcript.record.language_code == "en":
        for sentence in quote.sentences:
            words = _outside(text, Span(sentence.start, sentence.end), quoted)
            found |= set(_reported(" ".join(_BRACKETS.sub(" ", words).split()), quote))
    found -= {False, quote.speaker}
    names = found - {True}
    if len(names) == 1 and len(found) == 1:
        return names.pop()
    return bool(found)


def _name(text: str, one: Inner) -> str | bool:
    """Return the name of whoever is quoted; True where it is none, but "the newspaper"."""
    if one.name is None or not text[one.name.start].isupper():
        return True
    return " ".join(text[one.name.start : one.name.end].split())


def _outside(text: str, sentence: Span, quoted: Sequence[Inner]) -> str:
    """Return the words of a sentence; those that are quoted in it with who says so are dropped."""
    kept = list(text[sentence.start : sentence.end])
    for one in quoted:
        for span in (Span(one.start, one.end), one.frame):
            if span is not None:
                low, high = span.start - sentence.start, span.end - sentence.start
                for at in range(max(low, 0), min(high, len(kept))):
                    kept[at] = " "
    return "".join(kept)


def reports_others(match: Match) -> bool:
    """Tell whether words of a quote pass on what somebody else says or thinks."""
    quote = match.quote
    words = quote.transcript.text[match.start : match.end]
    if any(
        one.whose is Whose.OTHERS and one.start < match.end and one.end > match.start
        for one in inner_of(quote.transcript, match.start)
    ):
        return True
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
        if _COMPARES.search(" ".join(words)):
            continue
        who = _subject(words, quote)
        yield who if who is not None else verb["third"] is not None and _may_be_subject(words)


def _may_be_subject(words: list[str]) -> bool:
    """Tell whether a verb in the third person can belong to somebody else after these words."""
    return words[-1].casefold() not in _DETERMINERS


def _subject(words: list[str], quote: Quote) -> str | bool | None:
    """Return who a verb's subject is, given the words before it; None where that is unclear."""
    if not words or words[-1].casefold() in _SELF | _NO_SUBJECT:
        return False
    if words[-1].casefold() == "who" and words[-2:-1] and words[-2].casefold() in _ANYBODY:
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
