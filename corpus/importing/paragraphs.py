"""Paragraphs of which some are labelled by how they are set: bold names, styles, columns."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from corpus.importing.heads import INTERVIEWEE, INTERVIEWER, announces
from corpus.importing.imported import PARAGRAPH, Block, Kind, Piece, Place, run_together
from corpus.importing.texts import may_be_name
from corpus.labels.names import Likeness
from corpus.labels.readers import plain_colon, timed_colon
from corpus.labels.unknown import is_unknown

_DIRECTION = re.compile(r"\s*[*_]?(?:\([^()]*\)|\[[^\[\]]*\])[*_]?\s*\Z")
_STOPS = ".!?…:;"
_STATED_WORDS = 12
_HEADED = "follows a heading, and names nobody"
_ALONE = "a name or a heading stands alone on its line, once"


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph as a format sets it.

    Attributes:
        pieces: its words, without the label.
        name: of the speaker, where the format sets it apart; None where it does not.
        label: where the name stands.
        is_heading: by its style.
        apart: outside of what says who speaks: below a table of names and words.
    """

    pieces: tuple[Piece, ...]
    name: str | None = None
    label: Place | None = None
    is_heading: bool = False
    apart: bool = False

    @property
    def text(self) -> str:
        """Its words."""
        return "".join(piece.text for piece in self.pieces)


def _sections(paragraphs: Sequence[Paragraph]) -> dict[str, Likeness]:
    """Return what is set as a label and heads a part of the document: "Key findings:".

    It stands alone on its line, once, where labels return and stand before their words. How much
    it looks like a name says whether it may be one all the same.
    """
    named = [p for p in paragraphs if p.name is not None and not _states(p)]
    counts = Counter(p.name for p in named)
    alone = [p for p in named if not p.text.strip()]
    single = [p.name for p in alone if p.name and counts[p.name] == 1 and not is_unknown(p.name)]
    usual = sum(counts[p.name] > 1 for p in named)
    before_words = sum(bool(p.text.strip()) for p in named if counts[p.name] > 1)
    if not usual or 2 * before_words < usual:
        return {}
    return {name: may_be_name(name) for name in single}


def _states(paragraph: Paragraph) -> bool:
    """Whether a labelled paragraph is a line of a head: "Interviewer: John Polk", "Date: 1974".

    A name or a few words without a stop, behind what a head announces, are nobody's speech.
    """
    field = announces(paragraph.name or "")
    words = paragraph.text.strip()
    if not field or not words or words[-1] in _STOPS or len(words.split()) > _STATED_WORDS:
        return False
    person = field in (INTERVIEWER, INTERVIEWEE)
    return not person or may_be_name(words.partition(",")[0]) is Likeness.STRONG


def _whole(paragraph: Paragraph) -> tuple[Piece, ...]:
    """Return a labelled paragraph as it stands: its name, a colon and its words."""
    name = Piece(paragraph.name or "", paragraph.label)
    spaced = paragraph.text[:1].isspace()
    return (name, Piece(":" if spaced else ": "), *paragraph.pieces)


def blocks_of(paragraphs: Sequence[Paragraph]) -> tuple[Block, ...]:
    """Return blocks: placed where any name is set apart, else text for the parser's grammar."""
    if not any(paragraph.name is not None for paragraph in paragraphs):
        return tuple(Block(Kind.TEXT, p.pieces) for p in paragraphs if p.text.strip())
    blocks: list[Block] = []
    speaker: str | None = None
    doubt, begun, told = "", False, False
    sections = _sections(paragraphs)
    for paragraph in paragraphs:
        if paragraph.is_heading:
            speaker, doubt = None, _HEADED if begun else ""
            blocks.append(Block(Kind.HEADING if begun else Kind.HEADER, paragraph.pieces))
        elif (likely := sections.get(paragraph.name or "")) is Likeness.WEAK:
            heading = (Piece(paragraph.name or "", paragraph.label),)
            blocks.append(Block(Kind.HEADING if begun else Kind.HEADER, heading))
            told = True
        elif likely is not None:
            heading = (Piece(paragraph.name or "", paragraph.label),)
            begun, told, speaker, doubt = True, False, None, _ALONE
            blocks.append(Block(Kind.SPEECH, heading, None, None, doubt))
        elif not begun and _states(paragraph):
            blocks.append(Block(Kind.HEADER, _whole(paragraph)))
        elif paragraph.name is not None:
            begun, doubt, told = True, "", False
            name = " ".join(paragraph.name.split())
            speaker = None if is_unknown(name) else name
            blocks.append(Block(Kind.SPEECH, paragraph.pieces, speaker, paragraph.label))
        elif not begun or told or paragraph.apart:
            told = told or (begun and paragraph.apart)
            blocks.append(Block(Kind.NARRATION if begun else Kind.HEADER, paragraph.pieces))
        elif _DIRECTION.match(paragraph.text):
            blocks.append(Block(Kind.DIRECTION, paragraph.pieces))
        else:
            words = paragraph.text.lstrip()
            head = plain_colon(words) or timed_colon(words)
            if head is not None and may_be_name(head.name) is Likeness.STRONG:
                speaker, doubt = None, "begins as if with a name, but is not set as the others"
            blocks.append(Block(Kind.SPEECH, paragraph.pieces, speaker, None, doubt))
    return run_together(blocks, between=PARAGRAPH)
