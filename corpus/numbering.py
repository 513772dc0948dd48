"""Numbers of lines and pages, and what stands beside them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from corpus.labels import scan
from corpus.labels.names import is_capitals
from corpus.lines import Line
from corpus.transcript import Layer

DIGITS = re.compile(r"\d+")
_LINE_NUMBER = re.compile(r"(\d{1,2})(?:\s+|$)")
PAGE_WORDS = (
    "page seite página pagina pág pag strana strona страница стр сторінка sayfa σελίδα trang หน้า "
    "p s с 페이지 쪽 第 頁 页 ページ صفحة עמוד पृष्ठ blatt folio"
).split()
_OF_WORDS = frozenset("of von de di van из z 중 / 共 / من מתוך 의".split())
MAX_FURNITURE = 140
LEAST_RUN = 5
_MAX_PAGE = 1500
OFTEN = 3


def line_numbers(lines: Sequence[Line], visible: Sequence[int]) -> dict[int, int]:
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
    if any(len(run) >= LEAST_RUN for run in runs):
        # Once lines are numbered, a last page may be short.
        for run in runs:
            found.update(run)
    return found


def mark_unnumbered(
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
            if len(text) <= MAX_FURNITURE and apart:
                layers[i] = Layer.FURNITURE


def mark_page_numbers(
    lines: Sequence[Line], visible: Sequence[int], layers: dict[int, Layer]
) -> None:
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
    if len(text) > MAX_FURNITURE:
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
        match = DIGITS.search(joined)
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
    if all(word in PAGE_WORDS or word in _OF_WORDS for word in rest):
        called = any(word in PAGE_WORDS and len(word) > 1 for word in rest)
        return int(digits[0]), called or (len(digits) > 1 and bool(rest))
    return None


def _ascending(numbers: Sequence[tuple[int, int]]) -> Iterator[list[tuple[int, int]]]:
    """Cut numbers into runs in which each is a little greater than the one before."""
    run: list[tuple[int, int]] = []
    for i, number in numbers:
        if run and not 0 < number - run[-1][1] <= OFTEN:
            yield run
            run = []
        run.append((i, number))
    if run:
        yield run
