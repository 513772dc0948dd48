"""Quotations of a manuscript, each with its attribution as printed beside it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from qa.framing import LANGUAGES, Whose, frame_of
from qa.quotations.manuscripts import Paragraph
from qa.quotations.words import plain_words

_QUOTED = re.compile(
    r"“(?P<a>[^“”]*(?:“[^“”]*”[^“”]*)*)(?:”|$)|„(?P<b>[^„“”]+)(?:[“”]|$)|«(?P<c>[^«»]+)(?:»|$)"
    r"|»(?P<d>[^«»]+)«|\"(?P<e>[^\"]+)\"|「(?P<f>[^「」]+)」|『(?P<g>[^『』]+)』|‹(?P<h>[^‹›]+)›"
    r"|(?<![\w’])‘(?P<i>[^‘]+?)’(?!\w)|(?<!\w)'(?P<j>[^'\s](?:[^']|(?<=\w)'(?=\w))*)'(?!\w)"
)
_CAPITAL = r"[^\W\d_a-zà-öø-ÿа-яё][\w.’'-]*"
_LOWER = (
    r"(?:of|the|von|van|de|der|den|des|du|la|di|al|minister|chief|chairman|deputy|head|secretary|"
    r"president|general|officer|director|spokesman|spokeswoman|ambassador|professor|historian|"
    r"für|für die)"
)
_NAME = rf"(?P<who>{_CAPITAL}(?:,?\s+{_LOWER}|\s+{_CAPITAL}){{0,8}}(?<=[\w.]))"
_VERB = (
    r"(?:said|says|told|tells|added|adds|wrote|writes|explained|explains|replied|replies|asked|"
    r"answered|warned|insisted|declared|claimed|claims|stated|states|noted|recalled|argued|"
    r"admitted|conceded|remarked|observed|continued|complained|concluded|"
    r"sagte|sagt|erklärte|erklärt|meinte|schrieb|schreibt|betonte|fragte|antwortete|"
    r"dit|déclare|déclara|écrit|affirme|explique|répond|"
    r"dijo|dice|declaró|afirmó|explicó|escribió|"
    r"сказала?|заявила?|отметила?|говорит|говорила?|писала?|пишет)"
)
_ADVERB = r"(?:\s+(?:also|later|then|even|only|once|again|auch|dann|später|a|ha))?"
_AFTER = (
    re.compile(rf"^\s*[,–—-]?\s*{_VERB}\s+{_NAME}"),
    re.compile(rf"^\s*[,–—-]?\s*{_NAME}{_ADVERB}\s+{_VERB}\b(?!\s*:)"),
    re.compile(rf"^\s*,?\s*(?:so|according to|laut|selon|según|по словам)\s+{_NAME}"),
    re.compile(rf"^\s*\(?[–—-]{{1,2}}\s*{_NAME}"),
    re.compile(rf"^\s*\({_NAME}[,)]"),
)
_BEFORE = (
    re.compile(
        rf"{_NAME}{_ADVERB}\s+{_VERB}(?:\s+[^\s.;:]+){{0,6}}?\s*(?:that|dass|que|что)?\s*[:,]?\s*$"
    ),
    re.compile(rf"{_NAME}\s*(?:\([^()]*\)\s*)?:\s*$"),
    re.compile(
        rf"(?:[Aa]ccording to|[Ii]n the words of|[Nn]ach|[Ll]aut|[Ss]elon|[Ss]egún|[Пп]о словам)\s+"
        rf"{_NAME}\s*[,:]?\s*$"
    ),
    re.compile(rf"{_VERB}\s+{_NAME}\s*[:,]\s*$"),
    re.compile(r"(?:^|\s)(?P<who>\S{1,20}?)(?:은|는|이|가)\s*$"),
)
_PRONOUNS = frozenset(
    "he she they it we i er sie es wir il elle ils elles nous yo él ella ellos он она они мы я 그 "
    "그녀".split()
)
_NO_NAMES = frozenset(
    "the a an but and so in on at as yet then when while der die das und aber".split()
)
_ARTICLES = tuple(f" {word}" for word in "the a der die das dem den le la el los".split())
_INITIAL = 2
_SIGNED = re.compile(rf"\s*[–—]\s*{_NAME}[^“”\"]{{0,80}}$")


@dataclass(frozen=True, slots=True)
class Quoted:
    """A quotation of a manuscript.

    Attributes:
        where: in the file.
        text: its words, without quotation marks.
        attribution: to whom it is attributed, as printed; None where nobody is named.
    """

    where: str
    text: str
    attribution: str | None


def quotations_of(paragraphs: Sequence[Paragraph]) -> Iterator[Quoted]:
    """Yield every quotation in order: in quotation marks, or set as one."""
    for number, paragraph in enumerate(paragraphs):
        before = paragraphs[number - 1].text if number else ""
        after = paragraphs[number + 1].text if number + 1 < len(paragraphs) else ""
        if paragraph.is_quotation:
            yield from _set_apart(paragraph, before, after)
        else:
            yield from _in_marks(paragraph)


def _set_apart(paragraph: Paragraph, before: str, after: str) -> Iterator[Quoted]:
    text, who = paragraph.text, None
    if signed := _SIGNED.search(text):
        text, who = text[: signed.start()], _named(signed["who"])
    elif re.match(r"\s*[–—]", after) and (signed := _SIGNED.match(after)):
        who = _named(signed["who"])
    else:
        who = _found(_BEFORE[:2], before)
    if plain_words(text):
        yield Quoted(paragraph.where, text.strip(), who)


def _in_marks(paragraph: Paragraph) -> Iterator[Quoted]:
    text = paragraph.text
    found = [m for m in _QUOTED.finditer(text) if plain_words(_inside(m))]
    for at, match in enumerate(found):
        start = found[at - 1].end() if at else 0
        end = found[at + 1].start() if at + 1 < len(found) else len(text)
        # Behind a full stop a new sentence begins, which is about what comes next.
        is_whole = _inside(match).rstrip().endswith((".", ";"))
        ahead = _found(_AFTER[3:] if is_whole else _AFTER, text[match.end() : end][:160])
        behind = _found(_BEFORE, _last_sentence(text[start : match.start()]))
        who = ahead or behind or _framed(text, match, start, end)
        yield Quoted(paragraph.where, _inside(match).strip(), who)


def _framed(text: str, match: re.Match[str], start: int, end: int) -> str | None:
    """Return the name in the words around, appositions passed over; None where none is one."""
    frame = frame_of(text, match.start(), match.end(), LANGUAGES, start, end)
    if frame is None or frame.whose is not Whose.OTHERS or frame.name is None:
        return None
    name = text[frame.name.start : frame.name.end]
    before = text[: frame.name.start].rstrip().casefold()
    is_noun = " " not in name and before.endswith(_ARTICLES)
    if is_noun or not (name[:1].isupper() or not name.isascii()):
        return None
    return _named(name)


def _inside(match: re.Match[str]) -> str:
    return next(group for group in match.groups() if group is not None)


def _last_sentence(text: str) -> str:
    cut = [m.end() for m in re.finditer(r"(?<=[^\W\d_]{3})[.!?][”\"’)]*\s+(?=\S)", text)]
    return text[cut[-1] :] if cut else text


def _found(patterns: Sequence[re.Pattern[str]], text: str) -> str | None:
    for pattern in patterns:
        for match in pattern.finditer(text):
            if name := _named(match["who"]):
                return name
    return None


def _named(words: str) -> str | None:
    """Return a name without what begins the sentence; None for a pronoun."""
    parts = words.strip(" ,;").split()
    while parts and parts[0].casefold() in _NO_NAMES:
        parts.pop(0)
    while parts and not parts[-1][0].isupper() and parts[-1].isascii():
        parts.pop()
    name = " ".join(parts).strip(" ,;")
    if name.endswith(".") and len(parts[-1]) > _INITIAL:
        name = name[:-1]
    return None if not name or name.casefold() in _PRONOUNS else name
