"""What verifying a receipt says."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from qa.receipts.diff import Part


class Verdict(StrEnum):
    """What has become of a quote."""

    INTACT = "intact"
    """The same words at the same place, under the same name."""
    MOVED = "moved"
    """The same words under the same name, at another place."""
    CHANGED = "changed"
    """Other words stand there now, or the same ones as another's; :class:`Differs` says which."""
    GONE = "gone"
    """The words are not there any more, and nothing like them."""


class Differs(StrEnum):
    """In what a changed quote differs."""

    WORDS = "words"
    LAYOUT = "layout"
    """Nothing but line breaks and blanks."""
    SPEAKER = "speaker"
    """They stand under another name, or under none."""
    LAYER = "layer"
    """They were speech and are a note now, say, or stand in an editor's brackets."""
    EDGES = "edges"
    """They are part of a longer sentence now."""


class Noted(StrEnum):
    """What else is to be said."""

    SOURCE = "source"
    """The document has changed elsewhere."""
    DOCUMENT = "document"
    """The words stand in a document of another name."""
    SURROUNDINGS = "surroundings"
    """Nothing of what stood around the words is there any more."""
    NOTES = "notes"
    """A footnote that explains the words has changed."""
    ELSEWHERE = "elsewhere"
    """The same words stand at other places, which are not the one quoted."""
    NO_DOCUMENT = "no-document"
    """There is no such document here."""
    SPEAKER_UNCHECKED = "speaker-unchecked"
    """Who speaks cannot be told from the source given."""
    NO_WORDS = "no-words"
    """A short receipt holds no words: what has become of them cannot be told."""
    SHOWN_OTHERWISE = "shown-otherwise"
    """The file shows these words as a quote, and none of its receipts has them."""
    OFFERED = "offered"
    """By the receipt, the words were shown for the reader to judge, not as an answer."""
    UNREADABLE = "unreadable"
    """The document has a fault; its text was compared without its record."""


@dataclass(frozen=True, slots=True)
class Standing:
    """Words as they stand in the source now.

    Attributes:
        document: its id, or the name of the copy.
        start: first code point.
        end: end, exclusive.
        text: the exact slice.
        speaker: who says it now; None where nobody is established, or it was not checked.
        layer: whose voice it is; None where that was not checked.
    """

    document: str
    start: int
    end: int
    text: str
    speaker: str | None
    layer: str | None


@dataclass(frozen=True, slots=True)
class Quoted:
    """What a receipt states, as far as it states it."""

    document: str
    start: int
    end: int
    text: str | None
    speaker: str | None


@dataclass(frozen=True, slots=True)
class Verified:
    """A receipt and what was found.

    Attributes:
        where: the receipt was found; empty where that was not asked.
        quoted: what it states.
        verdict: of the whole.
        differs: in what; empty unless changed.
        now: what stands there now; None where it is gone.
        difference: from the words quoted to those that stand there now; empty unless they differ.
        noted: what else is to be said.
        fault: why the document cannot be used whole, in a sentence; or empty.
    """

    where: str
    quoted: Quoted
    verdict: Verdict
    differs: tuple[Differs, ...] = ()
    now: Standing | None = None
    difference: tuple[Part, ...] = ()
    noted: tuple[Noted, ...] = ()
    fault: str = ""

    @property
    def is_intact(self) -> bool:
        """Whether the receipt holds."""
        return self.verdict is Verdict.INTACT
