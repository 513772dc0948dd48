"""The record of a document that is added, drafted from what its file states."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence

from corpus.cast import draft_participants
from corpus.importing.heads import Said
from corpus.importing.imported import Imported
from corpus.labels.examinations import is_sign
from corpus.labels.names import folded
from corpus.languages import UNKNOWN
from corpus.recognised import Heard
from corpus.record import Original

LEFT_EMPTY = ("rights", "credits", "repository", "signature")
"""Fields that nobody but the archive can fill."""
_STATED = (
    "title", "date", "place", "language", "kind", "repository", "signature", "collection",
    "source", "translator", "pages", "rights",
)  # fmt: skip


def draft(
    imported: Imported,
    title: str,
    language: str | None,
    heard: Sequence[Heard],
    original: Original,
    said: Sequence[Said] = (),
) -> str:
    """Return a record as TOML: names as the file gives them, other variants as remarks.

    Args:
        imported: what the file states.
        title: where it states none.
        language: of the text, where it is certain; None where it is not.
        heard: who speaks, as labels or the file name them.
        original: the file.
        said: what its head states.
    """
    taken = {one.field: one.value for one in said if not one.why}
    stated = {"language": language or UNKNOWN, **taken, **imported.stated, "title": title}
    lines = [f"{key} = {quoted(stated[key])}" for key in _STATED if stated.get(key)]
    empty = [key for key in LEFT_EMPTY if not stated.get(key)]
    lines += ["# Not stated by the file; take away the # and fill in what is known:"]
    lines += [f'# {key} = ""' for key in empty]
    blocks = ["\n".join(lines)]
    proposals = list(merged_names(heard))
    if proposals:
        remarks = (
            f"# {in_marks(names)} may be one person; if so, make it one entry."
            for names in proposals
        )
        blocks.append("\n".join(remarks))
    blocks += participants(heard, imported.spoken_names, roles(said))
    blocks.append(original_table(original))
    return "\n\n".join(blocks) + "\n"


def roles(said: Iterable[Said]) -> dict[str, str]:
    """Return who asked and who was asked, by folded name, in the word of the head."""
    return {folded(one.value): one.role for one in said if one.role}


def participants(
    heard: Sequence[Heard], full_names: Mapping[str, str], roles: Mapping[str, str]
) -> Iterator[str]:
    """Yield an entry for everybody who speaks, under the name the file gives.

    Args:
        heard: who speaks.
        full_names: by the name that labels carry.
        roles: by folded name.
    """
    taken: set[str] = set()
    # "A" and "THE WITNESS" are whoever answers: the next witness of the hearing, too.
    shared = Counter(form.casefold() for one in heard for form in set(one.labels))
    for one in heard:
        if one.speaker.casefold() in taken:
            continue
        taken.add(one.speaker.casefold())
        lines = ["[[participants]]", f"name = {quoted(one.speaker)}"]
        full = full_names.get(one.speaker, "")
        if full and full.casefold() not in taken:
            lines.append(f"full_name = {quoted(full)}")
            taken.add(full.casefold())
        role = next((roles[n] for n in map(folded, (one.speaker, full)) if n in roles), "")
        if role:
            lines.append(f"role = {quoted(role)}")
        others = [
            form
            for form in one.labels
            if form.casefold() not in taken and shared[form.casefold()] == 1 and not is_sign(form)
        ]
        aliases = list({form.casefold(): form for form in others}.values())
        taken |= {form.casefold() for form in aliases}
        if aliases:
            lines.append(f"aliases = [{', '.join(map(quoted, aliases))}]")
        yield "\n".join(lines)


def merged_names(heard: Sequence[Heard]) -> Iterator[tuple[str, ...]]:
    """Yield names under which one person may speak: "REED", "Anna Reed", "Ms. Reed"."""
    for one in draft_participants(heard):
        if len(one.heard) > 1:
            yield tuple(name.speaker for name in one.heard)


def in_marks(names: Iterable[str]) -> str:
    """Return names in quotation marks, for a sentence."""
    return ", ".join(f"“{name}”" for name in names)


def original_table(original: Original) -> str:
    """Return the part of a record that names the file."""
    return "\n".join(
        (
            "[original]",
            f"name = {quoted(original.name)}",
            f"sha256 = {quoted(original.sha256)}",
            f"format = {quoted(original.format)}",
        )
    )


def quoted(text: str) -> str:
    """Return a TOML string."""
    return json.dumps(" ".join(text.split()), ensure_ascii=False).replace("\x7f", "\\u007f")
