"""What the parser could not place in a transcript, and what its record leaves open."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from corpus.brackets import unpaired_brackets
from corpus.counting import counted
from corpus.decoding import likelier_encoding, same_encoding, shown_encoding
from corpus.findings import Finding, Severity
from corpus.lines import Line, split_lines
from corpus.record import Participant
from corpus.transcript import Layer, Transcript

_SHOWN_WORDS = 8
_SHOWN_SIGNS = 60
_LOST = "\ufffd"


def transcript_findings(transcript: Transcript, path: Path) -> tuple[Finding, ...]:
    """Return what a curator should look at in a transcript that can be read."""
    found = [
        *_encoding(transcript, path),
        *_letters(transcript, path),
        *_doubts(transcript, path),
        *_talk(transcript, path),
        *_speakers(transcript, path),
        *_brackets(transcript, path),
        *_notes(transcript, path),
        *_breaks(transcript, path),
    ]
    return tuple(found)


def _encoding(transcript: Transcript, path: Path) -> Iterator[Finding]:
    used, stated = transcript.encoding, transcript.record.encoding
    if same_encoding(used, stated):
        yield from _doubtful_encoding(transcript, path)
        return
    line = next((x for x in split_lines(transcript.text) if not x.text.isascii()), None)
    evidence = f", for example “{_around_letters(line.text)}”" if line is not None else ""
    yield Finding(
        path,
        Severity.WARNING,
        f"is read as {shown_encoding(used)}, since it is not {stated}{evidence}.",
        line=line.number if line is not None else None,
        remedy=f'If these words are right, write encoding = "{shown_encoding(used)}" in the '
        "record; else name another encoding.",
    )


def _doubtful_encoding(transcript: Transcript, path: Path) -> Iterator[Finding]:
    text, used = transcript.text, transcript.encoding
    other = likelier_encoding(text, used, transcript.record.language_code)
    if other is None:
        return
    line = next(x for x in split_lines(text) if not x.text.isascii())
    mended = line.text.encode(used).decode(other, errors="replace")
    yield Finding(
        path,
        Severity.WARNING,
        f"“{_around_letters(line.text)}” may be “{_around_letters(mended)}”.",
        line=line.number,
        remedy=f'If so, write encoding = "{shown_encoding(other)}" in the record instead of '
        f'"{transcript.record.encoding}".',
    )


def _around_letters(text: str) -> str:
    """Return the words around the first letter that tells one encoding from another."""
    place = next(i for i, char in enumerate(text) if not char.isascii())
    start = max(text.rfind(" ", 0, max(place - _SHOWN_SIGNS // 2, 0)) + 1, 0)
    return text[start : start + _SHOWN_SIGNS].strip("\ufeff ")


def _letters(transcript: Transcript, path: Path) -> Iterator[Finding]:
    """Find letters that were lost or garbled before the file came here."""
    garbled = [(x, _mended(x.text)) for x in split_lines(transcript.text) if not x.text.isascii()]
    lost = [x for x, _ in garbled if _LOST in x.text]
    if lost:
        yield Finding(
            path,
            Severity.WARNING,
            f"letters were lost on {counted(len(lost), 'line')} before this file was saved: "
            f"“{_shown(lost[0].text)}”.",
            line=lost[0].number,
            remedy="Put them back from the original.",
        )
    twice = [(x, mended) for x, mended in garbled if mended is not None]
    if twice:
        line, mended = twice[0]
        yield Finding(
            path,
            Severity.WARNING,
            f"“{_shown(line.text)}” looks garbled, as "
            f"{counted(len(twice), 'line does', 'lines do')}; “{_shown(mended)}” may be meant.",
            line=line.number,
            remedy="Save the text anew from its source.",
        )


def _mended(text: str) -> str | None:
    """Return what a line was before its UTF-8 was read as Windows-1252, if it was."""
    try:
        mended = text.encode("cp1252").decode("utf-8")
    except UnicodeError:
        return None
    return mended if mended != text else None


def _doubts(transcript: Transcript, path: Path) -> Iterator[Finding]:
    for doubt in transcript.recognised.doubts:
        yield Finding(
            path,
            Severity.WARNING,
            f"“{_shown(doubt.words)}” {doubt.reason}.",
            line=doubt.line,
            span=(doubt.start, doubt.end),
            remedy=doubt.remedy,
        )


def _talk(transcript: Transcript, path: Path) -> Iterator[Finding]:
    """Say from where on a text without labels is credited to the only participant."""
    people, turns = transcript.record.participants, transcript.turns
    if transcript.record.voices or len(people) != 1 or not turns or turns[0].speaker is None:
        return
    if any(turn.label.start < turn.label.end for turn in turns):
        return
    yield Finding(
        path,
        Severity.NOTE,
        f"no label stands in the text; from here on it is the talk of {turns[0].speaker}, the only "
        "participant.",
        line=transcript.line_at(turns[0].start),
        remedy="If it is not, state [[voices]] or narrative = true; if it begins elsewhere, "
        "layout.speech_from.",
    )


def _speakers(transcript: Transcript, path: Path) -> Iterator[Finding]:
    people = transcript.record.participants
    heard = transcript.recognised.speakers
    names = {one.speaker for one in heard}
    for who in people:
        if who.name not in names:
            yield _silent(transcript, who, path)
    unlisted = [one.speaker for one in heard if not one.listed]
    if unlisted:
        yield Finding(
            path.with_suffix(".toml"),
            Severity.NOTE,
            f"{_listed(unlisted)} {'speaks' if len(unlisted) == 1 else 'speak'}, "
            "and no [[participants]] entry says who that is.",
            remedy="'verbatim lint --draft' writes these lines; add full names and offices.",
        )
    quoted = {sentence.turn for sentence in transcript.sentences}
    for turn in transcript.turns:
        if turn.number not in quoted:
            yield Finding(
                path,
                Severity.WARNING,
                "a label with no words after it.",
                line=transcript.line_at(turn.label.start),
            )


def _silent(transcript: Transcript, who: Participant, path: Path) -> Finding:
    """Say that a participant never speaks, and where the label may be that was not placed."""
    record = path.with_suffix(".toml")
    message = f"participant {who.name} never speaks"
    words = {word.casefold() for name in who.names for word in name.split() if len(word) > 1}
    others = {w.casefold() for p in transcript.record.participants if p is not who for w in p.names}
    for one in transcript.recognised.speakers:
        shared = words & {word.casefold() for word in one.speaker.split()}
        if not one.listed and shared and one.speaker.casefold() not in others:
            return Finding(
                record,
                Severity.WARNING,
                f"{message}, but “{one.speaker}”, whom no participant is called, does.",
                remedy=f'If this is the same person, add aliases = ["{one.speaker}"] there.',
            )
    line = _named_at_start(transcript, who)
    if line is not None:
        return Finding(
            path,
            Severity.WARNING,
            f"{message}, but this line begins with the name: “{_shown(line.text)}”.",
            line=line.number,
            remedy=f"If it is a label, add it as it is printed to the aliases of {who.name}.",
        )
    return Finding(
        record,
        Severity.WARNING,
        f"{message}.",
        remedy="Correct the name or add the labels that stand for this person as aliases.",
    )


def _named_at_start(transcript: Transcript, who: Participant) -> Line | None:
    """Return the first line beyond the header that begins with a name of ``who``."""
    names = tuple({part.casefold() for name in who.names for part in (name, name.split()[-1])})
    for line in split_lines(transcript.text):
        begins = line.text.casefold().lstrip("*#[(_>“\"' ").startswith(names)
        if begins and transcript.layer_at(line.start) not in (Layer.HEADER, Layer.HOST):
            return line
    return None


def _brackets(transcript: Transcript, path: Path) -> Iterator[Finding]:
    for region in transcript.regions:
        if region.layer in (Layer.HOST, Layer.ANCHOR):
            continue
        for offset in unpaired_brackets(transcript.text, region.start, region.end):
            yield Finding(
                path,
                Severity.WARNING,
                f"the bracket '{transcript.text[offset]}' has no partner; what it sets off "
                "counts as spoken.",
                line=transcript.line_at(offset),
            )


def _notes(transcript: Transcript, path: Path) -> Iterator[Finding]:
    for note in transcript.notes:
        line = transcript.line_at(note.start)
        if not note.explains:
            yield Finding(
                path,
                Severity.WARNING,
                f"note {note.number} has no anchor in the text; state in layout.notes what it "
                "explains.",
                line=line,
            )
        if transcript.text[note.start - 1 : note.start] in ("\n", "\r", ""):
            yield Finding(
                path,
                Severity.NOTE,
                f"note {note.number} carries no number; it was counted.",
                line=line,
            )
    numbers = {note.number for note in transcript.notes}
    for region in transcript.regions:
        if region.layer is Layer.ANCHOR:
            number = transcript.text[region.start + 1 : region.end - 1]
            if int(number) not in numbers:
                yield Finding(
                    path,
                    Severity.WARNING,
                    f"[{number}] points to a note that the document does not have.",
                    line=transcript.line_at(region.start),
                )


def _breaks(transcript: Transcript, path: Path) -> Iterator[Finding]:
    for sentence in transcript.sentences:
        if sentence.breaks_off:
            words = transcript.text[sentence.start : sentence.end].split()
            shown = " ".join(words[-_SHOWN_WORDS:])
            yield Finding(
                path,
                Severity.NOTE,
                f"the text breaks off after “… {shown}”; quotes say so.",
                line=transcript.line_at(sentence.end - 1),
            )


def _shown(words: str) -> str:
    flat = " ".join(words.split())
    return flat if len(flat) <= _SHOWN_SIGNS else f"{flat[:_SHOWN_SIGNS].rstrip()}…"


def _listed(names: list[str]) -> str:
    return ", ".join(f"“{name}”" for name in names)
