"""What stands between two labels, cut by whose words it is."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from corpus.breaks import is_heading
from corpus.habits import Habits, Row
from corpus.labels import scan
from corpus.labels.names import is_capitals, is_cased
from corpus.lines import Line
from corpus.nameless import by_name, is_aside, may_be_anothers
from corpus.paragraphs import is_narration, paragraphs_of, with_interjections
from corpus.record import Layout
from corpus.transcript import Layer

_MAX_HEADING = 80
_MAX_TAIL_WORDS = 8
_SENTENCE = 6


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
            named = first if by_name(first, habits) else None
            yield Stretch(Layer.SPEECH, (), closes=True, named=named)
            spoken.extend(rows_of)
        else:
            yield Stretch(layer, tuple(rows_of), closes)
    if spoken:
        yield Stretch(Layer.SPEECH, tuple(spoken))


def _judged(
    rows: Sequence[Row], habits: Habits, layout: Layout
) -> Iterator[tuple[list[Row], Layer, bool]]:
    paragraphs = list(paragraphs_of(rows, habits))
    told = max((i for i, p in enumerate(paragraphs) if is_narration(p, habits)), default=0)
    for i, paragraph in enumerate(paragraphs):
        first = paragraph[0]
        if first.index in habits.directions and not _stated(first, layout.speech):
            tells = _tells(paragraph)
            yield paragraph, Layer.NARRATION if tells else Layer.DIRECTION, False
        elif _stated(first, layout.not_speech):
            yield paragraph, Layer.NARRATION, True
        elif _stated(first, layout.speech) or (i == 0 and not first.opens):
            yield from with_interjections(paragraph)
        elif first.line.start in habits.catalogue:
            yield paragraph, _about(first.line), not habits.lonely
        elif _closing_heading(paragraphs, i, habits, layout):
            yield paragraph, Layer.HEADING, not habits.lonely
        elif is_narration(paragraph, habits):
            yield paragraph, Layer.NARRATION, True
        elif 0 < i < told and (habits.single or is_aside(paragraph, beside=i + 1 == told)):
            # Where turns hold one paragraph, what stands before narration is narration, too.
            yield paragraph, Layer.NARRATION, True
        elif may_be_anothers(paragraphs, i, habits):
            yield paragraph, Layer.SPEECH, True
        else:
            yield from with_interjections(paragraph)


def _about(line: Line) -> Layer:
    """Return the layer of a line about the talk: "CROSS-EXAMINATION" divides it."""
    plain = scan.colon_after(line.text, 0, len(line.text)) is None and not line.ends_a_sentence
    plain = plain and line.text[-1] not in ",;" and is_capitals(line.text)
    return Layer.HEADING if plain else Layer.NARRATION


def _tells(paragraph: Sequence[Row]) -> bool:
    """Whether brackets hold sentences about the talk, not a cue or what somebody called out."""
    words = " ".join(row.line.text for row in paragraph)[1:-1].strip()
    said = scan.colon_after(words, 0, len(words)) is not None
    return len(words.split()) >= _SENTENCE and words[-1:] in scan.STOPS and not said


def _stated(row: Row, words: Sequence[str]) -> bool:
    return any(row.line.text.startswith(beginning) for beginning in words)


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
