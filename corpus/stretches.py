"""What stands between two labels, cut by whose words it is."""

from __future__ import annotations

import itertools
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass

from corpus.breaks import is_heading
from corpus.directions import inline_interjections
from corpus.labels import scan
from corpus.labels.names import Name, folded, is_capitals, is_cased
from corpus.labels.words import TITLES
from corpus.lines import Line, is_small
from corpus.narration import is_first_person, narrates
from corpus.record import Layout
from corpus.transcript import Layer

_MAX_HEADING = 80
_MAX_TAIL_WORDS = 8
_MOSTLY = 0.8
_LEAST_ENDS = 4
_SENTENCE = 6
_CAPITAL_WORDS = 2
_MAX_ASIDE = 14
_SELDOM = 0.25
_MAX_NAME_WORDS = 4
_VOICE_SIGNS = (">>", "&gt;&gt;")
_LABEL_ENDS = ".;-–—"
_VOTES = 2


@dataclass(frozen=True, slots=True)
class Row:
    """A line of a turn.

    Attributes:
        line: it, or the part of it that lies in the turn.
        opens: whether it opens a paragraph.
        index: among the lines of content.
    """

    line: Line
    opens: bool
    index: int


@dataclass(frozen=True, slots=True)
class Stretch:
    """Lines of one layer.

    Attributes:
        layer: whose words they are.
        rows: the lines; none where only the speaker changes.
        closes: behind it the speaker of the turn is not established.
        named: the line that closes the turn by a name without a colon, if one does.
    """

    layer: Layer
    rows: tuple[Row, ...]
    closes: bool = False
    named: Row | None = None


@dataclass(frozen=True, slots=True)
class Habits:
    """How a document is written, for telling speech from other words.

    Attributes:
        names: folded names of those who speak.
        printed: their names as labels print them.
        capital_labels: labels are written in capitals.
        listed: folded names of the record's participants.
        punctuated: turns end with a stop as a rule.
        capitals: the document has small letters, so that capitals set a line off.
        width: from :func:`corpus.lines.wrap_width`.
        cued: the text is cut into cues.
        voiced: every cue names its speaker by a tag.
        lonely: only one person speaks.
        single: turns hold one paragraph, unless something is told in them.
        told: something is told between turns, and few of them go on in a second paragraph.
        seldom: few turns go on in a second paragraph, whether anything is told or not.
        resumed: indices of lines that open a paragraph behind which the same speaker is named
            again, as nobody is who goes on.
        directions: indices of lines wholly in brackets.
        behind_cue: indices of lines that open a cue.
        behind_rule: indices of lines behind a rule.
        catalogue: offsets of lines about the talk.
        last: index behind the last line.
    """

    names: Collection[str]
    printed: Collection[str]
    capital_labels: bool
    listed: Collection[str]
    punctuated: bool
    capitals: bool
    width: int | None
    cued: bool
    voiced: bool
    lonely: bool
    single: bool
    told: bool
    seldom: bool
    resumed: Collection[int]
    directions: Collection[int]
    behind_cue: Collection[int]
    behind_rule: Collection[int]
    catalogue: Collection[int]
    last: int


def cut(rows: Sequence[Row], habits: Habits, layout: Layout) -> Iterator[Stretch]:
    """Cut the lines of one turn into stretches of one layer each, in order."""
    spoken: list[Row] = []
    for rows_of, layer, closes in _judged(rows, habits, layout):
        if layer is Layer.SPEECH and not closes:
            spoken.extend(rows_of)
            continue
        if spoken:
            yield Stretch(Layer.SPEECH, tuple(spoken))
            spoken = []
        if layer is Layer.SPEECH:
            first = rows_of[0]
            named = first if _by_name(first, habits) else None
            yield Stretch(Layer.SPEECH, (), closes=True, named=named)
            spoken.extend(rows_of)
        else:
            yield Stretch(layer, tuple(rows_of), closes)
    if spoken:
        yield Stretch(Layer.SPEECH, tuple(spoken))


