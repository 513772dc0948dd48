"""What the parser could not place in a transcript, and what its record leaves open."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from corpus.brackets import unpaired_brackets
from corpus.findings import Finding, Severity
from corpus.labels import label_like_lines
from corpus.lines import split_lines
from corpus.transcript import Layer, Transcript

_EXPECTED_FIELDS = ("date", "place", "repository", "signature", "rights")
_SHOWN_WORDS = 8


def transcript_findings(transcript: Transcript, path: Path) -> tuple[Finding, ...]:
    """Return what a curator should look at in a transcript that can be read."""
    found = [
        *_labels(transcript, path),
        *_speakers(transcript, path),
        *_brackets(transcript, path),
        *_notes(transcript, path),
        *_record(transcript, path),
        *_breaks(transcript, path),
    ]
    return tuple(found)


def _labels(transcript: Transcript, path: Path) -> Iterator[Finding]:
    speakers = {turn.label.start: turn.speaker for turn in transcript.turns}
    for label in label_like_lines(split_lines(transcript.text), transcript.record):
        layer = transcript.layer_at(label.start)
        if speakers.get(label.start) or layer not in (Layer.LABEL, Layer.SPEECH):
            continue
        what = (
            "its words are credited to nobody"
            if layer is Layer.LABEL
            else "its words are credited to the speaker before"
        )
        yield Finding(
            f"{path}, line {label.line}",
            Severity.WARNING,
            f"'{label.name}:' looks like a speaker label and names nobody known; {what}. "
            "List the participant in the record, or the line in layout.not_labels.",
        )


def _speakers(transcript: Transcript, path: Path) -> Iterator[Finding]:
    listed = {who.name for who in transcript.record.participants}
    heard = {turn.speaker for turn in transcript.turns if turn.speaker is not None}
    for name in sorted(listed - heard):
        yield Finding(
            f"{path.with_suffix('.toml')}",
            Severity.WARNING,
            f"participant {name} never speaks; check the names and aliases.",
        )
    for name in sorted(heard - listed):
        yield Finding(
            f"{path.with_suffix('.toml')}",
            Severity.NOTE,
            f"{name} speaks but is not listed; add the full name and office.",
        )
    quoted = {sentence.turn for sentence in transcript.sentences}
    for turn in transcript.turns:
        if turn.number not in quoted:
            line = transcript.line_at(turn.label.start)
            yield Finding(
                f"{path}, line {line}", Severity.WARNING, "a label with no words after it."
            )


def _brackets(transcript: Transcript, path: Path) -> Iterator[Finding]:
    for region in transcript.regions:
        if region.layer in (Layer.HOST, Layer.ANCHOR):
            continue
        for offset in unpaired_brackets(transcript.text, region.start, region.end):
            yield Finding(
                f"{path}, line {transcript.line_at(offset)}",
                Severity.WARNING,
                f"the bracket '{transcript.text[offset]}' has no partner; what it sets off "
                "counts as spoken.",
            )


def _notes(transcript: Transcript, path: Path) -> Iterator[Finding]:
    for note in transcript.notes:
        place = f"{path}, line {transcript.line_at(note.start)}"
        if not note.explains:
            yield Finding(
                place,
                Severity.WARNING,
                f"note {note.number} has no anchor in the text; state in layout.notes what it "
                "explains.",
            )
        if transcript.text[note.start - 1 : note.start] in ("\n", "\r", ""):
            yield Finding(
                place, Severity.NOTE, f"note {note.number} carries no number; it was counted."
            )
    numbers = {note.number for note in transcript.notes}
    for region in transcript.regions:
        if region.layer is Layer.ANCHOR:
            number = transcript.text[region.start + 1 : region.end - 1]
            if int(number) not in numbers:
                yield Finding(
                    f"{path}, line {transcript.line_at(region.start)}",
                    Severity.WARNING,
                    f"[{number}] points to a note that the document does not have.",
                )


def _record(transcript: Transcript, path: Path) -> Iterator[Finding]:
    for name in _EXPECTED_FIELDS:
        if not getattr(transcript.record, name):
            yield Finding(
                f"{path.with_suffix('.toml')}",
                Severity.NOTE,
                f"'{name}' is not stated; references will lack it.",
            )


def _breaks(transcript: Transcript, path: Path) -> Iterator[Finding]:
    for sentence in transcript.sentences:
        if sentence.breaks_off:
            words = transcript.text[sentence.start : sentence.end].split()
            shown = " ".join(words[-_SHOWN_WORDS:])
            yield Finding(
                f"{path}, line {transcript.line_at(sentence.end - 1)}",
                Severity.NOTE,
                f"the text breaks off after “… {shown}”; quotes say so.",
            )
