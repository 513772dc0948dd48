"""Whom the words around a quotation name as speaking.

Told by a verb of saying with its subject, "according to", a name with a colon. Without a parser
these are the words of :mod:`qa.quotations.tables`; what is not understood is nobody's.
"""

from __future__ import annotations

import re

from corpus.folding import fold
from corpus.transcript import Span
from qa.quotations.frames import Frame, Whose
from qa.quotations.korean import korean_frame
from qa.quotations.subjects import (
    SIGNS,
    Tokens,
    before_verb,
    clause_subject,
    is_named,
    name_before_colon,
    noun_phrase,
    tokens_of,
)
from qa.quotations.table import Table
from qa.quotations.tables import table

FEWEST = 4
"""Words in marks that are a saying though nobody is named; fewer are a term or a title."""
_AROUND = 220
_SENTENCE_END = re.compile(
    r"(?:(?<!\b[Mm]r)(?<!\b[Mm]rs)(?<!\b[Mm]s)(?<!\b[Dd]r)(?<!\bSt)(?<!\bProf)(?<!\bGen)(?<!\bCol)"
    r"(?<!\b[^\W\d_])[.]|[!?…])[”\"’»)\]]*\s+(?=\S)|[。！？]"
)
_MY = frozenset("my our mein meine unsere mon ma notre mi nuestra мой моя мои наш".split())
"""Before a colon: "My answer was:"."""
_GOES = frozenset("go goes went like put called".split())
"""Verbs of saying right beside what is said alone: "and he goes, “…”"."""
_BEHIND_GOES = ("it", "this", "on")
_FURTHEST = 14
"""Words between a verb of saying and what is said."""
_FEW = 2
_NEAR = 4
_ADDRESSED = frozenset("you du ihr vous tu usted ustedes вы ты".split())
_TO = ("to", "zu", "must", "should", "can", "could")
"""Between them and a verb: "You have to say that …" passes nothing on."""
_OBJECTS = frozenset("to him her them me us ihn ihm ihnen mich uns zu".split())
"""Behind a verb of saying, no beginning of what is said: "asked | to clear it"."""
_SHOUTS = ("yell", "shout", "scream", "cry", "chant", "rief", "schri", "grit", "cri", "закрич")
_LEADS = frozenset(":–—-")
_BY = frozenset("by von par por".split())


def frame_of(
    text: str,
    start: int,
    end: int,
    languages: tuple[str, ...],
    low: int,
    high: int,
    *,
    fewest: int = FEWEST,
) -> Frame | None:
    """Return whom the words beside a quotation name.

    Args:
        text: that holds it.
        start: of the quotation, marks included.
        end: of it, exclusive.
        languages: ISO 639-1 codes of those that it may be in.
        low: where to look from: the end of the quotation before.
        high: where to look to: the beginning of the next one.
        fewest: words of it; of fewer somebody is named only right before a colon or a comma.
    """
    ahead = Span(max(low, start - _AROUND), start)
    after = Span(end, min(high, end + _AROUND))
    if "ko" in languages and (found := korean_frame(text, ahead, after)):
        return found
    inside = text[start:end].rstrip("”\"’‘»“«'‹›」』 ")
    first_behind = inside.endswith((",", "?", "!", "—", "–")) or bool(
        re.match(r"\s*[,–—]", text[after.start : after.end])
    )
    is_whole = inside.endswith((".", ";"))
    tokens = _tokens_ahead(text, ahead)
    is_led = bool(tokens) and tokens[-1][0] in (":", ",")
    says = bool(tokens) and any(table(code).is_saying(tokens[-1][0]) for code in languages)
    if len(inside.split()) < fewest and not (first_behind or is_led or says):
        return None
    goes_on = first_behind or not is_whole
    for language in map(table, languages):
        lead = _lead(text, ahead, tokens, language)
        tail = _tail(text, after, high, tokens, language) if goes_on else None
        found = (tail or lead) if first_behind and not is_led else (lead or tail)
        if found is not None:
            return found
    return None


def _lead(text: str, ahead: Span, tokens: Tokens, language: Table) -> Frame | None:
    if not tokens:
        return None
    if according := _according(text, ahead, tokens, language):
        return according
    verbs = [n for n in _verbs(tokens, language) if len(tokens) - n <= _FURTHEST]
    if verbs:
        return _of_verb(tokens, verbs[-1], language, ahead.end)
    if tokens[-1][0] == ":":
        if any(t[0] in _MY for t in tokens[-6:]):
            return Frame(Whose.OWN, None, tokens[0][2], ahead.end)
        return name_before_colon(tokens[:-1], language, ahead.end)
    return None


