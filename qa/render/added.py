"""What adding files did: the report that a curator trusts, or does not, for people and programs."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from corpus.counting import counted
from corpus.dates import read_date
from corpus.importing.heads import INTERVIEWER, Said, announces
from corpus.importing.imported import Kind
from corpus.labels.anonymous import is_anonymous
from corpus.labels.names import folded, name_words
from corpus.labels.words import ANSWER_SIGNS, QUESTION_SIGNS
from corpus.overview import overview
from corpus.recognised import Doubt
from corpus.sentences import trim
from corpus.transcript import Layer, Transcript
from corpus.voices import IN_RECORD
from qa.adding.adding import Added, Outcome
from qa.adding.drafting import LEFT_EMPTY, in_marks, merged_names
from qa.adding.preparing import UNLABELLED
from qa.adding.versions import Change
from qa.render.checked import overview_lines
from qa.times import clock

_MOST_DOUBTS = 20
_MOST_EXAMPLES = 4
_LONGEST_EXAMPLE = 80
_STATES = {
    "new": "new",
    "changed": "there already, changed",
    "same": "there already, the same bytes; nothing to do",
}


def added_text(added: Added) -> str:
    """Return the report for a terminal."""
    blocks = ["\n".join(_outcome_lines(one, added.archive)) for one in added.outcomes]
    if added.passed_over:
        blocks.append("\n".join(["Passed over:", *(f"  {one}" for one in added.passed_over)]))
    return "\n\n".join([*blocks, *ending_lines(added)])


def ending_lines(added: Added) -> Iterator[str]:
    """Yield the end of the report: counts, files in doubt, and what happened."""
    if len(added.outcomes) + len(added.refused) > 1:
        yield "\n".join(_count_lines(added))
    yield _ending(added)


def added_object(added: Added) -> dict[str, Any]:
    """Return the same for programs."""
    return {
        "archive": str(added.archive),
        "entered": added.entered,
        "in_doubt": added.in_doubt,
        "documents": [_outcome_object(one) for one in added.outcomes],
        "passed_over": list(added.passed_over),
        "refused": list(added.refused),
        "skipped": list(added.doubtful) if added.skipped else [],
    }


def _count_lines(added: Added) -> Iterator[str]:
    """Yield how many documents of each kind there were, and which files need somebody's eye."""
    states = Counter(one.state for one in added.outcomes)
    counted = [f"{states[state]} {state}" for state in _STATES if states[state]]
    counted += [f"{len(added.refused)} refused"] if added.refused else []
    yield f"In all: {', '.join(counted)}."
    if added.doubtful:
        yield f"In doubt: {', '.join(added.doubtful)}"


def _outcome_lines(outcome: Outcome, archive: Path) -> Iterator[str]:
    one, transcript = outcome.document, outcome.document.transcript
    yield f"{one.source.name} -> {one.id} ({_STATES[outcome.state]})"
    if outcome.state == "same":
        return
    yield f"  Recognised as: {one.imported.format}{_encoding(one.imported.encoding)}"
    record = transcript.record
    dated = f"; {record.date.words}" if record.date else ""
    yield f"  Title: “{record.title}”{dated}"
    *lines, _ = overview_lines(transcript, overview(transcript))
    yield from lines
    yield f"  Language: {record.language}"
    yield from _said_lines(outcome, archive)
    if times := _times(transcript):
        yield f"  Times: {clock(times[0])} to {clock(times[1])}"
    if pages := _pages(transcript):
        yield f"  Pages: {pages}"
    if one.imported.left_out:
        yield "  Left out:"
        for left in one.imported.left_out:
            yield f"    {left.counted}: {left.why}{_examples(left.words)}"
    if outcome.change is not None:
        yield from _change_lines(outcome.change)
    yield from _doubt_lines(transcript)
    for names in merged_names(transcript.recognised.speakers):
        yield f"  Perhaps one person: {in_marks(names)}; if so, make one entry of {one.id}.toml."
    empty = [name for name in LEFT_EMPTY if not getattr(record, name)]
    if empty:
        yield f"  Left empty in {one.id}.toml, for you to fill in: {', '.join(empty)}."


