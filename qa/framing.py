"""Words in quotation marks inside a text, and whom the words around them name as speaking.

A witness who says ‘Mr Dent told me: “…”’ does not say what stands in the marks herself. Who does is
told by the words around: a verb of saying with its subject, "according to", a name with a colon.
Without a parser these are the words of :data:`_TONGUES`; what is not understood is nobody's.
"""

from __future__ import annotations

import re
import weakref
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import Enum, auto
from itertools import takewhile

from corpus.folding import fold
from corpus.transcript import Span, Transcript

QUOTED = re.compile(
    r"“(?P<a>[^“”]*(?:“[^“”]*”[^“”]*)*)(?:”|$)|„(?P<b>[^„“”]+)(?:[“”]|$)|«(?P<c>[^«»]+)(?:»|$)"
    r"|»(?P<d>[^«»]+)«|(?<!\w)\"(?P<e>[^\"]+)\"(?!\w)|「(?P<f>[^「」]+)」|『(?P<g>[^『』]+)』"
    r"|‹(?P<h>[^‹›]+)›|›(?P<l>[^‹›]+)‹|‚(?P<m>[^‚‘]+)‘(?!\w)|‚(?P<n>[^‚‘’]+)’(?!\w)"
    r"|(?<![\w’])‘(?P<i>[^‘]+?)’(?!\w)"
    r"|(?<!\w)'(?P<j>[^'\s](?:[^']|(?<=\w)'(?=\w))*)'(?!\w)"
)
_SPOKEN = re.compile(
    r"\b(?:quote|Zitat|je cite|цитирую|cito)\b\s*[,:.–-]?\s*(?P<k>[^\n]{3,2000}?)\s*[,.:–-]?\s*\b"
    r"(?:unquote|end (?:of )?quote|close quote|Zitat Ende|Ende (?:des )?Zitats?|fin de (?:la )?"
    r"citation|конец цитаты|fin de (?:la )?cita)\b",
    re.IGNORECASE,
)
_FEWEST = 4
"""Words in marks that are a saying though nobody is named; fewer are a term or a title."""
_AROUND = 220
_PARAGRAPH = re.compile(r"\n[ \t]*\n")
_SENTENCE_END = re.compile(
    r"(?:(?<!\b[Mm]r)(?<!\b[Mm]rs)(?<!\b[Mm]s)(?<!\b[Dd]r)(?<!\bSt)(?<!\bProf)(?<!\bGen)(?<!\bCol)"
    r"(?<!\b[^\W\d_])[.]|[!?…])[”\"’»)\]]*\s+(?=\S)|[。！？]"
)
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
_SIGNS = frozenset(',:;.!?–—-()"“”„«»')
_MY = frozenset("my our mein meine unsere mon ma notre mi nuestra мой моя мои наш".split())
"""Before a colon: "My answer was:"."""
_GOES = frozenset("go goes went like put called".split())
"""Verbs of saying right beside what is said alone: "and he goes, “…”"."""
_LETTING = frozenset(
    "let lets allow permit lass lasst lassen laisse laisser laissez permettez permets deja dejame "
    "deje dejeme permitame позволь позвольте разрешите дай дайте".split()
)
"""Before "me" and a verb of saying, the speaker is about to say it."""
_FURTHEST = 14
"""Words between a verb of saying and what is said."""


class Whose(Enum):
    """Whose words stand in quotation marks."""

    OWN = auto()
    """The speaker's or writer's own."""
    OTHERS = auto()
    UNKNOWN = auto()


@dataclass(frozen=True, slots=True)
class Frame:
    """Who is said to speak.

    Attributes:
        whose: the words are.
        name: where whoever speaks is called, by name or "the newspaper"; None for a pronoun.
        start: of the words that say so.
        end: of them, exclusive.
    """

    whose: Whose
    name: Span | None
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Inner:
    """Words in quotation marks.

    Attributes:
        start: of the words, without the marks.
        end: of them, exclusive.
        whose: they are.
        name: of whoever is said to say them; None where nobody is named.
        frame: the words that say so; None where none do.
    """

    start: int
    end: int
    whose: Whose
    name: Span | None
    frame: Span | None


def _set(text: str) -> frozenset[str]:
    return frozenset(text.split())


