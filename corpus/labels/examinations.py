"""Who asks and who answers in an examination, where its record says so.

``BY MR. REED:`` names who asks what follows; "ANNA HALE, having been duly sworn" who answers, up
to the next witness. Where neither is named, a question or an answer is nobody's, and in doubt.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence, Set
from dataclasses import dataclass, field
from enum import Enum, auto

from corpus.labels.candidates import Candidate, Content
from corpus.labels.names import Likeness, Name, folded, is_capitals, likeness, name_words
from corpus.labels.readers import EXAMINATION_WORDS, folded_sign
from corpus.labels.words import ANSWER_SIGNS, CLOSINGS, QUESTION_SIGNS, SWORN, WITNESSES
from corpus.lines import Line, is_small
from corpus.recognised import Doubt

_BY = re.compile(r"\s*[(\[]\s*by\s+([^()\[\]]{2,60}?)[:.]?\s*[)\]]:?", re.IGNORECASE)
_OATH = re.compile(r"\b(?:sworn|affirmed|recalled)\b", re.IGNORECASE)
_LEAVES = re.compile(r"\b(?:excused|withdr[ae]w\w*|dismissed|stands? aside|the stand|entlassen)\b")
_CALLED = re.compile(r"(?:deposition|testimony|examination|evidence) of (?P<name>.+)", re.I)
_ARTICLES = frozenset("the der die das le la el o a os il lo de den".split())
_LEADS = _ARTICLES | WITNESSES | {"whereupon", "thereupon", "herein", "then"}
_GOES_ON = frozenset("CONTINUED CONTINUING RESUMED".split())
_PART = re.compile(r"[,;–—]|\s-\s|\s(?=(?:being|having|was|is|called|a witness|sworn|SWORN)\b)")
_MAX_LINES = 5
_MAX_WORDS = 90
_SHOWN = 60


class _Turn(Enum):
    """What happens in a hearing between two labels."""

    SWORN = auto()
    """A witness is called or sworn: whoever is named answers from here on."""
    GONE = auto()
    """The witness has left."""
    DIRECT = auto()
    """A direct examination begins, of this witness or of the next."""
    OTHER = auto()
    """Another examination begins: who asks is said anew."""


@dataclass(frozen=True, slots=True)
class Stage:
    """A line of the record of a hearing that changes who asks or answers.

    Attributes:
        start: offset of the line.
        turn: what happens.
        name: the witness named, as printed; empty where none is.
    """

    start: int
    turn: _Turn
    name: str = ""

    @property
    def calls(self) -> bool:
        """Whether a witness is called or sworn."""
        return self.turn is _Turn.SWORN


def is_sign(printed: str) -> bool:
    """Whether a label is the letter of a question or an answer, which is nobody's name."""
    return printed.isupper() and folded(printed) in QUESTION_SIGNS | ANSWER_SIGNS


def is_witness(printed: str) -> bool:
    """Whether a label says "witness" and no name."""
    words = [word for word in name_words(printed) if word not in _ARTICLES]
    return len(words) == 1 and words[0] in WITNESSES


def has_witness(text: str) -> bool:
    """Whether a label or a role says "witness", a name beside it or none."""
    return any(word in WITNESSES for word in name_words(text))


def examiner_beside(text: str, end: int) -> tuple[str, int] | None:
    """Return the examiner named in brackets behind ``Q.``, and where the brackets end."""
    found = _BY.match(text, end)
    if found is None or likeness(found[1]) is not Likeness.STRONG:
        return None
    return found[1], found.end()


def stages(content: Content, labelled: Set[int]) -> tuple[Stage, ...]:
    """Return the lines that say whose examination follows.

    Args:
        content: the lines of the text.
        labelled: indices of lines that begin with a label: what somebody says.
    """
    found: list[Stage] = []
    behind = 0
    for i in range(len(content.lines)):
        # What goes on small behind an oath is the end of it.
        if i >= behind or not is_small(content.lines[i].text[0]):
            stage, last = _of_line(content, i, labelled)
            found += [stage] if stage else []
            behind = max(behind, last)
    found += [stage for line in content.directions for stage in _aside(line)]
    return tuple(sorted(found, key=lambda stage: stage.start))


def _aside(line: Line) -> Iterator[Stage]:
    """Read a line in brackets: "(The witness was excused.)", "(ANNA HALE, sworn.)"."""
    words = line.text.strip("()[]*_ ")
    if _OATH.search(words):
        yield Stage(line.start, _Turn.SWORN, _named(words))
    elif _has_left(words):
        yield Stage(line.start, _Turn.GONE)


def _of_line(content: Content, i: int, labelled: Set[int]) -> tuple[Stage | None, int]:
    """Return what a line says of the hearing, and the index behind what it takes to say so."""
    line = content.lines[i]
    heading = examination_heading(line.text)
    if heading is not None:
        return Stage(line.start, heading), i
    capitals = is_capitals(line.text.split(",")[0])
    if i in labelled or not (content.opens[i] or i == 0 or capitals):
        return None, i
    if _has_left(line.text):
        return Stage(line.start, _Turn.GONE), i
    words, last = _paragraph(content, i, labelled)
    if (capitals and _OATH.search(words)) or any(one in words.casefold() for one in SWORN):
        return Stage(line.start, _Turn.SWORN, _named(words)), last
    return None, i


