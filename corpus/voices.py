"""Who speaks in a text without speaker labels, as its record says.

Three statements of a record let such a text in: ``[[voices]]`` say who speaks from which words on;
a single participant gives a talk; ``narrative = true`` says that nobody speaks.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise, zip_longest
from pathlib import Path

from corpus.errors import RecordError
from corpus.labels import Label, Labelling
from corpus.labels.names import Likeness, folded, likeness
from corpus.labels.words import ASIDES, CATALOGUE, NOTES
from corpus.lines import Line, line_starts
from corpus.recognised import Form
from corpus.record import Record, Voice

VOICE = "stated"
"""The form of labels that the record states instead of the text."""
NARRATIVE = "narrative"
"""The form of the one label of a text in which nobody speaks."""

IN_RECORD = (
    'or say in the record who speaks: [[voices]] with speaker = "…" and from = "first '
    'words" wherever the speaker changes; or list a single participant, whose talk it is; or write '
    "narrative = true where nobody speaks"
)
WAYS = f"add labels; {IN_RECORD}"

_CAPTIONS = {
    VOICE: "no labels; who speaks is stated in the record",
    NARRATIVE: "no labels; nobody speaks, as the record states",
}
_TITLE_WITHIN = 5
_MOST_PLACES = 5
_SHORT = 80
_LONGEST_LABEL = 60
_FEWEST_QUESTIONS = 2
_LEAST_ASKED = 0.25
_SALUTATIONS = (
    "dear", "ladies", "gentlemen", "friends", "sehr", "liebe", "meine", "mesdames", "messieurs",
    "estimad", "querid", "geachte", "уважаем", "дорог", "szanown", "vážen", "各位", "尊敬", "亲爱",
    "親愛", "존경", "여러분", "拝啓",
)  # fmt: skip
_TERMINAL = tuple(".!?…。！？।؟۔")
_CLOSING = "”\"'’»)]"
_DIALOGUE = ("- ", "– ", "— ", "―", ">>", "Q.", "A.", "Q ", "A ")


@dataclass(frozen=True, slots=True)
class Voiced:
    """What one speaker says in a row.

    Attributes:
        speaker: the participant's short name.
        start: first code point of the first words.
        end: end, exclusive; None where the next speaker, or the end of the talk, ends it.
    """

    speaker: str
    start: int
    end: int | None


def with_voices(
    labelling: Labelling,
    text: str,
    lines: Sequence[Line],
    record: Record,
    path: Path,
    begins: int,
) -> Labelling:
    """Add to the labels of a text what its record says of who speaks.

    Args:
        labelling: as found in the text.
        text: the whole text.
        lines: of the whole text.
        record: the catalogue record.
        path: of the text, named in errors.
        begins: offset before which nobody speaks, as the record says; 0 where it says nothing.

    Raises:
        RecordError: what the record says contradicts itself or the text.
    """
    starts = line_starts(text) if record.narrative or record.voices else ()
    if record.narrative:
        if record.voices:
            raise RecordError(
                path.with_suffix(".toml"),
                "says both narrative = true and [[voices]]; keep the one that is so.",
            )
        start = begins or talk_start(lines, record)
        return _stated([Label(_line(starts, start), "", start, start, None, NARRATIVE)])
    if record.voices:
        stated = _labels(stated_voices(text, record, path), text, starts)
        return _stated(_together(labelling.labels, stated), labelling)
    if (
        len(record.participants) == 1
        and not labelling.labels
        and not looks_labelled([line for line in lines if line.start >= begins])
    ):
        start = begins or talk_start(lines, record)
        who = record.participants[0].name
        line = _line(line_starts(text), start)
        return _stated([Label(line, "", start, start, who, VOICE)])
    return labelling


def _stated(labels: Sequence[Label], labelling: Labelling | None = None) -> Labelling:
    count = sum(label.form in _CAPTIONS and label.speaker is not None for label in labels)
    form = next((label.form for label in labels if label.form in _CAPTIONS), VOICE)
    forms = (Form(form, _CAPTIONS[form], count),)
    if labelling is None:
        return Labelling(tuple(labels), (), frozenset(), forms)
    return replace(labelling, labels=tuple(labels), grammar=(*labelling.grammar, *forms))


def _labels(voices: Sequence[Voiced], text: str, starts: Sequence[int]) -> list[Label]:
    """Return a label of no width where each voice begins, and where nobody goes on."""
    labels = []
    for voice, following in zip_longest(voices, voices[1:]):
        line = _line(starts, voice.start)
        labels.append(Label(line, "", voice.start, voice.start, voice.speaker, VOICE))
        rest = text[voice.end : following.start if following else None] if voice.end else ""
        if voice.end is not None and rest.strip():
            labels.append(Label(_line(starts, voice.end), "", voice.end, voice.end, None, VOICE))
    return labels


def _together(found: Sequence[Label], stated: Sequence[Label]) -> list[Label]:
    """Lay stated voices over the labels of the text; where both stand, the record says whose."""
    labels = []
    taken = set()
    for label in found:
        same = next((v for v in stated if label.start <= v.start <= label.end), None)
        if same is not None:
            taken.add(same.start)
            labels.append(replace(label, speaker=same.speaker, form=VOICE))
        else:
            labels.append(label)
    labels += [voice for voice in stated if voice.start not in taken]
    return sorted(labels, key=lambda label: label.start)


def looks_labelled(lines: Sequence[Line]) -> bool:
    """Whether something recurs as labels do, in whatever form, or questions as in an interview.

    Where it does, more than one person may speak, and the talk is not simply the participant's.
    """
    ends = [
        line.text.rstrip(_CLOSING)[-1:]
        for line, after in zip_longest(lines, lines[1:])
        if line.text and (after is None or not after.text)
    ]
    asked = sum(end in ("?", "？", "؟", "՞") for end in ends)
    if asked >= _FEWEST_QUESTIONS and asked >= _LEAST_ASKED * len(ends):
        return True
    heads: Counter[str] = Counter()
    for line in lines:
        head, colon, _ = line.text.replace("：", ":").partition(":")
        if colon and len(head) <= _LONGEST_LABEL:
            if _may_name(head):
                return True
            heads[head.casefold()] += 1
        if line.text and len(line.text) <= _LONGEST_LABEL and not line.ends_a_sentence:
            heads[line.text.casefold()] += 1
        heads.update([sign for sign in _DIALOGUE if line.text.startswith(sign)])
    return any(count > 1 for count in heads.values())


def _may_name(head: str) -> bool:
    """Whether what stands before a colon may name somebody who speaks behind it."""
    first = (folded(head).split() or [""])[0]
    return (
        likeness(head) is Likeness.STRONG
        and first not in CATALOGUE | ASIDES | NOTES
        and not first.startswith(_SALUTATIONS)
    )


def stated_voices(text: str, record: Record, path: Path) -> tuple[Voiced, ...]:
    """Find the words by which a record says who speaks from where on, in order of the text.

    Raises:
        RecordError: words stand nowhere or more than once, voices overlap, or a speaker is no
            participant of a record that lists some.
    """
    found = [
        (_voiced(text, voice, number, record, path), number)
        for number, voice in enumerate(record.voices, start=1)
    ]
    found.sort(key=lambda one: one[0].start)
    for (before, _), (after, number) in pairwise(found):
        if (before.end or before.start + 1) > after.start:
            raise _fault(path, number, "begins inside another voice; correct 'from' or 'to'.")
    return tuple(voice for voice, _ in found)


def talk_start(lines: Sequence[Line], record: Record) -> int:
    """Return where a talk without labels begins: behind title, byline and catalogue lines.

    These are the paragraphs at the top that are one short line each and end no sentence. Where
    the whole text is like that, only its title is left out.
    """
    visible = [i for i, line in enumerate(lines) if line.text]
    title = " ".join(record.title.split()).casefold()
    behind_title = next(
        (i + 1 for i in visible[:_TITLE_WITHIN] if _flat(lines[i].text) == title), visible[0]
    )
    start = next((i for i in visible if i >= behind_title and _is_prose(lines, i)), behind_title)
    first = next((lines[i] for i in visible if i >= start), lines[visible[0]])
    return first.start


def _flat(text: str) -> str:
    return " ".join(text.split()).casefold()


def _is_prose(lines: Sequence[Line], i: int) -> bool:
    """Whether a line is part of a paragraph, or ends a sentence."""
    text = lines[i].text.rstrip(_CLOSING)
    goes_on = i + 1 < len(lines) and lines[i + 1].starts_in_lower_case
    return len(text) > _SHORT or goes_on or text.endswith(_TERMINAL)


def _voiced(text: str, voice: Voice, number: int, record: Record, path: Path) -> Voiced:
    speaker = _speaker(voice.speaker, number, record, path)
    starts = _places(text, voice.begins, 0)
    if len(starts) != 1:
        raise _fault(path, number, _misses("from", voice.begins, text, starts))
    start = starts[0].start()
    if voice.ends is None:
        return Voiced(speaker, start, None)
    ends = _places(text, voice.ends, start)
    if len(ends) != 1:
        raise _fault(path, number, _misses("to", voice.ends, text, ends))
    return Voiced(speaker, start, ends[0].end())


def _places(text: str, words: str, start: int) -> list[re.Match[str]]:
    """Return where words stand; any white space fits any other."""
    pattern = re.compile(r"\s+".join(map(re.escape, words.split())))
    return list(pattern.finditer(text, start))


def _speaker(name: str, number: int, record: Record, path: Path) -> str:
    people = record.participants
    for who in people:
        if name.casefold() in {one.casefold() for one in who.names}:
            return who.name
    if people:
        listed = ", ".join(who.name for who in people)
        raise _fault(path, number, f"names the speaker “{name}”, who is no participant ({listed}).")
    return name


def _misses(field: str, words: str, text: str, places: Sequence[re.Match[str]]) -> str:
    if not places:
        behind = " behind 'from'" if field == "to" else ""
        return f"says {field} = “{words}”, which stands nowhere{behind}; copy words of the text."
    starts = line_starts(text)
    lines = sorted({_line(starts, place.start()) for place in places[:_MOST_PLACES]})
    shown = ", ".join(map(str, lines))
    more = ", …" if len(places) > _MOST_PLACES else ""
    return (
        f"says {field} = “{words}”, which stands {len(places)} times (lines {shown}{more}); add "
        "the words beside it until it stands once."
    )


def _line(starts: Sequence[int], place: int) -> int:
    return bisect_right(starts, place)


def _fault(path: Path, number: int, what: str) -> RecordError:
    return RecordError(path.with_suffix(".toml"), f"'voices' (number {number}) {what}")
