"""Everything a candidate is judged by: adding a signal is adding a row."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from qa.reader.find import Margins
from qa.reader.signals import Signals


@dataclass(frozen=True, slots=True)
class Seen:
    """What was found about one stretch.

    Attributes:
        plain: how near it is by the general model and by words.
        joined: the same, cosines of questions averaged over all embeddings.
        margins: how it stands to known gaps and to other stretches.
        coverage: share of the question's words in or beside it.
        place: what it gains or loses by its place in a conversation.
    """

    plain: Signals
    joined: Signals
    margins: Margins
    coverage: float
    place: float


@dataclass(frozen=True, slots=True)
class Signal:
    """One row.

    Attributes:
        name: as in calibration files.
        caption: in words, for whoever tends the archive.
        of: its value, on no particular scale.
        orders: whether candidates are put in order by it.
        tells: whether the probabilities rest on it, of the candidate that comes first.
    """

    name: str
    caption: str
    of: Callable[[Seen], float]
    orders: bool = False
    tells: bool = False


SIGNALS = (
    Signal(
        "key",
        "cosine of its nearest question of the finding aid, over all embeddings",
        lambda seen: seen.joined.key,
        orders=True,
    ),
    Signal(
        "second_key",
        "cosine of its second nearest question",
        lambda seen: seen.joined.second_key,
        orders=True,
    ),
    Signal(
        "key_words",
        "words shared with the finding aid's questions",
        lambda seen: seen.plain.key_words,
        orders=True,
        tells=True,
    ),
    Signal(
        "window",
        "cosine of the sentences around it",
        lambda seen: seen.plain.window,
        orders=True,
        tells=True,
    ),
    Signal(
        "window_words",
        "words shared with the sentences around it",
        lambda seen: seen.plain.window_words,
        orders=True,
    ),
    Signal(
        "place",
        "how near it is to what answered the question before",
        lambda seen: seen.place,
        orders=True,
    ),
    Signal(
        "nearest",
        "cosine of the nearest question or sentence",
        lambda seen: max(seen.plain.key, seen.plain.dense),
        tells=True,
    ),
    Signal(
        "words",
        "share of the question's words in or beside the candidate",
        lambda seen: seen.coverage,
        tells=True,
    ),
    Signal(
        "gap_margin",
        "by how much it is nearer than the nearest known gap",
        lambda seen: seen.margins.gap,
        tells=True,
    ),
    Signal(
        "gaps_margin",
        "the same for the two nearest of each",
        lambda seen: seen.margins.gaps,
        tells=True,
    ),
    Signal(
        "behind",
        "by how much the nearest question of all is nearer",
        lambda seen: seen.margins.behind,
        tells=True,
    ),
)

MARGIN = "margin"
STRANGE_NAMES = "strange_names"
JUDGE = "judge"
_BESIDES = {
    MARGIN: "by how much the best candidate leads",
    STRANGE_NAMES: "names and numbers that the archive never mentions, counted up to two",
    JUDGE: "verdict of the judge on the best candidate",
}
"""What is known of the ranking or of the question, or told by a model that is asked later."""

CAPTIONS: Mapping[str, str] = {signal.name: signal.caption for signal in SIGNALS} | _BESIDES


def orders(seen: Seen) -> dict[str, float]:
    """Return what a stretch is ordered by, by name."""
    return {signal.name: signal.of(seen) for signal in SIGNALS if signal.orders}


def tells(seen: Seen) -> dict[str, float]:
    """Return what the probabilities rest on if the stretch comes first, by name."""
    return {signal.name: signal.of(seen) for signal in SIGNALS if signal.tells}
