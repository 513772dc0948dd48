"""Reading the head of a line as a label: one function for each form.

A reader gets the words of one line and returns what the label would be, or None. It tells only
what *can* be a label; :mod:`corpus.labels.grammar` decides what is one.
"""

from __future__ import annotations

from dataclasses import dataclass

from corpus.labels import scan
from corpus.labels.names import (
    MAX_NAME,
    Likeness,
    Name,
    has_initials,
    is_capitals,
    is_cased,
    likeness,
)
from corpus.labels.words import ANSWER_SIGNS, EXAMINER_SIGNS, OFFICES, QUESTION_SIGNS, TITLES

_MAX_ALONE = 48
_MAX_ALONE_WORDS = 5
_MAX_KAGI = 12
_MAX_SIGN = 12
_MAX_UNCASED = 24
_SHORT_TITLE = 4
_ARMENIAN_STOP = "։"
_NOTE_SIGNS = "¹²³⁴⁵⁶⁷⁸⁹⁰*†‡"
_SEPARATORS = frozenset("|>=→⟶⇒»;/\\~·•␟¦")
_TAGS = frozenset(
    "a b br c code div em font h1 h2 h3 i li p pre s span strong sub sup td u ul v".split()
)
_MAX_PHRASE = 160
_MAX_PHRASE_WORDS = 24
EXAMINATION_WORDS = frozenset(
    "EXAMINATION DIRECT CROSS CROSS-EXAMINATION REDIRECT RECROSS RE FURTHER CONTINUED VOIR "
    "DIRE".split()
)
"""What headings of a hearing are made of."""


@dataclass(frozen=True, slots=True)
class Head:
    """The head of a line as a label; offsets count from the line's first sign.

    Attributes:
        name: as printed, without marks, times and numbers.
        start: where the name begins.
        end: behind everything that belongs to the label.
    """

    name: str
    start: int
    end: int


def voice_tag(text: str) -> Head | None:
    """``<v Anna Reed>`` of a subtitle file."""
    if not text.startswith("<v"):
        return None
    close = text.find(">", 0, MAX_NAME)
    blank = text.find(" ", 0, close)
    if close < 0 or blank < 0 or not text[blank:close].strip():
        return None
    return Head(text[blank:close].strip(), blank + 1, close + 1)


def _colon(text: str, start: int) -> Head | None:
    """A name from ``start`` to a colon, with marks around either."""
    colon = scan.colon_after(text, start, start + MAX_NAME + 30)
    if colon is None:
        return None
    name, begin = _unwrapped(text, start, colon)
    if likeness(name) is Likeness.NONE:
        return None
    return Head(name, begin, _behind(text, colon + 1))


def _behind(text: str, at: int) -> int:
    """Step over what closes a label: ``**``, a bracket, a time code in brackets."""
    while at < len(text) and text[at] in "*_]>" and not text.startswith("> ", at):
        at += 1
    after = scan.skip_blank(text, at)
    if text[after : after + 1] in scan.PARTNER:
        time = scan.time_at(text, after)
        return time if time is not None else at
    return at


def _unwrapped(text: str, start: int, end: int) -> tuple[str, int]:
    """Take marks, one pair of brackets and a time off a name; return it and where it begins."""
    begin = scan.skip_blank(text, start)
    while begin < end and (text[begin] in "*_#" or scan.invisible(text[begin])):
        begin = scan.skip_blank(text, begin + 1)
    stop = scan.back_over_blank(text, end, begin)
    while stop > begin and text[stop - 1] in "*_":
        stop = scan.back_over_blank(text, stop - 1, begin)
    if begin < stop and text[begin] in "[<【［〈〔":
        partner = scan.PARTNER[text[begin]]
        if text[stop - 1] == partner and text.find(partner, begin, stop) == stop - 1:
            begin, stop = begin + 1, stop - 1
    opened = scan.last_bracket(text[begin:stop])
    if opened and scan.is_time(text[begin + opened + 1 : stop - 1]):
        stop = scan.back_over_blank(text, begin + opened, begin)
    stop = _before_note(text, begin, _before_time(text, begin, stop))
    return text[begin:stop], begin