@dataclass(frozen=True, slots=True)
class _Tongue:
    """Words of one language, folded; ``*`` at the end stands for any ending."""

    says: frozenset[str]
    mine: frozenset[str]
    others: frozenset[str]
    between: frozenset[str]
    articles: frozenset[str]
    own_forms: frozenset[str] = frozenset()
    reads: frozenset[str] = frozenset()
    stops: frozenset[str] = frozenset()
    according: str = "(?!)"
    nouns_are_large: bool = False

    def is_saying(self, word: str) -> bool:
        """Whether a folded word is a verb of saying, hearing or reading."""
        return _has(self.says, word) or word in self.reads or word in self.own_forms


def _has(words: frozenset[str], word: str) -> bool:
    return word in words or any(w[-1] == "*" and word.startswith(w[:-1]) for w in words)


_TONGUES: Mapping[str, _Tongue] = {
    "en": _Tongue(
        says=_set(
            "said says say saying told tells tell telling wrote writes write writing asked asks "
            "ask answered answers replied replies added adds declared declares explained explains "
            "claimed claims stated states insisted insists warned warns shouted shouts cried "
            "called announced argued argues admitted admits conceded remarked observed noted notes "
            "recalled recalls remembered remembers continued complained concluded thought thinks "
            "believed believes "
            "went goes go like put whispered muttered yelled screamed ordered commanded maintained "
            "responded joked testified acknowledged promised quipped stressed urged"
        ),
        reads=_set("read reads heard hear quote quoted cite cited"),
        mine=_set("i we"),
        others=_set("he she they you it somebody someone everybody everyone people one who him"),
        between=_set(
            "is was are were be had has have would will did do does used to just always never "
            "often also then there later even once only again still simply actually really kept 's "
            "has publicly finally recently all both himself herself not"
        ),
        articles=_set("the a an my your his her our their this that these those some every"),
        stops=_set("and but or that when because if as since while so then after before though"),
        according=r"according to|in the words of",
    ),
    "de": _Tongue(
        says=_set(
            "sagte sagten sagt sagen gesagt sagst erklarte erklart erklarten meinte meint gemeint "
            "schrieb schreibt geschrieben schrieben fragte fragt gefragt antwortete antwortet "
            "geantwortet behauptete behauptet betonte betont rief rufen gerufen erzahlte erzahlt "
            "berichtete berichtet warnte forderte hiess heisst dachte gedacht erwiderte ausserte "
            "entgegnete erganzte versicherte"
        ),
        reads=_set("las gelesen lesen horte gehort zitiere"),
        mine=_set("ich wir"),
        others=_set("er sie es man ihr du jemand leute wer einer"),
        between=_set(
            "hat haben hatte hatten habe mir mich uns ihm ihr ihnen dann damals auch nur noch "
            "wieder einmal mal immer oft sich zu da so schon wurde wird am im dazu spater"
        ),
        articles=_set(
            "der die das den dem des ein eine einer einem einen mein meine meinem dein seine sein "
            "ihre unser unsere jeder"
        ),
        stops=_set("und aber oder dass als weil wenn da denn"),
        according=r"laut|nach den worten (?:von|des|der)|zufolge|nach angaben (?:von|des|der)",
        nouns_are_large=True,
    ),
    "fr": _Tongue(
        says=_set(
            "dit disait disaient disent dire declare declara declarait ecrit ecrivait ecrivit "
            "affirme affirma affirmait explique expliqua repond repondit repondu demande demanda "
            "dis disais repondis ecrivis demandai criai raconte raconta ajoute "
            "ajouta crie cria crie pretend repetait annonce annonca"
        ),
        reads=_set("lu lisait entendu cite"),
        mine=_set("j' je"),
        others=_set("il elle on ils elles tu vous quelqu' qui"),
        between=_set(
            "a ai as ont avait avaient avons est m' t' s' l' me te se lui leur nous y en ne pas "
            "alors puis aussi toujours ensuite deja encore souvent"
        ),
        articles=_set("le la les l' un une des mon ma mes son sa ses notre nos leur ce cette"),
        stops=_set("et mais ou que quand parce comme si lorsque"),
        according=r"selon|d['’]apres|aux dires de",
    ),
    "es": _Tongue(
        says=_set(
            "dijo dijeron dice dicen decia decian declaro afirmo explico escribio pregunto "
            "respondio conto contesto anadio grito aseguro dicho"
        ),
        own_forms=_set("dije dijimos digo decimos escribi pregunte respondi conteste"),
        reads=_set("lei escuche"),
        mine=_set("yo nosotros nosotras"),
        others=_set("el ella ellos ellas usted ustedes tu alguien quien"),
        between=_set("me te le les nos se ha han habia entonces luego tambien siempre ya no"),
        articles=_set("el la los las un una mi su sus mis nuestro nuestra este esta"),
        stops=_set("y pero o que cuando porque si como"),
        according=r"segun|en palabras de",
    ),
    "ru": _Tongue(
        says=_set(
            "сказал* говорил* говорит говорят говорю заявил* заявляет отметил* написал* писал* "
            "пишет пишут спросил* ответил* утверждал* утверждает объяснил* добавил* крикнул* "
            "закричал* подумал* думал* сообщил* рассказал* произнес*"
        ),
        reads=_set("прочитал прочла читал слышал слышала услышал цитирую"),
        mine=_set("я мы"),
        others=_set("он она они оно вы ты кто кто-то"),
        between=_set("мне нам ему ей им вам тебе мои тогда потом также всегда тоже еще уже нас"),
        articles=_set("мои моя мое наш наша его ее их этот эта"),
        stops=_set("и а но или что когда потому если как"),
        according=r"по словам|по мнению|как сказал[аи]?|как писал[аи]?|согласно",
    ),
}  # fmt: skip
LANGUAGES = (*_TONGUES, "ko")
"""ISO 639-1 codes of the languages in which it is told who speaks."""
_KOREAN_SUBJECT = re.compile(
    r"(?P<name>(?:[^\s,.“”\"‘’]{1,20}\s(?:씨|님|선생|장관|대통령|의장))|[^\s,.“”\"‘’]{1,20}?)"
    r"(?:께서|은|는|이|가)\s+(?:[^\s.“”\"]+\s+){0,4}$"
)
_KOREAN_SELF = frozenset("나 저 내 제 우리 저희".split())
_KOREAN_SAID = re.compile(r"^\s*(?:이라고|라고|하고|고|이라며|라며|라면서|며|는|이란)(?![가-힣])")
_KOREAN_BEHIND = re.compile(
    r"^\s*(?:이라고|라고|하고|고)\s+(?P<name>[^\s,.]{1,20}?)(?:께서|은|는|이|가)\s"
)
_KOREAN_ACCORDING = re.compile(r"(?P<name>[^\s,.]{1,20}?)(?:의 말)?에 (?:따르면|의하면)\s*,?\s*$")


