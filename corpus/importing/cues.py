"""Cues of subtitle files, and who speaks in them.

The readers of subtitles that there are keep no offsets; to lead every sign back to its place,
the few lines of both formats are read here.
"""

from __future__ import annotations

import html
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from corpus.importing.imported import SPACE, Block, Kind, LeftOut, Piece, Place, cut, run_together
from corpus.importing.texts import SourceLine, may_be_speaker, seconds
from corpus.labels.names import Likeness
from corpus.labels.readers import Head, plain_colon
from corpus.labels.unknown import is_unknown
from corpus.labels.words import TITLES

_TIMING = re.compile(r"\s*([\d:.,]+)\s*--?>\s*([\d:.,]+)(.*)")
_MARKUP = re.compile(
    r"<v(?:\.[^\s>]*)?[ \t]+(?P<voice>[^>\n]*)>|</?[a-zA-Z][^<>\n]{0,120}>|<\d[\d:.]*>|</v>"
    r"|\{\\[^{}\n]{0,60}\}|(?P<entity>&(?:[a-zA-Z]{2,8}|#\d{1,6}|#x[0-9a-fA-F]{1,5});)"
)
_DIRECTION = re.compile(r"\s*(?:\[[^\[\]]*\]|\([^()]*\)|♪.*♪|\*[^*]+\*)\s*\Z")
_OTHERS = ("- ", "– ", "— ", ">>", "&gt;&gt;")
_ROLLING = 0.4
_MOMENT = 0.1
_ENDS = '.!?…"”)'
_FEW = 6
_LONGEST_ASKED = 40
_LABELLED = 0.5
_BEHIND = "stands in a cue behind the end of a voice"
NAMELESS = "the file names no speakers"
"""Why nobody is established where a file has neither voice tags nor names."""


@dataclass(frozen=True, slots=True)
class Cue:
    """One cue: its time and its lines."""

    start: float
    end: float
    lines: tuple[SourceLine, ...]

    @property
    def time(self) -> tuple[float, float]:
        """Start and end in seconds."""
        return self.start, self.end


@dataclass(slots=True)
class Cued:
    """What a subtitle file holds.

    Attributes:
        cues: in order of the file.
        remarks: lines of NOTE, STYLE and REGION blocks, and stray lines.
        settings: how many cues had settings of position.
    """

    cues: list[Cue] = field(default_factory=list)
    remarks: list[SourceLine] = field(default_factory=list)
    settings: int = 0


@dataclass(frozen=True, slots=True)
class Said:
    """Part of a cue: of one voice.

    Attributes:
        pieces: the words.
        voice: by a voice tag or a name at the cue's start; None where neither stands there.
        label: where it stands.
        time: of the cue.
        opens: whether it begins a cue.
        doubt: why its voice is in doubt; empty where nothing is.
    """

    pieces: tuple[Piece, ...]
    voice: str | None
    label: Place | None
    time: tuple[float, float]
    opens: bool
    doubt: str = ""

    @property
    def text(self) -> str:
        """Its words."""
        return "".join(piece.text for piece in self.pieces)


def timing(line: SourceLine) -> tuple[float, float, str] | None:
    """Return start, end and settings of a time line; None where it is none."""
    match = _TIMING.match(line.text)
    if match is None:
        return None
    start, end = seconds(match[1]), seconds(match[2])
    return None if start is None or end is None else (start, end, match[3].strip())


def read_cues(lines: Sequence[SourceLine]) -> Cued:
    """Read the cues: a time line, then lines up to a blank one or the next cue."""
    found = Cued()
    i = 0
    while i < len(lines):
        time = timing(lines[i])
        if time is None:
            is_id = i + 1 < len(lines) and timing(lines[i + 1]) is not None
            if lines[i].text.strip() and not is_id:
                found.remarks.append(lines[i])
            i += 1
            continue
        i += 1
        body: list[SourceLine] = []
        while i < len(lines) and lines[i].text.strip() and timing(lines[i]) is None:
            body.append(lines[i])
            i += 1
        numbered = i < len(lines) and timing(lines[i]) is not None
        if numbered and body and body[-1].text.strip().isdecimal():
            body.pop()
        found.settings += bool(time[2])
        found.cues.append(Cue(time[0], time[1], tuple(body)))
    return found


