"""What verifying receipts found, as JSON and for the terminal."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from typing_extensions import TypedDict

from qa.receipts.diff import Op, Part
from qa.receipts.verdict import Differs, Noted, Quoted, Standing, Verdict, Verified
from qa.render.plain import wrapped
from qa.render.terminal import WIDEST, visible
from qa.render.verbatim import on_one_line

_INDENT = "    "
_MOST_SHOWN = 300
_SAID = {
    Verdict.INTACT: "intact",
    Verdict.MOVED: "moved: the words stand unchanged at another place",
    Verdict.CHANGED: "changed",
    Verdict.GONE: "gone: the words are not found, and nothing like them",
}
_DIFFERS = {
    Differs.WORDS: "other words stand there now",
    Differs.LAYOUT: "only line breaks or blanks differ",
    Differs.SPEAKER: "another speaker: {then} on the receipt, {now} in the source",
    Differs.LAYER: "the words are no longer the same kind of text; now {layer}",
    Differs.EDGES: "the words are now part of a longer sentence",
}
_NOTED = {
    Noted.SOURCE: "The source has changed since, elsewhere than in these words.",
    Noted.DOCUMENT: "The document has another name now.",
    Noted.SURROUNDINGS: "Nothing of what stood around these words is there any more.",
    Noted.NOTES: "A footnote that explains these words has changed.",
    Noted.ELSEWHERE: "The same words stand elsewhere, at places that are not the one quoted.",
    Noted.NO_DOCUMENT: "There is no document of this name here; is it a receipt of this archive?",
    Noted.SPEAKER_UNCHECKED: "Who says it was not checked: the source given does not tell.",
    Noted.NO_WORDS: "Whether they were changed or taken out, a short receipt cannot tell.",
    Noted.SHOWN_OTHERWISE: "The file shows these words as a quote; none of its receipts has them.",
    Noted.OFFERED: "These words were only offered for the reader to judge, not given as an answer.",
    Noted.UNREADABLE: "The document cannot be used whole:",
}
_NOBODY = "nobody established"
_UNCHECKED = "another name"


class PartObject(TypedDict):
    """A stretch of a difference; ``op`` is ``same``, ``gone`` or ``new``."""

    op: str
    text: str


class QuotedObject(TypedDict):
    """What the receipt states; a short one states neither words nor speaker."""

    document: str
    start: int
    end: int
    text: str | None
    speaker: str | None


class StandingObject(TypedDict):
    """What stands there now; speaker and layer are null where they were not checked."""

    document: str
    start: int
    end: int
    text: str
    speaker: str | None
    layer: str | None


class VerifiedObject(TypedDict):
    """What was found of one receipt; see docs/receipts.md."""

    where: str
    verdict: str
    differs: list[str]
    quoted: QuotedObject
    now: StandingObject | None
    diff: list[PartObject]
    noted: list[str]


class CountsObject(TypedDict):
    """How many receipts have which verdict."""

    intact: int
    moved: int
    changed: int
    gone: int


class VerifiedAllObject(TypedDict):
    """What was found of several receipts; ``intact`` where all are, and shown as they are."""

    intact: bool
    counts: CountsObject
    receipts: list[VerifiedObject]


def verified_object(found: Sequence[Verified]) -> VerifiedAllObject:
    """Return what was found as JSON."""
    counts = Counter(one.verdict for one in found)
    return VerifiedAllObject(
        intact=all(one.is_intact for one in found),
        counts=CountsObject(
            intact=counts[Verdict.INTACT],
            moved=counts[Verdict.MOVED],
            changed=counts[Verdict.CHANGED],
            gone=counts[Verdict.GONE],
        ),
        receipts=[verified_one(one) for one in found],
    )


def verified_one(one: Verified) -> VerifiedObject:
    """Return what was found of one receipt as JSON."""
    quoted = one.quoted
    return VerifiedObject(
        where=one.where,
        verdict=one.verdict.value,
        differs=[what.value for what in one.differs],
        quoted=QuotedObject(
            document=quoted.document,
            start=quoted.start,
            end=quoted.end,
            text=quoted.text,
            speaker=quoted.speaker,
        ),
        now=None if one.now is None else _standing(one.now),
        diff=[PartObject(op=part.op.value, text=part.text) for part in one.difference],
        noted=[what.value for what in one.noted],
    )


def _standing(now: Standing) -> StandingObject:
    return StandingObject(
        document=now.document,
        start=now.start,
        end=now.end,
        text=now.text,
        speaker=now.speaker,
        layer=now.layer,
    )


def verified_text(found: Sequence[Verified], width: int = WIDEST) -> str:
    """Return what was found for a terminal, a paragraph a receipt and a line for all."""
    parts = ["\n".join(_lines(one, width)) for one in found]
    return "\n\n".join([*parts, wrapped(_summary(found), width)])


def _lines(one: Verified, width: int) -> list[str]:
    where = f"{one.where}: " if one.where else ""
    said = "; ".join([_SAID[one.verdict], *(_differs(one, what) for what in one.differs)])
    place = one.quoted
    lines = [
        wrapped(visible(f"{where}{said}"), width),
        wrapped(visible(_stated(place)), width, _INDENT),
    ]
    now = one.now
    if now is not None and one.verdict is not Verdict.INTACT:
        moved = (now.document, now.start) != (place.document, place.start)
        lines[-1] += f" → {visible(now.document)} {_place(now.start, now.end)}" if moved else ""
    lines.append(wrapped(visible(_words(one)), width, _INDENT))
    for what in one.noted:
        fault = f" {one.fault}" if what is Noted.UNREADABLE else ""
        lines.append(wrapped(visible(f"{_NOTED[what]}{fault}"), width, _INDENT))
    return lines


def _stated(quoted: Quoted) -> str:
    who = f", {quoted.speaker}" if quoted.speaker else ""
    return f"{quoted.document} {_place(quoted.start, quoted.end)}{who}"


def _place(start: int, end: int) -> str:
    return f"{start}–{end}"


def _differs(one: Verified, what: Differs) -> str:
    now = one.now
    if what is Differs.WORDS and now is None:
        return "the file shows other words"
    return _DIFFERS[what].format(
        then=one.quoted.speaker or (_NOBODY if one.quoted.text is not None else _UNCHECKED),
        now=(now and now.speaker) or (_NOBODY if now and now.layer else _UNCHECKED),
        layer=now.layer if now is not None else "",
    )


def _words(one: Verified) -> str:
    """Return the words or, of changed ones, what has gone as [-…-] and what is new as {+…+}."""
    if one.difference:
        return "“" + on_one_line("".join(map(_marked, one.difference))) + "”"
    words = one.quoted.text
    if words is None:
        return "(a short receipt, without its words)"
    shown = on_one_line(words)
    return f"“{shown if len(shown) <= _MOST_SHOWN else shown[:_MOST_SHOWN] + ' […]'}”"


def _marked(part: Part) -> str:
    if part.op is Op.SAME:
        return part.text
    return f"[-{part.text}-]" if part.op is Op.GONE else f"{{+{part.text}+}}"


def _summary(found: Sequence[Verified]) -> str:
    counts = Counter(one.verdict for one in found)
    said = ", ".join(f"{counts[one]} {one.value}" for one in Verdict if counts[one])
    return f"{len(found)} receipt{'' if len(found) == 1 else 's'}: {said}."