def _according(text: str, ahead: Span, tokens: Tokens, language: Table) -> Frame | None:
    """Return whom "according to Dent" or "in Dent's words" names."""
    part = fold(text[ahead.start : ahead.end]).text
    if according := re.search(rf"\b(?:{language.according})\s", part):
        begins = [t for t in tokens if t[0] in fold(according[0]).text.split()]
        if begins and (name := noun_phrase(tokens[tokens.index(begins[-1]) + 1 :], language)):
            return Frame(Whose.OTHERS, name, begins[0][2], ahead.end)
    if found := re.search(r"([^\W\d_][\w-]*)['’]s? words[,:]?\s*$", text[: ahead.end]):
        return Frame(Whose.OTHERS, Span(*found.span(1)), found.start(), ahead.end)
    return None


def indirect_frame(text: str, ahead: Span, quoted: str, language: Table) -> Frame | None:
    """Return whom words ahead, in the same sentence, name as saying what follows without marks.

    It follows behind "that", a colon or a dash, or right behind the verb and one or two words.

    Args:
        text: that holds both.
        ahead: the words ahead.
        quoted: the words that follow.
        language: of the text.
    """
    tokens = _tokens_ahead(text, ahead)
    if not tokens:
        return None
    verbs = [n for n in _verbs(tokens, language) if tokens[n][0] not in _GOES]
    if len(tokens) > 1 and tokens[-2][0] == ":" and tokens[-1][0] in _LEADS:
        return Frame(Whose.OTHERS, None, tokens[-2][2], ahead.end)  # "and another: – Stay!"
    if not verbs:
        return _according(text, ahead, tokens, language)
    behind = [t[0] for t in tokens[verbs[-1] + 1 :] if t[0] not in language.between]
    words = tokens_of(quoted, Span(0, len(quoted)))
    opens = ":" in behind or any(
        word in language.that for word in [*behind[:_NEAR], *(t[0] for t in words[:1])][:_NEAR]
    )
    led = bool(behind) and behind[-1] in _LEADS
    near = len(behind) <= _FEW and SIGNS.isdisjoint(behind) and _begins_clause(words, language)
    right = not behind and bool(words) and words[0][0] not in _OBJECTS
    again = {*behind, ","}.issubset({",", *(t[0] for t in words)})
    shouted = again and tokens[verbs[-1]][0].startswith(_SHOUTS)
    direct = behind == [","] and not _compares(tokens, verbs[-1], language)
    if not (opens or led or near or right or shouted or direct):
        return None
    frame = _of_verb(tokens, verbs[-1], language, ahead.end)
    subject = next(t[0] for t in tokens if t[2] >= frame.start)
    is_asked = subject in _ADDRESSED and tokens[verbs[-1] - 1][0] in _TO
    return None if is_asked else frame


def _begins_clause(words: Tokens, language: Table) -> bool:
    """Whether words begin with what may be a subject, or with "whether"."""
    subjects = language.pronouns | language.mine | language.others | language.articles
    return bool(words) and (
        words[0][0] in subjects | language.conditions or words[0][1][:1].isupper()
    )


def _compares(tokens: Tokens, at: int, language: Table) -> bool:
    """Whether the clause of a verb only compares: "Not sixty, as the newspaper wrote, but …"."""
    opening = [t[0] for t in tokens[:at] if t[0] in language.stops]
    return bool(opening) and opening[-1] in ("as", "wie", "comme", "como", "как")


def _verbs(tokens: Tokens, language: Table) -> list[int]:
    """Return which tokens are verbs of saying; "put" is one at the end and before "it"."""
    words = [n for n, t in enumerate(tokens) if t[0] not in SIGNS]
    last = [n for n in words[-2:] if all(tokens[m][0] in _BEHIND_GOES for m in words if m > n)]
    return [
        n
        for n, token in enumerate(tokens)
        if language.is_saying(token[0])
        and (token[0] not in _GOES or n in last)
        and not _is_noun(tokens, n, language)
    ]


def _tokens_ahead(text: str, ahead: Span) -> Tokens:
    """Return the tokens of the sentence that a quotation goes on with."""
    part = text[ahead.start : ahead.end]
    cuts = [m.end() for m in _SENTENCE_END.finditer(part)]
    if re.search(r"[.!?][”\"’»)]*\s*$", part):
        return []
    return tokens_of(text, Span(ahead.start + (cuts[-1] if cuts else 0), ahead.end))


def _is_noun(tokens: Tokens, at: int, language: Table) -> bool:
    return at > 0 and tokens[at - 1][0] in language.articles - language.others - language.between