def _said_lines(outcome: Outcome, archive: Path) -> Iterator[str]:
    """Yield what the head states, taken for the record or not."""
    one = outcome.document
    taken = [said for said in one.said if not said.why and not said.is_person]
    people = [said for said in one.said if not said.why and said.is_person]
    if taken:
        yield "  Taken from its head into the record:"
        for said in taken:
            yield f"    {said.field}: {_value(said)} (“{_cut(said.words)}”)"
    left = [said for said in one.said if said.why]
    if people or left:
        yield "  Said in its head:"
    for said in people:
        yield f"    “{_cut(said.words)}”: {_advice(said, one.transcript, archive)}"
    for said in left:
        command = f'verbatim edit {one.id} {said.field}="{said.value}" --archive {archive}'
        ready = f"; if it is right: {command}" if said.field and said.value else ""
        yield f"    “{_cut(said.words)}”: {said.why}{ready}"


def _value(said: Said) -> str:
    return read_date(said.value).words if said.field == "date" else said.value


def _advice(said: Said, transcript: Transcript, archive: Path) -> str:
    """Return what became of a person whom the head names, or what to do."""
    named = folded(said.value)
    heard = transcript.recognised.speakers
    if any(named in (folded(one.speaker), *map(folded, one.labels)) for one in heard):
        return "stands in the record" if said.role else "speaks here"
    alike = [one.speaker for one in heard if one.speaker and _may_be(one.speaker, said)]
    if len(alike) != 1:
        return "nobody is labelled so"
    names = f'--speaker "{alike[0]}" --called "{said.value}"'
    if is_anonymous(alike[0]):
        names += f" --document {transcript.id}"
    return f"if that is “{alike[0]}”: verbatim edit {names} --accept --archive {archive}"


def _may_be(speaker: str, said: Said) -> bool:
    """Whether a label may stand for somebody the head names: "REED", "Interviewer", "Q"."""
    words, name = name_words(speaker), name_words(said.value)
    signs = QUESTION_SIGNS if said.field == INTERVIEWER else ANSWER_SIGNS
    letters, first = "".join(words), "".join(word[0] for word in name)
    generic = folded(speaker) in signs or announces(speaker) == said.field
    initials = len(letters) > 1 and letters == first
    return generic or initials or (bool(words and name) and words[-1] == name[-1])


def _examples(words: Sequence[str]) -> str:
    """Return the first of what was left out, as it stands in the file."""
    shown = [_cut(one) for one in words[:_MOST_EXAMPLES]]
    more = f" and {len(words) - len(shown)} more" if len(words) > len(shown) else ""
    return f" ({in_marks(shown)}{more})" if shown else ""


def _cut(words: str) -> str:
    return words if len(words) <= _LONGEST_EXAMPLE else f"{words[:_LONGEST_EXAMPLE].rstrip()} …"


def _encoding(encoding: str) -> str:
    return f", {encoding}" if encoding not in ("", "utf-8") else ""


def _times(transcript: Transcript) -> tuple[float, float] | None:
    return transcript.source.time(0, len(transcript.text)) if transcript.source else None


def _pages(transcript: Transcript) -> str | None:
    return transcript.source.page(0, len(transcript.text)) if transcript.source else None


def _change_lines(change: Change) -> Iterator[str]:
    before, after = change.turns
    words = f"{counted(change.added, 'word')} new, {change.removed:,} gone"
    yield f"  Changed: {words}; {counted(before, 'turn')} before, {after:,} now."
    for what, names in zip(("New speakers", "Speakers gone"), change.speakers, strict=True):
        if names:
            yield f"    {what}: {', '.join(names)}"


def _doubt_lines(transcript: Transcript) -> Iterator[str]:
    doubts = transcript.recognised.doubts
    if not doubts:
        return
    yield "  In doubt:"
    for doubt in doubts[:_MOST_DOUBTS]:
        yield f"    {_where(transcript, doubt)}: “{doubt.words}”: {doubt.reason}. {_remedy(doubt)}"
    if len(doubts) > _MOST_DOUBTS:
        yield f"    … and {len(doubts) - _MOST_DOUBTS} more"


def _remedy(doubt: Doubt) -> str:
    if doubt.reason.startswith(UNLABELLED):
        return (
            "Put the speaker's name and a colon before each speech, and add the file again; or add "
            f"it with --accept, {IN_RECORD}."
        )
    return doubt.remedy


