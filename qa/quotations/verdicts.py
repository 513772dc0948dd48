"""What an archive has of a quotation: a verdict, what bears on it, the places, the differences."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from corpus.transcript import Span, Transcript
from qa.concordance import Match

MARK = "[...]"
"""Stands in a difference for a mark by which the quotation leaves words out."""


class Verdict(StrEnum):
    """What the archive has; the value is part of the JSON contract."""

    EXACT = "exact"
    """The same signs: letters, case, punctuation, line breaks."""
    SAME_WORDS = "same-words"
    """Only signs, case, spelling, brackets or line breaks differ, or a mark leaves words out."""
    ALTERED = "altered"
    """A near passage with other words, or without words that govern these."""
    STITCHED = "stitched"
    """Passages from several places, put together."""
    ABSENT = "absent"
    """No near passage was found."""


class Flag(StrEnum):
    """What bears on a verdict; the value is part of the JSON contract."""

    NEGATION = "negation"
    """A difference touches a negation."""
    NUMBER = "number"
    """A difference touches a number."""
    NAME = "name"
    """A difference touches a name."""
    BY_SOMEBODY_ELSE = "by-somebody-else"
    """Another person than the one stated says it."""
    REPORTED = "reported"
    """The speaker passes on what somebody else said or thinks."""
    CUT = "cut"
    """Left out at an edge, or by a mark, are words that govern these; or nobody heard them."""
    QUESTION = "question"
    """The source asks what the quotation, by its signs, does not."""
    HOST_PAGE = "host-page"
    """These very words stand in the web page around the document, which is no source."""
    DAMAGED = "damaged"
    """A break, a hyphen or a glyph may hide what the source had here."""


@dataclass(frozen=True, slots=True)
class Difference:
    """Words of the quotation, and those that the source has in their place.

    Attributes:
        given: as typed; empty where the source has words more.
        transcript: the document compared with.
        start: first code point of the source's words.
        end: end, exclusive; ``start`` where the quotation has words more.
        touches: NEGATION, NUMBER, NAME, CUT or QUESTION; None for any other words.
        is_moved: the source has the same words, in another place of its sentence.
        is_lost: the source's words are the sign of others that it lacks: "[inaudible]".
    """

    given: str
    transcript: Transcript
    start: int
    end: int
    touches: Flag | None = None
    is_moved: bool = False
    is_lost: bool = False

    @property
    def source(self) -> str:
        """The source's words, exactly as they stand."""
        return self.transcript.text[self.start : self.end]


@dataclass(frozen=True, slots=True)
class Reported:
    """That words are passed on: they stand in quotation marks in what somebody says.

    Attributes:
        by: who passes them on; None where it is not established who speaks.
        transcript: the document.
        name: where it calls the person whose words they are; None where it names nobody.
        is_others: they are surely somebody else's.
    """

    by: str | None
    transcript: Transcript
    name: Span | None
    is_others: bool

    @property
    def of(self) -> str | None:
        """The person whose words they are, exactly as the source calls them."""
        return None if self.name is None else self.transcript.text[self.name.start : self.name.end]


@dataclass(frozen=True, slots=True)
class Check:
    """What an archive has of a quotation.

    Attributes:
        quotation: as typed.
        speaker: to whom it is attributed, as typed; None where nobody is stated.
        verdict: what the archive has.
        speaker_matches: whether the person stated says it; None where nobody is stated, or it is
            not established who says it.
        flags: what bears on the verdict, none twice.
        places: where the words stand, those of the person stated first; of stitched ones in the
            order of the quotation; none where it is absent.
        differences: those that touch a negation, a number or a name first.
        reported: who passes the words on as whose, where they are quoted inside a speech.
        perhaps: as whom the document has the person stated, where that is not established: of
            several people, or under initials.
    """

    quotation: str
    speaker: str | None
    verdict: Verdict
    speaker_matches: bool | None
    flags: tuple[Flag, ...] = ()
    places: tuple[Match, ...] = ()
    differences: tuple[Difference, ...] = ()
    reported: Reported | None = None
    perhaps: tuple[str, ...] = ()

    @property
    def is_upheld(self) -> bool:
        """Whether the archive has these words, and not from somebody else."""
        has_them = self.verdict in (Verdict.EXACT, Verdict.SAME_WORDS)
        return has_them and self.speaker_matches is not False