def inside_of(match: re.Match[str]) -> Span:
    """Return the place of the words in the marks."""
    groups = match.groupdict().items()
    return next(Span(*match.span(name)) for name, part in groups if part is not None)


def frame_of(
    text: str, start: int, end: int, languages: tuple[str, ...], low: int, high: int
) -> Frame | None:
    """Return whom the words beside a quotation name.

    Args:
        text: that holds it.
        start: of the quotation, marks included.
        end: of it, exclusive.
        languages: ISO 639-1 codes of those that it may be in.
        low: where to look from: the end of the quotation before.
        high: where to look to: the beginning of the next one.
    """
    ahead = Span(max(low, start - _AROUND), start)
    after = Span(end, min(high, end + _AROUND))
    if "ko" in languages and (found := _korean(text, ahead, after)):
        return found
    inside = text[start:end].rstrip("”\"’‘»“«'‹›」』 ")
    tongues = [_TONGUES[one] for one in languages if one in _TONGUES]
    first_behind = inside.endswith((",", "?", "!", "—", "–")) or bool(
        re.match(r"\s*[,–—]", text[after.start : after.end])
    )
    is_whole = inside.endswith((".", ";"))
    is_led = bool(re.search(r"[:,]\s*$", text[ahead.start : ahead.end]))
    is_term = len(inside.split()) < _FEWEST and not first_behind
    if is_term and not is_led:
        return None
    for tongue in tongues:
        lead = _lead(text, ahead, tongue)
        tail = None if is_whole and not first_behind else _tail(text, after, high, tongue)
        found = (tail or lead) if first_behind and not is_led else (lead or tail)
        if found is not None:
            return found
    return None


