"""Speaker labels: lines such as ``Comrade Mielke:`` or ``INTERVIEWER: When was that?``."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from corpus.lines import LIST_MARKER, Line
from corpus.record import Record

_MAX_NAME_LENGTH = 60
_MAX_NAME_WORDS = 7
_LABEL = re.compile(rf"(?P<name>[^:：]{{1,{_MAX_NAME_LENGTH}}})[:：](?:\s+(?P<text>\S.*))?$")
_PARENTHESIS = re.compile(r"\s*[(\[][^)\]]*[)\]]$")
_PARTICLES = frozenset(
    "al and bin da de del della den der di do dos du el ibn la le of the".split()
    + "van vom von y zu zur".split()
)


@dataclass(frozen=True, slots=True)
class Label:
    """A line that names a speaker.

    Attributes:
        line: 1-based line of the file.
        name: as printed, without the colon.
        start: offset of the name.
        end: offset after the colon.
        alone: nothing else stands on the line.
        speaker: the participant's short name, the printed name where the record lists no
            such participant but the label recurs, or None where it cannot be placed.
    """

    line: int
    name: str
    start: int
    end: int
    alone: bool
    speaker: str | None


def find_labels(lines: Sequence[Line], record: Record) -> tuple[Label, ...]:
    """Return the labels in order; the first one begins the speech.

    A label is placed if it names a participant of the record or recurs; where the record lists
    no participants and nothing recurs, every line that looks like a label is one. Before the
    first placed label lies the header, whatever looks like a label there. After it, a line that
    looks like a label but cannot be placed still ends the turn before it, if it is a line of its
    own or if placed labels, too, have words beside them: what follows must not be credited to
    the speaker before.
    """
    found = label_like_lines(lines, record)
    speakers = _speakers(found, record)
    first = next((i for i, label in enumerate(found) if speakers.get(_key(label.name))), None)
    if first is None:
        return ()
    beside = any(not x.alone and speakers.get(_key(x.name)) for x in found[first:])
    return tuple(
        Label(x.line, x.name, x.start, x.end, x.alone, speakers.get(_key(x.name)))
        for x in found[first:]
        if x.alone or beside or speakers.get(_key(x.name))
    )


def label_like_lines(lines: Sequence[Line], record: Record) -> tuple[Label, ...]:
    """Return every line that looks like a label, placed or not; ``speaker`` is None."""
    candidates = (_label_of(line, record) for line in lines)
    return tuple(label for label in candidates if label is not None)


def _speakers(found: Sequence[Label], record: Record) -> dict[str, str]:
    known = {_key(name): who.name for who in record.participants for name in who.names}
    counts = Counter(_key(label.name) for label in found)
    recurs = {_key(x.name): x.name for x in found if counts[_key(x.name)] > 1}
    if not known and not recurs:
        return {_key(label.name): label.name for label in found}
    return recurs | known


def _key(name: str) -> str:
    return _PARENTHESIS.sub("", " ".join(name.split())).casefold()


def _label_of(line: Line, record: Record) -> Label | None:
    layout = record.layout
    if layout.speaker_label is not None:
        match = re.match(layout.speaker_label, line.text)
        if match is None or not match["name"]:
            return None
        name, text = match["name"], match.groupdict().get("text")
        end = line.start + match.start("text") if text else line.end
        while text and line.text[end - line.start - 1].isspace():
            end -= 1
    else:
        match = _LABEL.match(line.text)
        if match is None or not _looks_like_a_name(match["name"]):
            return None
        name, text = match["name"].strip(), match["text"]
        end = line.start + match.end("name") + 1
    if any(line.text.startswith(other) for other in layout.not_labels):
        return None
    return Label(line.number, name, line.start, end, not text, None)


def _looks_like_a_name(name: str) -> bool:
    if LIST_MARKER.match(name):
        return False
    words = _PARENTHESIS.sub("", name).split()
    if not words or len(words) > _MAX_NAME_WORDS or words[0] in _PARTICLES:
        return False
    return all(
        word in _PARTICLES or (word[0].isalnum() and not word[0].islower()) for word in words
    ) and any(char.isalpha() for char in words[0])
