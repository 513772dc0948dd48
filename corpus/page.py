"""What stands on a page and is nobody's words: cues, page heads and feet, numbers, markup.

Each kind is found by its own function, from position, recurrence and form; what is found is
taken out, so that the speech runs on over it.
"""

from __future__ import annotations

import itertools
import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from corpus.labels import scan
from corpus.labels.names import Likeness, is_capitals, likeness
from corpus.lines import Line
from corpus.transcript import Layer, Region

_SBV = re.compile(r"^\d+:\d\d:\d\d\.\d+,\d+:\d\d:\d\d\.\d+$")
_CUE_ID = re.compile(r"^[\w-]+$")
_VTT_BLOCKS = ("NOTE", "STYLE", "REGION")
_RULE = re.compile(r"^(?:([-=_*~#·•—–.])\s*){3,}$")
_TAGS = re.compile(r"^(?:</?[A-Za-z][^<>]*>\s*)+$")
_EDGE_NUMBER = re.compile(r"^\d{1,5}(?=\s)|(?<=\s)\d{1,5}$")
_DIGITS = re.compile(r"\d+")
_LINE_NUMBER = re.compile(r"(\d{1,2})(?:\s+|$)")
_PAGE_WORDS = (
    "page seite página pagina pág pag strana strona страница стр сторінка sayfa σελίδα trang หน้า "
    "p s с 페이지 쪽 第 頁 页 ページ صفحة עמוד पृष्ठ blatt folio"
).split()
_OF_WORDS = frozenset("of von de di van из z 중 / 共 / من מתוך 의".split())
_MAX_FURNITURE = 140
_LEAST_RUN = 5
_APART = re.compile(r"(?<=\S)\s{3,}\d+$|^\d+(?=\s{3,}\S)")
_MAX_PAGE = 1500
_OFTEN = 3
_REGULAR = 2.5


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


def read_page(text: str, lines: Sequence[Line], spoken: Sequence[str]) -> Page:
    """Take out what is nobody's words.

    Args:
        text: the whole text.
        lines: of the whole text.
        spoken: first words of lines that look like furniture and are none, from the record.
    """
    layers: dict[int, Layer] = {}
    cued = _cues(lines, layers)
    _times_and_rules(lines, layers)
    visible = [i for i, line in enumerate(lines) if line.text and i not in layers]
    numbers = _line_numbers(lines, visible)
    _page_numbers(lines, visible, layers)
    _heads_and_feet(lines, visible, layers, _page_edges(text, lines, visible))
    _unnumbered(lines, visible, numbers, layers)
    for i in list(layers):
        if any(lines[i].text.startswith(words) for words in spoken):
            del layers[i]
    page = _assemble(lines, layers, numbers, cued)
    inline = _inline_codes(text, page) if page.lines else []
    return replace(page, marks=tuple(sorted([*page.marks, *inline], key=lambda m: m.start)))


_CODE = re.compile(r"\[[^\[\]\n]{4,30}\]|[({][-\d][^(){}\n]{6,24}[)}]")
_TAG = re.compile(r"</?(?:v|c|i|b|u|ruby|rt|lang|font)(?:[ .][^<>\n]{0,60})?>|<\d+:[\d:.]{4,12}>")


def _inline_codes(text: str, page: Page) -> list[Region]:
    """Find time codes in brackets inside lines, and the tags of subtitles."""
    found = []
    for line in page.lines:
        if "[" in line.text or "(" in line.text or "{" in line.text:
            for match in _CODE.finditer(line.text):
                square = match[0][0] == "["
                if scan.is_time(match[0]) and (square or match[0].count(":") > 1):
                    found.append(_region(line, match.span(), Layer.CUE))
        if page.cued and "<" in line.text:
            found += [
                _region(line, match.span(), Layer.MARKUP) for match in _TAG.finditer(line.text)
            ]
    return found


def _region(line: Line, span: tuple[int, int], layer: Layer) -> Region:
    return Region(line.start + span[0], line.start + span[1], layer)


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
            elif layers[i] is Layer.MARKUP and _RULE.match(line.text):
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
        # Behind a page break or a cue the sentence before may go on.
        runs_on = removed and kept and not kept[-1].ends_a_sentence
        kept.append(words)
        opens.append(blank and not runs_on)
        blank, removed = False, False
    return Page(tuple(kept), tuple(opens), tuple(marks), cued, frozenset(cues), frozenset(rules))