def _before_note(text: str, begin: int, stop: int) -> int:
    """Drop the number of a footnote at the end of a name, as in ``Reed[1]``."""
    while stop > begin + 1 and text[stop - 1] in _NOTE_SIGNS:
        stop -= 1
    opened = scan.last_bracket(text[begin:stop])
    # A number in round brackets may tell two people of one name apart.
    if opened and text[begin + opened] == "[" and text[begin + opened + 1 : stop - 1].isdecimal():
        return scan.back_over_blank(text, begin + opened, begin)
    return stop


def _before_time(text: str, begin: int, stop: int) -> int:
    """Drop a bare time at the end of a name, as in ``Anna Reed 0:03:``."""
    cut = text.rfind(" ", begin, stop)
    if cut > begin and scan.is_time(text[cut:stop]) and ":" in text[cut:stop]:
        return scan.back_over_blank(text, cut, begin)
    return stop


def plain_colon(text: str) -> Head | None:
    """``Name: words``, with signs, marks or invisible characters in front."""
    return _colon(text, scan.skip_marks(text, 0))


def timed_colon(text: str) -> Head | None:
    """``[00:01:02] Name: words`` and ``00:01 Name: words``."""
    behind = behind_time(text)
    return _colon(text, behind) if behind is not None else None


def behind_time(text: str) -> int | None:
    """Return where words begin behind a time at the start of a line; None without a time."""
    start = scan.skip_marks(text, 0)
    time = scan.time_at(text, start)
    if time is None:
        return None
    behind = scan.skip_blank(text, time)
    while behind < len(text) and (text[behind] in scan.DASHES or text[behind] in "|,"):
        behind = scan.skip_blank(text, behind + 1)
    return behind


def numbered_colon(text: str) -> Head | None:
    """``12. Name: words`` where turns are counted."""
    number = scan.number_at(text, scan.skip_blank(text, 0))
    if number is None:
        return None
    return _colon(text, scan.skip_marks(text, number))


def clock_line(text: str) -> Head | None:
    """``Anna Reed  0:03`` alone on its line, the time before or behind the name."""
    words = text.rstrip(" :：")
    behind = behind_time(words)
    if behind is not None and behind < len(words):
        name, begin = _unwrapped(words, behind, len(words))
        if _goes_on(name):
            return None
    else:
        opened = scan.last_bracket(words)
        cut = opened if opened else max(words.rfind(" "), words.rfind("\t"), words.rfind("\u3000"))
        if cut <= 0 or not scan.is_time(words[cut:].strip(scan.OPENING + scan.CLOSING + " \t")):
            return None
        name, begin = _unwrapped(words, 0, cut)
        name = name.rstrip(" |,-–—·")
    if likeness(name) is Likeness.NONE or len(name) > _MAX_ALONE:
        return None
    return Head(name, begin, len(text))


def _goes_on(name: str) -> bool:
    """Whether what stands behind a time is more than a name: a column, or the end of a sentence."""
    wide = "\t" in name or "  " in name or "\u3000" in name
    return wide or name[-1:] in scan.STOPS or name[-1:] in ",;" or name[-1:] in scan.DASHES


def timed_name(text: str) -> Head | None:
    """``00 04 12 CDR words``: a time, one word in capitals, and words without any sign between."""
    start = behind_time(text)
    if start is None:
        return None
    end = text.find(" ", start)
    name = text[start:end] if end > start else ""
    named = is_capitals(name) and likeness(name) is Likeness.STRONG and len(name) <= _MAX_SIGN
    return Head(name, start, end + 1) if named and not _goes_on(name) else None


def clock_beside(text: str) -> Head | None:
    """``Anna Reed [00:00:03] words`` and ``Anna Reed (0:03) words``."""
    head = text[:_MAX_ALONE]
    if "(" not in head and "[" not in head:
        return None
    for at, char in enumerate(head):
        if char in "([" and at:
            time = scan.time_at(text, at)
            if time is None or time >= len(text):
                return None
            name, begin = _unwrapped(text, 0, at)
            return Head(name, begin, time) if likeness(name) is Likeness.STRONG else None
    return None


