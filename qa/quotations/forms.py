"""Forms of one word: another spelling, a number in words or digits, a sign that is read aloud.

Who writes down what was spoken chooses between "recognise" and "recognize", between "sixty-one"
and "61": no word differs.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache

from corpus.spelling import american
from qa.quotations.table import Table
from qa.quotations.tables import LANGUAGES, table

_APART = frozenset("timbre timbres prise prised prises prising".split())
"""Words that would be others in American spelling: "timber", "prize"."""
_SPELLED = (
    (re.compile(r"(?<=[aeiou][^aeiou])([aeu])ll(?=(?:ed|ing|ers?|ors?|ous)$)"), r"\1l"),
    (re.compile(r"(?<=[aeiou][^aeiou]{2})([aeu])ll(?=(?:ed|ing|ers?|ors?|ous)$)"), r"\1l"),
    (re.compile(r"(?<=^program)me(?=s?$)"), ""),
    (re.compile(r"^grey"), "gray"),
    (re.compile(r"(?<=[aeiou]log)ue(?=s?$)"), ""),
    (re.compile(r"(?<=dg)e(?=ments?$)"), ""),
    (re.compile(r"^manoeuvre?(?=d|s?$|ing)"), "maneuver"),
    (re.compile(r"(?<=^maneuver)d$"), "ed"),
    (re.compile(r"^(practi|licen)s(?=e|ing)"), r"\1c"),
    (re.compile(r"^(skil|wil|fulfil|enrol|instal)(?=(?:ful(?:ly|ness)?|ments?|s)?$)"), r"\1l"),
    (re.compile(r"^ploug?h?(?=(?:w|ed|s|ing|man|men)?$)"), "plow"),
    (re.compile(r"^mou(?=ld)"), "mo"),
    (re.compile(r"^sceptic"), "skeptic"),
    (re.compile(r"^sulph"), "sulf"),
    (re.compile(r"^jewellery$"), "jewelry"),
)
_UNITS = {
    **dict.fromkeys(("%", "percent", "per cent", "prozent", "pour cent", "por ciento"), "%"),
    **dict.fromkeys(("°", "degree", "degrees", "grad"), "°"),
}
_AND = frozenset("and und et y и".split())
_GROUPS = re.compile(r"\d{1,3}(?:\.\d{3})+")
_THOUSAND = 1000
_TENS = range(20, 100, 10)


def forms(
    keys: Sequence[str], joined: Sequence[bool], language: Table
) -> list[tuple[tuple[int, str], ...]]:
    """Return for each word how many words up to it have a form that others share, and which.

    Args:
        keys: words.
        joined: for each whether only blanks or a hyphen stand between it and the one before.
        language: of them.
    """
    found = _counted(keys, joined, language)
    for at, key in enumerate(keys):
        for count in (1, 2):
            unit = _UNITS.get(" ".join(keys[max(at + 1 - count, 0) : at + 1]))
            found[at] += ((count, unit),) if unit else ()
        if language.code == "en" and key.isalpha():
            found[at] += ((1, _spelled(key)),)
    return [tuple(one) for one in found]


@lru_cache(maxsize=100_000)
def _spelled(key: str) -> str:
    """Return an English word as all its spellings are written."""
    if key in _APART:
        return key
    word = american(key)
    for pattern, other in _SPELLED:
        word = pattern.sub(other, word)
    return word


def other_forms(keys: Sequence[str]) -> Iterator[str]:
    """Yield words that may be those of a quotation in another form, to be looked for with them."""
    for key in keys:
        yield american(key)
        for end, other in (("z", "s"), ("or", "our"), ("er", "re"), ("ens", "enc"), ("l", "ll")):
            at = key.rfind(end)
            if at > 1:
                yield key[:at] + other + key[at + len(end) :]
    for language in map(table, LANGUAGES):
        counted = _counted(keys, [True] * len(keys), language)
        for value in {int(number) for some in counted for _, number in some}:
            yield str(value)
            parts = {value, value % 10, value % 100, value % 100 // 10 * 10, value // 100}
            yield from (word for word, number in language.numbers.items() if number in parts)


def is_number(word: str, language: Table) -> bool:
    """Whether a word is a number."""
    return word[0].isdecimal() or bool(_numbers(word, language))


def _counted(
    keys: Sequence[str], joined: Sequence[bool], language: Table
) -> list[list[tuple[int, str]]]:
    """Return for each word how many words up to it are one whole number, and which."""
    found: list[list[tuple[int, str]]] = [[] for _ in keys]
    at = 0
    while at < len(keys):
        digits = _of_digits(keys[at], language)
        numbers, end = list(_numbers(keys[at], language)) if digits is None else [digits], at + 1
        while numbers and end < len(keys) and joined[end]:
            step = 2 if keys[end] in _AND else 1
            more = _numbers(keys[end + step - 1], language) if end + step <= len(keys) else ()
            least = 0 if digits is None else _THOUSAND  # "120 million", but not "120 five"
            if not more or more[0] < least or not all(joined[end : end + step]):
                break
            numbers, end, digits = [*numbers, *more], end + step, None
        value = _value(numbers, language) if numbers else None
        if value is not None:
            found[end - 1].append((end - at, str(value)))
            if value >= 100 and joined[at] and keys[at - 1] in language.articles:  # noqa: PLR2004
                found[end - 1].append((end - at + 1, str(value)))  # "a hundred"
        at = end
    return found


@lru_cache(maxsize=20_000)
def _numbers(key: str, language: Table) -> tuple[int, ...]:
    """Return the numbers that a word names, several in "zweihunderteinundsechzig"; else none."""
    if key in language.numbers:
        return (language.numbers[key],)
    for cut in range(len(key) - 3, 2, -1):
        first, rest = language.numbers.get(key[:cut], -1), key[cut:]
        tens = language.numbers.get(rest[3:], -1) if rest.startswith("und") else -1
        if tens in _TENS and 0 < first < 10:  # noqa: PLR2004
            return (tens + first,)
        if first > 0 and (more := _numbers(rest, language)):
            return (first, *more)
    return ()


def _of_digits(key: str, language: Table) -> int | None:
    if language.code not in ("", "en") and _GROUPS.fullmatch(key):
        key = key.replace(".", "")
    is_whole = key.isdecimal() and (key[0] != "0" or len(key) == 1)  # "0600" is an hour
    return int(key) if is_whole else None


def _value(numbers: Sequence[int], language: Table) -> int | None:
    """Return the number that several make together, as in "two hundred five"; else None."""
    total = part = 0
    for number in numbers:
        small = part % 100
        if number < 0:
            return None
        if number >= _THOUSAND and len(numbers) > 1:
            total, part = total + max(part, 1) * number, 0
        elif (part, number) == (4, 20) and language.code == "fr":
            part = 80
        elif not part or (small == 0 and number != 100):  # noqa: PLR2004
            part += number
        elif number == 100 and part < 100:  # noqa: PLR2004
            part *= number
        elif small in _TENS and number < 10:  # noqa: PLR2004
            part += number
        elif language.code == "fr" and small in (10, 60, 80) and number < 20:  # noqa: PLR2004
            part += number  # "dix-sept", "soixante-dix"
        elif 10 < part < 100 and number >= 10:  # noqa: PLR2004
            part = 100 * part + number  # "nineteen eighty-three"
        else:
            return None
    return total + part
