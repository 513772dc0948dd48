"""Text as it is searched: what is written in several ways is one, and each sign knows its place.

Alike are: capital and small letters; compatibility forms (full width, half width, ligatures,
superscripts, presentation forms); letters with and without accents or points; composed and
conjoining jamo; digits of all scripts; kinds of quotation marks, apostrophes, dashes and spaces;
letters that Unicode has twice without calling them equal (Malayalam chillus, Bengali khanda ta).
Signs nobody sees (soft hyphens, joiners, marks of direction) and square brackets are dropped.

Not dropped are marks that make another letter: vowel signs, viramas and tones of Indian and
South-East Asian scripts (their nuktas are points, save in Bengali and Odia), the voicing marks of
kana, and the Cyrillic letters of :data:`_OWN_LETTERS`. Not alike are Hiragana and Katakana, and
old and new forms of Han.
"""

from __future__ import annotations

import re
import unicodedata
from array import array
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import chain

from corpus.transcript import Span

JOINED = "\u00ad"
"""In folded text: here a hyphen stood at the end of a line, inside a word or between two."""

SEAM = "\u200b"
"""In folded text: here a word may begin or end, or go on."""

_SINGLE = "‘’‚‛‹›ʼʻʹʽˈ′‵`´＇׳’"
_DOUBLE = "“”„‟«»″‶〝〞〟「」『』＂״"
_SIGNS = {
    **dict.fromkeys(_SINGLE, "'"),
    **dict.fromkeys(_DOUBLE, '"'),
    "⁄": "/", "∕": "/", "ø": "o", "ł": "l", "đ": "d", "ð": "d", "ħ": "h", "ŧ": "t", "þ": "th",
    "æ": "ae", "œ": "oe", "ı": "i", "ĸ": "k", "ٱ": "ا", "ک": "ك", "ی": "ي", "ـ": "",
    "ൺ": "ണ്", "ൻ": "ന്", "ർ": "ര്", "ൽ": "ല്", "ൾ": "ള്", "ൿ": "ക്", "ൔ": "മ്", "ൕ": "യ്", "ൖ": "ഴ്",
    "ৎ": "ত্",
}  # fmt: skip
_HYPHENS = "-\u2010\u2011\u00ad¬֊⸗﹣－"
_DASHES = "\\-֊\u05be᐀᠆\u2010-\u2015\u2043\u2212⸗⸚⸺⸻⹀⹝〜〰\ufe31\ufe32\ufe58\ufe63\uff0d"
_WORD_SPACE = "\u1361"
"""Ethiopic sets a sign between words, in print; people type spaces."""
_LINE_ENDS = "\n\r\v\f\x1c-\x1e\x85\u2028\u2029"
_ASCII = (range(0x21, 0x7F),)
_LATIN = (range(0x21, 0x250), range(0x2010, 0x2070))
_ALL = (range(0x21, 0x1100), range(0x1E00, 0x2C00), range(0x3001, 0x3130))
_BEYOND_LATIN = re.compile("[\u0250-\u200f\u2070-\U0010ffff]")
# Signs of category Cf that are seen: they stand over or under the digits behind them.
_SEEN = frozenset("\u0600\u0601\u0602\u0603\u0604\u0605\u06dd\u070f\u0890\u0891\u08e2")
_NAMELESS = "\u034f\u115f\u1160\u17b4\u17b5\u180b-\u180f\u3164\ufe00-\ufe0f\uffa0"
_SUPPLEMENT = "\U000e0000-\U000e0fff"
_OWN_LETTERS = frozenset("йўїѓќ")
# Blocks in which a mark changes the letter.
_KEPT_MARKS = (
    (0x0900, 0x0950), (0x0955, 0x1CCF), (0x3099, 0x309A), (0xA800, 0xABFF), (0x11000, 0x11FFF),
)  # fmt: skip
_NUKTA = 7
"""The combining class of the points that write sounds of other languages."""
_NUKTA_LETTERS = ((0x0980, 0x09FF), (0x0B00, 0x0B7F))
# Whoever types it puts the tone before or behind the ring that is half of the vowel "am".
_TONE_BEHIND = re.compile("([\u0e4d\u0ecd])([\u0e48-\u0e4b\u0ec8-\u0ecb])")
_MARKLESS = "\uff9e\uff9f"
"""Voicing marks of half-width kana: letters by their category, marks by their use."""


@dataclass(frozen=True, slots=True)
class Folded:
    """A searchable text with the place of each character in the source.

    Attributes:
        text: one space (or line break) between words; :data:`JOINED` and :data:`SEAM` inside.
        begins: where in ``text`` each piece begins.
        starts: where in the source it begins.
        ends: where in the source it ends; 0 where the piece is as long as its source and
            character stands for character.
    """

    text: str
    begins: array[int]
    starts: array[int]
    ends: array[int]

    def source(self, start: int, end: int) -> Span:
        """Return the source of ``text[start:end]``, which must not be empty."""
        return Span(self._of(start).start, self._of(end - 1).end)

    def _of(self, place: int) -> Span:
        piece = bisect_right(self.begins, place) - 1
        if self.ends[piece]:
            return Span(self.starts[piece], self.ends[piece])
        at = self.starts[piece] + place - self.begins[piece]
        return Span(at, at + 1)