def hash_line(text: str) -> Head | None:
    """``### Name`` alone on its line."""
    if not text.startswith("#"):
        return None
    name, begin = _unwrapped(text, 0, len(text))
    known = likeness(name) is not Likeness.NONE and len(name) <= _MAX_ALONE
    return Head(name, begin, len(text)) if known else None


def bold(text: str) -> Head | None:
    """``**Name** words``, or ``**Name**`` alone."""
    for mark in ("**", "__"):
        close = text.find(mark, 2, _MAX_ALONE + 4)
        if text.startswith(mark) and close > 0:
            name = text[2:close].strip().rstrip(".")
            if likeness(name) is Likeness.STRONG:
                return Head(name, 2, close + 2)
    return None


def bracket(text: str) -> Head | None:
    """``[Name] words``, ``<Name> words``, ``【Name】``."""
    if text[:1] not in ("[", "<", "【", "［", "〔", "〈"):
        return None
    close = text.find(scan.PARTNER[text[0]], 1, _MAX_ALONE)
    if close < 0 or likeness(text[1:close]) is Likeness.NONE or text[1] in "/!":
        return None
    if text[0] == "<" and (text[1:close] in _TAGS or f"</{text[1:close]}" in text):
        return None
    return Head(text[1:close].strip(), 1, close + 1)


def examination(text: str) -> Head | None:
    """``Q.`` and ``A.``: question and answer of an examination."""
    sign = text[:1]
    if folded_sign(sign) is None or not text[1:]:
        return None
    if text[1] in ".．)" or text[1] in scan.COLONS:
        behind = 2
    elif text[1] in "\t\u3000" or text[1:3] == "  ":
        behind = 1
    else:
        return None
    return Head(sign, 0, behind) if text[behind : behind + 1].strip() == "" else None


def bare_examination(text: str) -> Head | None:
    """``Q Words`` and ``A Words``, which sentences that begin with "A" look like too."""
    if folded_sign(text[:1]) is None or text[1:2] != " " or not text[2:3].isupper():
        return None
    return Head(text[:1], 0, 1)


def folded_sign(sign: str) -> str | None:
    """Return ``question`` or ``answer`` for a sign of an examination, else None."""
    if sign.islower():
        return None
    if sign.casefold() in QUESTION_SIGNS:
        return "question"
    return "answer" if sign.casefold() in ANSWER_SIGNS else None


def examiner(text: str) -> Head | None:
    """``BY MR. REED:`` or ``EXAMINATION BY MR. REED`` says who asks what follows."""
    first, _, rest = text.partition(" ")
    closed = is_capitals(text) or text[-1:] in scan.COLONS
    if first.upper() in EXAMINATION_WORDS and " BY " in text.upper() and closed:
        begin = text.upper().index(" BY ") + 4
        name = text[begin:].rstrip(":. ")
        named = likeness(name) is Likeness.STRONG
        return Head(name, begin, len(text)) if named else None
    colon = scan.colon_after(text, 0, MAX_NAME)
    if first.casefold() not in EXAMINER_SIGNS or colon is None or text[colon + 1 :].strip():
        return None
    name = rest[: colon - len(first) - 1].strip()
    named = likeness(name) is Likeness.STRONG and (is_capitals(first) or first[0].isupper())
    return Head(name, len(first) + 1, colon + 1) if named else None


def stop(text: str) -> Head | None:
    """``THE COURT. words`` and ``Mr. SMITH. words``, with or without a dash."""
    stop = _name_stop(text)
    if stop is None:
        return None
    name = text[:stop].strip()
    last = (Name.read(name).base or name).split()[-1]
    first = name.split()[0].strip(".").casefold()
    titled = first in TITLES and (len(name.split()) > 1 or first in OFFICES)
    titled = titled or has_initials(name)
    least = Likeness.WEAK if titled else Likeness.STRONG
    # Where sentences end with a sign of their own, a stop closes nothing but a name.
    apart = _ARMENIAN_STOP in text and len(name.split()) <= _MAX_ALONE_WORDS
    if not (is_capitals(last) or titled or apart) or likeness(name) < least:
        return None
    end = stop + 1
    dash = scan.skip_blank(text, end)
    if text[dash : dash + 1] in scan.DASHES and text[dash : dash + 1]:
        end = dash + 1
    return Head(name, 0, end)


