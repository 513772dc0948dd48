"""What an archive has of a quotation, as text and as JSON; never a verdict on who typed it."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from typing_extensions import TypedDict

from corpus.transcript import Layer
from qa.answers import Evidence
from qa.citation import speaker_line
from qa.quotations.verdicts import MARK, Check, Difference, Flag, Reported, Verdict
from qa.quotes import require_current
from qa.render.places import MatchObject, match_object
from qa.render.plain import quote_block, wrapped
from qa.render.terminal import WIDEST, visible
from qa.render.verbatim import on_one_line

_MOST_SHOWN = 3
Words = Callable[[str], str]

VERDICTS = {
    Verdict.EXACT: "The archive has exactly these words.",
    Verdict.SAME_WORDS: (
        "The archive has these words; only signs, spelling, brackets or line breaks differ."
    ),
    Verdict.ALTERED: "The archive has a near passage, with other words.",
    Verdict.STITCHED: "The archive has parts of this, in several places.",
    Verdict.ABSENT: "Not found. No near passage was found, as far as this search can tell.",
}
ONLY_CUT = "The archive has these words, with others that govern them and are left out here."
LOST = (
    "The archive has these words, but it lacks others between them, and the quotation does not "
    "say so."
)
STATEMENT = "The archive has these words as a question; the quotation makes a statement of them."
WITH_MARK = "The archive has these words; what the mark leaves out stands between them."
SAYS = "Who says it: {speaker}."
SAYS_NOT = "Not {stated}: it is {speaker} who says these words."
NEAR_NOT = "Not {stated}: it is {speaker} who says the nearest passage."
PARTS_NOT = "Not {stated}, or not alone: the parts are said by {names}."
QUOTED_NOT = "Not {stated}: the words are somebody else’s."
NOBODY = "Not {stated}: nobody says it, it is no speech."
NO_SPEECH = "Nobody says it: it is no speech."
NOT_ESTABLISHED = "It is not established who says this. Stated was: {stated}."
QUOTED_PERHAPS = "It is not established that {stated} says this."
OF_SEVERAL = "It is not established whether {stated} says this: the name fits {names}."
INITIALS = "It is not established whether {stated} says this: {speaker} does, who may be the same."
CALLED = 'If so, say it in the record: verbatim edit --speaker "{name}" --called "{stated}".'
DOCUMENT = "the document"
REPORTED_OF = "{speaker} passes it on, as said by {other}."
REPORTED_OF_OTHERS = "{speaker} passes it on, as said by somebody else."
IN_MARKS = (
    "It stands in quotation marks in what {speaker} says; whose words it is, is not established."
)
UNKNOWN = "The archive knows no speaker of this name: {stated}."
FLAGS = {
    Flag.NEGATION: "A negation differs.",
    Flag.NUMBER: "A number differs.",
    Flag.NAME: "A name differs.",
    Flag.QUESTION: "In the source this is a question.",
    Flag.HOST_PAGE: (
        "These very words stand in the web page around the document, which is no source."
    ),
    Flag.DAMAGED: "A break, a hyphen or a misread letter may hide what the source had here.",
}
INSTEAD = "Typed: “{given}”. The source: “{source}”."
ADDED = "Typed, and not in the source: “{given}”."
MOVED = "Typed in another place than in the source: “{given}”."
LEFT_OUT = "In the source, and left out: “{source}”."
MORE = "And in {count} more places."
SENTENCES = (
    *VERDICTS.values(), ONLY_CUT, LOST, STATEMENT, WITH_MARK, SAYS, SAYS_NOT, NEAR_NOT, PARTS_NOT,
    QUOTED_NOT, NOBODY, NO_SPEECH, NOT_ESTABLISHED, QUOTED_PERHAPS, OF_SEVERAL, INITIALS, UNKNOWN,
    DOCUMENT, REPORTED_OF, REPORTED_OF_OTHERS, IN_MARKS,
    *FLAGS.values(), INSTEAD, MOVED, ADDED, LEFT_OUT, MORE,
)  # fmt: skip
"""Everything that is said in our own words."""


class DifferenceObject(TypedDict):
    """Words typed and the source's in their place, which are the slice ``start:end``.

    ``touches`` is ``negation``, ``number``, ``name``, ``cut``, ``question`` or null; ``moved``: the
    same words, which the source has in another place of its sentence.
    """

    given: str
    source: str
    document: str
    start: int
    end: int
    touches: str | None
    moved: bool


class ReportedObject(TypedDict):
    """Who passes the words on, and whose they are said to be, as the source calls them.

    ``of`` is the slice ``start:end`` of the document; all three are null where nobody is named.
    """

    by: str | None
    of: str | None
    document: str
    start: int | None
    end: int | None


class CheckObject(TypedDict):
    """What an archive has of a quotation."""

    quotation: str
    speaker: str | None
    verdict: str
    speaker_matches: bool | None
    flags: list[str]
    quotes: list[MatchObject]
    diff: list[DifferenceObject]
    reported: ReportedObject | None
    perhaps: list[str]


def check_object(check: Check) -> CheckObject:
    """Return a check as the contract's object.

    Raises:
        QuoteError: a text would differ from the source.
    """
    return CheckObject(
        quotation=check.quotation,
        speaker=check.speaker,
        verdict=check.verdict.value,
        speaker_matches=check.speaker_matches,
        flags=[flag.value for flag in check.flags],
        quotes=[match_object(place) for place in check.places],
        diff=[_difference_object(one) for one in check.differences],
        reported=None if check.reported is None else _reported_object(check.reported),
        perhaps=list(check.perhaps),
    )


def _reported_object(one: Reported) -> ReportedObject:
    require_current(one.transcript)
    return ReportedObject(
        by=one.by,
        of=one.of,
        document=one.transcript.id,
        start=None if one.name is None else one.name.start,
        end=None if one.name is None else one.name.end,
    )


def _difference_object(one: Difference) -> DifferenceObject:
    require_current(one.transcript)
    return DifferenceObject(
        given=one.given,
        source=one.source,
        document=one.transcript.id,
        start=one.start,
        end=one.end,
        touches=None if one.touches is None else one.touches.value,
        moved=one.is_moved,
    )


def check_text(check: Check, width: int = WIDEST) -> str:
    """Return a check as text for a terminal."""
    lines = [*check_lines(check)]
    if len(check.perhaps) == 1:
        name, stated = (
            on_one_line(one).replace('"', "") for one in (check.perhaps[0], check.speaker or "")
        )
        lines.append(CALLED.format(name=name, stated=stated))
    parts = ["\n".join(wrapped(visible(line), width) for line in lines)]
    parts += [quote_block(Evidence(one.quote, 1.0), width) for one in check.places[:_MOST_SHOWN]]
    if len(check.places) > _MOST_SHOWN:
        parts.append(MORE.format(count=len(check.places) - _MOST_SHOWN))
    return "\n\n".join(parts)


def check_lines(check: Check, words: Words = str, apart: Words = str) -> Iterator[str]:
    """Yield what the archive has, sentence by sentence.

    Args:
        check: what it has.
        words: our own words in another language.
        apart: applied to names, and to words of others.
    """
    verdict = _verdict(check)
    against = _against(check)
    if against:
        yield _about_speaker(against, check, words, apart)
    yield words(verdict)
    if check.reported is not None:
        yield _reported_line(check, check.reported, words, apart)
    elif not against and (said := _speaker(check)):
        yield _about_speaker(said, check, words, apart)
    told = {Flag.QUESTION} if verdict == STATEMENT else set()
    yield from (words(FLAGS[flag]) for flag in check.flags if flag in FLAGS and flag not in told)
    for one in check.differences:
        require_current(one.transcript)
        sentence = INSTEAD if one.given and one.source else ADDED if one.given else LEFT_OUT
        sentence = MOVED if one.is_moved else sentence
        yield words(sentence).format(
            given=apart(on_one_line(one.given)), source=apart(on_one_line(one.source).strip())
        )


def speaker_lines(check: Check) -> Iterator[str]:
    """Yield who says it in the archive, whoever was stated, and whether it is asked there."""
    if not check.places:
        return
    if against := _against(check):
        yield _about_speaker(against, check, str, str)
    if check.reported is not None:
        yield _reported_line(check, check.reported, str, str)
    else:
        who = on_one_line(speaker_line(check.places[0].quote))
        yield SAYS.format(speaker=who) if who else NO_SPEECH
    if Flag.QUESTION in check.flags:
        yield FLAGS[Flag.QUESTION]


def _about_speaker(sentence: str, check: Check, words: Words, apart: Words) -> str:
    """Return a sentence on who says it, and who was stated."""
    who = [on_one_line(speaker_line(place.quote)) for place in check.places]
    names = check.perhaps or tuple(dict.fromkeys(filter(None, who)))
    return words(sentence).format(
        speaker=apart(who[0] if who else ""),
        stated=apart(on_one_line(check.speaker or "")),
        names=", ".join(apart(on_one_line(name)) for name in names),
    )


def _reported_line(check: Check, one: Reported, words: Words, apart: Words) -> str:
    """Return who passes the words on, and as whose."""
    sentence = REPORTED_OF if one.of else REPORTED_OF_OTHERS if one.is_others else IN_MARKS
    who = speaker_line(check.places[0].quote) or words(DOCUMENT)
    return words(sentence).format(
        speaker=apart(on_one_line(who)), other=apart(on_one_line(one.of or ""))
    )


def _verdict(check: Check) -> str:
    changed = [one for one in check.differences if one.given != MARK]
    if changed and all(one.touches is Flag.QUESTION for one in changed):
        return STATEMENT
    changed = [one for one in changed if one.touches is not Flag.QUESTION]
    is_cut = check.verdict is Verdict.ALTERED and Flag.CUT in check.flags
    if is_cut and all(not one.given for one in changed) and _all_at_edges(check):
        return LOST if any(one.is_lost for one in changed) else ONLY_CUT
    if check.verdict is Verdict.SAME_WORDS and len(changed) < len(check.differences):
        return WITH_MARK
    return VERDICTS[check.verdict]


def _all_at_edges(check: Check) -> bool:
    return all(
        one.is_lost or one.end <= place.start or one.start >= place.end
        for one in check.differences
        for place in check.places[:1]
        if one.given != MARK and one.touches is not Flag.QUESTION
    )


def _against(check: Check) -> str:
    """Return what is said first, since it is no yes: not the person stated, or not established."""
    if check.speaker is None or not check.places or check.speaker_matches:
        return ""
    if check.perhaps:
        return OF_SEVERAL if len(check.perhaps) > 1 else INITIALS
    if check.reported is not None:
        return QUOTED_PERHAPS if check.speaker_matches is None else QUOTED_NOT
    quote = check.places[0].quote
    if check.speaker_matches is None or (quote.speaker is None and quote.layer is Layer.SPEECH):
        return NOT_ESTABLISHED
    if check.verdict is Verdict.STITCHED and any(place.quote.speaker for place in check.places):
        return PARTS_NOT
    if quote.speaker is None:
        return NOBODY
    return NEAR_NOT if _verdict(check) == VERDICTS[Verdict.ALTERED] else SAYS_NOT


def _speaker(check: Check) -> str:
    """Return what is said of the speaker behind the verdict."""
    if not check.places:
        return UNKNOWN if check.speaker_matches is False else ""
    return SAYS if speaker_line(check.places[0].quote) else NO_SPEECH
