"""Tokens of the words around a quotation, and the subject or name among them."""

from __future__ import annotations

import re
from itertools import takewhile

from corpus.folding import fold
from corpus.labels.words import OFFICES, RANKS, TITLES
from corpus.transcript import Span
from qa.quotations.frames import Frame, Whose
from qa.quotations.table import Table

_INVERTED = r"-(?:je|nous|ils?|elles?|t-(?:ils?|elles?|on))\b"
"""French pronouns behind their verb: "dit-il", "ai-je dit"."""
_TOKEN = re.compile(
    rf"(?<![\w-])[a-zà-ÿ]+(?={_INVERTED})|(?<=[a-zà-ÿ]){_INVERTED}|"
    r"[^\W\d_]+['’](?=[^\W\d_]{2}|[ay]\b)|[^\W\d_]+(?:[-'’][^\W\d_]+)*\.?|\d+|[^\w\s]"
)
_RELATIVES = frozenset(
    "who whom whose which qui dont quien quienes которыи которая которые".split()
)
_AND = frozenset("and und et y и".split())
SIGNS = frozenset(',:;.!?–—-()"“”„«»')
_LETTING = frozenset(
    "let lets allow permit lass lasst lassen laisse laisser laissez permettez permets deja dejame "
    "deje dejeme permitame позволь позвольте разрешите дай дайте".split()
)
"""Before "me" and a verb of saying, the speaker is about to say it."""

_TITLES = TITLES | OFFICES | RANKS | frozenset("chief head spokesman spokeswoman".split())
PARTICLES = frozenset("von van de du di da del dos al el bin ibn ten ter".split())
"""Small words that may begin a surname."""
_ALONE = frozenset("der den des la le the".split())
"""Of these, articles: inside a name only behind another: "van der", "of the"."""
_IN_NAMES = _TITLES | PARTICLES | _ALONE | frozenset(["of", "für"])
"""What may stand small inside a name with its office: "Minister for Trade of the GDR"."""
_PREPOSITIONS = frozenset(
    "in at on to from with by near under after during before about for aus im am auf bei mit nach "
    "zu zur zum en dans chez avec pour con desde para в на из от с у".split()
)
_WHEN = frozenset(
    "yesterday today later then once gestern heute damals hier ayer вчера monday tuesday wednesday "
    "thursday friday saturday sunday january february march april may june july august september "
    "october november december montag dienstag mittwoch donnerstag freitag samstag sonntag januar "
    "februar marz mai juni juli oktober dezember".split()
)
"""Have a capital before a name, and are no part of it: "Yesterday Dent said"."""
_POSSESSIVE = ("'s", "s'")
_MOST_OF_A_NOUN = 4

Tokens = list[tuple[str, str, int, int]]
"""Folded words and signs, each as printed and with its place."""


def tokens_of(text: str, span: Span) -> list[tuple[str, str, int, int]]:
    """Return folded words and signs, each as printed and with its place."""
    found = []
    for m in _TOKEN.finditer(text, span.start, span.end):
        word = fold(m[0]).text.replace("’", "'")
        if len(word) > 1 and word[0] == "-":
            word = word[1:].removeprefix("t-")
        found.append((word, m[0], m.start(), m.end()))
    return [(w.rstrip(".") if len(w) > 1 else w, p, a, b) for w, p, a, b in found]


def before_verb(tokens: Tokens, language: Table) -> tuple[Whose, Span | None, int] | None:
    """Return the subject that stands before a verb, appositions passed over."""
    rest = list(tokens)
    while rest and (rest[-1][0] in language.between or rest[-1][1].endswith("ly")):
        if rest[-1][1][:1].isupper() and rest[-1][1].endswith("ly"):
            break  # Mr Reilly is no adverb
        rest.pop()
    if rest and rest[-1][0] in _AND:
        return clause_subject(rest[:-1], language)
    segments: list[Tokens] = [[]]
    for token in rest:
        if token[0] in SIGNS - {"."}:
            segments.append([])
        else:
            segments[-1].append(token)
    trailing = not segments[-1]
    kept = [segment for segment in segments if segment]
    if not kept:
        return None
    looked = [kept[-1]]
    if trailing:
        looked = [one for one in kept[::-1][:4] if one[0][0] not in _RELATIVES] or looked
    for segment in looked:
        found = _pronoun(segment, language)
        if found is not None:
            return found
        name = noun_phrase(_clause(segment, language), language)
        if name is not None and (not trailing or is_named(segment, language)):
            return Whose.OTHERS, name, name.start
    last = looked[-1]
    name = noun_phrase(_clause(last, language), language)
    if name is None:
        return None
    return Whose.OTHERS, name, name.start


def clause_subject(tokens: Tokens, language: Table) -> tuple[Whose, Span | None, int] | None:
    """Return the subject of the clause that tokens end with: "Dent looked at me (and said)".

    It begins the clause; in German one verb may stand before it. What stands farther behind is
    looked at, spoken to or gone to.
    """
    at = max((n for n, t in enumerate(tokens) if t[0] in SIGNS - {"."}), default=-1)
    words = _clause(tokens[at + 1 :], language)
    while words and words[0][0] in language.between:
        words.pop(0)
    for number, token in enumerate(words[: 1 + language.nouns_are_large]):
        if token[0] in language.mine:
            return Whose.OWN, None, token[2]
        if token[0] in language.others:
            return Whose.OTHERS, None, token[2]
        if token[0] in language.articles:
            return Whose.OTHERS, noun_phrase(words[number : number + 2], language), token[2]
        if token[1][:1].isupper():
            name = takewhile(lambda one: one[1][:1].isupper(), words[number:])
            return Whose.OTHERS, _without_stop(list(name)), token[2]
    return None