def _name_stop(text: str) -> int | None:
    """Return the stop behind a name: not the one of a title or an initial."""
    at = text.find(".", 0, MAX_NAME)
    while at > 0:
        word = text[:at].rsplit(maxsplit=1)[-1] if text[:at].split() else ""
        short = len(word) == 1 or (word.casefold() in TITLES and len(word) <= _SHORT_TITLE)
        follows = text[at + 1 : at + 2]
        if not short and (not follows or follows.isspace() or follows in scan.DASHES):
            return at if text[at + 1 :].strip() else None
        at = text.find(".", at + 1, MAX_NAME)
    return None


def dash(text: str) -> Head | None:
    """``Name – words`` and ``Name - words``."""
    if scan.DASHES.isdisjoint(text[:_MAX_ALONE]):
        return None
    for at in range(1, min(len(text) - 1, _MAX_ALONE)):
        spaced = text[at - 1].isspace() and text[at + 1].isspace()
        if text[at] in scan.DASHES and spaced:
            return _separated(text, at, at + 1, Likeness.STRONG)
    return None


def sign(text: str) -> Head | None:
    """``Name | words`` and the like."""
    if _SEPARATORS.isdisjoint(text[:_MAX_ALONE]):
        return None
    for at in range(1, min(len(text) - 1, _MAX_ALONE)):
        if text[at] in _SEPARATORS and not ("«" in text[:at] and text[at] == "»"):
            return _separated(text, at, at + 1, Likeness.WEAK)
    return None


def column(text: str) -> Head | None:
    """``Name<tab>words``, or words in a column of their own."""
    start = scan.skip_marks(text, behind_time(text) or 0)
    for at in range(start, min(len(text) - 1, start + _MAX_ALONE)):
        wide = text[at].isspace() and text[at + 1].isspace()
        if text[at] in "\t\u3000" or wide:
            name = text[start:at].strip()
            least = Likeness.WEAK if text[at] == "\t" else Likeness.STRONG
            # Some put two spaces behind every sentence.
            known = likeness(name) >= least and (text[at] == "\t" or name[-1:] not in scan.STOPS)
            return Head(name, start, scan.skip_blank(text, at)) if known else None
    return None


def _separated(text: str, at: int, end: int, least: Likeness) -> Head | None:
    name = text[:at].strip()
    return Head(name, 0, end) if likeness(name) >= least else None


def kagi(text: str) -> Head | None:
    """``Name「words」`` of Japanese scripts."""
    at = text.find("「", 1, _MAX_KAGI)
    closed = text.rstrip("。 ").endswith("」")
    if at < 0 or not closed or likeness(text[:at]) is not Likeness.STRONG:
        return None
    return Head(text[:at].strip(), 0, at)


def alone(text: str) -> Head | None:
    """A name alone on its line."""
    words = text.split()
    if len(text) > _MAX_ALONE or not 0 < len(words) <= _MAX_ALONE_WORDS:
        return None
    if text[-1] in scan.STOPS or text[-1] in ",;" or likeness(text) is not Likeness.STRONG:
        return None
    return Head(text, 0, len(text)) if is_cased(text) or len(text) <= _MAX_UNCASED else None


def phrase(text: str) -> Head | None:
    """``a voice from the back: words``: no name, yet perhaps somebody."""
    start = scan.skip_marks(text, 0)
    colon = scan.colon_after(text, start, start + _MAX_PHRASE)
    if colon is None or not text[colon + 1 :].strip():
        return None
    name = text[start:colon].strip()
    fits = name[:1].isalpha() and 0 < len(name.split()) <= _MAX_PHRASE_WORDS
    stops = any(sign in name for sign in (". ", "! ", "? ", "。", "؟"))
    return Head(name, start, colon + 1) if fits and not stops else None
