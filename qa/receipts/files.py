"""Receipts in files: JSON, JSON Lines, exported conversations, and texts with short ones."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from html.parser import HTMLParser
from pathlib import Path

from corpus.errors import FileError
from corpus.files import MAX_BYTES, regular_bytes
from qa.receipts.locating import likeness
from qa.receipts.reading import ReceiptError, receipts_in
from qa.receipts.receipt import Receipt
from qa.receipts.short import SHORT, ShortReceipt

BLOCK = "verbatim-receipts"
"""What the receipts of an exported conversation are marked with."""
_SHOWN = re.compile(r"^> “(.*)”$", re.MULTILINE)
_OWN_SIGN = re.compile(r" ?⟨[^⟨⟩]*⟩")
_FENCE = re.compile(rf"^```json {BLOCK}\s*\n(.*?)^```\s*$", re.MULTILINE | re.DOTALL)
_NOT_TEXT = "is no text in UTF-8; give a file with receipts"


@dataclass(frozen=True, slots=True)
class Given:
    """A receipt and where it was found.

    Attributes:
        where: file and place in it.
        receipt: what was found.
        shown: words that the file shows people as a quote and of which it has no receipt, this
            one being the likest; None elsewhere.
    """

    where: str
    receipt: Receipt | ShortReceipt
    shown: str | None = None


def read_file(path: Path) -> tuple[Given, ...]:
    """Return the receipts of a file.

    Raises:
        FileError: it cannot be read.
        ReceiptError: it holds none, or one that was altered.
    """
    try:
        if path.stat().st_size > MAX_BYTES:
            raise FileError(path, f"is larger than {MAX_BYTES:,} bytes; split it.")
        data = regular_bytes(path)
    except OSError as error:
        raise FileError(path, f"cannot be read ({error.strerror or error}).") from error
    return read_bytes(data, str(path))


def read_bytes(data: bytes, name: str) -> tuple[Given, ...]:
    """Return the receipts in ``data``, which ``name`` names in errors.

    Raises:
        ReceiptError: it holds none, or one that was altered.
    """
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise ReceiptError(f"{name}: {_NOT_TEXT}.") from error
    found = tuple(_found(text, name))
    if not found:
        raise ReceiptError(
            f"{name}: holds no receipt; 'verbatim ask \"…\" --receipt FILE' writes one."
        )
    return found


def short_in(text: str, where: str) -> Iterator[Given]:
    """Yield the short receipts in a text."""
    for found in SHORT.finditer(text):
        yield Given(where, ShortReceipt.read(found))


def _found(text: str, name: str) -> Iterator[Given]:
    if text.lstrip().startswith(("{", "[")):
        yield from _of_json(text, name)
    elif blocks := _FENCE.findall(text):
        shown = [_plain(found) for found in _SHOWN.findall(_FENCE.sub("", text))]
        yield from _of_export(blocks, shown, name)
    elif "<" in text and (page := _Page.of(text)).blocks:
        yield from _of_export(page.blocks, page.shown, name)
    else:
        yield from short_in(text, name)


def _of_export(blocks: Sequence[str], shown: Sequence[str], name: str) -> Iterator[Given]:
    """Yield the receipts of an exported conversation, and what it shows without one."""
    receipts: list[Receipt] = []
    for block in blocks:
        for where, receipt in receipts_in(_loaded(block, name), name):
            receipts.append(receipt)
            yield Given(where, receipt)
    known = {bare(receipt.text) for receipt in receipts}
    for words in (words for words in map(bare, shown) if words not in known):
        if receipts:
            likest = max(receipts, key=lambda one: likeness(bare(one.text), words))
            yield Given(name, likest, words)


def bare(text: str) -> str:
    """Return words without our own signs, and every run of blanks as one."""
    return " ".join(_OWN_SIGN.sub("", text).split())


def _of_json(text: str, name: str) -> Iterator[Given]:
    """Read one JSON value, or one a line."""
    lines = [(f"{name}, line {n}", line) for n, line in enumerate(text.split("\n"), 1)]
    lines = [(place, line) for place, line in lines if line.strip()]
    first = lines[0][1].strip()
    is_lines = len(lines) > 1 and first.endswith("}") and not first.startswith("[")
    for place, part in lines if is_lines else [(name, text)]:
        value = _loaded(part, place)
        for where, receipt in receipts_in(value, place):
            yield Given(where, receipt)


def _loaded(text: str, where: str) -> object:
    try:
        return json.loads(text)
    except RecursionError as error:
        raise ReceiptError(f"{where}: holds lists in lists; give it unchanged.") from error
    except ValueError as error:
        line = f", line {error.lineno}" if isinstance(error, json.JSONDecodeError) else ""
        line = "" if ", line " in where else line
        raise ReceiptError(
            f"{where}{line}: is not JSON; give the receipt as it was written."
        ) from error


def _plain(markdown: str) -> str:
    """Return what Markdown of :mod:`qa.web.export` shows, without its escapes."""
    return re.sub(r"\\([\\`*_\[\]<>#|~&$])", r"\1", markdown)


class _Page(HTMLParser):
    """The receipts of an exported page, and the words that it shows as quotes."""

    _VOID = frozenset("area base br col embed hr img input link meta source track wbr".split())
    _UNSEEN = frozenset({"script", "style", "template", "title"})

    def __init__(self, own: str) -> None:
        super().__init__(convert_charrefs=True)
        self.blocks: list[str] = []
        self._own = own
        self._block = ""
        self.shown: list[str] = []
        self._open: list[tuple[str, bool]] = []

    @classmethod
    def of(cls, text: str) -> _Page:
        page = cls("va-mark")
        page.feed(text)
        page.close()
        return page

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        if given.get("id") == BLOCK:
            self.blocks.append("")
            self._open.append((BLOCK, True))
            self._block = tag
        elif tag not in self._VOID:
            if tag == "blockquote":
                self.shown.append("")
            own = self._own in (given.get("class") or "").split()
            self._open.append((tag, own or tag in self._UNSEEN))

    def handle_endtag(self, tag: str) -> None:
        name = BLOCK if tag == self._block and self._open[-1:] == [(BLOCK, True)] else tag
        while any(opened == name for opened, _ in self._open):
            if self._open.pop()[0] == name:
                break

    def handle_data(self, data: str) -> None:
        if self._open and self._open[-1][0] == BLOCK:
            self.blocks[-1] += data
        elif any(name == "blockquote" for name, _ in self._open) and not any(
            unseen for _, unseen in self._open
        ):
            self.shown[-1] += data
