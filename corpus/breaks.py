"""Line ends inside speech: soft wraps, ends of units, and holes where the source lost words.

A scanned page that lost the last line of a paragraph leaves a line that ends in mid-sentence
before one that begins a new sentence. The difference between a hole and a wrapped line whose
next word is a name ("the Soviet / Union") is read from the text itself: a word that elsewhere
begins sentences or is written small, and is never capitalised in mid-sentence, opens a sentence.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import Enum, auto

from corpus.lines import Line, is_full
from corpus.record import Layout

_TOKEN = re.compile(r"\S+")
_LAST_BRACKETS = re.compile(r"\s*[(\[{<（【][^()\[\]{}<>（）【】]*[)\]}>）】]$")
_STRIPPED = ".,;:!?…()[]“”\"'‘’«»–—-"
_MAX_HEADING_SHARE = 0.6
_UNWRAPPED_HEADING = 60


class LineEnd(Enum):
    """What the end of a line means."""

    SOFT = auto()
    """The sentence may go on in the next line."""
    HARD = auto()
    """A heading, list item or paragraph ends here."""
    HOLE = auto()
    """The sentence breaks off: the source lost the rest."""


@dataclass(frozen=True, slots=True)
class Openers:
    """Which capitalised words begin sentences in a text, as opposed to being names."""

    names: frozenset[str]
    small: frozenset[str]
    initial: frozenset[str]

    @classmethod
    def read(cls, text: str) -> Openers:
        """Count how the words of ``text`` are written and where they stand."""
        names, small, initial = set[str](), set[str](), dict[str, int]()
        for line in text.splitlines():
            before = None
            for token in _TOKEN.findall(line):
                word = token.strip(_STRIPPED)
                if not word or token[0] in '“"‘«[(':
                    pass
                elif word[0].islower():
                    small.add(word)
                elif before is None or _ends(before):
                    initial[word] = initial.get(word, 0) + 1
                elif not (len(word) == 1 and word != "I" and token[1:2] == "."):
                    names.add(word)
                before = token
        recurring = frozenset(word for word, count in initial.items() if count > 1)
        return cls(frozenset(names), frozenset(small), recurring)

    def opens(self, word: str) -> bool:
        """Whether ``word`` can only be the beginning of a sentence here."""
        if not word[:1].isupper() or word in self.names:
            return False
        return word.lower() in self.small or word in self.initial


def _ends(token: str) -> bool:
    bare = token.rstrip("”\"'’»)]")
    is_initial = len(bare) == 2 and bare[0].isupper()  # noqa: PLR2004 - a letter and its dot
    return bare[-1:] in (".", "!", "?", ":", "…") and not is_initial


def is_heading(line: Line, before: Line | None, after: Line | None, width: int | None) -> bool:
    """Whether a line is a heading: short, in title case, without a full stop, between units.

    Args:
        line: the line in question.
        before: the line before it in the same turn, or None at the turn's start.
        after: the line after it in the same turn, or None at the turn's end.
        width: from :func:`corpus.lines.wrap_width`.
    """
    limit = _UNWRAPPED_HEADING if width is None else _MAX_HEADING_SHARE * width
    if after is None or len(line.text) > limit or line.is_list_item:
        return False
    if line.text.endswith((".", "!", "?", ",", ";", ":", "…")) or after.starts_in_lower_case:
        return False
    if before is not None and not before.ends_a_sentence:
        return False
    words = [word.strip(_STRIPPED) for word in line.text.split()]
    long_words = [word for word in words if len(word) > 3]  # noqa: PLR2004 - not "on", "the"
    # A script without capitals sets nothing off by them.
    return bool(long_words) and all(word[0].isupper() or word[0].isdecimal() for word in long_words)


def line_end(
    line: Line, after: Line | None, openers: Openers, layout: Layout, width: int | None
) -> LineEnd:
    """Decide what the end of ``line`` means.

    Args:
        line: a line of speech that is no heading.
        after: the next line of the same turn, or None where the turn or a heading ends it.
        openers: from the whole text.
        layout: the record's corrections, which come first.
        width: from :func:`corpus.lines.wrap_width`.
    """
    if any(line.text.endswith(words) for words in layout.not_breaks):
        return LineEnd.SOFT
    if any(line.text.endswith(words) for words in layout.breaks):
        return LineEnd.HOLE
    if after is None or not after.text:
        return LineEnd.HARD if _is_complete(line, width) else LineEnd.HOLE
    if after.is_list_item:
        item_starts_small = after.text.lstrip("–—•*- ")[:1].islower()
        complete = line.ends_a_sentence or line.is_list_item or item_starts_small
        return LineEnd.HARD if complete else LineEnd.HOLE
    if line.ends_a_sentence:
        paragraph_ends = width is None or not is_full(line, after, width)
        return LineEnd.HARD if paragraph_ends and not after.starts_in_lower_case else LineEnd.SOFT
    if line.expects_more or after.starts_in_lower_case:
        return LineEnd.SOFT
    opens = openers.opens(after.first_word)
    if line.is_list_item and opens and not is_full(line, after, width):
        return LineEnd.HARD
    if width is None:
        return LineEnd.HARD if _is_complete(line, width) else LineEnd.HOLE
    return LineEnd.HOLE if opens else LineEnd.SOFT


def _is_complete(line: Line, width: int | None) -> bool:
    """Whether the last line of a turn or paragraph ends its sentence.

    In a text without hard wraps speech may lack full stops altogether, so that a missing one
    tells nothing; there the record alone names holes.
    """
    if line.ends_a_sentence or line.is_list_item or _is_interrupted(line.text):
        return True
    return width is None


def _is_interrupted(text: str) -> bool:
    """Whether a dash says that somebody else cut in, or brackets close the line."""
    if text[-1:] in "-–—―":
        return True
    bare = _LAST_BRACKETS.sub("", text).rstrip()
    return bare != text and bare[-1:] in (".", "!", "?", "…", "-", "–", "—", "。", "！", "？", "")