def _cues(lines: Sequence[Line], layers: dict[int, Layer]) -> bool:
    """Mark time lines of subtitles with the number or name above, and the file's own blocks."""
    vtt = next((line for line in lines if line.text), None)
    is_vtt = vtt is not None and vtt.text.startswith("WEBVTT")
    in_block = is_vtt
    cued = False
    for i, line in enumerate(lines):
        if not line.text:
            in_block = False
            continue
        if is_vtt and line.text.split()[0] in _VTT_BLOCKS and (i == 0 or not lines[i - 1].text):
            in_block = True
        if _is_time_line(line.text) or _SBV.match(line.text):
            layers[i] = Layer.CUE
            cued, in_block = True, False
            named = i > 0 and lines[i - 1].text and (i == 1 or not lines[i - 2].text)
            if named and (is_vtt or _CUE_ID.match(lines[i - 1].text)):
                layers[i - 1] = Layer.CUE
        elif in_block:
            layers[i] = Layer.MARKUP
    return cued


def _is_time_line(text: str) -> bool:
    """``00:00:03.000 --> 00:00:05.000``, with settings behind it or none."""
    start, arrow, end = text.partition(" --> ")
    return bool(arrow and end.split()) and scan.is_time(start) and scan.is_time(end.split()[0])


def _times_and_rules(lines: Sequence[Line], layers: dict[int, Layer]) -> None:
    """Mark lines that are a time code, a rule, or tags, and nothing else."""
    for i, line in enumerate(lines):
        if not line.text or i in layers:
            continue
        if scan.is_time(line.text):
            layers[i] = Layer.CUE
        elif _RULE.match(line.text) or (_TAGS.match(line.text) and not _is_voice(line.text)):
            layers[i] = Layer.MARKUP


def _is_voice(text: str) -> bool:
    """Tags such as ``<Anna>`` or ``<v Anna>`` may be labels; those of HTML are no names."""
    first = text[1:].split(">", maxsplit=1)[0]
    return not (text.startswith("</") or "=" in text or first.islower())


def _line_numbers(lines: Sequence[Line], visible: Sequence[int]) -> dict[int, int]:
    """Return for each line of a run such as 1, 2, 3 ... 25 the length of its number."""
    found: dict[int, int] = {}
    runs: list[list[tuple[int, int]]] = []
    run: list[tuple[int, int]] = []
    expected = 0
    for i in [*visible, -1]:
        match = _LINE_NUMBER.match(lines[i].text) if i >= 0 else None
        value = int(match[1]) if match else -1
        if match is None or value != expected + 1:
            if len(run) > 1:
                runs.append(run)
            run = []
        if match is not None and (run or value == 1):
            run.append((i, match.end(1)))
        expected = value
    if any(len(run) >= _LEAST_RUN for run in runs):
        # Once lines are numbered, a last page may be short.
        for run in runs:
            found.update(run)
    return found


def _unnumbered(
    lines: Sequence[Line],
    visible: Sequence[int],
    numbers: dict[int, int],
    layers: dict[int, Layer],
) -> None:
    """Mark lines without a number beside page furniture, where the lines of speech have one."""
    if len(numbers) * 2 < len(visible):
        return
    pages = [order for order, i in enumerate(visible) if layers.get(i) is Layer.FURNITURE]
    for order in pages:
        for near in (order - 1, order + 1):
            i = visible[near] if 0 <= near < len(visible) else None
            if i is None or i in numbers or i in layers:
                continue
            text = lines[i].text
            apart = is_capitals(text) or not scan.ends_sentence(text)
            if len(text) <= _MAX_FURNITURE and apart:
                layers[i] = Layer.FURNITURE


def _page_numbers(lines: Sequence[Line], visible: Sequence[int], layers: dict[int, Layer]) -> None:
    """Mark numbers alone on their lines that count up, and lines such as ``Page 3 of 10``."""
    bare: list[tuple[int, int]] = []
    for i in visible:
        form = _page_number(lines[i].text)
        if form is None:
            continue
        number, worded = form
        if worded:
            layers[i] = Layer.FURNITURE
        elif number < _MAX_PAGE:
            bare.append((i, number))
    for run in _ascending(bare):
        if len(run) > 1:
            layers.update((i, Layer.FURNITURE) for i, _ in run)


def _page_number(text: str) -> tuple[int, bool] | None:
    """Return the number of a page and whether it is called one."""
    if len(text) > _MAX_FURNITURE:
        return None
    dashed = text.strip("-–— ")
    if dashed.isdecimal() and text[0] in "-–—" and text[-1] in "-–—":
        return int(dashed), True
    words = text.strip("-–—[]()|*. ").casefold().replace("/", " / ").split()
    plain = [word.strip(".,:") for word in words]
    digits = [word for word in plain if word.isdecimal()]
    rest = [word for word in plain if not word.isdecimal()]
    if not digits or len(digits) > 2:  # noqa: PLR2004 - "3 of 10"
        joined = text.strip("-–— []()").casefold()
        match = _DIGITS.search(joined)
        around = joined.replace(match[0], "", 1).split() if match else []
        if match and "".join(around) in (
            "第頁",
            "第页",
            "쪽",
            "페이지",
            "ページ",
            "頁",
            "页",
            "第ページ",
        ):
            return int(match[0]), True
        return None
    if all(word in _PAGE_WORDS or word in _OF_WORDS for word in rest):
        called = any(word in _PAGE_WORDS and len(word) > 1 for word in rest)
        return int(digits[0]), called or (len(digits) > 1 and bool(rest))
    return None


