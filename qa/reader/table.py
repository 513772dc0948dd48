"""Everything a candidate is judged by: adding a signal is adding a row."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import Flag, auto

from qa.reader.candidates import COMPANY, DOUBT, MARGIN
from qa.reader.find import Margins
from qa.reader.signals import Signals


class In(Flag):
    """The documents in which a signal counts."""

    NONE = 0
    DESCRIBED = auto()
    """Those with a finding aid that is searched."""
    TEXT = auto()
    """Those with their own words alone."""
    ALL = DESCRIBED | TEXT


@dataclass(frozen=True, slots=True)
class Seen:
    """What was found about one stretch.

    Attributes:
        plain: how near it is by the general model and by words.
        joined: the same, cosines of questions averaged over all embeddings.
        margins: how it stands to known gaps and to other stretches.
        coverage: share of the question's words in or beside it.
        place: what it gains or loses by its place in a conversation.
        form: what its own words look like.
        late: how well it meets the question word piece by word piece.
    """

    plain: Signals
    joined: Signals
    margins: Margins
    coverage: float
    place: float
    form: Form
    late: Late


@dataclass(frozen=True, slots=True)
class Late:
    """How well a stretch meets the question word piece by word piece.

    Attributes:
        alone: standard deviations of its best sentence above the mean of those looked at.
        around: the same for its sentences together with those beside them.
        nearest: how well its best sentence does, in about [0, 1].
    """

    alone: float
    around: float
    nearest: float


@dataclass(frozen=True, slots=True)
class Form:
    """What the words of a stretch look like.

    Attributes:
        words: how many.
        asking: share of its sentences that are questions.
    """

    words: int
    asking: float


@dataclass(frozen=True, slots=True)
class Signal:
    """One row.

    Attributes:
        name: as in calibration files.
        caption: in words, for whoever tends the archive.
        of: its value, on no particular scale.
        orders: where candidates are put in order by it.
        tells: where the probabilities rest on it, of the candidate that comes first.
    """

    name: str
    caption: str
    of: Callable[[Seen], float]
    orders: In = In.NONE
    tells: In = In.NONE


_FEW_WORDS = 5

SIGNALS = (
    Signal(
        "key",
        "cosine of its nearest question of the finding aid, over all embeddings",
        lambda seen: seen.joined.key,
        orders=In.DESCRIBED,
    ),
    Signal(
        "second_key",
        "cosine of its second nearest question",
        lambda seen: seen.joined.second_key,
        orders=In.DESCRIBED,
    ),
    Signal(
        "key_words",
        "words shared with the finding aid's questions",
        lambda seen: seen.plain.key_words,
        orders=In.DESCRIBED,
        tells=In.DESCRIBED,
    ),
    Signal(
        "around",
        "cosine of the sentences around it",
        lambda seen: seen.plain.around,
        orders=In.DESCRIBED,
        tells=In.DESCRIBED,
    ),
    Signal(
        "around_words",
        "words shared with the sentences around it",
        lambda seen: seen.plain.around_words,
        orders=In.DESCRIBED,
    ),
    Signal(
        "sentence_standing",
        "standard deviations of its cosine above the mean of all sentences",
        lambda seen: seen.plain.dense_standing,
        orders=In.TEXT,
        tells=In.TEXT,
    ),
    Signal(
        "around_standing",
        "the same for the sentences around it",
        lambda seen: seen.plain.around_standing,
        orders=In.TEXT,
        tells=In.TEXT,
    ),
    Signal(
        "late_standing",
        "standard deviations by which its word pieces meet those of the question better",
        lambda seen: seen.late.alone,
        orders=In.TEXT,
        tells=In.TEXT,
    ),
    Signal(
        "late_around_standing",
        "the same for the sentences around it",
        lambda seen: seen.late.around,
        orders=In.TEXT,
        tells=In.TEXT,
    ),
    Signal(
        "words_share",
        "words shared with it, beside those shared with the sentence that shares most",
        lambda seen: seen.plain.words_share,
        orders=In.TEXT,
        tells=In.TEXT,
    ),
    Signal(
        "asking",
        "share of its sentences that are questions themselves",
        lambda seen: seen.form.asking,
        orders=In.TEXT,
    ),
    Signal(
        "fragment",
        f"whether it has fewer than {_FEW_WORDS} words",
        lambda seen: float(seen.form.words < _FEW_WORDS),
        orders=In.TEXT,
    ),
    Signal(
        "length",
        "logarithm of the number of its words",
        lambda seen: math.log1p(seen.form.words),
        orders=In.TEXT,
    ),
    Signal(
        "place",
        "how near it is to what answered the question before",
        lambda seen: seen.place,
        orders=In.ALL,
    ),
    Signal(
        "nearest",
        "cosine of the nearest question or sentence",
        lambda seen: max(seen.plain.key, seen.plain.dense),
        tells=In.ALL,
    ),
    Signal(
        "late",
        "how well its word pieces meet those of the question",
        lambda seen: seen.late.nearest,
        tells=In.TEXT,
    ),
    Signal(
        "after",
        "standard deviations by which the sentence after it is nearer than the mean",
        lambda seen: seen.plain.after_standing,
        tells=In.TEXT,
    ),
    Signal(
        "words",
        "share of the question's words in or beside the candidate",
        lambda seen: seen.coverage,
        tells=In.DESCRIBED,
    ),
    Signal(
        "gap_margin",
        "by how much it is nearer than the nearest known gap",
        lambda seen: seen.margins.gap,
        tells=In.DESCRIBED,
    ),
    Signal(
        "gaps_margin",
        "the same for the two nearest of each",
        lambda seen: seen.margins.gaps,
        tells=In.DESCRIBED,
    ),
    Signal(
        "behind",
        "by how much the nearest question of all is nearer",
        lambda seen: seen.margins.behind,
        tells=In.DESCRIBED,
    ),
)

STRANGE_NAMES = "strange_names"
UNKNOWN_TERMS = "unknown_terms"
JUDGE = "judge"
_BESIDES = {
    MARGIN: "by how much the best candidate leads",
    "sentence_lead": "by how much its sentence is nearer than any other candidate's",
    "around_lead": "by how much the sentences around it are nearer",
    DOUBT: "how evenly the candidates share what speaks for them",
    COMPANY: "how many of the next nine candidates stand near the best",
    STRANGE_NAMES: "names and numbers that the archive never mentions, counted up to two",
    UNKNOWN_TERMS: "words of the question that stand nowhere in the archive, counted up to three",
    JUDGE: "verdict of the judge on the best candidate",
}
"""What is known of the ranking or of the question, or told by a model that is asked later."""

CAPTIONS: Mapping[str, str] = {signal.name: signal.caption for signal in SIGNALS} | _BESIDES


def orders(seen: Seen) -> dict[str, float]:
    """Return what a stretch is ordered by, by name."""
    return {signal.name: signal.of(seen) for signal in SIGNALS if _of(seen) & signal.orders}


def tells(seen: Seen) -> dict[str, float]:
    """Return what the probabilities rest on if the stretch comes first, by name."""
    return {signal.name: signal.of(seen) for signal in SIGNALS if _of(seen) & signal.tells}


def _of(seen: Seen) -> In:
    return In.DESCRIBED if seen.plain.is_described else In.TEXT