def _judged(
    rows: Sequence[Row], habits: Habits, layout: Layout
) -> Iterator[tuple[list[Row], Layer, bool]]:
    paragraphs = list(_paragraphs(rows, habits))
    told = max((i for i, p in enumerate(paragraphs) if _is_narration(p, habits)), default=0)
    for i, paragraph in enumerate(paragraphs):
        first = paragraph[0]
        if first.index in habits.directions and not _stated(first, layout.speech):
            tells = _tells(paragraph)
            yield paragraph, Layer.NARRATION if tells else Layer.DIRECTION, False
        elif _stated(first, layout.not_speech):
            yield paragraph, Layer.NARRATION, True
        elif _stated(first, layout.speech) or (i == 0 and not first.opens):
            yield from _with_interjections(paragraph)
        elif first.line.start in habits.catalogue:
            yield paragraph, Layer.NARRATION, not habits.lonely
        elif _closing_heading(paragraphs, i, habits, layout):
            yield paragraph, Layer.HEADING, not habits.lonely
        elif _is_narration(paragraph, habits):
            yield paragraph, Layer.NARRATION, True
        elif 0 < i < told and (habits.single or _is_aside(paragraph, beside=i + 1 == told)):
            # Where turns hold one paragraph, what stands before narration is narration, too.
            yield paragraph, Layer.NARRATION, True
        elif _may_be_anothers(paragraphs, i, habits):
            yield paragraph, Layer.SPEECH, True
        else:
            yield from _with_interjections(paragraph)


def _may_be_anothers(paragraphs: Sequence[Sequence[Row]], i: int, habits: Habits) -> bool:
    """Whether a paragraph without a label may be somebody else's, or the writer's."""
    paragraph = paragraphs[i]
    first = paragraph[0]
    following = paragraph[1:2] or (paragraphs[i + 1][:1] if i + 1 < len(paragraphs) else [])
    heads = any(not row.opens for row in following)
    if i > 0 and first.index in habits.resumed:
        return True
    aside = i > 0 and _is_aside(paragraph, beside=True)
    last = paragraph[-1].index + 1 >= habits.last
    if aside and (habits.told or (habits.seldom and (last or _counts(paragraph)))):
        return True
    if i > 0 and habits.seldom and heads and _introduces(first):
        return True
    return _by_name(first, habits) or _changes_voice(first, habits)


def _by_name(row: Row, habits: Habits) -> bool:
    """Whether a paragraph begins as a label does that lost its colon."""
    if _names_participant(row, habits) or _begins_in_capitals(row, habits):
        return True
    return row.opens and names_speaker(row.line.text, habits)


def _counts(paragraph: Sequence[Row]) -> bool:
    """Whether a short paragraph sets numbers against each other, as the result of a vote does."""
    words = " ".join(row.line.text for row in paragraph).split()
    numbers = [word for word in words if word.strip(".,;:()").isdecimal()]
    return len(numbers) >= _VOTES


def _introduces(row: Row) -> bool:
    """Whether a line that heads others ends with a colon, and nobody speaks of himself in it."""
    return row.line.text[-1] in scan.COLONS and not is_first_person(row.line.text.casefold())


def names_speaker(text: str, habits: Habits) -> bool:
    """Whether a line begins with the name of a label, set off from the words behind it.

    Capitals set a name off where the rest is no capitals; else a capital behind it does, or a
    script without any.
    """
    if habits.lonely or habits.cued:
        return False
    words = text.split(maxsplit=_MAX_NAME_WORDS)
    for count in range(1, len(words)):
        head = " ".join(words[:count]).rstrip(_LABEL_ENDS)
        if head not in habits.printed:
            continue
        if is_capitals(head):
            return habits.capitals and not is_capitals(text)
        if folded(words[count - 1]) not in TITLES and not is_small(words[count][0]):
            return True
    return False


def _begins_in_capitals(row: Row, habits: Habits) -> bool:
    """Whether a paragraph begins with a name in capitals where labels are capitals."""
    words = row.line.text.split(maxsplit=3)
    if not row.opens or not habits.capital_labels or len(words) <= _CAPITAL_WORDS:
        return False
    titled = folded(words[0]) in TITLES
    capitals = all(is_capitals(word) for word in words[titled:_CAPITAL_WORDS])
    return capitals and not is_capitals(row.line.text)


def _is_aside(paragraph: Sequence[Row], *, beside: bool) -> bool:
    """Whether a paragraph is short, and nobody speaks of himself in it."""
    words = " ".join(row.line.text for row in paragraph)
    return beside and len(words.split()) <= _MAX_ASIDE and not is_first_person(words.casefold())


def _tells(paragraph: Sequence[Row]) -> bool:
    """Whether brackets hold sentences about the talk, not a cue or what somebody called out."""
    words = " ".join(row.line.text for row in paragraph)[1:-1].strip()
    said = scan.colon_after(words, 0, len(words)) is not None
    return len(words.split()) >= _SENTENCE and words[-1:] in scan.STOPS and not said