def fold(text: str) -> Folded:
    """Fold a text; offsets of the result are offsets into ``text``."""
    parts: list[str] = []
    begins, starts, ends = array("L"), array("L"), array("L")
    length = 0
    for kind, start, end in _pieces(text):
        folded = _as_folded(kind, text[start:end])
        if folded:
            begins.append(length)
            starts.append(start)
            ends.append(0 if kind == "plain" else end)
            parts.append(folded)
            length += len(folded)
    return Folded("".join(parts), begins, starts, ends)


def readable(text: str) -> str:
    """Fold all but case and the accents of Latin letters: what a stemmer should be given.

    A hyphen at a line end, inside a word or between two, becomes a hyphen and a space.
    """
    parts = []
    for kind, start, end in _pieces(text):
        piece = text[start:end]
        if kind == "plain" and piece.isascii():
            parts.append(piece)
        elif kind in ("plain", "cluster"):
            parts.append("".join(map(_with_latin_accents, _compatible(piece))))
        else:
            parts.append(_as_folded(kind, piece))
    return "".join(parts).replace(SEAM, " ").replace(JOINED, "- ")


@lru_cache(maxsize=4096)
def _with_latin_accents(char: str) -> str:
    return char if unicodedata.name(char, "").startswith("LATIN ") else _bare(char)


def is_hidden(char: str) -> bool:
    """Whether nobody sees the character."""
    return not char.isascii() and _hidden_class().match(char) is not None


def _pieces(text: str) -> Iterator[tuple[str, int, int]]:
    for match in _tokens(_blocks(text)).finditer(text):
        yield match.lastgroup or "", match.start(), match.end()


def _as_folded(kind: str, piece: str) -> str:
    match kind:
        case "plain":
            return piece.translate(_SIMPLE)
        case "space":
            return "\n" if _line_end().search(piece) else " "
        case "joined":
            return JOINED
        case "dash":
            return "-"
        case "hidden" | "soft":
            return SEAM if SEAM in piece else ""
        case "bracket":
            return ""
        case "jamo":
            return _syllable(piece)
    return folded_cluster(piece)


@lru_cache(maxsize=65536)
def folded_cluster(cluster: str) -> str:
    """Fold a character with the marks that stand on it."""
    # An iota under a letter is an accent until case folding writes it beside the letter.
    bare = "".join(map(_bare, _compatible(cluster)))
    composed = unicodedata.normalize("NFC", bare.casefold())
    folded = "".join(map(_bare, composed))
    return "".join(_SIGNS.get(char, char) for char in folded)


def _bare(char: str) -> str:
    """Return a composed character without the accents and points that may be left out."""
    if char == SEAM or char.lower() in _OWN_LETTERS:
        return char
    parts = unicodedata.normalize("NFD", char)
    kept = "".join(part for part in parts if not _may_be_left_out(part))
    return unicodedata.normalize("NFC", kept)


def _may_be_left_out(char: str) -> bool:
    if not unicodedata.category(char).startswith("M"):
        return False
    if unicodedata.combining(char) == _NUKTA:
        return not _is_among(char, _NUKTA_LETTERS)
    return not _is_among(char, _KEPT_MARKS)


def _is_among(char: str, blocks: tuple[tuple[int, int], ...]) -> bool:
    return any(first <= ord(char) <= last for first, last in blocks)


def _compatible(cluster: str) -> str:
    """Resolve compatibility forms; points that are no accents go as well."""
    seen = "".join(char for char in cluster if not is_hidden(char))
    result = "".join(_compatible_sign(char) for char in seen)
    result = _TONE_BEHIND.sub(r"\2\1", unicodedata.normalize("NFC", result))
    return "".join(char for char in result if not _is_point(char))


@lru_cache(maxsize=4096)
def _compatible_sign(char: str) -> str:
    if char in _SIGNS and not char.isalpha():
        return _SIGNS[char]
    digit = unicodedata.decimal(char, None)
    if digit is not None and not unicodedata.decomposition(char):
        return str(digit)
    found = unicodedata.normalize("NFKC", char)
    if any(part.isspace() for part in found):
        return char  # a spacing accent
    kind = unicodedata.decomposition(char).partition(" ")[0]
    found = "".join(_SIGNS.get(part, part) if not part.isalpha() else part for part in found)
    return SEAM + found if kind in ("<super>", "<sub>", "<fraction>") else found


def _is_point(char: str) -> bool:
    """Whether it is a point of Hebrew, Arabic or Syriac, or the stretching of Arabic words."""
    return char == "ـ" or ("\u0591" <= char <= "\u08ff" and unicodedata.category(char) == "Mn")