def _pronoun(segment: Tokens, language: Table) -> tuple[Whose, Span | None, int] | None:
    letting = next((t for t in segment[-2:] if t[0].split("-")[0] in _LETTING), None)
    if letting is not None:
        return Whose.OWN, None, letting[2]
    for token in reversed(segment):
        word = token[0]
        if word in language.mine:
            return Whose.OWN, None, token[2]
        if word in language.others:
            return Whose.OTHERS, None, token[2]
        is_large = token[1][:1].isupper() and token is not segment[0]
        if is_large or word in language.articles or word in language.stops:
            return None
    return None


def _clause(segment: Tokens, language: Table) -> Tokens:
    """Return the words of the last clause; another verb of saying ends one: "I heard Dent say"."""
    ends = [n for n, t in enumerate(segment) if t[0] in language.stops or language.is_saying(t[0])]
    at = max(ends, default=-1)
    return segment[at + 1 :]


def is_named(segment: Tokens, language: Table) -> bool:
    """Whether the last clause begins with a name, an article before it or not."""
    words = [t for t in _clause(segment, language) if t[0] not in language.between]
    if len(words) > 1 and words[0][0] in language.articles and not language.nouns_are_large:
        words = words[1:]
    return bool(words) and _is_large(words[0], language)


def noun_phrase(tokens: Tokens, language: Table) -> Span | None:
    """Return a name among words, else what they call somebody, with its article."""
    words: Tokens = []
    for token in tokens:
        if token[0] in SIGNS - {"."} or token[0] in language.stops:
            if words:
                break
            continue
        words.append(token)
    article = None
    while words and words[0][0] in language.articles | language.between | _WHEN:
        article = words.pop(0)
    while words and words[-1][0] in language.between | _WHEN:
        words.pop()
    if not words or words[0][0] in language.others | language.mine:
        return None
    with_article = [article] if article and article[0] in language.articles else []
    first, behind = _run_of_names(words, language)
    if first == behind:
        if words[0][0] in _PREPOSITIONS:
            return None
        return _without_stop([*with_article, *words[:_MOST_OF_A_NOUN]])
    if language.nouns_are_large and behind - first == 1:  # "der Meister", "mein Großvater"
        before = words[first - 1 : first] if first else with_article
        is_noun = any(t[0] in language.articles for t in before)
        return _without_stop([*(before if is_noun else ()), words[first]])
    return _without_stop(words[first:behind])


def _run_of_names(words: Tokens, language: Table) -> tuple[int, int]:
    """Return the first words in a row that are a name, small words in it passed over; or none.

    What stands behind "in" is a place, if anything else is there; "Dent's wife" is not Dent, and
    neither is "the son of Dent".
    """
    runs: list[list[int]] = []
    last = -3
    for at, token in enumerate(words):
        if not _is_large(token, language) and not (last == at - 1 and token[0].isdigit()):
            continue
        small = [w[0] for w in words[last + 1 : at]]
        joined = last >= 0 and _IN_NAMES.issuperset(small) and not _ALONE.intersection(small[:1])
        if joined and not words[last][0].endswith(_POSSESSIVE):
            runs[-1][1] = at + 1
        else:
            runs.append([at, at + 1])
        last = at
    for first, behind in runs:
        before = [w[0] for w in words[:first]]
        if before and before[0] in PARTICLES and _IN_NAMES.issuperset(before):
            return 0, behind  # "van der Berg"
        if before and before[-1] in _PREPOSITIONS:
            if len(runs) > 1 or behind - first == 1:
                continue
            return behind - 1, behind  # "In Berlin Dent said"
        if words[behind - 1][0].endswith(_POSSESSIVE) and behind < len(words):
            if behind in (run[0] for run in runs):
                continue  # "the works’ Albert Dent"
            break
        if before and before[-1] in _IN_NAMES and before[-1] not in _TITLES:
            break
        return first, behind
    return 0, 0


def _is_large(token: tuple[str, str, int, int], language: Table) -> bool:
    is_initial = len(token[0]) == 1 and token[1].endswith(".")
    is_other = token[0] in language.articles | language.stops | _WHEN | _PREPOSITIONS
    is_other = is_other and not is_initial
    return token[1][:1].isupper() and not is_other


def _without_stop(words: Tokens) -> Span:
    """Return the place of words; a full stop behind them that abbreviates nothing is not theirs."""
    word, printed, _, end = words[-1]
    abbreviates = len(word) <= 2 or word in ("jr", "sr")  # noqa: PLR2004
    return Span(words[0][2], end - (printed.endswith(".") and not abbreviates))


def name_before_colon(tokens: Tokens, language: Table, end: int) -> Frame | None:
    """Return whom a name before a colon names; brackets and an office behind it passed over."""
    words = list(tokens)
    if words and words[-1][0] == ")":
        while words and words[-1][0] != "(":
            words.pop()
        words = words[:-1]
    commas = [n for n, t in enumerate(words) if t[0] in SIGNS - {"."}]
    if len(commas) == 1 and is_named(words[: commas[0]], language):
        words = words[: commas[0]]
    elif commas:
        words = words[commas[-1] + 1 :]
    if not words or not any(t[1][:1].isupper() for t in words):
        return None
    name = noun_phrase(words, language)
    if name is None or name.end != words[-1][3] or words[-1][1][:1].islower():
        return None
    return Frame(Whose.OTHERS, name, name.start, end)
