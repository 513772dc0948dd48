"""The participants of a record, drafted from the labels of its text."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from corpus.labels.examinations import is_sign
from corpus.labels.names import (
    Likeness,
    folded,
    has_title,
    is_capitals,
    is_cased,
    likeness,
    name_words,
    without_titles,
)
from corpus.labels.scan import COLONS
from corpus.labels.words import GENDERED, RANKS
from corpus.recognised import Heard
from corpus.transcript import Transcript

_MAX_NAME_WORDS = 4


@dataclass(frozen=True, slots=True)
class Draft:
    """A participant as the labels have it.

    Attributes:
        name: short.
        full_name: where a label prints it.
        role: what stands behind a comma in a label.
        aliases: the other forms that labels print.
        heard: the speakers that were taken for one person.
    """

    name: str
    full_name: str
    role: str
    aliases: tuple[str, ...]
    heard: tuple[Heard, ...]


def draft_participants(heard: Sequence[Heard]) -> tuple[Draft, ...]:
    """Propose a participant for each person, variants of a name merged where they can be one.

    Variants with one surname are one person unless two given names or a man's and a woman's
    title stand before it.
    """
    groups: dict[str, list[Heard]] = {}
    for one in heard:
        groups.setdefault(_surname(one) or folded(one.speaker), []).append(one)
    people: list[list[Heard]] = []
    for group in groups.values():
        if _can_be_one(group):
            people.append(group)
        else:
            people += [[one] for one in group]
    people.sort(key=lambda group: heard.index(group[0]))
    shared = Counter(_surname(group[0]) for group in people)
    return tuple(_draft(group, alone=shared[_surname(group[0])] == 1) for group in people)


def draft_toml(transcript: Transcript) -> str:
    """Return lines for the record of a transcript: everybody who speaks and is not listed."""
    recognised = transcript.recognised
    listed = [one for one in recognised.speakers if one.listed]
    drafts = draft_participants([one for one in recognised.speakers if not one.listed])
    blocks = [_block(draft, listed) for draft in drafts]
    if recognised.doubts:
        blocks.append("\n".join(["# These may be labels, too:", *_doubts(transcript)]))
    return "\n\n".join(blocks)


def draft_record(title: str, transcript: Transcript) -> str:
    """Return a whole record for a transcript that has none."""
    return f"title = {_quoted(title)}\n\n{draft_toml(transcript)}"


def _surname(one: Heard) -> str:
    """Return the folded surname of a name of two to four words or a surname alone, else nothing."""
    words = _words(one.speaker)
    bracketed = any(sign in one.speaker for sign in "([")
    if bracketed or not 0 < len(words) <= _MAX_NAME_WORDS or not is_cased(one.speaker):
        return ""
    return words[-1] if words[-1].replace("-", "").isalpha() else ""


def _words(name: str) -> list[str]:
    return without_titles(name_words(name.split(",", maxsplit=1)[0]))


def _can_be_one(group: Sequence[Heard]) -> bool:
    forms = [form for one in group for form in (one.speaker, *one.labels)]
    titles = {GENDERED[w] for form in forms for w in name_words(form)[:1] if w in GENDERED}
    ranks = {frozenset(RANKS.intersection(name_words(form))) for form in forms}
    if len(ranks) > 1:
        return False
    given = {tuple(_words(form)[:-1]) for form in forms} - {()}
    return len(titles) <= 1 and all(_agree(a, b) for a in given for b in given)


def _agree(one: Sequence[str], other: Sequence[str]) -> bool:
    """Whether given names can be the same: "A." and "Anna" can."""
    return all(a.startswith(b) or b.startswith(a) for a, b in zip(one, other, strict=False))


def _draft(group: Sequence[Heard], *, alone: bool) -> Draft:
    """Draft one person; ``alone`` says that nobody else has the surname."""
    forms = list(
        dict.fromkeys(
            form
            for one in group
            for form in (one.speaker, *(form for form in one.labels if not is_sign(form)))
        )
    )
    plain = [form for form in forms if is_cased(form) and not set(form) & set("([,")]
    untitled = [form for form in plain if 1 < len(_words(form)) == len(name_words(form))]
    full = max(untitled or [""], key=lambda form: (not is_capitals(form), len(form)))
    short = _short(group[0], forms, full) if alone else full or forms[0]
    aliases = tuple(
        form for form in forms if form.casefold() not in {short.casefold(), full.casefold()}
    )
    role = next((form.partition(",")[2].strip() for form in forms if "," in form), "")
    return Draft(short, full if full != short else "", role, aliases, tuple(group))


def _short(one: Heard, forms: Sequence[str], full: str) -> str:
    """Return the surname as it is printed, or the shortest form where it is not clear."""
    printed = full or (forms[0].split(",")[0] if has_title(one.speaker) else "")
    if printed and _surname(one):
        return printed.split()[-1]
    return min(forms, key=lambda form: (is_capitals(form), len(form)))


def _block(draft: Draft, listed: Sequence[Heard]) -> str:
    turns = sum(one.turns for one in draft.heard)
    words = draft.heard[0].first_words
    lines = [f"# {turns} turn(s), the first: “{_on_one_line(words)} …”"]
    same = [one.speaker for one in listed if _surname(one) and _surname(one) == _surname_of(draft)]
    if len(draft.heard) > 1:
        names = ", ".join(f"“{_on_one_line(one.speaker)}”" for one in draft.heard)
        lines.append(f"# {names} may be one person; if not, give each an entry of its own.")
    if same:
        lines.append(f"# If this is {same[0]} of the record, add these names to the aliases there.")
    lines += [
        "[[participants]]",
        f"name = {_quoted(draft.name)}",
        f"full_name = {_quoted(draft.full_name)}",
        f"role = {_quoted(draft.role)}",
    ]
    if draft.aliases:
        lines.append(f"aliases = [{', '.join(map(_quoted, draft.aliases))}]")
    return "\n".join(lines)


def _surname_of(draft: Draft) -> str:
    return _surname(draft.heard[0])


def _doubts(transcript: Transcript) -> Iterator[str]:
    """Yield a remark for each doubt, with an entry to uncomment where it can name somebody."""
    proposed = set[str]()
    for doubt in transcript.recognised.doubts:
        yield f"# line {doubt.line}: “{_on_one_line(doubt.words)}”"
        printed = transcript.text[doubt.start : doubt.end].strip()
        name = printed[:-1].strip() if printed[-1:] in COLONS else ""
        if name and folded(name) not in proposed and likeness(name) is Likeness.STRONG:
            proposed.add(folded(name))
            yield "# [[participants]]"
            yield f"# name = {_quoted(_on_one_line(name))}"


def _on_one_line(text: str) -> str:
    return " ".join(text.split())


def _quoted(text: str) -> str:
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")