def _where(transcript: Transcript, doubt: Doubt) -> str:
    """Return where in the original it stands: its line, page or time, whichever it has."""
    if transcript.source is None:
        return f"line {doubt.line}"
    runs = transcript.source.runs_in(doubt.start, max(doubt.end, doubt.start + 1))
    if not runs:
        return f"line {doubt.line}"
    run = runs[0]
    place = run.place
    if place.line is not None:
        above = transcript.text.count("\n", run.start, max(doubt.start, run.start))
        return f"line {place.line + above}"
    named = f"page {place.page}" if place.page else place.unit
    return f"{named}, {clock(place.time[0])}" if place.time else named


def _ending(added: Added) -> str:
    if added.entered:
        ask = f'verbatim ask "…" --archive {added.archive}'
        states = Counter(one.state for one in (added.entering if added.skipped else added.fresh))
        done = [
            f"{counted(states[state], 'document')} {what} {added.archive}"
            for state, what in (("new", "added to"), ("changed", "updated in"))
            if states[state]
        ]
        return f"{', '.join(done)}. Ask: {ask}"
    if added.skipped and not added.entering:
        return "Nothing was added: no file is new and free of doubt."
    if added.refused:
        return (
            "Nothing was added: take out or mend what was refused, and add the rest again; or add "
            "the rest with --skip."
        )
    if added.in_doubt:
        return (
            "Nothing was added: a speaker is in doubt. Mend the file and add it again; or add it "
            "with --accept: then nobody is named there; or add the other files with --skip."
        )
    return (
        "Nothing was added: this was a trial."
        if added.dry and added.fresh
        else "Nothing was added."
    )


def _outcome_object(outcome: Outcome) -> dict[str, Any]:
    one, transcript = outcome.document, outcome.document.transcript
    times = _times(transcript)
    kinds = [s.kind for s in one.map.stated or ()]
    return {
        "document": one.id,
        "state": outcome.state,
        "original": {"name": one.source.name, "sha256": one.source.sha256},
        "sha256": transcript.sha256,
        "format": one.imported.format,
        "encoding": one.imported.encoding or None,
        "title": transcript.record.title,
        "date": str(transcript.record.date) if transcript.record.date else None,
        "language": transcript.record.language,
        "turns": len(transcript.turns),
        "speakers": [
            {
                "speaker": who.speaker,
                "labels": list(who.labels),
                "turns": who.turns,
                "words": who.words,
                "first_words": who.first_words,
            }
            for who in transcript.recognised.speakers
        ],
        "not_established": transcript.recognised.unplaced,
        "header": _header(transcript),
        "stated": [
            {
                "field": said.field or None,
                "value": said.value or None,
                "words": said.words,
                "taken": not said.why and not said.is_person,
                "why": said.why or None,
            }
            for said in one.said
        ],
        "notes": max(len(transcript.notes), kinds.count(Kind.NOTE)),
        "time": {"start": times[0], "end": times[1]} if times else None,
        "pages": _pages(transcript),
        "left_out": [
            {
                "what": left.what,
                "count": left.count,
                "why": left.why,
                "words": list(left.words),
            }
            for left in one.imported.left_out
        ],
        "doubts": [
            {
                "where": _where(transcript, doubt),
                "words": doubt.words,
                "reason": doubt.reason,
                "remedy": _remedy(doubt),
            }
            for doubt in transcript.recognised.doubts
        ],
        "perhaps_one_person": [
            list(names) for names in merged_names(transcript.recognised.speakers)
        ],
        "left_empty": [name for name in LEFT_EMPTY if not getattr(transcript.record, name)],
        "change": _change_object(outcome.change),
    }


def _change_object(change: Change | None) -> dict[str, Any] | None:
    if change is None:
        return None
    return {
        "turns_before": change.turns[0],
        "turns_now": change.turns[1],
        "words_new": change.added,
        "words_gone": change.removed,
        "speakers_new": list(change.speakers[0]),
        "speakers_gone": list(change.speakers[1]),
    }


def _header(transcript: Transcript) -> str:
    spans = (
        trim(transcript.text, region.start, region.end)
        for region in transcript.regions
        if region.layer is Layer.HEADER
    )
    return "\n".join(transcript.text[span.start : span.end] for span in spans if span)