@lru_cache(maxsize=65536)
def _syllable(piece: str) -> str:
    """Compose jamo, conjoining or not, to syllables as far as they make some."""
    parts = [unicodedata.normalize("NFKC", char) for char in piece]
    for place in range(2, len(parts)):
        vowel_before = "\u1161" <= parts[place - 1] <= "\u1175"
        if vowel_before and "\u1100" <= parts[place] <= "\u1112":
            name = unicodedata.name(parts[place]).replace("CHOSEONG", "JONGSEONG")
            parts[place] = _named(name) or parts[place]
    return unicodedata.normalize("NFC", "".join(parts))


def _named(name: str) -> str:
    try:
        return unicodedata.lookup(name)
    except KeyError:
        return ""


class _Simple(dict[int, str]):
    """What each character folds to that always folds to exactly one."""

    def __missing__(self, code: int) -> str:
        char = chr(code)
        self[code] = char if char in " \n" else folded_cluster(char)
        return self[code]


_SIMPLE = _Simple()


@cache
def _hidden() -> str:
    """Return the hidden signs, as the inside of a character class."""
    found = "".join(
        char
        for char in map(chr, range(0x10000))
        if unicodedata.category(char) == "Cf" and char not in _SEEN
    )
    return re.escape(found) + _NAMELESS + _SUPPLEMENT


@cache
def _hidden_class() -> re.Pattern[str]:
    return re.compile(f"[{_hidden()}]")


@cache
def _line_end() -> re.Pattern[str]:
    return re.compile(f"[{_LINE_ENDS}]")


@cache
def _marks() -> str:
    """Return accents, points and vowel signs, as the inside of a character class.

    Those beyond the first 65,536 characters are left out: they stand for themselves.
    """
    hidden = _hidden_class()
    found = "".join(
        char
        for char in map(chr, range(0x300, 0x10000))
        if unicodedata.category(char).startswith("M") and not hidden.match(char)
    )
    return re.escape(found) + _MARKLESS


@cache
def _simple(blocks: tuple[range, ...]) -> str:
    """Return characters that fold to exactly one, whatever stands beside them."""
    other = re.compile(rf"[\[\]{_WORD_SPACE}{_DASHES}{re.escape(_HYPHENS)}]")
    found = "".join(
        char
        for char in map(chr, chain.from_iterable(blocks))
        if unicodedata.category(char)[0] in "LNPS"
        and not other.match(char)
        and not is_hidden(char)
        and len(folded_cluster(char)) == 1
    )
    return re.escape(found)


def _blocks(text: str) -> tuple[range, ...]:
    """Return blocks that hold most of the text: the fewer there are, the sooner we can begin."""
    if text.isascii():
        return _ASCII
    return _ALL if _BEYOND_LATIN.search(text) else _LATIN


@cache
def _tokens(blocks: tuple[range, ...]) -> re.Pattern[str]:
    """Return the pattern of pieces; with other ``blocks`` it makes other pieces, folded alike."""
    hidden, marks = ("\u00ad", "\u0300") if blocks is _ASCII else (_hidden(), _marks())
    simple = _simple(blocks)
    if blocks is _ALL:
        simple += "\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7a3"
    hyphens = re.escape(_HYPHENS)
    jamo = "\u1100-\u115e\ua960-\ua97c", "\u1161-\u11a7\ud7b0-\ud7c6", "\u11a8-\u11ff\ud7cb-\ud7fb"
    consonant, vowel = "\u3131-\u314e\uffa1-\uffbe", "\u314f-\u3163\uffc2-\uffdc"
    rules = (
        rf"(?P<plain>[{simple}]+(?:[ \n][{simple}]+){{0,200}}(?![{marks}]))",
        # A hyphen between two letters, and a line end behind it.
        rf"(?P<joined>[{hyphens}](?<=[^\W_].|[{marks}].)[{hidden}]*[^\S{_LINE_ENDS}]*"
        rf"[{_LINE_ENDS}][\s{hidden}]*(?=\w))",
        rf"(?P<space>[{hidden}]*[\s{_WORD_SPACE}][\s{hidden}{_WORD_SPACE}]*)",
        rf"(?P<hidden>(?!\u00ad)[{hidden}]+)",
        rf"(?P<soft>[{hidden}]+)",
        rf"(?P<dash>[{_DASHES}]+)",
        r"(?P<bracket>[\[\]])",
        rf"(?P<jamo>[{jamo[0]}]+[{jamo[1]}]+[{jamo[2]}]*"
        rf"|[\uac00-\ud7a3][{jamo[2]}]+"
        rf"|[{consonant}][{vowel}](?:[{consonant}](?![{vowel}]))?)",
        rf"(?P<cluster>.(?:[{hidden}]*[{marks}])*)",
    )
    return re.compile("|".join(rules), re.DOTALL)
