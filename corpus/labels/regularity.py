"""How regularly a document is labelled: what share of its paragraphs, and what follows whom."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Sequence

from corpus.labels.candidates import AT_START, FIRM, Candidate, Content
from corpus.labels.names import is_capitals, may_be_somebody

_OFTEN = 2
_INSISTENT = 5
_RARE = 0.05
NEARLY = 0.85
"""What share of paragraphs must begin with a label where labels are the rule."""


def share_labelled(content: Content, names: Sequence[Candidate]) -> float:
    """Return what share of the paragraphs from the first label to the last begins with one."""
    starts = {c.index for c in names if c.place in AT_START}
    if len(starts) <= _OFTEN:
        return 0.0
    # Subtitles go on from cue to cue without naming the speaker again.
    if content.cued:
        return 1.0
    first = min(starts)
    between = range(first, max(starts) + 1)
    blanks = any(content.opens[i] for i in between if i > first)
    opening = [
        i
        for i in between
        if (content.opens[i] or not blanks)
        and not _is_set_off(content, i)
        and (i in starts or i not in content.behind)
    ]
    labelled = sum(i in starts for i in opening)
    return labelled / len(opening) if opening else 0.0


def _is_set_off(content: Content, i: int) -> bool:
    """Whether a line is a heading, as far as capitals tell."""
    text = content.lines[i].text
    return is_capitals(text) and not content.lines[i].ends_a_sentence


def followed(content: Content, names: Sequence[Candidate]) -> dict[int, bool]:
    """Whether the paragraph behind each label begins with another one's."""
    labelled = {c.index: c.key for c in names if c.place in AT_START}
    found: dict[int, bool] = {}
    ordered = sorted(names, key=lambda c: c.start)
    by_index = {c.index: c for c in ordered}
    blanks = any(content.opens[1:])
    opening = _next_opening(content, labelled)
    for i, c in enumerate(ordered):
        following = ordered[i + 1] if i + 1 < len(ordered) else None
        if following is not None and following.index == c.index:
            found[c.start] = following.key != c.key
            continue
        after = opening[c.index]
        if after is not None and c.alone and after not in labelled:
            after = opening[after]
        if not blanks and following is not None:
            after = following.index
        if after is None:
            found[c.start] = True
        elif after in labelled:
            found[c.start] = labelled[after] != c.key
        else:
            found[c.start] = after in by_index
    return found


def _next_opening(content: Content, labelled: Collection[int]) -> list[int | None]:
    """For each line, the next one that opens a paragraph, behind a direction if it is labelled."""
    count = len(content.lines)
    following: list[int | None] = [None] * count
    behind: int | None = None
    for i in range(count - 1, -1, -1):
        following[i] = behind
        if content.opens[i] and (i in labelled or i not in content.behind):
            behind = i
    return following


def heads_of(starts: Sequence[Sequence[Candidate]]) -> list[Candidate]:
    """Return what stands before a colon at the starts of lines, names or not."""
    heads = [line[0] for line in starts if line]
    colon = ("phrase", "colon")
    return [c for c in heads if c.shape.family in colon and c.place in FIRM and not c.introduced]


def phrases_of(starts: Sequence[Sequence[Candidate]]) -> list[Candidate]:
    """Return the phrases that stand where labels stand and may call somebody."""
    heads = [line[0] for line in starts if line]
    return [
        c
        for c in heads
        if c.shape.family == "phrase" and c.place in FIRM and may_be_somebody(c.name.printed)
    ]


def recurring_phrases(starts: Sequence[Sequence[Candidate]]) -> frozenset[str]:
    """Return the keys of such phrases that stand twice or more."""
    counts = Counter(c.key for c in phrases_of(starts))
    return frozenset(key for key, count in counts.items() if count >= _OFTEN)


def insistent_phrases(content: Content, starts: Sequence[Sequence[Candidate]]) -> frozenset[str]:
    """Return the keys of words, no name by their looks, that open many paragraphs of a talk."""
    heads = [c for c in heads_of(starts) if c.shape.family == "phrase" and not c.small]
    counts = Counter(c.key for c in heads if content.opens[c.index] and not c.alone)
    least = max(_INSISTENT, _RARE * len(heads_of(starts)))
    return frozenset(key for key, count in counts.items() if count >= least)