def _ascending(numbers: Sequence[tuple[int, int]]) -> Iterator[list[tuple[int, int]]]:
    """Cut numbers into runs in which each is a little greater than the one before."""
    run: list[tuple[int, int]] = []
    for i, number in numbers:
        if run and not 0 < number - run[-1][1] <= _OFTEN:
            yield run
            run = []
        run.append((i, number))
    if run:
        yield run


def _heads_and_feet(
    lines: Sequence[Line],
    visible: Sequence[int],
    layers: dict[int, Layer],
    edges: frozenset[int],
) -> None:
    """Mark lines that recur where pages end, or with a number that counts up."""
    places: dict[str, list[int]] = defaultdict(list)
    for order, i in enumerate(visible):
        text = lines[i].text
        if i not in layers and len(text) <= _MAX_FURNITURE:
            places[_form(text)].append(order)
    for _ in range(2):
        # What stands beside page furniture may be furniture, too.
        for form, orders in places.items():
            if (
                form
                and len(orders) > 1
                and _is_furniture(form, orders, lines, visible, layers, edges)
            ):
                layers.update((visible[order], Layer.FURNITURE) for order in orders)


def _form(text: str) -> str:
    """Return what recurring heads share: all but their numbers."""
    return " ".join(_DIGITS.sub("", text).split())


def _may_be_label(form: str) -> bool:
    """Whether a recurring line could be a name alone on its line, or one set off by signs."""
    words = scan.bare(form)
    return words[:1] in tuple("#*_[<") or likeness(words) is not Likeness.NONE


def _heads_alike(orders: Sequence[int], lines: Sequence[Line], visible: Sequence[int]) -> bool:
    """Whether the same line, no sentence, stands below each: a head of two lines, no label."""
    below = {lines[visible[order + 1]].text for order in orders if order + 1 < len(visible)}
    return len(below) == 1 and not scan.ends_sentence(below.pop())


def _edge_number(text: str) -> int | None:
    """Return the number at an end of a line, that apart from the words before one beside them."""
    found = _APART.search(text) or _EDGE_NUMBER.search(text)
    return int(_DIGITS.findall(found[0])[0]) if found else None


def _is_furniture(
    form: str,
    orders: Sequence[int],
    lines: Sequence[Line],
    visible: Sequence[int],
    layers: dict[int, Layer],
    edges: frozenset[int],
) -> bool:
    beside = sum(order in edges or _beside_page(order, visible, layers) for order in orders)
    if _counts_up([lines[visible[order]].text for order in orders]):
        called = any(word in _PAGE_WORDS and len(word) > 1 for word in form.casefold().split())
        apart = all(_APART.search(lines[visible[order]].text) for order in orders)
        return len(orders) >= _OFTEN or beside > 0 or called or apart
    if _may_be_label(form) and not _heads_alike(orders, lines, visible):
        return False
    if form[-1] in ".!?。！？" or any(char in scan.COLONS for char in form):
        return False
    if beside * 2 > len(orders):
        return True
    gaps = [b - a for a, b in itertools.pairwise(orders)]
    regular = min(gaps) >= 2 * _LEAST_RUN and max(gaps) <= _REGULAR * min(gaps)
    return len(orders) >= _OFTEN and regular


def _counts_up(texts: Sequence[str]) -> bool:
    """Whether the last or first number in recurring lines grows by one each time."""
    if any(char in scan.COLONS for text in texts for char in text):
        return False
    edges = [number for text in texts if (number := _edge_number(text)) is not None]
    if len(edges) == len(texts) and _rises(edges, _OFTEN):
        return True
    found = [[int(number) for number in _DIGITS.findall(text)] for text in texts]
    return all(found) and any(_rises([numbers[pick] for numbers in found], 1) for pick in (0, -1))


def _rises(numbers: Sequence[int], step: int) -> bool:
    return all(0 < b - a <= step for a, b in itertools.pairwise(numbers))


def _beside_page(order: int, visible: Sequence[int], layers: dict[int, Layer]) -> bool:
    around = [visible[near] for near in (order - 1, order + 1) if 0 <= near < len(visible)]
    return any(layers.get(i) is Layer.FURNITURE for i in around)
