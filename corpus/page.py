"""What stands on a page and is nobody's words: cues, page heads and feet, numbers, markup.

Each kind is found by its own function, from position, recurrence and form; what is found is
taken out, so that the speech runs on over it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from corpus.cues import RULE, inline_codes, mark_cues, mark_times_and_rules
from corpus.labels import scan
from corpus.labels.names import Likeness, likeness
from corpus.labels.readers import plain_colon
from corpus.lines import Line
from corpus.numbering import line_numbers, mark_page_numbers, mark_unnumbered
from corpus.running_heads import mark_heads_and_feet
from corpus.transcript import Layer, Region


@dataclass(frozen=True, slots=True)
class Page:
    """A text without its furniture.

    Attributes:
        lines: the lines that hold words, in order; a number in front of a line is cut off.
        opens: whether each opens a paragraph.
        marks: what was taken out, in order.
        cued: the text is cut into cues, as subtitles are.
        behind_cue: indices of the lines that open a cue.
        behind_rule: indices of the lines behind a rule such as ``---``.
    """

    lines: tuple[Line, ...]
    opens: tuple[bool, ...]
    marks: tuple[Region, ...]
    cued: bool
    behind_cue: frozenset[int]
    behind_rule: frozenset[int]


def read_page(text: str, lines: Sequence[Line], spoken: Sequence[str], *, paged: bool) -> Page:
    """Take out what is nobody's words.

    Args:
        text: the whole text.
        lines: of the whole text.
        spoken: first words of lines that look like furniture and are none, from the record.
        paged: whether heads and feet of pages may stand in it.
    """
    layers: dict[int, Layer] = {}
    cued = mark_cues(lines, layers)
    mark_times_and_rules(lines, layers)
    visible = [i for i, line in enumerate(lines) if line.text and i not in layers]
    numbers = line_numbers(lines, visible)
    if paged:
        mark_page_numbers(lines, visible, layers)
        mark_heads_and_feet(lines, visible, layers, _page_edges(text, lines, visible))
    mark_unnumbered(lines, visible, numbers, layers)
    for i in list(layers):
        if any(lines[i].text.startswith(words) for words in spoken):
            del layers[i]
    page = _assemble(lines, layers, numbers, cued)
    inline = inline_codes(page.lines, cued=cued)
    return replace(page, marks=tuple(sorted([*page.marks, *inline], key=lambda m: m.start)))


def _page_edges(text: str, lines: Sequence[Line], visible: Sequence[int]) -> frozenset[int]:
    """Return the places in ``visible`` of lines beside a page break."""
    edges = {0}
    for order in range(1, len(visible)):
        before, after = lines[visible[order - 1]], lines[visible[order]]
        if "\f" in text[before.end : after.start]:
            edges |= {order - 1, order}
    return frozenset(edges)


def _assemble(
    lines: Sequence[Line], layers: dict[int, Layer], numbers: dict[int, int], cued: bool
) -> Page:
    kept: list[Line] = []
    opens: list[bool] = []
    marks: list[Region] = []
    cues, rules = set[int](), set[int]()
    blank, removed = True, False
    for i, line in enumerate(lines):
        if i in layers:
            marks.append(Region(line.start, line.end, layers[i]))
            # A line of stops is a pause, at which what is said ends.
            removed = bool(line.text.strip(". "))
            if layers[i] is Layer.CUE:
                cues.add(len(kept))
            elif layers[i] is Layer.MARKUP and RULE.match(line.text):
                rules.add(len(kept))
            continue
        if not line.text:
            blank = True
            continue
        words = line
        if i in numbers:
            marks.append(Region(line.start, line.start + numbers[i], Layer.FURNITURE))
            start = line.start + scan.skip_blank(line.text, numbers[i])
            if start >= line.end:
                blank = True
                continue
            words = replace(line, start=start, text=line.text[start - line.start :])
        # Behind a page break or a cue the sentence before may go on, but not in a label.
        runs_on = removed and kept and not kept[-1].ends_a_sentence and not _names(words.text)
        kept.append(words)
        opens.append(blank and not runs_on)
        blank, removed = False, False
    return Page(tuple(kept), tuple(opens), tuple(marks), cued, frozenset(cues), frozenset(rules))


def _names(text: str) -> bool:
    """Whether a line begins with a name and a colon."""
    head = plain_colon(text)
    return head is not None and likeness(head.name) is Likeness.STRONG