def _tokens(text: str, span: Span) -> list[tuple[str, str, int, int]]:
    """Return folded words and signs, each as printed and with its place."""
    found = []
    for m in _TOKEN.finditer(text, span.start, span.end):
        word = fold(m[0]).text.replace("’", "'")
        if len(word) > 1 and word[0] == "-":
            word = word[1:].removeprefix("t-")
        found.append((word, m[0], m.start(), m.end()))
    return [(w.rstrip(".") if len(w) > 1 else w, p, a, b) for w, p, a, b in found]


_Tokens = list[tuple[str, str, int, int]]


def _lead(text: str, ahead: Span, tongue: _Tongue) -> Frame | None:
    part = text[ahead.start : ahead.end]
    cuts = [m.end() for m in _SENTENCE_END.finditer(part)]
    if re.search(r"[.!?][”\"’»)]*\s*$", part):
        return None
    tokens = _tokens(text, Span(ahead.start + (cuts[-1] if cuts else 0), ahead.end))
    if not tokens:
        return None
    if according := re.search(rf"\b(?:{tongue.according})\s", fold(part).text):
        begins = [t for t in tokens if t[0] in fold(according[0]).text.split()]
        if begins and (name := _noun_phrase(tokens[tokens.index(begins[-1]) + 1 :], tongue)):
            return Frame(Whose.OTHERS, name, begins[0][2], ahead.end)
    verbs = [n for n, t in enumerate(tokens) if tongue.is_saying(t[0])]
    last = max((n for n, t in enumerate(tokens) if t[0] not in _SIGNS), default=-1)
    verbs = [n for n in verbs if tokens[n][0] not in _GOES or n == last]
    verbs = [n for n in verbs if len(tokens) - n <= _FURTHEST and not _is_noun(tokens, n, tongue)]
    if verbs:
        return _of_verb(tokens, verbs[-1], tongue, ahead.end)
    if tokens[-1][0] == ":":
        if any(t[0] in _MY for t in tokens[-6:]):
            return Frame(Whose.OWN, None, tokens[0][2], ahead.end)
        return _of_colon(tokens[:-1], tongue, ahead.end)
    return None


def _is_noun(tokens: _Tokens, at: int, tongue: _Tongue) -> bool:
    return at > 0 and tokens[at - 1][0] in tongue.articles - tongue.others - tongue.between


def _of_verb(tokens: _Tokens, at: int, tongue: _Tongue, end: int) -> Frame:
    verb = tokens[at]
    start = verb[2]
    if verb[0] in tongue.own_forms:
        return Frame(Whose.OWN, None, start, end)
    subject = _before_verb(tokens[:at], tongue)
    if subject is None:
        behind = _noun_phrase(tokens[at + 1 :], tongue)
        pronoun = next((t for t in tokens[at + 1 :] if t[0] in tongue.mine), None)
        is_own = pronoun is not None
        subject = (Whose.OWN, None, start) if is_own else (Whose.OTHERS, behind, start)
    whose, name, first = subject
    if verb[0] in tongue.reads and whose is Whose.OWN:
        whose = Whose.OTHERS
    return Frame(whose, name, first, end)


def _before_verb(tokens: _Tokens, tongue: _Tongue) -> tuple[Whose, Span | None, int] | None:
    """Return the subject that stands before a verb, appositions passed over."""
    rest = list(tokens)
    while rest and (rest[-1][0] in tongue.between or rest[-1][1].endswith("ly")):
        if rest[-1][1][:1].isupper() and rest[-1][1].endswith("ly"):
            break  # Mr Reilly is no adverb
        rest.pop()
    if rest and rest[-1][0] in _AND:
        return _of_clause(rest[:-1], tongue)
    segments: list[_Tokens] = [[]]
    for token in rest:
        if token[0] in _SIGNS - {"."}:
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
        found = _pronoun(segment, tongue)
        if found is not None:
            return found
        name = _noun_phrase(_clause(segment, tongue), tongue)
        if name is not None and (not trailing or _is_named(segment, tongue)):
            return Whose.OTHERS, name, name.start
    last = looked[-1]
    name = _noun_phrase(_clause(last, tongue), tongue)
    if name is None:
        return None
    return Whose.OTHERS, name, name.start


