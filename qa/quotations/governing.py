"""Whether words that a quotation leaves out at its edge govern those that it keeps.

"Not able to recognize it" cut down to "able to recognize it" says the opposite; "if …, we would
not have" without its "if" says what nobody said. Without a parser, what governs is told by the
signs of clauses between: commas, stops, and the words of :mod:`qa.quotations.tables`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from enum import Enum, auto

from corpus.folding import JOINED, SEAM, fold
from corpus.lost import lost_words
from corpus.transcript import Span
from qa.quotations.table import Table
from qa.quotations.tables import table

_TOKEN = re.compile(r"[^\W_]+(?:'[^\W_]+)*|[,;:()\"?!.]|(?<= )-(?= )|(?<= )-$|^-(?= )")
_SOME = re.compile(r"\ba few\b")
"""Is no negation, as "few" is."""
_DASHES = re.compile(r"\s*--+\s*")
_STRONG = frozenset(';:?!."')
_WEAK = frozenset(",()-")
_NEAR = 3
_WITH_COMMAS = frozenset({"de", "ru"})
"""Languages that set a comma before every clause."""
_FILLING = 2
_FILLERS = frozenset({"you_know", "you_see", "i_mean"})
"""Words put in that look like a clause."""
_LONGEST = 4
"""Words of a phrase in the tables."""


class Governor(Enum):
    """What governs a quotation and is left out."""

    NEGATION = auto()
    CONDITION = auto()
    OMISSION = auto()
    """The source itself lacks something here: "[...]", "[inaudible]"."""


def before(left_out: str, quoted: str, language: str) -> Governor | None:
    """Return what of the words before a quotation, in its sentence, governs it.

    Args:
        left_out: from the beginning of the sentence to the quotation.
        quoted: the quotation, or its beginning.
        language: of the document, an ISO 639-1 code.
    """
    words = table(language)
    tokens = _after_stop(_tokens(left_out))
    if not tokens:
        return None
    first = next(iter(_tokens(quoted)), "")
    if _negates(tokens, first, words):
        return Governor.NEGATION
    is_open = _believes(tokens, first, words) or _is_unreal(left_out, first, words)
    if is_open or _is_condition(tokens, first, words):
        return Governor.CONDITION
    lost = list(lost_words(left_out))
    if lost and _reaches(left_out, lost[-1], quoted):
        return Governor.OMISSION
    return None


def _reaches(left_out: str, lost: Span, quoted: str) -> bool:
    """Whether lost words may belong to a clause that begins behind them, or goes on there."""
    between = left_out[lost.end :]
    if set(_tokens(between)) & _STRONG:
        return False
    is_first = not _tokens(left_out[: lost.start])
    is_noted = any(map(str.isalpha, left_out[lost.start : lost.end]))
    # "[inaudible] They went home": what was lost before a sentence is a sentence of its own.
    return not (is_first and is_noted and (between + quoted).lstrip()[:1].isupper())


def behind(left_out: str, quoted: str, language: str) -> Governor | None:
    """Return what of the words behind a quotation, in its sentence, governs it.

    Args:
        left_out: from the quotation to the end of the sentence.
        quoted: the quotation, or its end.
        language: of the document, an ISO 639-1 code.
    """
    words = table(language)
    tokens = _tokens(left_out)
    last = next((t for t in reversed(_tokens(quoted)) if t[0].isalnum()), "")
    if _negates_back(tokens, last, words):
        return Governor.NEGATION
    kept = [t for t in _tokens(quoted) if t[0].isalnum()][-_NEAR:]
    asks = any(words.has("asking", token) for token in kept)
    if not asks and _is_conditioned(tokens, words):
        return Governor.CONDITION
    if _is_believed(tokens, words) or _is_restricted(tokens, _tokens(quoted), words):
        return Governor.CONDITION
    lost = next(lost_words(left_out), None)
    if lost and not set(_tokens(left_out[: lost.start])) & (_STRONG | _WEAK):
        return Governor.OMISSION
    return None


def _tokens(text: str) -> list[str]:
    folded = fold(text).text.replace(JOINED, "").replace(SEAM, " ").replace("\n", " ")
    return _TOKEN.findall(_DASHES.sub(" - ", _SOME.sub("some", folded)))


def _after_stop(tokens: list[str]) -> list[str]:
    """Return what follows the last sign that ends a sentence or a part of equal rank."""
    at = max((i for i, token in enumerate(tokens) if token in _STRONG), default=-1)
    if at == len(tokens) - 1 and at >= 0 and tokens[at] in ':"':
        return _after_stop(tokens[:at])  # "He did not say: “…”"
    return tokens[at + 1 :]


def _negates(tokens: list[str], first: str, words: Table) -> bool:
    clauses = _clauses(tokens, first, words)
    last = clauses[-1]
    if _has_negation(last, words):
        return True
    opening = last[0] if last else first
    if words.has("that", opening) and any(_has_negation(c, words) for c in clauses[:-1]):
        return True
    # "We did not, as you know, shoot it down"
    around = clauses[-3] if len(clauses) > 2 else []  # noqa: PLR2004 - what comes between
    return len(around) > 1 and words.has("negations", around[-1])


def _has_negation(clause: Sequence[str], words: Table) -> bool:
    return any(words.has("negations", token) for token in clause)


def _clauses(tokens: list[str], first: str, words: Table) -> list[list[str]]:
    """Cut words before a quotation into clauses; the last one is that of the quotation."""
    clauses: list[list[str]] = [[]]
    for at, token in enumerate(tokens):
        following = tokens[at + 1] if at + 1 < len(tokens) else first
        previous = tokens[at - 1] if at else ""
        joins = words.has("joining", token) and words.has("pronouns", following)
        turns = words.has("turning", token) and not words.has("negations", previous)
        if token in _WEAK or joins or turns:
            clauses.append([])
        else:
            clauses[-1].append(token)
    return clauses


def _is_condition(tokens: list[str], first: str, words: Table) -> bool:
    for at, token in enumerate(tokens):
        previous = tokens[at - 1] if at else ""
        if at == 0 and words.has("inverted", token) and len(tokens) > 1:
            return True
        rest = tokens[at + 1 :]
        opens = words.has("opening", token) and any(
            words.has("that", one) for one in (*rest, first)[:_NEAR]
        )
        if not opens and not _conditions(token, previous, words):
            continue
        if words.has("asking", previous) and set(rest) & _WEAK:
            continue
        if not any(words.has("turning", t) for t in rest):
            return True
    return False


def _believes(tokens: list[str], first: str, words: Table) -> bool:
    """Whether the clause that goes on behind tokens is said to be believed or possible."""
    for _, end in _phrases(tokens, words):
        rest = tokens[end:]
        while rest and (rest[0] in _WEAK or words.has("that", rest[0])):
            rest = rest[1:]
            rest = rest[_filled(rest, words) :]
        opening = tokens[end] if end < len(tokens) else first
        if not words.has("no_beliefs", opening) and len(_clauses(rest, first, words)) == 1:
            return True
    return False


def _filled(tokens: list[str], words: Table) -> int:
    """Return how many tokens are a word or two put in between commas: "well", "you know"."""
    sign = next((at for at, token in enumerate(tokens[: _FILLING + 1]) if token in _WEAK), 0)
    is_clause = words.has("pronouns", tokens[0]) if sign else False
    return 0 if is_clause and "_".join(tokens[:sign]) not in _FILLERS else sign


def _is_unreal(left_out: str, first: str, words: Table) -> bool:
    flat = " ".join(left_out.casefold().replace("’", "'").split())
    return re.search(words.unreal, f"{flat} | {first}") is not None


def _is_believed(tokens: list[str], words: Table) -> bool:
    """Whether "I think" or "probably" is put behind as a clause of its own."""
    for start, end in _phrases(tokens, words):
        between = tokens[:start]
        if set(between) & _STRONG or any(words.has("turning", token) for token in between):
            return False
        begins = not between or between[-1] in _WEAK
        if begins and (end == len(tokens) or tokens[end] in _STRONG | _WEAK):
            return True
    return False


def _phrases(tokens: list[str], words: Table) -> Iterator[tuple[int, int]]:
    """Yield where phrases of belief stand, the words passed over that may stand inside."""
    every = range(len(tokens))
    passed = [at for at in every if tokens[at] not in words.between]
    for some in (every, passed):
        for at in range(len(some)):
            for count in range(1, _LONGEST + 1):
                numbers = some[at : at + count]
                if len(numbers) < count or numbers[-1] - numbers[0] > 2 * _LONGEST:
                    break
                if words.has("beliefs", "_".join(tokens[number] for number in numbers)):
                    yield numbers[0], numbers[-1] + 1


def _is_restricted(tokens: list[str], kept: list[str], words: Table) -> bool:
    """Whether what stands right behind restricts what is said: "except", "only", "until"."""
    bare = tokens[1:] if tokens[:1] == [","] else tokens
    last = kept[-1] if kept else ""
    goes_on = words.has("articles", last) or words.has("auxiliaries", last)  # "the | only man"
    for count in range(1, _LONGEST + 1):
        if len(bare) < count:
            break
        phrase, rest = "_".join(bare[:count]), bare[count:]
        if words.has("exceptions", phrase):
            return True
        if bare is not tokens and words.code not in _WITH_COMMAS:
            continue
        if words.has("limits", phrase):
            return not goes_on
        if words.has("until", phrase):
            has_subject = bool(rest) and (rest[0] in words.articles or rest[0] in words.pronouns)
            return has_subject or _has_negation(_after_stop(kept), words)
        if words.has("when", phrase):
            return len(rest) == 1 or (len(rest) > 1 and rest[1] in _STRONG | _WEAK)
    return False


def _conditions(token: str, previous: str, words: Table) -> bool:
    if words.has("doubts", token):
        return True
    if not words.has("conditions", token) or words.has("nouns", token):
        return False
    return not words.has("no_conditions", previous)


def _negates_back(tokens: list[str], last: str, words: Table) -> bool:
    for at, token in enumerate(tokens):
        following = tokens[at + 1] if at + 1 < len(tokens) else ""
        if token in _STRONG | _WEAK or words.has("turning", token):
            return False
        if words.has("joining", token) and words.has("pronouns", following):
            return False
        if words.has("behind", token):
            if token == "not":  # noqa: S105 - negates what comes after, but with "is", "did"
                return at == 0 and words.has("auxiliaries", last)
            return at < _NEAR or bool(words.before)
        if words.has("auxiliaries", token) or words.has("before", token):
            return False
    return False


def _is_conditioned(tokens: list[str], words: Table) -> bool:
    for at, token in enumerate(tokens):
        previous = tokens[at - 1] if at else ""
        if token in _STRONG or words.has("turning", token):
            return False
        if words.has("joining", token) and not words.has("negations", previous):
            return False
        if _conditions(token, previous, words):
            return not words.has("asking", previous)
    return False