def _of_verb(tokens: Tokens, at: int, language: Table, end: int) -> Frame:
    verb = tokens[at]
    start = verb[2]
    if verb[0] in language.own_forms:
        return Frame(Whose.OWN, None, start, end)
    subject = _subject(tokens, at, language)
    if subject is None:
        behind = _named_behind(tokens[at + 1 :], language)
        pronoun = next((t for t in tokens[at + 1 :] if t[0] in language.mine), None)
        is_own = pronoun is not None
        subject = (Whose.OWN, None, start) if is_own else (Whose.OTHERS, behind, start)
    whose, name, first = subject
    if verb[0] in language.reads and whose is Whose.OWN:
        whose = Whose.OTHERS
    return Frame(whose, name, first, end)


def _subject(tokens: Tokens, at: int, language: Table) -> tuple[Whose, Span | None, int] | None:
    """Return who says what a verb tells of; who "was told" something is not."""
    verb = tokens[at][0]
    is_passive = any(t[0] in language.passives for t in tokens[max(at - _FEW, 0) : at])
    if verb.endswith("ing") and not is_passive:
        return clause_subject(tokens[:at], language)  # "I went to Dent saying"
    if not is_passive or verb.endswith("ing") or verb in _GOES:
        return before_verb(tokens[:at], language)
    agent = next((n for n, t in enumerate(tokens) if n > at and t[0] in _BY), None)
    name = None if agent is None else noun_phrase(tokens[agent + 1 :], language)
    return Whose.OTHERS, name, tokens[at][2]


def _tail(text: str, after: Span, high: int, ahead: Tokens, language: Table) -> Frame | None:
    part = text[after.start : after.end]
    cut = _SENTENCE_END.search(part)
    stop = after.start + (cut.start() + 1 if cut else len(part))
    tokens = tokens_of(text, Span(after.start, stop))
    leads_on = stop >= high and bool(re.search(r"[^\s.,;!?]\s*$|:\s*$|,\s*$", text[:high]))
    while tokens and tokens[0][0] in {",", "–", "—", "-", "("}:
        tokens.pop(0)
    if not tokens:
        return None
    head = fold(part).text.lstrip(" ,–—-")
    found = re.match(rf"(?:so|{language.according})\s+", head)
    if found:
        skip = len(found[0].split())
        name = noun_phrase(tokens[skip:], language)
        return None if name is None else Frame(Whose.OTHERS, name, tokens[0][2], name.end)
    if tokens[0][0] in ("as", "wie", "comme", "как", "como"):
        tokens.pop(0)
    verbs = [n for n, t in enumerate(tokens[:16]) if language.is_saying(t[0])]
    ends = {n for n, t in enumerate(tokens) if t[0] in SIGNS}
    verbs = [n for n in verbs if tokens[n][0] not in _GOES or n + 1 in ends | {len(tokens)}]
    if not verbs or tokens[verbs[0]][0] in language.reads:
        return None
    at = verbs[0]
    if at + 1 < len(tokens) and tokens[at + 1][0] == ":":
        return None
    if leads_on and not text[:stop].rstrip().endswith(","):
        return None
    between = [t for t in tokens[:at] if t[0] not in language.between]
    if any(t[0] in language.stops for t in between[:1]) or any(t[0] in ":;" for t in between):
        return None
    if not between:
        behind = tokens[at + 1 : at + 2]
        is_last = not behind or behind[0][0] in SIGNS
        split = before_verb(ahead, language) if is_last else None  # „Dent hat „…“ gesagt“
        return Frame(*split, tokens[at][3]) if split else _inverted(tokens, at, language)
    subject = _subject(tokens, at, language)
    if subject is None:
        return None
    return Frame(subject[0], subject[1], subject[2], tokens[at][3])


def _inverted(tokens: Tokens, at: int, language: Table) -> Frame:
    start, rest = tokens[at][2], tokens[at + 1 :]
    if tokens[at][0] in language.own_forms:
        return Frame(Whose.OWN, None, start, tokens[at][3])
    while rest and rest[0][0] in language.between | {"-"}:
        rest.pop(0)
    if rest and rest[0][0] in language.mine:
        return Frame(Whose.OWN, None, start, rest[0][3])
    if rest and rest[0][0] in language.others - language.articles:
        return Frame(Whose.OTHERS, None, start, rest[0][3])
    name = _named_behind(rest, language)
    return Frame(Whose.OTHERS, name, start, name.end if name else tokens[at][3])


def _named_behind(rest: Tokens, language: Table) -> Span | None:
    """Return the name behind a verb: "said the chairman, Viktor Chebrikov"."""
    name = noun_phrase(rest, language)
    comma = next((n for n, t in enumerate(rest) if t[0] == ","), len(rest))
    is_office = any(t[0] in language.articles for t in rest[:comma])
    named = rest[comma + 1 :]
    if name is not None and is_office and is_named(named, language):
        return noun_phrase(named, language)
    return name