def _of_clause(tokens: _Tokens, tongue: _Tongue) -> tuple[Whose, Span | None, int] | None:
    """Return the subject of the clause that tokens end with: "Dent looked at me (and said)".

    It begins the clause; in German one verb may stand before it. What stands farther behind is
    looked at, spoken to or gone to.
    """
    at = max((n for n, t in enumerate(tokens) if t[0] in _SIGNS - {"."}), default=-1)
    words = _clause(tokens[at + 1 :], tongue)
    while words and words[0][0] in tongue.between:
        words.pop(0)
    for number, token in enumerate(words[: 1 + tongue.nouns_are_large]):
        if token[0] in tongue.mine:
            return Whose.OWN, None, token[2]
        if token[0] in tongue.others | tongue.articles:
            return Whose.OTHERS, None, token[2]
        if token[1][:1].isupper():
            name = takewhile(lambda one: one[1][:1].isupper(), words[number:])
            return Whose.OTHERS, _without_stop(list(name)), token[2]
    return None


def _pronoun(segment: _Tokens, tongue: _Tongue) -> tuple[Whose, Span | None, int] | None:
    letting = next((t for t in segment[-2:] if t[0].split("-")[0] in _LETTING), None)
    if letting is not None:
        return Whose.OWN, None, letting[2]
    for token in reversed(segment):
        word = token[0]
        if word in tongue.mine:
            return Whose.OWN, None, token[2]
        if word in tongue.others:
            return Whose.OTHERS, None, token[2]
        is_large = token[1][:1].isupper() and token is not segment[0]
        if is_large or word in tongue.articles or word in tongue.stops:
            return None
    return None


def _clause(segment: _Tokens, tongue: _Tongue) -> _Tokens:
    """Return the words of the last clause."""
    at = max((n for n, t in enumerate(segment) if t[0] in tongue.stops), default=-1)
    return segment[at + 1 :]


def _is_named(segment: _Tokens, tongue: _Tongue) -> bool:
    words = [t for t in _clause(segment, tongue) if t[0] not in tongue.between]
    return bool(words) and words[0][1][:1].isupper() and words[0][0] not in tongue.articles


def _noun_phrase(tokens: _Tokens, tongue: _Tongue) -> Span | None:
    """Return a name among words, else what they call somebody; without articles."""
    words: _Tokens = []
    for token in tokens:
        if token[0] in _SIGNS - {"."} or token[0] in tongue.stops:
            if words:
                break
            continue
        words.append(token)
    while words and words[0][0] in tongue.articles | tongue.between:
        words.pop(0)
    while words and words[-1][0] in tongue.between:
        words.pop()
    if not words or words[0][0] in tongue.others | tongue.mine:
        return None
    large = [n for n, t in enumerate(words) if t[1][:1].isupper() or t[1][:1].isdigit()]
    large = [n for n in large if words[n][0] not in tongue.articles]
    if large:
        first, last = large[0], large[-1]
        if first and len(large) > 1 and words[first - 1][0] in ("in", "at", "on", "from", "aus"):
            first = large[1]
        return _without_stop(words[first : last + 1])
    return _without_stop(words[:4])


def _without_stop(words: _Tokens) -> Span:
    """Return the place of words; a full stop behind them that abbreviates nothing is not theirs."""
    word, printed, _, end = words[-1]
    abbreviates = len(word) <= 2 or word in ("jr", "sr")  # noqa: PLR2004
    return Span(words[0][2], end - (printed.endswith(".") and not abbreviates))


def _of_colon(tokens: _Tokens, tongue: _Tongue, end: int) -> Frame | None:
    """Return whom a name before a colon names; brackets and an office behind it passed over."""
    words = list(tokens)
    if words and words[-1][0] == ")":
        while words and words[-1][0] != "(":
            words.pop()
        words = words[:-1]
    commas = [n for n, t in enumerate(words) if t[0] in _SIGNS - {"."}]
    if len(commas) == 1 and _is_named(words[: commas[0]], tongue):
        words = words[: commas[0]]
    elif commas:
        words = words[commas[-1] + 1 :]
    if not words or not any(t[1][:1].isupper() for t in words):
        return None
    name = _noun_phrase(words, tongue)
    if name is None or name.end != words[-1][3] or words[-1][1][:1].islower():
        return None
    return Frame(Whose.OTHERS, name, name.start, end)