def examination_heading(text: str) -> _Turn | None:
    """Read "DIRECT EXAMINATION", with the examiner behind it or none."""
    words = text.upper().partition(" BY ")[0].strip("()[]*_#:. ").replace("-", " ").split()
    plain = [word.strip("(),.:") for word in words]
    known = all(word in EXAMINATION_WORDS or word in _GOES_ON for word in plain)
    if not plain or not known or not {"EXAMINATION", "DIRE"} & set(plain) or is_small(text[0]):
        return None
    if _GOES_ON & set(plain) or "DIRECT" not in plain or {"RE", "REDIRECT"} & set(plain):
        return _Turn.OTHER
    return _Turn.DIRECT


def _has_left(words: str) -> bool:
    text = words.strip("()[] ").casefold()
    witness = any(word.strip(".,") in WITNESSES for word in text.split())
    return witness and bool(text.startswith(CLOSINGS) or _LEAVES.search(text))


def _paragraph(content: Content, i: int, labelled: Set[int]) -> tuple[str, int]:
    """Return a line with those that go on behind it, as far as an oath takes, and where they end.

    Where every line is a paragraph, a small letter says that the one before goes on.
    """
    found = [content.lines[i].text]
    j = i + 1
    while j < min(i + _MAX_LINES, len(content.lines)):
        text = content.lines[j].text
        apart = content.opens[j] and not is_small(text[0])
        if j in labelled or apart or examination_heading(text) is not None:
            break
        found.append(text)
        j += 1
    return " ".join(" ".join(found).split()[:_MAX_WORDS]), j


def _named(words: str) -> str:
    """Return whom an oath names: the first part, a name of several words or behind "witness"."""
    for part in _PART.split(words):
        left = part.strip(" .:*_()[]").split()
        called = False
        while left and folded(left[0]) in _LEADS:
            called = called or folded(left[0]) in WITNESSES
            left.pop(0)
        if left:
            name = " ".join(left)
            told = called or len(name_words(name)) > 1
            return name if told and likeness(name) is Likeness.STRONG else ""
    return ""


@dataclass(slots=True)
class Hearing:
    """Who asks and who answers, while one goes through the labels.

    Attributes:
        stages: of the whole text, in order.
        called: returns the speaker of a printed name.
        examined: whether the examiners are named.
        sworn: whether a witness is called or sworn anywhere.
        witness: who answers.
        steady: the record says that one person answers throughout.
        text: the whole text.
        proposed: whom the title of a deposition names.
        examiner: who asks.
        doubts: where neither can be told.
    """

    stages: Sequence[Stage]
    called: Callable[[Name], str]
    examined: bool
    sworn: bool
    witness: str | None
    steady: bool
    text: str
    proposed: str
    examiner: str | None = None
    doubts: list[Doubt] = field(default_factory=list)
    _unnamed: set[bool] = field(default_factory=set)
    _at: int = 0
    _directs: int = 0
    _lost: bool = False

    def advance(self, offset: int) -> None:
        """Take in what is said of the hearing up to a place."""
        while self._at < len(self.stages) and self.stages[self._at].start <= offset:
            self._take(self.stages[self._at])
            self._at += 1

    def _take(self, stage: Stage) -> None:
        self.examiner = None
        self._directs = self._directs + (stage.turn is _Turn.DIRECT) if not stage.name else 0
        if stage.name:
            self.witness, self._lost = self.called(Name.read(stage.name)), False
        elif stage.turn is _Turn.OTHER or self.steady:
            return
        elif stage.turn is not _Turn.DIRECT or self._directs > 1:
            # Nobody is examined directly twice: another witness was called.
            self.witness, self._lost, self._directs = None, True, 0

    def speaker(self, c: Candidate, given: str | None) -> str | None:
        """Return who speaks behind a sign or "THE WITNESS": who is ``given`` if nobody is named."""
        asks = folded_sign(c.name.printed) == "question"
        if asks:
            found = self.examiner if self.examined else given
        elif is_witness(c.name.printed):
            found = self.witness if self.sworn or self._lost else given
        else:
            found = self.witness if self.sworn or self.examined else given
        if found is None and asks not in self._unnamed:
            self.doubts.append(self._doubt(c, asks=asks))
        (self._unnamed.discard if found else self._unnamed.add)(asks)
        return found

    def _doubt(self, c: Candidate, *, asks: bool) -> Doubt:
        """Return what is to be looked at where questions or answers begin to be nobody's."""
        if asks:
            reason = "nothing names who asks here"
            remedy = "Write BY and the name before the first question, as in “BY MR. REED:”."
        else:
            reason = "nothing names the witness who answers here"
            who = f"“{self.proposed}”" if self.proposed else "the witness"
            remedy = (
                f"If one person answers throughout, list {who} under [[participants]] with "
                'role = "witness"; else write a line such as “ANNA REED, duly sworn:” before the '
                "answers of each."
            )
        line_end = min(c.end + _SHOWN, len(self.text))
        words = " ".join(self.text[c.start : line_end].partition("\n")[0].split())
        reason = f"{reason}; the speaker is not established"
        return Doubt(c.line, c.start, c.end, words, reason, remedy)


def deponent(content: Content) -> str:
    """Return whom a title line names: "DEPOSITION OF CARL HUBER"; empty where none or several."""
    found = dict.fromkeys(
        match["name"].strip(" .,:")
        for line in content.lines
        if (match := _CALLED.fullmatch(line.text.strip(" *_#")))
        and likeness(match["name"].strip(" .,:")) is Likeness.STRONG
        and len(name_words(match["name"])) > 1
    )
    return next(iter(found)) if len(found) == 1 else ""