def blocks_of(cues: Sequence[Cue]) -> tuple[tuple[Block, ...], tuple[LeftOut, ...]]:
    """Return what is said in cues, speech by speech, and what was left out."""
    cues, repeated = _without_rolling(cues)
    said = [part for cue in cues for part in _parts(cue)]
    tagged = any(part.voice is not None for part in said)
    if not tagged:
        said = list(_joined(_named_at_start(list(_lines_apart(said)))))
    blocks = _spoken(said, tagged=tagged)
    left = [
        LeftOut(
            "lines repeated by rolling captions",
            repeated,
            "said once",
            "line repeated by rolling captions",
        )
    ]
    empty = sum(not any(line.text.strip() for line in cue.lines) for cue in cues)
    left.append(LeftOut("cues without words", empty, "nothing is said", "cue without words"))
    return blocks, tuple(one for one in left if one.count)


def _without_rolling(cues: Sequence[Cue]) -> tuple[list[Cue], int]:
    """Drop the first line of each cue where it repeats the last one of the cue before.

    So captions roll up; for a moment between two of them, a line may stand alone.
    """

    def repeats(before: Cue, cue: Cue) -> bool:
        above = _flat(before.lines[-1]) if before.lines else ""
        # A cue that is nothing but the same words again is somebody who says them again.
        many = len(cue.lines) > 1 or cue.end - cue.start <= _MOMENT
        return bool(above and many and cue.lines and _flat(cue.lines[0]) == above)

    again = [i > 0 and repeats(cues[i - 1], cue) for i, cue in enumerate(cues)]
    if len(cues) < _FEW or sum(again) < _ROLLING * len(cues):
        return list(cues), 0
    kept = [
        replace(cue, lines=cue.lines[1:]) if twice else cue
        for cue, twice in zip(cues, again, strict=True)
    ]
    return kept, sum(again)


def _flat(line: SourceLine) -> str:
    return " ".join(_MARKUP.sub("", line.text).split())


def _parts(cue: Cue) -> Iterator[Said]:
    """Cut a cue at its voice tags; leave out the other tags."""
    pieces: list[Piece] = []
    voice: str | None = None
    label: Place | None = None
    opens, doubt = True, ""
    for number, line in enumerate(cue.lines):
        if number and pieces:
            pieces.append(SPACE)
        at = 0
        for match in _MARKUP.finditer(line.text):
            if match.start() > at:
                pieces.append(line.piece(at, match.start(), cue.time))
            at = match.end()
            if match["entity"]:
                sign = html.unescape(match["entity"])
                pieces.append(Piece(sign, line.place(*match.span(), cue.time)))
            named = (match["voice"] or "").strip()
            if voice is not None and match[0] == "</v>":
                if any(piece.text.strip() for piece in pieces):
                    yield Said(tuple(pieces), voice, label, cue.time, opens, doubt)
                pieces, voice, label, opens, doubt = [], None, None, False, _BEHIND
            if named:
                if any(piece.text.strip() for piece in pieces):
                    yield Said(tuple(pieces), voice, label, cue.time, opens, doubt)
                    opens = False
                pieces, doubt = [], ""
                begin = match.start("voice")
                voice, label = html.unescape(named), line.place(begin, match.end("voice"), cue.time)
        if at < len(line.text):
            pieces.append(line.piece(at, len(line.text), cue.time))
    if any(piece.text.strip() for piece in pieces):
        yield Said(tuple(pieces), voice, label, cue.time, opens, doubt)


def _lines_apart(said: Sequence[Said]) -> Iterator[Said]:
    """Yield the lines of cues one by one: in one cue two may speak, each on a line."""
    for part in said:
        pieces: list[Piece] = []
        opens = part.opens
        for piece in part.pieces:
            if piece is SPACE and pieces:
                yield replace(part, pieces=tuple(pieces), opens=opens)
                pieces, opens = [], False
            else:
                pieces.append(piece)
        yield replace(part, pieces=tuple(pieces), opens=opens)