def _tail(text: str, after: Span, high: int, tongue: _Tongue) -> Frame | None:
    part = text[after.start : after.end]
    cut = _SENTENCE_END.search(part)
    stop = after.start + (cut.start() + 1 if cut else len(part))
    tokens = _tokens(text, Span(after.start, stop))
    leads_on = stop >= high and bool(re.search(r"[^\s.,;!?]\s*$|:\s*$|,\s*$", text[:high]))
    while tokens and tokens[0][0] in {",", "–", "—", "-", "("}:
        tokens.pop(0)
    if not tokens:
        return None
    head = fold(part).text.lstrip(" ,–—-")
    found = re.match(rf"(?:so|{tongue.according})\s+", head)
    if found:
        skip = len(found[0].split())
        name = _noun_phrase(tokens[skip:], tongue)
        return None if name is None else Frame(Whose.OTHERS, name, tokens[0][2], name.end)
    if tokens[0][0] in ("as", "wie", "comme", "как", "como"):
        tokens.pop(0)
    verbs = [n for n, t in enumerate(tokens[:16]) if tongue.is_saying(t[0])]
    ends = {n for n, t in enumerate(tokens) if t[0] in _SIGNS}
    verbs = [n for n in verbs if tokens[n][0] not in _GOES or n + 1 in ends | {len(tokens)}]
    if not verbs or tokens[verbs[0]][0] in tongue.reads:
        return None
    at = verbs[0]
    if at + 1 < len(tokens) and tokens[at + 1][0] == ":":
        return None
    if leads_on and text[stop - 1 : stop] != ",":
        return None
    ahead = [t for t in tokens[:at] if t[0] not in tongue.between]
    if any(t[0] in tongue.stops for t in ahead[:1]) or any(t[0] in ":;" for t in ahead):
        return None
    if not ahead:
        return _inverted(tokens, at, tongue)
    subject = _before_verb(tokens[:at], tongue)
    if subject is None:
        return None
    return Frame(subject[0], subject[1], subject[2], tokens[at][3])


def _inverted(tokens: _Tokens, at: int, tongue: _Tongue) -> Frame:
    start, rest = tokens[at][2], tokens[at + 1 :]
    if tokens[at][0] in tongue.own_forms:
        return Frame(Whose.OWN, None, start, tokens[at][3])
    while rest and rest[0][0] in tongue.between | {"-"}:
        rest.pop(0)
    if rest and rest[0][0] in tongue.mine:
        return Frame(Whose.OWN, None, start, rest[0][3])
    if rest and rest[0][0] in tongue.others - tongue.articles:
        return Frame(Whose.OTHERS, None, start, rest[0][3])
    name = _noun_phrase(rest, tongue)
    commas = [n for n, t in enumerate(rest) if t[0] == ","]
    if commas and name is not None and rest[0][0] in tongue.articles:
        # "said the chairman, Viktor Chebrikov"
        named = rest[commas[0] + 1 :]
        if _is_named(named, tongue):
            name = _noun_phrase(named, tongue)
    return Frame(Whose.OTHERS, name, start, name.end if name else tokens[at][3])


def _korean(text: str, ahead: Span, after: Span) -> Frame | None:
    part = text[ahead.start : ahead.end]
    sentence = ahead.start + max((m.end() for m in re.finditer(r"[.?!]\s+", part)), default=0)
    lead = text[sentence : ahead.end]
    behind = text[after.start : after.end]
    said = _KOREAN_SAID.match(behind)
    end = after.start + (said.end() if said else 0)
    if found := _KOREAN_ACCORDING.search(lead):
        return Frame(Whose.OTHERS, _moved(found, sentence), sentence + found.start(), ahead.end)
    if said and (found := _KOREAN_BEHIND.match(behind)):
        name = _moved(found, after.start)
        whose = Whose.OWN if found["name"] in _KOREAN_SELF else Whose.OTHERS
        return Frame(whose, name if whose is Whose.OTHERS else None, after.start, end)
    found = _KOREAN_SUBJECT.search(lead if lead.endswith(" ") else lead + " ")
    if found and (said or lead.rstrip().endswith((",", "는", "은", "이", "가"))):
        if found["name"] in _KOREAN_SELF:
            return Frame(Whose.OWN, None, sentence + found.start(), max(end, ahead.end))
        pronoun = found["name"] in ("그", "그녀", "그들", "누군")
        called = None if pronoun else _moved(found, sentence)
        return Frame(Whose.OTHERS, called, sentence + found.start(), max(end, ahead.end))
    return None


