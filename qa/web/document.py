"""A whole transcript for reading: turns, speakers, headings, notes and the page around it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass

from markupsafe import Markup

from corpus.lines import is_full, split_lines, wrap_width
from corpus.transcript import Layer, Region, Sentence, Span, Transcript, Turn
from qa.citation import numbered, participant
from qa.errors import UsageError
from qa.render.html import SentenceNumber
from qa.times import clock
from qa.web.inline import Inline, Mark

NO_TURN = "There is no turn {turn}; the last one is turn {last}."
NO_SENTENCE = "There is no sentence {number} in turn {turn}; its last one is sentence {last}."


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph or a heading; ``number`` is set on notes."""

    kind: str
    html: Markup
    number: int = 0


@dataclass(frozen=True, slots=True)
class TurnView:
    """A speaker turn as shown, or with the number 0 what nobody speaks before, between or after.

    ``place`` is where it begins in the original: page or time code, empty where it has neither.
    """

    number: int
    label: Markup
    speaker: str
    role: str
    side: int
    blocks: tuple[Block, ...]
    place: str = ""


@dataclass(frozen=True, slots=True)
class DocumentView:
    """A transcript as shown; ``before`` and ``after`` are the host page's text."""

    before: tuple[Block, ...]
    header: tuple[Block, ...]
    turns: tuple[TurnView, ...]
    notes: tuple[Block, ...]
    after: tuple[Block, ...]


def document_view(
    transcript: Transcript, marks: Iterable[Mark] = (), turns: Sequence[Turn] | None = None
) -> DocumentView:
    """Return a transcript, or some of its turns, cut into blocks.

    Args:
        transcript: the document.
        marks: highlights, not overlapping.
        turns: the turns to show, with nothing around them; None for the whole document.
    """
    shown = transcript.turns if turns is None else turns
    whole = turns is None
    inline = Inline(transcript, marks, _numbers(transcript) if whole else {})
    ends = _paragraph_ends(transcript)
    regions = transcript.regions if whole else ()
    first = next((r.start for r in regions if r.layer is not Layer.HOST), 0)
    hosts = [region for region in regions if region.layer is Layer.HOST]
    return DocumentView(
        before=_host(transcript, inline, [r for r in hosts if r.end <= first]),
        header=tuple(
            Block("line", inline.html(s.start, s.end))
            for s in transcript.sentences
            if whole and s.layer is Layer.HEADER
        ),
        turns=tuple(
            _turn(transcript, turn, inline, ends)
            for turn in (_with_gaps(transcript) if whole else shown)
        ),
        notes=tuple(
            Block("note", inline.html(note.start, note.end), note.number)
            for note in transcript.notes
            if whole
        ),
        after=_host(transcript, inline, [r for r in hosts if r.start >= first]),
    )


def _numbers(transcript: Transcript) -> dict[int, SentenceNumber]:
    """Return the numbers by which references name sentences, by where these begin."""
    return {
        sentence.start: SentenceNumber(number, f"t{turn.number}s{number}")
        for turn in transcript.turns
        for number, sentence in enumerate(numbered(transcript, turn), start=1)
    }


def sentence_at(
    transcript: Transcript, turn: int, number: int, words: Callable[[str], str] = str
) -> Sentence:
    """Return the sentence that references call sentence ``number`` of ``turn``.

    Raises:
        UsageError: there is none; said in one sentence, in the language of ``words``.
    """
    turns = transcript.turns
    if not 1 <= turn <= len(turns):
        raise UsageError(words(NO_TURN).format(turn=turn, last=len(turns)))
    held = numbered(transcript, turns[turn - 1])
    if not 1 <= number <= len(held):
        raise UsageError(words(NO_SENTENCE).format(number=number, turn=turn, last=len(held)))
    return held[number - 1]


def _with_gaps(transcript: Transcript) -> Iterator[Turn]:
    """Return the turns, and with the number 0 and no label each stretch that lies in none."""
    outside = (Layer.HOST, Layer.HEADER, Layer.NOTE)
    inner = [r for r in transcript.regions if r.layer not in outside]
    start, end = (inner[0].start, inner[-1].end) if inner else (0, 0)
    for turn in transcript.turns:
        if transcript.text[start : turn.label.start].strip():
            yield Turn(0, None, Span(start, start), start, turn.label.start)
        yield turn
        start = turn.end
    if transcript.text[start:end].strip():
        yield Turn(0, None, Span(start, start), start, end)


def _host(transcript: Transcript, inline: Inline, regions: Iterable[Region]) -> tuple[Block, ...]:
    return tuple(
        Block("host", inline.html(region.start + line.start, region.start + line.end))
        for region in regions
        for line in split_lines(transcript.text[region.start : region.end])
        if line.text
    )


def _turn(transcript: Transcript, turn: Turn, inline: Inline, ends: frozenset[int]) -> TurnView:
    record = transcript.record
    names = [who.name for who in record.participants]
    person = participant(record, turn.speaker) if turn.speaker else None
    label = inline.html(turn.label.start, turn.label.end)
    return TurnView(
        number=turn.number,
        label=label,
        speaker=person.full_name or person.name if person else (turn.speaker or ""),
        role=person.role if person else "",
        side=names.index(turn.speaker) % 2 if turn.speaker in names else 0,
        blocks=tuple(_blocks(transcript, turn, inline, ends)),
        place=_place(transcript, turn) if turn.number else "",
    )


def _place(transcript: Transcript, turn: Turn) -> str:
    """Return the page and the time code at which a turn begins, as short as they are read."""
    source = transcript.source
    if source is None:
        return ""
    begins = (turn.start, min(turn.start + 1, turn.end))
    page, time = source.page(*begins), source.time(*begins)
    found = [f"p. {page}"] if page is not None else []
    return ", ".join([*found, clock(time[0])] if time is not None else found)


def _blocks(
    transcript: Transcript, turn: Turn, inline: Inline, ends: frozenset[int]
) -> Iterator[Block]:
    """Cut a turn at headings and paragraph ends; every visible character lands in a block."""
    headings = {h.start: h for h in transcript.headings if turn.start <= h.start < turn.end}
    start = turn.start
    cuts = {turn.end, *headings, *(h.end for h in headings.values())}
    cuts |= {end for end in ends if turn.start < end < turn.end}
    for end in sorted(cuts):
        if transcript.text[start:end].strip():
            yield Block("heading" if start in headings else "text", inline.html(start, end))
        start = end


def _paragraph_ends(transcript: Transcript) -> frozenset[int]:
    """Return the ends of sentences after which the source begins a new paragraph.

    A line break ends a paragraph where the next word would still have fitted on the line. Of
    text that was never wrapped, every line is a paragraph.
    """
    lines = split_lines(transcript.text)
    width = wrap_width(lines)
    ends = set[int]()
    for sentence in transcript.sentences:
        number = transcript.line_at(sentence.end - 1) - 1
        line = lines[number]
        if sentence.end < line.end or number + 1 == len(lines):
            continue
        following = lines[number + 1]
        if sentence.breaks_off or following.is_list_item or not is_full(line, following, width):
            ends.add(sentence.end)
    return frozenset(ends)


def turns_around(transcript: Transcript, start: int, end: int) -> tuple[Turn, ...]:
    """Return the turns that hold ``[start, end)`` with the one before and the one after."""
    held = [turn.number for turn in transcript.turns if turn.start < end and start < turn.end]
    if not held:
        return ()
    return transcript.turns[max(held[0] - 2, 0) : held[-1] + 1]