def _joined(said: Sequence[Said]) -> Iterator[Said]:
    """Yield cues again, cut where a line names somebody or a sign says that another speaks."""
    opened: Said | None = None
    for part in said:
        ended = opened is not None and opened.text.rstrip()[-1:] in _ENDS
        another = ended and part.text.lstrip().startswith(_OTHERS)
        if opened is not None and not part.opens and part.voice is None and not another:
            opened = replace(opened, pieces=(*opened.pieces, SPACE, *part.pieces))
            continue
        if opened is not None:
            yield opened
        opened = replace(part, opens=part.opens or another)
    if opened is not None:
        yield opened


def _named_at_start(said: Sequence[Said]) -> list[Said]:
    """Take ``Name: words`` at the start of a cue for a voice, where names are written so."""
    heads = [plain_colon(part.text.strip()) or _asked(part.text.strip()) for part in said]
    likely = [may_be_speaker(head.name) if head else Likeness.NONE for head in heads]
    counts = Counter(head.name for head, like in zip(heads, likely, strict=True) if head and like)
    opening = [like for part, like in zip(said, likely, strict=True) if part.opens]
    everywhere = sum(map(bool, opening)) >= _LABELLED * len(opening)
    found: list[Said] = []
    for part, head, like in zip(said, heads, likely, strict=True):
        usual = part.opens and everywhere
        single = head is not None and counts[head.name] == 1
        # Where few cues begin so, "Los Angeles:" and "The problem:" do, too.
        weak = like is Likeness.WEAK and (not everywhere or single)
        if head is None or like is Likeness.NONE or weak:
            found.append(part)
        elif single and not usual and not _is_titled(head.name):
            found.append(replace(part, voice=""))
        else:
            found.append(_behind(part, head.end, head.name))
    return found


def _asked(text: str) -> Head | None:
    """Read ``?: words`` and ``Reed?: words``: whoever wrote this down did not know who speaks."""
    name, colon, _ = text[:_LONGEST_ASKED].partition(":")
    return Head(name, 0, len(name) + 1) if colon and name.endswith("?") else None


def _is_titled(name: str) -> bool:
    words = name.split()
    return len(words) > 1 and words[0].strip(".").casefold() in TITLES


def _behind(part: Said, end: int, name: str) -> Said:
    """Cut a name with its colon off the front of a part."""
    at = len(part.text) - len(part.text.lstrip()) + end
    begins = 0
    label: Place | None = None
    for piece in part.pieces:
        place = piece.place
        if begins < at and place is not None and name in piece.text:
            begin = place.start + piece.text.index(name)
            label = replace(place, start=begin, end=begin + len(name))
            break
        begins += len(piece.text)
    return replace(part, pieces=cut(part.pieces, at), voice=name, label=label)


def _spoken(said: Sequence[Said], *, tagged: bool) -> tuple[Block, ...]:
    """Return the speeches: a cue that names nobody goes on with who spoke before."""
    named = any(part.voice for part in said)
    blocks: list[Block] = []
    speaker: str | None = None
    doubt = "" if not named else "nobody has been named yet"
    for part in said:
        if not part.text.strip():
            if part.voice:
                speaker, doubt = (None if is_unknown(part.voice) else part.voice), ""
            continue
        if part.voice is None and _DIRECTION.match(part.text):
            blocks.append(Block(Kind.DIRECTION, part.pieces))
            continue
        label = None
        if part.voice:
            speaker = None if is_unknown(part.voice) else part.voice
            label, doubt = part.label, ""
        elif not named:
            speaker, doubt = None, NAMELESS
        elif part.doubt:
            speaker, doubt = None, part.doubt
        elif part.voice == "":
            speaker, doubt = None, "begins as if with a name that stands nowhere else"
        elif part.opens and part.text.lstrip().startswith(_OTHERS):
            speaker, doubt = None, "a sign says that somebody else speaks, and names nobody"
        blocks.append(Block(Kind.SPEECH, part.pieces, speaker, label, doubt))
    return run_together(blocks)