def _moved(found: re.Match[str], by: int) -> Span:
    start, end = found.span("name")
    return Span(by + start, by + end)


_known: dict[int, dict[int, tuple[Inner, ...]]] = {}


def inner_of(transcript: Transcript, start: int) -> tuple[Inner, ...]:
    """Return what stands in quotation marks in the speech, or the other block, around a place.

    Terms and titles in marks are left out. Outer ones come before those inside them.
    """
    blocks = _known.get(id(transcript))
    if blocks is None:
        blocks = _known[id(transcript)] = {}
        weakref.finalize(transcript, _known.pop, id(transcript), None)
    held = transcript.sentences_in(start, start + 1)
    if not held:
        return ()
    block = held[0].block
    if block not in blocks:
        sentences = _of_block(transcript, held[0].number)
        blocks[block] = tuple(_inner(transcript, *sentences))
    return blocks[block]


def _of_block(transcript: Transcript, number: int) -> tuple[int, int]:
    sentences = transcript.sentences
    first = last = number
    while first and sentences[first - 1].block == sentences[number].block:
        first -= 1
    while last + 1 < len(sentences) and sentences[last + 1].block == sentences[number].block:
        last += 1
    return sentences[first].start, sentences[last].end


def _inner(transcript: Transcript, start: int, end: int) -> Iterator[Inner]:
    code = transcript.record.language_code
    languages = (code,) if code in _TONGUES or code == "ko" else (*_TONGUES, "ko")
    text, at, last = transcript.text, start, None
    while at < end:
        found = _PARAGRAPH.search(text, at, end)
        stop = found.start() if found else end
        for inner in _of_paragraph(text, at, stop, languages, last):
            last = inner
            yield inner
        at = found.end() if found else end


def _of_paragraph(
    text: str, start: int, end: int, languages: tuple[str, ...], last: Inner | None
) -> Iterator[Inner]:
    part = text[start:end]
    places = [
        (Span(start + m.start(), start + m.end()), inside_of(m)) for m in QUOTED.finditer(part)
    ]
    places += [
        (Span(start + m.start(), start + m.end()), inside_of(m)) for m in _SPOKEN.finditer(part)
    ]
    places.sort()
    place: Span | None
    for number, (outer, words) in enumerate(places):
        low = places[number - 1][0].end if number else start
        high = places[number + 1][0].start if number + 1 < len(places) else end
        inside = Span(start + words.start, start + words.end)
        frame = frame_of(text, outer.start, outer.end, languages, low, high)
        is_single = text[outer.start] in "'‘"
        said = text[inside.start : inside.end]
        whose = Whose.UNKNOWN if frame is None else frame.whose
        name = None if frame is None else frame.name
        place = None if frame is None else Span(frame.start, frame.end)
        goes_on = last is not None and frame is None and not _says_more(text, last, outer, low)
        if goes_on and last is not None:
            whose, name, place = last.whose, last.name, last.frame
        elif frame is None and (is_single or len(said.split()) < _FEWEST):
            continue
        last = Inner(inside.start, inside.end, whose, name, place)
        yield last


def _says_more(text: str, last: Inner, outer: Span, low: int) -> bool:
    """Whether anything but who speaks stands between one quotation and the next."""
    begins = last.frame.end if last.frame is not None and last.frame.end > last.end else last.end
    between = text[begins : outer.start]
    frame = last.frame
    if frame is None or frame.end <= last.end:
        return True
    return bool(re.search(r"\w", between)) and len(between.split()) > 3  # noqa: PLR2004