def _stated(row: Row, words: Sequence[str]) -> bool:
    return any(row.line.text.startswith(beginning) for beginning in words)


def _paragraphs(rows: Sequence[Row], habits: Habits) -> Iterator[list[Row]]:
    """Cut at blank lines, around directions and lines about the talk, and at cues."""
    opened: list[Row] = []
    for row in rows:
        apart = row.index in habits.directions
        before = bool(opened) and opened[-1].index in habits.directions
        about = row.line.start in habits.catalogue or (
            bool(opened) and opened[-1].line.start in habits.catalogue
        )
        voiced = (habits.cued and row.line.text[0] in scan.DASHES) or (
            habits.voiced and row.index in habits.behind_cue
        )
        voiced = voiced or row.line.text.startswith(_VOICE_SIGNS)
        unwrapped = habits.width is None and bool(opened) and opened[-1].line.ends_a_sentence
        named = bool(opened) and _names_in_capitals(row, opened[-1], habits)
        if opened and (row.opens or apart != before or about or voiced or unwrapped or named):
            yield opened
            opened = []
        opened.append(row)
    if opened:
        yield opened


def _names_in_capitals(row: Row, before: Row, habits: Habits) -> bool:
    """Whether a line behind a finished sentence begins with a label in capitals, but no colon."""
    if not habits.capital_labels or not before.line.ends_a_sentence:
        return False
    return is_capitals(row.line.text.split()[0]) and names_speaker(row.line.text, habits)


def _with_interjections(paragraph: list[Row]) -> Iterator[tuple[list[Row], Layer, bool]]:
    """Cut what others called out, noted in brackets inside a line, out of the speech."""
    pending: list[Row] = []
    for row in paragraph:
        at = row.line.start
        for start, end in inline_interjections(row.line):
            pending += _part(row, at, start)
            yield pending, Layer.SPEECH, False
            yield _part(row, start, end), Layer.DIRECTION, False
            pending, at = [], end
        pending += _part(row, at, row.line.end) if at > row.line.start else [row]
    if pending:
        yield pending, Layer.SPEECH, False


def _part(row: Row, start: int, end: int) -> list[Row]:
    """Return the part of a row between two offsets, without white space; nothing if empty."""
    line = row.line
    text = line.text[start - line.start : end - line.start]
    words = text.strip()
    if not words:
        return []
    begin = start + text.index(words[0])
    opens = row.opens and start == line.start
    return [Row(Line(line.number, begin, begin + len(words), words), opens, row.index)]


def _is_narration(paragraph: Sequence[Row], habits: Habits) -> bool:
    if habits.cued and paragraph[-1].index + 1 < habits.last:
        return False
    if not paragraph[0].opens and habits.width is not None:
        return False
    words = " ".join(row.line.text for row in paragraph)
    last = paragraph[-1].index + 1 >= habits.last
    return narrates(words, last=last, names=() if habits.lonely else habits.names)


def _names_participant(row: Row, habits: Habits) -> bool:
    """Whether a paragraph begins with a participant's name: a label may have lost its colon."""
    if not row.opens or habits.lonely or habits.cued:
        return False
    words = row.line.text.split(maxsplit=_MAX_NAME_WORDS)
    heads = (" ".join(words[:count]) for count in range(1, _MAX_NAME_WORDS + 1))
    # A comma behind the name calls somebody; it does not name who speaks.
    return any(folded(head) in habits.listed and head[-1] not in ",!?" for head in heads)


def _changes_voice(row: Row, habits: Habits) -> bool:
    """Whether a sign says that somebody else goes on, and not who."""
    text = row.line.text
    if row.index in habits.behind_rule and not habits.lonely:
        return True
    if text.startswith(_VOICE_SIGNS):
        return True
    if habits.cued and text[0] in scan.DASHES:
        return True
    return habits.voiced and row.index in habits.behind_cue


