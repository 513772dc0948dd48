"""What a check of an archive says, for people and for programs."""

from __future__ import annotations

from typing import Any

from corpus.counting import counted
from corpus.decoding import shown_encoding
from corpus.findings import Finding, Severity
from corpus.overview import Overview, Part
from corpus.recognised import Heard
from corpus.record import Record
from corpus.transcript import Transcript
from qa.checking import Checked, Report
from qa.citation import participant

_PARTS = {
    "header": "header",
    "narration": "narration",
    "heading": "headings",
    "direction": "stage directions",
    "editorial": "editor's brackets",
    "note": "footnotes",
    "furniture": "page heads and numbers",
    "cue": "time codes",
    "markup": "markup",
    "host": "web page around it",
}
_ORDER = (Severity.ERROR, Severity.WARNING, Severity.NOTE)


def report_text(report: Report) -> str:
    """Return a report for the terminal: each document, and what to look at in it."""
    blocks = [_document_text(one) for one in report.documents]
    if report.findings:
        blocks.insert(0, "\n".join(map(str, report.findings)))
    return "\n\n".join([*blocks, _counted(report.every)])


def report_object(report: Report) -> dict[str, Any]:
    """Return a report as docs/json.md describes it."""
    return {
        "archive": str(report.folder),
        "documents": [_document_object(one) for one in report.documents],
        "findings": [_finding_object(finding) for finding in report.findings],
        "counts": {s.value: sum(f.severity is s for f in report.every) for s in _ORDER},
    }


def _document_text(one: Checked) -> str:
    lines = [one.path.name]
    if one.transcript is not None and one.overview is not None:
        lines += overview_lines(one.transcript, one.overview)
    findings = sorted(one.findings, key=lambda f: _ORDER.index(f.severity))
    shown = [f for f in findings if f.severity is not Severity.NOTE]
    if shown:
        lines += ["  To look at:", *(f"    {_finding_line(one, f)}" for f in shown)]
    notes = [f for f in findings if f.severity is Severity.NOTE]
    if notes:
        lines += ["  To know:", *(f"    {_finding_line(one, f)}" for f in notes)]
    if one.overview is not None and one.overview.not_stated:
        lines.append(f"  Not stated in the record: {', '.join(one.overview.not_stated)}.")
    return "\n".join(lines)


def overview_lines(transcript: Transcript, seen: Overview) -> list[str]:
    """Return what was recognised in a document: labels, speakers, what nobody says."""
    grammar = ", ".join(
        f"{form.caption} ({form.labels})" if form.labels else form.caption
        for form in seen.recognised.grammar
    )
    lines = [f"  Labels: {grammar}"] if grammar else []
    lines.append("  Speakers:" if transcript.turns else "  Speakers: none.")
    lines += [f"    {_speaker_line(one, transcript.record)}" for one in seen.recognised.speakers]
    if seen.recognised.unplaced:
        turns = counted(seen.recognised.unplaced, "turn")
        lines.append(f"    speaker not established: {turns}, {counted(seen.unplaced, 'word')}")
    if seen.parts:
        lines.append("  Nobody's speech:")
        lines += [f"    {_part_line(part)}" for part in seen.parts]
    return [
        *lines,
        f"  Read as {shown_encoding(transcript.encoding)}; language {transcript.record.language}.",
    ]


def _speaker_line(one: Heard, record: Record) -> str:
    who = participant(record, one.speaker)
    known = f" = {who.full_name}" if who is not None and who.full_name else ""
    name = f"{one.speaker}{known}{'' if one.listed else ' (not in the record)'}"
    printed = [label for label in one.labels if label != one.speaker]
    labels = f", labelled “{'”, “'.join(printed)}”" if printed else ""
    said = f"{counted(one.turns, 'turn')}, {counted(one.words, 'word')}"
    return f"{name}{labels}: {said}: “{one.first_words} …”"


def _part_line(part: Part) -> str:
    name = _PARTS.get(part.layer.value, part.layer.value)
    lines = (
        f"line {part.first_line}"
        if part.first_line == part.last_line
        else f"lines {part.first_line}–{part.last_line}"
    )
    pieces = f"{part.stretches} in " if part.stretches > 1 else ""
    shown = ", ".join(f"“{words} …”" for words in part.examples or (part.first_words,))
    return f"{name}: {pieces}{lines}, {counted(part.words, 'word')}: {shown}"


def _finding_line(one: Checked, finding: Finding) -> str:
    where = "" if finding.file.name == one.path.name else f"{finding.file.name}, "
    if finding.line is not None:
        where += f"line {finding.line}, "
    elif finding.span is not None:
        where += f"{finding.span[0]}-{finding.span[1]}, "
    where = where.removesuffix(", ")
    return f"{where}: {finding.sentence}" if where else finding.sentence


def _counted(findings: tuple[Finding, ...]) -> str:
    counts = [(s, sum(f.severity is s for f in findings)) for s in _ORDER]
    return ", ".join(counted(n, s.value) for s, n in counts) + "."


def _document_object(one: Checked) -> dict[str, Any]:
    base: dict[str, Any] = {
        "document": one.path.stem,
        "file": str(one.path),
        "record": str(one.path.with_suffix(".toml")),
        "readable": one.transcript is not None,
        "findings": [_finding_object(finding) for finding in one.findings],
    }
    if one.transcript is None or one.overview is None:
        return base
    return base | _overview_object(one.transcript, one.overview, one.looks_like)


def _overview_object(
    transcript: Transcript, seen: Overview, looks_like: str | None
) -> dict[str, Any]:
    record = transcript.record
    return {
        "title": record.title,
        "sha256": transcript.sha256,
        "encoding": {"used": transcript.encoding, "stated": record.encoding},
        "language": {"stated": record.language, "looks_like": looks_like},
        "grammar": [
            {"form": form.name, "caption": form.caption, "labels": form.labels}
            for form in seen.recognised.grammar
        ],
        "speakers": [_speaker_object(one, record) for one in seen.recognised.speakers],
        "not_established": {"turns": seen.recognised.unplaced, "words": seen.unplaced},
        "parts": [
            {
                "layer": part.layer.value,
                "stretches": part.stretches,
                "words": part.words,
                "lines": [part.first_line, part.last_line],
                "first_words": part.first_words,
                "examples": list(part.examples),
            }
            for part in seen.parts
        ],
        "not_stated": list(seen.not_stated),
    }


def _speaker_object(one: Heard, record: Record) -> dict[str, Any]:
    who = participant(record, one.speaker)
    return {
        "speaker": one.speaker,
        "full_name": who.full_name or None if who is not None else None,
        "role": who.role or None if who is not None else None,
        "listed": one.listed,
        "labels": list(one.labels),
        "turns": one.turns,
        "words": one.words,
        "first_words": one.first_words,
    }


def _finding_object(finding: Finding) -> dict[str, Any]:
    return {
        "file": str(finding.file),
        "line": finding.line,
        "span": list(finding.span) if finding.span is not None else None,
        "severity": finding.severity.value,
        "message": finding.message,
        "remedy": finding.remedy or None,
    }