def _closing_heading(
    paragraphs: Sequence[Sequence[Row]], i: int, habits: Habits, layout: Layout
) -> bool:
    """Whether a paragraph is a heading that divides the talk itself."""
    paragraph = paragraphs[i]
    line = paragraph[0].line
    if len(paragraph) > 1 or habits.cued or line.text in layout.not_headings:
        return False
    if line.text.startswith("#"):
        return True
    if not paragraph[0].opens or len(line.text) > _MAX_HEADING or line.ends_a_sentence:
        return False
    if line.text[-1] in ",;-–—…" or scan.ends_sentence(line.text):
        return False
    if habits.capitals and is_capitals(line.text) and len(line.text) > 3:  # noqa: PLR2004 - "USA"
        return True
    if not habits.punctuated or i == 0 or len(line.text.split()) > _MAX_TAIL_WORDS:
        return False
    tail = i + 1 == len(paragraphs)
    small = is_cased(line.text) and not line.text[0].isupper() and not line.text[0].isdigit()
    return tail and not small


def is_inner_heading(rows: Sequence[Row], i: int, habits: Habits, layout: Layout) -> bool:
    """Whether a line is a heading inside a turn, behind which its speaker goes on."""
    row = rows[i]
    if row.line.text in layout.headings:
        return True
    if row.line.text in layout.not_headings or habits.cued:
        return False
    before = rows[i - 1].line if i else None
    after = rows[i + 1] if i + 1 < len(rows) else None
    if habits.width is None and (
        before is None or after is None or not (row.opens and after.opens and habits.punctuated)
    ):
        return False
    return is_heading(row.line, before, after.line if after else None, habits.width)


def telling(turns: Sequence[Sequence[Row]], habits: Habits) -> tuple[bool, bool, bool]:
    """Say whether turns hold one paragraph, and whether something is told between them.

    Returns:
        whether no turn goes on in a second paragraph but where something is told; whether few do
        while something is told before the last turn ends; and whether few do at all.
    """
    longer = between = 0
    for i, rows in enumerate(turns):
        paragraphs = list(_paragraphs(rows, habits))[1:]
        told = any(p[0].index in habits.resumed or _is_narration(p, habits) for p in paragraphs)
        longer += bool(paragraphs) and not told
        between += told and i + 1 < len(turns)
    enough = len(turns) >= _LEAST_ENDS
    last = bool(turns) and any(
        _is_narration(p, habits) and _tells_of_meeting(p)
        for p in list(_paragraphs(turns[-1], habits))[1:]
    )
    seldom = longer <= _SELDOM * len(turns)
    return enough and not longer, enough and seldom and (between > 0 or last), enough and seldom


def resumed(turns: Sequence[tuple[str | None, Sequence[Row]]], habits: Habits) -> frozenset[int]:
    """Return the first lines of paragraphs behind which the speaker of the turn is named again.

    Whoever goes on needs no new label: what stands between two of one speaker is told, unless
    labels repeat as a rule. Directions and headings between explain a new label by themselves.

    Args:
        turns: the speaker and the lines of each, in order.
        habits: how the document is written.
    """
    found = set[int]()
    plain = 0
    for (speaker, rows), (following, _) in itertools.pairwise(turns):
        if speaker is None or following is None or not _are_one(speaker, following):
            continue
        if any(row.index in habits.directions or _sets_off(row, habits) for row in rows):
            continue
        behind = [p[0].index for p in list(_paragraphs(rows, habits))[1:]]
        found.update(behind)
        plain += not behind
    return frozenset(found) if not plain and not habits.cued else frozenset()


def _sets_off(row: Row, habits: Habits) -> bool:
    """Whether a line is a heading by its capitals or its mark."""
    capitals = habits.capitals and row.opens and is_capitals(row.line.text)
    return row.line.text.startswith("#") or (capitals and not row.line.ends_a_sentence)


def _are_one(speaker: str, following: str) -> bool:
    """Whether two names are the same but for brackets: an office, and who holds it."""
    return folded(Name.read(speaker).base) == folded(Name.read(following).base)


def _tells_of_meeting(paragraph: Sequence[Row]) -> bool:
    """Whether narration names a time of the day: the writer of minutes tells when."""
    return any(char.isdigit() for row in paragraph for char in row.line.text)


def is_punctuated(ends: Sequence[Line]) -> bool:
    """Whether turns end with a stop as a rule."""
    stopped = sum(line.ends_a_sentence or scan.ends_sentence(line.text) for line in ends)
    return len(ends) >= _LEAST_ENDS and stopped >= _MOSTLY * len(ends)


def has_small_letters(lines: Sequence[Line]) -> bool:
    """Whether capitals set a line off in this text."""
    cased = [line for line in lines if is_cased(line.text)]
    capitals = sum(is_capitals(line.text) for line in cased)
    return bool(cased) and capitals * 2 < len(cased)
